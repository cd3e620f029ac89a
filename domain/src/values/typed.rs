//! Characters as keyboards and input methods give them, folded to the plain form that rules
//! compare.

/// `character` as ASCII where it is the full-width form of an ASCII character, an ideographic
/// space, or one of the hyphens, dashes and minus signs that are typed for `-`; else itself.
pub(crate) fn ascii(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '\u{3000}' => ' ',
        // Hyphens, figure and en dash, minus sign, and the long-vowel mark of Japanese keyboards.
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{30FC}' => '-',
        _ => character,
    }
}

/// The value of an ASCII or full-width digit.
pub(crate) fn digit(character: char) -> Option<u8> {
    match ascii(character) {
        // ASCII holds a digit's value in its last four bits.
        digit @ '0'..='9' => Some(digit as u8 & 0xF),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_stands_for_ascii() {
        for (typed, plain) in [
            ('a', 'a'),
            ('7', '7'),
            ('７', '7'),
            ('Ａ', 'A'),
            ('．', '.'),
            ('～', '~'),
            ('\u{3000}', ' '),
            ('－', '-'),
            ('‑', '-'),
            ('–', '-'),
            ('−', '-'),
            ('ー', '-'),
            ('—', '—'),
            ('é', 'é'),
            ('日', '日'),
        ] {
            assert_eq!(ascii(typed), plain);
        }
    }

    #[test]
    fn digits_have_values() {
        assert_eq!(
            ['0', '9', '０', '９'].map(digit),
            [Some(0), Some(9), Some(0), Some(9)]
        );
        assert_eq!(['a', '/', ':', '½', '٣'].map(digit), [None; 5]);
    }
}
