//! The section with the accounts that the user has elsewhere.

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::json::Read as _;
use frontdesk_protocol::{ExternalAccount, ExternalAccountId, SocialProvider, VerificationStatus};
use leptos::prelude::*;

use super::details::details;
use super::item::{action, badge, change, list, row};
use super::section_at;
use crate::json::within;
use crate::kit::{El, Form, Handle, Root, State, el, go, part, switch, words};
use crate::provider::{Site, use_site};
use crate::social;

/// The accounts, and the providers that there is no account with yet.
pub(super) fn draw(root: Root) -> Option<AnyView> {
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

#[derive(Clone, Copy)]
struct Connected {
    site: Site,
    root: Root,
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
        let verification = account.verification.as_ref();
        let is_done = verification.is_none_or(|it| it.status == VerificationStatus::Verified);
        let unverified = (!is_done).then(|| badge("unverified", Text::user_profile_unverified));
        let removed = provider.clone();
        let label = words(move |text| text.user_profile_remove_email(&removed));
        let id = account.id.clone();
        let remove = action(self.form, "remove", Text::action_remove, label, move || {
            self.remove(id.clone());
        });
        row(move |_: &Text| provider.clone())
            .attr("data-provider", account.provider.clone())
            .child(el("span").part("hint").text(move || who.clone()))
            .maybe(unverified)
            .child(remove)
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

    /// Leads to the provider, and from there back to this page.
    fn connect(self, strategy: String) {
        let desk = self.site.desk();
        self.form.send(Box::pin(async move {
            let here = location().href().unwrap_or_default();
            let begun = desk.create_external_account(&strategy, &here).await?;
            let path = ["verification", "external_verification_redirect_url"];
            let url = within(begun, &path).and_then(|url| String::read(&url));
            let url = url.ok_or(Failure::Unavailable {
                retry_after_s: None,
            })?;
            go(None, &url);
            Ok(())
        }));
    }
}
