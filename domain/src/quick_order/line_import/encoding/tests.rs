//! Texts in every encoding that spreadsheets and older systems write.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::super::{FileKind, kind_of};
use super::*;

/// As browsers decode.
fn decode(label: &str, bytes: &[u8]) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

fn encoded(text: &str, label: &str) -> Vec<u8> {
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
    let wider = |bytes: fn(u32) -> [u8; 4]| {
        text.chars()
            .flat_map(|sign| bytes(u32::from(sign)))
            .collect()
    };
    match label {
        "utf-16le" => wide(u16::to_le_bytes),
        "utf-16be" => wide(u16::to_be_bytes),
        "utf-32le" => wider(u32::to_le_bytes),
        "utf-32be" => wider(u32::to_be_bytes),
        label => {
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
            let (bytes, _, lossy) = encoding.encode(text);
            assert!(!lossy, "{text:?} cannot be written in {label}");
            bytes.into_owned()
        }
    }
}

const GERMAN: &str = "Artikel;Größe;Menge\r\nMÜLLER-Ø12;groß, für Bögen;3\r\n";
const FRENCH: &str = "Référence;Désignation;Quantité\r\nVIS-8;Vis à tête cœur, forgée;20\r\n";
const JAPANESE: &str = "品番,数量\r\n東京ネジ-01,5\r\nWIDGET-BLU-L,20\r\n";
const POLISH: &str =
    "Indeks;Nazwa;Ilość\r\nSR-8;śruba ocynkowana żółta;20\r\nNK-8;nakrętka zwykła, część;5\r\n";
const CZECH: &str =
    "Kód;Název;Množství\r\nS-8;šroub křížový, větší;20\r\nM-8;podložka těsnicí;5\r\n";
const RUSSIAN: &str = "Артикул;Наименование;Количество\r\nБОЛТ-8;Болт оцинкованный;20\r\n";
const CHINESE: &str = "货号,名称,数量\r\nA-1,不锈钢螺丝,20\r\nB-2,镀锌垫圈,5\r\n";
const TAIWANESE: &str = "品號,名稱,數量\r\nA-1,不鏽鋼螺絲,20\r\nB-2,鍍鋅墊圈,5\r\n";
const KOREAN: &str = "품번,품명,수량\r\nA-1,스테인리스 나사,20\r\nB-2,아연 도금 와셔,5\r\n";
const TURKISH: &str =
    "Ürün kodu;Açıklama;Adet\r\nV-8;Paslanmaz çelik vida, altı köşe, ağır şekil;20\r\n";

#[test]
fn marks_make_it_sure() {
    for (mark, label) in [
        (&b"\xFF\xFE"[..], "utf-16le"),
        (b"\xFE\xFF", "utf-16be"),
        (b"\xFF\xFE\0\0", "utf-32le"),
        (b"\0\0\xFE\xFF", "utf-32be"),
        (b"\xEF\xBB\xBF", "utf-8"),
    ] {
        for text in [GERMAN, JAPANESE, "A-1\t5\r\n"] {
            let bytes = [mark, &encoded(text, label)].concat();
            assert_eq!(reading(&bytes, &[], &decode), sure(text.to_owned(), label));
            assert_eq!(kind_of(&bytes), FileKind::Text, "{label}");
        }
    }
}

#[test]
fn what_has_no_mark_is_sure_by_its_zeros_or_as_utf_8() {
    for label in ["utf-16le", "utf-16be", "utf-32le", "utf-32be", "utf-8"] {
        for text in [
            GERMAN,
            JAPANESE,
            RUSSIAN,
            "SKU\tQty\r\nA-1\t5\r\n",
            "A-1,5\n",
        ] {
            let bytes = encoded(text, label);
            assert_eq!(reading(&bytes, &[], &decode), sure(text.to_owned(), label));
            assert_eq!(kind_of(&bytes), FileKind::Text, "{label} {text}");
        }
    }
    let bytes = encoded(JAPANESE, "iso-2022-jp");
    assert_eq!(
        reading(&bytes, &[], &decode),
        sure(JAPANESE.to_owned(), "iso-2022-jp")
    );
}

/// A file in any encoding is read, or it is said that the encoding is guessed. With the buyer's own language, and for
/// most without a hint.
#[test]
fn other_encodings_are_guessed_and_it_is_said() {
    for (text, label, language) in [
        (GERMAN, "windows-1252", "de"),
        (FRENCH, "windows-1252", "fr"),
        (GERMAN, "macintosh", "de"),
        (FRENCH, "macintosh", "fr"),
        (JAPANESE, "shift_jis", "ja"),
        (JAPANESE, "euc-jp", "ja"),
        (POLISH, "windows-1250", "pl"),
        (POLISH, "iso-8859-2", "pl"),
        (CZECH, "windows-1250", "cs"),
        (CZECH, "iso-8859-2", "cs"),
        (RUSSIAN, "windows-1251", "ru"),
        (RUSSIAN, "koi8-r", "ru"),
        (RUSSIAN, "ibm866", "ru"),
        (CHINESE, "gb18030", "zh-CN"),
        (TAIWANESE, "big5", "zh-TW"),
        (KOREAN, "euc-kr", "ko"),
        (TURKISH, "windows-1254", "tr"),
    ] {
        let bytes = encoded(text, label);
        for languages in [
            vec![language.to_owned()],
            vec!["en-US".to_owned()],
            Vec::new(),
        ] {
            let read = reading(&bytes, &languages, &decode);
            assert_eq!(
                read.text, text,
                "{label} as {} for {languages:?}",
                read.encoding
            );
            assert!(!read.sure, "{label}");
            assert_eq!(kind_of(&bytes), FileKind::Text);
        }
        assert_eq!(read_as(&bytes, label, &decode), text);
    }
    let greek = "Κωδικός;Ποσότητα\r\nΒΙΔΑ-8;20\r\n";
    let read = reading(&encoded(greek, "windows-1253"), &["el".to_owned()], &decode);
    assert_eq!(read.text, greek);
}

#[test]
fn a_single_letter_is_enough() {
    for (text, label) in [
        ("SKU;Qty\r\nMÜLLER;5\r\n", "windows-1252"),
        ("SKU;Qty\r\nA-1 Größe 3;5\r\n", "windows-1252"),
        ("SKU;Qty\r\nCAFÉ-1;5\r\nA\u{a0}1;2\r\n", "windows-1252"),
        ("SKU,Qty\r\nネジ,5\r\n", "shift_jis"),
    ] {
        let read = reading(
            &encoded(text, label),
            &["en-US".to_owned(), "de".to_owned()],
            &decode,
        );
        assert_eq!(read.text, text, "{}", read.encoding);
    }
}

#[test]
fn one_bad_byte_does_not_spoil_utf_8() {
    let mut bytes = GERMAN.repeat(5).into_bytes();
    bytes.extend(b"B-2;\xFF;5\r\n");
    let read = reading(&bytes, &["de".to_owned()], &decode);
    assert_eq!((read.encoding, read.sure), ("utf-8", false));
    assert!(read.text.starts_with(GERMAN));
}

#[test]
fn every_encoding_that_can_be_chosen_is_known() {
    for label in ENCODINGS {
        assert!(
            encoding_rs::Encoding::for_label(label.as_bytes()).is_some(),
            "{label}"
        );
    }
}

/// What is no list is refused with a sentence.
#[test]
fn what_is_no_text_is_known_by_how_it_begins() {
    for (bytes, kind) in [
        (&b""[..], FileKind::Empty),
        (b"\xEF\xBB\xBF\r\n", FileKind::Empty),
        (b"\xFF\xFE", FileKind::Empty),
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3", FileKind::Pdf),
        (b"\n\n%PDF-1.4", FileKind::Pdf),
        (b"\x89PNG\r\n\x1A\n\0\0", FileKind::Image),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF", FileKind::Image),
        (b"GIF89a\x01\0", FileKind::Image),
        (b"RIFF\x24\0\0\0WEBPVP8 ", FileKind::Image),
        (b"\0\0\0\x18ftypheic", FileKind::Image),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on",
            FileKind::OldWorkbook,
        ),
        (
            b"\xD0\xCF\x11\xE0 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
            FileKind::LockedWorkbook,
        ),
        (
            b"\xD0\xCF\x11\xE0 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
            FileKind::Document,
        ),
        (b"PK\x03\x04 xl/workbook.xml", FileKind::Workbook),
        (b"PK\x03\x04 xl/workbook.bin", FileKind::OtherSpreadsheet),
        (
            b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            FileKind::OtherSpreadsheet,
        ),
        (b"PK\x03\x04 word/document.xml", FileKind::Document),
        (b"PK\x03\x04 photo.jpg", FileKind::Archive),
        (b"\x1F\x8B\x08\0\0", FileKind::Archive),
        (b"{\\rtf1\\ansi", FileKind::Document),
        (b"<html><table><tr><td>A-1</td></tr>", FileKind::WebPage),
        (b"\xEF\xBB\xBF <!DOCTYPE HTML>", FileKind::WebPage),
        (
            b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook>",
            FileKind::WebPage,
        ),
        (b"\x7FELF\x02\x01\x01\0\0\0\x03", FileKind::Binary),
        (b"SKU,Qty\nA-1,5\n", FileKind::Text),
        (b"{\"format\":\"order-list\"}", FileKind::Text),
        (b"<A-1>,5\n", FileKind::Text),
        (b"BMW-1,5\n", FileKind::Text),
    ] {
        assert_eq!(kind_of(bytes), kind, "{:?}", String::from_utf8_lossy(bytes));
    }
}

proptest! {
    /// Whatever the bytes are, they are read without a failure, and UTF-8 is read as it is.
    #[test]
    fn anything_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "\\PC{1,80}") {
        let _ = kind_of(&bytes);
        let _ = reading(&bytes, &["ja".to_owned()], &decode);
        for label in ENCODINGS {
            let _ = read_as(&bytes, label, &decode);
        }
        prop_assert_eq!(reading(text.as_bytes(), &[], &decode).text, text.trim_start_matches('\u{FEFF}'));
    }
}
