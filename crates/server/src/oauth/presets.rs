//! The providers that are known by name: where they are, what is asked of them, and how they tell who somebody is.

/// What is known of a provider beforehand.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Its name, e.g. `github`.
    pub id: &'static str,
    /// How it speaks.
    pub speaks: Speaks,
    /// What is asked of it.
    pub scopes: &'static [&'static str],
    /// What else its authorization page wants to be told.
    pub extra: &'static [(&'static str, &'static str)],
}

/// How a provider speaks.
#[derive(Clone, Copy, Debug)]
pub enum Speaks {
    /// OpenID Connect: its document tells the rest.
    OpenId {
        /// Where the document is.
        issuer: &'static str,
    },
    /// OAuth 2 alone.
    Plain {
        /// Where people are asked.
        authorization: &'static str,
        /// Where codes are exchanged for tokens.
        token: &'static str,
        /// Where it tells whose a token is.
        user: &'static str,
        /// What it says there.
        shape: Shape,
        /// Whether we say who we are by HTTP's own means; otherwise in the body.
        by_header: bool,
    },
}

/// What the answer about a user looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Names as OpenID has them, or like them.
    Usual,
    /// GitHub's; its addresses are asked for apart.
    Github,
    /// X's: everything within `data`.
    X,
    /// Facebook's.
    Facebook,
    /// Discord's.
    Discord,
    /// Notion's: the person behind the integration.
    Notion,
    /// Spotify's.
    Spotify,
}

const OPENID: &[&str] = &["openid", "email", "profile"];

const fn openid(id: &'static str, issuer: &'static str) -> Preset {
    Preset {
        id,
        speaks: Speaks::OpenId { issuer },
        scopes: OPENID,
        extra: &[],
    }
}

/// What is known of every provider with an `issuer` of its own.
pub const ANY_OPENID: Preset = openid("", "");

/// What is known of every provider with addresses of its own.
pub const ANY_PLAIN: Preset = Preset {
    id: "",
    speaks: Speaks::Plain {
        authorization: "",
        token: "",
        user: "",
        shape: Shape::Usual,
        by_header: false,
    },
    scopes: &[],
    extra: &[],
};

/// Everything that is known.
const PRESETS: [Preset; 13] = [
    openid("google", "https://accounts.google.com"),
    openid("microsoft", "https://login.microsoftonline.com/common/v2.0"),
    openid("gitlab", "https://gitlab.com"),
    openid("slack", "https://slack.com"),
    openid("linkedin_oidc", "https://www.linkedin.com/oauth"),
    Preset {
        // It posts the answer wherever a name or an address is asked for.
        scopes: &["openid", "email", "name"],
        extra: &[("response_mode", "form_post")],
        ..openid("apple", "https://appleid.apple.com")
    },
    Preset {
        scopes: &["openid", "user:read:email"],
        extra: &[(
            "claims",
            r#"{"id_token":{"email":null,"email_verified":null,"preferred_username":null,"picture":null}}"#,
        )],
        ..openid("twitch", "https://id.twitch.tv/oauth2")
    },
    Preset {
        id: "github",
        speaks: Speaks::Plain {
            authorization: "https://github.com/login/oauth/authorize",
            token: "https://github.com/login/oauth/access_token",
            user: "https://api.github.com/user",
            shape: Shape::Github,
            by_header: false,
        },
        scopes: &["read:user", "user:email"],
        extra: &[],
    },
    Preset {
        id: "x",
        speaks: Speaks::Plain {
            authorization: "https://x.com/i/oauth2/authorize",
            token: "https://api.x.com/2/oauth2/token",
            user: "https://api.x.com/2/users/me?user.fields=profile_image_url,confirmed_email",
            shape: Shape::X,
            by_header: true,
        },
        scopes: &["users.read", "tweet.read", "users.email", "offline.access"],
        extra: &[],
    },
    Preset {
        id: "facebook",
        speaks: Speaks::Plain {
            authorization: "https://www.facebook.com/v23.0/dialog/oauth",
            token: "https://graph.facebook.com/v23.0/oauth/access_token",
            user: "https://graph.facebook.com/v23.0/me?fields=id,email,first_name,last_name,picture",
            shape: Shape::Facebook,
            by_header: false,
        },
        scopes: &["email", "public_profile"],
        extra: &[],
    },
    Preset {
        id: "discord",
        speaks: Speaks::Plain {
            authorization: "https://discord.com/oauth2/authorize",
            token: "https://discord.com/api/oauth2/token",
            user: "https://discord.com/api/users/@me",
            shape: Shape::Discord,
            by_header: false,
        },
        scopes: &["identify", "email"],
        extra: &[],
    },
    Preset {
        id: "notion",
        speaks: Speaks::Plain {
            authorization: "https://api.notion.com/v1/oauth/authorize",
            token: "https://api.notion.com/v1/oauth/token",
            user: "https://api.notion.com/v1/users/me",
            shape: Shape::Notion,
            by_header: true,
        },
        scopes: &[],
        extra: &[("owner", "user")],
    },
    Preset {
        id: "spotify",
        speaks: Speaks::Plain {
            authorization: "https://accounts.spotify.com/authorize",
            token: "https://accounts.spotify.com/api/token",
            user: "https://api.spotify.com/v1/me",
            shape: Shape::Spotify,
            by_header: true,
        },
        scopes: &["user-read-email"],
        extra: &[],
    },
];

/// What is known of the provider called `id`.
pub fn preset(id: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.id == id)
}
