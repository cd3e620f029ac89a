//! Lists from elsewhere for the pad: pasted text and files.

use leptos::{html, prelude::*};

use crate::{
    browser::download,
    components::{
        button::{Button, Look},
        text_field::hear_filled_area,
    },
    domain::{
        quick_order::{
            line_import::{Table, TypedLine},
            pad::Column,
        },
        values::csv::Csv,
    },
    locale::{Locale, use_locale},
    routes::intake::{Intake, OpenFile, Outcome},
    state::quick_order::pad::PadState,
};

/// The part `Paste or upload a list`.
#[component]
pub(crate) fn FromElsewhere(
    /// The pad.
    pad: PadState,
    /// What assistive technology says about a change.
    said: RwSignal<String>,
) -> AnyView {
    let locale = use_locale();
    let text = RwSignal::new(String::new());
    let area = NodeRef::<html::Textarea>::new();
    hear_filled_area(area, text, || ());
    // Each file is looked at, so that nobody orders what another program has made of it.
    let intake = Intake::new(|_| false);
    let add = move |lines: Vec<TypedLine>| {
        let count = lines.len() as u64;
        let at = pad.append(lines);
        said.set(locale.plural("pad.added_lines", count, &[]));
        pad.go_to(at, Some(Column::Sku));
    };
    let check = move |()| {
        let (table, pasted) = text.with_untracked(|text| (Table::read(text), text.clone()));
        if table.is_empty() {
            intake.say(locale.text("pad.nothing_pasted"));
            return;
        }
        intake.say(String::new());
        let columns = table.guess();
        if table.wants_a_look(columns) {
            intake.read_text(&pasted);
        } else {
            add(table.lines(columns));
        }
        text.set(String::new());
    };
    view! {
        <details
            class="panel pad-intake"
            class:over=move || intake.is_over()
            on:dragover=move |event| intake.on_drag(&event)
            on:dragleave=move |_| intake.on_leave()
            on:drop=move |event| intake.on_drop(&event)
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
                        node_ref=area
                        prop:value=text
                        on:input=move |event| text.set(event_target_value(&event))
                        on:paste=move |event| intake.on_paste(&event)
                    ></textarea>
                    <p class="hint" id="pad-text-hint">
                        {locale.text("pad.text_hint")}
                    </p>
                </div>
                <div class="actions">
                    <Button look=Look::Primary press=check label=locale.text("pad.check") />
                    <OpenFile intake=intake label="pad.open_file" />
                    <button type="button" class="quiet-button" on:click=move |_| sample(locale)>
                        {locale.text("pad.sample")}
                    </button>
                </div>
            </div>
        </details>
        <Outcome
            intake=intake
            label="intake.add_lines"
            take=Callback::new(move |(_, lines): (String, Vec<TypedLine>)| add(lines))
        />
    }
    .into_any()
}

/// Saves a small file to begin with.
fn sample(locale: Locale) {
    let names = ["pad.sku", "pad.quantity"].map(|key| locale.text(key));
    let mut csv = Csv::new(&[&names[0], &names[1]]);
    csv.row(&["WIDGET-BLU-L", "12"]);
    csv.row(&["WIDGET-RED-M", "24"]);
    download::save_text("quick-order.csv", "text/csv;charset=utf-8", &csv.finish());
}
