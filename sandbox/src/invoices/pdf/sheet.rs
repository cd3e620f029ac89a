//! Pages with text and rules on them, as a PDF file.
//!
//! The fonts are Helvetica and Helvetica Bold of the fourteen that every PDF reader brings along: nothing is embedded,
//! a file of one page has a few kilobytes, and writing it takes no time worth measuring.

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::letters::{cut, encoded, width};

/// A4, in points.
pub(super) const WIDTH: f32 = 595.0;
pub(super) const HEIGHT: f32 = 842.0;

/// Where a text begins or ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum At {
    /// It begins here.
    Left(f32),
    /// It ends here.
    Right(f32),
}

/// Pages being written. Heights count from the top.
pub(super) struct Sheets {
    done: Vec<Content>,
    page: Content,
}

impl Sheets {
    pub(super) fn new() -> Self {
        Self {
            done: Vec::new(),
            page: Content::new(),
        }
    }

    /// Goes on with an empty page.
    pub(super) fn turn(&mut self) {
        self.done
            .push(std::mem::replace(&mut self.page, Content::new()));
    }

    /// Writes a text, cut to `room` points.
    pub(super) fn write(
        &mut self,
        text: &str,
        at: At,
        down: f32,
        size: f32,
        bold: bool,
        room: f32,
    ) {
        let bytes = cut(&encoded(text), size, bold, room);
        let x = match at {
            At::Left(x) => x,
            At::Right(x) => x - width(&bytes, size, bold),
        };
        let font: &[u8] = if bold { b"Bold" } else { b"Plain" };
        self.page.begin_text();
        self.page.set_font(Name(font), size);
        self.page.next_line(x, HEIGHT - down);
        self.page.show(Str(&bytes));
        self.page.end_text();
    }

    /// Draws a thin line across.
    pub(super) fn rule(&mut self, from: f32, to: f32, down: f32) {
        self.page.set_line_width(0.5);
        self.page.move_to(from, HEIGHT - down);
        self.page.line_to(to, HEIGHT - down);
        self.page.stroke();
    }

    /// The file.
    pub(super) fn finish(mut self, title: &str) -> Vec<u8> {
        self.turn();
        let mut next = 0;
        let mut new = || {
            next += 1;
            Ref::new(next)
        };
        let (catalog, tree, info, plain, bold) = (new(), new(), new(), new(), new());
        let pages: Vec<(Ref, Ref, Content)> = self
            .done
            .into_iter()
            .map(|content| (new(), new(), content))
            .collect();
        let mut pdf = Pdf::new();
        pdf.catalog(catalog).pages(tree).lang(TextStr("en"));
        pdf.document_info(info).title(TextStr(title));
        pdf.pages(tree)
            .kids(pages.iter().map(|(page, ..)| *page))
            .count(i32::try_from(pages.len()).unwrap_or(i32::MAX));
        for (font, name) in [(plain, &b"Helvetica"[..]), (bold, b"Helvetica-Bold")] {
            pdf.type1_font(font)
                .base_font(Name(name))
                .encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        for (page, stream, content) in pages {
            let mut sheet = pdf.page(page);
            sheet.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT));
            sheet.parent(tree).contents(stream);
            let mut resources = sheet.resources();
            let mut fonts = resources.fonts();
            fonts.pair(Name(b"Plain"), plain);
            fonts.pair(Name(b"Bold"), bold);
            fonts.finish();
            resources.finish();
            sheet.finish();
            pdf.stream(stream, &content.finish());
        }
        pdf.finish()
    }
}
