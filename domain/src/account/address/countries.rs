//! What addresses look like in each country: whether there is a state, and how a postal code is
//! written.

use crate::values::typed::ascii;

use Presence::{Hidden, Optional, Required};

/// The countries offered, as ISO 3166-1 alpha-2 codes in alphabetical order. Their names come from
/// the browser's `Intl.DisplayNames`. Other countries are accepted, with the least of rules.
pub const COUNTRIES: [&str; 43] = [
    "AE", "AT", "AU", "BE", "BG", "BR", "CA", "CH", "CN", "CZ", "DE", "DK", "EE", "ES", "FI", "FR",
    "GB", "GR", "HK", "HR", "HU", "IE", "IN", "IT", "JP", "KR", "LT", "LU", "LV", "MX", "NL", "NO",
    "NZ", "PL", "PT", "RO", "SE", "SG", "SI", "SK", "TW", "US", "ZA",
];

/// The codes of US states and territories that have mail, the military ones included.
const US_STATES: &str = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS \
    MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS FM GU MH \
    MP PR PW VI AA AE AP";

/// The codes of Canada's provinces and territories.
const CA_PROVINCES: &str = "AB BC MB NB NL NS NT NU ON PE QC SK YT";

/// Whether a field of the address form is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It must be.
    Required,
    /// It may be.
    Optional,
    /// The country does not use it: the form does not show it.
    Hidden,
}

/// What a country calls its first-level regions, for the label of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateKind {
    /// State (US, Australia, India).
    State,
    /// Province (Canada, China).
    Province,
    /// Prefecture (Japan).
    Prefecture,
    /// County (United Kingdom, Ireland).
    County,
    /// Emirate (United Arab Emirates).
    Emirate,
    /// Anything else.
    Region,
}

/// What the form asks for in one country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requirements {
    /// Whether there is a state.
    pub state: Presence,
    /// What it is called.
    pub state_kind: StateKind,
    /// The codes the state is chosen from, separated by single spaces; empty when any text will do.
    pub state_codes: &'static str,
    /// Whether there is a postal code.
    pub postal: Presence,
    /// A postal code as it is written there; empty when no form is known.
    pub postal_example: &'static str,
}

/// A country's rules. In `postal_forms`, alternatives stand between `|`; `A` is a letter, `9` a
/// digit, `?` either, and everything else stands for itself. Spaces and hyphens may be missing from
/// what is typed, or be elsewhere.
pub(super) struct Country {
    pub(super) code: &'static str,
    pub(super) state: Presence,
    pub(super) state_kind: StateKind,
    pub(super) postal: Presence,
    pub(super) postal_forms: &'static str,
    pub(super) postal_example: &'static str,
}

const fn country(
    code: &'static str,
    (state, state_kind): (Presence, StateKind),
    postal: Presence,
    postal_forms: &'static str,
    postal_example: &'static str,
) -> Country {
    Country {
        code,
        state,
        state_kind,
        postal,
        postal_forms,
        postal_example,
    }
}

const GB_FORMS: &str = "A9 9AA|A99 9AA|AA9 9AA|AA99 9AA|A9A 9AA|AA9A 9AA|GIR 0AA";

const NO_STATE: (Presence, StateKind) = (Hidden, StateKind::Region);

#[rustfmt::skip]
pub(super) static RULES: [Country; 31] = [
    country("US", (Required, StateKind::State), Required, "99999|99999-9999", "78701"),
    country("CA", (Required, StateKind::Province), Required, "A9A 9A9", "K1A 0B1"),
    country("MX", (Required, StateKind::State), Required, "99999", "06600"),
    country("GB", (Optional, StateKind::County), Required, GB_FORMS, "SW1A 1AA"),
    country("IE", (Optional, StateKind::County), Optional, "A99 ????|D6W ????", "D02 X285"),
    country("DE", NO_STATE, Required, "99999", "10115"),
    country("FR", NO_STATE, Required, "99999", "75001"),
    country("ES", (Optional, StateKind::Province), Required, "99999", "28013"),
    country("IT", (Optional, StateKind::Province), Required, "99999", "00184"),
    country("PT", NO_STATE, Required, "9999-999", "1100-148"),
    country("NL", NO_STATE, Required, "9999 AA", "1012 JS"),
    country("BE", NO_STATE, Required, "9999", "1000"),
    country("LU", NO_STATE, Required, "9999", "1648"),
    country("CH", NO_STATE, Required, "9999", "8001"),
    country("AT", NO_STATE, Required, "9999", "1010"),
    country("DK", NO_STATE, Required, "9999", "1050"),
    country("SE", NO_STATE, Required, "999 99", "111 22"),
    country("NO", NO_STATE, Required, "9999", "0150"),
    country("FI", NO_STATE, Required, "99999", "00100"),
    country("PL", NO_STATE, Required, "99-999", "00-001"),
    country("CZ", NO_STATE, Required, "999 99", "110 00"),
    country("JP", (Required, StateKind::Prefecture), Required, "999-9999", "100-0001"),
    country("AU", (Required, StateKind::State), Required, "9999", "2000"),
    country("NZ", NO_STATE, Required, "9999", "6011"),
    country("IN", (Required, StateKind::State), Required, "999999", "110001"),
    country("BR", (Required, StateKind::State), Required, "99999-999", "01310-100"),
    country("CN", (Required, StateKind::Province), Required, "999999", "100000"),
    country("KR", (Optional, StateKind::Province), Required, "99999", "03051"),
    country("SG", NO_STATE, Required, "999999", "018956"),
    country("HK", NO_STATE, Hidden, "", ""),
    country("AE", (Required, StateKind::Emirate), Hidden, "", ""),
];

static ELSEWHERE: Country = country("", (Optional, StateKind::Region), Optional, "", "");

fn rules(code: &str) -> &'static Country {
    RULES
        .iter()
        .find(|rules| rules.code.eq_ignore_ascii_case(code.trim()))
        .unwrap_or(&ELSEWHERE)
}

/// What the address form asks for in `country` (ISO 3166-1 alpha-2, in either case).
pub fn requirements(country: &str) -> Requirements {
    let rules = rules(country);
    Requirements {
        state: rules.state,
        state_kind: rules.state_kind,
        state_codes: match rules.code {
            "US" => US_STATES,
            "CA" => CA_PROVINCES,
            _ => "",
        },
        postal: rules.postal,
        postal_example: rules.postal_example,
    }
}

/// The postal code as it is written in `country` (upper case), or trimmed and in upper case when it
/// does not have the form of one there.
pub(super) fn written_postal_code(typed: &str, country: &str) -> String {
    let rules = rules(country);
    let plain: String = typed
        .trim()
        .chars()
        .map(|character| ascii(character).to_ascii_uppercase())
        .collect();
    let compact: String = plain
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '-')
        .collect();
    // `D-10115`, `L-1648`, `CH-8001`: the country's old mark is not part of the code.
    let letters = compact.bytes().take_while(u8::is_ascii_alphabetic).count();
    let mark = rules.code.get(..letters.clamp(1, 2)).unwrap_or_default();
    let unmarked = if letters <= 2 {
        compact.strip_prefix(mark)
    } else {
        None
    };
    for form in rules
        .postal_forms
        .split('|')
        .filter(|form| !form.is_empty())
    {
        if let Some(code) = fit(form, &compact) {
            return code;
        }
        if let Some(code) = unmarked.and_then(|unmarked| fit(form, unmarked)) {
            return code;
        }
    }
    plain
}

/// Whether `code`, as [`written_postal_code`] gives it, is a postal code of `country`. Any text is
/// one where no form is known.
pub(super) fn is_postal_code(code: &str, country: &str) -> bool {
    let forms = rules(country).postal_forms;
    let compact: String = code
        .chars()
        .filter(|character| !matches!(character, ' ' | '-'))
        .collect();
    forms.is_empty() || forms.split('|').any(|form| fit(form, &compact).is_some())
}

/// `compact` (no spaces, no hyphens) written in `form`; `None` when it does not have that form.
fn fit(form: &str, compact: &str) -> Option<String> {
    let mut written = String::new();
    let mut rest = compact.chars();
    for place in form.chars() {
        if matches!(place, ' ' | '-') {
            written.push(place);
            continue;
        }
        let character = rest.next()?;
        let fits = match place {
            'A' => character.is_ascii_alphabetic(),
            '9' => character.is_ascii_digit(),
            '?' => character.is_ascii_alphanumeric(),
            literal => character == literal,
        };
        if !fits {
            return None;
        }
        written.push(character);
    }
    rest.next().is_none().then_some(written)
}
