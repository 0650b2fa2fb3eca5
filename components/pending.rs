//! What waits for the person: invitations to organizations.

use frontdesk_client::Asked;
use frontdesk_protocol::{InvitationId, UserOrganizationInvitation};
use leptos::task::spawn_local;

use crate::kit::{Form, State};
use crate::provider::{Site, use_site};

/// The most that are shown; the rest come when these are answered.
const MOST: u32 = 20;

/// What waits for the person; copies are the same thing.
#[derive(Clone, Copy)]
pub struct Pending {
    site: Site,
    /// Invitations that can be accepted, once they are known.
    pub invitations: State<Option<Vec<UserOrganizationInvitation>>>,
}

impl Pending {
    /// What waits, which a browser asks for now.
    pub fn new() -> Self {
        let pending = Self {
            site: use_site(),
            invitations: State::new(None),
        };
        if cfg!(target_arch = "wasm32") {
            pending.load();
        }
        pending
    }

    /// How many things wait.
    pub fn count(self) -> usize {
        self.invitations
            .with(|all| all.as_ref().map_or(0, Vec::len))
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
        });
    }
}
