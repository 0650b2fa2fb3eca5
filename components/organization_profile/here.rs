//! The organization that everything is about, and what the user may do there.

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::json::{Read as _, Source as _};
use frontdesk_protocol::{
    OrganizationDetails, OrganizationId, OrganizationMembership, Role, SystemPermission,
};
use leptos::callback::{Callable as _, UnsyncCallback};

use super::OrganizationDomains;
use crate::fetched::Part;
use crate::json::{user, within};
use crate::kit::{Form, Root, State};
use crate::organization::load_roles;
use crate::provider::{Site, use_site};

/// The organization; copies are the same one.
#[derive(Clone, Copy)]
pub(super) struct Here {
    pub(super) site: Site,
    pub(super) root: Root,
    pub(super) id: State<OrganizationId>,
    /// What members can be; empty until it is known.
    pub(super) roles: State<Vec<Role>>,
    /// Where the page about domains comes from.
    pub(super) domains: Part<OrganizationDomains>,
    on_changed: Option<UnsyncCallback<()>>,
}

impl Here {
    pub(super) fn new(
        root: Root,
        id: OrganizationId,
        domains: Part<OrganizationDomains>,
        on_changed: Option<UnsyncCallback<()>>,
    ) -> Self {
        let here = Self {
            site: use_site(),
            root,
            id: State::new(id),
            roles: State::new(Vec::new()),
            domains,
            on_changed,
        };
        if here.may(SystemPermission::MembershipsRead) {
            load_roles(here.site, here.id(), here.roles);
        }
        here
    }

    pub(super) fn id(self) -> OrganizationId {
        self.id.get_untracked()
    }

    /// What `read` makes of the user's membership, followed.
    pub(super) fn of<T>(self, read: impl FnOnce(&OrganizationMembership) -> T) -> Option<T> {
        self.site
            .of_client(|client| client.active_membership().map(read))
    }

    pub(super) fn name(self) -> String {
        self.of(|it| it.organization.name.clone())
            .unwrap_or_default()
    }

    /// Whether the user's role allows it, followed.
    pub(super) fn may(self, permission: SystemPermission) -> bool {
        self.of(|it| it.has_permission(permission.as_str()))
            .unwrap_or_default()
    }

    /// What only these screens show, followed.
    pub(super) fn details(self) -> Option<OrganizationDetails> {
        let memberships = within(user(self.site)?, &["organization_memberships"])?;
        let id = self.id();
        let mut organizations = memberships
            .items()?
            .into_iter()
            .filter_map(|it| it.member("organization"));
        let its = |key: &Option<String>| key.as_deref() == Some(id.as_str());
        let own = organizations.find(|it| its(&it.member("id").and_then(|id| id.text())))?;
        OrganizationDetails::read(&own)
    }

    /// Does `work`, which leads out of the organization, and tells the page.
    pub(super) fn leave_by(
        self,
        form: Form,
        work: impl Future<Output = Result<(), Failure>> + 'static,
    ) {
        form.send(Box::pin(async move {
            work.await?;
            self.root.announce(Text::status_saved);
            if let Some(changed) = self.on_changed {
                changed.try_run(());
            }
            Ok(())
        }));
    }
}
