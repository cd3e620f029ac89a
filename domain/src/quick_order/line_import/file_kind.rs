//! What a file is, by how it begins: text, a workbook, or something that holds no text to read.

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Nothing stands in it.
    Empty,
    /// Text, in whichever encoding.
    Text,
    /// An Excel workbook that can be read.
    Workbook,
    /// A workbook of Excel before 2007.
    OldWorkbook,
    /// A workbook with a password.
    LockedWorkbook,
    /// A spreadsheet of another program or form: `OpenDocument`, Numbers, binary Excel.
    OtherSpreadsheet,
    /// A PDF.
    Pdf,
    /// A picture.
    Image,
    /// A document of a word processor, or slides.
    Document,
    /// An archive of files.
    Archive,
    /// A web page, which programs save under the names of spreadsheets too.
    WebPage,
    /// Anything else that is no text.
    Binary,
}

/// How far into a file its kind is looked for.
const HEAD: usize = 4_096;

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// What a file is.
pub fn kind_of(bytes: &[u8]) -> FileKind {
    let head = &bytes[..bytes.len().min(HEAD)];
    if bytes.iter().all(|byte| {
        matches!(
            byte,
            0xEF | 0xBB | 0xBF | 0xFE | 0xFF | b'\r' | b'\n' | b' ' | b'\t'
        )
    }) {
        return FileKind::Empty;
    }
    let begins = |with: &[&[u8]]| with.iter().any(|with| head.starts_with(with));
    if begins(&[b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"]) {
        return zip(bytes);
    }
    if begins(&[b"\xD0\xCF\x11\xE0"]) {
        return compound(bytes);
    }
    if holds(&head[..head.len().min(1_024)], b"%PDF-") {
        return FileKind::Pdf;
    }
    let boxed = head.get(4..8).is_some_and(|kind| kind == b"ftyp")
        || (begins(&[b"RIFF"]) && head.get(8..12).is_some_and(|kind| kind == b"WEBP"));
    let picture: [&[u8]; 7] = [
        b"\x89PNG",
        b"\xFF\xD8\xFF",
        b"GIF87a",
        b"GIF89a",
        b"II*\0",
        b"MM\0*",
        b"\0\0\x01\0",
    ];
    if begins(&picture) || boxed || (begins(&[b"BM"]) && head.contains(&0)) {
        return FileKind::Image;
    }
    if begins(&[
        b"\x1F\x8B",
        b"7z\xBC\xAF",
        b"Rar!\x1A",
        b"BZh91AY",
        b"\xFD7zXZ",
        b"\x28\xB5\x2F\xFD",
    ]) {
        return FileKind::Archive;
    }
    if begins(&[b"{\\rtf"]) {
        return FileKind::Document;
    }
    if is_web_page(head) {
        return FileKind::WebPage;
    }
    if is_binary(bytes) {
        return FileKind::Binary;
    }
    FileKind::Text
}

/// What a ZIP archive is, by the names of the files in it, which stand in it as they are.
fn zip(bytes: &[u8]) -> FileKind {
    let named = |names: &[&[u8]]| names.iter().any(|name| holds(bytes, name));
    if named(&[b"EncryptedPackage"]) {
        return FileKind::LockedWorkbook;
    }
    if named(&[
        b"xl/workbook.bin",
        b"application/vnd.oasis.opendocument.spreadsheet",
        b"Index/Document.iwa",
        b"Index.zip",
    ]) {
        return FileKind::OtherSpreadsheet;
    }
    if named(&[b"xl/", b"xl\\", b"XL/"]) {
        return FileKind::Workbook;
    }
    if named(&[b"word/", b"ppt/", b"application/vnd.oasis.opendocument"]) {
        return FileKind::Document;
    }
    // A workbook's parts may have any names, but for this one.
    if named(&[b"[Content_Types].xml"]) {
        return FileKind::Workbook;
    }
    FileKind::Archive
}

/// What an older file of Microsoft Office is, by the names of the streams in it, which are in UTF-16.
fn compound(bytes: &[u8]) -> FileKind {
    let named = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        holds(bytes, &wide)
    };
    if named("EncryptedPackage") {
        FileKind::LockedWorkbook
    } else if named("WordDocument") || named("PowerPoint Document") || named("__properties_version")
    {
        FileKind::Document
    } else {
        FileKind::OldWorkbook
    }
}

fn is_web_page(head: &[u8]) -> bool {
    let text: Vec<u8> = head
        .iter()
        .filter(|byte| **byte != 0)
        .map(u8::to_ascii_lowercase)
        .collect();
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text);
    let text = text.trim_ascii_start();
    let begins = |with: &[&[u8]]| with.iter().any(|with| text.starts_with(with));
    begins(&[
        b"<!doctype html",
        b"<html",
        b"<table",
        b"<head",
        b"<body",
        b"<meta",
        b"<script",
    ]) || (begins(&[b"<?xml", b"<workbook", b"mime-version:"])
        && (begins(&[b"mime-version:"])
            || holds(text, b"<html")
            || holds(text, b"workbook")
            || holds(text, b"worksheet")))
}

/// Whether a file is no text: signs that no text holds. Every second or third byte of UTF-16 and UTF-32 may be
/// nothing.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(65_536)];
    let strange = head
        .iter()
        .filter(|byte| matches!(byte, 1..=8 | 11 | 14..=26 | 28..=31 | 127))
        .count();
    !super::encoding::is_wide(head) && (head.contains(&0) || strange * 50 > head.len())
}
