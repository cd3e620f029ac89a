//! A document being looked at, in a dialog over the list.
//!
//! A picture is shown from its signed address. A PDF is fetched and shown from the browser's own copy: the
//! content policy then has to let no other site into a frame, and an address that ended is noticed.

use leptos::{ev, prelude::*, task::spawn_local};
use nymble_wire::Document;
use std::sync::Arc;
use web_sys::{Blob, Url};

use super::{
    list::{Download, explain},
    query::DocumentsQuery,
};
use crate::{
    api::problem::ApiError,
    browser::{download, page},
    components::{
        button::Button,
        dialog::Dialog,
        empty_state::empty_state,
        failed::LoadingNote,
        icon::{Glyph, Icon},
    },
    domain::documents::{Kind, without_address},
    locale::use_locale,
    ports::abort::AbortController,
    state::{
        app::navigation::use_navigation,
        documents::{DocumentsState, use_documents},
    },
};

/// The dialog. It is there all the time and opened by the address, so that the browser gives the focus
/// back to where it came from.
#[component]
pub(crate) fn Preview(
    /// What the screen shows.
    shown: Memo<DocumentsQuery>,
) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let known = use_documents();
    let id = Memo::new(move |_| shown.with(|view| view.document.clone()));
    let document = Memo::new(move |_| {
        let id = id.get()?;
        let list = known.documents.value()?;
        let found = list.documents.iter().find(|it| it.document_id == id);
        Some(found.map(without_address).map(Arc::new))
    });
    let is_open = Memo::new(move |_| document.with(Option::is_some));
    let close = move || {
        let view = DocumentsQuery {
            document: None,
            ..shown.get_untracked()
        };
        navigation.change_address(&view.href(), true);
    };
    let name = move || {
        document.with(|document| match document {
            Some(Some(document)) => document.name.clone(),
            Some(None) => locale.text("documents.gone"),
            None => String::new(),
        })
    };
    view! {
        <Dialog
            class="preview"
            named_by="preview-name"
            open=is_open
            beside=true
            close=move |()| close()
        >
            <div class="preview-head">
                <h2 id="preview-name">{name}</h2>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=locale.text("documents.close")
                    on:click=move |_| close()
                >
                    <Icon glyph=Glyph::Close />
                </button>
            </div>
            {move || {
                document
                    .get()
                    .flatten()
                    .map(|document| view! { <Content document=document /> })
            }}
        </Dialog>
    }
    .into_any()
}

/// What can be said of the content that is shown.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// It is on its way.
    Coming,
    /// It can be looked at here: the address of a picture, or of a PDF's copy.
    Here(String),
    /// This browser, or no browser, shows it in a page.
    Elsewhere,
    /// It cannot be had.
    Failed(String),
}

#[component]
fn Content(document: Arc<Document>) -> AnyView {
    let locale = use_locale();
    let known = use_documents();
    let kind = Kind::of(&document);
    let stage = RwSignal::new(Stage::Coming);
    // Whether the address that failed was asked for anew already.
    let renewed = StoredValue::new(false);
    let abort = StoredValue::new_local(AbortController::new().ok());
    let copy = StoredValue::new(None::<String>);
    on_cleanup(move || {
        if let Some(abort) = abort.try_update_value(Option::take).flatten() {
            abort.abort();
        }
        if let Some(address) = copy.try_update_value(Option::take).flatten() {
            download::give_back_later(address);
        }
    });
    let settle = move |outcome: Result<String, ApiError>| {
        let next = match outcome {
            Ok(address) => Stage::Here(address),
            Err(ApiError::Aborted) => return,
            Err(error) => Stage::Failed(explain(locale, &error)),
        };
        stage.try_set(next);
    };
    let load = {
        let document = Arc::clone(&document);
        move || {
            stage.set(Stage::Coming);
            let document = Arc::clone(&document);
            let signal = abort.with_value(|abort| abort.as_ref().map(AbortController::signal));
            match kind {
                Kind::Picture => spawn_local(async move {
                    settle(known.address(&document.document_id).await);
                }),
                Kind::Pdf if page::shows_pdfs() => spawn_local(async move {
                    let content = known.content(&document.document_id, signal.clone()).await;
                    if signal.is_some_and(|signal| signal.aborted()) {
                        return;
                    }
                    let address = content.and_then(|content| copy_of_pdf(&content));
                    if let Ok(address) = &address {
                        copy.try_set_value(Some(address.clone()));
                    }
                    settle(address);
                }),
                _ => stage.set(Stage::Elsewhere),
            }
        }
    };
    load();
    let retry = load.clone();
    let failed = {
        let id = document.document_id.clone();
        move |_: ev::ErrorEvent| {
            if renewed.get_value() {
                stage.set(Stage::Failed(locale.text("documents.not_shown")));
                return;
            }
            renewed.set_value(true);
            let id = id.clone();
            spawn_local(async move { settle(known.renew(&id).await) });
        }
    };
    let name = document.name.clone();
    let content = move || match stage.get() {
        Stage::Coming => view! { <LoadingNote /> }.into_any(),
        Stage::Here(address) if kind == Kind::Picture => {
            view! { <img src=address alt=name.clone() on:error=failed.clone() /> }.into_any()
        }
        Stage::Here(address) => {
            view! { <iframe src=address title=name.clone()></iframe> }.into_any()
        }
        Stage::Elsewhere => empty_state(locale.text("documents.elsewhere")),
        Stage::Failed(reason) => {
            let retry = retry.clone();
            let again = move |()| {
                renewed.set_value(false);
                retry();
            };
            view! {
                <div class="failed" role="alert">
                    <p>{reason}</p>
                    <Button press=again label=locale.text("try_again") />
                </div>
            }
            .into_any()
        }
    };
    view! {
        <div class="preview-content">{content}</div>
        <div class="actions">
            <Download document=Arc::clone(&document) />
            <OpenInTab document=document known=known />
        </div>
    }
    .into_any()
}

/// An address at which the browser finds its copy of a PDF. It is called a PDF whatever its host calls it:
/// a page of somebody else must not become one of this origin.
fn copy_of_pdf(content: &Blob) -> Result<String, ApiError> {
    let all = content.size();
    content
        .slice_with_f64_and_f64_and_content_type(0.0, all, "application/pdf")
        .and_then(|pdf| Url::create_object_url_with_blob(&pdf))
        .map_err(|_| ApiError::Unreachable)
}

#[component]
fn OpenInTab(document: Arc<Document>, known: DocumentsState) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let open = move |()| {
        // At once where that can be: a browser lets a tab be opened by a click, not some time after it.
        if let Some(address) = known.known_address(&document.document_id) {
            return page::open_tab(&address);
        }
        let stay = navigation.stay();
        let document = Arc::clone(&document);
        spawn_local(async move {
            let address = known.address(&document.document_id).await;
            if let Ok(address) = address
                && navigation.lasts(stay)
            {
                page::open_tab(&address);
            }
        });
    };
    view! {
        <Button press=open label=locale.text("documents.open_tab") />
    }
    .into_any()
}
