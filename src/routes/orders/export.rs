//! `Download CSV`: all orders that the list's filters let through, however many pages they are.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::Order;
use std::collections::HashSet;

use super::query::OrdersQuery;
use crate::{
    api::{http::Answer, orders, problem::ApiError},
    browser::download,
    components::{button::Button, failed::Failed},
    domain::{
        orders::csv::{self, LINE_COLUMNS, ORDER_COLUMNS},
        values::{calendar::Day, csv::Csv},
    },
    locale::{Locale, use_locale},
    ports::abort::{AbortController, AbortSignal},
    state::{
        app::notices::{Notices, Tone, use_notices},
        session::{Session, use_session},
    },
};

/// Orders asked for at once: the most that the API gives.
const AT_ONCE: u64 = 200;

/// The media type of what is saved.
const CSV: &str = "text/csv;charset=utf-8";

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Order,
    Line,
}

impl Row {
    fn begin(self, locale: Locale) -> Csv {
        let columns: &[&str] = match self {
            Self::Order => &ORDER_COLUMNS,
            Self::Line => &LINE_COLUMNS,
        };
        let columns: Vec<String> = columns.iter().map(|key| locale.text(key)).collect();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        Csv::new(&columns)
    }

    fn add(self, csv: &mut Csv, order: &Order) {
        let day = order
            .order_date
            .as_ref()
            .and_then(Day::as_written)
            .map(Day::text)
            .unwrap_or_default();
        match self {
            Self::Order => csv::add_order(csv, order, &day),
            Self::Line => csv::add_lines(csv, order, &day),
        }
    }

    /// What its file is called, before the day.
    fn file(self) -> &'static str {
        match self {
            Self::Order => "orders",
            Self::Line => "order-lines",
        }
    }
}

/// A file being gathered.
struct Job {
    view: OrdersQuery,
    row: Row,
    csv: Csv,
    /// The order numbers in it: an order that is placed meanwhile moves the others to later pages.
    seen: HashSet<String>,
    /// The page to ask for next, from 1.
    page: u64,
    /// How many orders there are, as the last page said.
    total: u64,
}

impl Job {
    fn new(locale: Locale, view: OrdersQuery, row: Row) -> Self {
        Self {
            view,
            row,
            csv: row.begin(locale),
            seen: HashSet::new(),
            page: 1,
            total: 0,
        }
    }

    /// Takes a page in; says whether it was the last.
    fn take(&mut self, answer: &Answer) -> Result<bool, ApiError> {
        let page = orders::read_page(answer)?;
        self.total = page.total_records;
        self.page += 1;
        for order in &page.data {
            if self.seen.insert(order.order_number.clone()) {
                self.row.add(&mut self.csv, order);
            }
        }
        Ok(page.data.is_empty() || self.done() >= self.total)
    }

    fn done(&self) -> u64 {
        self.seen.len() as u64
    }
}

/// How far it is.
#[derive(Clone, PartialEq, Eq)]
enum Stage {
    Idle,
    /// So many of so many orders are there.
    Running(u64, u64),
    /// Why it stopped; what was gathered is kept.
    Stopped(String),
}

/// A copy is a handle.
#[derive(Clone, Copy)]
struct Exporter {
    session: Session,
    locale: Locale,
    notices: Notices,
    stage: RwSignal<Stage>,
    job: StoredValue<Option<Job>, LocalStorage>,
    abort: StoredValue<Option<AbortController>, LocalStorage>,
}

impl Exporter {
    fn start(self, view: OrdersQuery, row: Row) {
        self.run(Job::new(self.locale, view, row));
    }

    /// Goes on where it stopped.
    fn go_on(self) {
        if let Some(job) = self.job.try_update_value(Option::take).flatten() {
            self.run(job);
        }
    }

    fn cancel(self) {
        if let Some(abort) = self.abort.try_update_value(Option::take).flatten() {
            abort.abort();
        }
        self.job.try_set_value(None);
        self.stage.try_set(Stage::Idle);
    }

    fn run(self, mut job: Job) {
        let abort = AbortController::new().ok();
        let signal = abort.as_ref().map(AbortController::signal);
        self.abort.set_value(abort);
        self.stage.set(Stage::Running(job.done(), job.total));
        spawn_local(async move {
            loop {
                let request = job
                    .view
                    .request(self.session.narrowed_to(), job.page, AT_ONCE);
                let outcome = self.session.send_abortable(request, signal.clone()).await;
                if signal.as_ref().is_some_and(AbortSignal::aborted) {
                    return;
                }
                match outcome.and_then(|answer| job.take(&answer)) {
                    Ok(false) => {
                        self.stage.try_set(Stage::Running(job.done(), job.total));
                    }
                    Ok(true) => break,
                    Err(error) => {
                        self.stop(job, self.locale.error(&error));
                        return;
                    }
                }
            }
            if job.done() == job.total {
                self.save(job);
            } else {
                // Orders came or went between the pages: a file with a gap is worse than none.
                let anew = Job::new(self.locale, job.view, job.row);
                self.stop(anew, self.locale.text("orders.export_changed"));
            }
        });
    }

    fn stop(self, job: Job, why: String) {
        self.job.try_set_value(Some(job));
        self.stage.try_set(Stage::Stopped(why));
    }

    fn save(self, job: Job) {
        let mut name = job.row.file().to_owned();
        name.push('-');
        name.push_str(&Locale::today().text());
        name.push_str(".csv");
        let count = job.done();
        if download::save_text(&name, CSV, &job.csv.finish()) {
            let text = self
                .locale
                .plural("orders.exported", count, &[("file", &name)]);
            self.notices.show(Tone::Done, text, None);
            self.stage.try_set(Stage::Idle);
        } else {
            let anew = Job::new(self.locale, job.view, job.row);
            self.stop(anew, self.locale.text("orders.export_refused"));
        }
    }
}

/// The two files that can be had of what the list shows; while one is made, how far it is.
#[component]
pub(crate) fn Export(
    /// What the list shows.
    shown: Memo<OrdersQuery>,
    /// How many orders that are, once it is known.
    total: Memo<Option<u64>>,
) -> AnyView {
    let locale = use_locale();
    let exporter = Exporter {
        session: use_session(),
        locale,
        notices: use_notices(),
        stage: RwSignal::new(Stage::Idle),
        job: StoredValue::new_local(None),
        abort: StoredValue::new_local(None),
    };
    on_cleanup(move || exporter.cancel());
    let choice = move |row: Row, message: &'static str| {
        view! {
            <Button
                press=move |()| exporter.start(shown.get_untracked(), row)
                label=locale.text(message)
            />
        }
    };
    let content = move || match exporter.stage.get() {
        Stage::Idle if total.get().is_none_or(|total| total == 0) => ().into_any(),
        Stage::Idle => view! {
            <div class="export" role="group" aria-label=locale.text("orders.download")>
                <span aria-hidden="true">{locale.text("orders.download")}</span>
                {choice(Row::Order, "orders.download_orders")}
                {choice(Row::Line, "orders.download_lines")}
            </div>
        }
        .into_any(),
        Stage::Running(done, all) => {
            let values = [locale.number(done), locale.number(all)];
            let text = if all == 0 {
                locale.text("loading")
            } else {
                let [done, all] = &values;
                locale.text_with("orders.progress", &[("done", done), ("all", all)])
            };
            view! {
                <div class="export" role="group" aria-label=locale.text("orders.download")>
                    <progress
                        max=all.max(1).to_string()
                        value=done.to_string()
                        aria-label=locale.text("orders.download")
                    ></progress>
                    <span role="status">{text}</span>
                    <Button press=move |()| exporter.cancel() label=locale.text("orders.cancel") />
                </div>
            }
            .into_any()
        }
        Stage::Stopped(why) => view! {
            <div class="export">
                <Failed message=why retry=move || exporter.go_on() />
                <button type="button" class="quiet-button" on:click=move |_| exporter.cancel()>
                    {locale.text("orders.cancel")}
                </button>
            </div>
        }
        .into_any(),
    };
    view! { {content} }.into_any()
}

/// Saves the lines of one order. Says whether the browser took them.
pub(crate) fn save_lines(locale: Locale, order: &Order) -> bool {
    let mut csv = Row::Line.begin(locale);
    Row::Line.add(&mut csv, order);
    let mut name = String::from("order-");
    name.push_str(&order.order_number.replace(['/', '\\', ':'], "-"));
    name.push_str(".csv");
    download::save_text(&name, CSV, &csv.finish())
}
