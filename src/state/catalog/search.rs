//! Finding products by what is typed for them: words, a SKU in any spelling, a barcode however it is written.

use crate::ports::abort::AbortSignal;
use nymble_wire::{Page, Product};
use std::sync::Arc;

use crate::state::catalog::CatalogState;
use crate::{
    api::{http::ApiRequest, problem::ApiError, products},
    domain::{
        catalog::{
            gtin::{self, Barcode},
            sku,
            sku_search::meant,
        },
        quick_order::line::Likeness,
    },
};

/// How many products are looked at to find the one that is meant.
const LOOKED_AT: u64 = 6;
/// How many similar products are offered.
const OFFERED: usize = 3;

/// What became of a SKU, as it was typed.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    /// It is this product.
    Product(Arc<Product>),
    /// There is no such product; these are like it, where they were looked for.
    Missing(Option<Vec<Likeness>>),
    /// It could not be found out.
    Failed(ApiError),
}

impl CatalogState {
    pub(super) async fn read_page(
        self,
        request: ApiRequest,
        abort: Option<&AbortSignal>,
    ) -> Result<Page<Product>, ApiError> {
        let answer = self.session.send_abortable(request, abort.cloned()).await?;
        products::read_page(&answer)
    }

    pub(super) async fn read_one(
        self,
        sku: &str,
        abort: Option<&AbortSignal>,
    ) -> Result<Product, ApiError> {
        let request = products::one(sku);
        let answer = self.session.send_abortable(request, abort.cloned()).await?;
        products::read_one(&answer)
    }

    /// One page of the products that fit `term`. What finds nothing is searched for in its other spellings, and as a
    /// barcode.
    pub(crate) async fn search(
        self,
        term: &str,
        page: u64,
        page_size: u64,
        abort: Option<AbortSignal>,
    ) -> Result<Page<Product>, ApiError> {
        let mut nothing = None;
        for spelling in sku::spellings(term) {
            let request = products::search(&spelling, page, page_size);
            let found = self.read_page(request, abort.as_ref()).await?;
            if found.total_records > 0 {
                return Ok(found);
            }
            nothing.get_or_insert(found);
        }
        if let Some(code) = gtin::read(term) {
            let found = self.with_barcode(&code, abort.as_ref()).await?;
            if !found.is_empty() {
                return Ok(Page {
                    total_records: found.len() as u64,
                    current_page: 1,
                    total_pages: Some(1),
                    page_size: Some(page_size),
                    data: found,
                });
            }
        }
        if let Some(nothing) = nothing {
            return Ok(nothing);
        }
        let request = products::search(term, page, page_size);
        self.read_page(request, abort.as_ref()).await
    }

    /// The first products whose SKU begins with `sku`, in any spelling of it; else those that a search finds.
    pub(crate) async fn beginning_with(
        self,
        sku: &str,
        page_size: u64,
        abort: Option<AbortSignal>,
    ) -> Result<Page<Product>, ApiError> {
        let request = products::by_sku(&sku::plain(sku), 1, page_size);
        let found = self.read_page(request, abort.as_ref()).await?;
        if found.total_records > 0 {
            return Ok(found);
        }
        self.search(sku, 1, page_size, abort).await
    }

    /// The products that have a barcode, or may have it.
    async fn with_barcode(
        self,
        code: &Barcode,
        abort: Option<&AbortSignal>,
    ) -> Result<Vec<Product>, ApiError> {
        let fits = |product: &Product| {
            let upc = product.upc.as_deref().unwrap_or_default();
            code.is(upc) || code.may_be(upc)
        };
        for digits in code.endings() {
            match self
                .read_page(products::by_upc(&digits, LOOKED_AT), abort)
                .await
            {
                Ok(mut found) => {
                    found.data.retain(fits);
                    if !found.data.is_empty() {
                        return Ok(found.data);
                    }
                }
                // Lists are not for everybody, or not of this kind.
                Err(ApiError::Refused {
                    status: 400..=405, ..
                }) => return self.with_spelled_barcode(code, abort).await,
                Err(error) => return Err(error),
            }
        }
        Ok(Vec::new())
    }

    async fn with_spelled_barcode(
        self,
        code: &Barcode,
        abort: Option<&AbortSignal>,
    ) -> Result<Vec<Product>, ApiError> {
        for spelling in code.spellings() {
            let request = products::search(&spelling, 1, LOOKED_AT);
            let mut found = self.read_page(request, abort).await?.data;
            found.retain(|product| {
                let upc = product.upc.as_deref().unwrap_or_default();
                code.is(upc) || code.may_be(upc)
            });
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    /// The product that a text means which is no product's SKU as it stands; else those that are like it. With `wide`
    /// they are looked for by the beginning of the text, too.
    pub(in crate::state) async fn similar(
        self,
        typed: &str,
        wide: bool,
        abort: Option<&AbortSignal>,
    ) -> Result<Found, ApiError> {
        let code = gtin::read(typed);
        let mut like: Vec<Product> = Vec::new();
        for spelling in sku::spellings(typed) {
            let request = products::search(&spelling, 1, LOOKED_AT);
            let found = self.read_page(request, abort).await?;
            if let Some(product) = meant(&found.data, typed, code.as_ref()) {
                let all = found.total_records <= found.data.len() as u64;
                if !all && !sku::is_same(typed, &product.sku) {
                    // A barcode, perhaps: a SKU that is the same would come before it.
                    if let Ok(exact) = self.read_one(typed, abort).await {
                        return Ok(self.remembered(exact));
                    }
                }
                // A search's answer may hold less than ordering needs.
                let product = self.read_one(&product.sku, abort).await?;
                return Ok(self.remembered(product));
            }
            like.extend(found.data);
        }
        if let Some(code) = &code {
            let found = self.with_barcode(code, abort).await?;
            if let Some(product) = meant(&found, typed, Some(code)) {
                let product = self.read_one(&product.sku, abort).await?;
                return Ok(self.remembered(product));
            }
            like.splice(0..0, found);
        }
        if wide
            && like.is_empty()
            && let Some((begin, _)) = typed.rsplit_once(['-', '/', '.', ' ', '_'])
            && begin.len() > 2
        {
            let request = products::search(&sku::plain(begin), 1, LOOKED_AT);
            like = self.read_page(request, abort).await?.data;
        }
        Ok(Found::Missing(Some(likenesses(like))))
    }

    fn remembered(self, product: Product) -> Found {
        let product = Arc::new(product);
        self.remember(&product);
        Found::Product(product)
    }

    /// The product that an address names, whose SKU may be written there in one of several ways, the likeliest first.
    pub(crate) async fn find(
        self,
        names: Vec<String>,
        abort: Option<AbortSignal>,
    ) -> Result<Arc<Product>, ApiError> {
        let abort = abort.as_ref();
        let first = names.first().map_or("", String::as_str);
        let error = match self.read_one(first, abort).await {
            Ok(product) => return Ok(Arc::new(product)),
            Err(error) => error,
        };
        if matches!(error.status(), Some(400 | 404)) {
            for name in names.iter().filter(|name| !name.trim().is_empty()) {
                if let Ok(Found::Product(product)) = self.similar(name, false, abort).await {
                    return Ok(product);
                }
            }
        }
        Err(error)
    }
}

/// What is offered of some products, each once.
pub(super) fn likenesses(products: Vec<Product>) -> Vec<Likeness> {
    let mut like: Vec<Likeness> = Vec::new();
    for product in products {
        if like.len() < OFFERED && like.iter().all(|known| known.sku != product.sku) {
            like.push(Likeness {
                sku: product.sku,
                name: product.name,
            });
        }
    }
    like
}
