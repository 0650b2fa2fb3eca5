//! The country of a number: a button with its code, and a list in which one is found by typing.

use frontdesk_locale::Text;
use leptos::prelude::*;
use web_sys::KeyboardEvent;
use web_sys::wasm_bindgen::JsCast as _;

use super::Number;
use super::browser::{self, fold};
use super::countries::{Country, all, find};
use crate::kit::{
    El, Form, Handle, Popover, State, effect, el, id, next_number, part, switch, when_drawn, words,
};
use crate::provider::use_site;

/// Draws the button, and what opens at it; `input` leads to where the number is typed.
pub fn draw(form: Form, number: Number, input: Handle) -> El {
    let popover = Popover::new();
    let text = use_site().text;
    let name = words(move |text| {
        let iso = number.country.get();
        let name = browser::namer(text.locale())(&iso);
        let code = find(&iso).map_or("", |country| country.code);
        let mut said = text.field_country_chosen(&name, &[iso.as_str(), " +", code].concat());
        // Whoever says what is seen must have said this: marks of direction are neither seen nor said.
        said.retain(|letter| !matches!(letter, '\u{2068}' | '\u{2069}'));
        said
    });
    let button = el("button")
        .part("input")
        .attr("data-country", "")
        .attr_words("aria-label", name)
        .flag("disabled", move || form.is_pending())
        .child(el("bdi").text(move || {
            let iso = number.country.get();
            let code = find(&iso).map_or("", |country| country.code);
            [iso.as_str(), " +", code].concat()
        }));
    let panel = move || {
        popover.is_open().then(|| {
            let locale = text.with_untracked(|text| text.locale().to_owned());
            let chooser = Chooser {
                number,
                popover,
                input,
                number_of: next_number(),
                typed: State::new(String::new()),
                active: State::new(number.country.get_untracked()),
                list: Handle::new(),
            };
            untrack(|| chooser.draw(&locale))
        })
    };
    el("div")
        .attr("data-chooser", "")
        .child(popover.trigger(button, "dialog"))
        .child_when(panel)
}

/// What is open; copies are the same one.
#[derive(Clone, Copy)]
struct Chooser {
    number: Number,
    popover: Popover,
    input: Handle,
    /// What tells its ids from those of others.
    number_of: u32,
    typed: State<String>,
    /// The country that Enter takes.
    active: State<String>,
    list: Handle,
}

/// A country as it is looked for.
pub struct Named {
    name: String,
    folded: String,
    pub country: Country,
}

impl Chooser {
    fn draw(self, locale: &str) -> El {
        let countries = State::new(named(locale));
        let list_id = self.id_of("list");
        let search = el("input")
            .part("input")
            .attr("type", "text")
            .attr("role", "combobox")
            .attr("aria-expanded", "true")
            .attr("aria-autocomplete", "list")
            .attr("aria-controls", list_id.clone())
            .attr_when("aria-activedescendant", move || {
                Some(self.id_of(&self.active.get())).filter(|_| !self.active.get().is_empty())
            })
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .attr_words("aria-label", Text::field_country_search)
            .attr_words("placeholder", Text::field_country_search)
            .on("input", move |event| {
                let typed = event_target_value(&event);
                let first = countries.with_untracked(|all| {
                    let first = matching(all, &typed).next();
                    first.map_or("", |it| it.country.iso)
                });
                self.typed.set(typed);
                self.active.set(first.to_owned());
            })
            .on("keydown", move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    self.key(event, countries);
                }
            });
        effect(move || {
            self.active.get();
            let list = self.list;
            // It is marked only after this.
            when_drawn(move || {
                let found = list
                    .get()
                    .and_then(|it| it.query_selector("[aria-selected=true]").ok()?);
                if let Some(option) = found {
                    browser::reveal(&option);
                }
            });
        });
        let options = switch(move || {
            let typed = self.typed.get();
            let found: Vec<El> = countries
                .with_untracked(|all| matching(all, &typed).map(|it| self.option(it)).collect());
            let none = found.is_empty();
            let mut list = el("ul")
                .part("countries")
                .attr("role", "listbox")
                .attr("id", list_id.clone())
                .keep(self.list)
                .attr_words("aria-label", Text::field_country);
            for option in found {
                list = list.child(option);
            }
            let nothing = none.then(|| {
                el("p")
                    .part("hint")
                    .attr("role", "status")
                    .say(Text::field_country_none)
            });
            Some(el("div").child(list).maybe(nothing).into())
        });
        let panel = part("panel")
            .attr("data-countries", "")
            .attr("role", "dialog")
            .attr_words("aria-label", Text::field_country)
            .child(search)
            .child(options);
        self.popover.panel(panel)
    }

    fn option(self, it: &Named) -> El {
        let iso = it.country.iso;
        let name = it.name.clone();
        let code = ["+", it.country.code].concat();
        el("li")
            .part("country")
            .attr("role", "option")
            .attr("id", self.id_of(iso))
            .truth("aria-selected", move || {
                self.active.with(|active| active == iso)
            })
            .on("click", move |_| self.choose(iso))
            .child(el("span").text(move || name.clone()))
            .child(el("bdi").attr("dir", "ltr").text(move || code.clone()))
    }

    fn key(self, event: &KeyboardEvent, countries: State<Vec<Named>>) {
        match event.key().as_str() {
            "ArrowDown" => self.step(countries, 1),
            "ArrowUp" => self.step(countries, -1),
            "Enter" => {
                let active = find(&self.active.get_untracked());
                if let Some(country) = active {
                    self.choose(country.iso);
                }
            }
            // On to what comes next, as from any field.
            "Tab" => {
                event.stop_propagation();
                return self.popover.close();
            }
            _ => return,
        }
        event.prevent_default();
    }

    /// Marks the one after or before, round and round.
    fn step(self, countries: State<Vec<Named>>, by: isize) {
        let typed = self.typed.get_untracked();
        let active = self.active.get_untracked();
        let next = countries.with_untracked(|all| {
            let found: Vec<&Named> = matching(all, &typed).collect();
            let here = found.iter().position(|it| it.country.iso == active);
            let (here, count) = (here?.cast_signed(), found.len().cast_signed());
            let next = (here + by).rem_euclid(count).cast_unsigned();
            found.get(next).map(|it| it.country.iso)
        });
        if let Some(iso) = next {
            self.active.set(iso.to_owned());
        }
    }

    fn choose(self, iso: &str) {
        self.number.choose(iso.to_owned());
        self.popover.close();
        self.input.focus();
    }

    fn id_of(self, what: &str) -> String {
        id(self.number_of, "country-", what)
    }
}

/// The countries and their names in a language, sorted as that sorts.
pub fn named(locale: &str) -> Vec<Named> {
    let name = browser::namer(locale);
    let mut countries: Vec<Named> = all()
        .map(|country| {
            let name = name(country.iso);
            let folded = fold(&name);
            Named {
                name,
                folded,
                country,
            }
        })
        .collect();
    countries.sort_by(|one, other| browser::compare(locale, &one.name, &other.name));
    countries
}

/// Those with a name, or a word of it, that begins like that, or with such a code.
pub fn matching<'a>(all: &'a [Named], typed: &str) -> impl Iterator<Item = &'a Named> {
    let wanted = fold(typed.trim());
    let digits = super::digits(typed);
    all.iter().filter(move |it| {
        let begins = |word: &str| word.starts_with(&*wanted);
        let is_named = it
            .folded
            .split([' ', '-', '(', '\u{2019}', '\''])
            .any(begins)
            || begins(&it.folded);
        let is_code = !digits.is_empty() && it.country.code.starts_with(&*digits);
        is_named || is_code || it.country.iso.eq_ignore_ascii_case(&wanted)
    })
}
