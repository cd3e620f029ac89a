//! Reading an Excel workbook: the code for it is a module of its own, which comes when one is chosen.

use crate::domain::quick_order::line_import::{Regional, Workbook, read_workbook};

/// The code could not be loaded.
#[derive(Debug)]
pub(crate) struct ReaderMissing;

/// What is to be read.
pub(crate) struct Wanted {
    /// The file.
    pub(crate) bytes: std::sync::Arc<Vec<u8>>,
    /// The sheet, where one was chosen.
    pub(crate) sheet: Option<usize>,
    /// How numbers and days are written here.
    pub(crate) regional: Regional,
}

/// The workbook; none when it is none that can be read.
pub(crate) async fn read(wanted: Wanted) -> Result<Option<Workbook>, ReaderMissing> {
    book(wanted).await.map_err(|_| ReaderMissing)
}

fn read_now(wanted: &Wanted) -> Option<Workbook> {
    read_workbook(&wanted.bytes, wanted.sheet, wanted.regional)
}

#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(workbook, wasm_split_path = ::leptos::wasm_split, fallible)]
#[allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "the splitter puts the failure to load into it"
)]
fn book(wanted: Wanted) -> Result<Option<Workbook>, leptos::wasm_split::SplitLoaderError> {
    Ok(read_now(&wanted))
}

#[cfg(not(feature = "split"))]
#[allow(
    clippy::needless_pass_by_value,
    reason = "the splitter's own shape takes it by value"
)]
fn book(wanted: Wanted) -> std::future::Ready<Result<Option<Workbook>, std::convert::Infallible>> {
    std::future::ready(Ok(read_now(&wanted)))
}
