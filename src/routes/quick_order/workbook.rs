//! Reading an Excel workbook: the code for it is a module of its own, which comes when one is chosen.

use crate::domain::order_lines::{Sheet, first_sheet};

/// The code could not be loaded.
#[derive(Debug)]
pub struct ReaderMissing;

/// The first sheet that holds anything; none when `bytes` is no workbook that can be read.
pub async fn read(bytes: Vec<u8>) -> Result<Option<Sheet>, ReaderMissing> {
    sheet(bytes).await.map_err(|_| ReaderMissing)
}

#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(workbook, wasm_split_path = ::leptos::wasm_split, fallible)]
#[allow(
    clippy::unnecessary_wraps,
    reason = "the splitter puts the failure to load into it"
)]
fn sheet(bytes: Vec<u8>) -> Result<Option<Sheet>, leptos::wasm_split::SplitLoaderError> {
    Ok(first_sheet(bytes))
}

#[cfg(not(feature = "split"))]
fn sheet(bytes: Vec<u8>) -> std::future::Ready<Result<Option<Sheet>, std::convert::Infallible>> {
    std::future::ready(Ok(first_sheet(bytes)))
}
