//! A list that the server keeps, page by page, as a table.

use std::time::Duration;

use frontdesk_client::{Asked, Failure, Frontdesk, Task};
use frontdesk_locale::Text;
use frontdesk_protocol::{List, OrganizationId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::here::Here;
use crate::kit::{El, Handle, State, Words, button, el, part, switch, words};

/// How many rows a page has.
const PAGE: u32 = 10;
/// Long enough for the next letter to be typed.
const TYPED: Duration = Duration::from_millis(250);

/// How a page is asked for.
pub(super) type Fetch<T> = fn(Frontdesk, OrganizationId, Asked) -> Task<Result<List<T>, Failure>>;

/// What a column is called; empty for one of buttons.
pub(super) type Head = fn(&Text) -> String;

/// A list; copies are the same one.
pub(super) struct Listing<T: 'static> {
    here: Here,
    fetch: Fetch<T>,
    status: &'static str,
    /// The page as it came last.
    pub(super) known: State<Option<List<T>>>,
    has_failed: State<bool>,
    offset: State<u32>,
    query: State<String>,
    order: State<String>,
    /// Counts what was asked, so that what is answered late is known to be late.
    turn: State<u32>,
    heading: Handle,
}

impl<T> Clone for Listing<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Listing<T> {}

impl<T: Clone + 'static> Listing<T> {
    /// The list of what stands as `status` says, or of all; its first page is on its way.
    pub(super) fn new(here: Here, status: &'static str, fetch: Fetch<T>) -> Self {
        let listing = Self {
            here,
            fetch,
            status,
            known: State::new(None),
            has_failed: State::new(false),
            offset: State::new(0),
            query: State::new(String::new()),
            order: State::new(String::new()),
            turn: State::new(0),
            heading: Handle::new(),
        };
        listing.load();
        listing
    }

    /// Asks for the page again.
    pub(super) fn load(self) {
        if !cfg!(target_arch = "wasm32") {
            return;
        }
        let turn = self.turn.get_untracked().wrapping_add(1);
        self.turn.set(turn);
        if self.has_failed.get_untracked() {
            self.has_failed.set(false);
        }
        let asked = Asked {
            limit: PAGE,
            offset: self.offset.get_untracked(),
            query: self.query.get_untracked(),
            status: self.status,
            order_by: self.order.get_untracked(),
        };
        let work = (self.fetch)(self.here.site.desk(), self.here.id(), asked);
        spawn_local(async move {
            let outcome = work.await;
            if self.turn.try_get_untracked() == Some(turn) {
                self.take(outcome);
            }
        });
    }

    /// Moves the focus to the title.
    pub(super) fn focus(self) {
        self.heading.focus();
    }

    /// Asks again after something has gone, be it what was pressed, and moves the focus to the title.
    pub(super) fn reload(self) {
        self.focus();
        self.load();
    }

    fn take(self, outcome: Result<List<T>, Failure>) {
        match outcome {
            // The last one of a page is gone.
            Ok(list) if list.data.is_empty() && self.offset.get_untracked() > 0 => {
                self.offset
                    .set(self.offset.get_untracked().saturating_sub(PAGE));
                self.load();
            }
            Ok(list) => {
                if !self.query.with_untracked(String::is_empty) {
                    let count = list.total_count;
                    let found = words(move |text| text.organization_profile_found(count));
                    self.here.root.announce(found);
                }
                self.known.set(Some(list));
            }
            Err(_) => self.has_failed.set(true),
        }
    }

    /// The field that looks for `label`.
    pub(super) fn search(self, label: Head) -> El {
        el("input")
            .part("input")
            .attr("type", "search")
            .attr("name", "query")
            .attr("autocomplete", "off")
            .attr_words("aria-label", label)
            .attr_words("placeholder", label)
            .on("input", move |event| {
                let typed = event_target_value(&event);
                self.query.set(typed.clone());
                set_timeout(
                    move || {
                        let is_same = |query: &String| *query == typed;
                        if self.query.try_with_untracked(is_same) == Some(true) {
                            self.offset.set(0);
                            self.load();
                        }
                    },
                    TYPED,
                );
            })
    }

    /// The choice of what comes first: each key of the server's, and what it is called; the first is there at the start.
    pub(super) fn sorting(self, orders: &[(&'static str, Head)]) -> El {
        let mut select = el("select")
            .part("input")
            .attr("name", "order_by")
            .attr_words("aria-label", Text::organization_profile_sort)
            .on("change", move |event| {
                self.order.set(event_target_value(&event));
                self.offset.set(0);
                self.load();
            });
        for (key, label) in orders.iter().copied() {
            let option = el("option").attr("value", key).say(label);
            select = select.child(option);
        }
        select
    }

    /// The title, the table and the way to its other pages; `row` draws the cells of one thing.
    pub(super) fn draw(
        self,
        (title, none): (Head, Head),
        heads: &'static [Head],
        row: impl Fn(&T) -> Vec<El> + Send + 'static,
    ) -> El {
        let content = switch(move || {
            if self.has_failed.get() {
                return Some(self.failed().into());
            }
            Some(match self.known.get() {
                None => part("skeleton").attr("aria-hidden", "true").into(),
                Some(list) if list.data.is_empty() => el("p").part("hint").say(none).into(),
                Some(list) => untrack(|| table(title, heads, &list.data, &row)).into(),
            })
        });
        let heading = el("h2").part("section-title").attr("tabindex", "-1");
        el("div")
            .attr("data-listing", "")
            .child(heading.keep(self.heading).say(title))
            .child(content)
            .child_when(move || self.pager())
    }

    fn failed(self) -> El {
        let again = button(Handle::new(), Text::action_try_again, move || self.reload());
        el("div")
            .child(part("alert").attr("role", "alert").say(Text::error_load))
            .child(again)
    }

    fn pager(self) -> Option<El> {
        let total = self.known.with(|it| it.as_ref().map(|it| it.total_count))?;
        if total <= PAGE {
            return None;
        }
        let first = self.offset.get();
        let last = (first + PAGE).min(total);
        let range = words(move |text| text.organization_profile_range(first + 1, last, total));
        let turn = move |name: &'static str, label: Head, to: Option<u32>| {
            button(Handle::new(), label, move || {
                if let Some(to) = to {
                    self.offset.set(to);
                    self.reload();
                }
            })
            .attr("data-action", name)
            .flag("disabled", move || to.is_none())
        };
        let next = Some(first + PAGE).filter(|next| *next < total);
        Some(
            part("pager")
                .child(turn(
                    "previous",
                    Text::organization_profile_previous,
                    first.checked_sub(PAGE),
                ))
                .child(el("span").say(range))
                .child(turn("next", Text::organization_profile_next, next)),
        )
    }
}

/// The roles are told, as a narrow screen lays the table out in another way.
fn table<T>(title: Head, heads: &[Head], items: &[T], row: &impl Fn(&T) -> Vec<El>) -> El {
    let mut head = el("tr").attr("role", "row");
    for name in heads {
        let cell = el("th").attr("role", "columnheader").attr("scope", "col");
        head = head.child(cell.say(*name));
    }
    let mut body = el("tbody").attr("role", "rowgroup");
    for item in items {
        let mut line = el("tr").attr("role", "row");
        for cell in row(item) {
            line = line.child(el("td").attr("role", "cell").child(cell));
        }
        body = body.child(line);
    }
    let head = el("thead").attr("role", "rowgroup").child(head);
    el("table")
        .part("table")
        .attr("role", "table")
        .attr_words("aria-label", Words::from(title))
        .child(head)
        .child(body)
}
