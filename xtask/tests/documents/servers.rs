//! What each server of `docs/deploying.md` does, worked out from its snippet.

use super::{
    blocks::{self, Directive, named},
    deploying::{Headers, Server, expected, files_at_the_root, snippet},
    read,
};
use regex::Regex;
use serde_json::Value;
use std::collections::BTreeMap;
use xtask::site::HeaderRules;

/// All servers whose snippets set headers or fall back.
pub(crate) fn all() -> Vec<Server> {
    vec![
        nginx(),
        apache(),
        caddy(),
        netlify(),
        cloudflare_pages(),
        cloudfront(),
        azure(),
    ]
}

/// The value of a header, and none for `Cache-Control`, which differs by path.
fn without_cache(headers: impl IntoIterator<Item = (String, String)>) -> Headers {
    headers
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .filter(|(name, _)| name != "cache-control")
        .collect()
}

/// `application/wasm wasm` → `wasm`: `application/wasm`; dots before the ends do not count.
fn types<'a>(lines: impl IntoIterator<Item = &'a [String]>) -> BTreeMap<String, String> {
    let mut types = BTreeMap::new();
    for line in lines {
        for end in &line[1..] {
            types.insert(end.trim_start_matches('.').to_owned(), line[0].clone());
        }
    }
    types
}

fn only<'a>(among: &'a [Directive], name: &str) -> &'a Directive {
    let found = named(among, name);
    assert_eq!(found.len(), 1, "{name}");
    found[0]
}

fn nginx() -> Server {
    let file = blocks::nginx(&snippet("nginx"));
    let server = &only(&file, "server").inside;
    let locations = named(server, "location");
    for location in &locations {
        assert!(
            named(&location.inside, "add_header").is_empty(),
            "it would switch off the server's"
        );
    }
    let added = named(server, "add_header");
    assert!(
        added
            .iter()
            .all(|header| header.words.len() == 4 && header.words[3] == "always")
    );
    let value = |name: &str| {
        let header = added.iter().find(|header| header.words[1] == name);
        header.unwrap_or_else(|| panic!("{name}")).words[2].clone()
    };
    let map = only(&file, "map");
    assert_eq!(map.words[1], "$status $uri");
    assert_eq!(map.words[2], value("Cache-Control"));
    let cases: Vec<(String, String)> = map
        .inside
        .iter()
        .map(|case| (case.words[0].clone(), case.words[1].clone()))
        .collect();
    let prefixes: Vec<(String, Vec<String>)> = locations
        .iter()
        .map(|location| {
            let tried = only(&location.inside, "try_files").words[1..].to_vec();
            assert_eq!(tried[0], "$uri");
            (location.words[1].clone(), tried)
        })
        .collect();
    let types = types(
        named(server, "types")
            .iter()
            .flat_map(|types| &types.inside)
            .map(|line| &line.words[..]),
    );
    assert_eq!(types.len(), 3);
    Server {
        name: "nginx",
        headers: without_cache(
            added
                .iter()
                .map(|header| (header.words[1].clone(), header.words[2].clone())),
        ),
        cache: Box::new(move |status, path| {
            let subject = format!("{status} {path}");
            let fits = |case: &&(String, String)| {
                let pattern = case.0.strip_prefix('~');
                pattern.is_some_and(|pattern| Regex::new(pattern).unwrap().is_match(&subject))
            };
            let default = || cases.iter().find(|case| case.0 == "default");
            cases
                .iter()
                .find(fits)
                .or_else(default)
                .expect("a default")
                .1
                .clone()
        }),
        missing: Box::new(move |path| {
            // The longest prefix counts.
            let fitting = prefixes
                .iter()
                .filter(|(prefix, _)| path.starts_with(prefix.as_str()));
            let (_, tried) = fitting.max_by_key(|(prefix, _)| prefix.len())?;
            let last = tried.last()?;
            (last != "=404").then(|| last.clone())
        }),
        types,
    }
}

fn apache() -> Server {
    let file = blocks::apache(&snippet("apache"));
    let host = &only(&file, "VirtualHost").inside;
    assert_eq!(only(host, "AllowEncodedSlashes").words[1], "NoDecode");
    let root = &only(host, "DocumentRoot").words[1];
    let folder = only(host, "Directory");
    assert_eq!(&folder.words[1], root);
    let page = only(&folder.inside, "FallbackResource").words[1].clone();
    let release = only(host, "LocationMatch");
    assert_eq!(
        only(&release.inside, "FallbackResource").words[1],
        "disabled"
    );
    let release = Regex::new(&release.words[1]).unwrap();
    let set = named(host, "Header");
    assert!(
        set.iter()
            .all(|header| header.words[1] == "always" && header.words[2] == "set")
    );
    let condition =
        Regex::new(r"^expr=%\{REQUEST_URI\} =~ m#(.*)# && %\{REQUEST_STATUS\} =~ m#(.*)#$")
            .unwrap();
    // A later line replaces what an earlier one has set.
    let cases: Vec<(Option<(Regex, Regex)>, String)> = set
        .iter()
        .filter(|header| header.words[3] == "Cache-Control")
        .map(|header| {
            let patterns = header.words.get(5).map(|text| {
                let parts = condition.captures(text).unwrap_or_else(|| panic!("{text}"));
                (
                    Regex::new(&parts[1]).unwrap(),
                    Regex::new(&parts[2]).unwrap(),
                )
            });
            (patterns, header.words[4].clone())
        })
        .collect();
    let types = types(named(host, "AddType").iter().map(|line| &line.words[1..]));
    assert_eq!(types.len(), 3);
    Server {
        name: "Apache",
        headers: without_cache(
            set.iter()
                .map(|header| (header.words[3].clone(), header.words[4].clone())),
        ),
        cache: Box::new(move |status, path| {
            let fits = |patterns: &Option<(Regex, Regex)>| {
                let fit = |(uri, code): &(Regex, Regex)| {
                    uri.is_match(path) && code.is_match(&status.to_string())
                };
                patterns.as_ref().is_none_or(fit)
            };
            let last = cases.iter().rev().find(|(patterns, _)| fits(patterns));
            last.expect("a line without a condition").1.clone()
        }),
        missing: Box::new(move |path| (!release.is_match(path)).then(|| page.clone())),
        types,
    }
}

fn caddy() -> Server {
    let file = blocks::caddy(&snippet("caddy"));
    let site = &file[0].inside;
    let headers = &only(site, "header").inside;
    let matcher = only(site, "@release");
    assert_eq!(matcher.words[1..], ["path", "/pkg-*"]);
    let handles = named(site, "handle");
    assert_eq!(handles.len(), 2);
    assert_eq!(handles[0].words[1..], ["@release"]);
    assert_eq!(handles[1].words.len(), 1);
    assert!(named(&handles[0].inside, "try_files").is_empty());
    let tried = only(&handles[1].inside, "try_files").words[1..].to_vec();
    assert_eq!(tried[0], "{path}");
    let cache_in = |block: &Directive| {
        let header = only(&block.inside, "header");
        assert_eq!(header.words[1], "Cache-Control");
        header.words[2].clone()
    };
    for handle in &handles {
        only(&handle.inside, "file_server");
    }
    let (release, other) = (cache_in(handles[0]), cache_in(handles[1]));
    let failed = cache_in(only(site, "handle_errors"));
    Server {
        name: "Caddy",
        headers: without_cache(
            headers
                .iter()
                .map(|header| (header.words[0].clone(), header.words[1].clone())),
        ),
        cache: Box::new(move |status, path| {
            let of_path = if path.starts_with("/pkg-") {
                &release
            } else {
                &other
            };
            if status >= 400 {
                failed.clone()
            } else {
                of_path.clone()
            }
        }),
        missing: Box::new(move |path| {
            (!path.starts_with("/pkg-")).then(|| tried.last().unwrap().clone())
        }),
        types: BTreeMap::new(),
    }
}

/// A host that reads `_headers`, and a function that sees the answers below a path.
fn host_with_headers_file(
    name: &'static str,
    missing: impl Fn(&str) -> Option<String> + 'static,
) -> Server {
    let delivered = HeaderRules::parse(&read("public/_headers")).unwrap();
    Server {
        name,
        // Deployed as it is, once its policy is edited: it needs no comparison with itself.
        headers: expected(),
        cache: Box::new(move |status, path| {
            let mut headers = axum::http::HeaderMap::new();
            delivered.apply(path, &mut headers);
            let kept = headers
                .get("cache-control")
                .map(|value| value.to_str().unwrap());
            // Without a rule both hosts answer so that it is asked for again.
            let kept = kept.unwrap_or("no-cache");
            let sent = if status == 404 { "no-store" } else { kept };
            sent.to_owned()
        }),
        missing: Box::new(missing),
        types: BTreeMap::new(),
    }
}

/// Checks a function that turns the page into a failure, as far as can be seen without running it.
fn turns_the_page_into_404(function: &str) {
    let mut open = Vec::new();
    let mut letters = function.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => assert!(letters.any(|letter| letter == '"'), "a quote has an end"),
            '(' | '[' | '{' => open.push(letter),
            ')' => assert_eq!(open.pop(), Some('(')),
            ']' => assert_eq!(open.pop(), Some('[')),
            '}' => assert_eq!(open.pop(), Some('{')),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?} is not closed");
    for part in [
        ".includes(\"text/html\")) return response;",
        "{ status: 404, ",
        "\"no-store\"",
    ] {
        assert!(function.contains(part), "{part}");
    }
}

fn netlify() -> Server {
    let redirects = snippet("netlify-redirects");
    let rules: Vec<Vec<&str>> = redirects
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(rules, [["/*", "/index.html", "200"]]);
    let function = snippet("js netlify/edge-functions/release.js");
    turns_the_page_into_404(&function);
    let path = Regex::new(r#"(?m)^export const config = \{ path: "([^"*]*)\*" \};$"#).unwrap();
    let prefix = path.captures(&function).expect("a path")[1].to_owned();
    host_with_headers_file("Netlify", move |path| {
        (!path.starts_with(&prefix)).then(|| "/index.html".to_owned())
    })
}

fn cloudflare_pages() -> Server {
    let function = snippet("js functions/_middleware.js");
    turns_the_page_into_404(&function);
    let routes: Value = serde_json::from_str(&snippet("json _routes.json")).unwrap();
    assert_eq!(routes["exclude"], serde_json::json!([]));
    let included = routes["include"].as_array().unwrap();
    assert_eq!(included.len(), 1);
    let prefix = included[0]
        .as_str()
        .unwrap()
        .strip_suffix('*')
        .unwrap()
        .to_owned();
    assert!(function.contains(&format!("pathname.startsWith(\"{prefix}\")")));
    host_with_headers_file("Cloudflare Pages", move |path| {
        (!path.starts_with(&prefix)).then(|| "/index.html".to_owned())
    })
}

fn cloudfront() -> Server {
    let function = snippet("js cloudfront-function");
    let pattern = Regex::new(r"(?m)var file = /(\^.*\$)/;$").unwrap();
    let file = pattern.captures(&function).expect("a pattern")[1].replace(r"\/", "/");
    let file = Regex::new(&file).unwrap();
    assert!(function.contains("if (!file.test(request.uri)) request.uri = \"/index.html\";"));
    for name in files_at_the_root() {
        assert!(
            file.is_match(&format!("/{name}")),
            "{name} would be answered with the page"
        );
    }
    let policy: Value = serde_json::from_str(&snippet("json headers.json")).unwrap();
    let fixed = &policy["SecurityHeadersConfig"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let transport = &fixed["StrictTransportSecurity"];
    assert_eq!(transport["IncludeSubdomains"], true);
    assert_eq!(transport["Preload"], false);
    let mut headers = vec![
        (
            "content-security-policy".to_owned(),
            text(&fixed["ContentSecurityPolicy"]["ContentSecurityPolicy"]),
        ),
        (
            "strict-transport-security".to_owned(),
            format!(
                "max-age={}; includeSubDomains",
                transport["AccessControlMaxAgeSec"]
            ),
        ),
        (
            "referrer-policy".to_owned(),
            text(&fixed["ReferrerPolicy"]["ReferrerPolicy"]),
        ),
    ];
    assert_eq!(fixed["ContentTypeOptions"]["Override"], true);
    headers.push(("x-content-type-options".to_owned(), "nosniff".to_owned()));
    let items = policy["CustomHeadersConfig"]["Items"].as_array().unwrap();
    assert_eq!(policy["CustomHeadersConfig"]["Quantity"], items.len());
    headers.extend(
        items
            .iter()
            .map(|item| (text(&item["Header"]), text(&item["Value"]))),
    );
    let uploads = uploads();
    let missing_uploads = uploads.clone();
    Server {
        name: "S3 and CloudFront",
        headers: without_cache(headers),
        cache: Box::new(move |status, path| {
            if status == 404 {
                // S3 sends none with a failure, and CloudFront asks again after ten seconds.
                return "no-cache".to_owned();
            }
            upload_of(&uploads, path.trim_start_matches('/'))
                .cache
                .clone()
        }),
        missing: Box::new(move |path| (!file.is_match(path)).then(|| "/index.html".to_owned())),
        types: ["app.js", "app_bg.wasm"]
            .into_iter()
            .map(|name| {
                let upload = upload_of(&missing_uploads, &format!("pkg-1/{name}"));
                let end = name.rsplit('.').next().unwrap().to_owned();
                (end, upload.kind.clone().expect("a type"))
            })
            .collect(),
    }
}

/// A command that uploads files to S3.
#[derive(Clone, Debug)]
struct Upload {
    /// Patterns in their order, and whether what fits is taken; the last that fits counts.
    filters: Vec<(bool, Regex)>,
    cache: String,
    kind: Option<String>,
}

fn uploads() -> Vec<Upload> {
    blocks::nginx(&snippet("sh s3-upload").replace('\n', ";"))
        .into_iter()
        .map(|command| {
            let words = command.words;
            assert_eq!(words[..2], ["aws", "s3"]);
            let glob = |pattern: &str| {
                let pattern = regex::escape(pattern).replace(r"\*", ".*");
                Regex::new(&format!("^{pattern}$")).unwrap()
            };
            let mut filters = vec![(words[2] == "sync", glob("*"))];
            if words[2] == "cp" {
                let name = words[3].strip_prefix("dist/").unwrap();
                assert!(words[4].ends_with(&format!("/{name}")));
                filters.push((true, glob(name)));
            }
            let (mut cache, mut kind) = (None, None);
            for option in words[5..].chunks(2) {
                let value = option[1].clone();
                match option[0].as_str() {
                    "--exclude" => filters.push((false, glob(&value))),
                    "--include" => filters.push((true, glob(&value))),
                    "--cache-control" => cache = Some(value),
                    "--content-type" => kind = Some(value),
                    other => panic!("{other}"),
                }
            }
            let cache = cache.expect("a cache header");
            Upload {
                filters,
                cache,
                kind,
            }
        })
        .collect()
}

fn takes(upload: &Upload, path: &str) -> bool {
    let last = upload
        .filters
        .iter()
        .rev()
        .find(|(_, pattern)| pattern.is_match(path));
    last.is_some_and(|(taken, _)| *taken)
}

/// The one command that uploads a file.
fn upload_of<'a>(uploads: &'a [Upload], path: &str) -> &'a Upload {
    let found: Vec<&Upload> = uploads
        .iter()
        .filter(|upload| takes(upload, path))
        .collect();
    assert_eq!(found.len(), 1, "commands that upload {path}");
    found[0]
}

#[test]
fn every_file_is_uploaded_once_and_nothing_that_is_compressed() {
    let uploads = uploads();
    let in_release = [
        "pkg-1/app.js",
        "pkg-1/snippets/a/b.js",
        "pkg-1/pack_pad.wasm",
        "pkg-1/locales/en/first.json",
    ];
    let at_root = files_at_the_root();
    for path in in_release
        .into_iter()
        .chain(at_root.iter().map(String::as_str))
        .chain(["index.html"])
    {
        upload_of(&uploads, path);
    }
    for path in [
        "_headers",
        "index.html.br",
        "pkg-1/app.js.gz",
        "pkg-1/app_bg.wasm.br",
        "service-worker.js.gz",
    ] {
        assert!(!uploads.iter().any(|upload| takes(upload, path)), "{path}");
    }
}

fn azure() -> Server {
    let settings: Value = serde_json::from_str(&snippet("json staticwebapp.config.json")).unwrap();
    let texts = |value: &Value| -> Vec<(String, String)> {
        let members = value.as_object().unwrap().iter();
        members
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
            .collect()
    };
    let fallback = &settings["navigationFallback"];
    let page = fallback["rewrite"].as_str().unwrap().to_owned();
    let excluded = fallback["exclude"].as_array().unwrap();
    assert_eq!(excluded.len(), 1);
    let excluded = excluded[0]
        .as_str()
        .unwrap()
        .strip_suffix('*')
        .unwrap()
        .to_owned();
    let route = &settings["routes"][0];
    assert_eq!(route["route"], "/pkg-*");
    let release = route["headers"]["Cache-Control"]
        .as_str()
        .unwrap()
        .to_owned();
    let other = settings["globalHeaders"]["Cache-Control"]
        .as_str()
        .unwrap()
        .to_owned();
    let types = texts(&settings["mimeTypes"]);
    let types = types
        .into_iter()
        .map(|(end, kind)| (end.trim_start_matches('.').to_owned(), kind));
    Server {
        name: "Azure Static Web Apps",
        headers: without_cache(texts(&settings["globalHeaders"])),
        cache: Box::new(move |_, path| {
            if path.starts_with("/pkg-") {
                release.clone()
            } else {
                other.clone()
            }
        }),
        missing: Box::new(move |path| (!path.starts_with(&excluded)).then(|| page.clone())),
        types: types.collect(),
    }
}
