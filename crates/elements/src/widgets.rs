//! The components by their names; all but the first card of sign-in are in modules of their own.
//!
//! They are loaded when first mounted; the other cards of sign-in, once the first one is drawn, and
//! those that few people see, when one of them is needed.

#![expect(
    clippy::unnecessary_wraps,
    reason = "what may fail is the loading, which the macro adds"
)]

use frontdesk_components::{
    CreateOrganization, OrganizationCard, OrganizationCards, OrganizationDomains, OrganizationList,
    OrganizationProfile, OrganizationSwitcher, Part, ProfileMore, ProfileOthers, ProfileSections,
    SignIn, SignInCards, SignInRest, SignInSteps, SignUp, StepUp, StepUpCards, UserButton,
    UserProfile, UserVerification, Waitlist,
};
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::custom::{additional_oauth_scopes, menu_items, profile_pages};
use crate::page::Page;

/// Draws a component.
pub(crate) type Draw = fn(&Page) -> AnyView;
type Loaded = Result<Draw, SplitLoaderError>;

/// How the component `kind` is drawn; nothing if there is none, or its module could not be loaded.
///
/// Asked again, it is loaded again. Each module is asked for in one place, as every page pays for each place.
pub(crate) async fn find(kind: &str) -> Option<Draw> {
    let loaded = match kind {
        "sign-in" => Ok(sign_in as Draw),
        "sign-up" => load_sign_up(false).await,
        "waitlist" => load_sign_up(true).await,
        "user-button" => load_account(true).await,
        "user-profile" => load_account(false).await,
        "organization-switcher" => load_organization(Of::Switcher).await,
        "organization-profile" => load_organization(Of::Profile).await,
        "organization-list" => load_organization(Of::List).await,
        "create-organization" => load_organization(Of::Creation).await,
        "user-verification" => load_user_verification().await,
        _ => return None,
    };
    loaded.ok()
}

fn sign_in(page: &Page) -> AnyView {
    view! {
        <SignIn
            sign_up_url=page.prop("signUpUrl")
            after_sign_in_url=page.prop("afterSignInUrl")
            initial_email=page.text_of("initialEmail")
            on_signed_in=page.news("signedin")
            steps=SignInSteps::Fetched(|| Box::pin(async { load_sign_in_steps().await.ok() }))
        />
    }
    .into_any()
}

#[wasm_split(sign_in_steps, fallible)]
fn load_sign_in_steps() -> Result<SignInCards, SplitLoaderError> {
    Ok(SignInCards::fetching(|| {
        Box::pin(async { load_sign_in_rest().await.ok() })
    }))
}

#[wasm_split(sign_in_rest, fallible)]
fn load_sign_in_rest() -> Result<SignInRest, SplitLoaderError> {
    Ok(SignInRest::ALL)
}

#[wasm_split(sign_up, fallible)]
fn load_sign_up(is_waitlist: bool) -> Loaded {
    Ok(if is_waitlist { waitlist } else { sign_up })
}

fn sign_up(page: &Page) -> AnyView {
    view! {
        <SignUp
            sign_in_url=page.prop("signInUrl")
            after_sign_up_url=page.prop("afterSignUpUrl")
            initial_email=page.text_of("initialEmail")
            on_signed_up=page.news("signedup")
        />
    }
    .into_any()
}

#[wasm_split(account, fallible)]
fn load_account(is_button: bool) -> Loaded {
    Ok(if is_button { user_button } else { user_profile })
}

fn user_button(page: &Page) -> AnyView {
    view! {
        <UserButton
            after_sign_out_url=page.prop("afterSignOutUrl")
            user_profile_url=page.prop("userProfileUrl")
            user_profile_mode=page.prop("userProfileMode")
            show_name=page.flag("showName")
            items=menu_items(page)
            pages=profile_pages(page)
            additional_oauth_scopes=additional_oauth_scopes(page)
            sign_in_url=page.prop("signInUrl")
            on_signed_out=page.news("signedout")
            sections=SECTIONS
            step_up=STEP_UP
        />
    }
    .into_any()
}

const SECTIONS: ProfileSections = ProfileSections {
    others: Part::Fetched(|| Box::pin(async { load_profile_others().await.ok() })),
    more: Part::Fetched(|| Box::pin(async { load_profile_more().await.ok() })),
};

#[wasm_split(profile_others, fallible)]
fn load_profile_others() -> Result<ProfileOthers, SplitLoaderError> {
    Ok(ProfileOthers::ALL)
}

#[wasm_split(profile_more, fallible)]
fn load_profile_more() -> Result<ProfileMore, SplitLoaderError> {
    Ok(ProfileMore::ALL)
}

const STEP_UP: StepUp = StepUp::Fetched(|| Box::pin(async { load_step_up().await.ok() }));

#[wasm_split(step_up, fallible)]
fn load_step_up() -> Result<StepUpCards, SplitLoaderError> {
    Ok(StepUpCards::ALL)
}

#[wasm_split(step_up, fallible)]
fn load_user_verification() -> Loaded {
    Ok(user_verification)
}

fn user_verification(_: &Page) -> AnyView {
    view! { <UserVerification /> }.into_any()
}

fn user_profile(page: &Page) -> AnyView {
    view! {
        <UserProfile
            after_sign_out_url=page.prop("afterSignOutUrl")
            sign_in_url=page.prop("signInUrl")
            on_signed_out=page.news("signedout")
            routing=page.prop("routing")
            path=page.prop("path")
            pages=profile_pages(page)
            additional_oauth_scopes=additional_oauth_scopes(page)
            sections=SECTIONS
            step_up=STEP_UP
        />
    }
    .into_any()
}

/// The components about organizations.
#[derive(Clone, Copy)]
enum Of {
    Switcher,
    Profile,
    List,
    Creation,
}

#[wasm_split(organization, fallible)]
fn load_organization(of: Of) -> Loaded {
    Ok(match of {
        Of::Switcher => organization_switcher,
        Of::Profile => organization_profile,
        Of::List => organization_list,
        Of::Creation => create_organization,
    })
}

fn organization_switcher(page: &Page) -> AnyView {
    view! {
        <OrganizationSwitcher
            sign_in_url=page.prop("signInUrl")
            hide_personal=page.flag("hidePersonal")
            organization_profile_url=page.prop("organizationProfileUrl")
            skip_invitation_screen=page.flag("skipInvitationScreen")
            cards=CARDS
            on_organization_changed=page.bare_news("organizationchanged")
        />
    }
    .into_any()
}

const CARDS: OrganizationCards = OrganizationCards {
    card: Part::Fetched(|| Box::pin(async { load_organization_card().await.ok() })),
    domains: Part::Fetched(|| Box::pin(async { load_organization_domains().await.ok() })),
};

#[wasm_split(organization_domains, fallible)]
fn load_organization_domains() -> Result<OrganizationDomains, SplitLoaderError> {
    Ok(OrganizationDomains::ALL)
}

#[wasm_split(organization_profile, fallible)]
fn load_organization_card() -> Result<OrganizationCard, SplitLoaderError> {
    Ok(OrganizationCard::ALL)
}

fn organization_profile(page: &Page) -> AnyView {
    view! {
        <OrganizationProfile
            sign_in_url=page.prop("signInUrl")
            cards=CARDS
            on_organization_changed=page.bare_news("organizationchanged")
        />
    }
    .into_any()
}

fn organization_list(page: &Page) -> AnyView {
    view! {
        <OrganizationList
            hide_personal=page.flag("hidePersonal")
            sign_in_url=page.prop("signInUrl")
            skip_invitation_screen=page.flag("skipInvitationScreen")
            on_organization_changed=page.bare_news("organizationchanged")
        />
    }
    .into_any()
}

fn create_organization(page: &Page) -> AnyView {
    view! {
        <CreateOrganization
            sign_in_url=page.prop("signInUrl")
            skip_invitation_screen=page.flag("skipInvitationScreen")
            on_organization_changed=page.bare_news("organizationchanged")
        />
    }
    .into_any()
}

fn waitlist(page: &Page) -> AnyView {
    view! {
        <Waitlist
            sign_in_url=page.prop("signInUrl")
            initial_email=page.text_of("initialEmail")
            on_joined=page.news("waitlistjoined")
        />
    }
    .into_any()
}
