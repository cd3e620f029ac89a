//! What a spreadsheet shows of a value: number formats as in ECMA-376, section 18.8.30 and 18.8.31.
//!
//! A format that is not understood gives a text all the same, which is marked as doubtful.

use std::{iter::Peekable, str::Chars};

use super::{Nature, Regional, date, digits};
use crate::catalog::quantity;
use crate::quick_order::line_import::{quantity_of, table::Cell};

/// A whole number below this is written with all its digits, of which a spreadsheet keeps fifteen.
const FIFTEEN_DIGITS: f64 = 1e15;

/// A piece of a format's section.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// `0`, `#` or `?`.
    Digit(char),
    /// `.`
    Point,
    /// `,`
    Comma,
    /// `%`
    Percent,
    /// `E+`, `E-`; whether a plus is shown.
    Exponent(bool),
    /// The bar of a fraction.
    Bar,
    /// A text to be shown as it is.
    Literal(String),
    /// `*` and what fills the cell's width.
    Fill(char),
    /// `@`
    Text,
    /// `General`
    General,
    /// `yyyy`, `mm`, `d` and the like: the letter and how often it stands.
    Date(char, usize),
    /// `[h]`, `[mm]`: hours, minutes or seconds that go on counting.
    Elapsed(char, usize),
    /// `AM/PM` or `A/P`; whether it is the long one.
    HalfDay(bool),
}

/// One of the parts that semicolons divide a format into.
#[derive(Clone, Debug, Default)]
struct Section {
    tokens: Vec<Token>,
    condition: Option<(String, f64)>,
    /// Whether it holds anything that is not understood.
    odd: bool,
    /// Whether its names of months and days are in another language than English.
    foreign: bool,
}

/// A number format.
#[derive(Clone, Debug, Default)]
pub(super) struct Format {
    sections: Vec<Section>,
    /// The short date of the computer's region, which no file says.
    regional: bool,
}

impl Format {
    /// Reads a format's code.
    pub(super) fn of(code: &str) -> Self {
        let regional = code.contains("[$-F800]") || code.contains("[$-F400]");
        let mut sections = vec![Section::default()];
        let mut signs = code.chars().peekable();
        while let Some(sign) = signs.next() {
            let last = sections.len() - 1;
            let section = &mut sections[last];
            match sign {
                ';' => sections.push(Section::default()),
                '"' => {
                    let text = signs.by_ref().take_while(|next| *next != '"').collect();
                    section.tokens.push(Token::Literal(text));
                }
                '\\' => section.literal(signs.next()),
                '_' => {
                    signs.next();
                    section.literal(Some(' '));
                }
                '*' => {
                    let fill = signs.next().unwrap_or(' ');
                    section.tokens.push(Token::Fill(fill));
                }
                '[' => {
                    let inner: String = signs.by_ref().take_while(|next| *next != ']').collect();
                    section.bracket(&inner);
                }
                '0' | '#' | '?' => section.tokens.push(Token::Digit(sign)),
                '.' => section.tokens.push(Token::Point),
                ',' => section.tokens.push(Token::Comma),
                '%' => section.tokens.push(Token::Percent),
                '@' => section.tokens.push(Token::Text),
                '/' => {
                    let numeric = section
                        .tokens
                        .iter()
                        .any(|it| matches!(it, Token::Digit(_)));
                    section.tokens.push(if numeric {
                        Token::Bar
                    } else {
                        Token::Literal("/".to_owned())
                    });
                }
                'E' | 'e' if matches!(signs.peek(), Some('+' | '-')) => {
                    let plus = signs.next() == Some('+');
                    section.tokens.push(Token::Exponent(plus));
                }
                'G' | 'g' if take_word(&mut signs, "eneral") => section.tokens.push(Token::General),
                'A' | 'a' if take_word(&mut signs, "m/pm") => {
                    section.tokens.push(Token::HalfDay(true));
                }
                'A' | 'a' if take_word(&mut signs, "/p") => {
                    section.tokens.push(Token::HalfDay(false));
                }
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                    let count = run(&mut signs, sign);
                    section
                        .tokens
                        .push(Token::Date(sign.to_ascii_lowercase(), count));
                }
                'e' => {
                    run(&mut signs, sign);
                    section.tokens.push(Token::Date('y', 4));
                }
                other => {
                    section.odd |= other.is_ascii_alphabetic();
                    section.literal(Some(other));
                }
            }
        }
        Self { sections, regional }
    }

    /// The format of a short date, or of one with the time, which follow the computer's region.
    pub(super) fn of_region(regional: Regional, time: bool) -> Self {
        let code = match (regional.short_date(), time) {
            (date, false) => date.to_owned(),
            (date, true) => format!("{date} h:mm"),
        };
        Self::of(&code)
    }

    /// A text as this format shows it.
    pub(super) fn text(&self, text: &str) -> String {
        let for_texts = self
            .sections
            .iter()
            .rev()
            .find(|section| section.tokens.contains(&Token::Text) || self.sections.len() > 3);
        let Some(section) = for_texts else {
            return text.to_owned();
        };
        let shown = section.tokens.iter().map(|token| match token {
            Token::Text => text,
            Token::Literal(literal) => literal.as_str(),
            _ => "",
        });
        shown.collect()
    }

    /// A number as this format shows it.
    pub(super) fn cell(&self, value: f64, regional: Regional, from_1904: bool) -> Cell {
        if self.regional {
            let mut cell = Self::of_region(regional, false).cell(value, regional, from_1904);
            cell.nature = Nature::Date;
            return cell;
        }
        let (section, signed, sure) = self.section(value);
        let Some(section) = section else {
            return Cell::doubtful(&general(value, regional));
        };
        let tokens = &section.tokens;
        let filled = tokens
            .iter()
            .any(|it| matches!(it, Token::Fill(fill) if !fill.is_whitespace()));
        if section.odd {
            return Cell::doubtful(&general(value, regional));
        }
        let sure = sure && !filled;
        if tokens
            .iter()
            .any(|it| matches!(it, Token::Date(..) | Token::Elapsed(..) | Token::HalfDay(_)))
        {
            let text = date::text(tokens, value, regional, from_1904);
            let named = |it: &Token| matches!(it, Token::Date('m' | 'd', 3..));
            let known = !(section.foreign && tokens.iter().any(named));
            return match text {
                Some(text) if sure && known => Cell {
                    quantity: is_number(&text).then(|| date::plain(value, from_1904, &text)),
                    text,
                    nature: Nature::Date,
                },
                text => Cell::doubtful(&text.unwrap_or_else(|| general(value, regional))),
            };
        }
        let magnitude = if signed { value.abs() } else { value };
        if tokens.is_empty() && self.sections.len() > 1 {
            // `;;;` hides what stands in the cell.
            return Cell::default();
        }
        let digits = tokens
            .iter()
            .filter(|it| matches!(it, Token::Digit(_)))
            .count();
        if digits == 0 {
            let number = general(magnitude, regional);
            let mut text = String::new();
            for token in tokens {
                match token {
                    Token::General | Token::Text => text.push_str(&number),
                    Token::Literal(literal) => text.push_str(literal),
                    Token::Percent => text.push('%'),
                    Token::Point => text.push('.'),
                    Token::Comma => text.push(','),
                    _ => {}
                }
            }
            if tokens.is_empty() {
                text = number;
            }
            return checked(text.trim(), value, None, sure);
        }
        let (text, plain, understood) = digits::text(tokens, value.abs(), regional);
        let minus = value < 0.0 && !signed && text.contains(|it: char| ('1'..='9').contains(&it));
        let text = if minus { format!("-{text}") } else { text };
        let plain = plain.filter(|_| value >= 0.0);
        checked(text.trim(), value, plain.as_deref(), sure && understood)
    }

    /// The section for a value, whether it says itself what is below zero, and whether that is sure.
    fn section(&self, value: f64) -> (Option<&Section>, bool, bool) {
        let conditional = self.sections.iter().any(|it| it.condition.is_some());
        if conditional {
            let fits = |section: &&Section| match &section.condition {
                None => true,
                Some((sign, bound)) => match sign.as_str() {
                    "<" => value < *bound,
                    "<=" => value <= *bound,
                    ">" => value > *bound,
                    ">=" => value >= *bound,
                    "=" => (value - bound).abs() < f64::EPSILON,
                    _ => (value - bound).abs() >= f64::EPSILON,
                },
            };
            let before = self.sections.len().saturating_sub(1);
            let usual = self.sections[..before]
                .iter()
                .all(|it| it.condition.is_some());
            return (
                self.sections.iter().find(fits),
                false,
                usual && value >= 0.0,
            );
        }
        let numbers = self
            .sections
            .iter()
            .filter(|it| !it.tokens.contains(&Token::Text));
        let numbers = numbers.count().min(3);
        let at = match numbers {
            0 | 1 => return (self.sections.first(), false, true),
            _ if value < 0.0 => 1,
            3 if value == 0.0 => 2,
            _ => 0,
        };
        (self.sections.get(at), at == 1, true)
    }
}

impl Section {
    fn literal(&mut self, sign: Option<char>) {
        if let Some(sign) = sign {
            self.tokens.push(Token::Literal(sign.to_string()));
        }
    }

    /// What stands in brackets: a colour, a condition, a currency with its language, time that goes on counting.
    fn bracket(&mut self, inner: &str) {
        let lower = inner.to_ascii_lowercase();
        let first = lower.chars().next().unwrap_or(' ');
        if matches!(first, 'h' | 'm' | 's') && lower.chars().all(|sign| sign == first) {
            self.tokens.push(Token::Elapsed(first, lower.len()));
        } else if let Some(inner) = inner.strip_prefix('$') {
            let (currency, language) = inner.split_once('-').unwrap_or((inner, ""));
            self.tokens.push(Token::Literal(currency.to_owned()));
            let code = u32::from_str_radix(language, 16).unwrap_or(0);
            // Above the language stand digits and calendars of other scripts.
            self.odd |= code > 0xFFFF;
            self.foreign |= code != 0 && code & 0x3FF != 9;
        } else if matches!(first, '<' | '>' | '=') {
            let number = inner.trim_start_matches(['<', '>', '=']);
            let sign = inner[..inner.len() - number.len()].to_owned();
            match number.trim().parse() {
                Ok(bound) => self.condition = Some((sign, bound)),
                Err(_) => self.odd = true,
            }
        } else {
            let colours = [
                "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow",
            ];
            self.odd |= !colours.contains(&lower.as_str()) && !lower.starts_with("color");
        }
    }
}

/// How often a letter stands, with those that come next.
fn run(signs: &mut Peekable<Chars<'_>>, first: char) -> usize {
    let mut count = 1;
    while signs
        .next_if(|next| next.eq_ignore_ascii_case(&first))
        .is_some()
    {
        count += 1;
    }
    count
}

/// Takes `word`, in letters of any size, when it comes next.
fn take_word(signs: &mut Peekable<Chars<'_>>, word: &str) -> bool {
    let mut ahead = signs.clone();
    let comes = word.chars().all(|sign| {
        ahead
            .next()
            .is_some_and(|next| next.eq_ignore_ascii_case(&sign))
    });
    if comes {
        *signs = ahead;
    }
    comes
}

/// Whether a text would be taken for a number of pieces.
fn is_number(text: &str) -> bool {
    quantity::parse_raw(quantity_of(text)).is_ok()
}

/// A cell that shows a number as `text`. Taken for a quantity that text must say the number that stands in the
/// cell; `plain` is that number as far as it is shown, where nothing but digits is shown of it.
fn checked(text: &str, value: f64, plain: Option<&str>, sure: bool) -> Cell {
    if !sure {
        return Cell::doubtful(text);
    }
    let read = quantity::parse_raw(quantity_of(text)).ok();
    let whole: Option<u32> = plain.and_then(|plain| plain.parse().ok());
    let says = |read: u32| match plain {
        Some(_) => whole == Some(read),
        None => (f64::from(read) - value).abs() < f64::EPSILON,
    };
    let wordless = !text.contains(|sign: char| sign.is_alphabetic() || "$€£¥%()".contains(sign));
    let quantity = match (read, whole) {
        (Some(read), _) if says(read) => None,
        // `12.000` is twelve here, and would be read as twelve thousand.
        (_, Some(whole)) if wordless => Some(whole.to_string()),
        // `0,` shows 12 for 12,000: it is not said which of them is meant.
        (Some(_), _) => Some(Cell::doubtful(text).sku()),
        (None, _) => None,
    };
    Cell {
        text: text.to_owned(),
        quantity,
        nature: Nature::Text,
    }
}

/// A number in the format `General`. A whole one has all its digits, even where a narrow cell shows it as
/// `4.00638E+12`: they are what was typed.
pub(super) fn general(value: f64, regional: Regional) -> String {
    let size = value.abs();
    let sign = if value < 0.0 { "-" } else { "" };
    if size.fract() == 0.0 && size < FIFTEEN_DIGITS {
        return format!("{sign}{size:.0}");
    }
    let whole = digits::fixed(size, 0, 0).0.len();
    let places = if size >= 1.0 {
        10_usize.saturating_sub(whole)
    } else {
        9
    };
    let trimmed = |number: String| {
        number
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    };
    let number = if (1e-4..1e10).contains(&size) {
        let (whole, fraction) = digits::fixed(size, 0, places);
        let zero = if whole.is_empty() { "0" } else { "" };
        trimmed(format!("{zero}{whole}.{fraction}"))
    } else {
        let (mantissa, exponent) = digits::scientific(size, 5);
        let power = exponent.abs();
        let minus = if exponent < 0 { '-' } else { '+' };
        format!("{}E{minus}{power:02}", trimmed(mantissa))
    };
    format!(
        "{sign}{}",
        number.replace('.', &regional.decimal().to_string())
    )
}

/// A number without a format, as a spreadsheet shows it.
pub(super) fn unformatted(value: f64, regional: Regional) -> Cell {
    checked(&general(value, regional), value, None, true)
}
