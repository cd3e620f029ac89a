//! Short names for what the first module imports.
//!
//! wasm-bindgen calls each of its 350 functions by what it does and a hash, in the module and in the glue. Compression
//! makes nothing of hashes: the names are 8 kB of every first visit.

use anyhow::{Context, Result, ensure};
use regex::{Captures, Regex};
use std::{collections::BTreeMap, fs, path::Path};
use wasm_encoder::{
    Import, ImportSection, Imports, Module, RawSection,
    reencode::{Reencode as _, RoundtripReencoder},
};
use wasmparser::{Parser, Payload};

/// The module that the glue is, to the first module.
const GLUE: &str = "./app_bg.js";

/// Shortens the names in a module and in its glue.
pub(super) fn shorten(module: &Path, glue: &Path) -> Result<()> {
    let read = |path: &Path| fs::read(path).with_context(|| path.display().to_string());
    let (shorter, names) = in_module(&read(module)?)?;
    let text = String::from_utf8(read(glue)?)?;
    fs::write(glue, in_glue(&text, &names)?)?;
    fs::write(module, shorter)?;
    Ok(())
}

/// The module with short names, and what was called what.
fn in_module(bytes: &[u8]) -> Result<(Vec<u8>, BTreeMap<String, String>)> {
    let mut names = BTreeMap::new();
    let mut shorter = Module::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        if let Payload::ImportSection(section) = payload {
            let mut imports = ImportSection::new();
            for import in section.into_imports() {
                let import = import?;
                let name = if import.module == GLUE {
                    let next = short(names.len());
                    names.entry(import.name.to_owned()).or_insert(next)
                } else {
                    import.name
                };
                let ty = RoundtripReencoder.entity_type(import.ty)?;
                imports.imports(Imports::Single(Import {
                    module: import.module,
                    name,
                    ty,
                }));
            }
            shorter.section(&imports);
        } else if let Some((id, range)) = payload.as_section() {
            let place = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = &bytes[place];
            shorter.section(&RawSection { id, data });
        }
    }
    Ok((shorter.finish(), names))
}

/// The glue with the same names.
fn in_glue(text: &str, names: &BTreeMap<String, String>) -> Result<String> {
    let name = Regex::new(r"(?m)^( +)(\w+)(: )")?;
    let mut found = 0;
    let shorter = name.replace_all(text, |parts: &Captures<'_>| {
        let Some(short) = names.get(&parts[2]) else {
            return parts[0].to_owned();
        };
        found += 1;
        [&parts[1], short, &parts[3]].concat()
    });
    let left = names.keys().find(|name| shorter.contains(name.as_str()));
    ensure!(
        found == names.len() && left.is_none(),
        "{found} of {} names are found in the glue, and {left:?} also elsewhere: wasm-bindgen has changed",
        names.len()
    );
    Ok(shorter.into_owned())
}

/// The name at a place: `aa`, `ab` … `az`, `ba` …, of three letters from the 677th on.
fn short(place: usize) -> String {
    let letter = |value: usize| char::from(b'a' + u8::try_from(value % 26).unwrap_or(0));
    let more = (place >= 26 * 26).then(|| letter(place / (26 * 26) - 1));
    more.into_iter()
        .chain([letter(place / 26), letter(place)])
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use wasm_encoder::{CustomSection, EntityType, FunctionSection, TypeSection};

    const LONG: [&str; 2] = ["__wbg_new_0123456789abcdef", "__wbg_get_fedcba9876543210"];

    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        for name in LONG {
            imports.import(GLUE, name, EntityType::Function(0));
        }
        imports.import("./split.js", "load", EntityType::Function(0));
        let mut module = Module::new();
        module.section(&types).section(&imports);
        module.section(&FunctionSection::new());
        let custom = CustomSection {
            name: "kept".into(),
            data: b"as it is".into(),
        };
        module.section(&custom);
        module.finish()
    }

    #[test]
    fn only_what_the_glue_gives_has_another_name() {
        let (shorter, names) = in_module(&module()).unwrap();
        let pairs: Vec<_> = LONG.iter().map(|name| names[*name].as_str()).collect();
        assert_eq!(pairs, ["aa", "ab"]);
        let mut imports = Vec::new();
        let mut custom = Vec::new();
        for payload in Parser::new(0).parse_all(&shorter) {
            match payload.unwrap() {
                Payload::ImportSection(section) => {
                    let section = section.into_imports().map(Result::unwrap);
                    imports.extend(section.map(|it| (it.module, it.name)));
                }
                Payload::CustomSection(section) => custom.push((section.name(), section.data())),
                _ => {}
            }
        }
        assert_eq!(
            imports,
            [(GLUE, "aa"), (GLUE, "ab"), ("./split.js", "load")]
        );
        assert_eq!(custom, [("kept", b"as it is".as_slice())]);
        let glue = format!(
            "    const import0 = {{\n        {}: function(arg0) {{\n        {}: function() {{",
            LONG[0], LONG[1]
        );
        let shorter = in_glue(&glue, &names).unwrap();
        assert!(
            shorter.contains("        aa: function(arg0) {"),
            "{shorter}"
        );
        // A glue that uses a name otherwise is not what this was made for.
        assert!(in_glue(&format!("{glue}\nimports.{}()", LONG[0]), &names).is_err());
        assert!(in_glue("", &names).is_err());
    }

    #[test]
    fn every_place_has_a_name_of_its_own() {
        let names: BTreeSet<String> = (0..2_000).map(short).collect();
        assert_eq!(names.len(), 2_000);
        assert_eq!(
            [0, 25, 26, 675, 676].map(short),
            ["aa", "az", "ba", "zz", "aaa"]
        );
    }
}
