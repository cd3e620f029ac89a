//! The folders and documents of the present folder, or those that a search finds.

use leptos::{html, prelude::*, task::spawn_local};
use nymble_wire::{Document, DocumentFolder};
use std::sync::Arc;

use super::query::{DocumentsQuery, PAGE_SIZE};
use crate::{
    browser::{collation::Collation, download, page},
    components::{
        button::Button,
        empty_state::EmptyState,
        icon::{Glyph, Icon},
        pages::Pages,
    },
    domain::documents::{self, Kind, Unit},
    locale::{Locale, use_locale},
    state::{
        app::{
            navigation::use_navigation,
            notices::{Tone, use_notices},
        },
        documents::{DocumentsState, use_documents},
    },
};

/// What the screen lists.
#[derive(Clone, Debug, Default, PartialEq)]
struct Found {
    /// The folders from the root to the present one.
    trail: Vec<DocumentFolder>,
    /// The folders listed, each with how many documents there are in it and below.
    folders: Vec<(DocumentFolder, usize)>,
    /// How many documents there are in all.
    count: usize,
    /// Those of the present page, each with its folder's name where that says something.
    documents: Vec<(Document, Option<DocumentFolder>)>,
    /// Whether the address names a folder that there is not.
    unknown: bool,
}

fn find(known: DocumentsState, view: &DocumentsQuery, order: &Collation) -> Found {
    let Some(list) = known.documents.value() else {
        return Found::default();
    };
    let all = known.folders.value().unwrap_or_default();
    let (all, list) = (all.as_slice(), &list.documents);
    let present = view.folder.as_deref();
    let searching = !view.search.is_empty();
    let trail: Vec<_> = documents::trail(all, present.unwrap_or_default())
        .into_iter()
        .cloned()
        .collect();
    let unknown = !searching && present.is_some() && trail.is_empty();
    if unknown {
        return Found {
            unknown,
            ..Found::default()
        };
    }
    let (mut folders, mut found): (Vec<&DocumentFolder>, Vec<&Document>) = if searching {
        let named = |name: &str| documents::is_called(name, &view.search);
        (
            all.iter().filter(|folder| named(&folder.name)).collect(),
            list.iter()
                .filter(|document| named(&document.name))
                .collect(),
        )
    } else {
        (
            documents::folders_in(all, present),
            documents::documents_in(all, list, present),
        )
    };
    folders.sort_by(|one, other| order.compare(&one.name, &other.name));
    documents::sort(&mut found, view.sort, view.descending, |one, other| {
        order.compare(one, other)
    });
    let place = |document: &Document| {
        let id = document.folder_id.as_deref().filter(|_| searching)?;
        documents::folder(all, id).cloned()
    };
    let counts = documents::counts(all, list);
    let folders = folders.into_iter().map(|folder| {
        let inside = counts.get(folder.folder_id.as_str());
        (folder.clone(), inside.copied().unwrap_or_default())
    });
    Found {
        trail,
        folders: folders.collect(),
        count: found.len(),
        documents: found
            .into_iter()
            .skip(view.page.saturating_sub(1) * PAGE_SIZE)
            .take(PAGE_SIZE)
            .map(|document| (documents::without_address(document), place(document)))
            .collect(),
        unknown,
    }
}

/// Folders and documents.
#[component]
pub(crate) fn Listing(
    /// What the screen shows.
    shown: Memo<DocumentsQuery>,
) -> AnyView {
    let locale = use_locale();
    let known = use_documents();
    let order = StoredValue::new_local(Collation::of(&locale.tag()));
    // What is open over the list changes nothing in it.
    let listed = Memo::new(move |_| {
        shown.with(|view| DocumentsQuery {
            document: None,
            ..view.clone()
        })
    });
    let found =
        Memo::new(move |_| listed.with(|view| order.with_value(|order| find(known, view, order))));
    let folder = Memo::new(move |_| listed.with(|view| view.folder.clone()));
    let heading = NodeRef::<html::H2>::new();
    // The link to a folder is gone once one is in it: the focus goes on to the folder's name.
    Effect::new(move |before: Option<Option<String>>| {
        let here = folder.get();
        if before.is_some_and(|before| before != here)
            && let Some(heading) = heading.get_untracked()
        {
            let _ = heading.focus();
        }
        here
    });
    let searching = Memo::new(move |_| listed.with(|view| !view.search.is_empty()));
    let name = move || {
        if searching.get() {
            return locale.text("documents.found");
        }
        found.with(|found| match found.trail.last() {
            Some(folder) => folder.name.clone(),
            None => locale.text("documents.all"),
        })
    };
    let count = move || {
        found.with(|found| {
            (!found.unknown).then(|| locale.plural("documents.count", found.count as u64, &[]))
        })
    };
    let pages = move || {
        let view = listed.get();
        let page = view.page as u64;
        let pages = found.with(|found| found.count.div_ceil(PAGE_SIZE)) as u64;
        let to = move |page: u64| {
            let page = usize::try_from(page).unwrap_or(1);
            view.with(|view| view.page = page).href()
        };
        view! { <Pages page=page pages=pages to=Callback::new(to) /> }
    };
    view! {
        <section class="listing" aria-labelledby="folder-name">
            {move || crumbs(locale, &found.get().trail, &listed.get())}
            <h2 id="folder-name" tabindex="-1" node_ref=heading>
                {name}
            </h2>
            <p class="result-count" role="status">
                {count}
            </p>
            {move || found.with(|found| folder_tiles(locale, found, &listed.get()))}
            {move || found.with(|found| contents(found, &listed.get()))}
            {pages}
        </section>
    }
    .into_any()
}

/// The way from the root to the present folder.
fn crumbs(locale: Locale, trail: &[DocumentFolder], view: &DocumentsQuery) -> AnyView {
    if trail.is_empty() || !view.search.is_empty() {
        return ().into_any();
    }
    let above = trail.iter().rev().skip(1).rev();
    let links = above.map(|folder| (folder.name.clone(), Some(folder.folder_id.as_str())));
    let root = (locale.text("documents.all"), None);
    let links = std::iter::once(root).chain(links).map(|(name, id)| {
        let href = view.of_folder(id).href();
        view! {
            <li>
                <a href=href>{name}</a>
            </li>
        }
    });
    view! {
        <nav class="crumbs" aria-label=locale.text("product.crumbs")>
            <ol>{links.collect_view()}</ol>
        </nav>
    }
    .into_any()
}

fn folder_tiles(locale: Locale, found: &Found, view: &DocumentsQuery) -> AnyView {
    if found.folders.is_empty() {
        return ().into_any();
    }
    let tiles = found.folders.iter().map(|(folder, count)| {
        let href = view.of_folder(Some(&folder.folder_id)).href();
        let count = locale.plural("documents.count", *count as u64, &[]);
        view! {
            <li>
                <a href=href>
                    <Icon glyph=Glyph::Folder />
                    <span class="folder-name">{folder.name.clone()}</span>
                    " "
                    <span class="hint">{count}</span>
                </a>
            </li>
        }
    });
    view! {
        <ul class="folder-tiles" aria-label=locale.text("documents.folders")>
            {tiles.collect_view()}
        </ul>
    }
    .into_any()
}

/// The table of documents, or why there is none.
fn contents(found: &Found, view: &DocumentsQuery) -> AnyView {
    let locale = use_locale();
    let nothing = |sentence: String| {
        let all = view.of_folder(None).href();
        view! {
            <EmptyState text=sentence>
                <a href=all>{locale.text("documents.to_all")}</a>
            </EmptyState>
        }
        .into_any()
    };
    if found.unknown {
        return nothing(locale.text("documents.unknown_folder"));
    }
    if found.documents.is_empty() {
        if !view.search.is_empty() && found.folders.is_empty() {
            let term = [("term", view.search.as_str())];
            return nothing(locale.text_with("documents.nothing_found", &term));
        }
        if view.search.is_empty() && found.folders.is_empty() {
            return nothing(locale.text("documents.empty_folder"));
        }
        return ().into_any();
    }
    let rows = found.documents.iter().map(|(document, folder)| {
        let document = Arc::new(document.clone());
        let folder = folder.as_ref().map(|folder| {
            let href = view.of_folder(Some(&folder.folder_id)).href();
            (folder.name.clone(), href)
        });
        let opened = DocumentsQuery {
            document: Some(document.document_id.clone()),
            ..view.clone()
        };
        view! { <Row document=document folder=folder opened=opened.href() /> }
    });
    view! {
        <div class="cart-lines document-lines">
            <table class="lines cards">
                <caption>
                    <span class="visually-hidden">{locale.text("documents.title")}</span>
                </caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.text("documents.name")}</th>
                        <th scope="col">{locale.text("documents.kind")}</th>
                        <th scope="col" class="number">{locale.text("documents.size")}</th>
                        <th scope="col" class="number">{locale.text("documents.date")}</th>
                        <th scope="col">
                            <span class="visually-hidden">{locale.text("cart.actions")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(
    /// The document.
    document: Arc<Document>,
    /// Its folder's name and address, where they are shown.
    folder: Option<(String, String)>,
    /// The address at which it is open.
    opened: String,
) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let kind = Kind::of(&document);
    let glyph = if kind == Kind::Picture {
        Glyph::Picture
    } else {
        Glyph::Document
    };
    let name = document.name.clone();
    let name = if kind.can_be_shown() {
        let open = move |_| navigation.change_address(&opened, false);
        view! {
            <button type="button" class="link-button" aria-haspopup="dialog" on:click=open>
                {name}
            </button>
        }
        .into_any()
    } else {
        view! { <span>{name}</span> }.into_any()
    };
    let folder = folder.map(|(name, href)| {
        view! {
            <span class="hint">
                {locale.text("documents.in_folder")} " " <a href=href>{name}</a>
            </span>
        }
    });
    let date = documents::date(&document).map(|date| locale.date(date));
    view! {
        <tr>
            <th scope="row">
                <div class="document-name">
                    <Icon glyph=glyph />
                    <div>{name} {folder}</div>
                </div>
            </th>
            <td>{kind_in_words(locale, kind, &document.name)}</td>
            <td class="number">{size_in_words(locale, document.size)}</td>
            <td class="number">{date}</td>
            <td>
                <Download document=document />
            </td>
        </tr>
    }
    .into_any()
}

/// The button that saves a document.
#[component]
pub(crate) fn Download(
    /// The document.
    document: Arc<Document>,
) -> AnyView {
    let locale = use_locale();
    let known = use_documents();
    let navigation = use_navigation();
    let notices = use_notices();
    let busy = RwSignal::new(false);
    let name = locale.text_with("documents.download_name", &[("name", &document.name)]);
    let save = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let stay = navigation.stay();
        let document = Arc::clone(&document);
        spawn_local(async move {
            let saved = match known.content(&document.document_id, None).await {
                Ok(content) => {
                    download::save(&document.name, &content);
                    Ok(())
                }
                // A host that does not let this page read its contents still opens them in a tab.
                Err(error) if error.status().is_none() && page::online() => {
                    let address = known.address(&document.document_id).await;
                    // Not for somebody who has gone on meanwhile: a tab would take them away.
                    address.map(|address| {
                        if navigation.lasts(stay) {
                            page::open_tab(&address);
                        }
                    })
                }
                Err(error) => Err(error),
            };
            busy.try_set(false);
            if let Err(error) = saved {
                let reason = explain(locale, &error);
                let values = [("name", document.name.as_str()), ("reason", &reason)];
                let text = locale.text_with("documents.not_downloaded", &values);
                notices.show(Tone::Trouble, text, None);
            }
        });
    };
    view! {
        <Button
            name=name
            busy=busy
            press=save
            label=Signal::derive(move || {
                if busy.get() {
                    locale.text("documents.downloading")
                } else {
                    locale.text("documents.download")
                }
            })
        />
    }
    .into_any()
}

/// Why a document cannot be had.
pub(crate) fn explain(locale: Locale, error: &crate::api::problem::ApiError) -> String {
    if matches!(error.status(), Some(404 | 410)) {
        locale.text("documents.gone")
    } else {
        locale.error(error)
    }
}

fn kind_in_words(locale: Locale, kind: Kind, name: &str) -> String {
    let message = match kind {
        Kind::Picture => "documents.kind_picture",
        Kind::Pdf => return "PDF".to_owned(),
        Kind::Table => "documents.kind_table",
        Kind::Text => "documents.kind_text",
        Kind::Slides => "documents.kind_slides",
        Kind::Archive => "documents.kind_archive",
        Kind::Other => {
            let extension = documents::extension(name).to_uppercase();
            if !extension.is_empty() {
                return extension;
            }
            "documents.kind_other"
        }
    };
    locale.text(message)
}

fn size_in_words(locale: Locale, bytes: Option<i64>) -> Option<String> {
    let (size, unit) = documents::size(bytes?)?;
    let message = match unit {
        Unit::Byte => {
            let bytes = bytes?.unsigned_abs();
            return Some(locale.plural("documents.bytes", bytes, &[]));
        }
        Unit::Kilobyte => "documents.kilobytes",
        Unit::Megabyte => "documents.megabytes",
        Unit::Gigabyte => "documents.gigabytes",
    };
    Some(locale.text_with(message, &[("size", &locale.decimal(size))]))
}
