//! Compiles the app and cuts its pages off the first module.
//!
//! The steps and their order matter: the linker keeps its relocations, the splitter cuts along them,
//! wasm-bindgen makes glue for the first module only, and every part is shrunk.

use super::{
    Site,
    known::Known,
    names,
    packs::{self, Pages},
    shrink,
};
use crate::{
    command,
    progress::announce,
    setup::{BuildTools, Rust},
    workspace::Workspace,
};
use anyhow::{Context, Result, anyhow};
use regex::Regex;
use std::{
    fs,
    path::{Path, PathBuf},
};
use wasm_bindgen_cli_support::Bindgen;

/// The root package's program.
const PROGRAM: &str = "nymble-storefront";
pub(super) const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles the release module with the feature `split` and gives its path.
pub(super) fn compile(workspace: &Workspace, rust: &Rust) -> Result<PathBuf> {
    announce("Compiling the app for release: about 4 minutes, later less");
    let mut cargo = rust.cargo();
    cargo
        .args(["rustc", "--release", "--package", PROGRAM, "--bin", PROGRAM])
        .args(["--target", TARGET, "--features", "split"])
        // Stripping would take the section from which wasm-opt learns what the code may use.
        .args(["--config", "profile.release.strip=\"none\""])
        .args(["--config", &compiler_flags(rust)])
        .args(["--color", "never", "--", "-Clink-arg=--emit-relocs"])
        .current_dir(workspace.root())
        .env("CARGO_TARGET_DIR", workspace.target());
    command::run(&mut cargo)?;
    let folder = workspace.target().join(TARGET).join("release");
    Ok(folder.join(format!("{PROGRAM}.wasm")))
}

/// How the compiler is called: with leptos's erased views, whose parts have one type each instead of one for
/// every combination, which is a seventh less to load; and without the folders of this machine, as a panic names
/// its source file. (Cargo names the files of the workspace from its root.)
fn compiler_flags(rust: &Rust) -> String {
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let sources = cargo_home.map(|home| home.join("registry").join("src"));
    let registries = sources
        .and_then(|sources| fs::read_dir(sources).ok())
        .into_iter()
        .flatten()
        .flatten()
        .map(|registry| registry.path());
    // Where the standard library's source is installed, its folder stands in what is inlined of it.
    let toolchain = rust.sysroot().join("lib/rustlib/src/rust");
    let flags: Vec<String> = registries
        .chain([toolchain])
        .map(|folder| format!("\"--remap-path-prefix={}/=\"", folder.display()))
        .chain([r#""--cfg=erase_components""#.to_owned()])
        .collect();
    format!("target.{TARGET}.rustflags=[{}]", flags.join(","))
}

/// Cuts the module, and lays the parts out in the site.
///
/// `known` are modules that were shrunk before.
pub(super) fn split(wasm: &Path, known: &Known, site: &Site, tools: &BuildTools) -> Result<Pages> {
    let work = site.path("split");
    fs::create_dir_all(&work)?;
    let main = work.join("main.wasm");
    let input = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;

    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = &work;
    options.main_out_path = &main;
    options.main_module = "./app.js";
    options.link_name = "./split.js";
    let parts = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("the module cannot be split: {error:#}"))?;

    bind(&main, site)?;
    let optimised = site.path("parts");
    fs::create_dir_all(&optimised)?;
    let mut jobs = vec![(site.path("app_bg.wasm"), site.package().join("app_bg.wasm"))];
    for part in &parts.split_modules {
        jobs.push((part.clone(), optimised.join(file_name(part)?)));
    }
    shrink::modules(&jobs, known, site, tools)?;
    let loader = fs::read_to_string(work.join("split.js"))?;
    packs::lay_out(
        site,
        &optimised,
        parts.prefetch_map.into_iter().collect(),
        &loader,
    )
}

/// Makes the JavaScript glue of the first module.
fn bind(main: &Path, site: &Site) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(main).out_name("app").typescript(false);
    bindgen.web(true)?;
    // The parts refer to what the linker exports, under the names it gave.
    bindgen.keep_lld_exports(true).demangle(false);
    bindgen
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(&site.folder)?;
    let glue = site.path("app.js");
    let text = fs::read_to_string(&glue)?;
    fs::write(&glue, without_streams(&text)?)?;
    names::shorten(&site.path("app_bg.wasm"), &glue)
}

/// The glue without the classes by which a dependency would hand Rust streams to JavaScript: nothing
/// here does, and every first visit would load them.
fn without_streams(glue: &str) -> Result<String> {
    let class = Regex::new(r"(?ms)^export class IntoUnderlying\w+ \{.*?^\}\n")?;
    let rest = Regex::new(
        r"(?m)^if \(Symbol\.dispose\) IntoUnderlying.*\n|^const IntoUnderlying\w+ = [^;]*;\n",
    )?;
    let glue = class.replace_all(glue, "");
    Ok(rest.replace_all(&glue, "").into_owned())
}

fn file_name(path: &Path) -> Result<String> {
    let name = path.file_name().context("a module has a file name")?;
    Ok(name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::without_streams;

    #[test]
    fn only_the_streams_classes_are_cut() {
        let glue = "export class Kept {\n    a() {\n    }\n}\n\
            export class IntoUnderlyingSink {\n    free() {\n    }\n}\n\
            if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = 1;\n\
            const IntoUnderlyingSinkFinalization = (typeof F === 'undefined')\n    ? {}\n    : new F();\n\
            let wasm;\n";
        assert_eq!(
            without_streams(glue).unwrap(),
            "export class Kept {\n    a() {\n    }\n}\nlet wasm;\n"
        );
    }
}
