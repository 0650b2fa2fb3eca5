//! The section with a picture: chosen, dropped or pasted, cut to a square, or taken away.

mod frame;

use frontdesk_locale::Text;
use frontdesk_protocol::{ErrorCode, OrganizationId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Event, KeyboardEvent};

use self::frame::{Frame, NEAREST, SIDE};
use crate::js::{call, get, number, promise, set};
use crate::kit::{
    El, Form, Handle, Problem, Root, State, avatar, button, effect, el, part, switch, when_drawn,
};
use crate::provider::{Site, use_site};
use crate::user_profile::{is_escape, section};

/// What is read.
const KINDS: &str = "image/png,image/jpeg,image/gif,image/webp";
/// How far an arrow key moves the picture, in kept pixels.
const STEP: f64 = 16.0;
const FIELD: &str = "file";

/// Whose picture it is.
#[derive(Clone, Copy)]
pub(crate) enum Whose {
    /// The user's.
    User,
    /// The logo of the organization that the session is in.
    Organization(State<OrganizationId>),
}

/// The section; what it shows follows what is known.
pub(crate) fn picture(root: Root, whose: Whose) -> El {
    let picture = Picture {
        site: use_site(),
        root,
        whose,
        form: Form::new(),
        chosen: State::new(None),
        frame: State::new(Frame::of((SIDE, SIDE))),
        last: State::new(None),
        choose: Handle::new(),
        input: Handle::new(),
        canvas: Handle::new(),
    };
    picture.draw()
}

#[derive(Clone, Copy)]
struct Picture {
    site: Site,
    root: Root,
    whose: Whose,
    form: Form,
    /// What was chosen, as the browser has read it.
    chosen: State<Option<JsValue>>,
    frame: State<Frame>,
    /// Where a finger or the mouse was last, while it is down.
    last: State<Option<(f64, f64)>>,
    choose: Handle,
    input: Handle,
    canvas: Handle,
}

impl Picture {
    fn draw(self) -> El {
        let (title, whose) = match self.whose {
            Whose::User => (Text::picture_title as fn(&Text) -> String, "user"),
            Whose::Organization(_) => (Text::picture_logo as _, "organization"),
        };
        let shown = State::derived(move || self.shown());
        let own = move || {
            let (url, name, _) = shown.get();
            Some(avatar(&url, &name).into())
        };
        let can_remove = State::derived(move || shown.with(|it| it.2));
        let remove = move || {
            can_remove.get().then(|| {
                self.form
                    .button("button", Text::picture_remove, move || self.send(None))
                    .attr("data-action", "remove-picture")
            })
        };
        let input = el("input")
            .attr("type", "file")
            .attr("name", FIELD)
            .attr("accept", KINDS)
            .attr("hidden", "")
            .keep(self.input)
            .on("change", move |event| {
                let input = event_target::<JsValue>(&event);
                self.take(&input);
                // The same file may be chosen again.
                set(&input, "value", &JsValue::from_str(""));
            });
        // Not one of the form's: it takes the focus while an answer is still waited for.
        let choose = button(self.choose, Text::picture_choose, move || {
            if let Some(input) = self.input.get() {
                call(&input, "click", &[]);
            }
        })
        .attr("data-action", "choose-picture");
        section("picture", title)
            .attr("data-whose", whose)
            .on("dragover", |event| event.prevent_default())
            .on("drop", move |event| {
                event.prevent_default();
                self.take_from(&event, "dataTransfer");
            })
            .on("paste", move |event| {
                self.take_from(&event, "clipboardData");
            })
            .child(self.form.alert())
            .child(
                part("row")
                    .child(switch(own))
                    .child(el("span").part("hint").say(Text::picture_hint))
                    .child(input)
                    .child(choose)
                    .child_when(remove),
            )
            .child(switch(move || {
                let is_chosen = self.chosen.with(Option::is_some);
                is_chosen.then(|| untrack(|| self.cut()).into())
            }))
    }

    /// Where the picture is, whose name the initials are of, and whether it can be taken away.
    fn shown(self) -> (String, String, bool) {
        self.site
            .of_client(|client| match self.whose {
                Whose::User => {
                    let user = &client.active_session()?.user;
                    let name = user.full_name().unwrap_or_default();
                    Some((user.image_url.clone(), name, user.has_image))
                }
                Whose::Organization(_) => {
                    let its = &client.active_membership()?.organization;
                    Some((its.image_url.clone(), its.name.clone(), its.has_image))
                }
            })
            .unwrap_or_default()
    }

    fn take_from(self, event: &Event, holder: &str) {
        if let Some(holder) = get(event, holder) {
            self.take(&holder);
        }
    }

    /// Takes the first of the files that `holder` has.
    fn take(self, holder: &JsValue) {
        let file = get(holder, "files").and_then(|files| get(&files, "0"));
        let Some(file) = file.filter(JsValue::is_object) else {
            return;
        };
        self.form.forgive_all();
        spawn_local(async move {
            // The browser refuses whatever is no picture.
            let read = call(&window(), "createImageBitmap", &[file]);
            let read = match read {
                Some(read) => promise(read).await,
                None => None,
            };
            if self.chosen.is_disposed() {
                return;
            }
            let size = read
                .as_ref()
                .and_then(|it| number(it, "width").zip(number(it, "height")));
            match (read, size) {
                (Some(read), Some(size)) => {
                    self.frame.set(Frame::of(size));
                    self.chosen.set(Some(read));
                }
                _ => self
                    .form
                    .refuse(vec![Problem::of(ErrorCode::FormParamFormatInvalid, FIELD)]),
            }
        });
    }

    /// What was chosen, to be moved and enlarged under the square that is kept.
    fn cut(self) -> El {
        self.canvas.focus_when_drawn();
        effect(move || {
            let (frame, chosen) = (self.frame.get(), self.chosen.get());
            // The first time, the canvas is there only afterwards.
            when_drawn(move || {
                if let (Some(canvas), Some(chosen)) = (self.canvas.get(), chosen) {
                    paint(&canvas, chosen, frame);
                }
            });
        });
        let canvas = el("canvas")
            .part("cut")
            .attr("width", SIDE.to_string())
            .attr("height", SIDE.to_string())
            .attr("tabindex", "0")
            .attr("role", "application")
            .attr_words("aria-label", Text::picture_place)
            .keep(self.canvas)
            .on("pointerdown", move |event| {
                if let Some(id) = get(&event, "pointerId") {
                    call(&event_target::<JsValue>(&event), "setPointerCapture", &[id]);
                }
                self.last.set(at(&event));
            })
            .on("pointerup", move |_| self.last.set(None))
            .on("pointermove", move |event| self.drag(&event))
            .on("keydown", move |event| self.step(&event));
        let zoom = el("input")
            .part("zoom")
            .attr("type", "range")
            .attr("min", "1")
            .attr("max", NEAREST.to_string())
            .attr("step", "0.05")
            .attr("value", "1")
            .attr_words("aria-label", Text::picture_zoom)
            .on("input", move |event| {
                let zoom = get(&event_target::<JsValue>(&event), "valueAsNumber");
                if let Some(zoom) = zoom.and_then(|it| it.as_f64()) {
                    self.frame.update(|frame| *frame = frame.zoomed(zoom));
                }
            });
        let cancel = move || {
            self.chosen.set(None);
            self.choose.focus();
        };
        let buttons = part("row")
            .child(self.form.submit(Text::action_save))
            .child(self.form.button("button", Text::action_cancel, cancel));
        self.form
            .draw(move || self.save())
            .on("keydown", move |event| {
                if is_escape(&event) {
                    cancel();
                }
            })
            .child(el("div").attr("data-cut", "").child(canvas).child(zoom))
            .child(buttons)
    }

    fn drag(self, event: &Event) {
        let (Some(from), Some(to)) = (self.last.get_untracked(), at(event)) else {
            return;
        };
        self.last.set(Some(to));
        let width = self.canvas.get().map_or(0, |it| it.client_width());
        let scale = SIDE / f64::from(width.max(1));
        self.shift(((to.0 - from.0) * scale, (to.1 - from.1) * scale));
    }

    fn step(self, event: &Event) {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key) else {
            return;
        };
        let by = match key.as_str() {
            "ArrowLeft" => (-STEP, 0.0),
            "ArrowRight" => (STEP, 0.0),
            "ArrowUp" => (0.0, -STEP),
            "ArrowDown" => (0.0, STEP),
            _ => return,
        };
        event.prevent_default();
        self.shift(by);
    }

    fn shift(self, by: (f64, f64)) {
        self.frame.update(|frame| *frame = frame.moved(by));
    }

    fn save(self) {
        // A browser that cannot write this kind writes PNG.
        let canvas = self.canvas.get();
        let kind = JsValue::from_str("image/webp");
        let data = canvas.and_then(|it| call(&it, "toDataURL", &[kind])?.as_string());
        self.send(data);
    }

    /// Sends the picture, or takes the one away that is there.
    fn send(self, data: Option<String>) {
        let desk = self.site.desk();
        self.form.send(Box::pin(async move {
            match (self.whose, data) {
                (Whose::User, Some(data)) => desk.set_picture(&data).await?,
                (Whose::User, None) => desk.remove_picture().await?,
                (Whose::Organization(id), Some(data)) => {
                    desk.set_logo(&id.get_untracked(), &data).await?;
                }
                (Whose::Organization(id), None) => desk.remove_logo(&id.get_untracked()).await?,
            }
            self.chosen.set(None);
            self.choose.focus();
            self.root.announce(Text::status_saved);
            Ok(())
        }));
    }
}

fn at(event: &Event) -> Option<(f64, f64)> {
    number(event, "clientX").zip(number(event, "clientY"))
}

fn paint(canvas: &JsValue, chosen: JsValue, frame: Frame) -> Option<()> {
    let context = call(canvas, "getContext", &[JsValue::from_str("2d")])?;
    set(
        &context,
        "imageSmoothingQuality",
        &JsValue::from_str("high"),
    )?;
    call(
        &context,
        "clearRect",
        &[0.0, 0.0, SIDE, SIDE].map(JsValue::from_f64),
    )?;
    let [x, y, width, height] = frame.place().map(JsValue::from_f64);
    call(&context, "drawImage", &[chosen, x, y, width, height]).map(drop)
}
