//! The `_headers` file of Cloudflare Pages and Netlify: which response headers go with which path.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use std::str::FromStr as _;

/// The rules of a `_headers` file.
#[derive(Debug, Clone, Default)]
pub struct HeaderRules {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone)]
struct Rule {
    pattern: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl HeaderRules {
    /// Reads the file: a path on a line of its own, its headers indented below, `#` for comments.
    ///
    /// Tells the number of the first line that is none of these.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut rules: Vec<Rule> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let wrong = |why: &str| format!("_headers, line {}: {why}", index + 1);
            let content = line.trim();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            if !line.starts_with([' ', '\t']) {
                if !content.starts_with('/') {
                    return Err(wrong("a path starts with `/`"));
                }
                rules.push(Rule {
                    pattern: content.to_owned(),
                    headers: Vec::new(),
                });
                continue;
            }
            let rule = rules
                .last_mut()
                .ok_or_else(|| wrong("a header stands below a path"))?;
            let (name, value) = content
                .split_once(':')
                .ok_or_else(|| wrong("a header has a colon"))?;
            let name = HeaderName::from_str(name.trim()).map_err(|_| wrong("no header name"))?;
            let value =
                HeaderValue::from_str(value.trim()).map_err(|_| wrong("no header value"))?;
            rule.headers.push((name, value));
        }
        Ok(Self { rules })
    }

    /// Replaces a text in every `Content-Security-Policy`.
    pub fn replace_in_policy(&mut self, from: &str, to: &str) {
        for rule in &mut self.rules {
            for (name, value) in &mut rule.headers {
                if *name != axum::http::header::CONTENT_SECURITY_POLICY {
                    continue;
                }
                if let Ok(policy) = value.to_str()
                    && let Ok(replaced) = HeaderValue::from_str(&policy.replace(from, to))
                {
                    *value = replaced;
                }
            }
        }
    }

    /// Sets the headers of all rules that match a path; values of one name are joined, as hosts do.
    pub fn apply(&self, path: &str, headers: &mut HeaderMap) {
        let mut own = HeaderMap::new();
        for rule in self
            .rules
            .iter()
            .filter(|rule| matches(&rule.pattern, path))
        {
            for (name, value) in &rule.headers {
                let joined = own
                    .get(name)
                    .and_then(|before: &HeaderValue| {
                        Some((before.to_str().ok()?, value.to_str().ok()?))
                    })
                    .and_then(|(before, after)| {
                        HeaderValue::from_str(&format!("{before}, {after}")).ok()
                    });
                own.insert(name, joined.unwrap_or_else(|| value.clone()));
            }
        }
        headers.extend(own);
    }
}

/// Whether a path fits a pattern, in which `*` stands for anything.
fn matches(pattern: &str, path: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == path;
    };
    let Some(path) = path.strip_prefix(start) else {
        return false;
    };
    rest.is_empty()
        || path
            .char_indices()
            .map(|(index, _)| index)
            .chain([path.len()])
            .any(|index| matches(rest, &path[index..]))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn headers(text: &str, path: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        HeaderRules::parse(text).unwrap().apply(path, &mut headers);
        headers
    }

    #[test]
    fn applies_every_rule_that_matches() {
        let text = "# all\n/*\n  X-One: 1\n\n/pkg-*\n\tCache-Control: immutable\n";
        let package = headers(text, "/pkg-1/app.js");
        assert_eq!(package["x-one"], "1");
        assert_eq!(package["cache-control"], "immutable");
        assert!(!headers(text, "/index.html").contains_key("cache-control"));
    }

    #[test]
    fn keeps_colons_in_values_and_joins_repeated_names() {
        let text = "/*\n  A: http://127.0.0.1:80\n/x\n  A: b\n";
        assert_eq!(headers(text, "/y")["a"], "http://127.0.0.1:80");
        assert_eq!(headers(text, "/x")["a"], "http://127.0.0.1:80, b");
    }

    #[test]
    fn tells_the_line_that_is_wrong() {
        assert_eq!(
            HeaderRules::parse("\n  X: 1\n").unwrap_err(),
            "_headers, line 2: a header stands below a path"
        );
        assert!(HeaderRules::parse("/*\n  no colon\n").is_err());
        assert!(HeaderRules::parse("index.html\n").is_err());
    }

    #[test]
    fn replaces_the_api_in_the_policy_only() {
        let text = "/*\n  Content-Security-Policy: connect-src http://a\n  X: http://a\n";
        let mut rules = HeaderRules::parse(text).unwrap();
        rules.replace_in_policy("http://a", "http://b");
        let mut headers = HeaderMap::new();
        rules.apply("/", &mut headers);
        assert_eq!(headers["content-security-policy"], "connect-src http://b");
        assert_eq!(headers["x"], "http://a");
    }

    #[test]
    fn a_star_stands_for_anything_anywhere() {
        assert!(matches("/*", "/"));
        assert!(matches("/a/*/c", "/a/b/c"));
        assert!(matches("/*.js", "/x.js"));
        assert!(!matches("/a", "/a/b"));
    }

    #[test]
    fn the_bundle_s_own_rules_are_sound() {
        let text = include_str!("../../../public/_headers");
        let package = headers(text, "/pkg-1/app.js");
        assert!(
            package["cache-control"]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        assert_eq!(headers(text, "/config.json")["cache-control"], "no-cache");
        let policy = headers(text, "/")["content-security-policy"].clone();
        assert!(policy.to_str().unwrap().contains("frame-ancestors 'none'"));
        assert!(policy.to_str().unwrap().contains(super::super::API));
    }
}
