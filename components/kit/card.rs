//! A card: what it is about, what to do, and where else to go.

use frontdesk_locale::Text;
use leptos::prelude::*;

use crate::kit::button::button;
use crate::kit::root::bars;
use crate::kit::{El, Handle, Words, el, part, say, switch};
use crate::provider::use_site;

/// A card under construction; it becomes a view by `.into()`.
pub struct Card {
    title: El,
    header: Vec<El>,
    main: El,
    footer: Option<AnyView>,
}

/// A card with this title.
pub fn card(title: impl Into<Words>) -> Card {
    Card {
        title: el("h1").part("title").attr("tabindex", "-1").say(title),
        header: Vec::new(),
        main: part("main"),
        footer: None,
    }
}

impl Card {
    /// Lets `handle` reach the title, where nothing else is to have the focus.
    #[must_use]
    pub fn keep(mut self, handle: Handle) -> Self {
        self.title = self.title.keep(handle);
        self
    }

    /// The sentence below the title.
    #[must_use]
    pub fn subtitle(mut self, subtitle: impl Into<Words>) -> Self {
        self.header.push(el("p").part("subtitle").say(subtitle));
        self
    }

    /// Who it is about; see [`identity`].
    #[must_use]
    pub fn identity(mut self, identity: El) -> Self {
        self.header.push(identity);
        self
    }

    /// What to do.
    #[must_use]
    pub fn main(mut self, content: impl Into<AnyView>) -> Self {
        self.main = self.main.child(content);
        self
    }

    /// Where else to go: a question and a link that answers it, while there is a `url`.
    #[must_use]
    pub fn footer(
        mut self,
        question: impl Into<Words>,
        answer: impl Into<Words>,
        url: impl Fn() -> Option<String> + Send + 'static,
    ) -> Self {
        let (question, answer) = (question.into(), answer.into());
        let footer = move || {
            let url = url()?;
            let question = el("span").part("footer-text").child(say(&question));
            let answer = el("a")
                .part("footer-link")
                .attr("href", url)
                .child(say(&answer));
            let footer = el("footer").part("footer").child(question).child(answer);
            Some(footer.into())
        };
        self.footer = Some(switch(footer));
        self
    }
}

impl From<Card> for El {
    fn from(card: Card) -> Self {
        let mut header = el("header").part("header").child(card.title);
        for piece in card.header {
            header = header.child(piece);
        }
        part("card")
            .child(header)
            .child(card.main)
            .maybe(card.footer)
    }
}

impl From<Card> for AnyView {
    fn from(card: Card) -> Self {
        El::from(card).into()
    }
}

/// Whom a card is about, with a button to change that, whose label is `edit`.
pub fn identity(
    name: impl FnMut() -> String + Send + 'static,
    edit: impl Into<Words>,
    on_edit: impl Fn() + 'static,
) -> El {
    part("identity")
        .child(el("span").child(el("bdi").text(name)))
        .child(
            el("button")
                .part("identity-edit")
                .attr("type", "button")
                .attr_words("aria-label", edit)
                .on("click", move |_| on_edit()),
        )
}

/// A card while nothing is known yet; if that could not be loaded, one that says so and tries again.
pub fn skeleton() -> El {
    let site = use_site();
    part("card")
        .truth("aria-busy", move || !site.has_failed.get())
        .child_when(move || {
            let has_failed = site.has_failed.get();
            let alert = || {
                part("main")
                    .child(part("alert").attr("role", "alert").say(Text::error_load))
                    .child(button(Handle::new(), Text::action_try_again, move || {
                        site.load();
                    }))
            };
            Some(if has_failed { alert() } else { bars(4) })
        })
}
