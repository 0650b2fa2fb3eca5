//! `/openapi.json`: both APIs as they are, made of the tables that the routes and the types are made of.

use axum::Json;
use frontdesk_protocol::{
    Actions, ApiError, AttackProtection, Attribute, AttributeSettings, AuthConfig, BackupCodes,
    Client, CustomField, Deleted, DeviceSession, DisplayConfig, DomainStrategy, DomainVerification,
    EmailAddress, EnrollmentMode, EnumerationProtection, Environment, ErrorCode, ErrorMeta, Errors,
    ExternalAccount, Factor, Field, Image, InvitationStatus, Organization, OrganizationDomain,
    OrganizationDomainSettings, OrganizationInvitation, OrganizationMembership,
    OrganizationMembershipRequest, OrganizationSettings, OrganizationSuggestion,
    OwnershipVerification, Passkey, PasskeySettings, PasswordSettings, Permission, PhoneNumber,
    PublicOrganizationData, PublicUserData, RequestStatus, Reverification, Role,
    SecondFactorSettings, Session, SessionActivity, SessionStatus, SessionTask, SessionToken,
    SessionVerification, SessionVerificationStatus, SignIn, SignInSettings, SignInStatus, SignUp,
    SignUpMode, SignUpSettings, SignUpStatus, SignUpVerification, SignUpVerifications,
    SocialProvider, SuggestionStatus, Task, Totp, User, UserData, UserOrganizationInvitation,
    UserSettings, UsernameSettings, Verification, VerificationLevel, VerificationStatus,
    WaitlistEntry,
};
use serde_json::{Map, Value, json};

use super::admin::table;
use super::frontend_table;

/// A route as it is written of; fields are `name: kind` or `name: kind or null`, a text where there is no kind; `!`
/// is behind those that are required, `?` behind those that may be absent.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The verb.
    pub method: &'static str,
    /// The path.
    pub path: &'static str,
    /// What a key must be allowed; empty where a browser calls.
    pub scope: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// What may be asked in the query.
    pub query: &'static [&'static str],
    /// What the body says.
    pub body: &'static [&'static str],
    /// The field with the file, where the body is a form that has one.
    pub file: Option<&'static str>,
    /// Whether it asks for a proof again.
    pub asks: Asks,
    /// What the answer is; `[…]` for a list, `{…}` for a page, `…?` where it may be null.
    pub answer: &'static str,
}

/// Whether a route wants the session to have been proven lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Never.
    Never,
    /// Always, before anything of it is read.
    Always,
    /// Where what is asked of it matters; the route itself says so.
    InPart,
}

/// A route of the Admin API whose query and body say nothing.
pub const fn plain(
    method: &'static str,
    path: &'static str,
    scope: &'static str,
    summary: &'static str,
    answer: &'static str,
) -> Entry {
    Entry {
        method,
        path,
        scope,
        summary,
        query: &[],
        body: &[],
        file: None,
        asks: Asks::Never,
        answer,
    }
}

/// A route of the Frontend API whose query and body say nothing.
pub const fn open(
    method: &'static str,
    path: &'static str,
    summary: &'static str,
    answer: &'static str,
) -> Entry {
    plain(method, path, "", summary, answer)
}

impl Entry {
    /// With this in the query.
    #[must_use]
    pub const fn asking(self, query: &'static [&'static str]) -> Self {
        Self { query, ..self }
    }

    /// With a proof asked for again.
    #[must_use]
    pub const fn proven(self, asks: Asks) -> Self {
        Self { asks, ..self }
    }

    /// With a file in this field of the body.
    #[must_use]
    pub const fn sending(self, field: &'static str) -> Self {
        Self {
            file: Some(field),
            ..self
        }
    }

    /// With this in the body.
    #[must_use]
    pub const fn saying(self, body: &'static [&'static str]) -> Self {
        Self { body, ..self }
    }
}

/// `GET /openapi.json`: the document.
pub async fn read() -> Json<Value> {
    Json(document())
}

/// The document (OpenAPI 3.1).
pub fn document() -> Value {
    let mut paths = Map::new();
    let admin = table::routes();
    let entries = admin.iter().map(|(entry, _)| entry);
    for entry in frontend_table::ROUTES.iter().chain(entries) {
        let place = paths.entry(entry.path).or_insert_with(|| json!({}));
        place[entry.method.to_lowercase()] = operation(entry);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Frontdesk", "version": env!("CARGO_PKG_VERSION") },
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "securitySchemes": {
                "browser": { "type": "apiKey", "in": "cookie", "name": "__Host-frontdesk_client" },
                "secret_key": { "type": "http", "scheme": "bearer" },
            },
        },
    })
}

fn operation(entry: &Entry) -> Value {
    let is_admin = !entry.scope.is_empty();
    let names = entry.path.split('{').skip(1);
    let mut parameters: Vec<Value> = names
        .filter_map(|rest| rest.split('}').next())
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    parameters.extend(entry.query.iter().map(|field| {
        let (name, schema, _) = self::field(field);
        json!({ "name": name, "in": "query", "schema": schema })
    }));
    let answer = answer(entry.answer, is_admin);
    let refused = json!({ "schema": reference("Errors") });
    let (kind, refused) = if entry.answer == "page" {
        let page = json!({ "schema": answer });
        let refused = json!({ "application/json": refused, "text/html": page });
        ("text/html", refused)
    } else {
        ("application/json", json!({ "application/json": refused }))
    };
    let mut operation = json!({
        "summary": entry.summary,
        "parameters": parameters,
        "security": [if is_admin { json!({ "secret_key": [entry.scope] }) } else { json!({ "browser": [] }) }],
        "responses": {
            "2XX": { "description": "Done.", "content": { kind: { "schema": answer } } },
            "default": { "description": "Refused.", "content": refused },
        },
    });
    if !entry.body.is_empty() {
        let kind = if is_admin {
            "application/json"
        } else {
            "application/x-www-form-urlencoded"
        };
        let mut schema = object(entry.body, "!");
        if is_admin {
            // What is not known is refused there, and left alone by the Frontend API.
            schema["additionalProperties"] = json!(false);
        }
        operation["requestBody"] = json!({ "content": { kind: { "schema": schema } } });
    }
    if let Some(name) = entry.file {
        let form = |property: Value| {
            let properties = json!({ name: property });
            json!({ "schema": { "type": "object", "properties": properties, "required": [name] } })
        };
        let file = form(json!({ "type": "string", "format": "binary" }));
        let text =
            form(json!({ "type": "string", "description": "A `data:` address in base 64." }));
        operation["requestBody"] = json!({ "content": {
            "multipart/form-data": file,
            "application/x-www-form-urlencoded": text,
        } });
    }
    operation
}

/// The schema of an answer; those of the Frontend API lie in an envelope.
fn answer(text: &str, is_admin: bool) -> Value {
    let inner = |text: &str| match text {
        "object" | "settings" => json!({ "type": "object" }),
        "page" => json!({ "type": "string" }),
        "SessionToken" | "Environment" => reference(text),
        _ if is_admin => reference(&format!("admin_{text}")),
        _ => reference(text),
    };
    let schema = if let Some(item) = text.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
        json!({ "type": "array", "items": inner(item) })
    } else if let Some(item) = text.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        json!({
            "type": "object",
            "properties": {
                "data": { "type": "array", "items": inner(item) },
                "total_count": { "type": "integer" },
            },
        })
    } else if let Some(item) = text.strip_suffix('?') {
        json!({ "anyOf": [inner(item), { "type": "null" }] })
    } else {
        inner(text)
    };
    let is_bare = matches!(
        text,
        "SessionToken" | "Environment" | "[DeviceSession]" | "object" | "page"
    );
    if is_admin || is_bare {
        return schema;
    }
    json!({
        "type": "object",
        "properties": {
            "response": schema,
            "client": { "anyOf": [reference("Client"), { "type": "null" }] },
        },
    })
}

/// Every type of both APIs.
fn schemas() -> Map<String, Value> {
    let mut schemas = Map::new();
    macro_rules! resources {
        ($($name:ident)*) => { $( schemas.insert(stringify!($name).to_owned(), resource($name::OBJECT, $name::FIELDS)); )* };
    }
    macro_rules! words {
        ($($name:ident)*) => { $(
            let words: Vec<&str> = $name::ALL.iter().map(|word| word.as_str()).collect();
            schemas.insert(stringify!($name).to_owned(), json!({ "type": "string", "enum": words }));
        )* };
    }
    resources! {
        Actions ApiError AttackProtection Attribute AttributeSettings AuthConfig BackupCodes Client CustomField Deleted
        DeviceSession DisplayConfig EmailAddress EnumerationProtection Environment ErrorMeta Errors ExternalAccount
        Image         Organization OrganizationInvitation OrganizationMembership OrganizationSettings Permission PublicOrganizationData
        Role UserOrganizationInvitation Passkey PasskeySettings PasswordSettings PhoneNumber
        PublicUserData SecondFactorSettings Session SessionActivity SessionTask SessionToken SignIn SignInSettings SignUp
        SignUpSettings SignUpVerification SignUpVerifications SocialProvider Totp User UserData UserSettings
        DomainVerification OrganizationDomain OrganizationDomainSettings OrganizationMembershipRequest OrganizationSuggestion OwnershipVerification
        UsernameSettings Verification WaitlistEntry Factor Reverification SessionVerification
    }
    words! { DomainStrategy EnrollmentMode RequestStatus SuggestionStatus ErrorCode Field InvitationStatus SessionStatus SignInStatus SignUpMode SignUpStatus Task VerificationStatus
    SessionVerificationStatus VerificationLevel }
    for (name, fields) in table::ANSWERS {
        let mut schema = object(fields, "");
        schema["properties"]["object"] = json!({ "const": name });
        schemas.insert(format!("admin_{name}"), schema);
    }
    let more =
        |base: &str, fields: &[&str]| json!({ "allOf": [reference(base), object(fields, "")] });
    schemas.insert("admin_deleted".to_owned(), reference("Deleted"));
    schemas.insert(
        "admin_user".to_owned(),
        more(
            "User",
            &[
                "private_metadata: object",
                "banned: boolean",
                "locked: boolean",
                "locked_until: integer or null",
            ],
        ),
    );
    schemas.insert(
        "admin_organization".to_owned(),
        more(
            "Organization",
            &["private_metadata: object", "roles: [string]"],
        ),
    );
    schemas.insert(
        "admin_organization_membership".to_owned(),
        more("OrganizationMembership", &["private_metadata: object"]),
    );
    for (name, base) in [
        ("organization_invitation", "OrganizationInvitation"),
        ("organization_domain", "OrganizationDomain"),
        (
            "organization_membership_request",
            "OrganizationMembershipRequest",
        ),
        ("role", "Role"),
        ("permission", "Permission"),
    ] {
        schemas.insert(format!("admin_{name}"), reference(base));
    }
    schemas.insert(
        "admin_session".to_owned(),
        more("DeviceSession", &["user_id: string", "client_id: string"]),
    );
    schemas
}

fn resource(name: Option<&str>, fields: &[(&str, &str)]) -> Value {
    let mut properties = Map::new();
    if let Some(name) = name {
        properties.insert("object".to_owned(), json!({ "const": name }));
    }
    for (field, kind) in fields {
        properties.insert((*field).to_owned(), of_type(&kind.replace(' ', "")));
    }
    json!({ "type": "object", "properties": properties })
}

/// The schema of a Rust type as it is written.
fn of_type(kind: &str) -> Value {
    let inside = |outer: &str| {
        let rest = kind.strip_prefix(outer)?;
        rest.strip_prefix('<')?.strip_suffix('>')
    };
    if let Some(inner) = inside("Option") {
        return json!({ "anyOf": [of_type(inner), { "type": "null" }] });
    }
    if let Some(inner) = inside("Vec") {
        return json!({ "type": "array", "items": of_type(inner) });
    }
    let name = kind.rsplit("::").next().unwrap_or(kind);
    match name {
        "String" | "Strategy" => json!({ "type": "string" }),
        "bool" => json!({ "type": "boolean" }),
        "u32" | "i64" => json!({ "type": "integer" }),
        "Timestamp" => json!({ "type": "integer", "description": "Milliseconds since 1970." }),
        "Metadata" | "Social" => json!({ "type": "object" }),
        _ if name.ends_with("Id") => json!({ "type": "string" }),
        _ => reference(name),
    }
}

/// A field's name, its schema, and the mark behind it.
fn field(text: &str) -> (&str, Value, &str) {
    let (name, kind) = text.split_once(": ").unwrap_or((text, "string"));
    let end = kind.trim_end_matches(['!', '?']);
    let mark = &kind[end.len()..];
    let (end, kinds) = match end.strip_suffix(" or null") {
        Some(end) => (end, json!([end, "null"])),
        None => (end, json!(end)),
    };
    let schema = match end.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
        Some(item) => json!({ "type": "array", "items": { "type": item } }),
        None => json!({ "type": kinds }),
    };
    (name, schema, mark)
}

/// An object of fields; required are those with this mark behind them.
fn object(fields: &[&str], required: &str) -> Value {
    let fields = fields.iter().map(|text| field(text));
    let mut properties = Map::new();
    let mut needed = Vec::new();
    for (name, schema, mark) in fields {
        properties.insert(name.to_owned(), schema);
        if mark == required {
            needed.push(name.to_owned());
        }
    }
    json!({ "type": "object", "properties": properties, "required": needed })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}
