//! Reads what servers are configured with, as far as the snippets need it: blocks of nginx, sections of Apache,
//! fenced blocks of Markdown.

/// A fenced block of a document: what stands behind the three backticks, and the text.
pub(crate) struct Fenced {
    pub(crate) title: String,
    pub(crate) text: String,
}

/// All fenced blocks of a document, in their order.
pub(crate) fn fenced(document: &str) -> Vec<Fenced> {
    let mut found = Vec::new();
    let mut open: Option<Fenced> = None;
    for line in document.lines() {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(""), Some(_)) => found.extend(open.take()),
            (Some(title), None) => {
                open = Some(Fenced {
                    title: title.to_owned(),
                    text: String::new(),
                });
            }
            (_, Some(block)) => block.text.extend([line, "\n"]),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fenced block has no end");
    found
}

/// A directive with its words, and with what stands in its braces.
#[derive(Debug)]
pub(crate) struct Directive {
    pub(crate) words: Vec<String>,
    pub(crate) inside: Vec<Directive>,
}

impl Directive {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.words.first().is_some_and(|word| word == name)
    }
}

/// All directives of a name.
pub(crate) fn named<'a>(among: &'a [Directive], name: &str) -> Vec<&'a Directive> {
    among
        .iter()
        .filter(|directive| directive.is(name))
        .collect()
}

/// The words of a line or a file: what stands in quotes is one word, and `#` begins a comment.
fn words(text: &str, marks: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '#' {
            while letters.next_if(|letter| *letter != '\n').is_some() {}
        } else if letter == '"' {
            let mut word = String::new();
            loop {
                match letters.next().expect("a quote has an end") {
                    '"' => break,
                    '\\' => word.extend(letters.next()),
                    other => word.push(other),
                }
            }
            words.push(word);
        } else if marks.contains(letter) {
            words.push(letter.to_string());
        } else if !letter.is_whitespace() {
            let mut word = String::from(letter);
            while let Some(more) =
                letters.next_if(|next| !next.is_whitespace() && !marks.contains(*next))
            {
                word.push(more);
            }
            words.push(word);
        }
    }
    words
}

/// Reads directives that end in `;` or in a block, as nginx has them.
pub(crate) fn nginx(text: &str) -> Vec<Directive> {
    let mut words = words(text, "{};").into_iter();
    let directives = nginx_block(&mut words, false);
    assert!(words.next().is_none(), "a brace too many");
    directives
}

fn nginx_block(words: &mut impl Iterator<Item = String>, is_inner: bool) -> Vec<Directive> {
    let mut found = Vec::new();
    let mut collected: Vec<String> = Vec::new();
    loop {
        let Some(word) = words.next() else {
            assert!(!is_inner, "a block has no end");
            break;
        };
        match word.as_str() {
            "}" => {
                assert!(is_inner, "a brace too many");
                break;
            }
            "{" | ";" => {
                assert!(!collected.is_empty(), "a directive has a name");
                let inside = if word == "{" {
                    nginx_block(words, true)
                } else {
                    Vec::new()
                };
                found.push(Directive {
                    words: std::mem::take(&mut collected),
                    inside,
                });
            }
            _ => collected.push(word),
        }
    }
    assert!(collected.is_empty(), "{collected:?} lacks its semicolon");
    found
}

/// Reads directives that stand on a line each, and whose blocks begin with `{` at a line's end, as Caddy has them.
pub(crate) fn caddy(text: &str) -> Vec<Directive> {
    line_block(
        &mut text.lines(),
        &|words| words.last().is_some_and(|word| word == "{"),
        &|line| line == "}",
    )
}

/// Reads directives that stand on a line each, and whose sections are `<Name words>` to `</Name>`, as Apache has them.
pub(crate) fn apache(text: &str) -> Vec<Directive> {
    line_block(
        &mut text.lines(),
        &|words| words[0].starts_with('<'),
        &|line| line.starts_with("</"),
    )
}

fn line_block<'a>(
    lines: &mut impl Iterator<Item = &'a str>,
    opens: &dyn Fn(&[String]) -> bool,
    closes: &dyn Fn(&str) -> bool,
) -> Vec<Directive> {
    let (found, closing) = line_block_inside(lines, opens, closes);
    assert!(closing.is_none(), "an end without a beginning: {closing:?}");
    found
}

fn line_block_inside<'a>(
    lines: &mut impl Iterator<Item = &'a str>,
    opens: &dyn Fn(&[String]) -> bool,
    closes: &dyn Fn(&str) -> bool,
) -> (Vec<Directive>, Option<&'a str>) {
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if closes(line) {
            return (found, Some(line));
        }
        let mut words = words(line, "");
        if words.is_empty() {
            continue;
        }
        let mut inside = Vec::new();
        if opens(&words) {
            let (block, closing) = line_block_inside(lines, opens, closes);
            let closing = closing.unwrap_or_else(|| panic!("`{line}` has no end"));
            inside = block;
            if let Some(name) = words[0].strip_prefix('<') {
                let name = name.trim_end_matches('>').to_owned();
                assert_eq!(closing, format!("</{name}>"), "`{line}`");
                words[0] = name;
                let last = words.last_mut().unwrap();
                *last = last.trim_end_matches('>').to_owned();
            } else {
                words.pop();
            }
        }
        found.push(Directive { words, inside });
    }
    (found, None)
}

#[test]
fn blocks_are_read_and_broken_ones_refused() {
    let read = nginx("# a comment\na \"b c\"; d { e f; }");
    assert_eq!(read[0].words, ["a", "b c"]);
    assert_eq!(read[1].inside[0].words, ["e", "f"]);
    let read = apache("<A \"x y\">\n  B c\n</A>\n");
    assert_eq!(
        (&read[0].words[0], &read[0].words[1]),
        (&"A".to_owned(), &"x y".to_owned())
    );
    assert_eq!(read[0].inside[0].words, ["B", "c"]);
    let read = caddy("a {\n\tb c\n\td {\n\t}\n}\n");
    assert_eq!(read[0].inside[0].words, ["b", "c"]);
    let refused: [fn(); 6] = [
        || drop(nginx("a { b; ")),
        || drop(nginx("a; }")),
        || drop(nginx("a b")),
        || drop(apache("<A>\n</B>")),
        || drop(apache("<A>")),
        || drop(caddy("a {\n")),
    ];
    for broken in refused {
        assert!(std::panic::catch_unwind(broken).is_err());
    }
}
