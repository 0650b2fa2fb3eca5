//! Sentences before it is known in which language they will be said.

use std::sync::Arc;

use frontdesk_locale::Text;

/// A sentence that is said again when the language changes: `Text::action_continue`, or [`words`] of a closure.
#[derive(Clone)]
pub struct Words(Arc<dyn Fn(&Text) -> String + Send + Sync>);

/// A sentence with arguments: `words(move |text| text.sign_in_title(&name))`.
pub fn words(say: impl Fn(&Text) -> String + Send + Sync + 'static) -> Words {
    Words(Arc::new(say))
}

impl Words {
    /// The sentence in one language.
    pub fn say(&self, text: &Text) -> String {
        (self.0)(text)
    }
}

impl<F: Fn(&Text) -> String + Send + Sync + 'static> From<F> for Words {
    fn from(say: F) -> Self {
        words(say)
    }
}

impl From<&Words> for Words {
    fn from(words: &Words) -> Self {
        words.clone()
    }
}
