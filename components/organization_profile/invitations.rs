//! The page that invites people, and shows who is invited.

use frontdesk_locale::Text;
use frontdesk_protocol::{CreateOrganizationInvitation, OrganizationInvitation};

use super::here::Here;
use super::invite::Invite;
use super::listing::{Head, Listing};
use crate::kit::{El, Form, el, part, words};
use crate::organization::role;
use crate::user_profile::{action, day};

const HEADS: &[Head] = &[
    Text::organization_profile_address,
    Text::organization_profile_role,
    Text::organization_profile_expires,
    Text::organization_profile_actions,
];

/// The form, and the table of open invitations.
pub(super) fn draw(here: Here) -> El {
    Invitations {
        here,
        form: Form::new(),
        invite: Invite::new(here.root, here.id, here.roles),
        listing: Listing::new(here, "pending", |desk, id, asked| {
            Box::pin(async move { desk.invitations(&id, &asked).await })
        }),
    }
    .draw()
}

#[derive(Clone, Copy)]
pub(super) struct Invitations {
    pub(super) here: Here,
    /// What is done to invitations that are there.
    pub(super) form: Form,
    pub(super) invite: Invite,
    pub(super) listing: Listing<OrganizationInvitation>,
}

impl Invitations {
    pub(super) fn draw(self) -> El {
        let titles: (Head, Head) = (
            Text::organization_profile_pending,
            Text::organization_profile_pending_none,
        );
        let table = self.listing.draw(titles, HEADS, move |it| self.row(it));
        el("div")
            .child(self.invite.draw(move || self.listing.load()))
            .child(self.form.alert())
            .child(table)
    }

    fn row(self, invitation: &OrganizationInvitation) -> Vec<El> {
        let address = invitation.email_address.clone();
        let at = invitation.expires_at;
        vec![
            el("bdi").text(move || address.clone()),
            el("span").say(role(&invitation.role, &invitation.role_name)),
            el("span").say(words(move |text| day(text, at))),
            part("row")
                .child(self.resending(invitation))
                .child(self.revocation(invitation)),
        ]
    }

    /// Whoever is invited again is written to again.
    fn resending(self, invitation: &OrganizationInvitation) -> El {
        let address = invitation.email_address.clone();
        let label = words(move |text| text.organization_profile_resend_to(&address));
        let command = CreateOrganizationInvitation {
            email_address: Some(invitation.email_address.clone()),
            role: Some(invitation.role.clone()),
        };
        let short = Text::organization_profile_resend;
        action(self.form, "resend", short, label, move || {
            let (desk, id) = (self.here.site.desk(), self.here.id());
            let command = command.clone();
            self.form.send(Box::pin(async move {
                desk.invite(&id, &command).await?;
                self.listing.reload();
                self.here.root.announce(Text::organization_profile_resent);
                Ok(())
            }));
        })
    }

    fn revocation(self, invitation: &OrganizationInvitation) -> El {
        let address = invitation.email_address.clone();
        let label = words(move |text| text.organization_profile_revoke_of(&address));
        let invitation = invitation.id.clone();
        let short = Text::organization_profile_revoke;
        action(self.form, "revoke", short, label, move || {
            let (desk, id) = (self.here.site.desk(), self.here.id());
            let invitation = invitation.clone();
            self.form.send(Box::pin(async move {
                desk.revoke_invitation(&id, &invitation).await?;
                self.listing.reload();
                self.here.root.announce(Text::status_removed);
                Ok(())
            }));
        })
    }
}
