//! Reading resources without serde: what the browser does with the result of its own `JSON.parse`.
//!
//! The `client` crate implements [`Source`] over a JavaScript value; here it is implemented over
//! `serde_json::Value`, so that native tests hold both readers to the same answers.

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

/// A type that can be read from a [`Source`]; `None` means the value has another shape.
pub trait Read: Sized {
    /// Reads the value.
    fn read<S: Source>(source: &S) -> Option<Self>;

    /// What an absent or null member stands for, where that is allowed.
    fn absent() -> Option<Self> {
        None
    }
}

/// Reads the member `key` of an object.
pub fn field<S: Source, T: Read>(source: &S, key: &str) -> Option<T> {
    source
        .member(key)
        .map_or_else(T::absent, |member| T::read(&member))
}

impl<T: Read> Read for Option<T> {
    fn read<S: Source>(source: &S) -> Option<Self> {
        T::read(source).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read<S: Source>(source: &S) -> Option<Self> {
        source.items()?.iter().map(T::read).collect()
    }
}

impl<T: Read> Read for Box<T> {
    fn read<S: Source>(source: &S) -> Option<Self> {
        T::read(source).map(Box::new)
    }
}

impl Read for String {
    fn read<S: Source>(source: &S) -> Option<Self> {
        source.text()
    }
}

impl Read for bool {
    fn read<S: Source>(source: &S) -> Option<Self> {
        source.truth()
    }
}

impl Read for u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast saturates, which is what a number out of range should do"
    )]
    fn read<S: Source>(source: &S) -> Option<Self> {
        source.number().map(|number| number as u32)
    }
}

impl Read for i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float cast saturates, which is what a number out of range should do"
    )]
    fn read<S: Source>(source: &S) -> Option<Self> {
        source.number().map(|number| number as i64)
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
