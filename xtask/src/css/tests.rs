//! What becomes of a selector, and which are refused.

use super::scope::scope;

fn scoped(sheet: &str) -> String {
    scope(sheet, "fd-x").unwrap()
}

#[test]
fn a_part_is_looked_for_in_the_widget() {
    assert_eq!(
        scoped(".root :deep([part~=\"field\"]) {\n  color: red;\n}\n"),
        ".fd-x [part~=\"field\"]{color: red;}"
    );
    assert_eq!(
        scoped(".root>:deep([part~=\"card\"]) {a: b;}"),
        ".fd-x>[part~=\"card\"]{a: b;}"
    );
    assert_eq!(
        scoped(".root > :deep([part~=\"card\"]) {a: b;}"),
        ".fd-x>[part~=\"card\"]{a: b;}"
    );
}

#[test]
fn the_root_is_the_widget_itself() {
    assert_eq!(scoped(".root {a: b;}"), ".fd-x{a: b;}");
    assert_eq!(
        scoped(".root[data-open][dir=\"rtl\"] {a: b;}"),
        ".fd-x[data-open][dir=\"rtl\"]{a: b;}"
    );
    assert_eq!(
        scoped(".root:focus-within {a: b;}"),
        ".fd-x:focus-within{a: b;}"
    );
    assert_eq!(
        scoped(".root:has([part~=\"alert\"]) :deep([part~=\"form\"]) {a: b;}"),
        ".fd-x:has([part~=\"alert\"]) [part~=\"form\"]{a: b;}"
    );
}

#[test]
fn what_follows_a_part_is_written_inside_deep() {
    assert_eq!(
        scoped(".root :deep([part~=\"input\"]:not([data-quiet]):hover > span::before) {a: b;}"),
        ".fd-x [part~=\"input\"]:not([data-quiet]):hover>span::before{a: b;}"
    );
    assert_eq!(
        scoped(".root :deep(:is([part~=\"a\"], [part~=\"b\"]) + p) {a: b;}"),
        ".fd-x :is([part~=\"a\"],[part~=\"b\"]) + p{a: b;}"
    );
}

#[test]
fn a_list_may_be_broken_over_lines() {
    let sheet = "@media (width < 30rem) {\n  .root :deep(a),\n  .root :deep(b) {\n    c: d;\n    e: f;\n  }\n  .root {\n    g: h;\n  }\n}";
    let all = scoped(sheet);
    assert_eq!(
        all,
        "@media (width < 30rem) {.fd-x a,.fd-x b{c: d;e: f;}.fd-x{g: h;}}"
    );
}

#[test]
fn frames_and_comments_are_left_alone() {
    let sheet = "/* { */ @keyframes fd-spin {\n  from {\n    a: b;\n  }\n  50%, to {\n    a: c;\n  }\n}\n.root {a: b;}";
    assert_eq!(
        scoped(sheet),
        "@keyframes fd-spin {from{a: b;}50%,to{a: c;}}.fd-x{a: b;}"
    );
}

#[test]
fn a_selector_outside_the_widget_is_refused() {
    for sheet in [
        "[part~=\"field\"] {a: b;}",
        ":deep([part~=\"field\"]) {a: b;}",
        ".root .field {a: b;}",
        ".root :deep(a), :deep(b) {a: b;}",
        ".root :deep(a, b) {a: b;}",
        ".root :deep(a):hover {a: b;}",
        ".root :deep(a) :deep(b) {a: b;}",
    ] {
        assert!(scope(sheet, "fd-x").is_err(), "{sheet}");
    }
}

#[test]
fn what_would_be_lost_is_refused() {
    for sheet in [
        ".root {a: b; :hover {c: d;}}",
        "@media print { @keyframes x { from {a: b;} } }",
        "@media print { @supports (a: b) { .root {c: d;} } .root {e: f;} }",
    ] {
        assert!(
            scope(sheet, "fd-x").is_err(),
            "{sheet}: {:?}",
            scope(sheet, "fd-x")
        );
    }
}
