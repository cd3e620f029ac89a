//! The first command on a machine where rustup has one toolchain, not the pinned one, and installs nothing by itself.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};
use xtask::workspace::Workspace;

/// The folder of the toolchain that is chosen where nothing else is said; none without rustup.
fn default_toolchain() -> Option<PathBuf> {
    let mut which = Command::new("rustup");
    which.args(["which", "rustc"]).current_dir(env::temp_dir());
    which.env_remove("RUSTUP_TOOLCHAIN");
    let output = which.output().ok()?;
    let rustc = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    let folder = rustc.parent()?.parent()?.to_path_buf();
    output.status.success().then_some(folder)
}

fn is_complete(toolchain: &Path) -> bool {
    [
        "lib/rustlib/wasm32-unknown-unknown/lib",
        "bin/rustfmt",
        "bin/cargo-clippy",
    ]
    .iter()
    .all(|part| toolchain.join(part).exists())
}

#[test]
fn cargo_xtask_starts_with_the_default_toolchain_and_goes_on_or_says_what_to_type() {
    let Some(toolchain) = default_toolchain() else {
        return;
    };
    let home = env::temp_dir().join(format!("nymble-rustup-{}", std::process::id()));
    fs::create_dir_all(&home).unwrap();
    let with_this_home = |command: &mut Command| {
        command
            .env("RUSTUP_HOME", &home)
            .env("RUSTUP_AUTO_INSTALL", "0")
            // Nobody answers there.
            .env("RUSTUP_DIST_SERVER", "http://127.0.0.1:9")
            .env("RUSTUP_MAX_RETRIES", "0")
            .env("CARGO_NET_OFFLINE", "true")
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("CARGO")
            // This test itself may have been compiled with lints.
            .env_remove("RUSTC_WORKSPACE_WRAPPER")
            .env_remove("LD_LIBRARY_PATH")
            .output()
            .unwrap()
    };
    let mut link = Command::new("rustup");
    link.args(["toolchain", "link", "only"]).arg(&toolchain);
    assert!(with_this_home(&mut link).status.success());
    let mut choose = Command::new("rustup");
    choose.args(["default", "only"]);
    assert!(with_this_home(&mut choose).status.success());

    let workspace = Workspace::current().unwrap();
    let mut command = Command::new("cargo");
    command
        .args(["xtask", "setup", "--rust-only"])
        .current_dir(workspace.root());
    let output = with_this_home(&mut command);
    fs::remove_dir_all(&home).unwrap();

    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    // Cargo's own word: it shows from the first second what it does.
    assert!(said.contains("Finished"), "{said}");
    assert_eq!(output.status.success(), is_complete(&toolchain), "{said}");
    if output.status.success() {
        assert!(said.contains("Rust is in "), "{said}");
    } else {
        let pinned = workspace.toolchain().unwrap().channel;
        let by_hand = format!("rustup toolchain install {pinned}");
        assert!(said.contains(&by_hand), "{said}");
    }
}
