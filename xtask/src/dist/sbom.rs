//! `sbom.cdx.json`: the bundle's bill of materials, in the format `CycloneDX` 1.6.
//!
//! It holds neither a time nor a serial number, so that two builds of the same sources write the same file.

use super::crates::{BundleCrate, Id, Origin, ROOT};
use anyhow::{Context, Result};
use serde::Serialize;
use std::{fs, path::Path};

/// The file's name in the bundle.
pub const FILE: &str = "sbom.cdx.json";

/// Writes the bill of materials into the bundle.
pub fn write(crates: &[BundleCrate], rust: &str, dist: &Path) -> Result<()> {
    let text = text(crates, rust)?;
    let path = dist.join(FILE);
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The text of the bill of materials: the crates, and the standard library of a version of Rust.
pub fn text(crates: &[BundleCrate], rust: &str) -> Result<String> {
    let own = crates.iter().find(|found| found.id.name == ROOT);
    let own = own.with_context(|| format!("{ROOT} is not among the bundle's crates"))?;
    let library = standard_library(rust);
    let mut components = vec![library.clone()];
    components.extend(
        crates
            .iter()
            .filter(|found| found.id != own.id)
            .map(|found| component(found, "library")),
    );
    let mut dependencies: Vec<Dependency> = crates
        .iter()
        .map(|found| Dependency {
            reference: reference(&found.id, found.origin),
            depends_on: found
                .uses
                .iter()
                .filter_map(|id| crates.iter().find(|used| used.id == *id))
                .map(|used| reference(&used.id, used.origin))
                // Every crate is compiled against the standard library.
                .chain([library.reference.clone()])
                .collect(),
        })
        .collect();
    dependencies.push(Dependency {
        reference: library.reference,
        depends_on: Vec::new(),
    });
    let document = Document {
        schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
        bom_format: "CycloneDX",
        spec_version: "1.6",
        version: 1,
        metadata: Metadata {
            lifecycles: [Lifecycle { phase: "build" }],
            component: component(own, "application"),
        },
        components,
        dependencies,
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn component(of: &BundleCrate, kind: &'static str) -> Component {
    let from_registry = of.origin == Origin::Registry;
    Component {
        kind,
        reference: reference(&of.id, of.origin),
        name: of.id.name.clone(),
        version: of.id.version.clone(),
        licenses: of.licence.iter().map(|text| licence(text)).collect(),
        purl: from_registry.then(|| purl(&of.id)),
        hashes: of
            .checksum
            .iter()
            .map(|checksum| Hash {
                alg: "SHA-256",
                content: checksum.clone(),
            })
            .collect(),
        external_references: of
            .repository
            .iter()
            .map(|url| ExternalReference {
                kind: "vcs",
                url: url.clone(),
            })
            .collect(),
    }
}

/// What every crate is compiled against, and no `Cargo.lock` names.
fn standard_library(rust: &str) -> Component {
    let purl = format!("pkg:generic/rust-std@{rust}");
    Component {
        kind: "library",
        reference: purl.clone(),
        name: "rust-std".to_owned(),
        version: rust.to_owned(),
        licenses: vec![licence("MIT OR Apache-2.0")],
        purl: Some(purl),
        hashes: Vec::new(),
        external_references: vec![ExternalReference {
            kind: "vcs",
            url: "https://github.com/rust-lang/rust".to_owned(),
        }],
    }
}

/// `UNLICENSED`, as the repository's own crates say, is a name and no expression.
fn licence(text: &str) -> Licence {
    if text == "UNLICENSED" {
        Licence::Named {
            license: Named {
                name: text.to_owned(),
            },
        }
    } else {
        Licence::Expression {
            expression: text.to_owned(),
        }
    }
}

fn reference(id: &Id, origin: Origin) -> String {
    match origin {
        Origin::Registry => purl(id),
        Origin::Own | Origin::Elsewhere => format!("{}@{}", id.name, id.version),
    }
}

fn purl(id: &Id) -> String {
    format!("pkg:cargo/{}@{}", id.name, id.version.replace('+', "%2B"))
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    #[serde(rename = "$schema")]
    schema: &'static str,
    bom_format: &'static str,
    spec_version: &'static str,
    version: u32,
    metadata: Metadata,
    components: Vec<Component>,
    dependencies: Vec<Dependency>,
}

#[derive(Debug, Serialize)]
struct Metadata {
    lifecycles: [Lifecycle; 1],
    component: Component,
}

#[derive(Debug, Serialize)]
struct Lifecycle {
    phase: &'static str,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Component {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "bom-ref")]
    reference: String,
    name: String,
    version: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hashes: Vec<Hash>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    licenses: Vec<Licence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    external_references: Vec<ExternalReference>,
}

#[derive(Debug, Clone, Serialize)]
struct Hash {
    alg: &'static str,
    content: String,
}

#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum Licence {
    Expression { expression: String },
    Named { license: Named },
}

#[derive(Debug, Clone, Serialize)]
struct Named {
    name: String,
}

#[derive(Debug, Clone, Serialize)]
struct ExternalReference {
    #[serde(rename = "type")]
    kind: &'static str,
    url: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Dependency {
    #[serde(rename = "ref")]
    reference: String,
    depends_on: Vec<String>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::{Value, json};

    fn example(name: &str, version: &str, origin: Origin, uses: &[&Id]) -> BundleCrate {
        BundleCrate {
            id: Id {
                name: name.to_owned(),
                version: version.to_owned(),
            },
            origin,
            licence: Some(
                if origin == Origin::Own {
                    "UNLICENSED"
                } else {
                    "MIT"
                }
                .to_owned(),
            ),
            authors: Vec::new(),
            repository: (origin != Origin::Own).then(|| "https://example.com/a".to_owned()),
            checksum: (origin != Origin::Own).then(|| "00ff".to_owned()),
            folder: "/a/folder/of/this/machine".into(),
            uses: uses.iter().map(|id| (*id).clone()).collect(),
        }
    }

    #[test]
    fn a_component_says_what_it_is_and_whom_it_uses() {
        let library = example("a", "1.0.0+b", Origin::Registry, &[]);
        let own = example(ROOT, "0.1.0", Origin::Own, &[&library.id]);
        let text = text(&[library, own], "1.99.1").unwrap();
        assert!(!text.contains("this/machine"), "{text}");
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["specVersion"], "1.6");
        assert_eq!(document["metadata"]["component"]["name"], ROOT);
        assert_eq!(
            document["metadata"]["component"]["licenses"],
            json!([{"license": {"name": "UNLICENSED"}}])
        );
        assert_eq!(
            document["components"][1],
            json!({
                "type": "library", "bom-ref": "pkg:cargo/a@1.0.0%2Bb", "name": "a", "version": "1.0.0+b",
                "hashes": [{"alg": "SHA-256", "content": "00ff"}], "licenses": [{"expression": "MIT"}],
                "purl": "pkg:cargo/a@1.0.0%2Bb",
                "externalReferences": [{"type": "vcs", "url": "https://example.com/a"}],
            })
        );
        assert_eq!(
            document["dependencies"][1],
            json!({"ref": format!("{ROOT}@0.1.0"),
                "dependsOn": ["pkg:cargo/a@1.0.0%2Bb", "pkg:generic/rust-std@1.99.1"]})
        );
    }
}
