//! What waits for the person: invitations, suggestions, and those who ask to join.

use frontdesk_client::Asked;
use frontdesk_protocol::{
    InvitationId, OrganizationSuggestion, SuggestionId, SuggestionStatus, SystemPermission,
    UserOrganizationInvitation,
};
use leptos::task::spawn_local;

use crate::kit::{Form, State, effect};
use crate::provider::{Site, use_site};

/// The most that are shown; the rest come when these are answered.
const MOST: u32 = 20;

/// What waits for the person; copies are the same thing.
#[derive(Clone, Copy)]
pub struct Pending {
    site: Site,
    /// Invitations that can be accepted, once they are known.
    pub invitations: State<Option<Vec<UserOrganizationInvitation>>>,
    /// Organizations that the person may ask to join, or has asked, once they are known.
    pub suggestions: State<Option<Vec<OrganizationSuggestion>>>,
    /// How many ask to join the organization that the session is in, where the person may let them in.
    pub requests: State<u32>,
}

impl Pending {
    /// What waits, which a browser asks for now.
    pub fn new() -> Self {
        let pending = Self {
            site: use_site(),
            invitations: State::new(None),
            suggestions: State::new(None),
            requests: State::new(0),
        };
        if cfg!(target_arch = "wasm32") {
            pending.load();
            pending.follow_requests();
        }
        pending
    }

    /// How many things wait.
    pub fn count(self) -> u32 {
        let invitations = self
            .invitations
            .with(|all| all.as_ref().map_or(0, Vec::len));
        let suggestions = self.suggestions.with(|all| {
            let open = all.iter().flatten();
            open.filter(|it| it.status == SuggestionStatus::Pending)
                .count()
        });
        let waiting = u32::try_from(invitations + suggestions).unwrap_or(u32::MAX);
        waiting.saturating_add(self.requests.get())
    }

    /// Whether it is known that nothing is there to be answered.
    pub fn is_empty(self) -> bool {
        self.invitations
            .with(|all| all.as_ref().is_some_and(Vec::is_empty))
            && self
                .suggestions
                .with(|all| all.as_ref().is_some_and(Vec::is_empty))
    }

    /// Joins the organization of an invitation; then `joined` runs.
    pub fn accept(self, form: Form, id: InvitationId, joined: impl FnOnce() + 'static) {
        let desk = self.site.desk();
        form.send(Box::pin(async move {
            desk.accept_invitation(&id).await?;
            self.invitations.update(|all| {
                if let Some(all) = all {
                    all.retain(|it| it.id != id);
                }
            });
            joined();
            Ok(())
        }));
    }

    /// Asks to join the organization of a suggestion; then `asked` runs.
    pub fn ask(self, form: Form, id: SuggestionId, asked: impl FnOnce() + 'static) {
        let desk = self.site.desk();
        form.send(Box::pin(async move {
            let answered = desk.accept_suggestion(&id).await?;
            self.suggestions.update(|all| {
                for it in all.iter_mut().flatten().filter(|it| it.id == id) {
                    *it = answered.clone();
                }
            });
            asked();
            Ok(())
        }));
    }

    fn load(self) {
        let desk = self.site.desk();
        spawn_local(async move {
            let asked = Asked {
                limit: MOST,
                status: "pending",
                ..Asked::default()
            };
            // Where the server does not tell, nothing waits.
            let found = desk.my_invitations(&asked).await;
            self.invitations
                .set(Some(found.map(|list| list.data).unwrap_or_default()));
            let asked = Asked {
                limit: MOST,
                ..Asked::default()
            };
            let found = desk.my_suggestions(&asked).await;
            self.suggestions
                .set(Some(found.map(|list| list.data).unwrap_or_default()));
        });
    }

    fn follow_requests(self) {
        let site = self.site;
        let managed = State::derived(move || {
            site.of_client(|client| {
                let membership = client.active_membership()?;
                let permission = SystemPermission::MembershipsManage.as_str();
                let is_manager = membership.has_permission(permission);
                is_manager.then(|| membership.organization.id.clone())
            })
        });
        effect(move || {
            self.requests.set(0);
            let Some(id) = managed.get() else {
                return;
            };
            let desk = site.desk();
            spawn_local(async move {
                let asked = Asked {
                    limit: 1,
                    status: "pending",
                    ..Asked::default()
                };
                if let Ok(list) = desk.membership_requests(&id, &asked).await {
                    self.requests.set(list.total_count);
                }
            });
        });
    }
}
