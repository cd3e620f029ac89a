//! The README is true: its examples run, and its flags are those of the command.

use std::{
    collections::BTreeSet,
    process::{Command, Stdio},
};

use crate::shop::Shop;

fn readme() -> &'static str {
    include_str!("../../README.md")
}

/// The text from a heading to the next one of its kind.
fn section(heading: &str) -> &'static str {
    let rest = readme().split(&format!("\n## {heading}\n")).nth(1).unwrap();
    rest.split("\n## ").next().unwrap()
}

/// The text between a fence and its end.
fn block(text: &'static str, language: &str) -> &'static str {
    let rest = text.split(&format!("```{language}\n")).nth(1).unwrap();
    rest.split("```").next().unwrap()
}

/// Runs a script; what it wrote to standard output, and to standard error.
async fn run(script: String) -> (String, String) {
    let output = tokio::task::spawn_blocking(move || {
        Command::new("bash")
            .args(["-euo", "pipefail", "-c", &script])
            .stdin(Stdio::null())
            .output()
            .expect("bash and curl")
    })
    .await
    .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    (String::from_utf8(output.stdout).unwrap(), errors)
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_examples_by_hand_can_be_pasted_and_succeed() {
    let shop = Shop::open().await;
    let example = block(section("By hand"), "sh");
    let calls = example.matches("curl ").count();
    assert!(calls >= 6, "{calls} calls");
    let origin = shop.url("");
    let script = example.replace("api=http://127.0.0.1:8081", &format!("api={origin}"));
    assert_ne!(script, example);
    // The same curl, but it tells each status where it is not in the way of the body.
    let telling =
        "curl() { command curl --write-out '%{stderr}<<%{http_code} %{url}\n' \"$@\"; }\n";
    let (said, told) = run(format!("{telling}{script}")).await;
    let statuses: Vec<&str> = told.split("<<").skip(1).collect();
    assert_eq!(statuses.len(), calls, "{told}");
    for status in statuses {
        assert!(status.starts_with('2'), "{status}\n{said}");
    }
    assert!(said.contains("MOM-00482"), "{said}");
    shop.close().await;
}

#[test]
fn the_table_of_flags_is_that_of_the_command() {
    let help = Command::new(env!("CARGO_BIN_EXE_nymble-sandbox"))
        .arg("--help")
        .output()
        .unwrap();
    assert!(help.status.success());
    let help = String::from_utf8(help.stdout).unwrap();
    let own = ["--help", "--version"];
    let known: BTreeSet<&str> = help
        .lines()
        .filter_map(|line| {
            let words = line.trim_start();
            let words = words
                .strip_prefix("-h, ")
                .or(words.strip_prefix("-V, "))
                .unwrap_or(words);
            words
                .starts_with("--")
                .then(|| words.split([' ', '=']).next().unwrap())
        })
        .filter(|flag| !own.contains(flag))
        .collect();
    let table: BTreeSet<&str> = readme()
        .lines()
        .filter(|line| line.starts_with("| `--"))
        .flat_map(|line| line.split('|').nth(1).unwrap().split('`'))
        .filter(|part| part.starts_with("--"))
        .map(|part| part.split(' ').next().unwrap())
        .collect();
    assert!(!known.is_empty());
    assert_eq!(table, known);
    for part in ["Examples:", "Exit codes:", "Listening:", "Data:"] {
        assert!(help.contains(part), "{part}\n{help}");
    }
}

#[test]
fn the_exit_codes_are_those_the_help_names() {
    let sandbox = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nymble-sandbox"));
        command
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .env("RUST_LOG", "off");
        command.status().unwrap().code()
    };
    assert_eq!(sandbox(&["--nonsense"]), Some(2));
    assert_eq!(
        sandbox(&["--port", "0", "--db", "/no/such/folder/shop.db"]),
        Some(1)
    );
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    assert_eq!(sandbox(&["--port", &port, "--db", ":memory:"]), Some(1));
}
