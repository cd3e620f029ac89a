//! The statement of the account: what was charged and credited in a period, and the balance in its course.

use leptos::{ev, html, prelude::*};
use nymble_wire::Invoice;

use super::{
    export::reading,
    query::{InvoicesQuery, Show},
    statement_chart::balance_chart,
    statement_table::StatementTable,
};
use crate::{
    api::page::ListRequest,
    components::{
        button::Submit,
        empty_state::empty_state,
        failed::{Failed, LoadingNote},
        text_field::hear_filled_text,
    },
    domain::{
        invoices::statement::{self, Statement},
        values::calendar::Day,
    },
    locale::{Locale, use_locale},
    state::{
        app::navigation::use_navigation,
        invoices::{
            all_pages::{EveryInvoice, Reading},
            payment::use_invoice_payments,
        },
        session::use_session,
    },
};

/// The periods that are offered, by their messages.
fn periods(today: Day) -> [(&'static str, (Day, Day)); 3] {
    [
        ("invoices.this_month", today.month()),
        ("invoices.last_month", today.month_before()),
        ("invoices.this_year", today.year()),
    ]
}

/// The days of a view; this month where it says none, and never backwards.
fn days(view: &InvoicesQuery, today: Day) -> (Day, Day) {
    let (first, last) = today.month();
    let from = view.from.unwrap_or(first);
    let to = view.to.unwrap_or(last);
    (from.min(to), to.max(from))
}

/// The view.
#[component]
pub(crate) fn StatementView(
    /// What is shown.
    shown: Memo<InvoicesQuery>,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let today = Locale::today();
    // All invoices since ever: what is owed before the period comes from them.
    let every = EveryInvoice::of(
        session,
        ListRequest {
            page: 1,
            page_size: 200,
            sort_on: "invoiceDate",
            ..ListRequest::default()
        },
    );
    use_invoice_payments().follow(move |invoice| every.learn(invoice));
    let statements = Memo::new(move |_| -> Option<Vec<Statement>> {
        if !every.is_whole() {
            return None;
        }
        let invoices = every.found();
        let borrowed = || invoices.iter().map(|invoice| -> &Invoice { invoice });
        let (from, to) = shown.with(|view| days(view, today));
        let mut currencies = statement::currencies(borrowed());
        if currencies.is_empty() {
            currencies.push(session.currency().unwrap_or_default());
        }
        let made = currencies
            .iter()
            .map(|currency| statement::statement(borrowed(), currency, from, to));
        Some(made.collect())
    });
    let progress = move || match every.reading() {
        Reading::Whole => None,
        Reading::Pending => {
            let (come, there) = every.progress();
            Some(if come == 0 {
                view! { <LoadingNote /> }.into_any()
            } else {
                view! { <p class="hint" role="status">{reading(locale, come, there)}</p> }
                    .into_any()
            })
        }
        Reading::Failed(error) if error.is_not_offered() => {
            Some(empty_state(locale.text("invoices.not_offered")))
        }
        Reading::Failed(error) => {
            let retry = move || every.read();
            Some(view! { <Failed message=locale.error(&error) retry=retry /> }.into_any())
        }
    };
    let content = move || {
        let made = statements.get()?;
        let views = made.into_iter().map(|statement| {
            view! {
                {balance_chart(locale, &statement)}
                <StatementTable statement=statement />
            }
        });
        Some(views.collect_view())
    };
    view! {
        <Period shown=shown today=today />
        {progress}
        {content}
    }
    .into_any()
}

/// Which days: as links, or typed.
#[component]
fn Period(shown: Memo<InvoicesQuery>, today: Day) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let from = RwSignal::new(String::new());
    let to = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    // The fields follow the address.
    Effect::new(move |_| {
        let (first, last) = shown.with(|view| days(view, today));
        from.set(first.text());
        to.set(last.text());
        wrong.set(false);
    });
    let links = periods(today)
        .map(|(message, (first, last))| {
            let mut view = InvoicesQuery::of(Show::Statement);
            view.from = Some(first);
            view.to = Some(last);
            let present =
                move || (shown.with(|view| days(view, today)) == (first, last)).then_some("true");
            view! {
                <li>
                    <a href=view.href() aria-current=present>
                        {locale.text(message)}
                    </a>
                </li>
            }
        })
        .collect_view();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let read = |text: RwSignal<String>| Day::parse(&text.get_untracked());
        match (read(from), read(to)) {
            (Some(first), Some(last)) if first <= last => {
                let mut view = InvoicesQuery::of(Show::Statement);
                view.from = Some(first);
                view.to = Some(last);
                wrong.set(false);
                navigation.change_address(&view.href(), false);
            }
            _ => wrong.set(true),
        }
    };
    let field = move |id: &'static str, message: &str, value: RwSignal<String>| {
        let input = NodeRef::<html::Input>::new();
        hear_filled_text(input, value);
        view! {
            <div class="field">
                <label for=id>{locale.text(message)}</label>
                <input
                    id=id
                    type="date"
                    required=true
                    node_ref=input
                    prop:value=value
                    aria-invalid=move || wrong.get().then_some("true")
                    aria-describedby="period-error"
                    on:input=move |event: ev::Event| value.set(event_target_value(&event))
                />
            </div>
        }
    };
    view! {
        <form class="period no-print" on:submit=submit novalidate>
            <ul class="period-links" aria-label=locale.text("invoices.period")>
                {links}
            </ul>
            {field("period-from", "invoices.from", from)}
            {field("period-to", "invoices.to", to)}
            <Submit label=locale.text("invoices.show_period") />
            <p class="field-error" id="period-error" role="status">
                {move || wrong.get().then(|| locale.text("invoices.period_wrong"))}
            </p>
        </form>
    }
    .into_any()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_this_month_unless_said_and_never_backwards() {
        let day = |text: &str| Day::parse(text).unwrap();
        let today = day("2024-02-10");
        let mut view = InvoicesQuery::of(Show::Statement);
        let texts = |view: &InvoicesQuery| {
            let (from, to) = days(view, today);
            (from.text(), to.text())
        };
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(texts(&view), pair("2024-02-01", "2024-02-29"));
        view.from = Some(day("2024-03-05"));
        view.to = Some(day("2024-01-05"));
        assert_eq!(texts(&view), pair("2024-01-05", "2024-03-05"));
    }
}
