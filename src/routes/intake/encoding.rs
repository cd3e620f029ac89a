//! Encodings in words: whose letters they hold, and what they are called.

use crate::locale::Locale;

/// Encodings by the label that browsers know them by, with their letters, as a message, and their names.
const OF_LETTERS: [(&str, &str, &str); 23] = [
    ("windows-1252", "intake.letters_western", "Windows-1252"),
    ("iso-8859-15", "intake.letters_western", "ISO-8859-15"),
    ("macintosh", "intake.letters_western", "Macintosh"),
    ("windows-1250", "intake.letters_central", "Windows-1250"),
    ("iso-8859-2", "intake.letters_central", "ISO-8859-2"),
    ("windows-1251", "intake.letters_cyrillic", "Windows-1251"),
    ("iso-8859-5", "intake.letters_cyrillic", "ISO-8859-5"),
    ("koi8-r", "intake.letters_cyrillic", "KOI8-R"),
    ("koi8-u", "intake.letters_cyrillic", "KOI8-U"),
    ("ibm866", "intake.letters_cyrillic", "DOS 866"),
    ("windows-1253", "intake.letters_greek", "Windows-1253"),
    ("windows-1254", "intake.letters_turkish", "Windows-1254"),
    ("windows-1255", "intake.letters_hebrew", "Windows-1255"),
    ("windows-1256", "intake.letters_arabic", "Windows-1256"),
    ("windows-1257", "intake.letters_baltic", "Windows-1257"),
    ("windows-1258", "intake.letters_vietnamese", "Windows-1258"),
    ("windows-874", "intake.letters_thai", "Windows-874"),
    ("shift_jis", "intake.letters_japanese", "Shift-JIS"),
    ("euc-jp", "intake.letters_japanese", "EUC-JP"),
    ("iso-2022-jp", "intake.letters_japanese", "ISO-2022-JP"),
    ("gb18030", "intake.letters_simplified", "GB 18030"),
    ("big5", "intake.letters_traditional", "Big5"),
    ("euc-kr", "intake.letters_korean", "EUC-KR"),
];
/// Those of all letters, which need no word about them.
const OF_ALL: [(&str, &str); 3] = [
    ("utf-8", "Unicode (UTF-8)"),
    ("utf-16le", "Unicode (UTF-16 LE)"),
    ("utf-16be", "Unicode (UTF-16 BE)"),
];

/// An encoding, by the label that browsers know it by, in words: `Japanese (Shift-JIS)`.
pub(super) fn in_words(locale: Locale, label: &str) -> String {
    let named = OF_LETTERS.iter().find(|(known, ..)| *known == label);
    if let Some((_, letters, name)) = named {
        return locale.text_with(letters, &[("name", name)]);
    }
    let named = OF_ALL.iter().find(|(known, _)| *known == label);
    named.map_or(label, |(_, name)| name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{OF_ALL, OF_LETTERS};
    use crate::domain::quick_order::line_import::ENCODINGS;

    #[test]
    fn every_encoding_has_a_name_and_no_other_has_one() {
        let of_letters = OF_LETTERS.iter().map(|(label, ..)| *label);
        let mut named: Vec<&str> = OF_ALL
            .iter()
            .map(|(label, _)| *label)
            .chain(of_letters)
            .collect();
        let mut offered = ENCODINGS.to_vec();
        named.sort_unstable();
        offered.sort_unstable();
        assert_eq!(named, offered);
    }
}
