//! The instance's settings, as far as screens depend on them.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use frontdesk_protocol::{
    Actions, AttackProtection, Attribute, AttributeSettings, AuthConfig, DisplayConfig,
    EnumerationProtection, Environment, OrganizationDomainSettings, OrganizationSettings,
    PasskeySettings, SecondFactorSettings, SignInSettings, SignUpSettings, Social, SocialProvider,
    Strategy, UserSettings,
};

use crate::app::App;
use crate::config::{Asked, Config, CustomFieldSettings, Preferred, ProviderSettings, Settings};
use crate::oauth::is_preset;

/// `GET /v1/environment`: the settings.
pub async fn read(State(app): State<App>) -> Json<Environment> {
    Json(environment(&app))
}

fn environment(app: &App) -> Environment {
    let config = &app.config;
    let settings = app.settings();
    let mut allowed_origins = vec![config.public_url.clone()];
    allowed_origins.extend(config.options.allowed_origins.iter().cloned());
    Environment {
        auth_config: AuthConfig {
            single_session_mode: !settings.sessions.several,
            reverification: settings.sessions.reverification.enabled,
        },
        display_config: display(config, &settings),
        user_settings: users(config, &settings),
        organization_settings: OrganizationSettings {
            enabled: settings.organizations.enabled,
            max_allowed_memberships: settings.organizations.max_members,
            force_organization_selection: settings.organizations.force_selection,
            domains: OrganizationDomainSettings {
                enabled: settings.organizations.domains.enabled,
                enrollment_modes: settings
                    .organizations
                    .domains
                    .enrollment_modes
                    .iter()
                    .map(|mode| mode.as_str().to_owned())
                    .collect(),
                default_role: settings.organizations.domains.default_role.clone(),
            },
        },
        maintenance_mode: false,
        allowed_origins,
    }
}

fn display(config: &Config, settings: &Settings) -> DisplayConfig {
    let urls = &settings.urls;
    let kind = if config.options.development {
        "development"
    } else {
        "production"
    };
    // Whoever is new has no password, and must not be told that they are new before they prove who they are.
    let sign_in = &settings.sign_in;
    let may_join = sign_in.combined && sign_in.hide_accounts;
    let preferred = match sign_in.preferred_strategy {
        Preferred::Password if !may_join => "password",
        Preferred::Password | Preferred::EmailCode => "otp",
    };
    DisplayConfig {
        application_name: settings.application_name.clone(),
        instance_environment_type: kind.to_owned(),
        support_email: settings.support_email.clone(),
        preferred_sign_in_strategy: preferred.to_owned(),
        sign_in_url: config.absolute(&urls.sign_in),
        sign_up_url: config.absolute(&urls.sign_up),
        waitlist_url: config.absolute(&urls.waitlist),
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

fn users(config: &Config, settings: &Settings) -> UserSettings {
    UserSettings {
        attributes: attributes(settings),
        social: Social(social(config, settings)),
        sign_in: SignInSettings {
            combined: settings.sign_in.combined,
            second_factor: SecondFactorSettings {
                required: settings.second_factor.required,
                enabled: settings.second_factor.is_enabled(),
            },
        },
        sign_up: SignUpSettings {
            mode: settings.sign_up.mode,
            progressive: true,
            legal_consent_enabled: settings.sign_up.legal_consent,
            captcha_enabled: false,
            shows_optional_fields: settings.sign_up.progressive,
            custom_fields: settings
                .sign_up
                .fields
                .iter()
                .map(CustomFieldSettings::shown)
                .collect(),
        },
        password_settings: settings.password_settings(),
        username_settings: settings.username.shape(),
        passkey_settings: PasskeySettings {
            allow_autofill: settings.passkeys.enabled && settings.passkeys.autofill,
            show_sign_in_button: settings.passkeys.enabled && settings.passkeys.button,
        },
        attack_protection: AttackProtection {
            enumeration_protection: EnumerationProtection {
                enabled: settings.sign_in.hide_accounts,
            },
        },
        actions: Actions {
            delete_self: settings.users.delete_self,
            create_organization: settings.organizations.may_be_created(),
        },
    }
}

fn attributes(settings: &Settings) -> AttributeSettings {
    let Settings {
        email_address: email,
        phone_number: phone,
        username,
        password,
        second_factor: second,
        ..
    } = settings;
    let mut by_mail = Vec::new();
    if email.code {
        by_mail.push(Strategy::EmailCode);
    }
    if email.link {
        by_mail.push(Strategy::EmailLink);
    }
    let by_text = vec![Strategy::PhoneCode];
    AttributeSettings {
        email_address: Attribute {
            used_for_first_factor: email.identifies(),
            // What screens verify by, without a choice.
            verifications: vec![if email.code || !email.link {
                Strategy::EmailCode
            } else {
                Strategy::EmailLink
            }],
            first_factors: by_mail,
            verify_at_sign_up: true,
            ..plain(email.enabled, email.required)
        },
        phone_number: Attribute {
            used_for_first_factor: phone.identifies(),
            verifications: by_text.clone(),
            first_factors: by_text.clone(),
            verify_at_sign_up: true,
            used_for_second_factor: second.phone_code,
            second_factors: if second.phone_code {
                by_text
            } else {
                Vec::new()
            },
            ..plain(phone.enabled, phone.required)
        },
        username: Attribute {
            used_for_first_factor: username.identifies(),
            ..plain(username.enabled, username.required)
        },
        password: plain(password.enabled, password.required),
        first_name: asked(settings.sign_up.first_name),
        last_name: asked(settings.sign_up.last_name),
        passkey: plain(settings.passkeys.enabled, false),
        authenticator_app: second_factor(second.authenticator_app, Strategy::Totp),
        backup_code: second_factor(second.backup_codes, Strategy::BackupCode),
        web3_wallet: plain(false, false),
    }
}

fn social(config: &Config, settings: &Settings) -> BTreeMap<String, SocialProvider> {
    let shown = |it: &ProviderSettings| {
        let provider = it.provider().ok()?;
        let shown = SocialProvider {
            enabled: true,
            required: false,
            authenticatable: it.sign_in,
            strategy: provider.strategy().to_owned(),
            not_selectable: false,
            name: it.title(),
            logo_url: logo(config, it),
        };
        Some((provider.strategy().to_owned(), shown))
    };
    settings.providers.iter().filter_map(shown).collect()
}

/// Where the mark is: what the settings say, or else the preset's among the components.
fn logo(config: &Config, it: &ProviderSettings) -> Option<String> {
    let has_mark = config.options.elements_dir.is_some() && is_preset(&it.id);
    let mark = has_mark.then(|| format!("/elements/providers/{}.svg", it.id));
    let url = it.logo_url.clone().or(mark)?;
    Some(config.absolute(&url))
}

fn second_factor(is_enabled: bool, strategy: Strategy) -> Attribute {
    Attribute {
        used_for_second_factor: is_enabled,
        second_factors: vec![strategy],
        ..plain(is_enabled, false)
    }
}

fn asked(asked: Asked) -> Attribute {
    plain(asked != Asked::Off, asked == Asked::Required)
}

/// Something that identifies nobody.
const fn plain(enabled: bool, required: bool) -> Attribute {
    Attribute {
        enabled,
        required,
        used_for_first_factor: false,
        verifications: Vec::new(),
        first_factors: Vec::new(),
        verify_at_sign_up: false,
        immutable: false,
        used_for_second_factor: false,
        second_factors: Vec::new(),
    }
}
