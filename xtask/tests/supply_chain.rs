//! What goes into the bundle, held against `deny.toml`; and the lists of it that the bundle carries.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::Value;
use spdx::{Expression, LicenseItem, ParseMode};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};
use xtask::{
    dist::{
        crates::{self, BundleCrate, Origin},
        licences::{self, List},
        sbom,
    },
    workspace::Workspace,
};

static WORKSPACE: LazyLock<Workspace> = LazyLock::new(|| Workspace::current().unwrap());
/// The crates of the bundle.
static CRATES: LazyLock<Vec<BundleCrate>> =
    LazyLock::new(|| crates::of_bundle(&WORKSPACE).unwrap());

fn file(name: &str) -> toml::Value {
    let text = fs::read_to_string(WORKSPACE.path(name)).unwrap();
    toml::from_str(&text).expect(name)
}

fn rust() -> String {
    WORKSPACE.toolchain().unwrap().channel
}

fn bill() -> String {
    sbom::text(&CRATES, &rust()).unwrap()
}

fn texts(list: &toml::Value) -> Vec<String> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_bundle_s_crates_are_those_that_are_compiled_for_it() {
    let names: BTreeSet<&str> = CRATES.iter().map(|found| found.id.name.as_str()).collect();
    for there in [
        "nymble-storefront",
        "nymble-domain",
        "nymble-wire",
        "leptos",
        "wasm-bindgen",
        "quick-xml",
        "zip",
        "rust_decimal",
        "idb",
    ] {
        assert!(names.contains(there), "{there}");
    }
    // Of tests, of the sandbox, of the tools, and what runs while the bundle is compiled.
    for elsewhere in [
        "proptest",
        "thirtyfour",
        "reqwest",
        "rusqlite",
        "utoipa",
        "clap",
        "serde_derive",
        "leptos_macro",
        "autocfg",
    ] {
        assert!(!names.contains(elsewhere), "{elsewhere}");
    }
}

/// The licences of the bundle's crates are those that `deny.toml` allows.
#[test]
fn every_licence_is_allowed() {
    let deny = file("deny.toml");
    let allowed = texts(&deny["licenses"]["allow"]);
    let mut wrong = Vec::new();
    for found in CRATES.iter().filter(|found| found.origin != Origin::Own) {
        let licence = found.licence.as_deref().unwrap_or_default();
        let is_allowed =
            Expression::parse_mode(licence, ParseMode::STRICT).is_ok_and(|expression| {
                expression.evaluate(|wanted| match &wanted.license {
                    LicenseItem::Spdx { id, .. } => {
                        allowed.iter().any(|name| name == id.name) && wanted.addition.is_none()
                    }
                    LicenseItem::Other(_) => false,
                })
            });
        if !is_allowed {
            wrong.push(format!("{} {}: {licence}", found.id.name, found.id.version));
        }
    }
    assert!(wrong.is_empty(), "not allowed by deny.toml: {wrong:#?}");
}

/// The sources of the bundle's crates are those that `deny.toml` allows.
#[test]
fn every_crate_comes_from_the_registry_with_a_checksum() {
    let deny = file("deny.toml");
    assert_eq!(
        texts(&deny["sources"]["allow-registry"]),
        ["https://github.com/rust-lang/crates.io-index"]
    );
    assert_eq!(texts(&deny["sources"]["allow-git"]), [""; 0]);
    for found in CRATES.iter() {
        let name = &found.id.name;
        match found.origin {
            Origin::Own => assert!(name.starts_with("nymble-"), "{name}"),
            Origin::Registry => assert_eq!(found.checksum.as_ref().unwrap().len(), 64, "{name}"),
            Origin::Elsewhere => panic!("{name} comes from elsewhere"),
        }
    }
}

/// A crate is in the bundle twice only where `deny.toml` allows it.
#[test]
fn no_crate_is_there_twice_but_those_named() {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for found in CRATES.iter() {
        versions
            .entry(&found.id.name)
            .or_default()
            .push(&found.id.version);
    }
    let skipped = &file("deny.toml")["bans"]["skip"];
    let skipped: BTreeSet<String> = skipped
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            assert_ne!(one["reason"].as_str().unwrap(), "");
            let (name, _) = one["crate"]
                .as_str()
                .unwrap()
                .split_once('@')
                .expect("a name with a version");
            name.to_owned()
        })
        .collect();
    versions.retain(|name, versions| versions.len() > 1 && !skipped.contains(*name));
    assert!(
        versions.is_empty(),
        "more than one version in the bundle: {versions:#?}"
    );
}

#[test]
fn what_must_fit_together_is_pinned_exactly() {
    let (root, tools) = (file("Cargo.toml"), file("xtask/Cargo.toml"));
    let pinned = |manifest: &toml::Value, name: &str| {
        let dependency = &manifest["dependencies"][name];
        let version = dependency
            .as_str()
            .or_else(|| dependency.get("version")?.as_str());
        version.is_some_and(|version| version.starts_with('='))
    };
    for name in ["leptos", "leptos_router", "wasm-bindgen"] {
        assert!(pinned(&root, name), "{name}");
    }
    assert!(pinned(&tools, "wasm_split_cli_support"));
}

/// The bill of materials is complete.
#[test]
fn the_bill_of_materials_has_every_crate_and_whom_it_uses() {
    let bill: Value = serde_json::from_str(&bill()).unwrap();
    let components = bill["components"].as_array().unwrap();
    // The bundle itself stands above, and the standard library beside the crates.
    assert_eq!(components.len(), CRATES.len());
    let references: BTreeSet<&str> = components
        .iter()
        .chain([&bill["metadata"]["component"]])
        .map(|one| one["bom-ref"].as_str().unwrap())
        .collect();
    assert_eq!(
        references.len(),
        components.len() + 1,
        "a reference is there twice"
    );
    for component in components {
        assert!(component["licenses"][0].is_object(), "{component}");
    }
    let dependencies = bill["dependencies"].as_array().unwrap();
    let described: BTreeSet<&str> = dependencies
        .iter()
        .map(|one| one["ref"].as_str().unwrap())
        .collect();
    assert_eq!(described, references);
    let mut used = BTreeSet::new();
    for dependency in dependencies {
        used.extend(
            dependency["dependsOn"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one.as_str().unwrap()),
        );
    }
    assert!(used.is_subset(&references));
    let unused: Vec<_> = references.difference(&used).collect();
    assert_eq!(
        unused,
        [&"nymble-storefront@0.1.0"],
        "only the bundle is used by nobody"
    );
}

/// The licences are complete.
#[test]
fn every_licence_has_its_text() {
    let list = List::of(&CRATES, &rust()).unwrap();
    assert!(
        list.without_text().is_empty(),
        "without a text: {:#?}",
        list.without_text()
    );
    let text = list.text();
    for found in CRATES.iter().filter(|found| found.origin != Origin::Own) {
        let line = format!("\n{} {} | ", found.id.name, found.id.version);
        assert!(text.contains(&line), "{line}");
    }
    assert!(text.contains("Apache License") && text.contains("Permission is hereby granted"));
}

/// Bill of materials and licences are the same each time, and name no folder of this machine.
#[test]
fn the_lists_are_the_same_each_time_and_name_no_folder_of_this_machine() {
    let again = crates::of_bundle(&WORKSPACE).unwrap();
    let list = List::of(&CRATES, &rust()).unwrap().text();
    assert_eq!(bill(), sbom::text(&again, &rust()).unwrap());
    assert_eq!(list, List::of(&again, &rust()).unwrap().text());
    let dist = Path::new(env!("CARGO_TARGET_TMPDIR"));
    sbom::write(&again, &rust(), dist).unwrap();
    licences::write(&again, &rust(), dist).unwrap();
    assert_eq!(fs::read_to_string(dist.join(sbom::FILE)).unwrap(), bill());
    assert_eq!(fs::read_to_string(dist.join(licences::FILE)).unwrap(), list);
    let root = WORKSPACE.root().display().to_string();
    let registry = CRATES
        .iter()
        .find(|found| found.origin == Origin::Registry)
        .unwrap();
    let registry = registry.folder.parent().unwrap().display().to_string();
    for text in [bill(), list] {
        assert!(!text.contains(&root) && !text.contains(&registry));
    }
}
