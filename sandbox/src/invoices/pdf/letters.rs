//! Text for the fonts that every PDF reader has: Windows' Western letters, and how wide they are. Pure.

/// Widths of Helvetica's letters from space to tilde, in thousandths of the font's size (Adobe's own metrics).
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278,
    278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];

/// The same of Helvetica Bold.
const BOLD_WIDTHS: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278,
    278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, // 0 to ?
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, // P to _
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, // ` to o
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584, // p to ~
];

/// What a letter beyond those takes, about.
const OTHER_WIDTH: u16 = 556;

/// What stands for a letter that Western fonts do not have.
const UNKNOWN: u8 = b'?';

/// `text` in the encoding of the fonts. Letters that it lacks (Japanese, for example) become question marks, of which
/// a run is one; control characters become spaces.
pub(super) fn encoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut unknown = false;
    for letter in text.chars() {
        match code(letter) {
            Some(byte) => {
                bytes.push(byte);
                unknown = false;
            }
            None if unknown => {}
            None => {
                bytes.push(UNKNOWN);
                unknown = true;
            }
        }
    }
    bytes
}

/// A letter's place in Windows code page 1252.
fn code(letter: char) -> Option<u8> {
    Some(match letter {
        ' '..='~' => u8::try_from(letter).ok()?,
        '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(letter)).ok()?,
        '€' => 0x80,
        '‚' => 0x82,
        'ƒ' => 0x83,
        '„' => 0x84,
        '…' => 0x85,
        '†' => 0x86,
        '‡' => 0x87,
        'ˆ' => 0x88,
        '‰' => 0x89,
        'Š' => 0x8a,
        '‹' => 0x8b,
        'Œ' => 0x8c,
        'Ž' => 0x8e,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '˜' => 0x98,
        '™' => 0x99,
        'š' => 0x9a,
        '›' => 0x9b,
        'œ' => 0x9c,
        'ž' => 0x9e,
        'Ÿ' => 0x9f,
        // Letters with marks that the code page lacks, as they are written without them.
        'ā' => b'a',
        'ē' => b'e',
        'ī' => b'i',
        'ō' => b'o',
        'ū' => b'u',
        letter if letter.is_control() || letter.is_whitespace() => b' ',
        _ => return None,
    })
}

/// How wide encoded text is at a font size, in points.
pub(super) fn width(bytes: &[u8], size: f32, bold: bool) -> f32 {
    let thousandths: u32 = bytes
        .iter()
        .map(|byte| u32::from(letter_width(*byte, bold)))
        .sum();
    // Lines are cut to the page, so that the sum is far below what a float keeps exactly.
    u16::try_from(thousandths.min(u32::from(u16::MAX))).map_or(0.0, f32::from) * size / 1_000.0
}

fn letter_width(byte: u8, bold: bool) -> u16 {
    let widths = if bold { &BOLD_WIDTHS } else { &WIDTHS };
    byte.checked_sub(b' ')
        .and_then(|place| widths.get(usize::from(place)).copied())
        .unwrap_or(OTHER_WIDTH)
}

/// As much of encoded text as fits, with an ellipsis where it was cut.
pub(super) fn cut(bytes: &[u8], size: f32, bold: bool, room: f32) -> Vec<u8> {
    if bytes.len() < 256 && width(bytes, size, bold) <= room {
        return bytes.to_vec();
    }
    let mut kept = Vec::new();
    for byte in bytes.iter().take(256) {
        kept.push(*byte);
        kept.push(0x85);
        let fits = width(&kept, size, bold) <= room;
        kept.pop();
        if !fits {
            kept.pop();
            break;
        }
    }
    kept.push(0x85);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn western_letters_are_kept_and_others_fall_back() {
        assert_eq!(
            encoded("Müller & Söhne — 5 €"),
            b"M\xfcller & S\xf6hne \x97 5 \x80"
        );
        assert_eq!(encoded("KK 東京精密"), b"KK ?");
        assert_eq!(encoded("a\u{0}b\nc\u{1f600}"), b"a b c?");
    }

    #[test]
    fn what_does_not_fit_is_cut() {
        let long = encoded(&"W".repeat(10_000));
        for bold in [false, true] {
            let short = cut(&long, 9.0, bold, 100.0);
            assert!(width(&short, 9.0, bold) <= 100.0 && short.len() > 5);
            assert_eq!(cut(b"1.00", 9.0, bold, 100.0), b"1.00");
        }
        assert!(width(b"Balance", 9.0, true) > width(b"Balance", 9.0, false));
    }
}
