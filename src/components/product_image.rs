//! A product's picture in the right size, with its place kept while it loads.

use leptos::{ev, prelude::*};
use nymble_wire::ProductImage;

use super::icon::{Glyph, Icon};

/// How large a picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// In a table or list row.
    Small,
    /// In a grid.
    Medium,
    /// On the product's own page.
    Large,
}

/// The first picture of a product; a quiet drawing where there is none or it does not load.
///
/// The picture is decoration beside the product's name, so it has no text of its own.
#[component]
pub fn Picture(
    /// The product's pictures.
    images: Vec<ProductImage>,
    /// How large it is shown.
    size: Size,
) -> AnyView {
    let base = images.into_iter().find_map(|image| image.url);
    let failed = RwSignal::new(base.is_none());
    let picture = base.map(|base| {
        let sized = |suffix: &str| format!("{}/{suffix}", base.trim_end_matches('/'));
        let (source, pixels, lazy) = match size {
            Size::Small => (sized("small"), "64", "lazy"),
            Size::Medium => (sized("medium"), "240", "lazy"),
            Size::Large => (sized("large"), "560", "eager"),
        };
        view! {
            <img
                src=source
                alt=""
                width=pixels
                height=pixels
                loading=lazy
                decoding="async"
                on:error=move |_: ev::ErrorEvent| failed.set(true)
                hidden=failed
            />
        }
    });
    view! {
        <span class="picture" class:picture-empty=failed>
            {picture}
            <Show when=move || failed.get()>
                <Icon glyph=Glyph::Crate />
            </Show>
        </span>
    }
    .into_any()
}
