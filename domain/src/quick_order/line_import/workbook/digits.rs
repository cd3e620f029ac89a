//! A number's digits in the places of its format: zeros, groups, fractions, powers of ten.

use super::{Regional, number_format::Token};

/// The fifteen digits that a spreadsheet keeps of a number, and where the point stands: before the first digit
/// plus this many.
fn kept(value: f64) -> (Vec<u8>, i32) {
    if value == 0.0 || !value.is_finite() {
        return (vec![0], 1);
    }
    let written = format!("{value:.14e}");
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let digits = mantissa
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(|digit| digit - b'0');
    (digits.collect(), exponent.parse::<i32>().unwrap_or(0) + 1)
}

/// Rounds half up to `kept` digits; says whether a digit was added in front.
fn round(digits: &mut Vec<u8>, kept: usize) -> bool {
    let up = digits.get(kept).is_some_and(|digit| *digit >= 5);
    digits.truncate(kept);
    if !up {
        return false;
    }
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return false;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
    true
}

fn written(digits: impl Iterator<Item = u8>) -> String {
    digits.map(|digit| char::from(digit + b'0')).collect()
}

/// The digits before and behind the point of `value` times ten to the power of `shift`, rounded to `places`
/// digits behind it. Before the point stand no zeros.
pub(super) fn fixed(value: f64, shift: i32, places: usize) -> (String, String) {
    let (mut digits, point) = kept(value);
    let mut point = i64::from(point) + i64::from(shift);
    let places = places.min(300);
    let wanted = point + i64::try_from(places).unwrap_or(0);
    if let Ok(wanted) = usize::try_from(wanted) {
        if wanted < digits.len() && round(&mut digits, wanted) {
            point += 1;
        }
    } else {
        digits = Vec::new();
    }
    let at = |place: i64| {
        usize::try_from(place)
            .ok()
            .and_then(|place| digits.get(place).copied())
            .unwrap_or(0)
    };
    let whole = written((0..point.clamp(0, 400)).map(at));
    let places = i64::try_from(places).unwrap_or(0);
    let fraction = written((point..point + places).map(at));
    (whole.trim_start_matches('0').to_owned(), fraction)
}

/// A number as `1.23` and a power of ten.
pub(super) fn scientific(value: f64, places: usize) -> (String, i32) {
    let (mut digits, mut point) = kept(value);
    if round(&mut digits, places + 1) {
        point += 1;
    }
    digits.resize(places + 1, 0);
    let fraction = written(digits.iter().skip(1).copied());
    let dot = if fraction.is_empty() { "" } else { "." };
    let power = if value == 0.0 { 0 } else { point - 1 };
    (format!("{}{dot}{fraction}", digits[0]), power)
}

/// A number that is not below zero in the places of a format: the text; the number as far as it is shown, where
/// only digits, groups and a point are; and whether all of the format is understood.
pub(super) fn text(
    tokens: &[Token],
    value: f64,
    regional: Regional,
) -> (String, Option<String>, bool) {
    if let Some(at) = tokens
        .iter()
        .position(|it| matches!(it, Token::Exponent(_)))
    {
        let (text, understood) = power(tokens, at, value, regional);
        return (text, None, understood);
    }
    if let Some(at) = tokens.iter().position(|it| *it == Token::Bar) {
        let (text, understood) = fraction(tokens, at, value);
        return (text, None, understood);
    }
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let point = tokens
        .iter()
        .position(|it| *it == Token::Point)
        .unwrap_or(tokens.len());
    let (before, behind) = tokens.split_at(point);
    let last = before.iter().rposition(is_digit);
    let first = before.iter().position(is_digit);
    let commas = |tokens: &[Token]| tokens.iter().filter(|it| **it == Token::Comma).count();
    let within =
        |at: usize| first.is_some_and(|first| first < at) && last.is_some_and(|last| at < last);
    let grouped = before
        .iter()
        .enumerate()
        .any(|(at, it)| *it == Token::Comma && within(at));
    let thousands = commas(&before[last.map_or(0, |last| last + 1)..]) + commas(behind);
    let percents = tokens.iter().filter(|it| **it == Token::Percent).count();
    let shift =
        2 * i32::try_from(percents).unwrap_or(0) - 3 * i32::try_from(thousands).unwrap_or(0);
    let places = behind.iter().filter(|it| is_digit(it)).count();
    let (whole, fraction) = fixed(value, shift, places);
    let mut text = places_before(before, &whole, grouped.then(|| regional.group()));
    let mut digits = fraction.chars();
    for token in behind {
        match token {
            Token::Point => text.push(regional.decimal()),
            Token::Digit(kind) => {
                let nothing = digits.as_str().bytes().all(|digit| digit == b'0');
                match (digits.next(), kind) {
                    (_, '#') if nothing => {}
                    (_, '?') if nothing => text.push(' '),
                    (digit, _) => text.extend(digit),
                }
            }
            other => other_sign(&mut text, other),
        }
    }
    let literal =
        |it: &Token| matches!(it, Token::Literal(text) if text.chars().any(char::is_numeric));
    let inner = first.zip(last).is_some_and(|(first, last)| {
        before[first..last]
            .iter()
            .any(|it| matches!(it, Token::Literal(_)))
    });
    let bare = shift == 0 && percents == 0 && !inner && !tokens.iter().any(literal);
    let plain = bare.then(|| {
        let whole = if whole.is_empty() { "0" } else { &whole };
        let fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() {
            whole.to_owned()
        } else {
            format!("{whole}.{fraction}")
        }
    });
    (text, plain, thousands == 0)
}

fn other_sign(text: &mut String, token: &Token) {
    match token {
        Token::Literal(literal) => text.push_str(literal),
        Token::Percent => text.push('%'),
        _ => {}
    }
}

/// The whole part in its places, from the last to the first; what is left over stands at the first place.
fn places_before(tokens: &[Token], whole: &str, group: Option<char>) -> String {
    let mut digits = whole.chars().rev().peekable();
    let first = tokens.iter().position(|it| matches!(it, Token::Digit(_)));
    let mut reversed: Vec<char> = Vec::new();
    let mut count = 0;
    let mut put = |reversed: &mut Vec<char>, digit: char| {
        if let Some(group) = group
            && count > 0
            && count % 3 == 0
            && digit != ' '
        {
            reversed.push(group);
        }
        count += 1;
        reversed.push(digit);
    };
    for (at, token) in tokens.iter().enumerate().rev() {
        match token {
            Token::Digit(kind) => {
                match (digits.next(), kind) {
                    (Some(digit), _) => put(&mut reversed, digit),
                    (None, '0') => put(&mut reversed, '0'),
                    (None, '?') => put(&mut reversed, ' '),
                    (None, _) => {}
                }
                if Some(at) == first {
                    digits.by_ref().for_each(|digit| put(&mut reversed, digit));
                }
            }
            other => {
                let mut sign = String::new();
                other_sign(&mut sign, other);
                reversed.extend(sign.chars().rev());
            }
        }
    }
    // A format such as `.00` has no place before the point.
    if first.is_none() {
        digits.for_each(|digit| reversed.push(digit));
    }
    reversed.into_iter().rev().collect()
}

/// `0.00E+00`.
fn power(tokens: &[Token], at: usize, value: f64, regional: Regional) -> (String, bool) {
    let (mantissa, exponent) = tokens.split_at(at);
    let point = mantissa
        .iter()
        .position(|it| *it == Token::Point)
        .unwrap_or(mantissa.len());
    let count = |tokens: &[Token]| {
        tokens
            .iter()
            .filter(|it| matches!(it, Token::Digit(_)))
            .count()
    };
    let (written, power) = scientific(value, count(&mantissa[point..]));
    let sign = match (power < 0, &exponent[0]) {
        (true, _) => "-",
        (false, Token::Exponent(true)) => "+",
        _ => "",
    };
    let width = count(exponent);
    let literals = |tokens: &[Token]| {
        let mut text = String::new();
        for token in tokens {
            other_sign(&mut text, token);
        }
        text
    };
    let text = format!(
        "{}{}E{sign}{:0width$}{}",
        literals(&mantissa[..point]),
        written.replace('.', &regional.decimal().to_string()),
        power.unsigned_abs(),
        literals(exponent),
    );
    (text, count(&mantissa[..point]) == 1)
}

/// `# ?/?`, `# ??/16`.
fn fraction(tokens: &[Token], at: usize, value: f64) -> (String, bool) {
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let below = &tokens[at + 1..];
    let fixed: String = below
        .iter()
        .map_while(|token| match token {
            Token::Literal(text) if text.bytes().all(|it| it.is_ascii_digit()) => {
                Some(text.as_str())
            }
            Token::Digit('0') => Some("0"),
            _ => None,
        })
        .collect();
    let digits = below.iter().filter(|it| is_digit(it)).count();
    let groups: Vec<&[Token]> = tokens[..at]
        .split(|it| !is_digit(it))
        .filter(|it| !it.is_empty())
        .collect();
    let mixed = groups.len() > 1;
    let (whole, rest) = if mixed {
        (value.trunc(), value.fract())
    } else {
        (0.0, value)
    };
    let candidates = match fixed.parse::<u32>() {
        Ok(denominator) if denominator > 0 => denominator..=denominator,
        _ => 1..=10_u32.pow(u32::try_from(digits.clamp(1, 3)).unwrap_or(1)) - 1,
    };
    let error = |below: u32| {
        let above = (rest * f64::from(below)).round();
        (rest - above / f64::from(below)).abs()
    };
    let best = candidates.clone().fold(*candidates.start(), |best, next| {
        if error(next) + 1e-12 < error(best) {
            next
        } else {
            best
        }
    });
    let above = (rest * f64::from(best)).round();
    let text = if above == 0.0 && mixed {
        format!("{whole:.0}")
    } else if (above - f64::from(best)).abs() < f64::EPSILON && mixed {
        format!("{:.0}", whole + 1.0)
    } else if mixed && whole > 0.0 {
        format!("{whole:.0} {above:.0}/{best}")
    } else {
        format!("{above:.0}/{best}")
    };
    let plain = |token: &Token| {
        matches!(token, Token::Digit(_) | Token::Bar)
            || matches!(token, Token::Literal(text) if text.trim().is_empty() || text.bytes().all(|it| it.is_ascii_digit()))
    };
    (text, tokens.iter().all(plain))
}
