//! A product's picture in the right size, with its place kept while it loads.

use leptos::{ev, prelude::*};
use nymble_wire::ProductImage;

use super::icon::{Glyph, Icon};

/// How large a picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// In a table or list row.
    Small,
    /// In a grid.
    Medium,
    /// On the product's own page.
    Large,
}

impl Size {
    /// How wide it is shown: in CSS pixels where it is no other, and as `sizes` says it.
    fn width(self) -> (&'static str, &'static str) {
        match self {
            Self::Small => ("64", "52px"),
            Self::Medium => ("240", "(max-width: 30rem) 88px, 240px"),
            Self::Large => ("560", "(max-width: 44rem) 100vw, 352px"),
        }
    }
}

/// The first picture of a product; a quiet drawing where there is none or it does not load.
///
/// The picture is decoration beside the product's name, so it has no text of its own.
#[component]
pub(crate) fn Picture(
    /// The product's pictures.
    images: Vec<ProductImage>,
    /// How large it is shown.
    size: Size,
) -> AnyView {
    let base = images.into_iter().find_map(|image| image.url);
    // What becomes of it: still coming, there, or not to be had.
    let (there, failed) = (RwSignal::new(false), RwSignal::new(base.is_none()));
    let picture = base.map(|base| {
        let base = base.trim_end_matches('/');
        let (pixels, sizes) = size.width();
        // Assumption: the three sizes are about so many pixels wide.
        let sources = [("small", "160w"), ("medium", "480w"), ("large", "1200w")];
        let sources = sources.map(|(suffix, width)| [base, "/", suffix, " ", width].concat());
        let plain = [base, "/medium"].concat();
        let lazy = if size == Size::Large { "eager" } else { "lazy" };
        view! {
            <img
                sizes=sizes
                srcset=sources.join(", ")
                loading=lazy
                decoding="async"
                src=plain
                alt=""
                width=pixels
                height=pixels
                on:load=move |_: ev::Event| there.set(true)
                on:error=move |_: ev::ErrorEvent| failed.set(true)
                hidden=failed
            />
        }
    });
    view! {
        <span class="picture" class:picture-empty=failed class:picture-there=there>
            {picture}
            {move || failed.get().then(|| view! { <Icon glyph=Glyph::Crate /> })}
        </span>
    }
    .into_any()
}
