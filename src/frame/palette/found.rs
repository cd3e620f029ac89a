//! What the palette finds: screens and actions at once, products, orders and invoices from the API when typing
//! pauses.

use leptos::prelude::*;
use nymble_wire::{FilterOperator, Invoice, Order, Page, Product};
use std::sync::Arc;

use super::super::keys::screen;
use crate::{
    api::{invoices, orders, page::ListRequest, problem::ApiError},
    browser::{query::Href, time::Debounce},
    components::{price, quantity_field::rule_in_words},
    domain::{
        catalog::{
            gtin,
            pricing::{Reading, may_be_ordered, quantity_rule, shown_price},
            sku::is_same,
            stock::shortage,
        },
        keyboard::{
            jump::{fit, may_be_a_number, units_of_sku},
            shortcuts::{Action, SHORTCUTS},
        },
    },
    locale::{Locale, use_locale},
    route::Route,
    routes::customers::query::picker_for,
    state::{
        app::loading::Loading,
        catalog::{CatalogState, use_catalog},
        session::{Session, use_session},
    },
};

/// The address of the choice of a customer, from where the way leads back to the present screen.
fn picker_from_here() -> String {
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    picker_for(&here)
}

/// How long typing may pause before the API is asked, in milliseconds.
const TYPING_PAUSE_MS: u64 = 250;
/// With fewer letters the API is not asked.
const SHORTEST: usize = 2;
/// So many products are shown.
const PRODUCTS: u64 = 6;
/// So many orders, and invoices.
const NUMBERS: u64 = 4;

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Does {
    /// Goes to an address of this site.
    Go(String),
    /// Puts units of a product into the cart.
    Add {
        /// Its SKU.
        sku: String,
        /// Its name.
        name: String,
        /// Units.
        quantity: u32,
    },
    /// Signs out.
    SignOut,
    /// Shows the shortcuts.
    Shortcuts,
}

/// One thing that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it is called.
    pub(super) text: String,
    /// What it is.
    pub(super) hint: String,
    /// What it does.
    pub(super) does: Does,
}

/// What was found so far. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Found {
    session: Session,
    catalog: CatalogState,
    locale: Locale,
    typed: RwSignal<String>,
    /// What the API was asked for last; empty: nothing.
    asked: RwSignal<String>,
    products: Loading<Page<Product>>,
    /// The products whose units are to be put into the cart.
    to_add: Loading<Page<Product>>,
    orders: Loading<Page<Order>>,
    invoices: Loading<Page<Invoice>>,
}

impl Found {
    /// Follows what is typed.
    pub(super) fn start(typed: RwSignal<String>) -> Self {
        let found = Self {
            session: use_session(),
            catalog: use_catalog(),
            locale: use_locale(),
            typed,
            asked: RwSignal::new(String::new()),
            products: Loading::new(),
            to_add: Loading::new(),
            orders: Loading::new(),
            invoices: Loading::new(),
        };
        let debounce = StoredValue::new_local(Debounce::default());
        on_cleanup(move || {
            debounce.try_update_value(|debounce| debounce.cancel());
        });
        Effect::new(move |_| {
            let term = typed.with(|typed| typed.trim().to_owned());
            debounce.with_value(|debounce| {
                debounce.cancel();
                if term.chars().count() < SHORTEST {
                    found.ask("");
                } else if term != found.asked.get_untracked() {
                    debounce.run(TYPING_PAUSE_MS, move || found.ask(&term));
                }
            });
        });
        found
    }

    /// Asks the API; an answer to what was asked before is dropped.
    fn ask(self, term: &str) {
        if self.asked.get_untracked() == term {
            return;
        }
        self.asked.set(term.to_owned());
        self.products.forget();
        self.to_add.forget();
        self.orders.forget();
        self.invoices.forget();
        if term.is_empty() {
            return;
        }
        let session = self.session;
        let catalog = self.catalog;
        let wanted = term.to_owned();
        self.products.run(
            async move |abort| catalog.search(&wanted, 1, PRODUCTS, abort).await,
            |page| Ok(Arc::new(page)),
        );
        let features = session.config().features;
        let has_customer = untrack(|| session.customer_number()).is_some();
        if let (true, Some((sku, _))) = (has_customer, units_of_sku(term)) {
            self.to_add.run(
                async move |abort| catalog.beginning_with(&sku, NUMBERS, abort).await,
                |page| Ok(Arc::new(page)),
            );
        }
        if !has_customer || !may_be_a_number(term) {
            return;
        }
        let newest = |field: &str, sort_on: &'static str, customer: &str| {
            let mut request = ListRequest {
                page: 1,
                page_size: NUMBERS,
                sort_on,
                descending: true,
                filters: Vec::new(),
            };
            request.filter(field, FilterOperator::Contains, term);
            untrack(|| session.narrow(&mut request, customer));
            request
        };
        if features.orders {
            let request = newest("orderNumber", "orderDate", orders::CUSTOMER);
            let request = orders::list(&request);
            self.orders
                .load(session, request, orders::read_page, |_| {});
        }
        if features.invoices {
            let request = newest("invoiceNumber", "invoiceDate", invoices::CUSTOMER);
            let request = invoices::list(&request);
            self.invoices
                .load(session, request, invoices::read_page, |_| {});
        }
    }

    /// Whether the API is being asked, or will be when typing pauses (tracked).
    pub(super) fn is_searching(self) -> bool {
        let waits = self.typed.with(|typed| {
            let typed = typed.trim();
            typed.chars().count() >= SHORTEST && self.asked.with(|asked| asked != typed)
        });
        waits
            || self.products.is_pending()
            || self.to_add.is_pending()
            || self.orders.is_pending()
            || self.invoices.is_pending()
    }

    /// Whether units of a SKU are typed that is still being looked for, without tracking.
    pub(super) fn looks_for_units(self) -> bool {
        let units = self
            .typed
            .with_untracked(|typed| units_of_sku(typed).is_some());
        let has_customer = untrack(|| self.session.customer_number()).is_some();
        units && has_customer && untrack(|| self.is_searching())
    }

    /// Whether an entry puts just those units of just that SKU into the cart that are typed, without tracking: it can
    /// be taken unseen.
    pub(super) fn is_just_that(self, entry: &Entry) -> bool {
        let Does::Add { sku, quantity, .. } = &entry.does else {
            return false;
        };
        let typed = self.typed.get_untracked();
        units_of_sku(&typed)
            .is_some_and(|(wanted, units)| is_same(sku, &wanted) && units == *quantity)
    }

    /// Why not everything was searched (tracked). What the API does not offer is not missed.
    pub(super) fn trouble(self) -> Option<String> {
        let errors = [
            self.products.error(),
            self.to_add.error(),
            self.orders.error(),
            self.invoices.error(),
        ];
        let absent = |error: &ApiError| error.is_not_offered();
        let error = errors.into_iter().flatten().find(|error| !absent(error))?;
        let reason = self.locale.error(&error);
        Some(
            self.locale
                .text_with("palette.incomplete", &[("reason", &reason)]),
        )
    }

    /// What fits, the likeliest first (tracked).
    pub(super) fn entries(self) -> Vec<Entry> {
        let typed = self.typed.get();
        let mut entries = self.own(&typed);
        // What was found for other words is not shown for these.
        if self
            .asked
            .with(|asked| !asked.is_empty() && *asked == typed.trim())
        {
            self.add_found(typed.trim(), &mut entries);
            entries.push(self.all_products(typed.trim()));
        }
        entries
    }

    /// Screens and actions.
    fn own(self, typed: &str) -> Vec<Entry> {
        let (locale, session) = (self.locale, self.session);
        let entry = |message: &str, hint: &str, does| Entry {
            text: locale.text(message),
            hint: locale.text(hint),
            does,
        };
        let mut all: Vec<Entry> = Vec::new();
        for shortcut in SHORTCUTS {
            if let Action::Go(place) = shortcut.action
                && let Some(route) = screen(session, place)
            {
                let go = Does::Go(route.href());
                all.push(entry(shortcut.message, "palette.screen", go));
            }
        }
        all.push(entry("keys.title", "palette.action", Does::Shortcuts));
        all.push(entry("frame.sign_out", "palette.action", Does::SignOut));
        let mut fitting: Vec<_> = all
            .into_iter()
            .filter_map(|entry| Some((fit(&entry.text, typed)?, entry)))
            .collect();
        fitting.sort_by_key(|(fit, _)| *fit);
        fitting.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Leads somebody who sells, and has not chosen a customer yet, to choosing one (tracked).
    fn choose_customer(self) -> Option<Entry> {
        let (locale, session) = (self.locale, self.session);
        let nobody = session.chooses_customer() && session.acting_for().is_none();
        nobody.then(|| Entry {
            text: locale.text("acting.choose"),
            hint: locale.text("palette.nobody"),
            does: Does::Go(picker_from_here()),
        })
    }

    /// Leads to a product of which units were to be put into the cart, and says why they cannot be.
    fn instead_of_addition(self, product: &Product, wanted: u32) -> Option<Entry> {
        let (locale, session) = (self.locale, self.session);
        session.customer_number()?;
        let buyer = session.buyer();
        let quantity = quantity_rule(product).round_up(wanted);
        let price = shown_price(product, &buyer, quantity, Reading::Done);
        let reason = if product.active {
            price::in_words(locale, price, buyer.currency_of(product), None)
        } else {
            locale.text("product.inactive")
        };
        Some(Entry {
            text: product.name_or_sku().to_owned(),
            hint: [&product.sku, " · ", &reason].concat(),
            does: Does::Go(Route::Product(product.sku.clone()).href()),
        })
    }

    /// What the cart can be given: `wanted` units of a product, or the fewest that can be ordered. None for
    /// what cannot be ordered.
    fn addition(self, product: &Product, wanted: Option<u32>) -> Option<Entry> {
        let locale = self.locale;
        let rule = quantity_rule(product);
        let quantity = rule.round_up(wanted.unwrap_or(1));
        let buyer = self.session.buyer();
        let may_be = may_be_ordered(product, &buyer, quantity);
        if !may_be || self.session.customer_number().is_none() {
            return None;
        }
        let shown = shown_price(product, &buyer, quantity, Reading::Done);
        let price = price::in_words(locale, shown, buyer.currency_of(product), None);
        let mut hint = if shown.own().is_some() {
            locale.text_with("palette.each", &[("sku", &product.sku), ("price", &price)])
        } else {
            [&product.sku, " · ", &price].concat()
        };
        if let (true, Some(words)) = (wanted != Some(quantity), rule_in_words(locale, rule)) {
            hint.push_str(" · ");
            hint.push_str(&words);
        }
        if let Some(short) = shortage(product.quantity_on_hand, quantity) {
            hint.push_str(" · ");
            hint.push_str(&locale.shortage(short));
        }
        let number = locale.number(u64::from(quantity));
        let name = product.name_or_sku().to_owned();
        let text = match wanted.filter(|wanted| *wanted != quantity) {
            Some(wanted) => locale.text_with(
                "palette.add_instead",
                &[
                    ("quantity", &number),
                    ("name", &name),
                    ("wanted", &locale.number(u64::from(wanted))),
                ],
            ),
            None => locale.text_with("palette.add", &[("quantity", &number), ("name", &name)]),
        };
        Some(Entry {
            text,
            hint,
            does: Does::Add {
                sku: product.sku.clone(),
                name,
                quantity,
            },
        })
    }

    /// Orders, invoices and products from the API.
    fn add_found(self, typed: &str, entries: &mut Vec<Entry>) {
        let locale = self.locale;
        let wanted = units_of_sku(typed).map(|(_, units)| units);
        let mut nobody = self.choose_customer();
        if wanted.is_some() || may_be_a_number(typed) {
            entries.extend(nobody.take());
        }
        let barcode = gtin::read(typed);
        for product in self.to_add.value().iter().flat_map(|page| &page.data) {
            let entry = self.addition(product, wanted);
            entries.extend(entry.or_else(|| self.instead_of_addition(product, wanted?)));
        }
        let date = |date: Option<&nymble_wire::Timestamp>| {
            date.map(|date| locale.date(date)).unwrap_or_default()
        };
        for order in self.orders.value().iter().flat_map(|page| &page.data) {
            let number = &order.order_number;
            entries.push(Entry {
                text: locale.text_with("palette.order", &[("number", number)]),
                hint: date(order.order_date.as_ref()),
                does: Does::Go(Route::Order(number.clone()).href()),
            });
        }
        for invoice in self.invoices.value().iter().flat_map(|page| &page.data) {
            let number = &invoice.invoice_number;
            entries.push(Entry {
                text: locale.text_with("palette.invoice", &[("number", number)]),
                hint: date(invoice.invoice_date.as_ref()),
                does: Does::Go(Route::Invoice(invoice.id.clone()).href()),
            });
        }
        for product in self.products.value().iter().flat_map(|page| &page.data) {
            entries.push(Entry {
                text: product.name_or_sku().to_owned(),
                hint: product.sku.clone(),
                does: Does::Go(Route::Product(product.sku.clone()).href()),
            });
            let upc = product.upc.as_deref();
            let is_coded = barcode.as_ref().zip(upc);
            let is_coded = is_coded.is_some_and(|(barcode, upc)| barcode.is(upc));
            if is_same(&product.sku, typed) || is_coded {
                entries.extend(self.addition(product, None));
            }
        }
        entries.extend(nobody);
    }

    /// The catalogue's own search.
    fn all_products(self, term: &str) -> Entry {
        let term = units_of_sku(term).map_or_else(|| term.to_owned(), |(sku, _)| sku);
        let mut href = Href::new(&Route::Catalog.href());
        href.put("q", &term);
        Entry {
            text: self
                .locale
                .text_with("palette.in_catalog", &[("term", &term)]),
            hint: self.locale.text("catalog.title"),
            does: Does::Go(href.into()),
        }
    }
}
