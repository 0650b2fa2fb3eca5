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
/// What is wrong is noted and reading goes on with a stand-in, because to give up at every single
/// field would be most of what a browser downloads for it.
pub struct Reader<'a, S> {
    value: Option<&'a S>,
    is_wrong: &'a Cell<bool>,
}

impl<S> Clone for Reader<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Reader<'_, S> {}

impl<S: Source> Reader<'_, S> {
    /// Notes that the value has another shape than it should.
    pub fn refuse(self) {
        self.is_wrong.set(true);
    }

    /// What `look` finds in the value; a stand-in, and a note, where that is nothing.
    fn find<T: Default>(self, look: impl FnOnce(&S) -> Option<T>) -> T {
        let found = self.value.and_then(look);
        if found.is_none() {
            self.refuse();
        }
        found.unwrap_or_default()
    }

    /// Notes a value that is absent.
    pub fn expect(self) {
        if self.value.is_none() {
            self.refuse();
        }
    }

    /// The value as a string.
    #[inline(never)]
    pub fn text(self) -> String {
        self.find(S::text)
    }
}

/// A type that can be read from a [`Source`].
pub trait Read: Sized {
    /// The value, or a stand-in if the reader has noted that it is wrong.
    fn take<S: Source>(reader: Reader<'_, S>) -> Self;

    /// Reads the value; `None` means it has another shape.
    fn read<S: Source>(source: &S) -> Option<Self> {
        let is_wrong = Cell::new(false);
        let value = Self::take(Reader {
            value: Some(source),
            is_wrong: &is_wrong,
        });
        (!is_wrong.get()).then_some(value)
    }
}

/// Reads the member `key` of an object.
#[inline(never)]
pub fn field<S: Source, T: Read>(reader: Reader<'_, S>, key: &str) -> T {
    let member = reader.value.and_then(|value| value.member(key));
    T::take(Reader {
        value: member.as_ref(),
        is_wrong: reader.is_wrong,
    })
}

impl<T: Read> Read for Option<T> {
    fn take<S: Source>(reader: Reader<'_, S>) -> Self {
        reader.value.map(|_| T::take(reader))
    }
}

impl<T: Read> Read for Vec<T> {
    fn take<S: Source>(reader: Reader<'_, S>) -> Self {
        let items = reader.find(S::items);
        let read = |item| {
            T::take(Reader {
                value: Some(item),
                is_wrong: reader.is_wrong,
            })
        };
        items.iter().map(read).collect()
    }
}

impl<T: Read> Read for Box<T> {
    fn take<S: Source>(reader: Reader<'_, S>) -> Self {
        Self::new(T::take(reader))
    }
}

impl Read for String {
    fn take<S: Source>(reader: Reader<'_, S>) -> Self {
        reader.text()
    }
}

impl Read for bool {
    fn take<S: Source>(reader: Reader<'_, S>) -> Self {
        reader.find(S::truth)
    }
}

impl Read for u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast saturates, which is what a number out of range should do"
    )]
    fn take<S: Source>(reader: Reader<'_, S>) -> Self {
        reader.find(S::number) as u32
    }
}

impl Read for i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float cast saturates, which is what a number out of range should do"
    )]
    fn take<S: Source>(reader: Reader<'_, S>) -> Self {
        reader.find(S::number) as i64
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
