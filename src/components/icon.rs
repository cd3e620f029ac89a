//! Small line drawings that accompany words; hidden from assistive technology.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// A shopping cart.
    Cart,
    /// A magnifying glass.
    Search,
    /// A minus.
    Minus,
    /// A plus.
    Plus,
    /// A cross.
    Close,
    /// A bin.
    Remove,
    /// Tiles.
    Grid,
    /// Rows.
    List,
    /// A tick.
    Done,
    /// A triangle with a mark.
    Trouble,
    /// A crate: stands for a product without a picture.
    Crate,
    /// A folder.
    Folder,
    /// A sheet of paper.
    Document,
    /// A picture.
    Picture,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
}

impl Glyph {
    /// The strokes, on a field of 24 by 24.
    fn path(self) -> &'static str {
        match self {
            Self::Cart => "M3 4h2l2.2 11h10.3L20 7H6M9 20h.01M17 20h.01",
            Self::Search => "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l5 5",
            Self::Minus => "M5 12h14",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Remove => "M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5",
            Self::Grid => "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
            Self::List => "M8 6h13M8 12h13M8 18h13M3.5 6h.01M3.5 12h.01M3.5 18h.01",
            Self::Done => "M5 13l4 4L19 7",
            Self::Trouble => "M12 4l9 16H3zM12 10v4M12 17h.01",
            Self::Crate => "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
            Self::Folder => "M3 6h6l2 2h10v11H3z",
            Self::Document => "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
            Self::Up => "M12 19V5M6 11l6-6 6 6",
            Self::Down => "M12 5v14M6 13l6 6 6-6",
            Self::Picture => "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01",
        }
    }
}

/// A small line drawing.
#[component]
pub(crate) fn Icon(
    /// What it shows.
    glyph: Glyph,
) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=glyph.path() />
        </svg>
    }
    .into_any()
}
