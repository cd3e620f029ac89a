//! What the catalogue has beyond its products: facets, what was looked at and bought before, the order pad's
//! summary and the comparison. It comes after the products, with the code of the product's screen.

use leptos::{prelude::*, reactive::computed::ScopedFuture, task::spawn_local};
use nymble_wire::{Page, Product};

use super::{
    bar::Bar, bought_view, context::CatalogContext, facet_panel::FacetPanel, query::CatalogQuery,
};
use crate::{
    browser::time,
    lazy_page::{lazy_part, load_assets},
    locale::{BROWSE, use_locale},
    routes::product::recent::RecentStrip,
    state::{
        app::{loading::Loading, notices::use_notices, release},
        session::use_session,
    },
};

/// How long to wait before its code is asked for again, in milliseconds.
const AGAIN_MS: i32 = 3000;

/// Where a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Beside the products, below the categories.
    Facets,
    /// Above the products, at the catalogue's start.
    Recent,
    /// Below the products, at the window's lower edge.
    Below,
}

lazy_part!(product, load, (AnyView, AnyView, AnyView), {
    let shelf = use_context::<CatalogContext>();
    // The screen may have been left while the code was on its way.
    let there = shelf.filter(|shelf| shelf.asked.try_get_untracked().is_some());
    match there {
        Some(shelf) => {
            bought_view::follow(shelf);
            let start = Memo::new(move |_| shelf.shown.with(CatalogQuery::is_start));
            let recent = move || start.get().then(|| view! { <RecentStrip /> });
            (
                view! { <FacetPanel shelf=shelf /> }.into_any(),
                view! { {recent} }.into_any(),
                view! { <Bar shelf=shelf /> }.into_any(),
            )
        }
        None => (().into_any(), ().into_any(), ().into_any()),
    }
});

/// The further parts of the catalogue, on their way. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Extras {
    shelf: CatalogContext,
    arrived: RwSignal<bool>,
    /// A view can be shown once: the parts wait here, and are taken by their places.
    parts: StoredValue<[Option<AnyView>; 3], LocalStorage>,
}

impl Extras {
    /// Fetches them once there are products to look at.
    pub(crate) fn begin(shown: Memo<CatalogQuery>, loading: Loading<Page<Product>>) -> Self {
        let shelf = CatalogContext {
            shown,
            loading,
            asked: RwSignal::new(0),
        };
        provide_context(shelf);
        let extras = Self {
            shelf,
            arrived: RwSignal::new(false),
            parts: StoredValue::new_local([None, None, None]),
        };
        let locale = use_locale();
        let (notices, session) = (use_notices(), use_session());
        // The parts live as long as the screen, and not only until the effect runs again.
        let owner = Owner::current().unwrap_or_default();
        Effect::new(move |begun: Option<bool>| {
            let begin = loading.value().is_some()
                || loading.error().is_some()
                || shown.with(|view| view.bought);
            if begun == Some(true) || !begin {
                return begun == Some(true);
            }
            let coming = async move {
                let mut reported = false;
                while extras.arrived.try_get_untracked().is_some() {
                    if load_assets(locale, BROWSE).await.is_ok()
                        && let Ok((facets, recent, below)) = load().await
                    {
                        let parts = [Some(facets), Some(recent), Some(below)];
                        extras.parts.try_set_value(parts);
                        extras.arrived.try_set(true);
                        return;
                    }
                    if !std::mem::replace(&mut reported, true) {
                        release::report_replaced(locale, notices, session);
                    }
                    time::sleep(AGAIN_MS).await;
                }
            };
            spawn_local(owner.with(|| ScopedFuture::new(coming)));
            true
        });
        extras
    }

    /// Reads what was bought before, as soon as the code for it is here.
    pub(crate) fn read_bought(self) {
        self.shelf.asked.update(|asked| *asked += 1);
    }

    /// The place of a part; what is coming has its place kept.
    pub(crate) fn place(self, place: Place) -> AnyView {
        let (class, number) = match place {
            Place::Facets => ("facets-place", 0),
            Place::Recent => ("recent-place", 1),
            Place::Below => ("below-place", 2),
        };
        let viewed = place == Place::Recent && use_session().has_viewed();
        let shown = self.shelf.shown;
        let absent = Memo::new(move |_| {
            place == Place::Recent && !(viewed && shown.with(CatalogQuery::is_start))
        });
        view! {
            <div class=class hidden=absent>
                {move || {
                    self.arrived.get();
                    self.parts
                        .try_update_value(|parts| parts.get_mut(number).and_then(Option::take))
                        .flatten()
                }}
            </div>
        }
        .into_any()
    }
}
