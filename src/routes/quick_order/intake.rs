//! Lists from elsewhere: pasted text and files, with a look at which column is which.

use js_sys::Uint8Array;
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File};

use super::workbook;
use crate::{
    browser::{download, page, upload},
    domain::{
        csv::Csv,
        order_lines::{Columns, Sheet, Table},
        order_pad::Column,
    },
    locale::{Locale, use_locale},
    state::order_pad::PadState,
};

/// The largest file that is read, in bytes: some hundred thousand lines.
const LARGEST: f64 = 8_000_000.0;
/// How many rows are shown of a table.
const PREVIEW: usize = 4;

/// A table whose columns the buyer is asked about.
#[derive(Clone)]
struct Asked {
    /// Where it comes from.
    name: String,
    table: Table,
    columns: Columns,
}

/// The part `Paste or upload a list`.
#[component]
pub fn Intake(
    /// The pad.
    pad: PadState,
    /// What assistive technology says about a change.
    said: RwSignal<String>,
) -> AnyView {
    let locale = use_locale();
    let text = RwSignal::new(String::new());
    let asked = RwSignal::new(None::<Asked>);
    let wrong = RwSignal::new(String::new());
    let over = RwSignal::new(false);
    // The name of the file that is being read.
    let reading = RwSignal::new(None::<String>);
    let file_field = NodeRef::<html::Input>::new();
    let add = move |table: &Table, columns: Columns| {
        let lines = table.lines(columns);
        let count = lines.len() as u64;
        let at = pad.append(lines);
        said.set(locale.plural("pad.added_lines", count, &[]));
        pad.go_to(at, Some(Column::Sku));
    };
    let check = move |_| {
        let table = text.with_untracked(|text| Table::read(text));
        if table.is_empty() {
            wrong.set(locale.text("pad.nothing_pasted"));
            return;
        }
        wrong.set(String::new());
        let columns = table.guess();
        if table.wants_a_look(columns) {
            let name = locale.text("pad.pasted_text");
            asked.set(Some(Asked {
                name,
                table,
                columns,
            }));
        } else {
            add(&table, columns);
        }
        text.set(String::new());
    };
    let read = move |file: File| {
        over.set(false);
        wrong.set(String::new());
        spawn_local(async move {
            let mut name = file.name();
            reading.set(Some(name.clone()));
            let read = table_of(&file).await;
            reading.try_set(None);
            match read {
                Ok((table, sheet)) => {
                    if let Some(sheet) = sheet {
                        let named = [("name", name.as_str()), ("sheet", &sheet)];
                        name = locale.text_with("pad.sheet_of", &named);
                    }
                    if table.is_empty() {
                        wrong.set(locale.text_with("pad.empty_file", &[("name", &name)]));
                        return;
                    }
                    let columns = table.guess();
                    asked.set(Some(Asked {
                        name,
                        table,
                        columns,
                    }));
                    page::focus_soon("#pad-columns");
                }
                Err(key) => wrong.set(locale.text_with(key, &[("name", &name)])),
            }
        });
    };
    let on_file = move |event: ev::Event| {
        if let Some(file) = upload::chosen(&event) {
            read(file);
        }
    };
    let on_drag = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let on_drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            read(file);
        }
    };
    let choose = move |_| {
        if let Some(field) = file_field.get_untracked() {
            field.click();
        }
    };
    let columns = move || {
        asked.get().map(|it| {
            view! { <ChooseColumns asked=it pending=asked add=Callback::new(move |(table, columns): (Table, Columns)| add(&table, columns)) /> }
        })
    };
    view! {
        <details
            class="panel pad-intake"
            class:over=over
            on:dragover=on_drag
            on:dragleave=move |_| over.set(false)
            on:drop=on_drop
        >
            <summary>{locale.text("pad.intake")}</summary>
            <div class="pad-intake-body">
                <div class="field">
                    <label for="pad-text">{locale.text("pad.text")}</label>
                    <textarea
                        id="pad-text"
                        rows="5"
                        spellcheck="false"
                        placeholder=locale.text("pad.example")
                        aria-describedby="pad-text-hint"
                        prop:value=text
                        on:input=move |event| text.set(event_target_value(&event))
                    ></textarea>
                    <p class="hint" id="pad-text-hint">
                        {locale.text("pad.text_hint")}
                    </p>
                </div>
                <div class="actions">
                    <button type="button" class="button primary" on:click=check>
                        {locale.text("pad.check")}
                    </button>
                    <button type="button" class="button" on:click=choose>
                        {locale.text("pad.upload")}
                    </button>
                    <input
                        type="file"
                        hidden
                        accept=".csv,.tsv,.txt,.xlsx,.xlsm,text/csv,text/plain,text/tab-separated-values"
                        node_ref=file_field
                        on:change=on_file
                    />
                    <button type="button" class="quiet-button" on:click=move |_| sample(locale)>
                        {locale.text("pad.sample")}
                    </button>
                </div>
            </div>
        </details>
        <p class="hint" role="status">
            {move || reading.get().map(|name| locale.text_with("pad.reading", &[("name", &name)]))}
        </p>
        <p class="field-error" role="alert">
            {wrong}
        </p>
        {columns}
    }
    .into_any()
}

/// The cells of a file and, of a workbook, the name of the sheet; or the message that says why it cannot be read.
async fn table_of(file: &File) -> Result<(Table, Option<String>), &'static str> {
    if file.size() > LARGEST {
        return Err("pad.large_file");
    }
    let text = upload::text_of(file).await.ok_or("pad.unreadable_file")?;
    // Workbooks are ZIP archives, whatever their names say.
    if text.starts_with("PK\u{3}\u{4}") {
        let bytes = JsFuture::from(file.array_buffer()).await;
        let bytes = bytes.map_err(|_| "pad.unreadable_file")?;
        let sheet = workbook::read(Uint8Array::new(&bytes).to_vec()).await;
        let sheet = sheet.map_err(|_| "pad.reader_missing")?;
        let Sheet { name, rows } = sheet.ok_or("pad.unreadable_workbook")?;
        return Ok((Table::of_rows(rows), Some(name)));
    }
    // So begin workbooks of Excel before 2007, and those with a password: two bytes that are not UTF-8, and 17.
    if text.starts_with("\u{FFFD}\u{FFFD}\u{11}") {
        return Err("pad.closed_workbook");
    }
    // What is not UTF-8 is most likely an older Windows spreadsheet's text.
    if text.contains('\u{FFFD}') {
        let text = latin(file).await.ok_or("pad.unreadable_file")?;
        return Ok((Table::read(&text), None));
    }
    Ok((Table::read(&text), None))
}

/// The file as text in Windows' Western letters, in which spreadsheets export CSV.
async fn latin(file: &File) -> Option<String> {
    let bytes = JsFuture::from(file.array_buffer()).await.ok()?;
    let decoder = web_sys::TextDecoder::new_with_label("windows-1252").ok()?;
    decoder
        .decode_with_buffer_source(&bytes.unchecked_into())
        .ok()
}

/// Saves a small file to begin with.
fn sample(locale: Locale) {
    let names = ["pad.sku", "pad.quantity"].map(|key| locale.text(key));
    let mut csv = Csv::new(&[&names[0], &names[1]]);
    csv.row(&["WIDGET-BLU-L", "12"]);
    csv.row(&["WIDGET-RED-M", "24"]);
    download::save_text("quick-order.csv", "text/csv;charset=utf-8", &csv.finish());
}

/// Which column is which.
#[component]
fn ChooseColumns(
    /// The table.
    asked: Asked,
    /// Emptied when it has been decided.
    pending: RwSignal<Option<Asked>>,
    /// Takes the lines.
    add: Callback<(Table, Columns)>,
) -> AnyView {
    let locale = use_locale();
    let Asked {
        name,
        table,
        columns,
    } = asked;
    let columns = RwSignal::new(columns);
    let table = StoredValue::new(table);
    let width = table.with_value(Table::width);
    let count = Memo::new(move |_| table.with_value(|it| it.lines(columns.get())).len() as u64);
    let title = move |place: usize| {
        let named = columns.get().header;
        let first =
            table.with_value(|it| it.rows().first().and_then(|row| row.get(place)).cloned());
        let number = locale.number(place as u64 + 1);
        match first.filter(|first| named && !first.is_empty()) {
            Some(first) => first,
            None => locale.text_with("pad.column", &[("number", &number)]),
        }
    };
    let options = move |none: bool, chosen: Option<usize>| {
        let nothing = none.then(|| {
            view! { <option value="" selected=chosen.is_none()>{locale.text("pad.no_column")}</option> }
        });
        let all = (0..width).map(|place| {
            view! {
                <option value=place.to_string() selected=chosen == Some(place)>
                    {title(place)}
                </option>
            }
        });
        view! { {nothing} {all.collect_view()} }
    };
    let rows = move || {
        let columns = columns.get();
        let class = move |place: usize| {
            (columns.sku == place || columns.quantity == Some(place)).then_some("chosen")
        };
        let rows = table.with_value(|it| {
            let rows = it
                .rows()
                .iter()
                .skip(usize::from(columns.header))
                .take(PREVIEW);
            rows.cloned().collect::<Vec<_>>()
        });
        rows.into_iter()
            .map(|row| {
                let cells = (0..width).map(|place| {
                    view! { <td class=class(place)>{row.get(place).cloned()}</td> }
                });
                view! { <tr>{cells.collect_view()}</tr> }
            })
            .collect_view()
    };
    let take = move |_| {
        add.run((table.get_value(), columns.get_untracked()));
        pending.set(None);
    };
    view! {
        <section class="panel pad-columns" id="pad-columns" tabindex="-1" aria-labelledby="pad-columns-name">
            <h2 id="pad-columns-name">{locale.text_with("pad.columns_of", &[("name", &name)])}</h2>
            <div class="pad-columns-fields">
                <div class="field">
                    <label for="pad-sku-column">{locale.text("pad.sku_column")}</label>
                    <select
                        id="pad-sku-column"
                        on:change=move |event| {
                            if let Ok(place) = event_target_value(&event).parse() {
                                columns.update(|columns| columns.sku = place);
                            }
                        }
                    >
                        {move || options(false, Some(columns.get().sku))}
                    </select>
                </div>
                <div class="field">
                    <label for="pad-quantity-column">{locale.text("pad.quantity_column")}</label>
                    <select
                        id="pad-quantity-column"
                        on:change=move |event| {
                            let place = event_target_value(&event).parse().ok();
                            columns.update(|columns| columns.quantity = place);
                        }
                    >
                        {move || options(true, columns.get().quantity)}
                    </select>
                </div>
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || columns.get().header
                        on:change=move |event| {
                            let header = event_target_checked(&event);
                            columns.update(|columns| columns.header = header);
                        }
                    />
                    {locale.text("pad.header")}
                </label>
            </div>
            <div class="table-frame" tabindex="0" role="region" aria-label=locale.text("pad.preview")>
                <table class="lines">
                    <thead>
                        <tr>
                            {(0..width)
                                .map(|place| view! { <th scope="col">{move || title(place)}</th> })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="actions">
                <button type="button" class="button primary" on:click=take>
                    {move || locale.plural("pad.add_lines", count.get(), &[])}
                </button>
                <button type="button" class="quiet-button" on:click=move |_| pending.set(None)>
                    {locale.text("pad.cancel")}
                </button>
            </div>
        </section>
    }
    .into_any()
}
