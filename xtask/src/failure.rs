//! A failure as the developer meets it: one sentence, and what to type.

use std::fmt;

/// One clear sentence and, where there is one, the exact command that helps.
#[derive(Debug, Clone)]
pub struct Failure {
    sentence: String,
    command: Option<String>,
}

impl Failure {
    /// A failure that is told by a sentence alone.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            command: None,
        }
    }

    /// Names the command to type.
    #[must_use]
    pub fn try_this(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.sentence)?;
        match &self.command {
            Some(command) => write!(out, "\n  Type: {command}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}
