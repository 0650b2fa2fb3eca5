//! One piece of work that any number of callers wait for.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use crate::{Failure, Task};

type Outcome = Result<(), Failure>;

/// Lets at most one piece of work run at a time, and gives its outcome to all who ask meanwhile.
#[derive(Default)]
pub(crate) struct Flight(RefCell<State>);

#[derive(Default)]
struct State {
    is_flying: bool,
    ended: u32,
    outcome: Option<Outcome>,
    waiting: Vec<Waker>,
}

impl Flight {
    pub(crate) fn is_flying(&self) -> bool {
        self.0.borrow().is_flying
    }

    /// Waits until the work under way, if any, has ended.
    pub(crate) async fn ended(&self) {
        let started = {
            let state = self.0.borrow();
            if !state.is_flying {
                return;
            }
            state.ended
        };
        poll_fn(|context| {
            let mut state = self.0.borrow_mut();
            if state.ended != started {
                return Poll::Ready(());
            }
            let waker = context.waker();
            if !state.waiting.iter().any(|other| other.will_wake(waker)) {
                state.waiting.push(waker.clone());
            }
            Poll::Pending
        })
        .await;
    }

    /// Waits until no work is under way; what comes next is, until what this gives back is dropped.
    pub(crate) async fn turn(&self) -> Landing<'_> {
        while self.is_flying() {
            self.ended().await;
        }
        self.0.borrow_mut().is_flying = true;
        Landing(self, None)
    }

    /// The outcome of the work under way, or of `work` where there is none.
    ///
    /// Boxed, so that a browser downloads the waiting once, whatever is waited for.
    pub(crate) fn join(self: &Rc<Self>, work: Task<Outcome>) -> Task<Outcome> {
        let flight = Rc::clone(self);
        Box::pin(async move {
            while flight.is_flying() {
                flight.ended().await;
                // There is no outcome where the one who ran the work was dropped: then it is another's turn.
                if let Some(outcome) = &flight.0.borrow().outcome {
                    return outcome.clone();
                }
            }
            flight.0.borrow_mut().is_flying = true;
            let mut landing = Landing(&flight, None);
            let outcome = work.await;
            landing.1 = Some(outcome.clone());
            outcome
        })
    }
}

/// Ends the flight when it is dropped, so that a caller who goes away leaves nobody waiting.
pub(crate) struct Landing<'a>(&'a Flight, Option<Outcome>);

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        let waiting = {
            let mut state = self.0.0.borrow_mut();
            state.is_flying = false;
            state.ended = state.ended.wrapping_add(1);
            state.outcome = self.1.take();
            std::mem::take(&mut state.waiting)
        };
        for waker in waiting {
            waker.wake();
        }
    }
}

/// Runs both side by side, and fails where one does.
pub(crate) async fn both(mut one: Task<Outcome>, mut other: Task<Outcome>) -> Outcome {
    let mut first = None;
    let mut second = None;
    poll_fn(|context| {
        if first.is_none()
            && let Poll::Ready(outcome) = one.as_mut().poll(context)
        {
            first = Some(outcome);
        }
        if second.is_none()
            && let Poll::Ready(outcome) = other.as_mut().poll(context)
        {
            second = Some(outcome);
        }
        match (&first, &second) {
            (Some(first), Some(second)) => Poll::Ready(first.clone().and(second.clone())),
            (None, _) | (_, None) => Poll::Pending,
        }
    })
    .await
}
