//! Colours are in themes, and every theme says as much as the others.

use std::collections::{BTreeMap, BTreeSet};

use super::{refuse, tree};

/// The declarations of a style sheet, each with the line it ends on.
fn declarations(sheet: &str) -> Vec<(usize, String, String)> {
    let (mut plain, mut rest) = (String::new(), sheet);
    while let Some((before, comment)) = rest.split_once("/*") {
        let (comment, after) = comment.split_once("*/").unwrap_or((comment, ""));
        plain += before;
        plain.extend(comment.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    plain += rest;
    let (mut found, mut line) = (Vec::new(), 1);
    for piece in plain.split_inclusive(['{', '}', ';']) {
        line += piece.matches('\n').count();
        let declaration = piece.trim_end_matches([';', '}']);
        if let Some((name, value)) = declaration
            .split_once(':')
            .filter(|_| !piece.ends_with('{'))
        {
            found.push((line, name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    found
}

/// The first colour that a value spells out.
fn colour(value: &str) -> Option<String> {
    const FUNCTIONS: [&str; 10] = [
        "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color",
    ];
    const NAMES: &str = " \
        aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue \
        blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk \
        crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki \
        darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen \
        darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue \
        dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite \
        gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki \
        lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan \
        lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen \
        lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen \
        magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen \
        mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream \
        mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid \
        palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum \
        powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown \
        seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen \
        steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen \
    ";
    let unquoted: String = value.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let lower = unquoted.to_lowercase();
    let is_hex = |at: usize| {
        lower[at + 1..]
            .chars()
            .take_while(char::is_ascii_hexdigit)
            .count()
            >= 3
    };
    if let Some((at, _)) = lower.match_indices('#').find(|(at, _)| is_hex(*at)) {
        return Some(lower[at..].to_owned());
    }
    let mut words = lower.split_inclusive(|c: char| !c.is_alphanumeric() && c != '-');
    words.find_map(|word| {
        let name = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_function = word.ends_with('(') && FUNCTIONS.contains(&name);
        let is_name = !name.is_empty() && NAMES.contains(&format!(" {name} "));
        (is_function || is_name).then(|| name.to_owned())
    })
}

#[test]
fn only_themes_spell_colours_out() {
    let mut found = Vec::new();
    for file in tree()
        .iter()
        .filter(|file| file.is(".css") && !file.is_in(&["themes/"]))
    {
        for (line, name, value) in declarations(&file.text) {
            // The demo is a page like any other: it has colours of its own, and each of them a name.
            let is_token = name.starts_with("--") && file.is_in(&["demo/"]);
            if let Some(colour) = colour(&value).filter(|_| !is_token) {
                found.push(format!("{}:{line}: {name} is {colour}", file.path));
            }
        }
    }
    refuse(
        "Colours are in themes/; other sheets read properties or the browser's own colours.",
        &found,
    );
}

#[test]
fn a_colour_is_known_by_any_spelling() {
    for value in [
        "#fff",
        "1px solid #A0b1c2",
        "rgb(0 0 0)",
        "color-mix(in oklab, Red, Canvas)",
        "oklch(1% 0 0)",
        "white",
    ] {
        assert!(colour(value).is_some(), "{value}");
    }
    for value in [
        "var(--red)",
        "url(\"#fade\")",
        "color-mix(in oklab, CanvasText 4%, Canvas)",
        "transparent",
        "light-dark(var(--a), var(--b))",
        "nowrap",
    ] {
        assert_eq!(colour(value), None, "{value}");
    }
}

#[test]
fn every_theme_sets_every_property() {
    let tree = tree();
    let mut themes: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for file in tree
        .iter()
        .filter(|file| file.is_in(&["themes/"]) && file.is(".css"))
    {
        let set = declarations(&file.text)
            .into_iter()
            .filter(|(_, name, _)| name.starts_with("--"));
        themes.insert(
            &file.path,
            set.map(|(line, name, _)| (name, line)).collect(),
        );
    }
    assert!(themes.len() > 1, "there are not two themes");
    let mut found = Vec::new();
    for (theme, set) in &themes {
        for (other, there) in &themes {
            for (name, line) in set.iter().filter(|(name, _)| !there.contains_key(*name)) {
                found.push(format!("{theme}:{line}: {other} does not set {name}"));
            }
        }
    }
    let known: BTreeSet<&String> = themes.values().flat_map(BTreeMap::keys).collect();
    for file in tree
        .iter()
        .filter(|file| file.is_in(&["components/", "crates/elements/"]))
    {
        for (line, text) in file.lines().filter(|_| file.is(".css") || file.is(".js")) {
            for (_, rest) in text
                .match_indices("var(--")
                .map(|(at, _)| text.split_at(at + 4))
            {
                let name: String = rest
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '-')
                    .collect();
                if !known.contains(&name) {
                    found.push(format!("{}:{line}: no theme sets {name}", file.path));
                }
            }
        }
    }
    refuse("A property is set by every theme or by none.", &found);
}

#[test]
fn no_node_carries_its_own_style() {
    let mut found = Vec::new();
    for file in tree()
        .iter()
        .filter(|file| file.is_in(&["components/", "crates/elements/"]) && file.is(".rs"))
        // A test may say that there is none.
        .filter(|file| !file.is("tests.rs"))
    {
        found.extend(file.wrong(|line| {
            ["style=", "style:", "\"style\"", "set_css_text", ".style("]
                .iter()
                .find(|it| line.contains(**it))
                .map(|it| (*it).to_owned())
        }));
    }
    refuse(
        "A page may forbid inline styles: looks are in style sheets.",
        &found,
    );
}
