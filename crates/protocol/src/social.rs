//! The providers that people can sign in with.

#[cfg(not(target_arch = "wasm32"))]
use crate::SocialProvider;

/// Every provider of the settings, by its strategy; what draws their buttons reads them one by one.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg(not(target_arch = "wasm32"))]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Social(pub std::collections::BTreeMap<String, SocialProvider>);

#[cfg(not(target_arch = "wasm32"))]
impl crate::json::Read for Social {
    const BLANK: Self = Self(std::collections::BTreeMap::new());

    fn fill<S: crate::json::Source>(&mut self, reader: &crate::json::Reader<'_, S>) {
        reader.expect();
    }
}
