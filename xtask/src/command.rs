//! Runs other programs: with a progress line, line by line, or for their first line of output.

use crate::{
    failure::Failure,
    progress::{Progress, tell},
};
use anyhow::{Context, Result};
use std::{
    collections::VecDeque,
    env,
    ffi::OsString,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// How many lines of a failed program's output are shown.
const TAIL_LINES: usize = 40;

/// The cargo that runs this program: for what it knows of the workspace, which no toolchain changes. What is
/// compiled is compiled by `setup::Rust`.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}

/// The command as one would type it.
pub fn typed(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|word| quoted(&word.to_string_lossy())),
    );
    if let Some(first) = words.first_mut()
        && let Some(name) = Path::new(&first).file_name().and_then(|name| name.to_str())
    {
        *first = name.to_owned();
    }
    words.join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_=./,:@+".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Runs a step quietly behind a progress line; its output is shown only when it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let mut progress = Progress::start();
    let mut tail = VecDeque::new();
    let status = each_line(command, |event| match event {
        Event::Line(line) => {
            progress.tick(&line);
            if tail.len() == TAIL_LINES {
                tail.pop_front();
            }
            tail.push_back(line);
        }
        Event::Quiet => progress.tick(tail.back().map_or("", String::as_str)),
    })?;
    let took = progress.finish();
    if status.success() {
        tell(took);
        return Ok(());
    }
    for line in tail {
        eprintln!("  | {line}");
    }
    Err(Failure::new(format!("`{}` failed ({status}).", typed(command))).into())
}

/// Runs a step without a word; its output is shown only when it fails.
pub fn run_silently(command: &mut Command) -> Result<()> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{}`", typed(command)))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = said.lines().collect();
    for line in &lines[lines.len().saturating_sub(TAIL_LINES)..] {
        eprintln!("  | {line}");
    }
    let sentence = format!("`{}` failed ({}).", typed(command), output.status);
    Err(Failure::new(sentence).into())
}

/// What a running program did.
#[derive(Debug)]
pub enum Event {
    /// It printed a line, on either stream.
    Line(String),
    /// It printed nothing for a while.
    Quiet,
}

/// Runs a program and hands over what it prints, line by line.
pub fn each_line(command: &mut Command, mut see: impl FnMut(Event)) -> Result<ExitStatus> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start `{}`", typed(command)))?;
    let (send, lines) = mpsc::channel();
    let readers: [Option<Box<dyn Read + Send>>; 2] = [
        child.stdout.take().map(|stream| Box::new(stream) as _),
        child.stderr.take().map(|stream| Box::new(stream) as _),
    ];
    for reader in readers.into_iter().flatten() {
        let send = send.clone();
        thread::spawn(move || {
            for line in BufReader::new(reader).split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line);
                // Of a line that was drawn over itself, only the last state counts.
                let line = line.trim_end_matches('\r').rsplit('\r').next();
                if send.send(line.unwrap_or_default().to_owned()).is_err() {
                    return;
                }
            }
        });
    }
    drop(send);
    loop {
        match lines.recv_timeout(Duration::from_secs(1)) {
            Ok(line) => see(Event::Line(line)),
            Err(mpsc::RecvTimeoutError::Timeout) => see(Event::Quiet),
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    Ok(child.wait()?)
}

/// The first line a program prints, or `None` when it is missing or fails: for `--version`.
pub fn first_line(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output
        .status
        .success()
        .then(|| text.lines().next().unwrap_or_default().trim().to_owned())
}

/// Finds a program on `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|candidate| is_executable(candidate))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata()
        .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}
