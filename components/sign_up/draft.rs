//! What was typed, and what would be sent of it.

use frontdesk_protocol::{
    CreateSignUp, Email, Environment, ErrorCode, Field, Password, Phone, Secret, SignUp,
};

use super::custom::{self, Answers};
use super::fields::Asked;
use crate::kit::{Problem, State};
use crate::phone::Number;

/// What was typed; copies are the same one.
#[derive(Clone, Copy)]
pub struct Draft {
    pub first_name: State<String>,
    pub last_name: State<String>,
    pub username: State<String>,
    pub email_address: State<String>,
    pub phone_number: Number,
    pub password: State<String>,
    pub is_accepted: State<bool>,
    pub custom: State<Answers>,
}

impl Draft {
    /// Nothing but an address, perhaps.
    pub fn new(email_address: String) -> Self {
        Self {
            first_name: State::new(String::new()),
            last_name: State::new(String::new()),
            username: State::new(String::new()),
            email_address: State::new(email_address),
            phone_number: Number::new(),
            password: State::new(String::new()),
            is_accepted: State::new(false),
            custom: State::new(Answers::new()),
        }
    }

    /// What says who somebody is, by the names of the fields.
    pub fn named(self) -> [(&'static str, State<String>); 4] {
        [
            ("first_name", self.first_name),
            ("last_name", self.last_name),
            ("username", self.username),
            ("email_address", self.email_address),
        ]
    }

    /// Fills in what the server has and nobody has typed since.
    pub fn recall(self, attempt: &SignUp) {
        let known = [
            (self.first_name, &attempt.first_name),
            (self.last_name, &attempt.last_name),
            (self.username, &attempt.username),
            (self.email_address, &attempt.email_address),
        ];
        for (typed, known) in known {
            if let Some(known) = known
                && typed.with_untracked(String::is_empty)
            {
                typed.set(known.clone());
            }
        }
        if let Some(known) = &attempt.phone_number
            && self.phone_number.is_empty()
        {
            self.phone_number.take(known.clone());
        }
    }

    /// What is typed in a field, as it would be sent.
    fn of(self, field: Field) -> String {
        match field {
            Field::EmailAddress => self.email_address.get_untracked(),
            Field::Password => self.password.get_untracked(),
            Field::FirstName => self.first_name.get_untracked(),
            Field::LastName => self.last_name.get_untracked(),
            Field::Username => self.username.get_untracked(),
            Field::PhoneNumber => self.phone_number.e164(),
            Field::LegalAccepted if self.is_accepted.get_untracked() => "true".to_owned(),
            Field::LegalAccepted | Field::Custom => String::new(),
        }
    }

    /// What to send of the fields that are `asked` for, or everything that is wrong with it; a password
    /// that was sent `before` may stay away.
    pub fn command(
        self,
        environment: &Environment,
        asked: &Asked,
        before: Option<&SignUp>,
    ) -> Result<CreateSignUp, Vec<Problem>> {
        let is_password_sent = before.is_some_and(|before| before.has_password);
        let mut problems = Vec::new();
        for &(field, is_required) in &asked.fields {
            if field == Field::Custom {
                let wrong = custom::problems(&asked.custom, self.custom);
                problems.extend(wrong);
                continue;
            }
            let typed = self.of(field);
            let name = field.as_str();
            if typed.trim().is_empty() {
                if is_required && !(field == Field::Password && is_password_sent) {
                    problems.push(Problem::of(ErrorCode::FormParamNil, name));
                }
                continue;
            }
            let settings = &environment.user_settings.password_settings;
            let problem = match field {
                Field::EmailAddress => Email::parse(&typed)
                    .err()
                    .map(|code| Problem::of(code, name)),
                Field::PhoneNumber => Phone::parse(&typed)
                    .err()
                    .map(|code| Problem::of(code, name)),
                Field::Password => Password::parse(&typed, settings)
                    .err()
                    .map(|code| Problem::of_password(code, name, settings)),
                // The server says what a user name must be like, and whether somebody has it.
                Field::FirstName
                | Field::LastName
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
            let typed = self.of(field);
            (asked.has(field) && !typed.trim().is_empty()).then_some(typed)
        };
        // What the server has of it, and nobody wants any more, goes.
        let known = |field| {
            let known = before.and_then(|before| match field {
                Field::EmailAddress => before.email_address.as_ref(),
                Field::PhoneNumber => before.phone_number.as_ref(),
                Field::Username => before.username.as_ref(),
                Field::FirstName => before.first_name.as_ref(),
                Field::LastName => before.last_name.as_ref(),
                Field::Password | Field::LegalAccepted | Field::Custom => None,
            });
            let is_unwanted = asked.has(field) || asked.instead_of == Some(field);
            known.filter(|_| is_unwanted).map(|_| String::new())
        };
        let given = |field| filled(field).or_else(|| known(field));
        Ok(CreateSignUp {
            email_address: given(Field::EmailAddress),
            phone_number: given(Field::PhoneNumber),
            username: given(Field::Username),
            password: filled(Field::Password).map(Secret::new),
            first_name: given(Field::FirstName),
            last_name: given(Field::LastName),
            legal_accepted: filled(Field::LegalAccepted),
            unsafe_metadata: asked
                .has(Field::Custom)
                .then(|| custom::json(&asked.custom, self.custom)),
            ..CreateSignUp::default()
        })
    }
}
