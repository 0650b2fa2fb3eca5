//! Those who want to know of every change.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use crate::Frontdesk;

type Callback = Rc<dyn Fn()>;

/// Everybody who listens, in the order of their coming.
#[derive(Default)]
pub(crate) struct Listeners(RefCell<Vec<Callback>>);

/// Somebody who listens until this is dropped.
#[must_use = "dropping it stops the listening"]
pub struct Listener {
    desk: Weak<crate::frontdesk::Inner>,
    callback: Callback,
}

impl Listeners {
    fn has(&self, callback: &Callback) -> bool {
        self.0
            .borrow()
            .iter()
            .any(|other| Rc::ptr_eq(other, callback))
    }

    /// Calls everybody; one that an earlier one has stopped is not called any more.
    pub(crate) fn tell(&self) {
        let callbacks = self.0.borrow().clone();
        for callback in callbacks {
            if self.has(&callback) {
                callback();
            }
        }
    }
}

impl Frontdesk {
    /// Calls `callback` after every change of the environment or the client.
    pub fn listen(&self, callback: impl Fn() + 'static) -> Listener {
        let callback: Callback = Rc::new(callback);
        self.0.listeners.0.borrow_mut().push(Rc::clone(&callback));
        Listener {
            desk: Rc::downgrade(&self.0),
            callback,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(desk) = self.desk.upgrade() {
            desk.listeners
                .0
                .borrow_mut()
                .retain(|other| !Rc::ptr_eq(other, &self.callback));
        }
    }
}
