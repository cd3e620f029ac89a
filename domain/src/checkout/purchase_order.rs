//! What the buyer writes on an order: the PO number and the special instructions.

/// The longest PO number, in characters after trimming.
///
/// Assumption: the API documents no limit; 50 is what common ERP systems hold.
pub const MAX_PO_NUMBER: usize = 50;

/// The longest special instructions, in characters after trimming.
///
/// Assumption: the API documents no limit; 2000 is a page of text.
pub const MAX_INSTRUCTIONS: usize = 2000;

/// What a deployment asks of PO numbers (`checkout.poNumber` in `config.json`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PoRule {
    /// An order may do without.
    #[default]
    Optional,
    /// Every order has one.
    Required,
    /// Every order has one of this form. In the pattern
    ///
    /// - `A` stands for one letter, A to Z in either case,
    /// - `9` stands for one digit,
    /// - `*` stands for any characters, also none,
    /// - `\` makes the next character stand for itself (`\A`, `\9`, `\*`, `\\`; doubled in JSON),
    /// - every other character stands for itself, case included.
    ///
    /// `PO-9999-99999` accepts `PO-2024-88412`; `P\AO-*` accepts `PAO-7/b`.
    Pattern(String),
}

impl PoRule {
    /// Reads the setting's text: `optional`, `required`, or else a pattern. `None` when it is a
    /// pattern that no PO number could meet, or none at all.
    pub fn from_setting(setting: &str) -> Option<Self> {
        match setting.trim() {
            "optional" => Some(Self::Optional),
            "required" => Some(Self::Required),
            "" => None,
            pattern => {
                let places = places(pattern)?;
                let least = places
                    .iter()
                    .filter(|place| **place != Place::Anything)
                    .count();
                (least <= MAX_PO_NUMBER).then(|| Self::Pattern(pattern.to_owned()))
            }
        }
    }
}

/// Why a PO number cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoError {
    /// The order needs one.
    Missing,
    /// Too many characters.
    TooLong {
        /// The most that are allowed, in characters.
        max: usize,
    },
    /// A line break, tab or other character that does not print.
    ControlCharacter,
    /// Not of the form that the deployment's pattern asks for.
    Pattern,
}

/// Why special instructions cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstructionsError {
    /// Too many characters.
    TooLong {
        /// The most that are allowed, in characters.
        max: usize,
    },
    /// A character that neither prints nor lays out text.
    ControlCharacter,
}

/// The PO number in `text`, trimmed, as it is to be sent; `None` when there is none and `rule`
/// allows that.
pub fn check_po_number(text: &str, rule: &PoRule) -> Result<Option<String>, PoError> {
    let number = text.trim();
    if number.is_empty() {
        return if *rule == PoRule::Optional {
            Ok(None)
        } else {
            Err(PoError::Missing)
        };
    }
    if is_longer_than(number, MAX_PO_NUMBER) {
        return Err(PoError::TooLong { max: MAX_PO_NUMBER });
    }
    if number.chars().any(char::is_control) {
        return Err(PoError::ControlCharacter);
    }
    match rule {
        PoRule::Pattern(pattern) if !matches(pattern, number) => Err(PoError::Pattern),
        _ => Ok(Some(number.to_owned())),
    }
}

/// The special instructions in `text`, trimmed, with line breaks as `\n`, as they are to be sent;
/// `None` when there are none.
pub fn check_instructions(text: &str) -> Result<Option<String>, InstructionsError> {
    let plain = text.trim().replace("\r\n", "\n");
    if plain.is_empty() {
        return Ok(None);
    }
    if is_longer_than(&plain, MAX_INSTRUCTIONS) {
        return Err(InstructionsError::TooLong {
            max: MAX_INSTRUCTIONS,
        });
    }
    if plain
        .chars()
        .any(|character| character.is_control() && !matches!(character, '\n' | '\t'))
    {
        return Err(InstructionsError::ControlCharacter);
    }
    Ok(Some(plain))
}

fn is_longer_than(text: &str, max: usize) -> bool {
    text.chars().nth(max).is_some()
}

/// What a pattern asks for at one place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Letter,
    Digit,
    Anything,
    Exactly(char),
}

impl Place {
    fn takes(self, character: char) -> bool {
        match self {
            Self::Letter => character.is_ascii_alphabetic(),
            Self::Digit => character.is_ascii_digit(),
            Self::Anything => true,
            Self::Exactly(expected) => character == expected,
        }
    }
}

/// The places of `pattern`; `None` when it ends in a lone `\`.
fn places(pattern: &str) -> Option<Vec<Place>> {
    let mut places = Vec::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        places.push(match character {
            'A' => Place::Letter,
            '9' => Place::Digit,
            '*' => Place::Anything,
            '\\' => Place::Exactly(characters.next()?),
            other => Place::Exactly(other),
        });
    }
    Some(places)
}

/// Whether the whole of `text` has the form of `pattern`. A pattern that cannot be read matches
/// nothing.
fn matches(pattern: &str, text: &str) -> bool {
    let Some(places) = places(pattern) else {
        return false;
    };
    // `open[i]`: the places before `i` have taken all characters so far.
    let mut open = vec![false; places.len() + 1];
    open[0] = true;
    pass_anything(&places, &mut open);
    for character in text.chars() {
        let mut next = vec![false; places.len() + 1];
        for (index, place) in places.iter().enumerate() {
            if open[index] && place.takes(character) {
                // `*` keeps its place, ready to take more.
                next[if *place == Place::Anything {
                    index
                } else {
                    index + 1
                }] = true;
            }
        }
        pass_anything(&places, &mut next);
        open = next;
    }
    open[places.len()]
}

/// `*` may take no character at all.
fn pass_anything(places: &[Place], open: &mut [bool]) {
    for (index, place) in places.iter().enumerate() {
        if *place == Place::Anything && open[index] {
            open[index + 1] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pattern(pattern: &str) -> PoRule {
        PoRule::Pattern(pattern.to_owned())
    }

    fn accepts(rule: &str, text: &str) -> bool {
        check_po_number(text, &pattern(rule)).is_ok()
    }

    #[test]
    fn the_setting_is_read() {
        assert_eq!(PoRule::from_setting("optional"), Some(PoRule::Optional));
        assert_eq!(PoRule::from_setting(" required "), Some(PoRule::Required));
        assert_eq!(PoRule::from_setting("PO-9999"), Some(pattern("PO-9999")));
        assert_eq!(PoRule::from_setting(""), None);
        assert_eq!(PoRule::from_setting("PO\\"), None);
        assert_eq!(PoRule::from_setting(&"9".repeat(51)), None);
        assert_eq!(
            PoRule::from_setting(&"9*".repeat(50)),
            Some(pattern(&"9*".repeat(50)))
        );
        assert_eq!(PoRule::default(), PoRule::Optional);
    }

    #[test]
    fn none_is_fine_only_when_optional() {
        assert_eq!(check_po_number("  ", &PoRule::Optional), Ok(None));
        assert_eq!(
            check_po_number(" ", &PoRule::Required),
            Err(PoError::Missing)
        );
        assert_eq!(check_po_number("", &pattern("*")), Err(PoError::Missing));
    }

    #[test]
    fn a_number_is_trimmed_and_kept_as_typed() {
        for rule in [PoRule::Optional, PoRule::Required, pattern("PO-9999-99999")] {
            let sent = check_po_number(" PO-2024-88412\n", &rule);
            assert_eq!(sent, Ok(Some("PO-2024-88412".to_owned())));
        }
        let script = "<script>alert(1)</script>";
        assert_eq!(
            check_po_number(script, &PoRule::Optional),
            Ok(Some(script.to_owned()))
        );
    }

    #[test]
    fn limits() {
        let rule = PoRule::Optional;
        assert!(check_po_number(&"ü".repeat(50), &rule).is_ok());
        assert_eq!(
            check_po_number(&"x".repeat(51), &rule),
            Err(PoError::TooLong { max: 50 })
        );
        assert_eq!(
            check_po_number(&"x".repeat(10_000), &rule),
            Err(PoError::TooLong { max: 50 })
        );
        for text in ["PO\t1", "PO\n1", "PO\u{0}1", "PO\u{7F}1", "PO\u{85}1"] {
            assert_eq!(
                check_po_number(text, &rule),
                Err(PoError::ControlCharacter),
                "{text:?}"
            );
        }
    }

    #[test]
    fn patterns() {
        assert!(accepts("PO-9999-99999", "PO-2024-88412"));
        assert!(!accepts("PO-9999-99999", "PO-2024-8841"));
        assert!(!accepts("PO-9999-99999", "PO-2024-884123"));
        assert!(!accepts("PO-9999-99999", "po-2024-88412"));
        assert!(accepts("AA99", "xY12"));
        assert!(!accepts("AA99", "x112"));
        assert!(!accepts("AA99", "éé12"));
        assert!(accepts("PO*", "PO"));
        assert!(accepts("PO-9*", "PO-7 rush"));
        assert!(!accepts("PO-9*", "PO-"));
        assert!(accepts("*-9", "a-b-c-4"));
        assert!(accepts("*9*", "abc1"));
        assert!(!accepts("*9*", "abc"));
        assert!(accepts("**", "x"));
        assert!(accepts("P\\AO-*", "PAO-7/b"));
        assert!(!accepts("P\\AO-*", "PBO-7"));
        assert!(accepts("\\*\\\\\\9", "*\\9"));
        assert!(!accepts("PO\\", "PO"));
    }

    #[test]
    fn instructions_keep_their_lines() {
        assert_eq!(check_instructions(" \n "), Ok(None));
        let sent = check_instructions(" Ship to dock B.\r\nCall\tbefore. ");
        assert_eq!(sent, Ok(Some("Ship to dock B.\nCall\tbefore.".to_owned())));
        assert!(check_instructions(&"ü".repeat(2000)).is_ok());
        let long = check_instructions(&"x".repeat(2001));
        assert_eq!(long, Err(InstructionsError::TooLong { max: 2000 }));
        let bell = check_instructions("a\u{7}b");
        assert_eq!(bell, Err(InstructionsError::ControlCharacter));
    }

    /// The plain definition of a pattern's meaning, without escapes.
    fn reference(pattern: &[char], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, None) => true,
            (Some(('*', rest)), None) => reference(rest, text),
            (Some(('*', rest)), Some((_, tail))) => {
                reference(rest, text) || reference(pattern, tail)
            }
            (Some((place, rest)), Some((character, tail))) => {
                let taken = match place {
                    'A' => character.is_ascii_alphabetic(),
                    '9' => character.is_ascii_digit(),
                    other => other == character,
                };
                taken && reference(rest, tail)
            }
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn matching_means_what_it_says(pattern in "[A9*b-]{0,7}", text in "[ab1-]{0,8}") {
            let expected =
                reference(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
            prop_assert_eq!(matches(&pattern, &text), expected);
        }

        #[test]
        fn an_escaped_text_matches_only_itself(
            text in "[^\\s\\pC]{1,20}",
            other in "[^\\s\\pC]{1,20}",
        ) {
            let escaped: String = text.chars().flat_map(|character| ['\\', character]).collect();
            prop_assert!(accepts(&escaped, &text));
            prop_assert_eq!(accepts(&escaped, &other), text == other);
        }

        /// Nothing that is typed or sent makes a rule panic.
        #[test]
        fn no_text_panics(text: String, setting: String) {
            let rule = PoRule::from_setting(&setting).unwrap_or_default();
            let _ = check_po_number(&text, &rule);
            let _ = check_po_number(&text, &PoRule::Pattern(setting));
            let _ = check_instructions(&text);
        }

        #[test]
        fn what_is_sent_is_within_limits(text in "\\PC{0,80}") {
            if let Ok(Some(sent)) = check_po_number(&text, &PoRule::Optional) {
                prop_assert!(sent.chars().count() <= MAX_PO_NUMBER);
                prop_assert_eq!(sent.trim(), &sent);
                prop_assert_eq!(check_po_number(&sent, &PoRule::Optional), Ok(Some(sent.clone())));
            }
        }
    }
}
