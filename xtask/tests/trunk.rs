//! The plain `Trunk.toml` builds by hand, too: tried where trunk is installed, which only `cargo xtask dev` asks for.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use xtask::{dev, setup, workspace::Workspace};

#[test]
fn trunk_builds_the_app_as_one_module() {
    let workspace = Workspace::current().unwrap();
    let Some(tools) = setup::installed_dev_tools(&workspace).unwrap() else {
        println!("trunk is not installed: nothing to try");
        return;
    };
    let site = workspace.target().join("trunk-test-site");
    let mut trunk = dev::trunk(&workspace, &tools, "build").unwrap();
    let output = trunk.arg("--dist").arg(&site).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let page = fs::read_to_string(site.join("index.html")).unwrap();
    assert!(page.contains("boot/boot.js"), "{page}");
    let modules = fs::read_dir(&site).unwrap().flatten();
    let extensions = modules.map(|entry| entry.path().extension().map(ToOwned::to_owned));
    let wasm = extensions.filter(|it| it.as_deref() == Some("wasm".as_ref()));
    assert_eq!(wasm.count(), 1);
}
