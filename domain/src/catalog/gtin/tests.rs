//! Tests of barcodes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use proptest::prelude::*;

const WIDGET: &str = "012345678905";

#[test]
fn one_code_is_written_in_many_ways() {
    for text in [
        "012345678905",
        "0012345678905",
        "00012345678905",
        // Leading zeros lost in a spreadsheet.
        "12345678905",
        "12345678905.0",
        "12,345,678,905",
        "'012345678905",
        "=\"012345678905\"",
        // Scanners and people.
        "012345678905\r\n",
        "012345678905\t",
        "0 12345 67890 5",
        "0-12345-67890-5",
        "\u{A0}0\u{2013}12345\u{2013}67890\u{2013}5\u{200B}",
        "０１２３４５６７８９０５",
        "UPC 012345678905",
        "EAN: 0012345678905",
        "gtin-00012345678905",
        // The kind of barcode before it.
        "]E00012345678905",
        "]C0012345678905",
        "]A0012345678905",
        // Fields.
        "(01)00012345678905",
        "(01) 0001234 5678905 (10)LOT-7",
        "(17)261231(01)00012345678905",
        "]C10100012345678905",
        "]d20100012345678905172612311\u{1D}0X",
        "]d2172612310100012345678905",
        "]Q310LOT\u{1D}0100012345678905",
        "]e00100012345678905",
        "\u{1D}010001234567890510LOT",
        "<GS>10LOT<GS>0100012345678905",
        "0100012345678905",
        "0100012345678905\u{1D}21SERIAL",
        // Addresses.
        "https://id.gs1.org/01/00012345678905",
        "https://example.com/some/shop/01/00012345678905/10/LOT?17=261231",
        "HTTPS://id.gs1.org/01/012345678905".to_lowercase().as_str(),
        "id.gs1.org/gtin/0012345678905",
        "]Q1https://id.gs1.org/01/00012345678905",
    ] {
        let code = read(text).unwrap_or_else(|| panic!("{text:?} is not read"));
        for upc in [WIDGET, "0012345678905", "00012345678905", "12345678905"] {
            assert!(code.is(upc), "{text:?} as {upc}: {code:?}");
        }
        assert!(!code.is_wrong() && !code.is("036000291452"), "{text:?}");
        assert_eq!(code.usual(), WIDGET, "{text:?}");
    }
}

#[test]
fn short_codes_are_written_out() {
    // A UPC-E with all that belongs to it, and with its first zero lost.
    for text in ["04252614", "4252614", "0-425261-4"] {
        let code = read(text).unwrap();
        assert!(code.is("042100005264"), "{text}: {code:?}");
    }
    // Six digits alone could be anything: offered only.
    let six = read("425261").unwrap();
    assert!(!six.is("042100005264") && six.may_be("042100005264"));
    let ean = read("96385074").unwrap();
    assert!(ean.is("96385074") && ean.is("0000096385074"));
    assert_eq!(ean.usual(), "96385074");
    // And back: the catalogue may hold the short form.
    let long = read("042100005264").unwrap();
    assert!(long.is("04252614") && long.endings().contains(&"04252614".to_owned()));
}

#[test]
fn what_is_doubtful_is_not_taken() {
    for text in [
        "1.23457E+11",
        "1,23457E+11",
        "1.23457e11",
        "１.２３E+１１",
        "4E+12",
    ] {
        assert!(is_rounded(text), "{text}");
        assert!(!read(text).is_some_and(|code| code.is(WIDGET)), "{text}");
    }
    for text in ["1E5", "BOLT", "E+5", "12.5E+3", "1.5E+", "1.5E+3X", ""] {
        assert!(!is_rounded(text), "{text}");
    }
    // All digits are there, though it may have been rounded to them.
    let whole = read("1.2345678905E+10").unwrap();
    assert!(!whole.is(WIDGET) && whole.may_be(WIDGET));
    // Without its check digit.
    let cut = read("01234567890").unwrap();
    assert!(!cut.is(WIDGET) && cut.may_be(WIDGET));
    // The carton is another article than what is in it.
    let carton = read("10012345678902").unwrap();
    assert!(!carton.is(WIDGET) && carton.may_be(WIDGET) && !carton.is_wrong());
}

#[test]
fn a_wrong_check_digit_is_known() {
    for text in [
        "012345678906",
        "0012345678906",
        "00012345678906",
        "96385075",
        "(01)00012345678906",
        "]E00012345678906",
    ] {
        let code = read(text).unwrap();
        assert!(code.is_wrong() && !code.is(WIDGET), "{text}");
        // A catalogue may hold just that number.
        assert!(code.is("012345678906") || text == "96385075", "{text}");
    }
    for text in [
        "",
        "BOLT-1",
        "12345",
        "A012345678905",
        "000000000000",
        "東京",
    ] {
        assert!(!read(text).is_some_and(|code| code.is(WIDGET)), "{text}");
    }
    assert_eq!(read("BOLT-1"), None);
    assert_eq!(read("4711"), None);
}

/// A sound UPC of twelve digits.
fn upc() -> impl Strategy<Value = String> {
    (1..100_000_000_000_u64).prop_map(|body| {
        Gtin::completed(&body.to_string())
            .unwrap()
            .padded(12)
            .unwrap()
    })
}

proptest! {
    /// However a barcode is written, it is the same one.
    #[test]
    fn every_way_of_writing_is_the_same_code(upc in upc(), zeros in 0..3_usize, other in upc()) {
        let padded = ["0".repeat(zeros), upc.clone()].concat();
        let code = Gtin::checked(&upc).unwrap();
        let ways = [
            padded.clone(),
            format!("(01)00{upc}(10)A"),
            format!("]C10100{upc}"),
            format!("https://id.gs1.org/01/00{upc}"),
            padded.chars().map(|digit| char::from_u32(digit as u32 + 0xFEE0).unwrap()).collect(),
        ];
        for way in ways {
            let barcode = read(&way).unwrap();
            prop_assert!(barcode.is(&upc), "{}", way);
            prop_assert_eq!(barcode.is(&other), upc == other);
            prop_assert!(barcode.endings().iter().any(|ending| padded.ends_with(ending.as_str())));
        }
        if let Some(short) = code.compressed() {
            prop_assert!(read(&short).unwrap().is(&upc), "{} {}", short, upc);
        }
        for spelling in read(&upc).unwrap().spellings() {
            prop_assert!(read(&spelling).unwrap().is(&upc), "{}", spelling);
        }
    }

    /// One digit that is misread never gives another product.
    #[test]
    fn one_wrong_digit_is_noticed(upc in upc(), place in 0..12_usize, digit in 0..10_u8) {
        let mut bytes = upc.clone().into_bytes();
        bytes[place] = b'0' + digit;
        let text = String::from_utf8(bytes).unwrap();
        prop_assert_eq!(read(&text).is_some_and(|code| code.is(&upc)), text == upc);
    }

    #[test]
    fn short_and_long_are_the_same(system in 0..2_u8, six in prop::array::uniform6(0..10_u8)) {
        if let Some(code) = Gtin::expanded(system, six) {
            let upc = code.padded(12).unwrap();
            let short = code.compressed().unwrap();
            prop_assert!(read(&short).unwrap().is(&upc), "{} {}", short, upc);
        }
    }

    /// Nothing that is typed or sent makes a rule panic.
    #[test]
    fn no_text_panics(text in any::<String>(), digits in "[0-9()\\]A-Ee/:. \u{1D}-]{0,40}") {
        let _ = (read(&text), read(&digits), is_rounded(&text), is_rounded(&digits));
    }
}
