//! A file or a pasted text as a table, and how it was read.

use std::sync::Arc;
use web_sys::File;

use super::{
    markup,
    workbook::{self, Wanted},
};
use crate::{
    browser::{page, upload},
    domain::{
        lists::saved_list::OrderList,
        orders::reorder::ItemSnapshot,
        quick_order::line_import::{
            FileKind, Include, Regional, SheetName, Table, Workbook, kind_of, named_encoding,
            read_as, reading,
        },
    },
    locale::Locale,
};

/// The largest file that is read, in bytes: some hundred thousand lines.
const LARGEST: f64 = 8_000_000.0;

/// A table that came, and where it is from.
#[derive(Clone)]
pub(crate) struct Opened {
    /// What it is called: the file's name, and the sheet's.
    pub(crate) name: String,
    /// The name of the file.
    pub(crate) file: String,
    /// The cells.
    pub(crate) table: Table,
    /// The list in a file of this shop.
    pub(crate) list: Option<Arc<OrderList>>,
    /// How it was read.
    pub(crate) source: Source,
}

/// How a table was read.
#[derive(Clone)]
pub(crate) enum Source {
    /// From a text, or a file that can be read in one way only.
    Sure,
    /// From a text whose encoding is guessed or chosen.
    Text {
        /// The file.
        bytes: Arc<Vec<u8>>,
        /// The encoding's label.
        encoding: String,
    },
    /// From a sheet of a workbook.
    Sheet {
        /// The file.
        bytes: Arc<Vec<u8>>,
        /// All sheets.
        sheets: Vec<SheetName>,
        /// Which of them.
        chosen: usize,
    },
}

/// Another way to read it.
pub(crate) enum Change {
    /// In another encoding.
    Encoding(String),
    /// Another sheet.
    Sheet(usize),
}

/// Reads a file; what is wrong with it, as a sentence.
pub(crate) async fn open(locale: Locale, file: &File) -> Result<Opened, String> {
    let name = file.name();
    let wrong = |key: &str| locale.text_with(key, &[("name", &name)]);
    if file.size() > LARGEST {
        return Err(wrong("intake.large_file"));
    }
    let bytes = upload::bytes_of(file)
        .await
        .ok_or_else(|| wrong("intake.unreadable_file"))?;
    let refused = match kind_of(&bytes) {
        FileKind::Workbook => {
            return open_sheet(locale, name, Arc::new(bytes), None).await;
        }
        FileKind::Text => {
            let read = reading(&bytes, &page::languages(), &upload::decoded);
            if read.text.trim_start().starts_with('{') {
                return list(name.clone(), &read.text).ok_or_else(|| wrong("intake.no_list"));
            }
            let source = if read.sure {
                Source::Sure
            } else {
                Source::Text {
                    bytes: Arc::new(bytes),
                    encoding: read.encoding.to_owned(),
                }
            };
            return Opened::of(Table::read(&read.text), source).named(locale, name);
        }
        FileKind::Empty => "intake.empty_file",
        FileKind::OldWorkbook => "intake.old_workbook",
        FileKind::LockedWorkbook => "intake.locked_workbook",
        FileKind::OtherSpreadsheet => "intake.other_spreadsheet",
        FileKind::Pdf => "intake.pdf",
        FileKind::Image => "intake.image",
        FileKind::Document => "intake.document",
        FileKind::Archive => "intake.archive",
        FileKind::WebPage => {
            let (text, source) = page_text(bytes);
            let table = markup::table_in(&text).ok_or_else(|| wrong("intake.web_page"))?;
            return Opened::of(table, source).named(locale, name);
        }
        FileKind::Binary => "intake.binary",
    };
    Err(wrong(refused))
}

/// The text of a web page or of XML, in the encoding that it names itself or else in the most plausible one.
fn page_text(bytes: Vec<u8>) -> (String, Source) {
    let read = reading(&bytes, &page::languages(), &upload::decoded);
    if read.sure {
        return (read.text, Source::Sure);
    }
    let named = named_encoding(&bytes).and_then(|label| upload::decoded(&label, &bytes));
    if let Some(text) = named {
        return (text, Source::Sure);
    }
    let source = Source::Text {
        bytes: Arc::new(bytes),
        encoding: read.encoding.to_owned(),
    };
    (read.text, source)
}

/// The list in a file of this shop.
fn list(name: String, text: &str) -> Option<Opened> {
    let list = OrderList::from_json(text)?;
    let row = |line: &ItemSnapshot| vec![line.sku.clone(), line.quantity.to_string()];
    let rows = list.lines.iter().map(row).collect();
    Some(Opened {
        list: Some(Arc::new(list)),
        name: name.clone(),
        file: name,
        ..Opened::of(Table::of_rows(rows), Source::Sure)
    })
}

async fn open_sheet(
    locale: Locale,
    name: String,
    bytes: Arc<Vec<u8>>,
    sheet: Option<usize>,
) -> Result<Opened, String> {
    let wrong = |key: &str| locale.text_with(key, &[("name", &name)]);
    let wanted = Wanted {
        bytes: Arc::clone(&bytes),
        sheet,
        regional: Regional::of(&locale.tag()),
    };
    let book = workbook::read(wanted)
        .await
        .map_err(|_| wrong("intake.reader_missing"))?;
    let book = book.ok_or_else(|| wrong("intake.unreadable_workbook"))?;
    let Workbook {
        sheets,
        chosen,
        table,
    } = book;
    let title = sheets.get(chosen).map_or("", |sheet| sheet.name.as_str());
    let title = locale.text_with("intake.sheet_of", &[("name", &name), ("sheet", title)]);
    let source = Source::Sheet {
        bytes,
        sheets,
        chosen,
    };
    let opened = Opened::of(table, source);
    // A sheet that was chosen is shown, whatever is on it.
    let opened = match sheet {
        Some(_) => opened,
        None => opened.named(locale, name.clone())?,
    };
    Ok(Opened {
        name: title,
        file: name,
        ..opened
    })
}

impl Opened {
    fn of(table: Table, source: Source) -> Self {
        Self {
            name: String::new(),
            file: String::new(),
            table,
            list: None,
            source,
        }
    }

    /// A pasted text, which has no name yet.
    pub(crate) fn pasted(text: &str) -> Self {
        Self::of(Table::read(text), Source::Sure)
    }

    /// It with its name; where there is no line in it and nothing to choose, a sentence that says so.
    pub(crate) fn named(mut self, locale: Locale, name: String) -> Result<Self, String> {
        let wrong = |key: &str| locale.text_with(key, &[("name", &name)]);
        let columns = self.table.guess();
        let (lines, left) = self.table.take(columns, Include::default());
        if lines.is_empty() && !self.has_sheets() && left.is_nothing() {
            return Err(match columns.header {
                Some(_) => wrong("intake.only_names"),
                None => wrong("intake.empty_file"),
            });
        }
        self.file.clone_from(&name);
        self.name = name;
        Ok(self)
    }

    /// Whether a sheet can be chosen.
    fn has_sheets(&self) -> bool {
        matches!(&self.source, Source::Sheet { sheets, .. } if sheets.len() > 1)
    }

    /// Whether nothing about it has to be looked at: it can be read in one way only, all of it is lines, and
    /// nothing in it is doubtful.
    pub(crate) fn is_plain(&self) -> bool {
        let columns = self.table.guess();
        let sure = match &self.source {
            Source::Sure => true,
            Source::Text { .. } => false,
            Source::Sheet { .. } => !self.has_sheets(),
        };
        sure && self.table.hidden_columns() == 0
            && self.table.take(columns, Include::default()).1.is_nothing()
    }

    /// It, read in another way.
    pub(crate) async fn changed(self, locale: Locale, change: Change) -> Result<Self, String> {
        match (change, self.source) {
            (Change::Encoding(encoding), Source::Text { bytes, .. }) => {
                let text = read_as(&bytes, &encoding, &upload::decoded);
                let table = match kind_of(&bytes) {
                    FileKind::WebPage => markup::table_in(&text).unwrap_or_default(),
                    _ => Table::read(&text),
                };
                let source = Source::Text { bytes, encoding };
                Ok(Self {
                    name: self.name,
                    file: self.file,
                    ..Self::of(table, source)
                })
            }
            (Change::Sheet(sheet), Source::Sheet { bytes, .. }) => {
                open_sheet(locale, self.file, bytes, Some(sheet)).await
            }
            (_, source) => Ok(Self { source, ..self }),
        }
    }
}
