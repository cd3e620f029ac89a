//! The checkout form as a whole: its state, its checks, its sections, and the button.

use leptos::{ev, prelude::*, task::spawn_local};
use nymble_wire::{Address, Customer, PaymentProfile};

use super::{
    draft,
    payment::{self, PaymentSection},
    po_number,
    review::Review,
    shipping::{self, ShippingSection},
};
use crate::{
    api::{customers, payments, problem::ApiError},
    browser::page,
    components::{
        address_form::AddressFields, button::Button, card_form::CardFields,
        commit_button::CommitButton, field_errors::FieldErrors, text_field::TextField,
    },
    domain::{
        catalog::{pricing, quantity},
        checkout::{draft::Shipping, purchase_order},
        payments::way_to_pay::WayToPay,
    },
    locale::{Locale, use_locale},
    route::Route,
    state::{
        app::{
            loading::Loading,
            navigation::{Navigation, Stay, use_navigation},
            notices::{NoticeLink, Notices, Tone, use_notices},
        },
        cart::{CartState, use_cart},
        catalog::{CatalogState, use_catalog},
        checkout::{
            draft::{KeptDraft, use_checkout_draft},
            order::{self, Order, Outcome, PlacedOrder},
        },
        session::{Session, use_session},
    },
};

/// How far the order is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The buyer fills in the form.
    Editing,
    /// The order is being placed.
    Placing,
    /// The answer got lost; the cart is being read to see what became of the order.
    Confirming,
    /// Not even that could be read: it is not known whether there is an order.
    Doubt(ApiError),
}

/// The form's state. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct CheckoutForm {
    /// Who is signed in.
    pub(crate) session: Session,
    /// What is ordered.
    pub(crate) cart: CartState,
    catalog: CatalogState,
    navigation: Navigation,
    notices: Notices,
    locale: Locale,
    /// The customer: addresses and terms.
    pub(crate) customer: Loading<Customer>,
    /// The saved payment methods.
    pub(crate) profiles: Loading<Vec<PaymentProfile>>,
    /// What the buyer has changed here.
    pub(crate) draft: KeptDraft,
    /// The addresses to choose from.
    pub(crate) addresses: Memo<Vec<Address>>,
    /// Where the goods go.
    pub(crate) shipping: Memo<Shipping>,
    /// The form for a new address.
    pub(crate) new_address: AddressFields,
    /// The PO number as typed.
    pub(crate) po_number: RwSignal<String>,
    /// The way to pay that the buyer has chosen.
    pub(crate) picked: RwSignal<Option<WayToPay>>,
    /// The way to pay; none until it is known which there are.
    pub(crate) payment: RwSignal<Option<WayToPay>>,
    /// The form for a card.
    pub(crate) card: CardFields,
    stage: RwSignal<Stage>,
    /// What is wrong.
    pub(crate) errors: FieldErrors,
    /// Why the last attempt did not lead to an order.
    refusal: RwSignal<Option<String>>,
}

impl CheckoutForm {
    /// Starts the form: reads the customer and the saved payment methods, takes up what was typed
    /// before a reload, and finds out what became of an order whose answer was lost.
    pub(crate) fn start() -> Self {
        let session = use_session();
        let (draft, customer) = (use_checkout_draft(), Loading::new());
        let (addresses, shipping) = shipping::of(customer, draft);
        let form = Self {
            session,
            cart: use_cart(),
            catalog: use_catalog(),
            navigation: use_navigation(),
            notices: use_notices(),
            locale: use_locale(),
            customer,
            profiles: Loading::new(),
            draft,
            addresses,
            shipping,
            new_address: AddressFields::empty(),
            po_number: RwSignal::new(String::new()),
            picked: RwSignal::new(untrack(|| draft.get()).payment),
            payment: RwSignal::new(None),
            card: CardFields::empty(),
            stage: RwSignal::new(Stage::Editing),
            errors: FieldErrors::none(),
            refusal: RwSignal::new(None),
        };
        form.load();
        draft::keep(&form);
        form.look_again();
        form
    }

    /// Reads the customer and the saved payment methods.
    pub(crate) fn load(self) {
        let Some(number) = untrack(|| self.session.customer_number()) else {
            return;
        };
        let session = self.session;
        self.customer.load(
            session,
            customers::one(&number),
            customers::read_one,
            move |customer| session.know_company(&customer.company_name),
        );
        self.profiles.load(
            session,
            payments::profiles(&number),
            payments::read_profiles,
            |_| {},
        );
    }

    /// Whether the customer has been read, or cannot be (tracked).
    pub(crate) fn customer_is_known(self) -> bool {
        self.customer.value().is_some() || self.customer.error().is_some()
    }

    /// Whether it is known what the customer can pay with (tracked).
    pub(crate) fn all_is_known(self) -> bool {
        let profiles = self.profiles.value().is_some() || self.profiles.error().is_some();
        profiles && self.customer_is_known()
    }

    /// Whether an order is being placed or looked for (tracked).
    pub(crate) fn is_under_way(self) -> bool {
        self.stage.with(|stage| *stage != Stage::Editing)
    }

    /// The chosen shipping address, or what is wrong with the new one.
    fn shipping_address(self) -> Result<Address, Vec<(&'static str, String)>> {
        match self.shipping.get_untracked() {
            Shipping::Unset | Shipping::Gone(_) => Err(vec![(
                "shipping-address",
                self.locale.text("checkout.choose_address"),
            )]),
            Shipping::Known(address) => Ok(*address),
            Shipping::New => self.new_address.check(self.locale),
        }
    }

    /// Checks everything; gives the order, or remembers and shows what is wrong.
    fn check(self) -> Option<Order> {
        let mut errors = Vec::new();
        if let Some(held) = untrack(|| self.cart.held()) {
            errors.push(("review", held));
        }
        for line in untrack(|| self.cart.lines()).iter() {
            let Some(product) = self.catalog.product_now(&line.sku) else {
                continue;
            };
            let rule = pricing::quantity_rule(&product);
            let Ok(units) = u32::try_from(line.quantity) else {
                continue;
            };
            if let Err(error) = quantity::check(units, &rule) {
                let reason = self.locale.quantity_error(&error);
                let text = self.locale.text_with(
                    "checkout.line_wrong",
                    &[("name", &line.name), ("reason", &reason)],
                );
                errors.push(("review", text));
            }
        }
        let address = self.shipping_address();
        let rule = self.session.config().po_rule;
        let po_number = self
            .po_number
            .with_untracked(|text| purchase_order::check_po_number(text, &rule));
        let payment = payment::check(&self);
        if let Err(wrong) = &address {
            errors.extend(wrong.iter().cloned());
        }
        if let Err(wrong) = po_number {
            errors.push(("checkout-po-number", po_number::explain(self.locale, wrong)));
        }
        if let Err(wrong) = &payment {
            errors.extend(wrong.iter().cloned());
        }
        if let Some((first, count)) = self.errors.show(errors) {
            page::focus(&format!("#{first}"));
            self.refusal
                .set(Some(self.locale.plural("checkout.correct", count, &[])));
            return None;
        }
        Some(Order {
            address: address.ok()?,
            po_number: po_number.ok()?,
            payment: payment.ok()?,
        })
    }

    fn place(self) {
        if self.stage.get_untracked() != Stage::Editing {
            return;
        }
        self.refusal.set(None);
        let Some(order) = self.check() else { return };
        self.stage.set(Stage::Placing);
        let stay = self.navigation.stay();
        spawn_local(async move {
            let asked = order::place(self.session, self.cart, &order, move || {
                self.stage.try_set(Stage::Confirming);
            });
            let outcome = asked.await;
            self.conclude(outcome, stay);
        });
    }

    /// Finds out what became of the customer's order whose answer was lost, if there is one.
    fn look_again(self) {
        let number = untrack(|| self.session.customer_number());
        if let Some(attempt) = number.and_then(|number| order::pending_attempt(&number)) {
            self.look_back(attempt);
        }
    }

    /// Finds out what became of an order whose answer was lost.
    fn look_back(self, attempt: PlacedOrder) {
        self.stage.set(Stage::Confirming);
        let stay = self.navigation.stay();
        spawn_local(async move {
            let (session, cart) = (self.session, self.cart);
            cart.begin_ordering(&attempt.cart.shopping_cart_id);
            let outcome = order::look_back(session, cart, attempt).await;
            cart.end_ordering();
            self.conclude(outcome, stay);
        });
    }

    /// Tells what became of the order that was asked for at `stay`. Who has gone on meanwhile is told where they are.
    fn conclude(self, outcome: Outcome, stay: Stay) {
        let editing = move |refusal: String| {
            if !self.navigation.lasts(stay) {
                return self.notices.show(Tone::Trouble, refusal, None);
            }
            self.refusal.try_set(Some(refusal));
            self.stage.try_set(Stage::Editing);
        };
        match outcome {
            Outcome::Placed(placed) => {
                self.card.try_wipe();
                self.draft.forget();
                self.cart.forget(&placed.cart.shopping_cart_id);
                let reference = placed.reference().to_owned();
                order::remember(&placed);
                let href = Route::OrderPlaced(reference).href();
                if self.navigation.lasts(stay) {
                    self.navigation.go(&href);
                } else {
                    let label = self.locale.text("checkout.view_order");
                    let text = self.locale.text("checkout.placed_meanwhile");
                    let link = NoticeLink { label, href };
                    self.notices.show_linked(Tone::Done, text, None, Some(link));
                }
            }
            Outcome::Refused(error) => {
                // The card's code is not kept longer than one attempt.
                self.card.try_wipe_code();
                spawn_local(async move { editing(self.cart.why_not_ordered(&error).await) });
            }
            Outcome::Ended(cart_id) => {
                self.card.try_wipe_code();
                self.cart.has_ended(&cart_id);
                editing(self.locale.text("checkout.ended"));
            }
            Outcome::CartChanged => editing(self.locale.text("checkout.cart_changed")),
            Outcome::NotPlaced(error) => {
                let reason = self.locale.error(&error);
                editing(
                    self.locale
                        .text_with("checkout.not_placed", &[("reason", &reason)]),
                );
            }
            Outcome::Unknown(error) => {
                if !self.navigation.lasts(stay) {
                    let reason = self.locale.error(&error);
                    let values = [("reason", reason.as_str())];
                    let text = self.locale.text_with("checkout.doubt", &values);
                    self.notices.show(Tone::Trouble, text, None);
                }
                self.stage.try_set(Stage::Doubt(error));
            }
        }
    }
}

/// The sections of the form.
#[component]
pub(crate) fn FormView(
    /// The form.
    form: CheckoutForm,
) -> AnyView {
    let locale = use_locale();
    let stage = form.stage;
    let busy = move || stage.with(|stage| *stage != Stage::Editing);
    // Enter in a field orders nothing.
    let submit = |event: ev::SubmitEvent| event.prevent_default();
    let po_required = {
        let rule = form.session.config().po_rule;
        rule != purchase_order::PoRule::Optional
    };
    let progress = move || match stage.get() {
        Stage::Editing => form
            .refusal
            .get()
            .map(|text| view! { <p class="refusal" role="alert">{text}</p> }.into_any()),
        Stage::Placing => Some(
            view! { <p class="saving" role="status">{locale.text("checkout.placing")}</p> }
                .into_any(),
        ),
        Stage::Confirming => Some(
            view! { <p class="saving" role="status">{locale.text("checkout.confirming")}</p> }
                .into_any(),
        ),
        Stage::Doubt(error) => {
            let reason = locale.error(&error);
            let again = move |()| form.look_again();
            Some(
                view! {
                    <div class="refusal" role="alert">
                        <p>{locale.text_with("checkout.doubt", &[("reason", &reason)])}</p>
                        <Button press=again label=locale.text("checkout.look_again") />
                    </div>
                }
                .into_any(),
            )
        }
    };
    view! {
        <form class="checkout-body" on:submit=submit novalidate aria-busy=move || busy().to_string()>
            <fieldset class="plain checkout-sections" disabled=busy>
                <ShippingSection form=form />
                <section class="panel" aria-labelledby="po-heading">
                    <h2 id="po-heading">{locale.text("checkout.reference")}</h2>
                    <TextField
                        id="checkout-po-number"
                        label=locale.text("cart.po_number")
                        value=form.po_number
                        error=form.errors.of("checkout-po-number")
                        maxlength=20_000
                        required=po_required
                        hint=(!po_required).then(|| locale.text("checkout.po_hint"))
                    />
                </section>
                <PaymentSection form=form />
            </fieldset>
            <div class="checkout-side">
                <Review form=form />
                <div class="place-order" aria-live="polite">
                    {progress}
                    <CommitButton
                        label=Signal::stored(locale.text("checkout.place"))
                        busy=Signal::derive(busy)
                        commit=move || form.place()
                    />
                </div>
            </div>
        </form>
    }
    .into_any()
}
