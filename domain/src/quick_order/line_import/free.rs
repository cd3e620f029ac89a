//! One line that no separator divides: "SKU x 12", "12 × SKU", "SKU: 12 pcs", "SKU (12)".

use super::{is_quantity, quantity_of, trim};

/// Words between a SKU and its quantity.
const BETWEEN: &[&str] = &[
    "x",
    "×",
    "*",
    ":",
    "=",
    "-",
    "–",
    "—",
    "->",
    "→",
    "qty",
    "qty:",
    "quantity",
    "quantity:",
    "menge",
    "menge:",
    "anzahl",
    "anzahl:",
    "of",
    "@",
];

/// The cells of `line`: SKU and quantity, or the whole of it where no quantity is found.
pub(super) fn cells(line: &str) -> Vec<String> {
    let line = trim(line);
    if line.chars().all(|sign| "\t;|, ".contains(sign)) {
        return Vec::new();
    }
    // Mixed separators: this line may have another one than the rest.
    for separator in ['\t', ';', '|', ','] {
        let parts: Vec<&str> = line.split(separator).map(trim).collect();
        if let [one, two] = parts[..]
            && !one.is_empty()
            && !two.is_empty()
            && (is_quantity(quantity_of(two)) || (is_quantity(one) && separator != ','))
        {
            return vec![one.to_owned(), two.to_owned()];
        }
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let found = bracketed(line)
        .or_else(|| quantity_last(&words))
        .or_else(|| quantity_first(&words));
    let (sku, quantity) = found.unwrap_or_else(|| (line.to_owned(), String::new()));
    if quantity.is_empty() {
        vec![sku]
    } else {
        vec![sku, quantity]
    }
}

/// `12`, `12x`, `12pcs`.
fn quantity_in(word: &str) -> Option<&str> {
    let quantity = quantity_of(word);
    is_quantity(quantity).then_some(quantity)
}

/// Whether a word is a unit, as in `12 pcs`.
fn is_unit(word: &str) -> bool {
    quantity_of(&format!("1 {word}")) == "1"
}

fn quantity_last(words: &[&str]) -> Option<(String, String)> {
    let end = match words {
        [.., last] if words.len() > 2 && is_unit(last) => words.len() - 1,
        _ => words.len(),
    };
    let (last, before) = words[..end].split_last()?;
    // `x12`, `×12`, `(12)` too; a large X may be a SKU's.
    let bare = last
        .trim_start_matches(['x', '×', '*', '(', '[', '='])
        .trim_end_matches([')', ']']);
    let quantity = quantity_in(bare)?;
    let between = |word: &&&str| BETWEEN.contains(&word.to_lowercase().as_str());
    let kept = before.len() - before.iter().rev().take_while(between).count();
    let sku = before[..kept].join(" ");
    let sku = sku.trim_end_matches([':', '=', ',', ';']);
    (!sku.is_empty()).then(|| (sku.to_owned(), quantity.to_owned()))
}

/// `SKU (12 pcs)`, `SKU [qty 12]`.
fn bracketed(line: &str) -> Option<(String, String)> {
    let before = line.strip_suffix([')', ']'])?;
    let open = before.rfind(['(', '['])?;
    let between = |word: &&str| BETWEEN.contains(&word.to_lowercase().as_str());
    let words: Vec<&str> = before[open + 1..].split_whitespace().collect();
    let inside = words.iter().copied().skip_while(between);
    let inside = inside.collect::<Vec<_>>().join(" ");
    let quantity = quantity_in(&inside)?;
    let sku = trim(&before[..open]);
    (!sku.is_empty()).then(|| (sku.to_owned(), quantity.to_owned()))
}

/// `12 x SKU`, `12x SKU`, `12 pcs SKU`, `12 SKU`.
fn quantity_first(words: &[&str]) -> Option<(String, String)> {
    let (first, after) = words.split_first()?;
    let quantity = quantity_in(first)?;
    let between = |word: &&&str| BETWEEN.contains(&word.to_lowercase().as_str()) || is_unit(word);
    let rest = &after[after.iter().take_while(between).count()..];
    (!rest.is_empty()).then(|| (rest.join(" "), quantity.to_owned()))
}
