//! `config.json`: the only thing a deployer edits; read before anything else, validated, typed.
//!
//! A key that is added here is added to the table in `config/schema.rs`, too.

use crate::api::http::TokenHeader;
use crate::domain::{
    checkout::purchase_order::PoRule,
    values::json::{Json, Parser},
};

#[cfg(test)]
mod schema;

/// What the deployer has set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Config {
    /// Origin of the API, without a trailing slash.
    pub(crate) api_base_url: String,
    /// Sent as `OrgCode` at sign-in.
    pub(crate) organization_code: String,
    /// The header that carries the token.
    pub(crate) token_header: TokenHeader,
    /// Name, logo and colours.
    pub(crate) brand: Brand,
    /// Fixed language and region, for example `de-DE`; none: the browser's.
    pub(crate) locale: Option<String>,
    /// Whether the token survives a reload (`tab`) or not (`memory`).
    pub(crate) keep_session: bool,
    /// Where an identity provider signs the buyer in, if one does.
    pub(crate) sign_in_url: Option<String>,
    /// What a PO number must look like.
    pub(crate) po_rule: PoRule,
    /// The offered ways to pay, in order.
    pub(crate) payments: Vec<PaymentKind>,
    /// The origins that a buyer may be sent to for paying on the provider's own page.
    pub(crate) hosted_payment_hosts: Vec<String>,
    /// Which screens and ways there are.
    pub(crate) features: Features,
}

/// What a deployer may switch off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "switches, each for itself")]
pub(crate) struct Features {
    /// Whether a cart may be turned into a quote request.
    pub(crate) quotes: bool,
    /// The screens of orders.
    pub(crate) orders: bool,
    /// The screens of invoices, and paying them.
    pub(crate) invoices: bool,
    /// The screen of documents.
    pub(crate) documents: bool,
    /// The screens of order lists, and saving as a list.
    pub(crate) lists: bool,
}

/// Name, logo and colours of the merchant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Brand {
    /// The merchant's name, in the header and the title.
    pub(crate) name: String,
    /// Address of the logo.
    pub(crate) logo: Option<String>,
    /// Custom properties of `style/tokens.css` to set, with their values.
    pub(crate) tokens: Vec<(String, String)>,
}

/// A way to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaymentKind {
    /// A saved payment method.
    Saved,
    /// A card typed here.
    Card,
    /// A card typed on the payment provider's own page. A checkout cannot use it (its answer never
    /// carries a profile id): it is for invoices, and for saving cards.
    Hosted,
    /// On account, by the customer's terms.
    Terms,
}

/// What is wrong with `config.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConfigError {
    /// The field, with dots between levels; empty when the file as a whole is wrong.
    pub(crate) field: String,
    /// Why.
    pub(crate) reason: ConfigReason,
}

/// Why a field of `config.json` is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConfigReason {
    /// There is no such file.
    NotFound,
    /// The file is not a JSON object.
    NotJson,
    /// The field is required.
    Missing,
    /// There is no such field.
    Unknown,
    /// The value has the wrong type or is not one of those allowed.
    Wrong,
}

impl ConfigReason {
    /// The message that explains it.
    pub(crate) fn message_key(self) -> &'static str {
        match self {
            Self::NotFound => "config.not_found",
            Self::NotJson => "config.not_json",
            Self::Missing => "config.missing",
            Self::Unknown => "config.unknown",
            Self::Wrong => "config.wrong",
        }
    }
}

/// A JSON object being read: every member taken is removed, and what is left over is unknown.
struct Fields {
    prefix: &'static str,
    members: Vec<(String, Json)>,
}

impl Fields {
    fn error(&self, field: &str, reason: ConfigReason) -> ConfigError {
        let mut path = String::from(self.prefix);
        path.push_str(field);
        ConfigError {
            field: path,
            reason,
        }
    }

    fn take(&mut self, field: &str) -> Option<Json> {
        #[cfg(test)]
        schema::asked_for(self.prefix, field);
        let place = self.members.iter().position(|(name, _)| name == field)?;
        Some(self.members.remove(place).1)
    }

    fn text(&mut self, field: &str) -> Result<Option<String>, ConfigError> {
        match self.take(field) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::Text(text)) if !text.trim().is_empty() => Ok(Some(text.trim().to_owned())),
            Some(_) => Err(self.error(field, ConfigReason::Wrong)),
        }
    }

    fn required(&mut self, field: &str) -> Result<String, ConfigError> {
        self.text(field)?
            .ok_or_else(|| self.error(field, ConfigReason::Missing))
    }

    fn switch(&mut self, field: &str, default: bool) -> Result<bool, ConfigError> {
        match self.take(field) {
            None | Some(Json::Null) => Ok(default),
            Some(Json::Bool(on)) => Ok(on),
            Some(_) => Err(self.error(field, ConfigReason::Wrong)),
        }
    }

    fn object(&mut self, field: &'static str, prefix: &'static str) -> Result<Self, ConfigError> {
        let members = match self.take(field) {
            None | Some(Json::Null) => Vec::new(),
            Some(Json::Object(members)) => members,
            Some(_) => return Err(self.error(field, ConfigReason::Wrong)),
        };
        Ok(Self { prefix, members })
    }

    fn finish(self) -> Result<(), ConfigError> {
        // A key that begins with `$` is a comment or a schema reference.
        match self.members.iter().find(|(name, _)| !name.starts_with('$')) {
            Some((unknown, _)) => Err(self.error(unknown, ConfigReason::Unknown)),
            None => Ok(()),
        }
    }
}

impl Config {
    /// Reads the text of `config.json`.
    pub(crate) fn parse(text: &str, parse: Parser) -> Result<Self, ConfigError> {
        let Some(Json::Object(members)) = parse(text) else {
            return Err(ConfigError {
                field: String::new(),
                reason: ConfigReason::NotJson,
            });
        };
        let mut root = Fields {
            prefix: "",
            members,
        };
        let api_base_url = root.required("apiBaseUrl")?;
        if !is_origin(&api_base_url) {
            return Err(root.error("apiBaseUrl", ConfigReason::Wrong));
        }
        let organization_code = root.required("organizationCode")?;
        let token_header = match root.text("tokenHeader")?.as_deref() {
            None | Some("authorization") => TokenHeader::Authorization,
            Some("x-api-key") => TokenHeader::ApiKey,
            Some(_) => return Err(root.error("tokenHeader", ConfigReason::Wrong)),
        };
        let locale = root.text("locale")?;
        let brand = read_brand(root.object("brand", "brand.")?)?;

        let mut session = root.object("session", "session.")?;
        let keep_session = match session.text("storage")?.as_deref() {
            None | Some("tab") => true,
            Some("memory") => false,
            Some(_) => return Err(session.error("storage", ConfigReason::Wrong)),
        };
        let sign_in_url = session.text("signInUrl")?;
        if sign_in_url
            .as_deref()
            .is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://"))
        {
            return Err(session.error("signInUrl", ConfigReason::Wrong));
        }
        session.finish()?;

        let mut checkout = root.object("checkout", "checkout.")?;
        let po_rule = match checkout.text("poNumber")? {
            None => PoRule::Optional,
            Some(setting) => PoRule::from_setting(&setting)
                .ok_or_else(|| checkout.error("poNumber", ConfigReason::Wrong))?,
        };
        let payments = read_payments(&mut checkout)?;
        let hosted_payment_hosts = read_hosts(&mut checkout, &api_base_url)?;
        checkout.finish()?;

        let mut features = root.object("features", "features.")?;
        let switches = Features {
            quotes: features.switch("quotes", true)?,
            orders: features.switch("orders", true)?,
            invoices: features.switch("invoices", true)?,
            documents: features.switch("documents", true)?,
            lists: features.switch("lists", true)?,
        };
        features.finish()?;
        root.finish()?;
        Ok(Self {
            api_base_url,
            organization_code,
            token_header,
            brand,
            locale,
            keep_session,
            sign_in_url,
            po_rule,
            payments,
            hosted_payment_hosts,
            features: switches,
        })
    }
}

/// An origin: `http://` or `https://`, a host, perhaps a port, and nothing behind it.
fn is_origin(text: &str) -> bool {
    text.strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ', '\\']))
}

fn read_brand(mut fields: Fields) -> Result<Brand, ConfigError> {
    let name = fields.text("name")?.unwrap_or_else(|| "Nymble".to_owned());
    let logo = fields.text("logo")?;
    let mut tokens = Vec::new();
    if let Some(accent) = fields.text("accent")? {
        tokens.push(("--accent".to_owned(), accent));
    }
    let names: Vec<String> = fields
        .members
        .iter()
        .map(|(name, _)| name.clone())
        .filter(|name| name.starts_with("--"))
        .collect();
    for token in names {
        if let Some(value) = fields.text(&token)? {
            tokens.push((token, value));
        }
    }
    fields.finish()?;
    Ok(Brand { name, logo, tokens })
}

fn read_payments(checkout: &mut Fields) -> Result<Vec<PaymentKind>, ConfigError> {
    let kinds = match checkout.take("payments") {
        None | Some(Json::Null) => return Ok(vec![PaymentKind::Saved, PaymentKind::Card]),
        Some(Json::List(kinds)) => kinds,
        Some(_) => return Err(checkout.error("payments", ConfigReason::Wrong)),
    };
    let mut payments = Vec::new();
    for kind in kinds {
        payments.push(match kind.as_text() {
            Some("saved") => PaymentKind::Saved,
            Some("card") => PaymentKind::Card,
            Some("terms") => PaymentKind::Terms,
            Some("hosted") => PaymentKind::Hosted,
            _ => return Err(checkout.error("payments", ConfigReason::Wrong)),
        });
    }
    // What a checkout offers must not be empty.
    if payments.iter().all(|kind| *kind == PaymentKind::Hosted) {
        return Err(checkout.error("payments", ConfigReason::Wrong));
    }
    Ok(payments)
}

/// `checkout.hostedPaymentHosts`: a list of origins; the API's own when absent.
fn read_hosts(checkout: &mut Fields, api: &str) -> Result<Vec<String>, ConfigError> {
    const FIELD: &str = "hostedPaymentHosts";
    let hosts = match checkout.take(FIELD) {
        None | Some(Json::Null) => return Ok(vec![api.to_owned()]),
        Some(Json::List(hosts)) => hosts,
        Some(_) => return Err(checkout.error(FIELD, ConfigReason::Wrong)),
    };
    let origin = |host: &Json| {
        host.as_text()
            .filter(|text| is_origin(text))
            .map(str::to_owned)
    };
    let hosts: Option<Vec<String>> = hosts.iter().map(origin).collect();
    hosts.ok_or_else(|| checkout.error(FIELD, ConfigReason::Wrong))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::values::json::parse_natively;

    fn error(text: &str) -> (String, ConfigReason) {
        match Config::parse(text, parse_natively) {
            Ok(config) => panic!("taken: {config:?}"),
            Err(error) => (error.field, error.reason),
        }
    }

    #[test]
    fn two_fields_are_enough() -> Result<(), ConfigError> {
        let config = Config::parse(
            r#"{"apiBaseUrl":"https://api.example.com","organizationCode":"acme-dist"}"#,
            parse_natively,
        )?;
        assert!(config.keep_session && config.features.quotes);
        assert_eq!(config.token_header, TokenHeader::Authorization);
        assert_eq!(config.payments, [PaymentKind::Saved, PaymentKind::Card]);
        assert_eq!(config.hosted_payment_hosts, ["https://api.example.com"]);
        Ok(())
    }

    #[test]
    fn the_hosted_page_is_a_way_to_pay_beside_another() -> Result<(), ConfigError> {
        let config = Config::parse(
            r#"{"apiBaseUrl":"https://a","organizationCode":"o","checkout":{
                "payments":["saved","hosted"],
                "hostedPaymentHosts":["https://pay.example.com","https://a"]}}"#,
            parse_natively,
        )?;
        assert_eq!(config.payments, [PaymentKind::Saved, PaymentKind::Hosted]);
        assert_eq!(
            config.hosted_payment_hosts,
            ["https://pay.example.com", "https://a"]
        );
        Ok(())
    }

    /// A bad or unknown setting is named.
    #[test]
    fn a_bad_field_is_named() {
        use ConfigReason::{Missing, NotJson, Unknown, Wrong};
        for (text, field, reason) in [
            ("<html>", "", NotJson),
            ("[]", "", NotJson),
            ("{}", "apiBaseUrl", Missing),
            (r#"{"apiBaseUrl":"https://a"}"#, "organizationCode", Missing),
            (r#"{"apiBaseUrl":"https://a/"}"#, "apiBaseUrl", Wrong),
            (r#"{"apiBaseUrl":"ftp://a"}"#, "apiBaseUrl", Wrong),
            (r#"{"apiBaseUrl":7}"#, "apiBaseUrl", Wrong),
        ] {
            assert_eq!(error(text), (field.to_owned(), reason), "{text}");
        }
        for (rest, field, reason) in [
            (r#""apiUrl":"x""#, "apiUrl", Unknown),
            (r#""tokenHeader":"cookie""#, "tokenHeader", Wrong),
            (r#""brand":{"name":7}"#, "brand.name", Wrong),
            (r#""brand":{"colour":"red"}"#, "brand.colour", Unknown),
            (r#""session":{"storage":"disk"}"#, "session.storage", Wrong),
            (
                r#""session":{"signInUrl":"javascript:alert(1)"}"#,
                "session.signInUrl",
                Wrong,
            ),
            (r#""checkout":{"payments":[]}"#, "checkout.payments", Wrong),
            (
                r#""checkout":{"payments":["hosted"]}"#,
                "checkout.payments",
                Wrong,
            ),
            (
                r#""checkout":{"hostedPaymentHosts":"https://pay.example.com"}"#,
                "checkout.hostedPaymentHosts",
                Wrong,
            ),
            (
                r#""checkout":{"hostedPaymentHosts":["https://pay.example.com/form"]}"#,
                "checkout.hostedPaymentHosts",
                Wrong,
            ),
            (
                r#""checkout":{"payments":["gold"]}"#,
                "checkout.payments",
                Wrong,
            ),
            (r#""features":{"quotes":"yes"}"#, "features.quotes", Wrong),
            (r#""features":{"chat":true}"#, "features.chat", Unknown),
        ] {
            let text = format!(r#"{{"apiBaseUrl":"https://a","organizationCode":"o",{rest}}}"#);
            assert_eq!(error(&text), (field.to_owned(), reason), "{text}");
        }
    }
}
