//! The families of the demo catalogue: what each is called, in which sizes and materials it comes, what it costs. They
//! are listed in `families.txt`.

const LIST: &str = include_str!("families.txt");

/// A kind of product that comes in many variants.
#[derive(Debug, Default)]
pub(super) struct Family {
    /// Category names from the root, separated by slashes.
    pub(super) path: &'static str,
    /// Where SKUs begin.
    pub(super) code: &'static str,
    /// The drawing in its images.
    pub(super) glyph: &'static str,
    /// The name; `{0}` stands for the first axis' value, and so on.
    pub(super) name: &'static str,
    /// What is said about it, with the same places.
    pub(super) about: &'static str,
    /// The attributes that vary.
    pub(super) axes: Vec<Axis>,
    /// What the cheapest variant costs at retail, in US cents.
    pub(super) cents: u64,
    /// What the lightest variant weighs, in grams.
    pub(super) grams: u64,
    /// Possible minimum quantities and increments.
    pub(super) packs: Vec<(i64, i64)>,
}

/// An attribute that varies.
#[derive(Debug)]
pub(super) struct Axis {
    /// The attribute's name.
    pub(super) name: &'static str,
    /// By how many percent each value is dearer than the one before.
    pub(super) growth: u64,
    /// Values from cheap to dear.
    pub(super) values: Vec<Variant>,
}

/// A value of an axis.
#[derive(Debug)]
pub(super) struct Variant {
    /// In SKUs.
    pub(super) code: String,
    /// In names.
    pub(super) text: &'static str,
}

/// All of them; a line that is not understood is left out (a test sees to it that none is).
pub(super) fn families() -> Vec<Family> {
    LIST.split("\n\n").filter_map(family).collect()
}

fn family(block: &'static str) -> Option<Family> {
    let mut family = Family::default();
    for line in block.lines().filter(|line| !line.starts_with('#')) {
        if let Some((code, path)) = line
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("] "))
        {
            (family.code, family.path) = (code, path);
            continue;
        }
        let (key, value) = line.split_once(": ")?;
        match key {
            "glyph" => family.glyph = value,
            "name" => family.name = value,
            "about" => family.about = value,
            "axis" => family.axes.push(axis(value)?),
            "from" => {
                let (cents, grams) = value.strip_suffix(" grams")?.split_once(" cents, ")?;
                (family.cents, family.grams) = (cents.parse().ok()?, grams.parse().ok()?);
            }
            "packs" => family.packs = value.split(", ").filter_map(pack).collect(),
            _ => return None,
        }
    }
    (!family.code.is_empty()).then_some(family)
}

fn axis(text: &'static str) -> Option<Axis> {
    let (head, values) = text.split_once("%: ")?;
    let (name, growth) = head.rsplit_once(" +")?;
    Some(Axis {
        name,
        growth: growth.parse().ok()?,
        values: values.split('|').map(variant).collect(),
    })
}

fn variant(text: &'static str) -> Variant {
    match text.split_once('=') {
        Some((code, text)) => Variant {
            code: code.to_owned(),
            text,
        },
        None => Variant {
            code: text.chars().filter(char::is_ascii_alphanumeric).collect(),
            text,
        },
    }
}

fn pack(text: &str) -> Option<(i64, i64)> {
    let (minimum, increment) = text.split_once('/')?;
    Some((minimum.parse().ok()?, increment.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_is_understood_and_has_a_code_of_its_own() {
        let all = families();
        assert_eq!(
            all.len(),
            LIST.lines().filter(|line| line.starts_with('[')).count()
        );
        let mut codes: Vec<&str> = all.iter().map(|family| family.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all.len());
        for family in &all {
            assert!(
                !family.axes.is_empty() && !family.packs.is_empty() && family.cents > 0,
                "{}",
                family.code
            );
        }
    }
}
