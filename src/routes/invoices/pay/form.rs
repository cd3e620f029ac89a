//! The form that pays: what is shown is what is sent, and it is sent once.

use leptos::{ev, prelude::*, task::spawn_local};
use nymble_wire::Invoice;
use rust_decimal::Decimal;
use std::sync::Arc;

use super::{
    super::{
        amounts,
        query::{InvoicesQuery, Show},
    },
    means::{MeansForm, MeansSection, Way},
    rows::{Row, Rows},
};
use crate::{
    browser::{page, storage},
    components::{
        button::{ButtonLink, Look},
        commit_button::CommitButton,
    },
    domain::invoices::{ageing, pay_plan},
    locale::{Locale, use_locale},
    route::Route,
    state::{
        app::navigation::{Navigation, use_navigation},
        invoices::payment::{Activity, Ended, InvoicePayments, Means, use_invoice_payments},
        payments::hosted_payment::{self, Purpose},
        session::{Session, use_session},
    },
};

/// Where the amounts are kept that were typed, by customer.
const DRAFT_KEY: &str = "nymble.pay-draft ";

/// Invoices, and how much is paid of each.
type Plan = Vec<(Arc<Invoice>, Decimal)>;

/// The form's state. A copy is a handle.
#[derive(Clone, Copy)]
struct PayState {
    session: Session,
    navigation: Navigation,
    locale: Locale,
    payments: InvoicePayments,
    /// The invoices as they are known to be.
    invoices: RwSignal<Vec<Arc<Invoice>>>,
    /// Those that can be paid by now, each with its field.
    rows: RwSignal<Vec<Row>>,
    /// Every row there was: what was typed outlives a moment in which its invoice cannot be paid.
    kept: StoredValue<Vec<Row>>,
    /// Rows are made under the form: under an effect they would go with its next run.
    owner: StoredValue<Owner>,
    means: MeansForm,
    /// Whether the browser is being sent to the provider's page.
    leaving: RwSignal<bool>,
    /// Why the last attempt did not lead to a payment.
    refusal: RwSignal<Option<String>>,
}

impl PayState {
    /// The rows of what can be paid by now; what was typed stays where as much is owed as before.
    fn make_rows(self) {
        let (Some(mut kept), Some(owner), Some(invoices)) = (
            self.kept.try_get_value(),
            self.owner.try_get_value(),
            self.invoices.try_get_untracked(),
        ) else {
            return;
        };
        let mut rows = Vec::new();
        for (invoice, place) in invoices.into_iter().zip(0..) {
            let known = kept.iter_mut().find(|row| row.invoice.id == invoice.id);
            let row = if let Some(row) = known {
                if ageing::balance(&row.invoice) != ageing::balance(&invoice) {
                    row.reset(self.locale, &invoice);
                }
                row.invoice = Arc::clone(&invoice);
                row.clone()
            } else {
                let row = owner.with(|| Row::of(self.locale, Arc::clone(&invoice), place));
                kept.push(row.clone());
                row
            };
            let barred = untrack(|| self.payments.in_doubt(&invoice.id));
            if pay_plan::unpayable(&invoice).is_none() && !barred {
                rows.push(row);
            }
        }
        self.kept.set_value(kept);
        self.rows.set(rows);
    }

    /// What is paid: every row's amount, unless one is wrong (tracked).
    fn plan(self) -> Option<Plan> {
        let rows = self.rows.get();
        let parts = rows
            .iter()
            .map(|row| Some((Arc::clone(&row.invoice), row.amount(self.locale).ok()?)));
        parts.collect()
    }

    /// What that comes to, in words (tracked).
    fn total(self) -> Option<String> {
        let plan = self.plan()?;
        let parts = plan
            .iter()
            .map(|(invoice, amount)| (amounts::currency(invoice), *amount));
        Some(amounts::in_words(self.locale, &pay_plan::totals(parts)))
    }

    fn is_busy(self) -> bool {
        self.payments.activity() != Activity::Idle || self.leaving.get()
    }

    /// Checks everything; gives what is paid and with what, or shows what is wrong.
    fn check(self) -> Option<(Plan, Way)> {
        let mut wrong = 0;
        let mut first = None;
        for row in self.rows.get_untracked() {
            if untrack(|| row.amount(self.locale)).is_err() {
                row.show_error();
                wrong += 1;
                first.get_or_insert(row.field);
            }
        }
        let plan = untrack(|| self.plan()).unwrap_or_default();
        let billed = plan.first().map(|(invoice, _)| &**invoice);
        let way = self.means.check(billed);
        let errors = way.as_ref().err().cloned().unwrap_or_default();
        if let Some((id, count)) = self.means.errors.show(errors) {
            wrong += count;
            first.get_or_insert(id.to_owned());
        }
        if let Some(first) = first {
            let mut selector = String::from("#");
            selector.push_str(&first);
            page::focus(&selector);
            let text = self.locale.plural("checkout.correct", wrong, &[]);
            self.refusal.set(Some(text));
            return None;
        }
        (!plan.is_empty()).then_some(())?;
        Some((plan, way.ok()?))
    }

    fn submit(self) {
        if untrack(|| self.is_busy()) {
            return;
        }
        self.refusal.set(None);
        match self.check() {
            None => {}
            Some((plan, Way::Here(means))) => self.pay(&plan, *means),
            Some((plan, Way::Hosted)) => {
                if let [(invoice, amount)] = plan.as_slice() {
                    self.leave(invoice.id.clone(), *amount);
                }
            }
        }
    }

    fn pay(self, plan: &[(Arc<Invoice>, Decimal)], means: Means) {
        self.payments.pay(plan, means, move |ended| {
            if ended == Ended::Elsewhere {
                let text = self.locale.text("invoices.paying_elsewhere");
                self.refusal.try_set(Some(text));
                return;
            }
            // The screen may have been left: then there is nothing to wipe, and the notes say what became of it.
            if ended == Ended::AllPaid {
                self.means.card.try_wipe();
                self.means.forget_picked();
            } else {
                // The card's code is not kept longer than one attempt.
                self.means.card.try_wipe_code();
            }
            self.make_rows();
            page::focus(".payment-results");
        });
    }

    /// An invoice is known to be otherwise than it was.
    fn learn(self, invoice: &Arc<Invoice>) {
        let here = self.invoices.try_update(|invoices| {
            let known = invoices.iter_mut().find(|it| it.id == invoice.id);
            known.map(|known| *known = Arc::clone(invoice)).is_some()
        });
        if here == Some(true) {
            self.make_rows();
        }
    }

    /// Sends the browser to the provider's page.
    fn leave(self, invoice_id: String, amount: Decimal) {
        self.leaving.set(true);
        spawn_local(async move {
            let path = Route::Invoice(invoice_id.clone()).href();
            let purpose = Purpose::PayInvoice;
            let left = hosted_payment::start(
                self.session,
                self.navigation,
                purpose,
                amount,
                Some(&invoice_id),
                &path,
            )
            .await;
            if let Err(error) = left {
                self.refusal.try_set(Some(error.explain(self.locale)));
                self.leaving.try_set(false);
            }
        });
    }
}

/// An amount as it was typed: the invoice's id, what was owed then, and the text.
type Typed = (String, String, String);

/// Keeps the amounts as typed for this tab, through reloads; those of other invoices stay. An amount typed when
/// something else was owed does not come back.
fn keep_typed(state: PayState) {
    let Some(key) = untrack(|| state.session.customer_number()).map(|customer| {
        let mut key = String::from(DRAFT_KEY);
        key.push_str(&customer);
        key
    }) else {
        return;
    };
    let kept: Vec<Typed> = storage::get_json(&key).unwrap_or_default();
    let owed = |row: &Row| ageing::balance(&row.invoice).normalize().to_string();
    for row in state.rows.get_untracked() {
        let of_row = |(id, then, _): &&Typed| *id == row.invoice.id && *then == owed(&row);
        if let Some((.., typed)) = kept.iter().find(of_row) {
            row.typed.set(typed.clone());
        }
    }
    Effect::new(move |before: Option<()>| {
        let rows = state.rows.get();
        let mut typed: Vec<Typed> = kept
            .iter()
            .filter(|(id, ..)| !rows.iter().any(|row| row.invoice.id == *id))
            .cloned()
            .collect();
        for row in rows {
            if let Some(text) = row.partial(state.locale) {
                typed.push((row.invoice.id.clone(), owed(&row), text));
            }
        }
        // The first run only subscribes: an untouched form leaves nothing behind.
        if before.is_some() {
            let text = serde_json::to_string(&typed).ok();
            storage::set(&key, text.filter(|_| !typed.is_empty()).as_deref());
        }
    });
}

/// The form.
#[component]
pub(crate) fn PayForm(
    /// The chosen invoices.
    invoices: Vec<Arc<Invoice>>,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let payments = use_invoice_payments();
    let state = PayState {
        session,
        navigation: use_navigation(),
        locale,
        payments,
        invoices: RwSignal::new(invoices),
        rows: RwSignal::new(Vec::new()),
        kept: StoredValue::new(Vec::new()),
        owner: StoredValue::new(Owner::current().unwrap_or_default()),
        means: MeansForm::start(session, locale),
        leaving: RwSignal::new(false),
        refusal: RwSignal::new(None),
    };
    payments.follow(move |invoice| state.learn(invoice));
    // While a payment is in doubt its invoice has no row.
    let doubtful = Memo::new(move |_| {
        let invoices = state.invoices.get();
        let doubtful = invoices.iter().filter(|it| payments.in_doubt(&it.id));
        doubtful.map(|it| it.id.clone()).collect::<Vec<_>>()
    });
    let idle = Memo::new(move |_| payments.activity() == Activity::Idle);
    Effect::new(move |_| {
        doubtful.get();
        if idle.get() {
            state.make_rows();
        }
    });
    state.make_rows();
    keep_typed(state);
    // Brought back by a step back from the provider's page: it can be left for again.
    page::when_brought_back(move || {
        state.leaving.try_set(false);
    });
    let busy = Memo::new(move |_| state.is_busy());
    let none_left = Memo::new(move |_| state.rows.with(Vec::is_empty));
    let rows = move || {
        let rows = state.rows.get();
        let others = state.invoices.get().into_iter();
        let others = others.filter(|it| !rows.iter().any(|row| row.invoice.id == it.id));
        let others: Vec<Arc<Invoice>> = others.collect();
        view! { <Rows rows=rows others=others /> }
    };
    let single = Memo::new(move |_| state.rows.with(Vec::len) == 1);
    let means = move || view! { <MeansSection form=state.means single=single.get() /> };
    // Enter in a field pays nothing.
    let submit = |event: ev::SubmitEvent| event.prevent_default();
    let review = move || {
        let (total, with) = (state.total()?, state.means.in_words()?);
        let count = state.rows.with(Vec::len) as u64;
        let values = [("total", total.as_str()), ("means", with.as_str())];
        Some(locale.plural("invoices.review", count, &values))
    };
    let label = move || match state.total() {
        Some(total) => locale.text_with("invoices.pay_total", &[("total", &total)]),
        None => locale.text("invoices.pay"),
    };
    let progress = move || match payments.activity() {
        Activity::Paying(place, count) => {
            let values = [
                ("place", locale.number(place)),
                ("of", locale.number(count)),
            ];
            let values: Vec<(&str, &str)> = values
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            let text = locale.text_with("invoices.paying", &values);
            Some(view! { <p class="saving" role="status">{text}</p> }.into_any())
        }
        Activity::Looking => Some(
            view! { <p class="saving" role="status">{locale.text("invoices.looking")}</p> }
                .into_any(),
        ),
        Activity::Elsewhere => Some(
            view! { <p class="saving" role="status">{locale.text("invoices.elsewhere_wait")}</p> }
                .into_any(),
        ),
        Activity::Idle if state.leaving.get() => Some(
            view! { <p class="saving" role="status">{locale.text("invoices.leaving")}</p> }
                .into_any(),
        ),
        Activity::Idle => state
            .refusal
            .get()
            .map(|text| view! { <p class="refusal" role="alert">{text}</p> }.into_any()),
    };
    let form = move || {
        if none_left.get() {
            return view! {
                <p class="actions">
                    <ButtonLink
                        look=Look::Primary
                        href=InvoicesQuery::of(Show::Open).href()
                        label=locale.text("invoices.back")
                    />
                </p>
            }
            .into_any();
        }
        view! {
            <div class="pay-side">
                <fieldset class="plain" disabled=busy>
                    {means}
                </fieldset>
                <div class="panel place-order">
                    <p aria-live="polite">{review}</p>
                    {progress}
                    <CommitButton
                        label=Signal::derive(label)
                        busy=busy
                        commit=move || state.submit()
                    />
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        <form
            class="pay-form"
            on:submit=submit
            novalidate
            aria-busy=move || busy.get().to_string()
        >
            <fieldset class="plain" disabled=busy>
                <section class="panel" aria-labelledby="pay-heading">
                    <h2 id="pay-heading">{locale.text("invoices.how_much")}</h2>
                    {rows}
                </section>
            </fieldset>
            {form}
        </form>
    }
    .into_any()
}
