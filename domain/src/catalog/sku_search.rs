//! Finding many SKUs with few requests.
//!
//! The API reads one product by its SKU, and lists them sorted by SKU, of a beginning if asked. A list's page holds
//! a hundred products for the price of one request; so where the wanted SKUs lie close together, pages are
//! cheaper than single requests, and where they lie far apart, they are not. How close they lie is learned from
//! the number of products that each answer names.

use nymble_wire::Product;
use std::collections::BTreeSet;

use super::{gtin::Barcode, sku};

/// Products on a page. The documents name no largest page; a hundred is read within a frame.
pub const PAGE: u64 = 100;

/// From how many wanted SKUs on a list is asked for at all.
const FEW: usize = 3;

/// One request to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// One product by its SKU.
    One(String),
    /// One page of the products whose SKU begins with `prefix` (all, when it is empty), sorted by SKU.
    Page {
        /// The beginning.
        prefix: String,
        /// Which page, from 1.
        page: u64,
    },
}

/// What is still to be asked. SKUs are compared whatever the case of their letters, as lists are sorted.
#[derive(Clone, Debug, Default)]
pub struct SkuSearch {
    /// Wanted by lists, in upper case, sorted.
    wanted: BTreeSet<String>,
    /// To ask now.
    asks: Vec<Ask>,
}

impl SkuSearch {
    /// A search for `skus`; the first thing to ask is ready.
    pub fn new(skus: impl IntoIterator<Item = String>) -> Self {
        let all: BTreeSet<String> = skus.into_iter().filter(|sku| !sku.is_empty()).collect();
        let mut search = Self::default();
        if all.len() < FEW {
            search.asks = all.into_iter().map(Ask::One).collect();
            return search;
        }
        search.wanted = all.iter().map(|sku| folded(sku)).collect();
        let prefix = common_prefix(search.wanted.iter());
        search.asks = vec![Ask::Page { prefix, page: 1 }];
        search
    }

    /// A page came: `found` SKUs in their order, of `total` products with that beginning. What else must be
    /// asked for that beginning is ready then.
    pub fn came(&mut self, prefix: &str, page: u64, found: &[&str], total: u64) {
        let found: Vec<String> = found.iter().map(|sku| folded(sku)).collect();
        for sku in &found {
            self.wanted.remove(sku);
        }
        if page > 1 {
            return;
        }
        let here: Vec<String> = self.with_prefix(prefix).cloned().collect();
        // What an answer holds counts, not what was asked for: a server may give smaller pages.
        let size = found.len() as u64;
        if size == 0 || total <= size {
            return self.drop_all(&here);
        }
        // Where the list is sorted, what is wanted before its last SKU, and is not in it, does not exist. Lists that
        // are sorted otherwise than SKUs are compared here say nothing.
        let last = found.last().map_or("", String::as_str);
        let sorted = found.is_sorted_by(|one, other| !is_before(other, one));
        let (passed, left): (Vec<String>, Vec<String>) = here
            .into_iter()
            .partition(|sku| sorted && is_before(sku, last));
        self.drop_all(&passed);
        let pages = total.div_ceil(size);
        if left.len() < FEW {
            return self.one_by_one(left);
        }
        // Reading on costs the pages that are left; splitting costs at least one request for each group.
        let groups = groups(&left, prefix);
        let cost_of_groups: usize = groups.iter().map(|group| group.len().min(2)).sum();
        if pages - 1 <= left.len() as u64 / 2 || pages - 1 <= cost_of_groups as u64 {
            for page in (2..=pages).rev() {
                self.asks.push(Ask::Page {
                    prefix: prefix.to_owned(),
                    page,
                });
            }
            return;
        }
        for group in groups.into_iter().rev() {
            let longer = common_prefix(group.iter());
            if group.len() < FEW || longer.len() <= prefix.len() {
                self.one_by_one(group);
            } else {
                self.asks.push(Ask::Page {
                    prefix: longer,
                    page: 1,
                });
            }
        }
    }

    /// A page could not be had, for good: what is wanted of it is asked for one by one.
    pub fn refused(&mut self, prefix: &str) {
        self.asks
            .retain(|ask| !matches!(ask, Ask::Page { prefix: other, .. } if other == prefix));
        let here: Vec<String> = self.with_prefix(prefix).cloned().collect();
        self.one_by_one(here);
    }

    fn with_prefix<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a String> {
        let from = self.wanted.range(prefix.to_owned()..);
        from.take_while(move |sku| sku.starts_with(prefix))
    }

    fn drop_all(&mut self, skus: &[String]) {
        for sku in skus {
            self.wanted.remove(sku);
        }
    }

    fn one_by_one(&mut self, skus: Vec<String>) {
        self.drop_all(&skus);
        self.asks.extend(skus.into_iter().map(Ask::One));
    }
}

/// What to ask next; none when nothing may be asked now.
impl Iterator for SkuSearch {
    type Item = Ask;

    fn next(&mut self) -> Option<Ask> {
        self.asks.pop()
    }
}

/// A SKU as lists are searched and sorted.
///
/// Assumption: `startswith` and sorting on `Sku` do not tell large letters from small ones. Where an API does,
/// SKUs typed in other letters than the product's are not found by a list, and are then asked for by themselves.
pub fn folded(sku: &str) -> String {
    sku.to_ascii_uppercase()
}

/// Whether a SKU stands before another one in a sorted list, whether that compares large letters or small ones: signs
/// like `_` stand between the two.
fn is_before(one: &str, other: &str) -> bool {
    one < other && one.to_ascii_lowercase() < other.to_ascii_lowercase()
}

/// The product that `typed` means among those that a search has found: the one with that very SKU, else the only one
/// whose SKU is a spelling of it, else the only one with that barcode.
pub fn meant<'a>(found: &'a [Product], typed: &str, code: Option<&Barcode>) -> Option<&'a Product> {
    let keys = sku::keys(typed);
    let is_spelled = |product: &&Product| keys.contains(&sku::key(&product.sku));
    let is_coded = |product: &&Product| {
        let upc = product.upc.as_deref();
        code.zip(upc).is_some_and(|(code, upc)| code.is(upc))
    };
    found
        .iter()
        .find(|product| product.sku == typed)
        .or_else(|| only(found.iter().filter(is_spelled)))
        .or_else(|| only(found.iter().filter(is_coded)))
}

fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let one = all.next();
    one.filter(|_| all.next().is_none())
}

fn common_prefix<'a>(mut skus: impl Iterator<Item = &'a String>) -> String {
    let Some(first) = skus.next() else {
        return String::new();
    };
    let mut end = first.len();
    for sku in skus {
        let same = first.chars().zip(sku.chars()).take_while(|(a, b)| a == b);
        end = end.min(same.map(|(sign, _)| sign.len_utf8()).sum());
    }
    first[..end].to_owned()
}

/// `skus`, sorted, in groups by the letter behind `prefix`.
fn groups(skus: &[String], prefix: &str) -> Vec<Vec<String>> {
    let next = |sku: &String| sku.get(prefix.len()..).and_then(|rest| rest.chars().next());
    skus.chunk_by(|one, other| next(one) == next(other))
        .map(<[String]>::to_vec)
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Asks a catalogue until nothing is left to ask; what was found, and in how many requests.
    fn run(
        catalogue: &BTreeSet<String>,
        wanted: &[String],
        page_size: u64,
    ) -> (BTreeSet<String>, usize) {
        let mut search = SkuSearch::new(wanted.iter().cloned());
        let mut found = BTreeSet::new();
        let mut requests = 0;
        while let Some(ask) = search.next() {
            requests += 1;
            assert!(requests < 20_000, "it does not end");
            match ask {
                Ask::One(sku) => {
                    found.extend(catalogue.get(&sku).cloned());
                }
                Ask::Page { prefix, page } => {
                    let all: Vec<&str> = catalogue
                        .iter()
                        .filter(|sku| sku.starts_with(&prefix))
                        .map(String::as_str)
                        .collect();
                    let size = usize::try_from(page_size).unwrap();
                    let from = (usize::try_from(page).unwrap() - 1) * size;
                    let on_page: Vec<&str> = all.iter().skip(from).take(size).copied().collect();
                    found.extend(on_page.iter().map(|sku| (*sku).to_owned()));
                    search.came(&prefix, page, &on_page, all.len() as u64);
                }
            }
        }
        (found, requests)
    }

    fn catalogue(size: usize) -> BTreeSet<String> {
        let families = ["BOLT", "NUT", "WASHER", "SCREW", "PIPE", "VALVE"];
        (0..size)
            .map(|number| format!("{}-{:05}", families[number % 6], number / 6))
            .collect()
    }

    #[test]
    fn close_ones_take_pages_and_far_ones_do_not() {
        let catalogue = catalogue(6_000);
        let every =
            |step: usize| -> Vec<String> { catalogue.iter().step_by(step).cloned().collect() };
        for (step, at_most) in [(3, 62), (60, 110), (1_000, 14)] {
            let wanted = every(step);
            let (found, requests) = run(&catalogue, &wanted, PAGE);
            assert!(wanted.iter().all(|sku| found.contains(sku)), "{step}");
            assert!(requests <= at_most, "{} SKUs in {requests}", wanted.len());
        }
        let (_, requests) = run(&catalogue, &["NUT-00001".to_owned()], PAGE);
        assert_eq!(requests, 1);
    }

    #[test]
    fn what_does_not_exist_is_found_out_by_the_way() {
        let catalogue = catalogue(600);
        let wanted: Vec<String> = (0..200)
            .map(|number| format!("BOLT-{number:05}X"))
            .collect();
        let (_, requests) = run(&catalogue, &wanted, PAGE);
        assert!(requests <= 2, "{requests}");
    }

    /// Two hundred unknown SKUs among two thousand cost no request of their own. Two thousand lines, of which two hundred
    /// are of no product, spread over all of them.
    #[test]
    fn many_unknown_ones_cost_nothing() {
        let catalogue = catalogue(5_000);
        let mut wanted: Vec<String> = catalogue.iter().step_by(2).take(1_800).cloned().collect();
        let unknown: Vec<String> = wanted
            .iter()
            .step_by(9)
            .map(|sku| format!("{sku}X"))
            .collect();
        assert_eq!(unknown.len(), 200);
        wanted.extend(unknown);
        let (found, requests) = run(&catalogue, &wanted, PAGE);
        assert_eq!(
            found
                .intersection(&wanted.iter().cloned().collect())
                .count(),
            1_800
        );
        assert!(requests <= 60, "{requests}");
    }

    /// A list that is sorted otherwise hides no product. A list that tells small letters from large ones only after `_`,
    /// or that leaves hyphens out of account.
    #[test]
    fn nothing_is_missing_from_a_list_that_is_sorted_otherwise() {
        let wanted: Vec<String> = ["A_1", "AB", "AC", "A-X"].map(str::to_owned).to_vec();
        let mut search = SkuSearch::new(wanted.clone());
        assert!(matches!(search.next(), Some(Ask::Page { page: 1, .. })));
        // Sorted by small letters, `_` stands before them: `AB` is still to come.
        search.came("A", 1, &["A_1"], 40);
        let asked: Vec<Ask> = search.by_ref().collect();
        assert!(!asked.is_empty(), "AB and AC are still wanted");
        let mut search = SkuSearch::new(wanted);
        search.next();
        // Sorted as if there were no hyphens.
        search.came("A", 1, &["AB", "A-X"], 40);
        let asked: Vec<Ask> = search.collect();
        assert!(!asked.is_empty(), "A_1 and AC are still wanted");
    }

    #[test]
    fn a_refused_list_is_asked_one_by_one() {
        let wanted: Vec<String> = (0..5).map(|number| format!("a-{number}")).collect();
        let mut search = SkuSearch::new(wanted);
        let Some(Ask::Page { prefix, .. }) = search.next() else {
            panic!("a page first");
        };
        assert_eq!(prefix, "A-");
        search.refused(&prefix);
        assert_eq!(search.count(), 5);
    }

    #[test]
    fn what_is_meant_is_told_from_what_is_like_it() {
        let product = |sku: &str, upc: &str| -> Product {
            let text = format!(r#"{{"sku":"{sku}","price":1,"upc":"{upc}"}}"#);
            nymble_wire::decode(&text).unwrap()
        };
        let found = [
            product("WIDGET-BLU-L", "012345678905"),
            product("WIDGET-BLU-LX", "036000291452"),
            product("bolt", "96385074"),
            product("BOLT", "96385074"),
            product("036000291452", "4006381333931"),
        ];
        let meant = |typed: &str| {
            let code = crate::catalog::gtin::read(typed);
            meant(&found, typed, code.as_ref()).map(|it| it.sku.as_str())
        };
        for typed in [
            "widget-blu-l",
            "ＷＩＤＧＥＴ－ＢＬＵ－Ｌ",
            "0012345678905",
            "(01)00012345678905",
        ] {
            assert_eq!(meant(typed), Some("WIDGET-BLU-L"), "{typed}");
        }
        // The letters decide where there are both, and nothing is guessed.
        assert_eq!(
            [meant("bolt"), meant("BOLT"), meant("Bolt")],
            [Some("bolt"), Some("BOLT"), None]
        );
        assert_eq!(meant("96385074"), None);
        // A SKU of digits comes before a barcode of the same.
        assert_eq!(meant("036000291452"), Some("036000291452"));
        assert_eq!(meant("0036000291452"), Some("WIDGET-BLU-LX"));
    }

    proptest! {
        /// Everything that exists is found, whatever the size of a page, and never much dearer than one by one.
        #[test]
        fn all_are_found(
            catalogue in prop::collection::btree_set("[A-C]{1,3}-?[0-9]{0,2}", 0..200),
            wanted in prop::collection::vec("[A-C]{1,3}-?[0-9]{0,2}", 0..60),
            page_size in 1..60_u64,
        ) {
            let (found, requests) = run(&catalogue, &wanted, page_size);
            let different: BTreeSet<&String> = wanted.iter().collect();
            for sku in &different {
                prop_assert_eq!(found.contains(*sku), catalogue.contains(*sku), "{}", sku);
            }
            prop_assert!(requests <= 2 * different.len() + 2, "{} for {}", requests, different.len());
        }
    }
}
