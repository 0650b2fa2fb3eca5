//! Routes of organizations, and of what leads somebody into one.

use axum::Router;
use axum::routing::{delete, get, patch, post};

use crate::app::App;

/// Every route.
pub fn router() -> Router<App> {
    domains()
        .route("/organizations", post(super::create))
        .route(
            "/organizations/{id}",
            patch(super::update).get(super::read).delete(super::remove),
        )
        .route("/organizations/{id}/roles", get(super::roles))
        .route("/organizations/{id}/memberships", get(super::members::list))
        .route(
            "/organizations/{id}/memberships/{user_id}",
            patch(super::members::update).delete(super::members::remove),
        )
        .route(
            "/organizations/{id}/invitations",
            get(super::invitations::list).post(super::invitations::create),
        )
        .route(
            "/organizations/{id}/invitations/bulk",
            post(super::invitations::create_several),
        )
        .route(
            "/organizations/{id}/invitations/{invitation_id}/revoke",
            post(super::invitations::revoke),
        )
        .route(
            "/me/organization_memberships/{id}",
            delete(super::members::leave),
        )
        .route("/me/organization_invitations", get(super::mine::list))
        .route(
            "/me/organization_invitations/{id}/accept",
            post(super::mine::accept),
        )
}

/// Domains of organizations, and who asks to join because of them.
fn domains() -> Router<App> {
    Router::new()
        .route(
            "/organizations/{id}/domains",
            get(super::domains::list).post(super::domains::create),
        )
        .route(
            "/organizations/{id}/domains/{domain_id}",
            get(super::domains::read).delete(super::domains::remove),
        )
        .route(
            "/organizations/{id}/domains/{domain_id}/update_enrollment_mode",
            post(super::domains::update_enrollment_mode),
        )
        .route(
            "/organizations/{id}/domains/{domain_id}/prepare_affiliation_verification",
            post(super::domains::prepare_affiliation),
        )
        .route(
            "/organizations/{id}/domains/{domain_id}/attempt_affiliation_verification",
            post(super::domains::attempt_affiliation),
        )
        .route(
            "/organizations/{id}/domains/{domain_id}/prepare_ownership_verification",
            post(super::ownership::prepare),
        )
        .route(
            "/organizations/{id}/domains/{domain_id}/attempt_ownership_verification",
            post(super::ownership::attempt),
        )
        .route(
            "/organizations/{id}/domains/prepare_ownership_verification/bulk",
            post(super::ownership::prepare_several),
        )
        .route(
            "/organizations/{id}/domains/attempt_ownership_verification/bulk",
            post(super::ownership::attempt_several),
        )
        .route(
            "/organizations/{id}/membership_requests",
            get(super::requests::list),
        )
        .route(
            "/organizations/{id}/membership_requests/{request_id}/accept",
            post(super::requests::accept),
        )
        .route(
            "/organizations/{id}/membership_requests/{request_id}/reject",
            post(super::requests::reject),
        )
        .route(
            "/me/organization_suggestions",
            get(super::mine::suggestions),
        )
        .route(
            "/me/organization_suggestions/{id}/accept",
            post(super::mine::accept_suggestion),
        )
}
