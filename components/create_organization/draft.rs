//! An organization that is about to be.

use std::rc::Rc;

use frontdesk_locale::Text;
use frontdesk_protocol::{CreateOrganization, ErrorCode, OrganizationId, Slug, TouchSession};
use leptos::prelude::*;

use crate::kit::{Card, Form, Input, Problem, State, card, effect};
use crate::provider::{Site, use_site};

/// What is typed of an organization; copies are the same one.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    site: Site,
    form: Form,
    name: State<String>,
    slug: State<String>,
    /// What was created, while the session is not in it yet: trying again must not create another.
    created: State<Option<OrganizationId>>,
}

impl Draft {
    /// An empty one, which lasts as long as the current owner.
    pub(super) fn new() -> Self {
        let name = State::new(String::new());
        let slug = State::new(String::new());
        let derived = State::new(String::new());
        effect(move || {
            let next = name.with(|name| Slug::derive(name));
            // A slug that the person has edited stays theirs.
            if slug.with_untracked(|slug| derived.with_untracked(|derived| derived == slug)) {
                slug.set(next.clone());
            }
            derived.set(next);
        });
        Self {
            site: use_site(),
            form: Form::new(),
            name,
            slug,
            created: State::new(None),
        }
    }

    /// Whether an answer is waited for.
    pub(super) fn is_sent(self) -> bool {
        self.form.is_pending()
    }

    /// The card with the form; `done` runs when the organization is the active one.
    pub(super) fn draw(self, done: impl Fn(OrganizationId) + 'static) -> Card {
        let form = self.form;
        form.turn_over();
        let done = Rc::new(done);
        let name = Input::new("name", Text::field_organization_name, self.name)
            .autocomplete("organization");
        let slug = Input::new("slug", Text::field_organization_slug, self.slug)
            .hint(Text::field_organization_slug_hint);
        let fields = form
            .draw(move || self.submit(done.clone()))
            .child(form.field(name))
            .child(form.field(slug))
            .child(form.submit(Text::create_organization_submit));
        card(Text::create_organization_title)
            .subtitle(Text::create_organization_subtitle)
            .main(form.alert())
            .main(fields)
    }

    fn submit(self, done: Rc<impl Fn(OrganizationId) + 'static>) {
        let problems = self.problems();
        if !problems.is_empty() {
            return self.form.refuse(problems);
        }
        let session = untrack(|| {
            self.site
                .of_client(|client| client.active_session().map(|session| session.id.clone()))
        });
        let Some(session) = session else {
            return;
        };
        let desk = self.site.desk();
        let command = self.command();
        let created = self.created.get_untracked();
        self.form.send(Box::pin(async move {
            let id = match created {
                Some(id) => id,
                None => desk.create_organization(&command).await?.id,
            };
            self.created.set(Some(id.clone()));
            let touch = TouchSession {
                active_organization_id: Some(id.clone().into()),
            };
            desk.touch_session(&session, &touch).await?;
            if !self.name.is_disposed() {
                self.created.set(None);
                self.name.set(String::new());
                self.slug.set(String::new());
            }
            done(id);
            Ok(())
        }));
    }

    fn problems(self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.name.with_untracked(|name| name.trim().is_empty()) {
            problems.push(Problem::of(ErrorCode::FormParamNil, "name"));
        }
        // Where there is none, the server derives one.
        let slug = self.slug.get_untracked();
        if !slug.trim().is_empty()
            && let Err(code) = Slug::parse(&slug)
        {
            problems.push(Problem::of(code, "slug"));
        }
        problems
    }

    fn command(self) -> CreateOrganization {
        let text = |signal: State<String>| {
            let text = signal.get_untracked().trim().to_owned();
            (!text.is_empty()).then_some(text)
        };
        CreateOrganization {
            name: text(self.name),
            slug: text(self.slug),
        }
    }
}
