//! What is new since the last visit, as a list.

use leptos::prelude::*;

use super::part::{Part, Stage};
use crate::{
    browser::page,
    components::icon::{Glyph, Icon},
    domain::home::news::News,
    locale::{Locale, use_locale},
    route::Route,
    state::{
        cart::{CartState, use_cart},
        home::last_visit::use_last_visit,
    },
};

/// The news since the last visit.
#[component]
pub(crate) fn NewsList(
    /// Whether all that can be news is known, as far as it can be had.
    settled: Memo<bool>,
) -> AnyView {
    let locale = use_locale();
    let cart = use_cart();
    let visit = use_last_visit();
    let news = Memo::new(move |_| visit.news());
    let stage = Signal::derive(move || {
        if settled.get() {
            Stage::Here
        } else {
            Stage::Coming
        }
    });
    // A dismissed piece takes its button along; the focus goes on to the list's heading.
    let dismissed = || page::focus("#home-news");
    let item = move |news: News| {
        let (text, href) = in_words(locale, cart, &news);
        let name = locale.text_with("home.dismiss", &[("news", &text)]);
        view! {
            <li>
                <a href=href>{text}</a>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=name
                    on:click=move |_| {
                        visit.dismiss(&news);
                        dismissed();
                    }
                >
                    <Icon glyph=Glyph::Close />
                </button>
            </li>
        }
    };
    let content = move || {
        let list = news.get();
        if list.is_empty() {
            return view! { <p class="hint">{locale.text("home.no_news")}</p> }.into_any();
        }
        let several = list.len() > 1;
        view! {
            <ul class="news" aria-labelledby="home-news">
                {list.into_iter().map(item).collect_view()}
            </ul>
            {several
                .then(|| {
                    let all = move |_| {
                        visit.dismiss_all();
                        dismissed();
                    };
                    view! {
                        <button type="button" class="quiet-button" on:click=all>
                            {locale.text("home.dismiss_all")}
                        </button>
                    }
                })}
        }
        .into_any()
    };
    view! {
        <Part id="home-news" title=locale.text("home.news") stage=stage retry=|| ()>
            {content}
        </Part>
    }
    .into_any()
}

/// A piece of news as a sentence, and where it leads.
fn in_words(locale: Locale, cart: CartState, news: &News) -> (String, String) {
    let product = |sku: &str| {
        let lines = untrack(|| cart.lines());
        let line = lines.line(sku);
        line.map_or_else(|| sku.to_owned(), |line| line.name.clone())
    };
    match news {
        News::Shipped { number } => (
            locale.text_with("home.news_shipped", &[("number", number)]),
            Route::Order(number.clone()).href(),
        ),
        News::DueSoon { id, number, days } => {
            let values = [("number", number.as_str())];
            let text = match u64::try_from(*days) {
                Ok(0) | Err(_) => locale.text_with("home.news_due_today", &values),
                Ok(days) => locale.plural("home.news_due", days, &values),
            };
            (text, Route::Invoice(id.clone()).href())
        }
        News::Overdue { id, number } => (
            locale.text_with("home.news_overdue", &[("number", number)]),
            Route::Invoice(id.clone()).href(),
        ),
        News::Price {
            sku,
            before,
            now,
            currency,
        } => {
            let (before, now) = (
                locale.money(*before, currency),
                locale.money(*now, currency),
            );
            let name = product(sku);
            let values = [("name", name.as_str()), ("before", &before), ("now", &now)];
            (
                locale.text_with("home.news_price", &values),
                Route::Cart.href(),
            )
        }
        News::Stock {
            sku,
            on_hand,
            enough,
        } => {
            let name = product(sku);
            let values = [("name", name.as_str())];
            let text = match (enough, u64::try_from(*on_hand)) {
                (true, _) => locale.text_with("home.news_stock_again", &values),
                (false, Ok(0) | Err(_)) => locale.text_with("home.news_stock_none", &values),
                (false, Ok(left)) => locale.plural("home.news_stock_short", left, &values),
            };
            (text, Route::Cart.href())
        }
    }
}
