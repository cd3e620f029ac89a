//! Barcodes: from the camera where the browser reads them (`BarcodeDetector`), and from scanners that type like
//! a keyboard, wherever the focus is.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlVideoElement, MediaStream, MediaStreamTrack};

use super::words;
use crate::{
    browser::{keys, time},
    components::{
        button::{Button, Look},
        dialog::Dialog,
    },
    domain::values::clocks::Reading,
    locale::use_locale,
    state::quick_order::pad::PadState,
};

/// The longest time between two keys of a scanner, in milliseconds: nobody types that fast.
const KEY_MS: i64 = 40;
/// The shortest code that is taken for a scanned one.
const SHORTEST: usize = 6;
/// How often the camera's picture is looked at, in milliseconds.
const LOOK_MS: i32 = 180;
/// The same code again within this time, in milliseconds, is the same look at it.
const AGAIN_MS: i64 = 1_500;

/// The button `Scan`, where the browser can; and the ear for scanners.
#[component]
pub(crate) fn Scan(
    /// The pad.
    pad: PadState,
    /// What assistive technology says about a change.
    said: RwSignal<String>,
) -> AnyView {
    let locale = use_locale();
    let heard = RwSignal::new(String::new());
    let take = move |code: &str| {
        let (at, code) = pad.scan(code);
        let line = words::number(locale, at);
        let text = locale.text_with("pad.scanned", &[("code", &code), ("line", &line)]);
        heard.set(text.clone());
        said.set(text);
        pad.go_to(at, None);
    };
    listen(take);
    let open = RwSignal::new(false);
    let button = can_scan().then(|| {
        view! {
            <Button press=move |()| open.set(true) label=locale.text("pad.scan") />
        }
    });
    let camera = move || {
        open.get().then(|| {
            view! { <Camera take=Callback::new(move |code: String| take(&code)) heard=heard close=Callback::new(move |()| open.set(false)) /> }
        })
    };
    view! {
        {button}
        {camera}
    }
    .into_any()
}

/// Hears a scanner that types while no field has the focus: keys in quick succession, ended by Enter or Tab.
fn listen(take: impl Fn(&str) + 'static) {
    let typed = StoredValue::new((String::new(), Reading::NEVER));
    let keys = window_event_listener(ev::keydown, move |event| {
        let target: Option<Element> = event.target().and_then(|it| it.dyn_into().ok());
        let in_field = target.is_some_and(|it| {
            it.closest("input, textarea, select, [role=dialog]")
                .ok()
                .flatten()
                .is_some()
        });
        let ends_field = keys::ends_field(&event);
        let held = event.ctrl_key() || event.meta_key() || event.alt_key();
        if in_field || (held && !ends_field) {
            return;
        }
        let Some(key) = keys::pressed(&event) else {
            return;
        };
        let (mut code, last) = typed.get_value();
        let now = time::reading();
        if last.age(now) > KEY_MS {
            code.clear();
        }
        if key == "Enter" || key == "Tab" {
            if code.len() >= SHORTEST {
                // It would press the button that has the focus, or take the focus away.
                event.prevent_default();
                take(&code);
            }
            code.clear();
        } else if ends_field {
            code.push('\u{1D}');
        } else if key.chars().count() == 1 {
            code.push_str(&key);
        }
        typed.set_value((code, now));
    });
    on_cleanup(move || keys.remove());
}

fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(of, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

fn media_devices() -> Option<JsValue> {
    member(&window().navigator(), "mediaDevices")
}

/// Whether the browser reads barcodes and has a way to a camera.
fn can_scan() -> bool {
    member(&window(), "BarcodeDetector").is_some() && media_devices().is_some()
}

/// The rear camera's picture.
async fn picture() -> Option<MediaStream> {
    let devices = media_devices()?;
    let wanted = Object::new();
    let video = Object::new();
    Reflect::set(&video, &"facingMode".into(), &"environment".into()).ok()?;
    Reflect::set(&wanted, &"video".into(), &video).ok()?;
    let ask: Function = member(&devices, "getUserMedia")?.dyn_into().ok()?;
    let promise: Promise = ask.call1(&devices, &wanted).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// The codes in the picture.
async fn codes(detector: &JsValue, video: &HtmlVideoElement) -> Vec<String> {
    let found = async {
        let detect: Function = member(detector, "detect")?.dyn_into().ok()?;
        let promise: Promise = detect.call1(detector, video).ok()?.dyn_into().ok()?;
        let found: Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
        let codes = found
            .iter()
            .filter_map(|code| member(&code, "rawValue")?.as_string());
        Some(codes.collect())
    };
    found.await.unwrap_or_default()
}

/// The dialog with the camera's picture.
#[component]
fn Camera(
    /// Takes a code.
    take: Callback<String>,
    /// What was scanned last.
    heard: RwSignal<String>,
    /// Closes it.
    close: Callback<()>,
) -> AnyView {
    let locale = use_locale();
    let video = NodeRef::<html::Video>::new();
    let failed = RwSignal::new(false);
    let stream = StoredValue::new_local(None::<MediaStream>);
    heard.set(String::new());
    on_cleanup(move || {
        if let Some(stream) = stream.try_update_value(Option::take).flatten() {
            for track in stream.get_tracks().iter() {
                track.unchecked_into::<MediaStreamTrack>().stop();
            }
        }
    });
    Effect::new(move |_| {
        let Some(video) = video.get() else { return };
        spawn_local(async move {
            let detector = member(&window(), "BarcodeDetector").and_then(|class| {
                Reflect::construct::<fn() -> JsValue>(class.unchecked_ref(), &Array::new()).ok()
            });
            let (Some(detector), Some(picture)) = (detector, picture().await) else {
                failed.try_set(true);
                return;
            };
            video.set_src_object(Some(&picture));
            if let Ok(playing) = video.play() {
                // Closed before it plays: nothing to see any more.
                spawn_local(async move {
                    let _ = JsFuture::from(playing).await;
                });
            }
            // Closed meanwhile: the camera goes off at once.
            if stream.try_set_value(Some(picture.clone())).is_some() {
                for track in picture.get_tracks().iter() {
                    track.unchecked_into::<MediaStreamTrack>().stop();
                }
                return;
            }
            let mut last = (String::new(), Reading::NEVER);
            while stream.try_with_value(Option::is_some) == Some(true) {
                for code in codes(&detector, &video).await {
                    let now = time::reading();
                    let again = code == last.0 && last.1.age(now) < AGAIN_MS;
                    last = (code.clone(), now);
                    if !again {
                        take.run(code);
                    }
                }
                time::sleep(LOOK_MS).await;
            }
        });
    });
    view! {
        <Dialog class="pad-camera" named_by="pad-camera-name" close=close>
            <h2 id="pad-camera-name">{locale.text("pad.scan")}</h2>
            <video node_ref=video muted playsinline aria-label=locale.text("pad.camera")></video>
            <p class="hint">{locale.text("pad.scan_hint")}</p>
            <p class="field-error" role="alert">
                {move || failed.get().then(|| locale.text("pad.no_camera"))}
            </p>
            <p role="status">{heard}</p>
            <Button
                look=Look::Wide
                press=move |()| close.run(())
                label=locale.text("pad.scan_done")
            />
        </Dialog>
    }
    .into_any()
}
