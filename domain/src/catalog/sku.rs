//! SKUs as people write them: which spellings mean the same one, and how each is typed plainly.
//!
//! Input methods, word processors and web pages turn letters, digits, hyphens and spaces into look-alikes. This is
//! the one place that knows them. A SKU that really holds such a sign is found first, by its exact spelling;
//! whoever compares asks for that before anything else.

use crate::quick_order::line_import::sku_of;

/// The sounds of the half-width katakana from U+FF65 on, in their full width.
const KATAKANA: &str = "・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

/// Letters that are written as a letter with a mark after it, by their marks: base and whole in turns. Some systems
/// write all names like that.
const MARKED: [(char, &str); 12] = [
    ('\u{300}', "AÀEÈIÌOÒUÙaàeèiìoòuùNǸnǹ"),
    (
        '\u{301}',
        "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćNŃnńSŚsśZŹzźLĹlĺRŔrŕ",
    ),
    ('\u{302}', "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝSŜsŝWŴwŵYŶyŷ"),
    ('\u{303}', "AÃNÑOÕaãnñoõIĨiĩUŨuũ"),
    ('\u{304}', "AĀEĒIĪOŌUŪaāeēiīoōuū"),
    ('\u{306}', "AĂGĞUŬaăgğuŭ"),
    ('\u{307}', "EĖIİZŻeėzżCĊcċGĠgġ"),
    ('\u{308}', "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸ"),
    ('\u{30A}', "AÅUŮaåuů"),
    ('\u{30B}', "OŐUŰoőuű"),
    ('\u{30C}', "CČDĎEĚNŇRŘSŠTŤZŽcčdďeěnňrřsštťzž"),
    ('\u{327}', "CÇSŞTŢcçsştţ"),
];

const SOFT_HYPHEN: char = '\u{AD}';
/// The long-vowel mark, which Japanese keyboards type for a hyphen.
const PROLONGED: char = '\u{30FC}';

/// Whether a sign takes no room and says nothing.
fn is_invisible(sign: char) -> bool {
    matches!(
        sign,
        '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    ) || (sign.is_control() && !sign.is_whitespace())
}

/// A sign as a keyboard types it; a space for every kind of space.
fn plain_sign(sign: char) -> char {
    match sign {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(sign as u32 - 0xFEE0).unwrap_or(sign),
        '\u{FF65}'..='\u{FF9F}' => {
            let place = sign as usize - 0xFF65;
            KATAKANA.chars().nth(place).unwrap_or(sign)
        }
        // Hyphens, dashes, the minus sign, and small and raised ones.
        '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{FE58}'
        | '\u{FE63}'
        | '\u{207B}'
        | '\u{208B}'
        | '\u{2D7}' => '-',
        '‘' | '’' | '‚' | '‛' | '′' | 'ʹ' | 'ʼ' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '\u{2044}' | '\u{2215}' => '/',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '\u{2070}' | '\u{2074}'..='\u{2079}' | '\u{2080}'..='\u{2089}' => {
            char::from_digit(sign as u32 & 0xF, 10).unwrap_or(sign)
        }
        other if other.is_whitespace() => ' ',
        other => other,
    }
}

/// A letter and the mark behind it as one sign, where there is such a one.
fn marked(letter: char, mark: char) -> Option<char> {
    if mark < '\u{300}' {
        return None;
    }
    // Voiced and half-voiced kana, which half-width ones write in two signs.
    let kana = |base: char, step: u32| match base {
        'カ'..='ト' | 'か'..='と' | 'ハ'..='ホ' | 'は'..='ほ' => {
            char::from_u32(base as u32 + step)
        }
        _ => None,
    };
    match mark {
        '゛' | '\u{3099}' if letter == 'ウ' => Some('ヴ'),
        '゛' | '\u{3099}' => kana(letter, 1),
        '゜' | '\u{309A}' if matches!(letter, 'ハ'..='ホ' | 'は'..='ほ') => kana(letter, 2),
        _ => {
            let (_, pairs) = MARKED.iter().find(|(known, _)| *known == mark)?;
            let mut signs = pairs.chars();
            while let (Some(base), Some(whole)) = (signs.next(), signs.next()) {
                if base == letter {
                    return Some(whole);
                }
            }
            None
        }
    }
}

/// `text` as a keyboard types it: letters and digits in their usual width, hyphens, quotes and spaces in their plain
/// form, each run of spaces as one, without the signs that nobody sees and without spaces around it.
pub fn plain(text: &str) -> String {
    let mut signs: Vec<char> = Vec::new();
    for sign in text.chars().filter(|sign| !is_invisible(*sign)) {
        let sign = plain_sign(sign);
        let last = signs.last().copied();
        match (last, sign) {
            // A soft hyphen beside a hyphen is where the line may break, and no sign of its own.
            (None | Some(' '), ' ') | (Some('-' | SOFT_HYPHEN), SOFT_HYPHEN) => {}
            (Some(SOFT_HYPHEN), '-') => {
                signs.pop();
                signs.push('-');
            }
            (Some(letter), mark) if marked(letter, mark).is_some() => {
                signs.pop();
                signs.extend(marked(letter, mark));
            }
            _ => signs.push(sign),
        }
    }
    while matches!(signs.last(), Some(' ' | '\u{AD}')) {
        signs.pop();
    }
    let is_ascii = |place: Option<usize>| {
        let sign = place.and_then(|place| signs.get(place));
        sign.is_some_and(|sign| sign.is_ascii() || matches!(*sign, PROLONGED | SOFT_HYPHEN))
    };
    let signs = signs.iter().enumerate().map(|(place, sign)| match *sign {
        SOFT_HYPHEN => '-',
        // Between kana it is what it is.
        PROLONGED if is_ascii(place.checked_sub(1)) && is_ascii(Some(place + 1)) => '-',
        sign => sign,
    });
    signs.collect()
}

/// What SKUs are compared by: the same for all spellings of one, whatever the case of its letters.
pub fn key(text: &str) -> String {
    let large = |sign: char| {
        let mut large = sign.to_uppercase();
        match (large.next(), large.next()) {
            (Some(one), None) => one,
            _ => sign,
        }
    };
    plain(text).chars().map(large).collect()
}

/// Whether two texts are spellings of one SKU.
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || keys(one).contains(&key(other))
}

/// The keys of all spellings that `text` may stand for.
pub fn keys(text: &str) -> Vec<String> {
    distinct(spellings(text).iter().map(|spelling| key(spelling)))
}

/// What to ask for when `text` is meant, each once: the text itself, which wins where there is such a SKU, then what
/// a keyboard would have typed, then the same without what scanners and spreadsheets put around it.
pub fn spellings(text: &str) -> Vec<String> {
    let as_plain = plain(text);
    let bare = scanned(&as_plain).to_owned();
    let unbroken = text
        .contains(SOFT_HYPHEN)
        .then(|| plain(&text.replace(SOFT_HYPHEN, "")));
    let unquoted = sku_of(&bare).to_owned();
    distinct(
        [text.trim().to_owned(), as_plain]
            .into_iter()
            .chain(unbroken)
            .chain([bare, unquoted]),
    )
}

/// The text without the three signs that a scanner may put before it to say which kind of barcode it was: `]C0`.
pub fn scanned(text: &str) -> &str {
    match text.as_bytes() {
        [b']', kind, digit, ..] if kind.is_ascii_alphabetic() && digit.is_ascii_alphanumeric() => {
            &text[3..]
        }
        _ => text,
    }
}

/// Texts that are not blank, each once.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        if !text.is_empty() && !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every look-alike of a SKU is the same SKU.
    #[test]
    fn every_look_alike_is_the_same_sku() {
        for typed in [
            "WIDGET-BLU-L",
            " widget-blu-l ",
            "ＷＩＤＧＥＴ－ＢＬＵ－Ｌ",
            "ｗｉｄｇｅｔーｂｌｕーｌ",
            "widgetｰbluｰl",
            "WIDGET‐BLU‑L",
            "WIDGET–BLU—L",
            "WIDGET−BLU\u{2012}L",
            "WIDGET\u{AD}BLU\u{AD}L",
            "WID\u{AD}GET-BLU-L",
            "WIDGET-\u{AD}BLU-L",
            "WID\u{200B}GET-BLU-L\u{FEFF}",
            "\u{A0}WIDGET-BLU-L\u{3000}\r\n",
            "‘WIDGET-BLU-L",
            "“WIDGET-BLU-L”",
            "=\"WIDGET-BLU-L\"",
            "]C0WIDGET-BLU-L",
        ] {
            assert!(is_same(typed, "WIDGET-BLU-L"), "{typed:?}");
        }
        for other in ["WIDGET-BLU-M", "WIDGETBLUL", "WIDGET BLU L", "", "]C0"] {
            assert!(!is_same(other, "WIDGET-BLU-L"), "{other:?}");
        }
    }

    #[test]
    fn letters_of_every_script_fold() {
        for (typed, sku) in [
            ("MU\u{308}LLER-Ø12", "MÜLLER-Ø12"),
            ("müller-ø12", "MÜLLER-Ø12"),
            ("東京－ﾈｼﾞ－０１", "東京-ネジ-01"),
            ("東京ーネジー01", "東京-ネジ-01"),
            ("ﾊﾟｲﾌﾟ", "パイプ"),
            ("ﾓｰﾀｰ", "モーター"),
            ("SPACE\u{A0}\u{2009}SKU\u{3000}7", "SPACE SKU 7"),
            ("A⁄B 100％", "A/B 100%"),
            ("H₂O-²", "H2O-2"),
        ] {
            if typed == "東京ーネジー01" {
                // Beside a kana the mark may be a vowel's: nothing is guessed.
                assert!(!is_same(typed, sku));
            } else {
                assert_eq!(key(typed), key(sku), "{typed}");
            }
        }
        // A letter whose large form is two letters stays what it is.
        assert_eq!(key("straße"), "STRAßE");
    }

    #[test]
    fn the_text_itself_is_asked_for_first() {
        assert_eq!(spellings("ＡＢ－１"), ["ＡＢ－１", "AB-1"]);
        assert_eq!(spellings(" AB-1 "), ["AB-1"]);
        assert_eq!(spellings("A\u{AD}B"), ["A\u{AD}B", "A-B", "AB"]);
        assert_eq!(spellings("]C0'AB-1"), ["]C0'AB-1", "'AB-1", "AB-1"]);
        assert_eq!(spellings(" \u{200B}"), ["\u{200B}"]);
    }

    proptest! {
        /// A SKU that is plain stays as it is.
        #[test]
        fn what_is_plain_stays_plain(text in "\\PC{0,30}") {
            let once = plain(&text);
            prop_assert_eq!(plain(&once), once.clone());
            prop_assert_eq!(key(&once), key(&text));
            prop_assert!(text.trim().is_empty() || is_same(&text, &text));
        }

        #[test]
        fn full_width_is_the_same(sku in "[!-~]{1,20}") {
            let wide: String = sku.chars().map(|sign| char::from_u32(sign as u32 + 0xFEE0).unwrap_or(sign)).collect();
            prop_assert_eq!(key(&wide), key(&sku));
        }
    }
}
