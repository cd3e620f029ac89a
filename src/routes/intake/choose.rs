//! Which column of a table is which, and what of it is taken.

use leptos::prelude::*;

use super::{
    Intake,
    opened::{Change, Opened, Source},
};
use crate::{
    components::button::{Button, Look},
    domain::quick_order::line_import::{Columns, ENCODINGS, Include, LeftOut, TypedLine},
    locale::Locale,
};

/// How many rows are shown of a table.
const PREVIEW: usize = 4;
/// How many of the rows that are left out are named.
const NAMED: usize = 5;
/// How many letters of a row stand in a list to choose from.
const ROW_LETTERS: usize = 40;

/// The beginning of a text.
fn shortened(text: &str, most: usize) -> String {
    let mut short: String = text.chars().take(most).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Which column is which.
#[component]
pub(crate) fn ChooseColumns(
    /// The table.
    opened: Opened,
    /// Where it comes from; emptied when it has been decided.
    intake: Intake,
    /// What the button that takes the lines says, as a message.
    label: &'static str,
    /// Takes the lines; the first value is the file's name.
    take: Callback<(String, Vec<TypedLine>)>,
) -> AnyView {
    let locale = intake.locale;
    let columns = RwSignal::new(opened.table.guess());
    let include = RwSignal::new(Include::default());
    let name = opened.name.clone();
    let source = how_read(locale, intake, &opened);
    let hidden_columns = opened.table.hidden_columns() as u64;
    let opened = StoredValue::new(opened);
    let taken = Memo::new(move |_| {
        let mut taken = (0_u64, LeftOut::default());
        opened.with_value(|it| {
            let (lines, left) = it.table.take(columns.get(), include.get());
            taken = (lines.len() as u64, left);
        });
        taken
    });
    // What is left out as long as nothing more is asked for: the fields stay when they are ticked.
    let left = Memo::new(move |_| {
        opened.with_value(|it| it.table.take(columns.get(), Include::default()).1)
    });
    let count = Memo::new(move |_| taken.with(|taken| taken.0));
    let title = move |place: usize| {
        let names = columns.get().header;
        let name =
            opened.with_value(|it| names.and_then(|row| it.table.row(row).get(place).cloned()));
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| {
            let number = locale.number(place as u64 + 1);
            locale.text_with("intake.column", &[("number", &number)])
        })
    };
    let places = Memo::new(move |_| opened.with_value(|it| it.table.columns(include.get())));
    let options = move |none: bool, chosen: Option<usize>| {
        let nothing = none.then(|| {
            choice_of(
                String::new(),
                chosen.is_none(),
                locale.text("intake.no_column"),
            )
        });
        let all = places
            .get()
            .into_iter()
            .map(|place| choice_of(place.to_string(), chosen == Some(place), title(place)));
        view! { {nothing} {all.collect_view()} }
    };
    let rows_of_names = {
        let mut rows = Vec::new();
        opened.with_value(|it| {
            for at in 0..it.table.rows_of_names() {
                let cells: Vec<String> = it
                    .table
                    .row(at)
                    .into_iter()
                    .filter(|cell| !cell.is_empty())
                    .collect();
                rows.push((at, shortened(&cells.join(", "), ROW_LETTERS)));
            }
        });
        rows.into_iter()
            .map(|(at, text)| {
                let chosen = move || columns.get().header == Some(at);
                view! {
                    <option value=at.to_string() prop:selected=chosen prop:defaultSelected=chosen>
                        {text}
                    </option>
                }
            })
            .collect_view()
    };
    let no_names = move || columns.get().header.is_none();
    let heads = move || {
        let head = |place: usize| view! { <th scope="col">{title(place)}</th> };
        places.get().into_iter().map(head).collect_view()
    };
    let rows = move || {
        let (columns, include) = (columns.get(), include.get());
        let class = move |place: usize| {
            (columns.sku == place || columns.quantity == Some(place)).then_some("chosen")
        };
        let first = opened.with_value(|it| it.table.first(columns, include, PREVIEW));
        let places = places.get();
        first
            .into_iter()
            .map(|row| {
                let cells = places.iter().map(|place| {
                    view! { <td class=class(*place)>{row.get(*place).cloned()}</td> }
                });
                view! { <tr>{cells.collect_view()}</tr> }
            })
            .collect_view()
    };
    let take_lines = move |()| {
        let mut lines = Vec::new();
        opened.with_value(|it| {
            lines = it
                .table
                .take(columns.get_untracked(), include.get_untracked())
                .0;
        });
        let file = opened.with_value(|it| it.file.clone());
        intake.asked.set(None);
        take.run((file, lines));
    };
    let actions = move || {
        if count.get() == 0 {
            return view! { <p class="hint">{locale.text("intake.no_lines")}</p> }.into_any();
        }
        view! {
            <Button
                look=Look::Primary
                press=take_lines
                label=Signal::derive(move || locale.plural(label, count.get(), &[]))
            />
        }
        .into_any()
    };
    view! {
        <section class="panel intake-columns" id="intake-columns" tabindex="-1" aria-labelledby="intake-columns-name">
            <h2 id="intake-columns-name">{locale.text_with("intake.columns_of", &[("name", &name)])}</h2>
            {source} <div class="intake-fields">
                <div class="field">
                    <label for="intake-sku">{locale.text("intake.sku_column")}</label>
                    <select
                        id="intake-sku"
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
                    <label for="intake-quantity">{locale.text("intake.quantity_column")}</label>
                    <select
                        id="intake-quantity"
                        on:change=move |event| {
                            let place = event_target_value(&event).parse().ok();
                            columns.update(|columns| columns.quantity = place);
                        }
                    >
                        {move || options(true, columns.get().quantity)}
                    </select>
                </div>
                <div class="field">
                    <label for="intake-names">{locale.text("intake.names")}</label>
                    <select
                        id="intake-names"
                        on:change=move |event| {
                            let row = event_target_value(&event).parse().ok();
                            columns.set(guessed(opened, columns.get_untracked(), row));
                        }
                    >
                        <option value="" prop:selected=no_names prop:defaultSelected=no_names>
                            {locale.text("intake.no_column")}
                        </option>
                        {rows_of_names}
                    </select>
                </div>
            </div>
            <div class="intake-notes">{notes(locale, hidden_columns, left, taken, include)}</div>
            <div class="table-frame" tabindex="0" role="region" aria-label=locale.text("intake.preview")>
                <table class="lines">
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="actions">
                {actions}
                <button type="button" class="quiet-button" on:click=move |_| intake.asked.set(None)>
                    {locale.text("intake.cancel")}
                </button>
            </div>
        </section>
    }
    .into_any()
}

/// An option of a list, which tells whether it is the chosen one.
fn choice_of(value: String, chosen: bool, words: String) -> AnyView {
    view! {
        <option value=value prop:selected=chosen prop:defaultSelected=chosen>
            {words}
        </option>
    }
    .into_any()
}

/// A box that takes in what is left out otherwise: what `of` names.
fn include_box(
    words: String,
    include: RwSignal<Include>,
    of: fn(&mut Include) -> &mut bool,
) -> AnyView {
    let on = move || *of(&mut include.get());
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=on
                prop:defaultChecked=on
                on:change=move |event| include.update(|it| *of(it) = event_target_checked(&event))
            />
            {words}
        </label>
    }
    .into_any()
}

/// The columns with another row of names: guessed anew where there is one, else as they were chosen.
fn guessed(opened: StoredValue<Opened>, columns: Columns, row: Option<usize>) -> Columns {
    match row {
        Some(_) => opened.with_value(|it| it.table.guess_below(row)),
        None => Columns {
            header: None,
            ..columns
        },
    }
}

/// The sheet, or the encoding, where another one can be chosen.
fn how_read(locale: Locale, intake: Intake, opened: &Opened) -> Option<AnyView> {
    let again = StoredValue::new(opened.clone());
    match &opened.source {
        Source::Sheet { sheets, chosen, .. } if sheets.len() > 1 => {
            let options = sheets.iter().enumerate().map(|(at, sheet)| {
                let name = if sheet.hidden {
                    locale.text_with("intake.hidden_sheet", &[("sheet", &sheet.name)])
                } else {
                    sheet.name.clone()
                };
                view! {
                    <option value=at.to_string() selected=at == *chosen>
                        {name}
                    </option>
                }
            });
            let options = options.collect_view();
            let choose = move |event| {
                if let Ok(sheet) = event_target_value(&event).parse() {
                    intake.again(again.get_value(), Change::Sheet(sheet), "#intake-sheet");
                }
            };
            Some(
                view! {
                    <div class="field">
                        <label for="intake-sheet">{locale.text("intake.sheet")}</label>
                        <select id="intake-sheet" on:change=choose>
                            {options}
                        </select>
                    </div>
                }
                .into_any(),
            )
        }
        Source::Text { encoding, .. } => {
            let options = ENCODINGS.iter().map(|label| {
                view! {
                    <option value=*label selected=*label == encoding.as_str()>
                        {super::encoding::in_words(locale, label)}
                    </option>
                }
            });
            let options = options.collect_view();
            let choose = move |event| {
                let encoding = event_target_value(&event);
                intake.again(
                    again.get_value(),
                    Change::Encoding(encoding),
                    "#intake-encoding",
                );
            };
            Some(
                view! {
                    <div class="field">
                        <label for="intake-encoding">{locale.text("intake.encoding")}</label>
                        <select id="intake-encoding" aria-describedby="intake-encoding-hint" on:change=choose>
                            {options}
                        </select>
                        <p class="hint" id="intake-encoding-hint">
                            {locale.text("intake.encoding_guessed")}
                        </p>
                    </div>
                }
                .into_any(),
            )
        }
        _ => None,
    }
}

/// What is left out, with a way to take it, and what is doubtful in what is taken.
fn notes(
    locale: Locale,
    hidden_columns: u64,
    left: Memo<LeftOut>,
    taken: Memo<(u64, LeftOut)>,
    include: RwSignal<Include>,
) -> AnyView {
    let hidden = move || {
        let rows = left.with(|left| left.hidden) as u64;
        if rows == 0 && hidden_columns == 0 {
            return None;
        }
        let rows = (rows > 0).then(|| locale.plural("intake.hidden", rows, &[]));
        let columns = (hidden_columns > 0)
            .then(|| locale.plural("intake.hidden_columns", hidden_columns, &[]));
        let said: Vec<String> = rows.into_iter().chain(columns).collect();
        Some(view! {
            <p>{said.join(" ")}</p>
            {include_box(locale.text("intake.include_hidden"), include, |it| &mut it.hidden)}
        })
    };
    let asides = move || {
        let asides = left.with(|left| left.asides.clone());
        if asides.is_empty() {
            return None;
        }
        let mut named: Vec<String> = asides
            .iter()
            .take(NAMED)
            .map(|row| format!("“{}”", shortened(row, ROW_LETTERS)))
            .collect();
        if asides.len() > NAMED {
            named.push("…".to_owned());
        }
        let rows = named.join(", ");
        Some(view! {
            <p>{locale.plural("intake.asides", asides.len() as u64, &[("rows", &rows)])}</p>
            {include_box(locale.text("intake.include_asides"), include, |it| &mut it.asides)}
        })
    };
    let doubts = move || {
        let (days, doubtful) = taken.with(|(_, left)| (left.days as u64, left.doubtful as u64));
        let days = (days > 0).then(|| locale.plural("intake.days", days, &[]));
        let doubtful = (doubtful > 0).then(|| locale.plural("intake.doubtful", doubtful, &[]));
        let said = days.into_iter().chain(doubtful);
        said.map(|said| view! { <p class="warning">{said}</p> })
            .collect_view()
    };
    view! {
        {hidden}
        {asides}
        {doubts}
    }
    .into_any()
}
