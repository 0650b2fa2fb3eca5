//! The page with those who ask to join.

use frontdesk_locale::Text;
use frontdesk_protocol::OrganizationMembershipRequest;

use super::here::Here;
use super::listing::{Head, Listing};
use super::members::{name, who};
use crate::kit::{El, Form, Words, el, part, words};
use crate::user_profile::{action, day};

const HEADS: &[Head] = &[
    Text::organization_profile_member,
    Text::organization_profile_asked,
    Text::organization_profile_actions,
];

/// The table of requests that nobody has answered.
pub(super) fn draw(here: Here) -> El {
    Requests {
        here,
        form: Form::new(),
        listing: Listing::new(here, "pending", |desk, id, asked| {
            Box::pin(async move { desk.membership_requests(&id, &asked).await })
        }),
    }
    .draw()
}

#[derive(Clone, Copy)]
pub(super) struct Requests {
    pub(super) here: Here,
    pub(super) form: Form,
    pub(super) listing: Listing<OrganizationMembershipRequest>,
}

impl Requests {
    pub(super) fn draw(self) -> El {
        let titles: (Head, Head) = (
            Text::organization_profile_requests,
            Text::organization_profile_requests_none,
        );
        let table = self.listing.draw(titles, HEADS, move |it| self.row(it));
        el("div").child(self.form.alert()).child(table)
    }

    fn row(self, request: &OrganizationMembershipRequest) -> Vec<El> {
        let at = request.created_at;
        let person = &request.public_user_data;
        let (one, other) = (name(person), name(person));
        let accept = words(move |text| text.organization_profile_accept_of(&one));
        let reject = words(move |text| text.organization_profile_reject_of(&other));
        vec![
            who(person),
            el("span").say(words(move |text| day(text, at))),
            part("row")
                .child(self.answer(request, true, accept))
                .child(self.answer(request, false, reject)),
        ]
    }

    fn answer(
        self,
        request: &OrganizationMembershipRequest,
        is_accepted: bool,
        label: Words,
    ) -> El {
        let request = request.id.clone();
        let (kind, short): (_, Head) = if is_accepted {
            ("accept", Text::organization_profile_accept)
        } else {
            ("reject", Text::organization_profile_reject)
        };
        action(self.form, kind, short, label, move || {
            let (desk, id) = (self.here.site.desk(), self.here.id());
            let request = request.clone();
            self.form.send(Box::pin(async move {
                desk.answer_request(&id, &request, is_accepted).await?;
                self.listing.reload();
                self.here.root.announce(Text::status_saved);
                Ok(())
            }));
        })
    }
}
