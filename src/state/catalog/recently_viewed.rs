//! The products that were looked at last, on this device, of each customer for itself.
//!
//! Kept are SKU, name and picture, so that they are shown without asking the server; prices and stock are not.

use nymble_wire::Product;
use serde::{Deserialize, Serialize};

use crate::state::session::Session;
use crate::{domain::values::recent, ports::device};

/// The beginning of the key under which they are kept.
const KEY: &str = "nymble.viewed ";

/// How many are remembered.
const MOST: usize = 12;

/// A product that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Viewed {
    /// The product.
    pub(crate) sku: String,
    /// Its name; its SKU where it has none.
    pub(crate) name: String,
    /// The base address of its picture.
    #[serde(default)]
    pub(crate) picture: Option<String>,
}

impl Session {
    /// What was looked at last, the latest first; nothing while nobody is ordered for.
    pub(crate) fn recently_viewed(self) -> Vec<Viewed> {
        let kept = self.scoped_key(KEY).and_then(|key| device::get(&key));
        kept.and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Whether anything was looked at, without reading what.
    pub(crate) fn has_viewed(self) -> bool {
        let kept = self.scoped_key(KEY).and_then(|key| device::get(&key));
        kept.is_some_and(|text| text.len() > 2)
    }

    /// Notes that a product is looked at.
    pub(crate) fn note_viewed(self, product: &Product) {
        let viewed = Viewed {
            sku: product.sku.clone(),
            name: product.name_or_sku().to_owned(),
            picture: product.images.iter().find_map(|image| image.url.clone()),
        };
        let list = recent::with(self.recently_viewed(), viewed, MOST, |known| {
            known.sku.clone()
        });
        self.keep_viewed(&list);
    }

    /// Forgets a product that is not offered any more.
    pub(crate) fn forget_viewed(self, sku: &str) {
        let mut list = self.recently_viewed();
        list.retain(|known| known.sku != sku);
        self.keep_viewed(&list);
    }

    fn keep_viewed(self, list: &[Viewed]) {
        if let Some(key) = self.scoped_key(KEY) {
            device::set(&key, Some(&serde_json::to_string(list).unwrap_or_default()));
        }
    }
}
