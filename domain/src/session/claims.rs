//! What the session token says about its bearer.
//!
//! The token's signature is not verified here, on purpose: the key is the server's, and a browser
//! that fooled itself would gain nothing, since every answer is decided by the server from the same
//! token. The claims only choose what the storefront shows; nothing is protected by them.

use crate::values::json::{Json, Parser};

/// What this environment reads a token with: the browser has both, so the bundle carries neither.
#[derive(Clone, Copy)]
pub struct Tools {
    /// Decodes base64 (the plain alphabet, padding optional); none when it is not base64.
    pub base64: fn(&str) -> Option<Vec<u8>>,
    /// Reads JSON.
    pub json: Parser,
}

/// The name that .NET gives the role claim.
const LONG_ROLE: &str = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";

/// The claims of a token. Names are matched whatever their ASCII case; empty ones count as absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// `sub`: the user's id.
    pub subject: Option<String>,
    /// `OrganizationId`: the tenant.
    pub organization_id: Option<String>,
    /// `OrgCode`: the tenant's readable code.
    pub org_code: Option<String>,
    /// `PriceTier`: the tier whose prices hold for the bearer.
    pub price_tier: Option<String>,
    /// `CurrencyCode`: ISO 4217, as the server spells it.
    pub currency_code: Option<String>,
    /// `CustomerNumber`: the account the bearer buys for.
    pub customer_number: Option<String>,
    /// `role`: what the bearer may do.
    pub role: Role,
    /// `UserId`: the identity provider's id of the user.
    pub user_id: Option<String>,
    /// `exp`: when the token runs out, in seconds since 1970 UTC. `None` when the token does not
    /// say, or not readably.
    pub expires_at: Option<u64>,
    /// `iat`: when it was made, on the same clock.
    pub issued_at: Option<u64>,
}

/// How long a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It has run out.
    Over,
    /// For so many seconds more.
    Left(u64),
    /// It cannot be told here; the server's 401 says so in time.
    Unknown,
}

impl Claims {
    /// Reads the claims of `token` (a signed JWT in its compact form) without verifying it: see the
    /// module's words.
    ///
    /// Assumption: a token with several roles counts as its most powerful documented one, a token
    /// without a role as a customer's, the least powerful.
    pub fn decode(token: &str, tools: Tools) -> Result<Self, ClaimsError> {
        let mut parts = token.trim().split('.');
        let (Some(_), Some(payload), Some(_), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ClaimsError::NotAJwt);
        };
        // A token's alphabet is the one that is safe in addresses.
        let plain = payload.replace('-', "+").replace('_', "/");
        let Some(json) = (tools.base64)(&plain) else {
            return Err(ClaimsError::NotBase64);
        };
        match std::str::from_utf8(&json).ok().and_then(tools.json) {
            Some(claims @ Json::Object(_)) => Ok(read(&claims)),
            Some(_) => Err(ClaimsError::NotAnObject),
            None => Err(ClaimsError::NotJson),
        }
    }

    /// The user: by the identity provider's id, else by the subject.
    pub fn user(&self) -> Option<&String> {
        self.user_id.as_ref().or(self.subject.as_ref())
    }

    /// How long the token is good for, at `now` of the server's clock (seconds since 1970 UTC), where that is known.
    ///
    /// The device's own clock is never asked: it may be wrong by days. One that the server has `just_issued` has not run
    /// out, whatever a clock says: its life counts from now.
    pub fn life(&self, now: Option<u64>, just_issued: bool) -> Life {
        let Some(ends) = self.expires_at else {
            return Life::Unknown;
        };
        if let Some(left) = now
            .and_then(|now| ends.checked_sub(now))
            .filter(|left| *left > 0)
        {
            return Life::Left(left);
        }
        if just_issued {
            let whole = self.issued_at.and_then(|made| ends.checked_sub(made));
            return whole
                .filter(|whole| *whole > 0)
                .map_or(Life::Unknown, Life::Left);
        }
        if now.is_some() {
            Life::Over
        } else {
            Life::Unknown
        }
    }
}

/// What the bearer of a token may do. The server enforces it; the storefront only hides what would
/// be refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Runs the organisation.
    Admin,
    /// Buys for one customer.
    Customer,
    /// Sells to the customers assigned to them.
    SalesRep,
    /// May cross organisations.
    Super,
    /// A role the documents do not know, as the token spells it.
    Other(String),
}

impl Role {
    fn named(name: &str) -> Self {
        let known = [
            ("Customer", Self::Customer),
            ("SalesRep", Self::SalesRep),
            ("Admin", Self::Admin),
            ("Super", Self::Super),
        ];
        for (known_name, role) in known {
            if known_name.eq_ignore_ascii_case(name) {
                return role;
            }
        }
        Self::Other(name.to_owned())
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Other(_) => 0,
            Self::Customer => 1,
            Self::SalesRep => 2,
            Self::Admin => 3,
            Self::Super => 4,
        }
    }
}

/// Why a text is not a token this storefront can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimsError {
    /// Not three parts between dots.
    NotAJwt,
    /// The middle part is not base64url.
    NotBase64,
    /// The middle part holds no JSON.
    NotJson,
    /// The middle part holds JSON, but not an object.
    NotAnObject,
}

fn read(claims: &Json) -> Claims {
    Claims {
        subject: text(claims, "sub"),
        organization_id: text(claims, "OrganizationId"),
        org_code: text(claims, "OrgCode"),
        price_tier: text(claims, "PriceTier"),
        currency_code: text(claims, "CurrencyCode"),
        customer_number: text(claims, "CustomerNumber"),
        role: role(claims),
        user_id: text(claims, "UserId"),
        expires_at: text(claims, "exp").and_then(|seconds| unix_seconds(&seconds)),
        issued_at: text(claims, "iat").and_then(|seconds| unix_seconds(&seconds)),
    }
}

fn text(claims: &Json, name: &str) -> Option<String> {
    let text = claims.member_text(name)?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Whole seconds from a number's digits; a time before 1970 is long past, one beyond all clocks
/// never comes.
fn unix_seconds(number: &str) -> Option<u64> {
    if let Some(positive) = number.strip_prefix('-') {
        return unix_seconds(positive).map(|_| 0);
    }
    let (digits, exponent) = match number.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (number, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    // The decimal point is moved along the digits, so that no number type is needed that the first
    // module does not hold anyway.
    let places = i32::try_from(whole.len()).ok()?.saturating_add(exponent);
    let mut seconds: u64 = 0;
    let mut place = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        let digit = char::from(digit).to_digit(10)?;
        if place < places {
            seconds = seconds.saturating_mul(10).saturating_add(digit.into());
        }
        place += 1;
    }
    if place == 0 {
        return None;
    }
    while place < places && seconds != 0 && seconds != u64::MAX {
        seconds = seconds.saturating_mul(10);
        place += 1;
    }
    Some(seconds)
}

fn role(claims: &Json) -> Role {
    let mut best: Option<Role> = None;
    for name in ["role", "roles", LONG_ROLE] {
        let named = match claims.member(name) {
            Some(Json::List(several)) => several.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => continue,
        };
        for role in named.iter().filter_map(Json::as_text).map(str::trim) {
            let role = Role::named(role);
            let known = best.as_ref().map_or(-1, |best| i16::from(best.rank()));
            if i16::from(role.rank()) > known && role != Role::Other(String::new()) {
                best = Some(role);
            }
        }
    }
    best.unwrap_or(Role::Customer)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::values::json::parse_natively;
    use base64::{
        Engine,
        alphabet::{STANDARD, URL_SAFE},
        engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    };

    const LENIENT: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    const BASE64URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT);

    fn native() -> Tools {
        Tools {
            base64: |text| GeneralPurpose::new(&STANDARD, LENIENT).decode(text).ok(),
            json: parse_natively,
        }
    }
    use proptest::prelude::*;

    fn token(payload: &str) -> String {
        ["e30", &BASE64URL.encode(payload), "c2ln"].join(".")
    }

    fn claims(payload: &str) -> Claims {
        Claims::decode(&token(payload), native()).unwrap()
    }

    #[test]
    fn reads_every_documented_claim() {
        let read = claims(
            r#"{ "sub": "user_77", "OrganizationId": "org_4e9b7f22", "OrgCode": "acme-dist",
                 "PriceTier": "Wholesale", "CurrencyCode": "USD", "CustomerNumber": "ACME-001",
                 "role": "Customer", "UserId": "kp_abc123", "exp": 1717236000,
                 "iat": 1717149600 }"#,
        );
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            read,
            Claims {
                subject: some("user_77"),
                organization_id: some("org_4e9b7f22"),
                org_code: some("acme-dist"),
                price_tier: some("Wholesale"),
                currency_code: some("USD"),
                customer_number: some("ACME-001"),
                role: Role::Customer,
                user_id: some("kp_abc123"),
                expires_at: Some(1_717_236_000),
                issued_at: Some(1_717_149_600),
            }
        );
    }

    #[test]
    fn names_match_in_any_case() {
        let read =
            claims(r#"{ "customernumber": "ACME-001", "priceTier": "Retail", "ROLE": "admin" }"#);
        assert_eq!(read.customer_number.as_deref(), Some("ACME-001"));
        assert_eq!(read.price_tier.as_deref(), Some("Retail"));
        assert_eq!(read.role, Role::Admin);
        let both = claims(r#"{ "ORGCODE": "other", "OrgCode": "exact" }"#);
        assert_eq!(both.org_code.as_deref(), Some("exact"));
    }

    #[test]
    fn absent_null_and_empty_are_the_same() {
        let empty = claims("{}");
        assert_eq!(empty.customer_number, None);
        assert_eq!(empty.expires_at, None);
        assert_eq!(empty.role, Role::Customer);
        let blank = r#"{ "sub": null, "OrgCode": " ", "role": "", "exp": "", "UserId": [],
                         "PriceTier": {} }"#;
        assert_eq!(claims(blank), empty);
    }

    #[test]
    fn a_numeric_account_number_keeps_its_digits() {
        let read = claims(r#"{ "CustomerNumber": 10042 }"#);
        assert_eq!(read.customer_number.as_deref(), Some("10042"));
    }

    #[test]
    fn roles_come_in_several_forms() {
        for (payload, role) in [
            (r#"{ "role": "Admin" }"#, Role::Admin),
            (r#"{ "role": "salesrep" }"#, Role::SalesRep),
            (r#"{ "role": "Super" }"#, Role::Super),
            (r#"{ "role": ["Customer", "Admin"] }"#, Role::Admin),
            (r#"{ "role": ["Picker", "Customer"] }"#, Role::Customer),
            (r#"{ "role": [] }"#, Role::Customer),
            (r#"{ "roles": ["SalesRep"] }"#, Role::SalesRep),
            (r#"{ "role": 7 }"#, Role::Customer),
            (r#"{ "role": "Picker" }"#, Role::Other("Picker".to_owned())),
        ] {
            assert_eq!(claims(payload).role, role, "{payload}");
        }
        let long = ["{\"", LONG_ROLE, "\": [\"SalesRep\"]}"].concat();
        assert_eq!(claims(&long).role, Role::SalesRep);
    }

    #[test]
    fn expiry_comes_in_several_forms() {
        for (exp, expires_at) in [
            ("1717236000", Some(1_717_236_000)),
            ("\"1717236000\"", Some(1_717_236_000)),
            ("1717236000.75", Some(1_717_236_000)),
            ("1.717236e9", Some(1_717_236_000)),
            ("-1", Some(0)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("\"soon\"", None),
            ("true", None),
        ] {
            let payload = ["{\"exp\":", exp, "}"].concat();
            assert_eq!(claims(&payload).expires_at, expires_at, "{exp}");
        }
    }

    /// The device's clock decides nothing about a session.
    #[test]
    fn a_token_s_life_is_told_by_the_server_s_clock_or_not_at_all() {
        use Life::{Left, Over, Unknown};
        for (payload, now, just_issued, life) in [
            (r#"{ "exp": 100, "iat": 40 }"#, Some(99), false, Left(1)),
            (r#"{ "exp": 100, "iat": 40 }"#, Some(100), false, Over),
            (r#"{ "exp": 100, "iat": 40 }"#, Some(101), false, Over),
            (r#"{ "exp": 100, "iat": 40 }"#, None, false, Unknown),
            // Just issued: it counts from now, where a clock says nothing better.
            (r#"{ "exp": 100, "iat": 40 }"#, Some(50), true, Left(50)),
            (r#"{ "exp": 100, "iat": 40 }"#, Some(90_000), true, Left(60)),
            (r#"{ "exp": 100, "iat": 40 }"#, None, true, Left(60)),
            (r#"{ "exp": 100 }"#, Some(90_000), true, Unknown),
            (r#"{ "exp": 100, "iat": 100 }"#, None, true, Unknown),
            ("{}", Some(u64::MAX), false, Unknown),
            ("{}", None, true, Unknown),
        ] {
            assert_eq!(
                claims(payload).life(now, just_issued),
                life,
                "{payload} at {now:?}"
            );
        }
    }

    #[test]
    fn padding_and_surrounding_space_are_tolerated() {
        assert!(Claims::decode(" e30.eyJzdWIiOiIxIn0=.c2ln\n", native()).is_ok());
        assert!(Claims::decode("e30.eyJzdWIiOiIxIn0.", native()).is_ok());
    }

    #[test]
    fn says_what_is_wrong() {
        for (token, error) in [
            (String::new(), ClaimsError::NotAJwt),
            ("secret".to_owned(), ClaimsError::NotAJwt),
            ("a.b".to_owned(), ClaimsError::NotAJwt),
            ("a.b.c.d.e".to_owned(), ClaimsError::NotAJwt),
            ("a.b c.d".to_owned(), ClaimsError::NotBase64),
            ("a.<b>.d".to_owned(), ClaimsError::NotBase64),
            ("e30..c2ln".to_owned(), ClaimsError::NotJson),
            ("e30.gICA.c2ln".to_owned(), ClaimsError::NotJson),
            (token("{"), ClaimsError::NotJson),
            (token(&"[".repeat(100_000)), ClaimsError::NotJson),
            (token("[]"), ClaimsError::NotAnObject),
            (token("null"), ClaimsError::NotAnObject),
        ] {
            assert_eq!(Claims::decode(&token, native()), Err(error), "{token:.60}");
        }
    }

    proptest! {
        /// Nothing that is typed or sent makes a rule panic.
        #[test]
        fn no_token_panics(token: String) {
            let _ = Claims::decode(&token, native());
        }

        #[test]
        fn no_payload_panics(payload: String, bytes: Vec<u8>) {
            let _ = Claims::decode(&token(&payload), native());
            let _ = Claims::decode(&["", &BASE64URL.encode(bytes), ""].join("."), native());
        }

        #[test]
        fn texts_survive(customer in "[^\\s\\pC]{1,20}", seconds: u64) {
            let payload = serde_json::json!({ "CustomerNumber": customer, "exp": seconds });
            let read = claims(&payload.to_string());
            prop_assert_eq!(read.customer_number, Some(customer));
            prop_assert_eq!(read.expires_at, Some(seconds));
        }
    }
}
