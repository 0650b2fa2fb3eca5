//! What every component is made of, with no idea of signing in.
//!
//! A widget makes a [`Root`] and a [`Form`] per thing that is sent, keeps what is typed in
//! [`State`]s of its own, and puts [`card`]s, fields and buttons together:
//!
//! ```text
//! let root = Root::new("create-organization");
//! let form = Form::new();
//! let name = State::new(String::new());
//! let submit = move || {
//!     let desk = use_site().desk();
//!     let command = CreateOrganization { name: Some(name.get_untracked()), slug: None };
//!     form.send(Box::pin(async move { desk.create_organization(&command).await.map(drop) }));
//! };
//! let fields = form.draw(submit)
//!     .child(form.field(Input::new("name", Text::field_organization_name, name)))
//!     .child(form.submit(Text::action_save));
//! root.draw(card(Text::create_organization_title).main(form.alert()).main(fields))
//! ```
//!
//! A form is disabled while it waits, keeps what was typed and where the focus was, shows a spinner on
//! the button that was pressed after 300 ms, and puts what is refused under its field or in its alert.
//! Whatever is created ends with the owner it was created under, and what comes later is dropped.

mod avatar;
mod button;
mod card;
mod code;
mod effect;
mod element;
mod field;
mod finish;
mod form;
mod handle;
mod kept;
mod listener;
mod modal;
#[cfg(not(target_arch = "wasm32"))]
mod nowhere;
mod popover;
mod problem;
mod prop;
mod root;
mod state;
mod view;
mod words;

pub use avatar::avatar;
pub use button::{button, link};
pub use card::{Card, card, identity, skeleton};
pub use effect::{effect, when_drawn};
pub use element::{El, el, part, say, switch};
pub use field::{Input, id};
pub use finish::{Finish, Target, go, passing_on};
pub use form::Form;
pub use handle::{Handle, focused};
pub use kept::{keep, recall};
pub use modal::Modal;
#[cfg(not(target_arch = "wasm32"))]
pub use nowhere::Nowhere;
pub use popover::Popover;
pub use problem::Problem;
pub use prop::Prop;
pub use root::{Live, Root, next_number};
pub use state::State;
pub use words::{Words, words};
