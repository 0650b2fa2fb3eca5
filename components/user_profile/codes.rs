//! Backup codes, in the one moment in which they are known.

use frontdesk_locale::Text;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::kit::{El, Handle, Root, State, button, el, part, switch};

/// The codes; copies are the same ones.
#[derive(Clone, Copy)]
pub(super) struct Codes {
    root: Root,
    shown: State<Vec<String>>,
    /// Where the focus goes afterwards.
    neighbour: Handle,
}

impl Codes {
    /// None yet.
    pub(super) fn new(root: Root, neighbour: Handle) -> Self {
        Self {
            root,
            shown: State::new(Vec::new()),
            neighbour,
        }
    }

    /// Shows codes that were just made, if any were.
    pub(super) fn show(self, codes: Option<Vec<String>>) {
        if let Some(codes) = codes.filter(|codes| !codes.is_empty()) {
            self.shown.set(codes);
        }
    }

    /// The codes while there are any, and the ways to keep them.
    pub(super) fn panel(self) -> AnyView {
        switch(move || {
            let codes = self.shown.get();
            (!codes.is_empty()).then(|| untrack(|| self.draw(&codes)).into())
        })
    }

    fn draw(self, codes: &[String]) -> El {
        let focus = Handle::new();
        focus.focus_when_drawn();
        let text = codes.join("\n");
        let mut list = el("ul").attr("data-codes", "").attr("dir", "ltr");
        for code in codes {
            let code = code.clone();
            list = list.child(el("li").child(el("code").text(move || code.clone())));
        }
        let copied = text.clone();
        let download = el("a")
            .part("button")
            .attr("download", "backup-codes.txt")
            .attr("href", address_of(&text))
            .attr("data-action", "download")
            .say(Text::action_download);
        part("panel")
            .attr("data-backup-codes", "")
            .attr("role", "group")
            .attr("tabindex", "-1")
            .attr_words("aria-label", Text::user_profile_backup_codes)
            .keep(focus)
            .child(
                el("p")
                    .part("subtitle")
                    .say(Text::user_profile_backup_codes_shown),
            )
            .child(list)
            .child(
                part("row")
                    .child(copy_button(self.root, copied))
                    .child(download)
                    .child(
                        button(Handle::new(), Text::action_print, move || print(&text))
                            .attr("data-action", "print"),
                    )
                    .child(
                        button(Handle::new(), Text::action_done, move || {
                            self.shown.set(Vec::new());
                            self.neighbour.focus();
                        })
                        .attr("data-action", "done"),
                    ),
            )
    }
}

/// A button that copies `text`, and says so.
pub(crate) fn copy_button(root: Root, text: String) -> El {
    let copy = move || {
        let copying = window().navigator().clipboard().write_text(&text);
        spawn_local(async move {
            if wasm_bindgen_futures::JsFuture::from(copying).await.is_ok() {
                root.announce(Text::status_copied);
            }
        });
    };
    button(Handle::new(), Text::action_copy, copy).attr("data-action", "copy")
}

/// A text file as an address; the codes have nothing in them but letters, digits, hyphens and the ends of lines.
fn address_of(text: &str) -> String {
    let encoded: Vec<&str> = text.split('\n').collect();
    ["data:text/plain,", &encoded.join("%0A"), "%0A"].concat()
}

/// Prints the codes alone, on a page of their own.
fn print(text: &str) {
    let Ok(Some(page)) = window().open() else {
        return;
    };
    let Some(document) = page.document() else {
        return;
    };
    if let (Some(body), Ok(codes)) = (document.body(), document.create_element("pre")) {
        codes.set_text_content(Some(text));
        drop(body.append_child(&codes));
        drop(page.print());
        drop(page.close());
    }
}
