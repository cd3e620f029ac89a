//! A statement as a table, as a file, and on paper.

use leptos::{ev, prelude::*};

use super::export;
use crate::{
    components::button::Button,
    domain::{
        invoices::statement::{Entry, EntryKind, Statement},
        values::{calendar::Day, csv::Csv, money},
    },
    locale::{Locale, use_locale},
    route::Route,
};

/// So many entries are shown at first; more make a page slow.
const FIRST_ENTRIES: usize = 300;

fn kind(locale: Locale, kind: EntryKind) -> String {
    locale.text(match kind {
        EntryKind::Invoice => "invoices.entry_invoice",
        EntryKind::Payment => "invoices.payment",
        EntryKind::Refund => "invoices.refund",
        EntryKind::Voided => "invoices.status_voided",
        EntryKind::Cancelled => "invoices.status_cancelled",
        EntryKind::Adjustment => "invoices.entry_adjustment",
    })
}

/// What else is said about an entry: means and reference.
fn details(entry: &Entry) -> String {
    let said = [&entry.means, &entry.reference];
    let said: Vec<&str> = said.into_iter().flatten().map(String::as_str).collect();
    said.join(", ")
}

/// The statement as CSV, with its opening and closing balance.
fn csv(locale: Locale, statement: &Statement) -> String {
    let columns = [
        "invoices.day",
        "invoices.entry",
        "invoices.number",
        "invoices.details",
        "invoices.charges",
        "invoices.credits",
        "invoices.balance",
        "invoices.currency",
    ]
    .map(|message| locale.text(message));
    let mut csv = Csv::new(&columns.each_ref().map(String::as_str));
    let currency = statement.currency.as_str();
    let mut row = |cells: [&str; 7]| {
        let [day, entry, number, details, charge, credit, balance] = cells;
        csv.row(&[
            day, entry, number, details, charge, credit, balance, currency,
        ]);
    };
    let plain = money::to_plain_string;
    let opening = locale.text("invoices.opening");
    row([
        &statement.from.text(),
        &opening,
        "",
        "",
        "",
        "",
        &plain(statement.opening),
    ]);
    for entry in &statement.entries {
        let amount = |amount: rust_decimal::Decimal| {
            if amount.is_zero() {
                String::new()
            } else {
                plain(amount)
            }
        };
        row([
            &entry.day.map(Day::text).unwrap_or_default(),
            &kind(locale, entry.kind),
            &entry.invoice_number,
            &details(entry),
            &amount(entry.charge),
            &amount(entry.credit),
            &plain(entry.balance),
        ]);
    }
    let closing = locale.text("invoices.closing");
    row([
        &statement.to.text(),
        &closing,
        "",
        "",
        &plain(statement.charges),
        &plain(statement.credits),
        &plain(statement.closing),
    ]);
    csv.finish()
}

/// The table.
#[component]
pub(crate) fn StatementTable(
    /// What it shows.
    statement: Statement,
) -> AnyView {
    let locale = use_locale();
    let all = RwSignal::new(statement.entries.len() <= FIRST_ENTRIES);
    let count = statement.entries.len() as u64;
    let statement = StoredValue::new(statement);
    let labels = [
        "invoices.day",
        "invoices.entry",
        "invoices.details",
        "invoices.charges",
        "invoices.credits",
        "invoices.balance",
    ]
    .map(|message| locale.text(message));
    let heads = labels
        .iter()
        .zip(0..)
        .map(|(label, place)| {
            let class = if place >= 3 { "number" } else { "" };
            view! { <th scope="col" class=class>{label.clone()}</th> }
        })
        .collect_view();
    let (currency, from, to, opening, closing, charges, credits) = statement.with_value(|it| {
        (
            it.currency.clone(),
            it.from,
            it.to,
            it.opening,
            it.closing,
            it.charges,
            it.credits,
        )
    });
    let currency = StoredValue::new(currency);
    let money = move |amount| currency.with_value(|currency| locale.money(amount, currency));
    let labels = StoredValue::new(labels);
    let rows = move || {
        let shown = if all.get() { usize::MAX } else { FIRST_ENTRIES };
        let row = |entry: &Entry| {
            let label = |place: usize| labels.with_value(|labels| labels[place].clone());
            let href = Route::Invoice(entry.invoice_id.clone()).href();
            let some = |amount: rust_decimal::Decimal| (!amount.is_zero()).then(|| money(amount));
            let cell = |place: usize, text: Option<String>| match text {
                Some(text) => {
                    view! { <td class="number" translate="no" data-label=label(place)>{text}</td> }
                        .into_any()
                }
                None => view! { <td class="blank"></td> }.into_any(),
            };
            let details = details(entry);
            let no_details = details.is_empty();
            view! {
                <tr>
                    <td data-label=label(0)>{entry.day.map(|day| locale.day(day))}</td>
                    <th scope="row">
                        {kind(locale, entry.kind)} " " <a href=href>{entry.invoice_number.clone()}</a>
                    </th>
                    <td data-label=label(2) class:blank=no_details>
                        {details}
                    </td>
                    {cell(3, some(entry.charge))}
                    {cell(4, some(entry.credit))}
                    <td class="number strong" translate="no" data-label=label(5)>
                        {money(entry.balance)}
                    </td>
                </tr>
            }
        };
        statement.with_value(|it| it.entries.iter().take(shown).map(row).collect_view())
    };
    let more = move || {
        (!all.get()).then(|| {
            view! {
                <Button
                    press=move |()| all.set(true)
                    label=locale.plural("invoices.show_entries", count, &[])
                />
            }
        })
    };
    let download = move |()| {
        let text = statement.with_value(|it| csv(locale, it));
        let mut what = String::from("statement-");
        what.push_str(&from.text());
        what.push_str("-to-");
        what.push_str(&to.text());
        export::save(&what, &text);
    };
    // All of it is printed, also by the browser's own menu: what is not shown yet is laid out first.
    let printed = window_event_listener(ev::beforeprint, move |_| all.set(true));
    on_cleanup(move || printed.remove());
    let print = move |()| {
        all.set(true);
        request_animation_frame(move || {
            request_animation_frame(move || drop(window().print()));
        });
    };
    let caption = locale.text_with(
        "invoices.statement_of",
        &[("from", &locale.day(from)), ("to", &locale.day(to))],
    );
    let empty = (count == 0)
        .then(|| view! { <p class="hint">{locale.text("invoices.nothing_happened")}</p> });
    view! {
        <div class="tools no-print">
            <Button press=download label=locale.text("invoices.csv") />
            <Button press=print label=locale.text("invoices.print") />
        </div>
        <table class="bills cards statement">
            <caption>{caption}</caption>
            <thead>
                <tr>{heads}</tr>
            </thead>
            <tbody>
                <tr class="strong">
                    <td data-label=labels.with_value(|labels| labels[0].clone())>{locale.day(from)}</td>
                    <th scope="row" colspan="4">
                        {locale.text("invoices.opening")}
                    </th>
                    <td class="number" translate="no">{money(opening)}</td>
                </tr>
                {rows}
            </tbody>
            <tfoot>
                <tr class="strong">
                    <td data-label=labels.with_value(|labels| labels[0].clone())>{locale.day(to)}</td>
                    <th scope="row" colspan="2">
                        {locale.text("invoices.closing")}
                    </th>
                    <td class="number" translate="no" data-label=labels.with_value(|labels| labels[3].clone())>
                        {money(charges)}
                    </td>
                    <td class="number" translate="no" data-label=labels.with_value(|labels| labels[4].clone())>
                        {money(credits)}
                    </td>
                    <td class="number" translate="no">{money(closing)}</td>
                </tr>
            </tfoot>
        </table>
        {more}
        {empty}
    }
    .into_any()
}
