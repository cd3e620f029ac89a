//! The parts of a workbook, which is a ZIP archive of XML: its sheets, its texts, its number formats.

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};
use zip::ZipArchive;

use super::{Regional, SheetName, number_format::Format};

/// The largest part that is unpacked, in bytes: a small archive may unpack to anything.
const LARGEST_PART: u64 = 200_000_000;

/// The archive.
pub(super) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The names of its parts, by their small letters and with plain bars.
    names: BTreeMap<String, usize>,
    /// The part that names the sheets.
    workbook: String,
    /// Where the parts are that it refers to, with their kinds.
    related: BTreeMap<String, (String, String)>,
}

/// A sheet and where it is.
pub(super) struct SheetPart {
    pub(super) name: SheetName,
    pub(super) part: String,
}

/// How cells look.
#[derive(Default)]
pub(super) struct Look {
    /// The formats, by their numbers.
    formats: BTreeMap<u32, Format>,
    /// The format's number of each style.
    styles: Vec<u32>,
    /// Whether days are counted from 1904.
    pub(super) from_1904: bool,
}

/// The value of an attribute, whatever the namespace's prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten();
    let mut found = found.filter(|it| it.key.local_name().as_ref() == name);
    let value = found
        .next()?
        .normalized_value(XmlVersion::Implicit1_0)
        .ok()?;
    Some(value.into_owned())
}

/// Whether an attribute that says yes or no says yes.
pub(super) fn says_yes(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
}

/// Reads XML: each element's begin, with those that are empty opened and closed.
pub(super) fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    reader
}

/// Adds what an event within an element is as text.
pub(super) fn add_text(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(found) => text.push_str(&found.xml10_content()),
        Event::CData(found) => text.push_str(&found.xml10_content()),
        Event::GeneralRef(found) => match found.resolve_char_ref() {
            Ok(Some(sign)) => text.push(sign),
            _ => {
                text.push_str(
                    resolve_predefined_entity(&found.xml10_content()).unwrap_or_default(),
                );
            }
        },
        _ => {}
    }
}

/// The text of `<si>` or `<is>`, whose begin was read: all of its runs, without what says how they are read aloud.
pub(super) fn rich_text(xml: &mut Reader<&[u8]>, closing: &str) -> Option<String> {
    let (mut text, mut aloud, mut within) = (String::new(), false, false);
    loop {
        let event = xml.read_event().ok()?;
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "rPh" => aloud = true,
                "t" => within = !aloud,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "rPh" => aloud = false,
                "t" => within = false,
                name if name == closing => return Some(unescaped(&text)),
                _ => {}
            },
            Event::Eof => return None,
            event if within => add_text(&mut text, event),
            _ => {}
        }
    }
}

/// A text with `_x000D_` and the like as the signs they stand for.
pub(super) fn unescaped(text: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let code = rest
            .strip_prefix("_x")
            .and_then(|it| it.get(..5))
            .and_then(|it| it.strip_suffix('_'));
        if let Some(unit) = code.and_then(|code| u16::from_str_radix(code, 16).ok()) {
            units.push(unit);
            rest = &rest[7..];
        } else {
            units.extend(sign.encode_utf16(&mut [0; 2]).iter());
            rest = &rest[sign.len_utf8()..];
        }
    }
    String::from_utf16_lossy(&units)
}

/// The path of `target` as it is named in the folder of `part`.
fn resolved(part: &str, target: &str) -> String {
    let from = target.strip_prefix('/');
    let mut path: Vec<&str> = match from {
        Some(_) => Vec::new(),
        None => part.split('/').collect(),
    };
    path.pop();
    for step in from.unwrap_or(target).split('/') {
        match step {
            ".." => {
                path.pop();
            }
            "." | "" => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

impl<'a> Parts<'a> {
    /// Opens the archive; none when it is no workbook.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let entry = |at: usize| {
            let name = archive.name_for_index(at)?.ok()?;
            Some((name.replace('\\', "/").to_lowercase(), at))
        };
        let names = (0..archive.len()).filter_map(entry).collect();
        let mut parts = Self {
            archive,
            names,
            workbook: String::new(),
            related: BTreeMap::new(),
        };
        let root = parts.relations("")?;
        let workbook = root
            .into_values()
            .find(|(_, kind)| kind == "officeDocument")?
            .0;
        parts.related = parts.relations(&workbook)?;
        parts.workbook = workbook;
        Some(parts)
    }

    /// The text of a part; none when it is missing or cannot be unpacked.
    pub(super) fn part(&mut self, name: &str) -> Option<String> {
        let at = *self.names.get(&name.to_lowercase())?;
        let part = self.archive.by_index(at).ok()?;
        let mut bytes = Vec::new();
        let read = part.take(LARGEST_PART + 1).read_to_end(&mut bytes).ok()?;
        let fits = u64::try_from(read).is_ok_and(|read| read <= LARGEST_PART);
        let text = fits.then(|| String::from_utf8(bytes).ok()).flatten()?;
        Some(text.trim_start_matches('\u{FEFF}').to_owned())
    }

    /// What `part` refers to, by the references' names: the parts and their kinds.
    fn relations(&mut self, part: &str) -> Option<BTreeMap<String, (String, String)>> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let bar = if folder.is_empty() { "" } else { "/" };
        let xml = self.part(&format!("{folder}{bar}_rels/{file}.rels"))?;
        let mut reader = reader(&xml);
        let mut found = BTreeMap::new();
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                    let of = |name: &str| attribute(&element, name).unwrap_or_default();
                    let kind = of("Type").rsplit('/').next().unwrap_or_default().to_owned();
                    found.insert(of("Id"), (resolved(part, &of("Target")), kind));
                }
                Event::Eof => return Some(found),
                _ => {}
            }
        }
    }

    /// The sheets of cells, without those that no menu of the spreadsheet shows.
    pub(super) fn sheets(&mut self) -> Option<Vec<SheetPart>> {
        let xml = self.part(&self.workbook.clone())?;
        let mut reader = reader(&xml);
        let mut sheets = Vec::new();
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) if element.local_name().as_ref() == "sheet" => {
                    let state = attribute(&element, "state").unwrap_or_default();
                    // Its own `id` has another prefix than `sheetId`, and the same name in every namespace.
                    let id = attribute(&element, "id").unwrap_or_default();
                    let Some((part, kind)) = self.related.get(&id) else {
                        continue;
                    };
                    if kind == "worksheet" && state != "veryHidden" {
                        let name = attribute(&element, "name").unwrap_or_default();
                        let hidden = state == "hidden";
                        sheets.push(SheetPart {
                            name: SheetName { name, hidden },
                            part: part.clone(),
                        });
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        Some(sheets)
    }

    /// The part of a kind that the workbook refers to.
    fn of_kind(&mut self, kind: &str) -> Option<String> {
        let part = self
            .related
            .values()
            .find(|(_, found)| found == kind)?
            .0
            .clone();
        self.part(&part)
    }

    /// The texts that cells refer to by their places.
    pub(super) fn shared_strings(&mut self) -> Vec<String> {
        let xml = self.of_kind("sharedStrings").unwrap_or_default();
        let mut reader = reader(&xml);
        let mut strings = Vec::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) if element.local_name().as_ref() == "si" => {
                    match rich_text(&mut reader, "si") {
                        Some(text) => strings.push(text),
                        None => return strings,
                    }
                }
                Ok(Event::Eof) | Err(_) => return strings,
                _ => {}
            }
        }
    }

    /// Number formats and how days are counted.
    pub(super) fn look(&mut self) -> Look {
        let mut look = Look::default();
        let workbook = self.part(&self.workbook.clone()).unwrap_or_default();
        let mut xml = reader(&workbook);
        loop {
            match xml.read_event() {
                Ok(Event::Start(element)) if element.local_name().as_ref() == "workbookPr" => {
                    look.from_1904 |= says_yes(&element, "date1904");
                }
                Ok(Event::Eof) | Err(_) => break,
                _ => {}
            }
        }
        let styles = self.of_kind("styles").unwrap_or_default();
        let mut xml = reader(&styles);
        let mut of_cells = false;
        loop {
            match xml.read_event() {
                Ok(Event::Start(element)) => match element.local_name().as_ref() {
                    "numFmt" => {
                        let id = attribute(&element, "numFmtId").and_then(|id| id.parse().ok());
                        if let (Some(id), Some(code)) = (id, attribute(&element, "formatCode")) {
                            look.formats.insert(id, Format::of(&code));
                        }
                    }
                    "cellXfs" => of_cells = true,
                    "xf" if of_cells => {
                        let id = attribute(&element, "numFmtId").and_then(|id| id.parse().ok());
                        look.styles.push(id.unwrap_or(0));
                    }
                    _ => {}
                },
                Ok(Event::End(element)) if element.local_name().as_ref() == "cellXfs" => {
                    of_cells = false;
                }
                Ok(Event::Eof) | Err(_) => return look,
                _ => {}
            }
        }
    }
}

impl Look {
    /// The format of cells of a style; none where numbers have no format.
    pub(super) fn format(&self, style: usize, regional: Regional) -> Option<Format> {
        let id = self.styles.get(style).copied().unwrap_or(0);
        if let Some(format) = self.formats.get(&id) {
            return Some(format.clone());
        }
        let code = match id {
            0 => return None,
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            5..=8 => "$#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            12 => "# ?/?",
            13 => "# ??/??",
            14 => return Some(Format::of_region(regional, false)),
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 => "h:mm",
            21 => "h:mm:ss",
            22 => return Some(Format::of_region(regional, true)),
            37 | 38 => "#,##0 ;(#,##0)",
            39 | 40 => "#,##0.00;(#,##0.00)",
            41 | 42 => "#,##0;-#,##0;\"-\"",
            43 | 44 => "#,##0.00;-#,##0.00;\"-\"",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            48 => "##0.0E+0",
            49 => "@",
            // The days of East Asian calendars, and what no document names: not to be relied on.
            27..=36 | 50..=58 => "b",
            _ => "x",
        };
        Some(Format::of(code))
    }
}
