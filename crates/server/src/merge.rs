//! JSON documents that change others (RFC 7396).

use serde_json::{Map, Value};

/// Changes `target` as `patch` says: a member that is null is taken out, an object goes deeper, all else replaces.
pub fn apply(target: &mut Value, patch: &Value) {
    let Value::Object(members) = patch else {
        target.clone_from(patch);
        return;
    };
    let Some(into) = object(target) else { return };
    for (name, value) in members {
        if value.is_null() {
            into.remove(name);
        } else {
            apply(into.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}

/// Makes one patch of two: what `second` says, and what `first` said beside it.
pub fn compose(first: &mut Value, second: Value) {
    let Value::Object(members) = second else {
        *first = second;
        return;
    };
    let Some(into) = object(first) else { return };
    for (name, value) in members {
        compose(into.entry(name).or_insert(Value::Null), value);
    }
}

fn object(value: &mut Value) -> Option<&mut Map<String, Value>> {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    value.as_object_mut()
}
