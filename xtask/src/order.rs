//! The order of a module's functions, in which each comes after one that it is like.
//!
//! What compresses a file looks for what was there a short while ago, and functions that are made of
//! the same source for other types, or merely do the same, are seldom neighbours by themselves.

use std::collections::BTreeSet;

use anyhow::Result;
use wasmparser::{Parser, Payload, TypeRef};

/// The length of the pieces that functions are compared by, in bytes.
const PIECE: usize = 4;

/// `module`, which has no names, with names that sort its functions by their best order.
///
/// # Errors
/// If the module is not understood.
pub fn named(module: &[u8]) -> Result<Vec<u8>> {
    let mut imported = 0;
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Payload::ImportSection(imports) = payload {
            for import in imports.into_imports() {
                imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
            }
        } else if let Payload::CodeSectionEntry(body) = payload {
            bodies.push(body.as_bytes());
        }
    }
    let mut places = vec![0; bodies.len()];
    for (place, function) in order(&bodies).into_iter().enumerate() {
        places[function] = place;
    }
    let mut names = number(places.len());
    for (function, place) in places.iter().enumerate() {
        names.extend(number(imported + function));
        names.extend(sized(format!("{place:06}").as_bytes()));
    }
    // The names of functions (1) in the custom section (0) `name`.
    let mut section = sized(b"name");
    section.push(1);
    section.extend(sized(&names));
    let mut result = module.to_vec();
    result.push(0);
    result.extend(sized(&section));
    Ok(result)
}

/// From the longest function on, always the one that is most like the last.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<Vec<u32>> = bodies.iter().map(|body| pieces(body)).collect();
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    let mut order = Vec::new();
    let mut next = (0..left.len()).max_by_key(|place| bodies[*place].len());
    while let Some(place) = next {
        let last = left.remove(place);
        order.push(last);
        next = (0..left.len()).max_by_key(|place| likeness(&pieces[last], &pieces[left[*place]]));
    }
    order
}

/// The pieces of a function, each once and in their order.
fn pieces(body: &[u8]) -> Vec<u32> {
    let whole = |piece: &[u8]| {
        piece
            .iter()
            .fold(0, |whole, byte| whole << 8 | u32::from(*byte))
    };
    let pieces: BTreeSet<u32> = body.windows(PIECE).map(whole).collect();
    pieces.into_iter().collect()
}

/// How much of `one` is found in `last`; a little less if that has much else.
fn likeness(last: &[u32], one: &[u32]) -> usize {
    let mut others = last.iter().peekable();
    let is_common = |piece: &&u32| {
        while others.next_if(|other| other < piece).is_some() {}
        others.next_if(|other| other == piece).is_some()
    };
    let common = one.iter().filter(is_common).count();
    common * 1_000_000 / (one.len() + 20 + last.len() * 3 / 10)
}

/// A number as LEB128.
fn number(mut rest: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let [low, ..] = rest.to_le_bytes();
        rest >>= 7;
        if rest == 0 {
            bytes.push(low & 127);
            return bytes;
        }
        bytes.push(low | 128);
    }
}

/// `bytes` behind their length.
fn sized(bytes: &[u8]) -> Vec<u8> {
    let mut sized = number(bytes.len());
    sized.extend(bytes);
    sized
}
