//! Derives the bundle's page from `index.html`.
//!
//! `index.html` serves development as it is. What stands between its two `Development only` comments is replaced
//! here by what loads the bundle, every file with its hash.

use super::integrity;
use anyhow::{Result, bail};
use regex::{NoExpand, Regex};
use std::{fs, path::Path};

const START: &str = "<!-- Development only";
const END: &str = "<!-- /Development only -->";

/// The style sheet of the sign-in, in the hashed folder.
pub(super) const STYLE: &str = "style.css";
/// The style sheet of everything else.
pub(super) const SHOP_STYLE: &str = "shop.css";

/// The page; `folder` is the hashed folder and `address` what it is called on the host.
pub(super) fn finished(index: &str, folder: &Path, address: &str) -> Result<String> {
    let block = index.find(START).zip(index.find(END));
    let Some((start, end)) = block.filter(|(start, end)| start < end) else {
        bail!("index.html lacks its two `Development only` comments");
    };
    let (before, after) = (&index[..start], &index[end + END.len()..]);
    let page = [before, &head(folder, address)?, after].concat();
    let page = replace_once(
        &page,
        r#"<link data-trunk rel="copy-dir" href="public"[^>]*>"#,
        "",
    )?;
    // The hash of trunk's reload script has no business in a deployed policy.
    let page = replace_once(&page, " 'sha256-[A-Za-z0-9+/=]+'", "")?;
    without_spaces(&page)
}

/// What loads the bundle.
fn head(folder: &Path, address: &str) -> Result<String> {
    let integrity = |file: &str| integrity::of(&folder.join(file));
    let bytes = fs::metadata(folder.join("app_bg.wasm"))?.len();
    Ok(format!(
        "<meta name=\"nymble-assets\" content=\"{address}\">\
         <link rel=\"stylesheet\" href=\"{address}{STYLE}\" integrity=\"{style}\">\
         <link id=\"shop-style\" rel=\"later\" href=\"{address}{SHOP_STYLE}\" integrity=\"{shop_style}\">\
         <script src=\"{address}boot.js\" integrity=\"{boot}\" data-app=\"{address}app.js\" \
         data-wasm=\"{address}app_bg.wasm\" data-integrity=\"{wasm}\" data-bytes=\"{bytes}\" defer></script>\
         <link rel=\"modulepreload\" href=\"{address}app.js\" integrity=\"{app}\">\
         <link rel=\"modulepreload\" href=\"{address}split.js\" integrity=\"{split}\">\
         <link rel=\"preload\" href=\"{address}app_bg.wasm\" as=\"fetch\" crossorigin=\"anonymous\">",
        style = integrity(STYLE)?,
        // The app makes it a style sheet when somebody has signed in (`browser::page::style`).
        shop_style = integrity(SHOP_STYLE)?,
        boot = integrity("boot.js")?,
        wasm = integrity("app_bg.wasm")?,
        app = integrity("app.js")?,
        split = integrity("split.js")?,
    ))
}

/// The page without its comments, and without the spaces that only set its source apart: nothing in it is
/// preformatted, and between its elements no space is seen.
fn without_spaces(page: &str) -> Result<String> {
    let comment = Regex::new("(?s)<!--.*?-->")?;
    let between = Regex::new(r">\s+<")?;
    let many = Regex::new(r"\s+")?;
    let page = comment.replace_all(page, "");
    let page = between.replace_all(&page, "><");
    Ok(many.replace_all(page.trim(), " ").into_owned())
}

fn replace_once(page: &str, pattern: &str, replacement: &str) -> Result<String> {
    let regex = Regex::new(pattern)?;
    let count = regex.find_iter(page).count();
    if count != 1 {
        bail!("the page has {count} places like `{pattern}`, not one");
    }
    Ok(regex.replace(page, NoExpand(replacement)).into_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const INDEX: &str = include_str!("../../../index.html");

    /// Nothing of development is in the bundle.
    #[test]
    fn the_bundle_has_nothing_of_development() {
        let folder = std::env::temp_dir().join(format!("nymble-page-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for file in [
            "style.css",
            "shop.css",
            "boot.js",
            "app.js",
            "split.js",
            "app_bg.wasm",
        ] {
            fs::write(folder.join(file), file).unwrap();
        }
        let page = finished(INDEX, &folder, "/pkg-1/").unwrap();
        fs::remove_dir_all(&folder).unwrap();
        for absent in [
            "data-trunk",
            "rel=\"rust\"",
            "'sha256-",
            "<!--",
            "/style/index.css",
            "\n",
        ] {
            assert!(!page.contains(absent), "{absent}: {page}");
        }
        assert_eq!(page.matches("/pkg-1/app.js").count(), 2, "{page}");
        assert!(
            page.contains("<script src=\"/pkg-1/boot.js\" integrity=\"sha256-"),
            "{page}"
        );
        assert!(page.contains(">Loading…<"), "{page}");
    }

    /// No page has an inline script or style.
    #[test]
    fn no_page_has_an_inline_script_or_style() {
        assert!(!Regex::new("<script[^>]*>[^<]").unwrap().is_match(INDEX));
        assert!(!INDEX.contains("style=\""));
        assert!(!INDEX.contains("<style"));
    }
}
