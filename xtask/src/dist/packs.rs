//! Packs: all modules that a page needs, in one file, and the loader that fetches them.
//!
//! The splitter makes a part for every combination of pages that share code, dozens of them. Compressed each for
//! itself they are a sixth larger than together, and the loader would carry a hash of each. So a first visit gets a
//! page as one file; whoever has been elsewhere before gets only the parts that are missing.

use super::{Site, integrity};
use anyhow::{Context, Result, anyhow, ensure};
use regex::Regex;
use serde_json::json;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};
use wasm_encoder::{CustomSection, Module};

/// The page whose parts all others need too: it is fetched with whichever comes first.
pub(super) const FRAME: &str = "frame";
/// Which parts pages are made of, and the hash of each, for whoever has been on a page before.
const LIST: &str = "parts.json";
/// What the loader is made of.
const LOADER: &str = include_str!("loader.js");

/// Which parts each page is made of, beside the first module, by the names of their files without `.wasm`.
pub(super) type Pages = BTreeMap<String, Vec<String>>;

/// Lays packs and parts out in the bundle, with the loader for them. `parts` is the folder of all parts, `generated`
/// the splitter's own loader, which would fetch each of them for itself. Gives the files of a first visit of each
/// page, beside the frame's.
pub(super) fn lay_out(
    site: &Site,
    parts: &Path,
    mut pages: Pages,
    generated: &str,
) -> Result<Pages> {
    let of_frame: BTreeSet<String> = pages
        .get(FRAME)
        .with_context(|| format!("no page is called {FRAME}"))?
        .iter()
        .cloned()
        .collect();
    for (page, names) in &mut pages {
        names.retain(|name| page == FRAME || !of_frame.contains(name));
        names.sort();
    }
    let mut hashes = BTreeMap::new();
    for (page, names) in &pages {
        let file = format!("pack_{page}.wasm");
        hashes.insert(file.clone(), write(site, &file, &pack(parts, names)?)?);
    }
    let frame = pages.remove(FRAME);
    let single: BTreeSet<&String> = pages.values().flatten().collect();
    let mut of_parts = BTreeMap::new();
    for name in single {
        let file = format!("{name}.wasm");
        let module = fs::read(parts.join(&file)).with_context(|| format!("cannot read {file}"))?;
        of_parts.insert(name, write(site, &file, &module)?);
    }
    let list = json!({ "parts": pages, "hashes": of_parts }).to_string();
    hashes.insert(LIST.to_owned(), write(site, LIST, list.as_bytes())?);
    pages.extend(frame.map(|names| (FRAME.to_owned(), names)));
    fs::write(site.path("split.js"), loader(generated, &pages, &hashes)?)?;
    let visit = |page: &String| (page.clone(), vec![format!("pack_{page}.wasm")]);
    Ok(pages.keys().map(visit).collect())
}

/// Writes a file of the bundle; its hash.
fn write(site: &Site, name: &str, bytes: &[u8]) -> Result<String> {
    let path = site.package().join(name);
    fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(integrity::of_bytes(bytes))
}

/// A module that does nothing and holds others as its custom sections, each under its name; the first section
/// is the list of those names.
fn pack(folder: &Path, names: &[String]) -> Result<Vec<u8>> {
    let mut pack = Module::new();
    pack.section(&CustomSection {
        name: Cow::Borrowed("parts"),
        data: Cow::Owned(names.join("\n").into_bytes()),
    });
    for name in names {
        let path = folder.join(format!("{name}.wasm"));
        let module = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        pack.section(&CustomSection {
            name: Cow::Borrowed(name),
            data: Cow::Owned(module),
        });
    }
    Ok(pack.finish())
}

/// The loader, which exports what the splitter's own does.
fn loader(generated: &str, pages: &Pages, hashes: &BTreeMap<String, String>) -> Result<String> {
    let shared = Regex::new(r"const \{([\w\s,]+)\} = initSync")?;
    let shared = shared
        .captures(generated)
        .ok_or_else(|| anyhow!("the splitter's loader shares nothing: the splitter has changed"))?;
    let shared = shared[1].trim().trim_end_matches(',').trim_end().to_owned();
    let entry = Regex::new(r"export const __wasm_split_load_(\w+)")?;
    let wanted: BTreeSet<&str> = entry
        .captures_iter(generated)
        .filter_map(|entry| Some(entry.get(1)?.as_str()))
        .collect();
    let known: BTreeSet<&str> = pages.keys().map(String::as_str).collect();
    ensure!(
        wanted == known,
        "the splitter's loader has {wanted:?}, the pages are {known:?}: the splitter has changed"
    );
    let mut text = LOADER.to_owned();
    for (blank, filling) in [
        ("NYMBLE_HASHES", serde_json::to_string(hashes)?),
        ("NYMBLE_SHARED", shared),
    ] {
        ensure!(text.contains(blank), "loader.js has no {blank}");
        text = text.replace(blank, &filling);
    }
    for page in pages.keys() {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "export const __wasm_split_load_{page} = loader(\"{page}\");"
        );
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const GENERATED: &str = "const { memory, table,  } = initSync(undefined, undefined);\n\
        export const __wasm_split_load_pad = wrapAsyncCb(1);\nexport const __wasm_split_load_frame = wrapAsyncCb(2);\n";

    fn pages(of: &[(&str, &[&str])]) -> Pages {
        let owned = |parts: &[&str]| parts.iter().map(|&part| part.to_owned()).collect();
        of.iter()
            .map(|(page, parts)| ((*page).to_owned(), owned(parts)))
            .collect()
    }

    #[test]
    fn the_loader_knows_every_page_and_file() {
        let both = pages(&[("frame", &["chunk_1"]), ("pad", &["chunk_2", "split_pad"])]);
        let hashes = BTreeMap::from([("pack_pad.wasm".to_owned(), "sha256-x".to_owned())]);
        let text = loader(GENERATED, &both, &hashes).unwrap();
        assert!(!text.contains("NYMBLE"));
        assert!(text.contains("const { memory, table } = initSync"));
        assert!(text.contains(r#"{"pack_pad.wasm":"sha256-x"}"#));
        assert!(text.contains("export const __wasm_split_load_pad = loader(\"pad\");"));
        // A page that the first module asks for and nobody has packed.
        assert!(loader(GENERATED, &pages(&[("pad", &[])]), &hashes).is_err());
    }
}
