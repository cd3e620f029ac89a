//! Where the provider's page may send a browser back to. Pure.

use url::{Host, Url};

const LONGEST: usize = 2_000;

/// The return address, if browsers may be sent there.
///
/// Assumption: the origin must be one of `--return-origin`; without any, one of this machine.
pub(super) fn checked(given: &str, allowed: &[String]) -> Result<Url, &'static str> {
    if given.len() > LONGEST {
        return Err("'applicationReturnUrl' must be at most 2000 letters long.");
    }
    let address = Url::parse(given.trim())
        .ok()
        .filter(|address| matches!(address.scheme(), "http" | "https") && address.has_host())
        .ok_or("'applicationReturnUrl' must be a whole address that begins with http or https.")?;
    if !address.username().is_empty() || address.password().is_some() {
        return Err("'applicationReturnUrl' must not hold a user name or password.");
    }
    let permitted = if allowed.is_empty() {
        on_this_machine(&address)
    } else {
        allowed
            .iter()
            .filter_map(|origin| Url::parse(origin).ok())
            .any(|origin| origin.origin() == address.origin())
    };
    if permitted {
        Ok(address)
    } else {
        Err("'applicationReturnUrl' is not at an origin that buyers may be sent back to.")
    }
}

fn on_this_machine(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// The return address with what happened added to its own query, which is kept; parameters of ours that it held
/// already are replaced.
pub(super) fn with(address: &Url, parameters: &[(&str, &str)]) -> Url {
    let mut returning = address.clone();
    let own: Vec<(String, String)> = address
        .query_pairs()
        .filter(|(name, _)| !parameters.iter().any(|(ours, _)| name == ours))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    returning
        .query_pairs_mut()
        .clear()
        .extend_pairs(own)
        .extend_pairs(parameters);
    returning
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_without_a_list() {
        for good in [
            "http://localhost:8080/methods",
            "https://shop.localhost/",
            "http://127.0.0.1:3000/a?state=b",
            "http://[::1]:8080/",
        ] {
            assert!(checked(good, &[]).is_ok(), "{good}");
        }
        for bad in [
            "",
            "/methods",
            "localhost:8080",
            "javascript:alert(1)",
            "https://shop.example/",
            "http://localhost.evil.example/",
            "http://127.0.0.1.evil.example/",
            "http://localhost@evil.example/",
            "http://user@localhost/",
            "http:\\\\evil.example",
            "data:text/html,a",
            "//localhost/",
        ] {
            assert!(checked(bad, &[]).is_err(), "{bad}");
        }
    }

    #[test]
    fn only_the_list_with_one() {
        let allowed = ["https://shop.example".to_owned()];
        assert!(checked("https://shop.example/methods?state=1", &allowed).is_ok());
        assert!(checked("https://shop.example:443/", &allowed).is_ok());
        for bad in [
            "http://shop.example/",
            "https://shop.example:8443/",
            "https://shop.example.evil.example/",
            "http://localhost/",
        ] {
            assert!(checked(bad, &allowed).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_callers_own_query_is_kept() {
        let given = checked("http://localhost/back?state=a%26b&status=Forged#part", &[]);
        let back = given.map(|address| with(&address, &[("status", "Complete")]).to_string());
        assert_eq!(
            back.as_deref(),
            Ok("http://localhost/back?state=a%26b&status=Complete#part")
        );
    }
}
