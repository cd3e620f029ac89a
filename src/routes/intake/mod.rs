//! Lists from elsewhere, for every screen that takes one: a file that is chosen, dropped or pasted, or a pasted
//! text, with a look at which column is which where that is not sure.

pub(crate) mod choose;
mod encoding;
mod markup;
pub(crate) mod opened;
pub(crate) mod workbook;

use leptos::{ev, html, prelude::*, task::spawn_local};
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, File};

use crate::{
    browser::{page, upload},
    components::button::Button,
    domain::quick_order::line_import::TypedLine,
    lazy_page::load_assets,
    locale::{Locale, use_locale},
};
use choose::ChooseColumns;
use opened::Opened;

/// The part of the message catalogue that says what comes of files.
const WORDS: &str = "intake";

/// The files that can be opened: workbooks, text of any separator, tables in web pages and XML (many a `.xls` is one), and this shop's own lists.
const ACCEPTED: &str = ".xlsx,.xlsm,.xls,.csv,.tsv,.tab,.txt,.json,.html,.htm,.xml,\
    application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/vnd.ms-excel.sheet.macroEnabled.12,\
    text/csv,text/plain,text/tab-separated-values,application/json";

/// What is coming in. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Intake {
    locale: Locale,
    /// A table whose columns the buyer is asked about.
    asked: RwSignal<Option<Opened>>,
    /// Why a file cannot be read.
    wrong: RwSignal<String>,
    /// Whether a file is held over the place to drop it.
    over: RwSignal<bool>,
    /// The name of the file that is being read.
    reading: RwSignal<Option<String>>,
    /// How many files and texts came: an older one that is read later is dropped.
    turn: StoredValue<u32>,
    /// Takes what can do without a look; says whether it did.
    direct: Callback<Opened, bool>,
}

impl Intake {
    /// An intake; `direct` is given each table first and says whether it took it.
    pub(crate) fn new(direct: impl Fn(Opened) -> bool + Send + Sync + 'static) -> Self {
        Self {
            locale: use_locale(),
            asked: RwSignal::new(None),
            wrong: RwSignal::new(String::new()),
            over: RwSignal::new(false),
            reading: RwSignal::new(None),
            turn: StoredValue::new(0),
            direct: Callback::new(direct),
        }
    }

    /// Says what is wrong; an empty text takes that back.
    pub(crate) fn say(self, wrong: String) {
        self.wrong.set(wrong);
    }

    /// Whether a file is held over it (tracked).
    pub(crate) fn is_over(self) -> bool {
        self.over.get()
    }

    fn next_turn(self) -> u32 {
        self.turn
            .try_update_value(|turn| {
                *turn += 1;
                *turn
            })
            .unwrap_or_default()
    }

    /// Whether nothing has come since, and the screen still stands.
    fn is_turn(self, turn: u32) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    /// Waits for the words; says whether they are here.
    async fn has_words(self) -> bool {
        let here = load_assets(self.locale, WORDS).await.is_ok();
        if !here {
            self.wrong.try_set(self.locale.text("page.failed"));
        }
        here
    }

    /// Reads a file.
    pub(crate) fn read(self, file: File) {
        let turn = self.next_turn();
        self.over.set(false);
        self.wrong.set(String::new());
        spawn_local(async move {
            if !self.has_words().await || !self.is_turn(turn) {
                return;
            }
            self.reading.set(Some(file.name()));
            let opened = opened::open(self.locale, &file).await;
            if self.is_turn(turn) {
                self.reading.set(None);
                self.came(opened);
            }
        });
    }

    /// Reads a pasted text.
    pub(crate) fn read_text(self, text: &str) {
        let turn = self.next_turn();
        let pasted = Opened::pasted(text);
        spawn_local(async move {
            if self.has_words().await && self.is_turn(turn) {
                let name = self.locale.text("intake.pasted_text");
                self.came(pasted.named(self.locale, name));
            }
        });
    }

    /// Reads the same again, otherwise: another sheet, another encoding.
    fn again(self, opened: Opened, change: opened::Change, focus: &'static str) {
        let turn = self.next_turn();
        self.wrong.set(String::new());
        spawn_local(async move {
            let opened = opened.changed(self.locale, change).await;
            if self.is_turn(turn) {
                match opened {
                    Ok(opened) => self.asked.set(Some(opened)),
                    Err(wrong) => self.wrong.set(wrong),
                }
                page::focus_soon(focus);
            }
        });
    }

    fn came(self, opened: Result<Opened, String>) {
        match opened {
            Ok(opened) => {
                self.asked.set(None);
                if !self.direct.run(opened.clone()) {
                    self.asked.set(Some(opened));
                    page::focus_soon("#intake-columns");
                }
            }
            Err(wrong) => self.wrong.set(wrong),
        }
    }

    /// Reads the first file in what was dropped or pasted; says whether there was one.
    fn take(self, data: Option<DataTransfer>) -> bool {
        let file = data
            .and_then(|data| data.files())
            .and_then(|files| files.get(0));
        let found = file.is_some();
        if let Some(file) = file {
            self.read(file);
        }
        found
    }

    /// A file is held over the place to drop it.
    pub(crate) fn on_drag(self, event: &DragEvent) {
        event.prevent_default();
        self.over.set(true);
    }

    /// It is not any more.
    pub(crate) fn on_leave(self) {
        self.over.set(false);
    }

    /// A file was dropped.
    pub(crate) fn on_drop(self, event: &DragEvent) {
        event.prevent_default();
        self.over.set(false);
        self.take(event.data_transfer());
    }

    /// Something was pasted: a file is read, anything else left to the field.
    pub(crate) fn on_paste(self, event: &ClipboardEvent) {
        if self.take(event.clipboard_data()) {
            event.prevent_default();
        }
    }

    /// Something was pasted that no field takes: a file or a text.
    pub(crate) fn on_paste_anywhere(self, event: &ClipboardEvent) {
        let data = event.clipboard_data();
        let text = data
            .as_ref()
            .and_then(|data| data.get_data("text/plain").ok());
        event.prevent_default();
        if !self.take(data)
            && let Some(text) = text.filter(|text| !text.trim().is_empty())
        {
            self.read_text(&text);
        }
    }
}

/// The button that opens a file.
#[component]
pub(crate) fn OpenFile(
    /// Takes the file.
    intake: Intake,
    /// What the button says, as a message.
    label: &'static str,
) -> AnyView {
    let field = NodeRef::<html::Input>::new();
    let on_file = move |event: ev::Event| {
        if let Some(file) = upload::chosen(&event) {
            intake.read(file);
        }
    };
    let choose = move |()| {
        if let Some(field) = field.get_untracked() {
            field.click();
        }
    };
    view! {
        <Button press=choose label=intake.locale.text(label) />
        <input type="file" hidden accept=ACCEPTED node_ref=field on:change=on_file />
    }
    .into_any()
}

/// What comes of a file: that it is read, why it cannot be, and which column is which.
#[component]
pub(crate) fn Outcome(
    /// What is coming in.
    intake: Intake,
    /// What the button that takes the lines says, as a message.
    label: &'static str,
    /// Takes the lines; the first value is the file's name.
    take: Callback<(String, Vec<TypedLine>)>,
) -> AnyView {
    let locale = intake.locale;
    let reading = move || {
        let name = intake.reading.get()?;
        Some(locale.text_with("intake.reading", &[("name", &name)]))
    };
    let asked = move || {
        intake.asked.get().map(|opened| {
            view! { <ChooseColumns opened=opened intake=intake label=label take=take /> }
        })
    };
    view! {
        <p class="hint" role="status">
            {reading}
        </p>
        <p class="field-error" role="alert">
            {intake.wrong}
        </p>
        {asked}
    }
    .into_any()
}
