//! The instance's settings, as far as screens depend on them.

use axum::Json;
use axum::extract::State;
use frontdesk_protocol::{
    Actions, AttackProtection, Attribute, AttributeSettings, AuthConfig, DisplayConfig,
    EnumerationProtection, Environment, Metadata, OrganizationSettings, SignInSettings, SignUpMode,
    SignUpSettings, Strategy, UserSettings,
};

use crate::app::App;
use crate::config::{Asked, Config, Settings};

/// `GET /v1/environment`: the settings.
pub async fn read(State(app): State<App>) -> Json<Environment> {
    Json(environment(&app.config))
}

fn environment(config: &Config) -> Environment {
    let settings = &config.settings;
    let mut allowed_origins = vec![config.public_url.clone()];
    allowed_origins.extend(config.options.allowed_origins.iter().cloned());
    Environment {
        auth_config: AuthConfig {
            single_session_mode: true,
        },
        display_config: display(config),
        user_settings: users(settings),
        organization_settings: OrganizationSettings {
            enabled: settings.organizations.enabled,
            max_allowed_memberships: settings.organizations.max_members,
            force_organization_selection: false,
        },
        maintenance_mode: false,
        allowed_origins,
    }
}

fn display(config: &Config) -> DisplayConfig {
    let settings = &config.settings;
    let urls = &settings.urls;
    let kind = if config.options.development {
        "development"
    } else {
        "production"
    };
    let preferred = match settings.sign_in.preferred_strategy {
        Strategy::Password => "password",
        Strategy::EmailCode => "otp",
    };
    DisplayConfig {
        application_name: settings.application_name.clone(),
        instance_environment_type: kind.to_owned(),
        support_email: settings.support_email.clone(),
        preferred_sign_in_strategy: preferred.to_owned(),
        sign_in_url: config.absolute(&urls.sign_in),
        sign_up_url: config.absolute(&urls.sign_up),
        user_profile_url: config.absolute(&urls.user_profile),
        after_sign_in_url: config.absolute(&urls.after_sign_in),
        after_sign_up_url: config.absolute(&urls.after_sign_up),
        after_sign_out_all_url: config.absolute(&urls.after_sign_out),
        terms_url: urls.terms.as_deref().map(|url| config.absolute(url)),
        privacy_policy_url: urls
            .privacy_policy
            .as_deref()
            .map(|url| config.absolute(url)),
    }
}

fn users(settings: &Settings) -> UserSettings {
    UserSettings {
        attributes: AttributeSettings {
            email_address: Attribute {
                enabled: true,
                required: true,
                verifications: vec![Strategy::EmailCode],
                used_for_first_factor: true,
                first_factors: vec![Strategy::EmailCode],
                verify_at_sign_up: true,
            },
            password: plain(Asked::Required),
            first_name: plain(settings.sign_up.first_name),
            last_name: plain(settings.sign_up.last_name),
        },
        social: Metadata {},
        sign_in: SignInSettings {
            second_factor_required: false,
        },
        sign_up: SignUpSettings {
            mode: settings.sign_up.mode,
            progressive: settings.sign_up.progressive,
        },
        password_settings: settings.password_settings(),
        attack_protection: AttackProtection {
            enumeration_protection: EnumerationProtection { enabled: true },
        },
        actions: Actions {
            delete_self: false,
            create_organization: settings.organizations.may_be_created(),
        },
    }
}

/// Something that identifies nobody.
fn plain(asked: Asked) -> Attribute {
    Attribute {
        enabled: asked != Asked::Off,
        required: asked == Asked::Required,
        verifications: Vec::new(),
        used_for_first_factor: false,
        first_factors: Vec::new(),
        verify_at_sign_up: false,
    }
}

/// Whether anybody may sign up.
pub fn is_open(settings: &Settings) -> bool {
    match settings.sign_up.mode {
        SignUpMode::Public => true,
        SignUpMode::Restricted => false,
    }
}
