//! What opens at a trigger: focus moves in, and back when it closes.

use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, KeyboardEvent};

use crate::kit::handle::{focus, focused};
use crate::kit::{El, Handle, State, when_drawn};

const ITEMS: &str = "[part~=menu-item]";
const STOPS: &str =
    "button:not([disabled]),[href],:is(input,select,textarea):not([disabled],[hidden])";

/// Something that opens at a trigger and closes on Escape and on a press elsewhere; copies are the same one.
#[derive(Clone, Copy)]
pub struct Popover {
    is_open: State<bool>,
    trigger: Handle,
    panel: Handle,
}

impl Popover {
    /// A closed one, which watches the page until the current owner ends.
    pub fn new() -> Self {
        let popover = Self {
            is_open: State::new(false),
            trigger: Handle::new(),
            panel: Handle::new(),
        };
        if cfg!(target_arch = "wasm32") {
            let watching = window_event_listener_untyped("pointerdown", move |event| {
                popover.pressed(&event);
            });
            on_cleanup(move || watching.remove());
        }
        popover
    }

    /// Whether it is open.
    pub fn is_open(self) -> bool {
        self.is_open.get()
    }

    /// Opens it, and moves the focus to what is chosen in it, or else to the first thing in it.
    pub fn open(self) {
        self.is_open.set(true);
        self.enter();
    }

    /// Moves the focus in, if it is not there: also after what had it has been drawn anew.
    pub fn enter(self) {
        when_drawn(move || {
            let has_focus = focused().is_some_and(|it| self.panel.contains(&it));
            let chosen = "[aria-checked=true]";
            let is_there = self
                .panel
                .get()
                .is_some_and(|it| it.query_selector(chosen).ok().flatten().is_some());
            if !has_focus {
                self.panel.focus_in(if is_there { chosen } else { STOPS });
            }
        });
    }

    /// Closes it, and gives the focus back to the trigger.
    pub fn close(self) {
        if self.is_open.get_untracked() {
            self.is_open.set(false);
            self.trigger.focus();
        }
    }

    /// Makes `button` what opens and closes it; `kind` is `dialog` or `menu`.
    pub fn trigger(self, button: El, kind: &'static str) -> El {
        button
            .keep(self.trigger)
            .attr("type", "button")
            .attr("aria-haspopup", kind)
            .truth("aria-expanded", move || self.is_open.get())
            .on("click", move |_| {
                if self.is_open.get_untracked() {
                    self.close();
                } else {
                    self.open();
                }
            })
            .on("keydown", move |event| {
                let is_down = event
                    .dyn_ref::<KeyboardEvent>()
                    .is_some_and(|event| event.key() == "ArrowDown");
                if is_down && !self.is_open.get_untracked() {
                    event.prevent_default();
                    self.open();
                }
            })
    }

    /// Makes `panel` what opens. Draw it only while [`is_open`](Self::is_open).
    ///
    /// Arrows, Home and End move among the parts `menu-item`; Tab goes round through all there is.
    pub fn panel(self, panel: El) -> El {
        panel
            .keep(self.panel)
            // Has the focus after a press on what cannot, so that Escape closes it still.
            .attr("tabindex", "-1")
            .on("keydown", move |event| self.key(&event))
    }

    fn pressed(self, event: &Event) {
        if self.is_open.try_get_untracked() != Some(true) {
            return;
        }
        let path = event.composed_path();
        let is_in = |handle: Handle| handle.get().is_some_and(|it| path.includes(&it, 0));
        if !is_in(self.panel) && !is_in(self.trigger) {
            // The focus goes where the person pressed.
            self.is_open.set(false);
        }
    }

    fn key(self, event: &Event) {
        let Some(panel) = self.panel.get() else {
            return;
        };
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let key = event.key();
        // Elsewhere, as in a field, these keys have another meaning.
        let is_on_item = focused().is_some_and(|it| it.matches(ITEMS).unwrap_or(false));
        match key.as_str() {
            "Escape" => {
                event.stop_propagation();
                self.close();
            }
            "Tab" if event.shift_key() => move_focus(&panel, STOPS, Move::Back),
            "Tab" => move_focus(&panel, STOPS, Move::On),
            "ArrowDown" if is_on_item => move_focus(&panel, ITEMS, Move::On),
            "ArrowUp" if is_on_item => move_focus(&panel, ITEMS, Move::Back),
            "Home" if is_on_item => move_focus(&panel, ITEMS, Move::First),
            "End" if is_on_item => move_focus(&panel, ITEMS, Move::Last),
            _ => return,
        }
        event.prevent_default();
    }
}

#[derive(Clone, Copy)]
enum Move {
    On,
    Back,
    First,
    Last,
}

/// Moves the focus among the elements in `panel` that fit `selector`, round and round.
fn move_focus(panel: &Element, selector: &str, to: Move) {
    let Ok(list) = panel.query_selector_all(selector) else {
        return;
    };
    let all: Vec<Element> = (0..list.length())
        .filter_map(|index| list.item(index)?.dyn_into().ok())
        .collect();
    let here = focused().and_then(|it| all.iter().position(|other| *other == it));
    let end = all.len().saturating_sub(1);
    let index = match (to, here) {
        (Move::On, Some(here)) if here < end => here + 1,
        (Move::Back, Some(here)) if here > 0 => here - 1,
        (Move::On | Move::First, _) => 0,
        (Move::Back | Move::Last, _) => end,
    };
    if let Some(element) = all.get(index) {
        focus(element);
    }
}
