//! Which encoding a text is in. What is sure by its own marks is taken; else the most plausible is, and said.

use super::plausible;

/// Decodes bytes by an encoding's label; none when they cannot be in that encoding. Browsers know all of these.
pub type Decode<'a> = &'a dyn Fn(&str, &[u8]) -> Option<String>;

/// The encodings that can be chosen, by the labels that browsers know.
pub const ENCODINGS: [&str; 26] = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "iso-8859-2",
    "iso-8859-5",
    "iso-8859-15",
    "koi8-r",
    "koi8-u",
    "ibm866",
    "macintosh",
    "shift_jis",
    "euc-jp",
    "gb18030",
    "big5",
    "euc-kr",
    "iso-2022-jp",
];

/// A text, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The text.
    pub text: String,
    /// The encoding's label.
    pub encoding: &'static str,
    /// Whether it can be no other.
    pub sure: bool,
}

fn sure(text: String, encoding: &'static str) -> Reading {
    Reading {
        text,
        encoding,
        sure: true,
    }
}

/// UTF-16, in which the low or the high byte comes first; what is no letter becomes a mark.
fn utf16(bytes: &[u8], low_first: bool) -> String {
    let unit = |pair: &[u8; 2]| {
        let pair = *pair;
        if low_first {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        }
    };
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(unit).collect();
    String::from_utf16_lossy(&units)
}

/// UTF-32, which browsers do not read.
fn utf32(bytes: &[u8], low_first: bool) -> String {
    let unit = |four: &[u8; 4]| {
        let four = *four;
        let code = if low_first {
            u32::from_le_bytes(four)
        } else {
            u32::from_be_bytes(four)
        };
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    bytes.as_chunks::<4>().0.iter().map(unit).collect()
}

/// Of bytes of UTF-16 or UTF-32 without a mark: how many bytes a letter has, and whether the low one comes first.
fn width_by_zeros(bytes: &[u8]) -> Option<(usize, bool)> {
    let head = &bytes[..bytes.len().min(65_536) / 4 * 4];
    let mut zeros = [0_usize; 4];
    for four in head.as_chunks::<4>().0 {
        for (count, byte) in zeros.iter_mut().zip(four) {
            *count += usize::from(*byte == 0);
        }
    }
    let fours = head.len() / 4;
    let [first, second, third, fourth] = zeros;
    if fours > 0 && fourth == fours && third == fours && first == 0 {
        return Some((4, true));
    }
    if fours > 0 && first == fours && second == fours && fourth == 0 {
        return Some((4, false));
    }
    let head = &bytes[..bytes.len().min(65_536) / 2 * 2];
    let count = |from: usize| {
        head.iter()
            .skip(from)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (count(0), count(1));
    // Signs, digits and line ends have a byte of nothing in every script; letters of other scripts have one in few.
    let (few, many) = (even.min(odd), even.max(odd));
    let clear = many * 40 >= head.len() && few * 4 <= many && bytes.len().is_multiple_of(2);
    clear.then_some((2, odd > even))
}

/// Whether bytes are UTF-16 or UTF-32, by their mark or their zeros.
pub(super) fn is_wide(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [b"\xFF\xFE", b"\xFE\xFF", b"\0\0\xFE\xFF"];
    marks.iter().any(|mark| bytes.starts_with(mark)) || width_by_zeros(bytes).is_some()
}

/// Reads a text. `languages` are the buyer's, the first most.
pub fn reading(bytes: &[u8], languages: &[String], decode: Decode<'_>) -> Reading {
    let behind = |mark: &[u8]| bytes.strip_prefix(mark);
    if let Some(rest) = behind(b"\xFF\xFE\0\0") {
        return sure(utf32(rest, true), "utf-32le");
    }
    if let Some(rest) = behind(b"\0\0\xFE\xFF") {
        return sure(utf32(rest, false), "utf-32be");
    }
    if let Some(rest) = behind(b"\xFF\xFE") {
        return sure(utf16(rest, true), "utf-16le");
    }
    if let Some(rest) = behind(b"\xFE\xFF") {
        return sure(utf16(rest, false), "utf-16be");
    }
    let unmarked = behind(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.contains(&0)
        && let Some((width, low_first)) = width_by_zeros(bytes)
    {
        return match (width, low_first) {
            (4, true) => sure(utf32(bytes, true), "utf-32le"),
            (4, false) => sure(utf32(bytes, false), "utf-32be"),
            (_, true) => sure(utf16(bytes, true), "utf-16le"),
            (_, false) => sure(utf16(bytes, false), "utf-16be"),
        };
    }
    // Between its marks of two bytes this encoding has plain letters only.
    let escapes: [&[u8]; 4] = [b"\x1B$B", b"\x1B$@", b"\x1B(J", b"\x1B(I"];
    if escapes
        .iter()
        .any(|mark| bytes.windows(3).any(|it| it == *mark))
        && let Some(text) = decode("iso-2022-jp", bytes)
    {
        return sure(text, "iso-2022-jp");
    }
    if let Ok(text) = str::from_utf8(unmarked) {
        return sure(text.to_owned(), "utf-8");
    }
    let encoding = plausible::encoding(unmarked, languages, decode);
    Reading {
        text: read_as(unmarked, encoding, decode),
        encoding,
        sure: false,
    }
}

/// Reads a text in an encoding that was chosen; what cannot be in it becomes a mark.
pub fn read_as(bytes: &[u8], encoding: &str, decode: Decode<'_>) -> String {
    match encoding {
        "utf-16le" => utf16(bytes, true),
        "utf-16be" => utf16(bytes, false),
        "utf-8" => String::from_utf8_lossy(bytes).into_owned(),
        label => decode(label, bytes).unwrap_or_else(|| {
            // What spoils a whole text may be a single byte: each line is read by itself.
            let line = |line: &[u8]| {
                decode(label, line).unwrap_or_else(|| String::from_utf8_lossy(line).into_owned())
            };
            bytes
                .split_inclusive(|byte| *byte == b'\n')
                .map(line)
                .collect()
        }),
    }
}

#[cfg(test)]
mod tests;
