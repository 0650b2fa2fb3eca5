//! The only automation: `cargo xtask demo | test | check | npm | bench`.

fn main() {}
