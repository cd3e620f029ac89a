//! One line of an old order, to be ordered again: chosen or not, how many, and what has changed since.

use leptos::prelude::*;
use nymble_wire::Product;
use rust_decimal::Decimal;
use std::sync::Arc;

use super::source::Source;
use crate::{
    components::{price, quantity_field::QuantityField},
    domain::{
        catalog::{
            buyer::Buyer,
            pricing,
            quantity::{self, QuantityError, Rule},
        },
        orders::reorder::{Difference, ItemSnapshot, Today},
        values::money,
    },
    locale::{Locale, use_locale},
    state::session::use_session,
};

/// What is known of a line's product today.
#[derive(Clone)]
pub(crate) enum Checked {
    /// What has changed; the product, where there still is one.
    Known(Today, Option<Arc<Product>>),
    /// Why it could not be found out.
    Unknown(String),
}

/// A line with what the buyer decides about it. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    /// What was ordered.
    pub(crate) line: StoredValue<ItemSnapshot>,
    /// What is known of its product today; none while it is being looked up.
    pub(crate) checked: RwSignal<Option<Checked>>,
    /// Whether it is to be ordered again.
    pub(crate) chosen: RwSignal<bool>,
    /// The quantity as typed.
    text: RwSignal<String>,
    /// Who orders.
    buyer: StoredValue<Buyer>,
    /// Where it comes from.
    source: Source,
}

impl Entry {
    /// Chosen, as it was ordered.
    pub(crate) fn new(line: ItemSnapshot, source: Source) -> Self {
        Self {
            checked: RwSignal::new(None),
            chosen: RwSignal::new(true),
            text: RwSignal::new(line.quantity.to_string()),
            line: StoredValue::new(line),
            buyer: StoredValue::new(untrack(|| use_session().buyer())),
            source,
        }
    }

    /// The entry of a SKU.
    pub(crate) fn find(entries: &[Self], sku: &str) -> Option<Self> {
        let fits = |entry: &&Self| entry.line.with_value(|line| line.sku == sku);
        entries.iter().find(fits).copied()
    }

    /// Takes in what was found out; the quantity becomes one that can be ordered, unless another one has
    /// been typed.
    pub(crate) fn learn(self, checked: Checked) {
        let ordered = self.line.with_value(|line| line.quantity.to_string());
        if let Checked::Known(today, _) = &checked
            && self.text.with_untracked(|text| *text == ordered)
        {
            self.text.set(today.quantity.to_string());
        }
        self.checked.set(Some(checked));
    }

    /// Whether an answer has come, of whatever kind (tracked).
    pub(crate) fn is_heard(&self) -> bool {
        self.checked.with(Option::is_some)
    }

    /// Whether its product's present state is known (tracked).
    pub(crate) fn is_known(&self) -> bool {
        self.checked
            .with(|checked| matches!(checked, Some(Checked::Known(..))))
    }

    /// Whether it can be ordered, as far as is known (tracked).
    pub(crate) fn may_be_chosen(&self) -> bool {
        self.checked.with(|checked| match checked {
            Some(Checked::Known(today, _)) => today.orderable,
            _ => true,
        })
    }

    /// Whether it is to be ordered again (tracked).
    pub(crate) fn is_chosen(&self) -> bool {
        self.chosen.get() && self.may_be_chosen()
    }

    /// Its product as it is today, where it is known (tracked).
    pub(crate) fn product(&self) -> Option<Arc<Product>> {
        self.checked.with(|checked| match checked {
            Some(Checked::Known(_, product)) => product.clone(),
            _ => None,
        })
    }

    fn rule(&self) -> Rule {
        self.product()
            .map_or_else(|| Rule::new(None, None), |it| pricing::quantity_rule(&it))
    }

    /// How many are to be ordered, or why that cannot be (tracked).
    pub(crate) fn quantity(&self) -> Result<u32, QuantityError> {
        self.text.with(|text| quantity::parse(text, &self.rule()))
    }

    /// Unit price at the typed quantity, that quantity, and the currency (tracked).
    pub(crate) fn price(&self) -> Option<(Decimal, u32, String)> {
        let product = self.product()?;
        let quantity = self.quantity().ok()?;
        self.buyer.with_value(|buyer| {
            let price = pricing::unit_price(&product, buyer, quantity)?;
            Some((price, quantity, buyer.currency_of(&product).to_owned()))
        })
    }
}

impl Entry {
    /// The unit price, or what there is to say in its place (tracked).
    fn shown_price(&self, locale: Locale) -> Option<String> {
        let product = self.product().filter(|_| self.may_be_chosen())?;
        let quantity = self.quantity().ok()?;
        self.buyer.with_value(|buyer| {
            let shown = pricing::shown_price(&product, buyer, quantity, pricing::Reading::Done);
            let currency = buyer.currency_of(&product);
            Some(price::in_words(locale, shown, currency, None))
        })
    }
}

/// What is different, as a sentence; `currency` is that of the prices, `offered` the quantity offered.
pub(crate) fn in_words(
    locale: Locale,
    difference: Difference,
    currency: &str,
    offered: u32,
) -> String {
    let money = |amount: Decimal| locale.money(amount, currency);
    let prices = |key: &str, then: Decimal, now: Decimal| {
        locale.text_with(key, &[("then", &money(then)), ("now", &money(now))])
    };
    match difference {
        Difference::NotOffered => locale.text("orders.not_available"),
        Difference::NoPrice => locale.text("orders.no_price"),
        Difference::PriceIncreased { then, now } => prices("orders.dearer", then, now),
        Difference::PriceDecreased { then, now } => prices("orders.cheaper", then, now),
        Difference::Short(short) => locale.shortage(short),
        Difference::Quantity(error) => {
            let reason = match error {
                QuantityError::BelowMinimum { minimum, .. } => {
                    let minimum = locale.number(u64::from(minimum));
                    locale.text_with("orders.new_minimum", &[("minimum", &minimum)])
                }
                QuantityError::NotAMultiple { increment, .. } => {
                    let increment = locale.number(u64::from(increment));
                    locale.text_with("quantity.multiples", &[("increment", &increment)])
                }
                other => locale.quantity_error(&other),
            };
            let offered = locale.number(u64::from(offered));
            locale.text_with(
                "orders.new_quantity",
                &[("reason", &reason), ("quantity", &offered)],
            )
        }
    }
}

/// The class that a difference is shown with.
pub(crate) fn class_of(difference: Difference) -> &'static str {
    match difference {
        Difference::PriceDecreased { .. } => "difference difference-good",
        Difference::NotOffered | Difference::NoPrice => "difference difference-trouble",
        _ => "difference",
    }
}

/// A row of the table `Lines to order`.
#[component]
pub(crate) fn Line(
    /// The line.
    entry: Entry,
) -> AnyView {
    let locale = use_locale();
    let line = entry.line.get_value();
    let differences = move || {
        let Some(Checked::Known(today, product)) = entry.checked.get() else {
            return Vec::new();
        };
        let currency = entry.buyer.with_value(|buyer| match &product {
            Some(product) => buyer.currency_of(product).to_owned(),
            None => buyer.currency.clone(),
        });
        let item = |difference: Difference| {
            let words = in_words(locale, difference, &currency, today.quantity);
            view! { <li class=class_of(difference)>{words}</li> }
        };
        today.differences.iter().copied().map(item).collect()
    };
    let unknown = move || {
        let unknown = entry
            .checked
            .with(|checked| matches!(checked, Some(Checked::Unknown(_))));
        unknown.then(|| view! { <li class="difference">{locale.text("orders.unchecked")}</li> })
    };
    let unit_price = move || entry.shown_price(locale);
    let total = move || {
        let (price, quantity, currency) = entry.price()?;
        let total = money::line_total_preview(price, quantity, &currency);
        Some(locale.money(total.amount(), &currency))
    };
    let ordered = locale.number(u64::from(line.quantity));
    let then = match entry.source {
        Source::List => "lists.on_list",
        Source::Order | Source::Quote => "orders.ordered",
    };
    let ordered = locale.text_with(then, &[("quantity", &ordered)]);
    let label = locale.text_with("cart.quantity_for", &[("sku", &line.sku)]);
    let rule = Signal::derive(move || entry.rule());
    let field = move || {
        entry
            .may_be_chosen()
            .then(|| view! { <QuantityField label=label.clone() text=entry.text rule=rule /> })
    };
    view! {
        <tr class:not-chosen=move || !entry.is_chosen()>
            <th scope="row">
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || entry.is_chosen()
                        prop:defaultChecked=move || entry.is_chosen()
                        prop:disabled=move || !entry.may_be_chosen()
                        on:change=move |event| entry.chosen.set(event_target_checked(&event))
                    />
                    <span>
                        {line.name} " " <span class="sku" translate="no">{line.sku}</span>
                    </span>
                </label>
                <p class="hint">{ordered}</p>
                <ul class="differences">{differences} {unknown}</ul>
            </th>
            <td class="number" translate="no" data-label=locale.text("price.unit_price")>
                {unit_price}
            </td>
            <td>{field}</td>
            <td class="number line-amount" translate="no" data-label=locale.text("price.line_total")>
                {total}
            </td>
        </tr>
    }
    .into_any()
}
