//! Tests of address rules.

use super::countries::RULES;
use super::*;
use proptest::prelude::*;

fn input(country: &str, state: &str, postal_code: &str) -> AddressInput {
    AddressInput {
        line1: "500 Commerce Drive".to_owned(),
        line2: "Dock B".to_owned(),
        city: "Austin".to_owned(),
        state: state.to_owned(),
        postal_code: postal_code.to_owned(),
        country: country.to_owned(),
        phone: "555-800-1000".to_owned(),
    }
}

fn state_of(country: &str) -> &'static str {
    match country {
        "US" => "TX",
        "CA" => "ON",
        _ => "Somewhere",
    }
}

fn postal(country: &str, typed: &str) -> Result<String, AddressError> {
    let input = input(country, state_of(country), typed);
    match validate(&input).as_slice() {
        [] => Ok(normalise(&input).postal_code),
        [(Field::PostalCode, error)] => Err(*error),
        other => panic!("{country} {typed}: {other:?}"),
    }
}

#[test]
fn the_documented_address_is_valid_and_goes_out_as_it_is() {
    let input = input("US", "TX", "78701");
    assert_eq!(validate(&input), []);
    assert_eq!(normalise(&input), input);
    let sent = serde_json::to_value(input.to_wire()).unwrap_or_default();
    let expected = serde_json::json!({
        "line1": "500 Commerce Drive", "line2": "Dock B", "city": "Austin", "state": "TX",
        "postalCode": "78701", "country": "US", "phone": "555-800-1000",
    });
    assert_eq!(sent, expected);
    assert_eq!(AddressInput::from(&input.to_wire()), input);
}

#[test]
fn every_example_is_valid_and_already_written_as_usual() {
    for rules in &RULES {
        let normal = postal(rules.code, rules.postal_example);
        assert_eq!(
            normal.as_deref(),
            Ok(rules.postal_example),
            "{}",
            rules.code
        );
        assert_eq!(
            rules.postal_forms.is_empty(),
            rules.postal == Presence::Hidden,
            "{}",
            rules.code
        );
    }
}

#[test]
fn the_list_of_countries_is_sorted_and_covers_the_rules() {
    assert!(COUNTRIES.is_sorted_by(|one, other| one < other));
    for rules in &RULES {
        assert!(COUNTRIES.contains(&rules.code), "{}", rules.code);
    }
}

#[test]
fn postal_codes_are_written_as_usual() {
    for (country, typed, written) in [
        ("US", " 78701 ", "78701"),
        ("US", "787011234", "78701-1234"),
        ("US", "78701 1234", "78701-1234"),
        ("US", "78701–1234", "78701-1234"),
        ("CA", "k1a0b1", "K1A 0B1"),
        ("CA", "K1A-0B1", "K1A 0B1"),
        ("GB", "sw1a1aa", "SW1A 1AA"),
        ("GB", "M11AE", "M1 1AE"),
        ("GB", "b33 8th", "B33 8TH"),
        ("GB", "CR2 6XH", "CR2 6XH"),
        ("GB", "DN551PT", "DN55 1PT"),
        ("GB", "W1A 0AX", "W1A 0AX"),
        ("GB", "gir0aa", "GIR 0AA"),
        ("IE", "d02x285", "D02 X285"),
        ("IE", "D6WXH98", "D6W XH98"),
        ("IE", "", ""),
        ("NL", "1012js", "1012 JS"),
        ("NL", "NL-1012 JS", "1012 JS"),
        ("PT", "1100148", "1100-148"),
        ("SE", "11122", "111 22"),
        ("SE", "S-111 22", "111 22"),
        ("PL", "00001", "00-001"),
        ("CZ", "11000", "110 00"),
        ("DE", "D-10115", "10115"),
        ("LU", "L-1648", "1648"),
        ("CH", "CH-8001", "8001"),
        ("JP", "1000001", "100-0001"),
        ("JP", "１００－０００１", "100-0001"),
        ("JP", "100ー0001", "100-0001"),
        ("BR", "01310100", "01310-100"),
        ("HK", "999077", ""),
        ("AE", "00000", ""),
        ("TR", " 34000 ", "34000"),
        ("TR", "", ""),
    ] {
        assert_eq!(
            postal(country, typed).as_deref(),
            Ok(written),
            "{country} {typed}"
        );
    }
}

#[test]
fn wrong_postal_codes_name_an_example() {
    for (country, typed) in [
        ("US", "7870"),
        ("US", "787011"),
        ("US", "ABCDE"),
        ("CA", "K1A 0B"),
        ("CA", "1K1 A0B"),
        ("GB", "SW1A"),
        ("GB", "SW1A 1A1"),
        ("DE", "1011"),
        ("DE", "X-10115"),
        ("DE", "１０１１é"),
        ("NL", "1012"),
        ("JP", "100-000"),
        ("IE", "D02 X28"),
        ("IE", "D02 X28!"),
    ] {
        let example = requirements(country).postal_example;
        assert_eq!(
            postal(country, typed),
            Err(AddressError::PostalFormat { example }),
            "{country} {typed}"
        );
    }
    assert_eq!(postal("FR", " "), Err(AddressError::Missing));
    assert_eq!(
        postal("TR", &"1".repeat(101)),
        Err(AddressError::TooLong { max: 100 })
    );
}

#[test]
fn states_are_codes_where_there_are_codes() {
    assert_eq!(validate(&input("US", " tx ", "78701")), []);
    assert_eq!(normalise(&input("US", " tx ", "78701")).state, "TX");
    assert_eq!(validate(&input("CA", "qc", "K1A 0B1")), []);
    let unknown = [(Field::State, AddressError::UnknownState)];
    assert_eq!(validate(&input("US", "Texas", "78701")), unknown);
    assert_eq!(validate(&input("US", "ON", "78701")), unknown);
    assert_eq!(validate(&input("US", "AL AK", "78701")), unknown);
    assert_eq!(validate(&input("CA", "TX", "K1A 0B1")), unknown);
    assert_eq!(
        validate(&input("US", "", "78701")),
        [(Field::State, AddressError::Missing)]
    );
    assert_eq!(
        validate(&input("JP", "", "100-0001")),
        [(Field::State, AddressError::Missing)]
    );
    assert_eq!(validate(&input("JP", "東京都", "100-0001")), []);
    assert_eq!(validate(&input("GB", "", "M1 1AE")), []);
    for (country, count) in [("US", 62), ("CA", 13), ("DE", 0)] {
        let codes = requirements(country).state_codes.split_whitespace();
        assert_eq!(codes.clone().count(), count);
        assert!(codes.into_iter().all(|code| code.len() == 2));
    }
}

#[test]
fn what_the_form_hides_is_not_sent() {
    let moved = input("DE", "TX", "10115");
    assert_eq!(validate(&moved), []);
    assert_eq!(normalise(&moved).state, "");
    assert_eq!(moved.to_wire().state, None);
    assert_eq!(input("HK", "", "78701").to_wire().postal_code, None);
}

#[test]
fn elsewhere_only_street_and_city_are_asked_for() {
    let sparse = AddressInput {
        line1: "1 Main Road".to_owned(),
        city: "Nairobi".to_owned(),
        country: "ke".to_owned(),
        ..AddressInput::default()
    };
    assert_eq!(validate(&sparse), []);
    assert_eq!(requirements("KE").postal, Presence::Optional);
    assert_eq!(requirements("").state, Presence::Optional);
}

#[test]
fn errors_come_in_the_forms_order() {
    let empty = AddressInput {
        country: "US".to_owned(),
        ..AddressInput::default()
    };
    let fields = [Field::Line1, Field::City, Field::State, Field::PostalCode];
    assert_eq!(
        validate(&empty),
        fields.map(|field| (field, AddressError::Missing))
    );
    let nothing = [Field::Line1, Field::City, Field::Country];
    let expected = nothing.map(|field| (field, AddressError::Missing));
    assert_eq!(validate(&AddressInput::default()), expected);
}

#[test]
fn texts_are_limited() {
    let long = AddressInput {
        line2: "ü".repeat(101),
        ..input("US", "TX", "78701")
    };
    assert_eq!(
        validate(&long),
        [(Field::Line2, AddressError::TooLong { max: 100 })]
    );
    let just = AddressInput {
        line2: "ü".repeat(100),
        ..input("US", "TX", "78701")
    };
    assert_eq!(validate(&just), []);
    let broken = AddressInput {
        city: "Aus\ntin".to_owned(),
        ..input("US", "TX", "78701")
    };
    assert_eq!(
        validate(&broken),
        [(Field::City, AddressError::ControlCharacter)]
    );
}

#[test]
fn countries_are_two_letters() {
    for country in ["USA", "U", "1A", "ÜK", "アメリカ"] {
        assert_eq!(
            validate(&input(country, "", "78701")),
            [(Field::Country, AddressError::NotACountry)],
            "{country}"
        );
    }
}

#[test]
fn phones() {
    let check = |phone: &str| {
        let input = AddressInput {
            phone: phone.to_owned(),
            ..input("US", "TX", "78701")
        };
        validate(&input)
    };
    for phone in [
        "",
        "+1 (555) 800-1000",
        "0 30 / 12 34 56",
        "555.800.1000 ext 12",
        "555-8001x9",
        "０３－１２３４－５６７８",
    ] {
        assert_eq!(check(phone), [], "{phone}");
    }
    for phone in ["call me", "1234", "555-800-1000; DROP", "()"] {
        assert_eq!(
            check(phone),
            [(Field::Phone, AddressError::NotAPhone)],
            "{phone}"
        );
    }
}

fn any_country() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(COUNTRIES.to_vec()).prop_map(str::to_owned),
        any::<String>()
    ]
}

proptest! {
    /// Nothing that is typed or sent makes a rule panic.
    #[test]
    fn nothing_typed_panics_and_normalising_is_idempotent(
        country in any_country(),
        texts: [String; 6],
        postal in "[A-Za-z0-9 -]{0,10}",
        usual: bool,
    ) {
        let [line1, line2, city, state, wild, phone] = texts;
        let postal_code = if usual { postal } else { wild };
        let input = AddressInput { line1, line2, city, state, postal_code, country, phone };
        let normal = normalise(&input);
        prop_assert_eq!(normalise(&normal), normal.clone());
        prop_assert_eq!(validate(&normal), validate(&input));
    }

    #[test]
    fn a_code_of_the_right_form_is_valid_however_it_is_spaced(
        index in 0..RULES.len(),
        alternative: prop::sample::Index,
        letter in "[A-Za-z]",
        digit in "[0-9]",
        separator in "[ -]{0,2}",
    ) {
        let rules = &RULES[index];
        let forms: Vec<&str> = rules.postal_forms.split('|').collect();
        let form = forms[alternative.index(forms.len())];
        let written = form.replace('9', &digit).replace('A', &letter).replace('?', &digit);
        let typed = written.replace([' ', '-'], &separator);
        let normal = postal(rules.code, &typed);
        prop_assert_eq!(normal, Ok(written.to_ascii_uppercase()));
    }
}
