//! One part of the home screen: it loads for itself, and fails for itself.

use leptos::prelude::*;

use crate::{api::problem::ApiError, components::failed::Failed, locale::use_locale};

/// How far a part is. Not that it is loaded: what it shows then is its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// On its way.
    Coming,
    /// It cannot be had now.
    Failed(ApiError),
    /// There is no such thing here: the API lacks it.
    Absent,
    /// It is there.
    Here,
}

impl Stage {
    /// What a failure means for a part.
    pub(crate) fn of(error: ApiError) -> Self {
        if error.lacks_part() {
            Self::Absent
        } else {
            Self::Failed(error)
        }
    }
}

/// A panel with a heading, and a link to the screen that has all of it.
#[component]
pub(crate) fn Part(
    /// Id of the heading.
    id: &'static str,
    /// The heading.
    title: String,
    /// How far it is.
    #[prop(into)]
    stage: Signal<Stage>,
    /// Tries again.
    #[prop(into)]
    retry: Callback<()>,
    /// Address and name of the screen that has all of it.
    #[prop(optional)]
    all: Option<(String, String)>,
    /// What it shows once it is there.
    children: ChildrenFn,
) -> AnyView {
    let locale = use_locale();
    let children = StoredValue::new(children);
    let stage = Memo::new(move |_| stage.get());
    let absent = Memo::new(move |_| stage.with(|stage| *stage == Stage::Absent));
    let content = move || match stage.get() {
        Stage::Coming => view! {
            <ul class="skeleton-lines" aria-hidden="true">
                {(0..4).map(|_| view! { <li></li> }).collect_view()}
            </ul>
        }
        .into_any(),
        Stage::Failed(error) => {
            view! { <Failed message=locale.error(&error) retry=retry /> }.into_any()
        }
        Stage::Absent => ().into_any(),
        Stage::Here => children.with_value(|children| children()).into_any(),
    };
    view! {
        <section class="panel part" aria-labelledby=id hidden=absent>
            <div class="part-head">
                <h2 id=id tabindex="-1">{title}</h2>
                {all.map(|(href, name)| view! { <a href=href>{name}</a> })}
            </div>
            {content}
        </section>
    }
    .into_any()
}
