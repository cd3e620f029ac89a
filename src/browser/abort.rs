//! Giving up what is on its way (`AbortController`).

use web_sys::js_sys::Array;
pub(crate) use web_sys::{AbortController, AbortSignal};

/// Aborted as soon as one of the two is.
pub(crate) fn either(one: &AbortSignal, other: &AbortSignal) -> AbortSignal {
    AbortSignal::any(&Array::of2(one, other).into())
}
