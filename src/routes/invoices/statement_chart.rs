//! The course of a balance as a plain drawing: steps, as a balance stays until something happens. The table below
//! holds the same in figures, and the drawing says where to look.

use leptos::prelude::*;
use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{
    domain::{invoices::statement::Statement, values::calendar::Day},
    locale::Locale,
};

/// The drawing's own field.
const WIDTH: i64 = 1_000;
const HEIGHT: i64 = 200;

/// Where `part` lies on `whole`, on a line of that length; 0 when there is no whole.
fn place(part: Decimal, whole: Decimal, length: i64) -> i64 {
    let share = part.checked_div(whole).unwrap_or_default();
    let at = share.checked_mul(Decimal::from(length)).unwrap_or_default();
    at.round().to_i64().unwrap_or_default().clamp(0, length)
}

/// The steps as a path, and the height of zero.
fn path(course: &[(Day, Decimal)]) -> (String, i64) {
    let (Some(first), Some(last)) = (course.first(), course.last()) else {
        return (String::new(), HEIGHT);
    };
    let balances = || course.iter().map(|(_, balance)| *balance);
    let lowest = balances().min().unwrap_or_default().min(Decimal::ZERO);
    let highest = balances().max().unwrap_or_default().max(Decimal::ZERO);
    let span = highest.saturating_sub(lowest);
    let height = |balance: Decimal| HEIGHT - place(balance.saturating_sub(lowest), span, HEIGHT);
    let days = first.0.until(last.0).max(1);
    let mut path = String::new();
    for (day, balance) in course {
        let across = Decimal::from(first.0.until(*day));
        let across = place(across, Decimal::from(days), WIDTH);
        if path.is_empty() {
            path.push('M');
        } else {
            // Along to the day, then up or down.
            path.push('H');
            path.push_str(&across.to_string());
            path.push('V');
            path.push_str(&height(*balance).to_string());
            continue;
        }
        path.push_str(&across.to_string());
        path.push(' ');
        path.push_str(&height(*balance).to_string());
    }
    (path, height(Decimal::ZERO))
}

/// The drawing of a statement's balance.
pub(crate) fn balance_chart(locale: Locale, statement: &Statement) -> AnyView {
    let course = statement.course();
    let (line, zero) = path(&course);
    let mut area = line.clone();
    for (command, value) in [('V', zero), ('H', 0)] {
        area.push(command);
        area.push_str(&value.to_string());
    }
    area.push('Z');
    let balances = || course.iter().map(|(_, balance)| *balance);
    let money = |amount: Decimal| locale.money(amount, &statement.currency);
    let highest = money(balances().max().unwrap_or_default());
    let lowest = money(balances().min().unwrap_or_default());
    let (from, to) = (locale.day(statement.from), locale.day(statement.to));
    let (opening, closing) = (money(statement.opening), money(statement.closing));
    let name = locale.text_with(
        "invoices.chart",
        &[
            ("from", &from),
            ("to", &to),
            ("opening", &opening),
            ("closing", &closing),
            ("highest", &highest),
            ("lowest", &lowest),
        ],
    );
    let (highest_label, lowest_label) = (
        locale.text_with("invoices.highest", &[("amount", &highest)]),
        locale.text_with("invoices.lowest", &[("amount", &lowest)]),
    );
    let field = [0, 0, WIDTH, HEIGHT].map(|side| side.to_string()).join(" ");
    let zero = zero.to_string();
    view! {
        <figure class="panel chart">
            <figcaption>{locale.text("invoices.course")}</figcaption>
            <svg viewBox=field preserveAspectRatio="none" role="img" aria-label=name>
                <path class="chart-area" d=area />
                <line
                    class="chart-zero"
                    x1="0"
                    x2=WIDTH.to_string()
                    y1=zero.clone()
                    y2=zero
                    vector-effect="non-scaling-stroke"
                />
                <path class="chart-line" d=line vector-effect="non-scaling-stroke" />
            </svg>
            <div class="chart-labels hint" aria-hidden="true">
                <span>{from}</span>
                <span>{highest_label} " · " {lowest_label}</span>
                <span>{to}</span>
            </div>
        </figure>
    }
    .into_any()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_balance_is_drawn_in_steps() {
        let day = |text: &str| Day::parse(text).unwrap();
        let course = [
            (day("2024-03-01"), Decimal::ZERO),
            (day("2024-03-11"), Decimal::from(100)),
            (day("2024-03-21"), Decimal::from(50)),
        ];
        assert_eq!(path(&course), ("M0 200H500V0H1000V100".to_owned(), 200));
    }

    #[test]
    fn a_credit_lies_below_zero_and_nothing_at_all_is_a_line() {
        let day = |text: &str| Day::parse(text).unwrap();
        let course = [
            (day("2024-03-01"), Decimal::from(-50)),
            (day("2024-03-03"), Decimal::from(50)),
        ];
        assert_eq!(path(&course), ("M0 200H1000V0".to_owned(), 100));
        let flat = [(day("2024-03-01"), Decimal::ZERO); 2];
        assert_eq!(path(&flat), ("M0 200H0V200".to_owned(), 200));
    }
}
