//! A list of things, and what can be done to each.

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use leptos::prelude::*;

use crate::kit::{El, Form, Handle, Root, State, Words, el, part, switch, when_drawn};

/// A list that is drawn anew when `items` change.
pub(crate) fn list<T: Clone + PartialEq + 'static>(
    items: State<Vec<T>>,
    row: impl Fn(&T) -> El + Send + 'static,
) -> AnyView {
    switch(move || {
        let items = items.get();
        if items.is_empty() {
            return None;
        }
        let mut list = el("div").attr("data-list", "").attr("role", "list");
        for item in &items {
            list = list.child(untrack(|| row(item)).attr("role", "listitem"));
        }
        Some(list.into())
    })
}

/// A row about `text`, which has its own direction.
pub(crate) fn row(text: impl Into<Words>) -> El {
    part("row").child(el("span").say(text))
}

/// A word that says what something is.
pub(crate) fn badge(kind: &'static str, words: fn(&Text) -> String) -> El {
    el("span").part("badge").attr("data-kind", kind).say(words)
}

/// What can be done to one thing, together at the end of its row.
pub(crate) fn actions(all: impl IntoIterator<Item = Option<El>>) -> El {
    let mut group = el("span").attr("data-actions", "");
    for action in all.into_iter().flatten() {
        group = group.child(action);
    }
    group
}

/// A button for one thing, whose full label says which to those who cannot see it.
pub(crate) fn action(
    form: Form,
    name: &'static str,
    label: fn(&Text) -> String,
    full_label: impl Into<Words>,
    run: impl Fn() + 'static,
) -> El {
    form.button("button", label, run)
        .attr("data-action", name)
        .attr_words("aria-label", full_label)
}

/// Does `work`, says so, and moves the focus to `neighbour`: the button that was pressed may be gone.
pub(crate) fn change(
    form: Form,
    root: Root,
    neighbour: Handle,
    said: fn(&Text) -> String,
    work: impl Future<Output = Result<(), Failure>> + 'static,
) {
    form.send(Box::pin(async move {
        work.await?;
        root.announce(said);
        // The neighbour may wait for the same answer, and nothing that is disabled takes the focus.
        when_drawn(move || neighbour.focus());
        Ok(())
    }));
}
