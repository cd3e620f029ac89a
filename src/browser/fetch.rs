//! Requests (`fetch`).

pub(crate) use gloo_net::http::{Headers, Method, Request, RequestBuilder, Response};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The body as a file, a `Blob`, once it has come.
pub(crate) fn file(response: Response) -> Result<JsFuture, JsValue> {
    let body = web_sys::Response::from(response).blob()?;
    Ok(JsFuture::from(body))
}
