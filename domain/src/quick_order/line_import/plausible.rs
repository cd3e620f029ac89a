//! How plausible a text is in an encoding: by the letters that its bytes stand for, and what stands beside them.

use super::encoding::Decode;

/// How many bytes are looked at.
const LOOKED_AT: usize = 20_000;

/// What text in an encoding looks like.
enum Letters {
    /// Latin letters, of which each of these sets is what some languages use.
    Latin(&'static [&'static str]),
    /// Letters of another script, from the first to the last.
    Script(char, char),
    /// Signs of two bytes.
    Wide(fn(u8, u8) -> i32),
}

/// An encoding that may be guessed, the languages that it is for, and what text in it looks like. Of two that are
/// equally plausible the first counts.
struct Candidate {
    label: &'static str,
    languages: &'static str,
    /// Whether it is looked at for those languages only.
    only: bool,
    letters: Letters,
}

const WESTERN: &[&str] = &["äöüÄÖÜßéèêëÉÈÊàâÀÂçÇîïôûùÛñÑáíóúÁÍÓÚåÅæÆøØãõÃÕìòœŒýÿ"];
const CENTRAL: &[&str] = &[
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "áäčďéěíľĺňóôŕřšťúůýžÁÄČĎÉĚÍĽĹŇÓÔŔŘŠŤÚŮÝŽ",
    "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",
    "čćđšžČĆĐŠŽ",
    "ăâîşţĂÂÎŞŢ",
    "ëçËÇ",
    "äöüÄÖÜß",
];
const TURKISH: &[&str] = &["çğıöşüÇĞİÖŞÜâîûäßéè"];

const CANDIDATES: [Candidate; 17] = [
    Candidate {
        label: "windows-1252",
        languages: "de fr es it pt nl da sv nb no fi en ca is",
        only: false,
        letters: Letters::Latin(WESTERN),
    },
    Candidate {
        label: "windows-1250",
        languages: "pl cs sk hu sl hr ro bs sq",
        only: false,
        letters: Letters::Latin(CENTRAL),
    },
    Candidate {
        label: "iso-8859-2",
        languages: "pl cs sk hu sl hr ro bs",
        only: false,
        letters: Letters::Latin(CENTRAL),
    },
    Candidate {
        label: "windows-1254",
        languages: "tr az",
        only: false,
        letters: Letters::Latin(TURKISH),
    },
    Candidate {
        label: "macintosh",
        languages: "",
        only: false,
        letters: Letters::Latin(WESTERN),
    },
    Candidate {
        label: "windows-1251",
        languages: "ru uk bg sr mk be kk",
        only: false,
        letters: Letters::Script('Ѐ', 'ӿ'),
    },
    Candidate {
        label: "koi8-r",
        languages: "ru",
        only: false,
        letters: Letters::Script('Ѐ', 'ӿ'),
    },
    Candidate {
        label: "ibm866",
        languages: "ru",
        only: false,
        letters: Letters::Script('Ѐ', 'ӿ'),
    },
    Candidate {
        label: "windows-1253",
        languages: "el",
        only: true,
        letters: Letters::Script('Ͱ', 'Ͽ'),
    },
    Candidate {
        label: "windows-1255",
        languages: "he",
        only: true,
        letters: Letters::Script('\u{590}', '\u{5FF}'),
    },
    Candidate {
        label: "windows-1256",
        languages: "ar fa ur",
        only: true,
        letters: Letters::Script('\u{600}', '\u{6FF}'),
    },
    Candidate {
        label: "windows-874",
        languages: "th",
        only: true,
        letters: Letters::Script('\u{E00}', '\u{E7F}'),
    },
    Candidate {
        label: "shift_jis",
        languages: "ja",
        only: false,
        letters: Letters::Wide(shift_jis),
    },
    Candidate {
        label: "euc-jp",
        languages: "ja",
        only: false,
        letters: Letters::Wide(euc_jp),
    },
    Candidate {
        label: "euc-kr",
        languages: "ko",
        only: false,
        letters: Letters::Wide(euc_kr),
    },
    Candidate {
        label: "gb18030",
        languages: "zh",
        only: false,
        letters: Letters::Wide(gbk),
    },
    Candidate {
        label: "big5",
        languages: "zh",
        only: false,
        letters: Letters::Wide(big5),
    },
];

/// The most plausible encoding of bytes that are not UTF-8 throughout.
pub(super) fn encoding(bytes: &[u8], languages: &[String], decode: Decode<'_>) -> &'static str {
    let end = bytes.len().min(LOOKED_AT);
    // Up to the end of a line, where no letter is cut.
    let end = if end == bytes.len() {
        end
    } else {
        bytes[..end]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .unwrap_or(end)
    };
    let head = &bytes[..end];
    let mut best = (worth_of_utf8(head), "utf-8");
    for candidate in &CANDIDATES {
        let spoken = speaks(candidate, languages);
        if candidate.only && !spoken {
            continue;
        }
        let Some(worth) = worth(candidate, head, decode) else {
            continue;
        };
        let worth = worth + if spoken { 30 } else { 0 };
        if worth > best.0 {
            best = (worth, candidate.label);
        }
    }
    best.1
}

/// Whether an encoding is for one of the buyer's languages; Chinese has one encoding for each of its scripts.
fn speaks(candidate: &Candidate, languages: &[String]) -> bool {
    languages.iter().any(|tag| {
        let lower = tag.to_lowercase();
        let language = lower.split(['-', '_']).next().unwrap_or_default();
        let traditional = ["tw", "hk", "mo", "hant"]
            .iter()
            .any(|part| lower.split(['-', '_']).any(|it| it == *part));
        let fits = candidate
            .languages
            .split(' ')
            .any(|known| known == language)
            && !language.is_empty();
        fits && (language != "zh" || traditional == (candidate.label == "big5"))
    })
}

/// The average worth of a letter that is not plain, in hundredths; none when the bytes cannot be in that encoding.
fn worth(candidate: &Candidate, bytes: &[u8], decode: Decode<'_>) -> Option<i64> {
    let text = decode(candidate.label, bytes)?;
    let (sum, count) = match candidate.letters {
        Letters::Wide(worth) => wide(bytes, worth, candidate.label),
        Letters::Latin(sets) => {
            let by = |set: &&str| single(&text, |sign| set.contains(sign), false);
            sets.iter().map(by).max().unwrap_or_default()
        }
        Letters::Script(first, last) => single(&text, |sign| (first..=last).contains(&sign), true),
    };
    Some(sum * 100 / count.max(1))
}

/// UTF-8 with a few bytes that are none.
fn worth_of_utf8(bytes: &[u8]) -> i64 {
    let text = String::from_utf8_lossy(bytes);
    let (mut sum, mut count) = (0, 0);
    for sign in text.chars().filter(|sign| !sign.is_ascii()) {
        sum += if sign == char::REPLACEMENT_CHARACTER {
            -10
        } else {
            3
        };
        count += 1;
    }
    sum * 100 / i64::max(count, 1)
}

/// What a line is made of besides letters, in every encoding of one byte a letter.
const SIGNS: &str = "°®©™€£§µ½¼¾×±²³·•–—‘’“”„«»‹›…№№º\u{a0}¿¡";

/// The worth of the letters of a text in an encoding of one byte a letter.
fn single(text: &str, usual: impl Fn(char) -> bool, script: bool) -> (i64, i64) {
    let signs: Vec<char> = text.chars().collect();
    let (mut sum, mut count) = (0, 0);
    for (at, sign) in signs
        .iter()
        .enumerate()
        .filter(|(_, sign)| !sign.is_ascii())
    {
        let before = at.checked_sub(1).map_or(' ', |at| signs[at]);
        let behind = signs.get(at + 1).copied().unwrap_or(' ');
        let latin = |sign: char| sign.is_ascii_alphabetic();
        count += 1;
        sum += if sign.is_control() || *sign == char::REPLACEMENT_CHARACTER {
            -6
        } else if usual(*sign) {
            let odd_case = sign.is_uppercase() && before.is_lowercase();
            let odd_script = script && (latin(before) || latin(behind));
            // Of two letters side by side that are not plain one is seldom right in a Latin script.
            let run = !script && !before.is_ascii() && before.is_alphabetic();
            match (odd_case, odd_script, run) {
                (true, ..) | (_, true, _) => -3,
                (_, _, true) => 1,
                // One letter of a script that stands alone is more likely a sign of another encoding.
                _ if script && !before.is_alphabetic() && !behind.is_alphabetic() => 0,
                _ => 3,
            }
        } else if SIGNS.contains(*sign) {
            if before.is_alphabetic() && behind.is_alphabetic() {
                -3
            } else {
                1
            }
        } else if sign.is_alphabetic() {
            -1
        } else {
            -3
        };
    }
    (sum, count)
}

/// The worth of the signs of a text in an encoding of two bytes a sign.
fn wide(bytes: &[u8], worth: fn(u8, u8) -> i32, label: &str) -> (i64, i64) {
    let (mut sum, mut count) = (0, 0);
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = after;
        if first.is_ascii() {
            continue;
        }
        count += 1;
        // Half-width syllables, of one byte.
        if label == "shift_jis" && (0xA1..=0xDF).contains(first) {
            continue;
        }
        let Some((second, after)) = rest.split_first() else {
            break;
        };
        rest = after;
        sum += i64::from(worth(*first, *second));
        // A letter of a SKU beside it that it has swallowed is a bad sign.
        if second.is_ascii_alphanumeric() && label != "big5" && label != "shift_jis" {
            sum -= 2;
        }
    }
    (sum, count)
}

fn shift_jis(first: u8, second: u8) -> i32 {
    match (first, second) {
        (0x82, 0x9F..=0xF1) | (0x83, 0x40..=0x96) => 4,
        (0x82, 0x4F..=0x9A) | (0x88..=0x97, _) => 3,
        (0x81, _) => 2,
        (0x98..=0x9F, _) => 0,
        (0xE0..=0xEA, _) => -1,
        _ => -4,
    }
}

fn euc_jp(first: u8, second: u8) -> i32 {
    match (first, second) {
        (0xA4, 0xA1..=0xF3) | (0xA5, 0xA1..=0xF6) => 4,
        (0xA3, 0xB0..=0xFA) => 3,
        // Japanese is seldom without syllables: signs alone are as well Korean ones, or Chinese ones.
        (0xA1 | 0xB0..=0xCF, 0xA1..) => 2,
        (0x8E, 0xA1..=0xDF) => 1,
        (0xD0..=0xF4, 0xA1..) => -1,
        _ => -4,
    }
}

fn euc_kr(first: u8, second: u8) -> i32 {
    match (first, second) {
        (0xB0..=0xC8, 0xA1..) => 3,
        (0xA3, 0xA1..) => 2,
        (0xA1 | 0xA2, 0xA1..) => 1,
        _ => -3,
    }
}

fn gbk(first: u8, second: u8) -> i32 {
    match (first, second) {
        (0xB0..=0xD7, 0xA1..) => 3,
        (0xA3, 0xA1..) => 2,
        (0xA1, 0xA1..) => 1,
        (0xD8..=0xF7, 0xA1..) => -1,
        _ => -3,
    }
}

fn big5(first: u8, second: u8) -> i32 {
    match (first, second) {
        (0xA4..=0xC6, 0x40..=0x7E | 0xA1..=0xFE) => 3,
        (0xA1..=0xA3, _) => 2,
        (0xC9..=0xF9, _) => -1,
        _ => -4,
    }
}
