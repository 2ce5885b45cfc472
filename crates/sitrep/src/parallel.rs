//! Work on many things at once, answers in order.
//!
//! In: an iterator, a number of workers, the work. Out: each answer, handed over in the order of the input. Memory stays bounded:
//! nobody runs further ahead than a fixed distance, so a stream of any length can go through.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

/// Items a worker may be ahead of the oldest unfinished one, per worker.
const AHEAD: usize = 4;

struct Queue<I> {
    items: I,
    n_taken: usize,
    n_done: usize,
    stopped: bool,
}

/// Runs `work` on every item with `jobs` workers and hands the answers to `sink` in the order of `items`.
///
/// Stops early when `sink` breaks; items already taken are finished and dropped. `items` is advanced by the workers, one at a
/// time. A panic in `work` goes on in the caller; see [`crate::pipeline`] for how one odd report is kept from doing that.
pub fn in_order<T, R>(
    items: impl Iterator<Item = T> + Send,
    jobs: NonZeroUsize,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> ControlFlow<()>,
) where
    R: Send,
{
    let ahead = jobs.get() * AHEAD;
    let queue = Mutex::new(Queue { items, n_taken: 0, n_done: 0, stopped: false });
    let moved = Condvar::new();
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..jobs.get() {
            let (queue, moved, work, send) = (&queue, &moved, &work, send.clone());
            scope.spawn(move || {
                while let Some((n, item)) = take(queue, moved, ahead) {
                    if send.send((n, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (n, answer) in receive {
            waiting.insert(n, answer);
            while let Some(answer) = waiting.remove(&next) {
                next += 1;
                let stop = sink(answer).is_break();
                let mut queue = locked(&queue);
                queue.n_done = next;
                queue.stopped |= stop;
                moved.notify_all();
                if stop {
                    return;
                }
            }
        }
    });
}

/// The next item and its number; `None` at the end. Waits while the caller is too far ahead of the oldest unfinished item.
fn take<T>(queue: &Mutex<Queue<impl Iterator<Item = T>>>, moved: &Condvar, ahead: usize) -> Option<(usize, T)> {
    let mut queue = moved
        .wait_while(locked(queue), |queue| !queue.stopped && queue.n_taken >= queue.n_done + ahead)
        .unwrap_or_else(PoisonError::into_inner);
    if queue.stopped {
        return None;
    }
    let item = queue.items.next();
    queue.stopped |= item.is_none();
    let n = queue.n_taken;
    queue.n_taken += 1;
    if item.is_none() {
        moved.notify_all();
    }
    item.map(|item| (n, item))
}

/// A worker that panicked leaves the queue as it was between two items, so it stays usable.
fn locked<Q>(queue: &Mutex<Q>) -> MutexGuard<'_, Q> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(n: usize, jobs: usize, stop_at: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let slow_first = |i: usize| {
            if i.is_multiple_of(7) {
                thread::sleep(std::time::Duration::from_millis(2));
            }
            i * 2
        };
        in_order(0..n, NonZeroUsize::new(jobs).unwrap(), slow_first, |answer| {
            out.push(answer);
            if out.len() == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        out
    }

    #[test]
    fn answers_come_in_order_whatever_the_number_of_workers() {
        let expected: Vec<usize> = (0..60).map(|i| i * 2).collect();
        for jobs in [1, 2, 5] {
            assert_eq!(run(60, jobs, usize::MAX), expected);
        }
        assert_eq!(run(0, 3, usize::MAX), Vec::<usize>::new());
    }

    #[test]
    fn a_sink_that_has_enough_stops_an_endless_input() {
        assert_eq!(run(usize::MAX, 3, 5), [0, 2, 4, 6, 8]);
    }
}
