//! What is owed, by how long it is past due: a table, with a plain bar beside each amount.

use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::{
    domain::invoices::ageing::{Ageing, BUCKETS, Bucket},
    locale::Locale,
};

fn name_of(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::Current => "invoices.not_due",
        Bucket::To30 => "invoices.days_30",
        Bucket::To60 => "invoices.days_60",
        Bucket::To90 => "invoices.days_90",
        Bucket::Over90 => "invoices.days_more",
    }
}

/// `part` of `whole` as a length in per cent.
fn share(part: Decimal, whole: Decimal) -> String {
    let share = part
        .checked_div(whole)
        .and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED))
        .unwrap_or_default();
    let mut text = share.round_dp(1).to_string();
    text.push('%');
    text
}

/// What is owed in one currency.
pub(crate) fn ageing_table(locale: Locale, ageing: &Ageing) -> AnyView {
    let money = |locale: Locale, amount| locale.money(amount, &ageing.currency);
    let largest = ageing.amounts.iter().copied().max().unwrap_or_default();
    let rows = BUCKETS
        .into_iter()
        .zip(ageing.amounts)
        .zip(ageing.counts)
        .map(|((bucket, amount), count)| {
            let late = bucket != Bucket::Current;
            view! {
                <tr>
                    <th scope="row">{locale.text(name_of(bucket))}</th>
                    <td class="number" translate="no">{locale.number(count)}</td>
                    <td class="number strong" translate="no">{money(locale, amount)}</td>
                    <td class="bar-cell" aria-hidden="true">
                        <div class="bar" class:late=late style:width=share(amount, largest)></div>
                    </td>
                </tr>
            }
        })
        .collect_view();
    let late = (ageing.overdue_count() > 0).then(|| {
        let amount = money(locale, ageing.overdue());
        let text = locale.plural(
            "invoices.overdue_sum",
            ageing.overdue_count(),
            &[("amount", &amount)],
        );
        view! { <p class="overdue">{text}</p> }
    });
    view! {
        <section class="panel owed" aria-label=locale.text("invoices.owed")>
            <div class="owed-sum">
                <p class="hint">{locale.text("invoices.total_balance")}</p>
                <p class="owed-total" translate="no">{money(locale, ageing.total())}</p>
                {late}
            </div>
            <table class="ageing">
                <caption class="visually-hidden">{locale.text("invoices.ageing")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.text("invoices.past_due")}</th>
                        <th scope="col" class="number">{locale.text("invoices.title")}</th>
                        <th scope="col" class="number">{locale.text("invoices.balance")}</th>
                        <td class="bar-cell" aria-hidden="true"></td>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::share;
    use rust_decimal::Decimal;

    #[test]
    fn shares_are_plain_lengths() {
        let third = share(Decimal::ONE, Decimal::from(3));
        assert_eq!(third, "33.3%");
        assert_eq!(share(Decimal::TEN, Decimal::TEN), "100%");
        assert_eq!(share(Decimal::ZERO, Decimal::ZERO), "0%");
    }
}
