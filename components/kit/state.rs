//! What a component remembers, as one type whatever it is.
//!
//! The signals, stored values and memos of Leptos are compiled anew for every type they hold, and a
//! browser would download each of them. Here all of them share one cell of the arena and one trigger,
//! and only the conversion to the type at hand is compiled anew.

use std::any::Any;
use std::cell::{Ref, RefCell, RefMut};
use std::marker::PhantomData;
use std::mem;
use std::rc::Rc;

use leptos::prelude::{ArcTrigger, IsDisposed as _, Notify as _, Signal, Track as _, untrack};
use leptos::reactive::owner::{ArenaItem, LocalStorage};

use crate::kit::effect::{changed, effect};

/// A value that ends with the owner it was made under; copies are the same one.
///
/// Effects and views that read it run again when it changes, unless they read it untracked.
pub struct State<T> {
    place: Place,
    kind: PhantomData<fn() -> T>,
}

type Place = ArenaItem<Rc<Kept<dyn Any>>, LocalStorage>;

struct Kept<T: ?Sized> {
    changed: ArcTrigger,
    value: RefCell<T>,
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for State<T> {}

impl<T: 'static> State<T> {
    /// Remembers `value` until the current owner ends.
    pub fn new(value: T) -> Self {
        let kept = Rc::new(Kept {
            changed: ArcTrigger::new(),
            value: RefCell::new(value),
        });
        Self {
            place: keep(kept),
            kind: PhantomData,
        }
    }

    /// Whether its owner has ended.
    pub fn is_disposed(self) -> bool {
        self.place.is_disposed()
    }

    /// What `read` makes of the value.
    ///
    /// # Panics
    /// After the end of its owner.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        there(self.look(true, read))
    }

    /// The same, without following it.
    ///
    /// # Panics
    /// After the end of its owner.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        there(self.look(false, read))
    }

    /// The same, unless its owner has ended.
    pub fn try_with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.look(false, read)
    }

    /// Takes another value. Nothing happens after the end of its owner.
    #[inline(never)]
    pub fn set(self, mut value: T) {
        // What was there is dropped when nothing is borrowed any more, as it may read this again.
        self.update(|old| mem::swap(old, &mut value));
    }

    /// Changes the value in place. Nothing happens after the end of its owner.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        let Some(kept) = find(self.place, false) else {
            return;
        };
        if let Some(value) = borrow_mut(&kept).downcast_mut() {
            change(value);
        }
        notify(&kept);
    }

    fn look<R>(self, is_tracked: bool, read: impl FnOnce(&T) -> R) -> Option<R> {
        let kept = find(self.place, is_tracked)?;
        let value = borrow(&kept);
        typed(&*value).map(read)
    }
}

impl<T: Clone + 'static> State<T> {
    /// The value.
    ///
    /// # Panics
    /// After the end of its owner.
    pub fn get(self) -> T {
        there(self.copy(true))
    }

    /// The value, without following it.
    ///
    /// # Panics
    /// After the end of its owner.
    pub fn get_untracked(self) -> T {
        there(self.copy(false))
    }

    /// The same, unless its owner has ended.
    pub fn try_get_untracked(self) -> Option<T> {
        self.copy(false)
    }

    #[inline(never)]
    fn copy(self, is_tracked: bool) -> Option<T> {
        self.look(is_tracked, T::clone)
    }
}

impl<T: PartialEq + 'static> State<T> {
    /// What `compute` gives, and gives again whenever something that it reads changes.
    ///
    /// Whoever reads it runs again only if that makes a difference; outside of a browser it stays as it is.
    pub fn derived(compute: impl Fn() -> T + 'static) -> Self {
        let state = Self::new(untrack(&compute));
        effect(move || {
            let next = compute();
            if state.try_with_untracked(|old| *old != next) == Some(true) {
                state.set(next);
            }
        });
        state
    }
}

impl<T: Clone + Send + Sync + 'static> From<State<T>> for Signal<T> {
    fn from(state: State<T>) -> Self {
        Self::derive(move || state.get())
    }
}

#[inline(never)]
fn keep(kept: Rc<Kept<dyn Any>>) -> Place {
    ArenaItem::new_local(kept)
}

#[inline(never)]
fn find(place: Place, is_tracked: bool) -> Option<Rc<Kept<dyn Any>>> {
    let kept = place.try_get_value()?;
    if is_tracked {
        kept.changed.track();
    }
    Some(kept)
}

#[inline(never)]
fn borrow(kept: &Kept<dyn Any>) -> Ref<'_, dyn Any> {
    kept.value.borrow()
}

#[inline(never)]
fn borrow_mut(kept: &Kept<dyn Any>) -> RefMut<'_, dyn Any> {
    kept.value.borrow_mut()
}

#[inline(never)]
fn notify(kept: &Kept<dyn Any>) {
    changed();
    kept.changed.notify();
}

#[inline(never)]
fn typed<T: 'static>(value: &dyn Any) -> Option<&T> {
    value.downcast_ref()
}

fn there<T>(found: Option<T>) -> T {
    found.expect("a state is read only while its owner is there")
}
