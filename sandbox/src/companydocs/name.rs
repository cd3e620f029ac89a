//! What folders and documents may be called, and what a document's name says about its content. Pure.

/// The longest name, in letters.
const LONGEST: usize = 255;

/// The folder's name without blanks around it, or why it cannot be one.
pub(super) fn folder_name(given: &str) -> Result<String, &'static str> {
    let name = given.trim();
    if name.is_empty() {
        return Err("'name' must not be empty.");
    }
    if name.chars().count() > LONGEST {
        return Err("'name' must be at most 255 letters long.");
    }
    if name.contains(['/', '\\']) {
        return Err("'name' must not contain '/' or '\\'.");
    }
    if name.chars().any(misleading) || name.chars().all(|letter| letter == '.') {
        return Err("'name' is not a name that can be shown.");
    }
    Ok(name.to_owned())
}

/// A file's name made harmless: no folders, nothing invisible, nothing a file system trips over; none when nothing is
/// left. A name that is too long loses letters before its extension.
pub(super) fn file_name(given: &str) -> Option<String> {
    let base = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = base
        .chars()
        .filter(|letter| !misleading(*letter))
        .map(|letter| match letter {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            other => other,
        })
        .collect();
    let clean = clean.trim_matches(|letter: char| letter.is_whitespace() || letter == '.');
    if clean.is_empty() {
        return None;
    }
    let length = clean.chars().count();
    if length <= LONGEST {
        return Some(clean.to_owned());
    }
    let (stem, extension) = match clean.rsplit_once('.') {
        Some((stem, extension)) if extension.chars().count() <= 16 => {
            (stem, format!(".{extension}"))
        }
        _ => (clean, String::new()),
    };
    let room = LONGEST - extension.chars().count();
    Some(stem.chars().take(room).chain(extension.chars()).collect())
}

/// Control letters, and those that are invisible or turn the direction of what follows.
fn misleading(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The media type that a document is served with.
///
/// Assumption: decided by the name's extension, from a list of types that a browser cannot run; all else is
/// `application/octet-stream`.
pub(crate) fn media_type(name: &str) -> &'static str {
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase())
        .unwrap_or_default();
    match extension.as_str() {
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_loses_what_is_dangerous() {
        for (given, wanted) in [
            ("Price list.csv", Some("Price list.csv")),
            ("../../etc/passwd", Some("passwd")),
            ("C:\\Users\\jane\\terms.pdf", Some("terms.pdf")),
            ("invoice\u{202e}fdp.exe", Some("invoicefdp.exe")),
            ("a\r\nSet-Cookie: b=c.txt", Some("aSet-Cookie_ b=c.txt")),
            (".htaccess", Some("htaccess")),
            ("what?*.png", Some("what__.png")),
            ("見積書.pdf", Some("見積書.pdf")),
            ("..", None),
            ("folder/", None),
            (" \u{0} ", None),
        ] {
            assert_eq!(file_name(given).as_deref(), wanted, "{given:?}");
        }
        let long = file_name(&format!("{}.pdf", "é".repeat(400))).unwrap_or_default();
        assert_eq!(long.chars().count(), 255);
        assert!(long.ends_with("é.pdf"));
    }

    #[test]
    fn a_folders_name_has_rules() {
        assert_eq!(folder_name("  Price lists ").as_deref(), Ok("Price lists"));
        assert!(folder_name(&"x".repeat(255)).is_ok());
        for bad in ["", "  ", "a/b", "a\\b", "..", "a\u{0}b", "a\u{202e}b"] {
            assert!(folder_name(bad).is_err(), "{bad:?}");
        }
        assert!(folder_name(&"x".repeat(256)).is_err());
    }

    #[test]
    fn nothing_that_a_browser_runs_is_served_as_such() {
        for name in ["a.html", "a.svg", "a.js", "a.xhtml", "a", "pdf", "a.xml"] {
            assert_eq!(media_type(name), "application/octet-stream", "{name}");
        }
        assert_eq!(media_type("A.PDF"), "application/pdf");
    }
}
