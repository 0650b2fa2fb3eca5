//! Reading resources without serde: what the browser does with the result of its own `JSON.parse`.
//!
//! The `client` crate implements [`Source`] over a JavaScript value; here it is implemented over
//! `serde_json::Value`, so that native tests hold both readers to the same answers.

use std::cell::Cell;

/// A JSON value that can be looked into.
pub trait Source: Sized {
    /// The member `key` of an object; `None` where it is absent or null.
    fn member(&self, key: &str) -> Option<Self>;
    /// The items of an array.
    fn items(&self) -> Option<Vec<Self>>;
    /// The value as a string.
    fn text(&self) -> Option<String>;
    /// The value as a number.
    fn number(&self) -> Option<f64>;
    /// The value as a boolean.
    fn truth(&self) -> Option<bool>;
}

/// A value that is read, or the lack of one, and whether something was wrong so far.
///
/// What is wrong is noted and reading goes on, because to give up at every single field would be most
/// of what a browser downloads for it.
pub struct Reader<'a, S> {
    value: Option<&'a S>,
    is_wrong: &'a Cell<bool>,
}

impl<S: Source> Reader<'_, S> {
    /// Notes that the value has another shape than it should.
    pub fn refuse(&self) {
        self.is_wrong.set(true);
    }

    /// Notes a value that is absent.
    pub fn expect(&self) {
        if self.value.is_none() {
            self.refuse();
        }
    }

    /// Puts what `look` finds in the value into `place`; nothing found is noted.
    fn find<T>(&self, look: impl FnOnce(&S) -> Option<T>, place: &mut T) {
        match self.value.and_then(look) {
            Some(found) => *place = found,
            None => self.refuse(),
        }
    }

    /// Reads the value as a string.
    #[inline(never)]
    pub fn text(&self, place: &mut String) {
        self.find(S::text, place);
    }

    fn number(&self) -> f64 {
        let mut number = 0.0;
        self.find(S::number, &mut number);
        number
    }
}

/// A type that can be read from a [`Source`].
pub trait Read: Sized {
    /// What is there before it is read.
    const BLANK: Self;

    /// Reads the value, and notes what is wrong with it.
    fn fill<S: Source>(&mut self, reader: &Reader<'_, S>);

    /// Reads the value; `None` means it has another shape.
    fn read<S: Source>(source: &S) -> Option<Self> {
        let is_wrong = Cell::new(false);
        let mut value = Self::BLANK;
        value.fill(&Reader {
            value: Some(source),
            is_wrong: &is_wrong,
        });
        (!is_wrong.get()).then_some(value)
    }
}

/// Reads the member `key` of an object into `place`.
#[inline(never)]
pub fn field<S: Source, T: Read>(reader: &Reader<'_, S>, key: &str, place: &mut T) {
    let member = reader.value.and_then(|value| value.member(key));
    place.fill(&Reader {
        value: member.as_ref(),
        is_wrong: reader.is_wrong,
    });
}

impl<T: Read> Read for Option<T> {
    const BLANK: Self = None;

    fn fill<S: Source>(&mut self, reader: &Reader<'_, S>) {
        if reader.value.is_some() {
            self.insert(T::BLANK).fill(reader);
        }
    }
}

impl<T: Read> Read for Vec<T> {
    const BLANK: Self = Self::new();

    fn fill<S: Source>(&mut self, reader: &Reader<'_, S>) {
        let mut items = Vec::new();
        reader.find(S::items, &mut items);
        for item in &items {
            let mut value = T::BLANK;
            value.fill(&Reader {
                value: Some(item),
                is_wrong: reader.is_wrong,
            });
            self.push(value);
        }
    }
}

impl Read for String {
    const BLANK: Self = Self::new();

    fn fill<S: Source>(&mut self, reader: &Reader<'_, S>) {
        reader.text(self);
    }
}

impl Read for bool {
    const BLANK: Self = false;

    fn fill<S: Source>(&mut self, reader: &Reader<'_, S>) {
        reader.find(S::truth, self);
    }
}

impl Read for u32 {
    const BLANK: Self = 0;

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast saturates, which is what a number out of range should do"
    )]
    fn fill<S: Source>(&mut self, reader: &Reader<'_, S>) {
        *self = reader.number() as u32;
    }
}

impl Read for i64 {
    const BLANK: Self = 0;

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float cast saturates, which is what a number out of range should do"
    )]
    fn fill<S: Source>(&mut self, reader: &Reader<'_, S>) {
        *self = reader.number() as i64;
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Source for serde_json::Value {
    fn member(&self, key: &str) -> Option<Self> {
        self.get(key).filter(|value| !value.is_null()).cloned()
    }

    fn items(&self) -> Option<Vec<Self>> {
        self.as_array().cloned()
    }

    fn text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn truth(&self) -> Option<bool> {
        self.as_bool()
    }
}

/// `map` with one more member: how the `resource!` macro writes.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn with<M: serde::ser::SerializeMap, T: serde::Serialize + ?Sized>(
    mut map: M,
    key: &str,
    value: &T,
) -> Result<M, M::Error> {
    map.serialize_entry(key, value)?;
    Ok(map)
}
