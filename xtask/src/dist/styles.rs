//! Joins the style sheets into two files, in the order of `style/index.css` and `style/shop.css`: what
//! the sign-in needs, and what comes once somebody is signed in.
//!
//! Both only import: the browser follows their `@import` lines in development, and here they are
//! replaced by what they name.

use crate::{failure::Failure, workspace::Workspace};
use anyhow::{Context, Result};
use regex::Regex;
use std::fs;

/// The first paint's own style, then everything that `style/index.css` imports.
pub(super) fn first(workspace: &Workspace) -> Result<String> {
    let first_paint = workspace.path("boot/boot.css");
    let css = fs::read_to_string(&first_paint)
        .with_context(|| format!("cannot read {}", first_paint.display()))?;
    join(workspace, "index.css", css)
}

/// Everything that `style/shop.css` imports.
pub(super) fn shop(workspace: &Workspace) -> Result<String> {
    join(workspace, "shop.css", String::new())
}

/// `css` with everything behind it that the index of that name imports.
fn join(workspace: &Workspace, name: &str, mut css: String) -> Result<String> {
    let index = workspace.path("style").join(name);
    let imports = fs::read_to_string(&index).map_err(|_| {
        Failure::new(format!(
            "style/{name} is missing: it imports the style sheets in their order."
        ))
    })?;
    let (layers, names) = imported(&imports)?;
    // A layer's rank is that of its first mention: it comes before all rules.
    css.insert_str(0, &layers);
    for import in names {
        let path = workspace.path("style").join(&import.file);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("style/{name} imports {}", path.display()))?;
        css.push('\n');
        match import.layer {
            Some(layer) => css.extend(["@layer ", &layer, " {\n", &text, "\n}"]),
            None => css.push_str(&text),
        }
    }
    Ok(css)
}

#[derive(Debug, PartialEq)]
struct Import {
    file: String,
    layer: Option<String>,
}

/// The `@layer a, b;` lines and the imports of an index; anything else has no place in it.
fn imported(index: &str) -> Result<(String, Vec<Import>)> {
    let comment = Regex::new(r"(?s)/\*.*?\*/")?;
    let import = Regex::new(
        r#"^@import\s+(?:url\(\s*)?["']?(?:\./)?([\w.-]+\.css)["']?\s*\)?(?:\s+layer\(\s*([\w.-]+)\s*\))?$"#,
    )?;
    let mut layers = String::new();
    let mut names = Vec::new();
    for statement in comment.replace_all(index, "").split(';').map(str::trim) {
        if statement.is_empty() {
            continue;
        }
        if let Some(found) = import.captures(statement) {
            names.push(Import {
                file: found[1].to_owned(),
                layer: found.get(2).map(|layer| layer.as_str().to_owned()),
            });
        } else if statement.starts_with("@layer") && !statement.contains('{') {
            layers.push_str(statement);
            layers.push_str(";\n");
        } else {
            return Err(Failure::new(format!(
                "The indexes in style/ may only import style sheets (`@import \"tokens.css\";`), not `{statement}`."
            ))
            .into());
        }
    }
    Ok((layers, names))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn plain(file: &str) -> Import {
        Import {
            file: file.to_owned(),
            layer: None,
        }
    }

    #[test]
    fn keeps_the_order_of_the_index() {
        let index = "/* first; */ @import \"tokens.css\";\n@import url('./base.css');\n@import \"a-b.css\" layer(parts);\n";
        let (layers, names) = imported(index).unwrap();
        assert_eq!(layers, "");
        let layered = Import {
            file: "a-b.css".to_owned(),
            layer: Some("parts".to_owned()),
        };
        assert_eq!(names, [plain("tokens.css"), plain("base.css"), layered]);
    }

    #[test]
    fn keeps_the_order_of_layers() {
        let (layers, names) = imported("@layer base, parts;\n@import 'x.css';").unwrap();
        assert_eq!(layers, "@layer base, parts;\n");
        assert_eq!(names, [plain("x.css")]);
    }

    #[test]
    fn refuses_rules_and_foreign_addresses() {
        assert!(imported("body { margin: 0 }").is_err());
        assert!(imported("@import \"https://example.com/x.css\";").is_err());
    }
}
