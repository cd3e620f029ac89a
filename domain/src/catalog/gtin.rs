//! Barcodes of products (GTIN: UPC and EAN), however they are written, scanned or mangled.
//!
//! A number is the same whatever zeros stand before it, so a UPC of 12 digits, an EAN of 13 and a GTIN of 14 are one
//! number here. Only a right check digit makes a reading certain; whatever is filled in is offered, never taken.

use super::sku::{self, plain};
use crate::values::typed::digit;

/// Group separator: what ends a field of unknown length in a scanned text.
const FNC1: char = '\u{1D}';
/// How programs write that sign out.
const WRITTEN_FNC1: [&str; 7] = ["<GS>", "{GS}", "[GS]", "<FNC1>", "{FNC1}", "\\x1d", "␝"];
/// Kinds of barcodes whose text is made of numbered fields, as scanners name them.
const OF_FIELDS: [&str; 7] = ["C1", "e0", "e1", "e2", "d2", "Q3", "J1"];
/// What people write before a barcode.
const LABELS: [&str; 11] = [
    "upc-a", "upc-e", "upc", "ean-13", "ean13", "ean-8", "ean8", "ean", "gtin-14", "gtin", "jan",
];
/// The most digits of a GTIN.
const MOST: usize = 14;
/// The fewest digits that are taken for a barcode: those of a UPC-E without what stands around it.
const FEWEST: usize = 6;

/// The number of an article, with a right check digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gtin(u64);

/// The check digit behind `body`.
fn check_digit(body: u64) -> u64 {
    let (mut rest, mut weight, mut sum) = (body, 3, 0);
    while rest > 0 {
        sum += rest % 10 * weight;
        weight = 4 - weight;
        rest /= 10;
    }
    (10 - sum % 10) % 10
}

fn number(digits: &str) -> Option<u64> {
    let sound = (1..=MOST).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
    digits.parse().ok().filter(|_| sound)
}

impl Gtin {
    /// The number, where its check digit is right.
    fn checked(digits: &str) -> Option<Self> {
        let all = number(digits).filter(|all| *all > 9)?;
        (check_digit(all / 10) == all % 10).then_some(Self(all))
    }

    /// The number with the check digit that belongs behind `body`.
    fn completed(body: &str) -> Option<Self> {
        let body = number(body).filter(|body| *body > 0 && body.to_string().len() < MOST)?;
        Some(Self(body * 10 + check_digit(body)))
    }

    /// A UPC-E, its six digits behind its number system (0 or 1), written out.
    fn expanded(system: u8, six: [u8; 6]) -> Option<Self> {
        let [first, second, third, fourth, fifth, last] = six;
        // Which five digits stand where, and how many zeros between them.
        let (before, after): (&[u8], &[u8]) = match last {
            0..=2 => (&[first, second, last, 0], &[third, fourth, fifth]),
            3 => (&[first, second, third], &[0, fourth, fifth]),
            4 => (&[first, second, third, fourth], &[0, 0, fifth]),
            _ => (&[first, second, third, fourth, fifth], &[0, last]),
        };
        let mut body = vec![system];
        body.extend(before);
        body.resize(11 - after.len(), 0);
        body.extend(after);
        let body = body
            .iter()
            .fold(0, |sum, digit| sum * 10 + u64::from(*digit));
        (body > 0).then(|| Self(body * 10 + check_digit(body)))
    }

    /// The number as eight digits of a UPC-E, where it can be written so.
    fn compressed(self) -> Option<String> {
        let digits = self.padded(12)?;
        let signs: Vec<u8> = digits.bytes().map(|digit| digit - b'0').collect();
        let (system, body, check) = (signs[0], &signs[1..11], signs[11]);
        let zeros = |from: usize, to: usize| body[from..to].iter().all(|digit| *digit == 0);
        let (kept, last) = if body[2] <= 2 && zeros(3, 7) {
            ([0, 1, 7, 8, 9], body[2])
        } else if zeros(3, 8) {
            ([0, 1, 2, 8, 9], 3)
        } else if zeros(4, 9) {
            ([0, 1, 2, 3, 9], 4)
        } else if zeros(5, 9) && body[9] >= 5 {
            ([0, 1, 2, 3, 4], body[9])
        } else {
            return None;
        };
        let mut written = vec![system];
        written.extend(kept.map(|place| body[place]));
        written.extend([last, check]);
        (system < 2).then(|| written.iter().map(u8::to_string).collect())
    }

    /// The number with zeros before it, where it has no more than `length` digits.
    fn padded(self, length: usize) -> Option<String> {
        let digits = format!("{:0>length$}", self.0);
        (digits.len() == length).then_some(digits)
    }

    /// The number in the shortest of its usual lengths.
    fn usual(self) -> String {
        let lengths = [8, 12, 13, MOST].into_iter();
        let mut fitting = lengths.filter_map(|length| self.padded(length));
        fitting.next().unwrap_or_default()
    }
}

/// What a text says, read as a barcode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Barcode {
    /// What it means for certain. Eight digits may be an EAN-8 and a UPC-E at once.
    codes: Vec<Gtin>,
    /// What may be meant: its check digit is missing, or it is the carton's number.
    likely: Vec<Gtin>,
    /// The digits, as they were written.
    digits: String,
    /// Whether more than the number was written: fields, an address, the kind of barcode.
    wrapped: bool,
    /// Whether a spreadsheet wrote it with a power of ten.
    rounded: bool,
}

/// Reads a barcode in any of the usual ways; none when the text is nothing like one.
pub fn read(text: &str) -> Option<Barcode> {
    let digits = text.chars().filter(|sign| digit(*sign).is_some());
    if digits.count() < FEWEST {
        return None;
    }
    let mut text = text.to_owned();
    for written in WRITTEN_FNC1 {
        text = text.replace(written, "\u{1D}");
    }
    let fields: Vec<String> = text.split(FNC1).map(plain).collect();
    let all = fields.join("\u{1D}");
    let text = all.trim_matches(FNC1);
    let content = sku::scanned(text);
    let kind = text.get(1..3).filter(|_| content.len() < text.len());
    let of_fields = kind.is_some_and(|kind| OF_FIELDS.contains(&kind)) || all.contains(FNC1);
    let content = content.trim_matches(FNC1);
    let inside = in_address(content)
        .or_else(|| in_brackets(content))
        .or_else(|| in_fields(content).filter(|_| of_fields))
        .or_else(|| in_fields(content).filter(|it| it.len() == MOST && sixteen_or_more(content)));
    let barcode = match inside {
        Some(digits) => Barcode {
            codes: Gtin::checked(&digits).into_iter().collect(),
            digits,
            wrapped: true,
            ..Barcode::default()
        },
        None => Barcode {
            wrapped: kind.is_some(),
            ..bare(content)?
        },
    };
    let says = !barcode.codes.is_empty() || !barcode.likely.is_empty() || barcode.is_wrong();
    says.then_some(barcode)
}

/// Sixteen digits and more are no number of an article, but may be a field of one.
fn sixteen_or_more(content: &str) -> bool {
    content.len() >= 16 && content[..16].bytes().all(|sign| sign.is_ascii_digit())
}

/// The number in an address of the GS1 Digital Link: `https://id.gs1.org/01/09506000134352/10/A1`.
fn in_address(content: &str) -> Option<String> {
    let parts: Vec<&str> = content.split(['/', '?', '#', '&', '=']).collect();
    let place = parts
        .iter()
        .position(|part| matches!(*part, "01" | "gtin"))?;
    let digits = parts.get(place + 1)?;
    let sound = place > 0 && matches!(digits.len(), 8 | 12 | 13 | MOST);
    number(digits)
        .filter(|_| sound)
        .map(|_| (*digits).to_owned())
}

/// The number in `(01)09506000134352(10)A1`, in any of its fields.
fn in_brackets(content: &str) -> Option<String> {
    let (_, after) = content
        .split_once("(01)")
        .or_else(|| content.split_once("[01]"))?;
    let digits = after.chars().filter(|sign| *sign != ' ');
    let digits: String = digits.take_while(char::is_ascii_digit).take(MOST).collect();
    number(&digits).map(|_| digits)
}

/// The number in `010950600013435210A1`: fields behind their own numbers, those of unknown length ended by a sign.
fn in_fields(content: &str) -> Option<String> {
    let mut rest = content;
    loop {
        rest = rest.trim_start_matches(FNC1);
        let field = rest.get(..2)?;
        // The length of a field with its number, where it is fixed.
        let length = match field {
            "01" => {
                let digits = rest.get(2..2 + MOST)?;
                return number(digits).map(|_| digits.to_owned());
            }
            "00" => 20,
            "02" | "03" | "41" => 16,
            "04" => 18,
            "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19" => 8,
            "20" => 4,
            "31" | "32" | "33" | "34" | "35" | "36" => 10,
            _ => rest.find(FNC1)?,
        };
        rest = rest.get(length..)?;
    }
}

/// Digits alone, perhaps with what people and spreadsheets put between and around them.
fn bare(content: &str) -> Option<Barcode> {
    let unquoted = crate::quick_order::line_import::sku_of(content).to_lowercase();
    let mut text = unquoted.as_str();
    if let Some(rest) = LABELS.iter().find_map(|label| text.strip_prefix(label)) {
        text = rest.trim_start_matches([':', '#', '.', '-', ' ']);
    }
    if let Some(whole) = written_out(text) {
        // All digits are there, but a spreadsheet has had them in its hands.
        return Some(Barcode {
            likely: Gtin::checked(&whole).into_iter().collect(),
            digits: whole,
            wrapped: true,
            rounded: true,
            ..Barcode::default()
        });
    }
    // A number that went through a program: `12345678905.0`.
    if let Some((whole, fraction)) = text.rsplit_once(['.', ','])
        && (1..=2).contains(&fraction.len())
        && fraction.bytes().all(|digit| digit == b'0')
    {
        text = whole;
    }
    let between = [' ', '-', '.', ',', '\'', '_'];
    let digits: String = text
        .chars()
        .filter(|sign| !between.contains(sign))
        .collect();
    if !digits.bytes().all(|sign| sign.is_ascii_digit()) || digits.len() < FEWEST {
        return None;
    }
    if digits.len() > MOST {
        // Two or five digits behind an EAN or a UPC are an issue's or a price's.
        let (article, _) = match digits.len() {
            15 | 18 => digits.split_at(13),
            17 => digits.split_at(12),
            _ => return None,
        };
        return Some(Barcode {
            codes: vec![Gtin::checked(article)?],
            digits: article.to_owned(),
            ..Barcode::default()
        });
    }
    let mut barcode = Barcode::default();
    barcode.codes.extend(Gtin::checked(&digits));
    let values: Vec<u8> = digits.bytes().map(|digit| digit - b'0').collect();
    // A UPC-E: with all that belongs to it, with the zero before it lost, or its six digits alone.
    let short = match values.len() {
        8 if values[0] < 2 => Some((values[0], &values[1..7], values.last())),
        7 => Some((0, &values[..6], values.last())),
        6 => Some((0, &values[..], None)),
        _ => None,
    };
    if let Some((system, six, check)) = short
        && let Ok(six) = six.try_into()
        && let Some(code) = Gtin::expanded(system, six)
    {
        match check {
            None => barcode.likely.push(code),
            Some(check) if code.0 % 10 == u64::from(*check) => barcode.take(code),
            Some(_) => {}
        }
    }
    if barcode.codes.is_empty() && matches!(digits.len(), 7 | 11 | 12 | 13) {
        barcode.likely.extend(Gtin::completed(&digits));
    }
    if let (MOST, Some(code)) = (digits.len(), barcode.codes.first())
        && matches!(values[0], 1..=8)
    {
        // A carton of what the digits inside it name.
        let one = code.0 % 10_u64.pow(13) / 10;
        barcode.likely.extend(Gtin::completed(&one.to_string()));
    }
    barcode.digits = digits;
    Some(barcode)
}

/// The digits of a number that a spreadsheet writes with a power of ten, where none is lost: `1.2345678905E+10`.
fn written_out(text: &str) -> Option<String> {
    let (number, power) = text.split_once('e')?;
    let (whole, fraction) = number.split_once(['.', ','])?;
    let power: usize = power.trim_start_matches('+').parse().ok()?;
    let digits = [whole, fraction].concat();
    let exact = whole.len() == 1 && fraction.len() == power && digits.len() >= FEWEST;
    (exact && digits.bytes().all(|digit| digit.is_ascii_digit())).then_some(digits)
}

/// Whether a spreadsheet has made a number with a power of ten of a text, and so lost its digits: `1.23457E+11`.
pub fn is_rounded(text: &str) -> bool {
    let text = plain(text);
    let Some((number, power)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = number.split_once(['.', ',']);
    let signed = power.strip_prefix(['+', '-']);
    let (whole, rest) = fraction.unwrap_or((number, "0"));
    // Without a sign and a fraction it may be anybody's SKU.
    let sure = fraction.is_some() || signed.is_some();
    sure && whole.len() == 1 && digits(whole) && digits(rest) && digits(signed.unwrap_or(power))
}

impl Barcode {
    fn take(&mut self, code: Gtin) {
        if !self.codes.contains(&code) {
            self.codes.push(code);
        }
    }

    /// Whether it is a barcode for certain: its check digit is right.
    pub fn is_certain(&self) -> bool {
        !self.codes.is_empty()
    }

    /// Whether it has the length of a barcode, and its check digit is wrong.
    pub fn is_wrong(&self) -> bool {
        let whole = matches!(self.digits.len(), 8 | 12 | 13 | MOST);
        self.codes.is_empty() && whole && !self.rounded
    }

    /// Whether it is the barcode that a product has, as the catalogue writes that.
    pub fn is(&self, upc: &str) -> bool {
        let Some(other) = read(upc) else {
            return false;
        };
        let same = |code: &Gtin| other.codes.contains(code);
        // A catalogue may hold a wrong number, too: then it is that number.
        self.codes.iter().any(same)
            || (self.codes.is_empty() && other.codes.is_empty() && self.is_written(&other))
    }

    fn is_written(&self, other: &Self) -> bool {
        let digits = self.digits.trim_start_matches('0');
        !digits.is_empty() && digits == other.digits.trim_start_matches('0')
    }

    /// Whether it may be the barcode that a product has, should a digit be missing or a carton be meant.
    pub fn may_be(&self, upc: &str) -> bool {
        read(upc).is_some_and(|other| self.likely.iter().any(|code| other.codes.contains(code)))
    }

    /// Whether more than the number was written: nobody wants to read that again.
    pub fn is_wrapped(&self) -> bool {
        self.wrapped
    }

    /// The number as it is usually written; of one with a wrong check digit, the digits.
    pub fn usual(&self) -> String {
        let first = self.codes.first().or(self.likely.first());
        first.map_or_else(|| self.digits.clone(), |code| code.usual())
    }

    /// The digits that the catalogue's number ends with, whatever zeros it has before them; and eight more where that
    /// may be a UPC-E. The certain ones first.
    pub fn endings(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        let codes = || self.codes.iter().chain(&self.likely);
        let ends = codes().map(|code| code.0.to_string());
        let wrong = self
            .is_wrong()
            .then(|| self.digits.trim_start_matches('0').to_owned());
        for ending in ends
            .chain(wrong)
            .chain(codes().filter_map(|code| code.compressed()))
        {
            if !ending.is_empty() && !all.contains(&ending) {
                all.push(ending);
            }
        }
        all
    }

    /// The ways in which the catalogue may write it, the usual ones first.
    pub fn spellings(&self) -> Vec<String> {
        let mut all = vec![self.usual()];
        let codes = || self.codes.iter().chain(&self.likely);
        for code in codes() {
            let lengths = [12, 13, MOST, 8].into_iter();
            all.extend(lengths.filter_map(|length| code.padded(length)));
            all.extend(code.compressed());
        }
        let mut once: Vec<String> = Vec::new();
        for spelling in all {
            if !once.contains(&spelling) {
                once.push(spelling);
            }
        }
        once
    }
}

#[cfg(test)]
mod tests;
