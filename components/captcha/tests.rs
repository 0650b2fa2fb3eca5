//! The work, and the hash it is made of.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::sha256::{hash, leading_zeros};
use super::solve;

fn hexadecimal(message: &[u8]) -> String {
    hash(message)
        .iter()
        .fold(String::new(), |text, word| format!("{text}{word:08x}"))
}

fn solved(captcha: &str) -> Option<String> {
    let mut solving = pin!(solve(captcha));
    match solving
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(token) => token,
        Poll::Pending => None,
    }
}

#[test]
fn a_hash_is_what_the_standard_says() {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(hexadecimal(b""), empty);
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(hexadecimal(b"abc"), abc);
    let two_blocks = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
    let message = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    assert_eq!(hexadecimal(message), two_blocks);
    let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    assert_eq!(hexadecimal(&vec![b'a'; 1_000_000]), million);
}

#[test]
fn the_smallest_counter_is_found_that_does() {
    let token = solved("salt.12.mac").expect("there is one");
    let counter: u32 = token
        .strip_prefix("salt.12.mac.")
        .and_then(|counter| counter.parse().ok())
        .expect("the token ends in the counter");
    let zeros = |counter: u32| leading_zeros(&hash(format!("salt.{counter}").as_bytes()));
    assert!(zeros(counter) >= 12);
    assert!((0..counter).all(|smaller| zeros(smaller) < 12));
}

#[test]
fn what_makes_no_sense_is_not_worked_on() {
    assert_eq!(solved(""), None);
    assert_eq!(solved("salt"), None);
    assert_eq!(solved("salt.many.mac"), None);
}
