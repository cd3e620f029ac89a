//! Short names for what the first module imports and exports.
//!
//! wasm-bindgen calls each of its 350 functions by what it does and a hash, in the module and in the glue. Compression
//! makes nothing of hashes: the names are 8 kB of every first visit. What closures are called through has the linker's
//! name, of 100 letters and more. And what nobody calls is not exported, so that it can be left out.

use anyhow::{Context, Result, ensure};
use regex::{Captures, Regex};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use wasm_encoder::{
    ExportSection, Import, ImportSection, Imports, Module, RawSection,
    reencode::{Reencode as _, RoundtripReencoder},
};
use wasmparser::{Parser, Payload};

/// The module that the glue is, to the first module.
const GLUE: &str = "./app_bg.js";

/// How the names of the linker begin.
const MANGLED: &str = "_R";

/// The functions behind the classes by which a dependency would hand Rust streams to JavaScript.
const STREAMS: [&str; 2] = ["intounderlying", "__wbg_intounderlying"];

/// What the functions of a module were called, and how they are called now.
type Names = BTreeMap<String, String>;

/// Shortens the names in a module and in its glue.
pub(super) fn shorten(module: &Path, glue: &Path) -> Result<()> {
    let read = |path: &Path| fs::read(path).with_context(|| path.display().to_string());
    let (shorter, imported, exported) = in_module(&read(module)?)?;
    let text = String::from_utf8(read(glue)?)?;
    let text = imports_in_glue(&text, &imported)?;
    fs::write(glue, exports_in_glue(&text, &exported)?)?;
    fs::write(module, shorter)?;
    Ok(())
}

/// The module with short names, and what was called what: of what it imports, and of what it exports.
fn in_module(bytes: &[u8]) -> Result<(Vec<u8>, Names, Names)> {
    let (mut names, mut exported) = (Names::new(), Names::new());
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
        } else if let Payload::ExportSection(section) = payload {
            let mut exports = ExportSection::new();
            for export in section {
                let export = export?;
                if STREAMS.iter().any(|start| export.name.starts_with(start)) {
                    continue;
                }
                let name = if export.name.starts_with(MANGLED) {
                    let next = format!("_{}", short(exported.len()));
                    exported.entry(export.name.to_owned()).or_insert(next)
                } else {
                    export.name
                };
                let kind = RoundtripReencoder.export_kind(export.kind)?;
                exports.export(name, kind, export.index);
            }
            shorter.section(&exports);
        } else if let Some((id, range)) = payload.as_section() {
            let place = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = &bytes[place];
            shorter.section(&RawSection { id, data });
        }
    }
    Ok((shorter.finish(), names, exported))
}

/// The glue, which calls what the module exports by the same names, and has functions of these names itself.
fn exports_in_glue(text: &str, names: &Names) -> Result<String> {
    let taken = names
        .values()
        .find(|short| text.contains(&format!("{short}(")));
    ensure!(taken.is_none(), "{taken:?} has a meaning in the glue");
    let name = Regex::new(&format!(r"\b{MANGLED}\w+"))?;
    let mut found = BTreeSet::new();
    let shorter = name.replace_all(text, |parts: &Captures<'_>| {
        let Some(short) = names.get(&parts[0]) else {
            return parts[0].to_owned();
        };
        found.insert(short.clone());
        short.clone()
    });
    ensure!(
        found.len() == names.len(),
        "{} of {} exports are called in the glue: wasm-bindgen has changed",
        found.len(),
        names.len()
    );
    Ok(shorter.into_owned())
}

/// The glue, which gives what the module imports under the same names.
fn imports_in_glue(text: &str, names: &Names) -> Result<String> {
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
    use wasm_encoder::{CustomSection, EntityType, ExportKind, FunctionSection, TypeSection};

    const LONG: [&str; 2] = ["__wbg_new_0123456789abcdef", "__wbg_get_fedcba9876543210"];

    const MANGLED_CLOSURE: &str = "_RINvNvNtCs1_12wasm_bindgen7convert";

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
        let mut exports = ExportSection::new();
        for (name, index) in [
            (MANGLED_CLOSURE, 0),
            ("intounderlyingsink_close", 1),
            ("main", 2),
        ] {
            exports.export(name, ExportKind::Func, index);
        }
        module.section(&exports);
        let custom = CustomSection {
            name: "kept".into(),
            data: b"as it is".into(),
        };
        module.section(&custom);
        module.finish()
    }

    #[test]
    fn only_what_the_glue_gives_has_another_name() {
        let (shorter, names, exported) = in_module(&module()).unwrap();
        let pairs: Vec<_> = LONG.iter().map(|name| names[*name].as_str()).collect();
        assert_eq!(pairs, ["aa", "ab"]);
        let mut imports = Vec::new();
        let (mut custom, mut exports) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(&shorter) {
            match payload.unwrap() {
                Payload::ImportSection(section) => {
                    let section = section.into_imports().map(Result::unwrap);
                    imports.extend(section.map(|it| (it.module, it.name)));
                }
                Payload::ExportSection(section) => {
                    let section = section.into_iter().map(Result::unwrap);
                    exports.extend(section.map(|it| (it.name, it.index)));
                }
                Payload::CustomSection(section) => custom.push((section.name(), section.data())),
                _ => {}
            }
        }
        assert_eq!(
            imports,
            [(GLUE, "aa"), (GLUE, "ab"), ("./split.js", "load")]
        );
        assert_eq!(exports, [("_aa", 0), ("main", 2)]);
        assert_eq!(
            exports_in_glue(
                &format!("function {MANGLED_CLOSURE}(a) {{ wasm.{MANGLED_CLOSURE}(a) }}"),
                &exported
            )
            .unwrap(),
            "function _aa(a) { wasm._aa(a) }"
        );
        assert!(exports_in_glue("wasm.main()", &exported).is_err());
        let taken = format!("_aa(); wasm.{MANGLED_CLOSURE}(a)");
        assert!(exports_in_glue(&taken, &exported).is_err());
        assert_eq!(custom, [("kept", b"as it is".as_slice())]);
        let glue = format!(
            "    const import0 = {{\n        {}: function(arg0) {{\n        {}: function() {{",
            LONG[0], LONG[1]
        );
        let shorter = imports_in_glue(&glue, &names).unwrap();
        assert!(
            shorter.contains("        aa: function(arg0) {"),
            "{shorter}"
        );
        // A glue that uses a name otherwise is not what this was made for.
        assert!(imports_in_glue(&format!("{glue}\nimports.{}()", LONG[0]), &names).is_err());
        assert!(imports_in_glue("", &names).is_err());
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
