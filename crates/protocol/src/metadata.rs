//! Values that an app keeps with a resource.

/// A JSON object that an app keeps with a resource; screens do not look into it.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg(not(target_arch = "wasm32"))]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Metadata(pub std::collections::BTreeMap<String, serde_json::Value>);

/// A JSON object that an app keeps with a resource; screens do not look into it.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg(target_arch = "wasm32")]
pub struct Metadata;

impl crate::json::Read for Metadata {
    #[cfg(not(target_arch = "wasm32"))]
    const BLANK: Self = Self(std::collections::BTreeMap::new());
    #[cfg(target_arch = "wasm32")]
    const BLANK: Self = Self;

    fn fill<S: crate::json::Source>(&mut self, reader: &crate::json::Reader<'_, S>) {
        reader.expect();
    }
}
