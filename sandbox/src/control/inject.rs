//! Where latency and faults strike: between the router and the API's handlers.

use std::time::Duration;

use axum::{
    body::{Body, to_bytes},
    extract::{ConnectInfo, MatchedPath, Request, State as FromState},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    connection::Link,
    control::{Effect, Fault},
    problem::Problem,
    state::State,
};

const PROXY_PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

/// Lets latency pass and the first matching fault strike.
pub(crate) async fn inject(
    FromState(state): FromState<State>,
    request: Request,
    next: Next,
) -> Response {
    if !state.options.latency.is_zero() {
        tokio::time::sleep(state.options.latency).await;
    }
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned())
        .unwrap_or_default();
    let Some(fault) = state.faults.strike(request.method().as_str(), &route) else {
        return next.run(request).await;
    };
    pause(fault.delay_ms).await;
    let switch = request
        .extensions()
        .get::<ConnectInfo<Link>>()
        .map(|info| info.0.switch.clone());
    let mut response = match fault.effect {
        // After the work of `CutAfter`, and instead of that of `CutBefore`, the connection is cut: nobody sees an answer.
        Effect::Delay | Effect::CutAfter => next.run(request).await,
        Effect::Status => status(&fault),
        Effect::Html => html(&fault),
        Effect::CutBefore => StatusCode::BAD_GATEWAY.into_response(),
        Effect::Malformed => malformed(next.run(request).await).await,
        Effect::Empty => {
            let (mut parts, _) = next.run(request).await.into_parts();
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, Body::empty())
        }
    };
    pause(fault.late_ms).await;
    if let (Effect::CutBefore | Effect::CutAfter, Some(switch)) = (fault.effect, switch) {
        switch.cut();
    }
    if let Some(seconds) = fault.retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

async fn pause(milliseconds: Option<u64>) {
    if let Some(milliseconds) = milliseconds {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
}

fn status(fault: &Fault) -> Response {
    let code = fault
        .status
        .and_then(|code| StatusCode::from_u16(code).ok())
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match &fault.body {
        Some(body) => written(
            code,
            body.clone(),
            fault.content_type.as_deref().unwrap_or("application/json"),
        ),
        None => Problem::new(code)
            .detail("A fault of the sandbox.")
            .into_response(),
    }
}

fn html(fault: &Fault) -> Response {
    let code = fault
        .status
        .and_then(|code| StatusCode::from_u16(code).ok())
        .unwrap_or(StatusCode::BAD_GATEWAY);
    let body = fault.body.clone().unwrap_or_else(|| PROXY_PAGE.to_owned());
    written(
        code,
        body,
        fault.content_type.as_deref().unwrap_or("text/html"),
    )
}

fn written(code: StatusCode, body: String, content_type: &str) -> Response {
    let content_type = HeaderValue::from_str(content_type)
        .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"));
    (code, [(header::CONTENT_TYPE, content_type)], body).into_response()
}

/// The answer's first half, which is never valid JSON.
async fn malformed(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let half = if whole.len() < 4 {
        "{\"data\":[{\"sku\":\"".into()
    } else {
        whole.slice(..whole.len() / 2)
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(half))
}
