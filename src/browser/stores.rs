//! The browser's two storages.

pub(super) use web_sys::Storage;

/// This tab's (`sessionStorage`); none where the browser refuses it.
pub(super) fn of_tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// The device's (`localStorage`); none where the browser refuses it.
pub(super) fn of_device() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
