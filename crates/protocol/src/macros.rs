//! The macros that let a type be written once for both targets.

/// Defines a resource: a struct that serde writes and reads natively and [`crate::json::Read`] reads in the browser.
///
/// The literal before the struct is the resource's `object` field on the wire. Fields `beyond` are
/// sent, but not read by the browser: what only some screens need, they read by a type of their own.
macro_rules! resource {
    (
        $(#[doc = $doc:literal])*
        $($object:literal =>)? pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])* pub $field:ident: $type:ty, )*
        }
        $( beyond { $( $(#[doc = $far_doc:literal])* pub $far:ident: $far_type:ty, )* } )?
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(serde::Deserialize))]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $type, )*
            $( $(
                $(#[doc = $far_doc])*
                #[cfg(not(target_arch = "wasm32"))]
                pub $far: $far_type,
            )* )?
        }

        #[cfg(not(target_arch = "wasm32"))]
        impl $name {
            /// What its `object` field says; nothing where it has none.
            pub const OBJECT: Option<&'static str> = [$( Some($object), )? None][0];
            /// The names of its fields, and their types as they are written here.
            pub const FIELDS: &'static [(&'static str, &'static str)] = &[
                $( (stringify!($field), stringify!($type)), )*
                $( $( (stringify!($far), stringify!($far_type)), )* )?
            ];
        }

        #[cfg(not(target_arch = "wasm32"))]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let map = serializer.serialize_map(None)?;
                $( let map = crate::json::with(map, "object", $object)?; )?
                $( let map = crate::json::with(map, stringify!($field), &self.$field)?; )*
                $( $( let map = crate::json::with(map, stringify!($far), &self.$far)?; )* )?
                map.end()
            }
        }

        impl crate::json::Read for $name {
            const BLANK: Self = Self {
                $( $field: <$type as crate::json::Read>::BLANK, )*
                $( $(
                    #[cfg(not(target_arch = "wasm32"))]
                    $far: <$far_type as crate::json::Read>::BLANK,
                )* )?
            };

            fn fill<S: crate::json::Source>(&mut self, reader: &crate::json::Reader<'_, S>) {
                reader.expect();
                $( crate::json::field(reader, stringify!($field), &mut self.$field); )*
            }
        }
    };
}

/// Defines a closed set of words of the wire as an enum.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident { $( $(#[doc = $word_doc:literal])* $variant:ident = $word:literal, )* }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, serde::Deserialize))]
        pub enum $name {
            $(
                $(#[doc = $word_doc])*
                #[cfg_attr(not(target_arch = "wasm32"), serde(rename = $word))]
                $variant,
            )*
        }

        impl $name {
            /// Every word of the set, in the order of its definition.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )*];

            /// The word on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $word, )* }
            }

            /// The value for a word of the wire.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $( $word => Some(Self::$variant), )* _ => None }
            }
        }

        impl crate::json::Read for $name {
            const BLANK: Self = Self::ALL[0];

            fn fill<S: crate::json::Source>(&mut self, reader: &crate::json::Reader<'_, S>) {
                let mut word = String::new();
                reader.text(&mut word);
                match Self::parse(&word) {
                    Some(value) => *self = value,
                    None => reader.refuse(),
                }
            }
        }
    };
}

/// Defines a command: the fields of a request body, all optional on the wire.
///
/// The server deserializes it from a form or JSON; [`crate::Form::fields`] writes the form.
macro_rules! command {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident { $( $(#[doc = $field_doc:literal])* pub $field:ident: Option<$type:ty>, )* }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(serde::Deserialize))]
        #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: Option<$type>, )*
        }

        #[cfg(not(target_arch = "wasm32"))]
        impl $name {
            /// The names of its fields.
            pub const FIELDS: &'static [&'static str] = &[$( stringify!($field), )*];
        }

        impl crate::Form for $name {
            fn fields(&self) -> Vec<(&'static str, &str)> {
                let mut fields: Vec<(&'static str, &str)> = Vec::new();
                $( if let Some(value) = &self.$field { fields.push((stringify!($field), value.as_ref())); } )*
                fields
            }
        }
    };
}
