//! What was typed, and what would be sent of it.

use frontdesk_protocol::{
    Attribute, CreateSignUp, Email, Environment, ErrorCode, Field, Password, Secret, SignUp,
};

use crate::kit::{Problem, State};

/// What was typed; copies are the same one.
#[derive(Clone, Copy)]
pub struct Draft {
    pub first_name: State<String>,
    pub last_name: State<String>,
    pub email_address: State<String>,
    pub password: State<String>,
}

impl Draft {
    /// Nothing but an address, perhaps.
    pub fn new(email_address: String) -> Self {
        Self {
            first_name: State::new(String::new()),
            last_name: State::new(String::new()),
            email_address: State::new(email_address),
            password: State::new(String::new()),
        }
    }

    /// Fills in what the server has and nobody has typed since.
    pub fn recall(self, attempt: &SignUp) {
        let known = [
            (self.first_name, &attempt.first_name),
            (self.last_name, &attempt.last_name),
            (self.email_address, &attempt.email_address),
        ];
        for (typed, known) in known {
            if let Some(known) = known
                && typed.with_untracked(String::is_empty)
            {
                typed.set(known.clone());
            }
        }
    }

    /// What is typed in a field.
    pub fn of(self, field: Field) -> State<String> {
        match field {
            Field::EmailAddress => self.email_address,
            Field::Password => self.password,
            Field::FirstName => self.first_name,
            Field::LastName => self.last_name,
            Field::PhoneNumber | Field::Username | Field::LegalAccepted | Field::Custom => {
                State::new(String::new())
            }
        }
    }

    /// What to send, or everything that is wrong with it; a password that was `sent` before may stay away.
    pub fn command(
        self,
        environment: &Environment,
        is_password_sent: bool,
    ) -> Result<CreateSignUp, Vec<Problem>> {
        let mut problems = Vec::new();
        for &field in Field::ALL {
            let (true, is_required) = shown(environment, field) else {
                continue;
            };
            let typed = self.of(field).get_untracked();
            let is_needed = is_required && !(field == Field::Password && is_password_sent);
            if typed.trim().is_empty() {
                if is_needed {
                    problems.push(Problem::of(ErrorCode::FormParamNil, field.as_str()));
                }
                continue;
            }
            let settings = &environment.user_settings.password_settings;
            let problem = match field {
                Field::EmailAddress => Email::parse(&typed)
                    .err()
                    .map(|code| Problem::of(code, field.as_str())),
                Field::Password => Password::parse(&typed, settings)
                    .err()
                    .map(|code| Problem::of_password(code, field.as_str(), settings)),
                Field::FirstName
                | Field::LastName
                | Field::PhoneNumber
                | Field::Username
                | Field::LegalAccepted
                | Field::Custom => None,
            };
            problems.extend(problem);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let filled = |field| {
            let typed = self.of(field).get_untracked();
            (shown(environment, field).0 && !typed.trim().is_empty()).then_some(typed)
        };
        Ok(CreateSignUp {
            email_address: filled(Field::EmailAddress),
            password: filled(Field::Password).map(Secret::new),
            first_name: filled(Field::FirstName),
            last_name: filled(Field::LastName),
            ..CreateSignUp::default()
        })
    }
}

/// Whether the settings ask for a field, and whether it must be filled in.
pub fn shown(environment: &Environment, field: Field) -> (bool, bool) {
    let settings = &environment.user_settings;
    let attributes = &settings.attributes;
    let Attribute {
        enabled, required, ..
    } = match field {
        Field::EmailAddress => &attributes.email_address,
        Field::Password => &attributes.password,
        Field::FirstName => &attributes.first_name,
        Field::LastName => &attributes.last_name,
        Field::PhoneNumber | Field::Username | Field::LegalAccepted | Field::Custom => {
            return (false, false);
        }
    };
    (
        *enabled && (*required || settings.sign_up.progressive),
        *required,
    )
}
