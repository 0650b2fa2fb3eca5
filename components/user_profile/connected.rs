//! The section with the accounts that the user has elsewhere.

use std::rc::Rc;

use frontdesk_client::{Failure, Value};
use frontdesk_locale::Text;
use frontdesk_protocol::json::Read as _;
use frontdesk_protocol::{ExternalAccount, ExternalAccountId, SocialProvider, VerificationStatus};
use leptos::prelude::*;

use super::details::details;
use super::item::{action, actions, badge, change, list, row};
use super::section_at;
use crate::json::within;
use crate::kit::{El, Form, Handle, Root, State, el, go, part, switch, words};
use crate::provider::{Site, use_site};
use crate::social;

/// What an app asks providers for beside what the settings say: for the name of each, scopes with spaces between.
#[derive(Clone, Copy, Default)]
pub struct AdditionalOAuthScopes(Option<State<Give>>);

type Give = Rc<dyn Fn(&str) -> String>;

impl<F: Fn(&str) -> String + 'static> From<F> for AdditionalOAuthScopes {
    fn from(scopes: F) -> Self {
        Self(Some(State::new(Rc::new(scopes))))
    }
}

impl AdditionalOAuthScopes {
    /// Those for a provider by its strategy, e.g. `oauth_github`.
    fn of(self, strategy: &str) -> String {
        let provider = strategy.strip_prefix("oauth_").unwrap_or(strategy);
        // The borrow ends before the app's function runs, which may lead back here.
        let scopes = self.0.map(|scopes| scopes.get_untracked());
        scopes.map(|scopes| scopes(provider)).unwrap_or_default()
    }
}

/// The accounts, and the providers that there is no account with yet.
pub(super) fn draw(root: Root, scopes: AdditionalOAuthScopes) -> Option<AnyView> {
    let site = use_site();
    let providers: Vec<SocialProvider> = untrack(|| social::all(site))
        .into_iter()
        .filter(|provider| provider.enabled && !provider.not_selectable)
        .collect();
    if providers.is_empty() {
        return None;
    }
    let connected = Connected {
        site,
        root,
        scopes,
        form: Form::new(),
        title: Handle::new(),
        providers: State::new(providers),
    };
    let accounts = State::derived(move || {
        details(site)
            .map(|it| it.external_accounts)
            .unwrap_or_default()
    });
    let none = switch(move || {
        let is_empty = accounts.with(Vec::is_empty);
        let hint = el("p").part("hint");
        is_empty.then(|| hint.say(Text::user_profile_connected_none).into())
    });
    let more = switch(move || {
        let accounts = accounts.get();
        Some(untrack(|| connected.more(&accounts)).into())
    });
    let section = section_at(connected.title, "connected", Text::user_profile_connected)
        .child(none)
        .child(list(accounts, move |account| connected.row(account)))
        .child(connected.form.alert())
        .child(more);
    Some(section.into())
}

/// What is amiss with an account.
struct Wanting {
    is_unverified: bool,
    hint: fn(&Text) -> String,
}

#[derive(Clone, Copy)]
struct Connected {
    site: Site,
    root: Root,
    scopes: AdditionalOAuthScopes,
    form: Form,
    title: Handle,
    providers: State<Vec<SocialProvider>>,
}

impl Connected {
    fn row(self, account: &ExternalAccount) -> El {
        let provider = self.providers.with_untracked(|all| {
            let found = all.iter().find(|it| it.strategy == account.provider);
            found.map_or_else(|| account.provider.clone(), |it| it.name.clone())
        });
        let who = account
            .username
            .clone()
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| account.email_address.clone());
        let removed = provider.clone();
        let label = words(move |text| text.user_profile_remove_email(&removed));
        let id = account.id.clone();
        let remove = action(self.form, "remove", Text::action_remove, label, move || {
            self.remove(id.clone());
        });
        let wanting = self.wanting(account);
        let (asked, wanted) = (provider.clone(), account.clone());
        let again = wanting.as_ref().map(|_| {
            let label = words(move |text| text.user_profile_reconnect_provider(&asked));
            let text = Text::user_profile_reconnect;
            action(self.form, "reconnect", text, label, move || {
                self.reconnect(&wanted);
            })
        });
        let unverified = wanting.as_ref().filter(|it| it.is_unverified);
        let unverified = unverified.map(|_| badge("unverified", Text::user_profile_unverified));
        let hint = wanting.map(|it| el("span").part("hint").say(it.hint));
        row(move |_: &Text| provider.clone())
            .attr("data-provider", account.provider.clone())
            .child(el("span").part("hint").text(move || who.clone()))
            .maybe(unverified)
            .maybe(hint)
            .child(actions([again, Some(remove)]))
    }

    /// What is amiss with an account, if anything is.
    fn wanting(self, account: &ExternalAccount) -> Option<Wanting> {
        let verification = account.verification.as_ref();
        let is_unverified =
            verification.is_some_and(|it| it.status != VerificationStatus::Verified);
        if is_unverified || verification.is_some_and(|it| it.error.is_some()) {
            return Some(Wanting {
                is_unverified,
                hint: Text::user_profile_connected_lost,
            });
        }
        let wanted = self.scopes.of(&account.provider);
        let mut wanted = wanted.split_whitespace();
        let has = |scope| account.approved_scopes.split(' ').any(|it| it == scope);
        let lacks = wanted.any(|scope| !has(scope));
        lacks.then_some(Wanting {
            is_unverified,
            hint: Text::user_profile_connected_more,
        })
    }

    fn remove(self, id: ExternalAccountId) {
        let desk = self.site.desk();
        change(
            self.form,
            self.root,
            self.title,
            Text::status_removed,
            async move { desk.remove_external_account(&id).await.map(drop) },
        );
    }

    /// A button for each provider that there is no account with.
    fn more(self, accounts: &[ExternalAccount]) -> El {
        let mut buttons = part("row");
        for provider in self.providers.get_untracked() {
            if accounts.iter().any(|it| it.provider == provider.strategy) {
                continue;
            }
            let name = provider.name.clone();
            let strategy = provider.strategy.clone();
            let label = words(move |text| text.user_profile_connect(&name));
            let button = self
                .form
                .button("button", label, move || self.connect(strategy.clone()))
                .attr("data-action", "connect")
                .child(social::mark(
                    provider.logo_url.as_deref().unwrap_or(""),
                    &provider.name,
                ));
            buttons = buttons.child(button);
        }
        buttons
    }

    fn connect(self, strategy: String) {
        let desk = self.site.desk();
        let scopes = self.scopes.of(&strategy);
        self.leave(async move {
            desk.create_external_account(&strategy, &here(), &scopes)
                .await
        });
    }

    fn reconnect(self, account: &ExternalAccount) {
        let scopes = self.scopes.of(&account.provider);
        let (desk, id) = (self.site.desk(), account.id.clone());
        self.leave(async move {
            desk.reauthorize_external_account(&id, &here(), &scopes)
                .await
        });
    }

    /// Leads to the provider as soon as it is known where, and from there back to this page.
    fn leave(self, begin: impl Future<Output = Result<Value, Failure>> + 'static) {
        self.form.send(Box::pin(async move {
            let path = ["verification", "external_verification_redirect_url"];
            let url = within(begin.await?, &path).and_then(|url| String::read(&url));
            let url = url.ok_or(Failure::Unavailable {
                retry_after_s: None,
            })?;
            go(None, &url);
            Ok(())
        }));
    }
}

fn here() -> String {
    location().href().unwrap_or_default()
}
