//! Derives the bundle's page from `index.html` and lays out the site that trunk bundles.
//!
//! `index.html` serves development as it is. What stands between its two `Development only` comments
//! is replaced here: trunk gets the files to minify, and [`finish`] puts the final addresses in.

use super::{Site, integrity, styles};
use crate::{failure::Failure, workspace::Workspace};
use anyhow::{Context, Result, bail};
use regex::{NoExpand, Regex};
use std::{
    env, fs,
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

const START: &str = "<!-- Development only";
const END: &str = "<!-- /Development only -->";

const STYLE: &str = "style.css";
const SHOP_STYLE: &str = "shop.css";

/// Stands where the address of the hashed folder goes.
const ASSETS: &str = "NYMBLE_ASSETS";

/// What trunk minifies; the tags it writes for them are replaced by [`finish`].
const MINIFIED: &str = r#"<link data-trunk rel="css" href="style.css">
    <link data-trunk rel="css" href="shop.css">
    <script data-trunk src="boot.js"></script>
    <script data-trunk type="module" src="app.js"></script>
    <script data-trunk type="module" src="split.js"></script>"#;

/// The files behind [`MINIFIED`], which the hook moves into the hashed folder.
pub(super) const MINIFIED_FILES: [&str; 5] = [STYLE, SHOP_STYLE, "boot.js", "app.js", "split.js"];

/// Writes page, trunk's configuration, style, loader and messages into the site.
pub(super) fn lay_out(workspace: &Workspace, site: &Site) -> Result<()> {
    let index =
        fs::read_to_string(workspace.path("index.html")).context("cannot read index.html")?;
    let page = derived(&index, &workspace.path("public"))?;
    fs::write(site.path("index.html"), page)?;
    fs::write(site.path("Trunk.toml"), trunk_configuration(site)?)?;
    fs::write(site.path(STYLE), styles::first(workspace)?)?;
    fs::write(site.path(SHOP_STYLE), styles::shop(workspace)?)?;
    fs::copy(workspace.path("boot/boot.js"), site.path("boot.js"))
        .context("cannot read boot/boot.js")?;
    copy_messages(workspace, site)?;
    let snippets = site.path("snippets");
    if snippets.is_dir() {
        fs::rename(&snippets, site.package().join("snippets"))?;
    }
    Ok(())
}

/// Copies the message catalogues without their spaces.
fn copy_messages(workspace: &Workspace, site: &Site) -> Result<()> {
    let from = workspace.path("locales");
    let to = site.package().join("locales");
    if !from.is_dir() {
        return Err(
            Failure::new("The folder locales/ with the message catalogues is missing.").into(),
        );
    }
    for entry in WalkDir::new(&from) {
        let entry = entry?;
        let path = entry.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let text = fs::read_to_string(path)?;
            let messages: serde_json::Value = serde_json::from_str(&text)
                .with_context(|| format!("{} is not valid JSON", path.display()))?;
            let copy = to.join(path.strip_prefix(&from)?);
            fs::create_dir_all(copy.parent().context("a catalogue is in a folder")?)?;
            fs::write(copy, messages.to_string())?;
        }
    }
    Ok(())
}

fn trunk_configuration(site: &Site) -> Result<String> {
    let hook = toml_text(&hook_program(site)?.to_string_lossy());
    Ok(format!(
        "[build]\ntarget = \"index.html\"\nfilehash = false\nminify = \"always\"\n\n\
         [[hooks]]\nstage = \"post_build\"\ncommand = {hook}\ncommand_arguments = [\"bundle\"]\n"
    ))
}

/// A copy of this program, for trunk to call back.
///
/// The program itself may be gone by then: cargo replaces it when `cargo test` links it anew, while it
/// goes on running. Linux still gives its contents under the name of the process.
fn hook_program(site: &Site) -> Result<PathBuf> {
    let running = Path::new("/proc/self/exe");
    let program = if running.exists() {
        running.to_owned()
    } else {
        env::current_exe()?
    };
    let copy = site.path("hook");
    fs::copy(&program, &copy)
        .with_context(|| format!("cannot copy this program to {}", copy.display()))?;
    Ok(copy)
}

fn toml_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

/// The page as trunk gets it.
fn derived(index: &str, public: &Path) -> Result<String> {
    let block = index.find(START).zip(index.find(END));
    let Some((start, end)) = block.filter(|(start, end)| start < end) else {
        bail!("index.html lacks its two `Development only` comments");
    };
    let (before, after) = (&index[..start], &index[end + END.len()..]);
    let page = format!(
        "{before}<meta name=\"nymble-assets\" content=\"{ASSETS}\">\n    {MINIFIED}{after}"
    );
    let public = format!("href=\"{}\"", public.display());
    let page = replace_once(&page, r#"href="public""#, &public)?;
    // The hash of trunk's reload script has no business in a deployed policy.
    replace_once(&page, " 'sha256-[A-Za-z0-9+/=]+'", "")
}

/// The final page: trunk's tags out, the hashed folder's addresses in.
pub(super) fn finish(page: &str, folder: &Path, address: &str) -> Result<String> {
    let mut page = page.to_owned();
    for file in MINIFIED_FILES {
        let name = regex::escape(file);
        let tag = if [STYLE, SHOP_STYLE].contains(&file) {
            format!(r"<link[^>]*\b{name}\b[^>]*>")
        } else {
            format!(r"<script[^>]*\b{name}\b[^>]*>\s*</script>")
        };
        page = replace_once(&page, &tag, "")?;
    }
    let integrity = |file: &str| integrity::of(&folder.join(file));
    let bytes = fs::metadata(folder.join("app_bg.wasm"))?.len();
    let head = format!(
        "<meta name=\"nymble-assets\" content=\"{address}\">\
         <link rel=\"stylesheet\" href=\"{address}style.css\" integrity=\"{style}\">\
         <link id=\"shop-style\" rel=\"later\" href=\"{address}shop.css\" integrity=\"{shop_style}\">\
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
    );
    replace_once(&page, &format!("<meta[^>]*{ASSETS}[^>]*>"), &head)
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

    #[test]
    fn the_bundle_has_nothing_of_development() {
        let page = derived(INDEX, Path::new("/x/public")).unwrap();
        assert!(!page.contains("rel=\"rust\""));
        assert!(!page.contains("copy-dir\" href=\"style\""));
        assert!(!page.contains("sha256-"));
        assert!(page.contains("href=\"/x/public\""));
    }

    #[test]
    fn no_page_has_an_inline_script_or_style() {
        assert!(!Regex::new("<script[^>]*>[^<]").unwrap().is_match(INDEX));
        assert!(!INDEX.contains("style=\""));
        assert!(!INDEX.contains("<style"));
    }
}
