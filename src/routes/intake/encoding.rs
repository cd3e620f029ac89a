//! Encodings in words: whose letters they hold, and what they are called.

use crate::locale::Locale;

/// An encoding, by the label that browsers know it by, in words: `Japanese (Shift-JIS)`.
pub(super) fn in_words(locale: Locale, label: &str) -> String {
    let (letters, name) = match label {
        "utf-8" => return "Unicode (UTF-8)".to_owned(),
        "utf-16le" => return "Unicode (UTF-16 LE)".to_owned(),
        "utf-16be" => return "Unicode (UTF-16 BE)".to_owned(),
        "windows-1252" => ("intake.letters_western", "Windows-1252"),
        "iso-8859-15" => ("intake.letters_western", "ISO-8859-15"),
        "macintosh" => ("intake.letters_western", "Macintosh"),
        "windows-1250" => ("intake.letters_central", "Windows-1250"),
        "iso-8859-2" => ("intake.letters_central", "ISO-8859-2"),
        "windows-1251" => ("intake.letters_cyrillic", "Windows-1251"),
        "iso-8859-5" => ("intake.letters_cyrillic", "ISO-8859-5"),
        "koi8-r" => ("intake.letters_cyrillic", "KOI8-R"),
        "koi8-u" => ("intake.letters_cyrillic", "KOI8-U"),
        "ibm866" => ("intake.letters_cyrillic", "DOS 866"),
        "windows-1253" => ("intake.letters_greek", "Windows-1253"),
        "windows-1254" => ("intake.letters_turkish", "Windows-1254"),
        "windows-1255" => ("intake.letters_hebrew", "Windows-1255"),
        "windows-1256" => ("intake.letters_arabic", "Windows-1256"),
        "windows-1257" => ("intake.letters_baltic", "Windows-1257"),
        "windows-1258" => ("intake.letters_vietnamese", "Windows-1258"),
        "windows-874" => ("intake.letters_thai", "Windows-874"),
        "shift_jis" => ("intake.letters_japanese", "Shift-JIS"),
        "euc-jp" => ("intake.letters_japanese", "EUC-JP"),
        "iso-2022-jp" => ("intake.letters_japanese", "ISO-2022-JP"),
        "gb18030" => ("intake.letters_simplified", "GB 18030"),
        "big5" => ("intake.letters_traditional", "Big5"),
        "euc-kr" => ("intake.letters_korean", "EUC-KR"),
        other => return other.to_owned(),
    };
    locale.text_with(letters, &[("name", name)])
}

#[cfg(test)]
mod tests {
    use crate::domain::quick_order::line_import::ENCODINGS;

    #[test]
    fn every_encoding_has_a_name() {
        let source = include_str!("encoding.rs");
        for label in ENCODINGS {
            let arm = format!("        \"{label}\" => ");
            assert!(source.contains(&arm), "{label}");
        }
    }
}
