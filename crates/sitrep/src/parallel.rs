//! Work on many things at once, answers in order.
//!
//! In: an iterator, a number of workers, the work. Out: each answer, handed over in the order of the input. Memory stays bounded:
//! nobody runs further ahead than a fixed distance and a fixed number of bytes, so a stream of any length can go through.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

/// Items a worker may be ahead of the oldest unfinished one, per worker.
const AHEAD: usize = 4;
/// Bytes of items that may be under way at once. An item that has more by itself is worked on alone.
const AHEAD_BYTES: usize = 8 * 1024 * 1024;

struct Queue<I> {
    items: I,
    n_taken: usize,
    n_done: usize,
    /// Bytes of the items taken and not done.
    under_way_bytes: usize,
    stopped: bool,
}

/// Runs `work` on every item with `jobs` workers and hands the answers to `sink` in the order of `items`.
///
/// `size_bytes` says how many bytes an item has: reading a page takes many times its size, so a very large one waits until the
/// items before it are done, and none is taken after it until it is done itself. Stops early when `sink` breaks; items already taken are finished and dropped. `items` is advanced by the workers, one at a
/// time. A panic in `work` goes on in the caller; see [`crate::pipeline`] for how one odd report is kept from doing that.
pub fn in_order<T, R>(
    items: impl Iterator<Item = T> + Send,
    jobs: NonZeroUsize,
    size_bytes: impl Fn(&T) -> usize + Sync,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> ControlFlow<()>,
) where
    R: Send,
{
    let ahead = jobs.get() * AHEAD;
    let queue = Mutex::new(Queue { items, n_taken: 0, n_done: 0, under_way_bytes: 0, stopped: false });
    let moved = Condvar::new();
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..jobs.get() {
            let (queue, moved, size_bytes, work, send) = (&queue, &moved, &size_bytes, &work, send.clone());
            scope.spawn(move || {
                while let Some((n, n_bytes, item)) = take(queue, moved, size_bytes, ahead) {
                    if send.send((n, n_bytes, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (n, n_bytes, answer) in receive {
            waiting.insert(n, (n_bytes, answer));
            while let Some((n_bytes, answer)) = waiting.remove(&next) {
                next += 1;
                let stop = sink(answer).is_break();
                let mut queue = locked(&queue);
                queue.n_done = next;
                queue.under_way_bytes -= n_bytes;
                queue.stopped |= stop;
                moved.notify_all();
                if stop {
                    return;
                }
            }
        }
    });
}

/// The next item, its number and size; `None` at the end. Waits while the caller is too far ahead of the oldest unfinished item.
fn take<T>(
    queue: &Mutex<Queue<impl Iterator<Item = T>>>,
    moved: &Condvar,
    size_bytes: &impl Fn(&T) -> usize,
    ahead: usize,
) -> Option<(usize, usize, T)> {
    let is_full = |n_ahead: usize, n_bytes: usize| n_ahead >= ahead || n_ahead > 0 && n_bytes >= AHEAD_BYTES;
    let mut queue = moved
        .wait_while(locked(queue), |q| !q.stopped && is_full(q.n_taken - q.n_done, q.under_way_bytes))
        .unwrap_or_else(PoisonError::into_inner);
    if queue.stopped {
        return None;
    }
    let Some(item) = queue.items.next() else {
        queue.stopped = true;
        moved.notify_all();
        return None;
    };
    let n = queue.n_taken;
    let n_bytes = size_bytes(&item);
    queue.n_taken += 1;
    queue.under_way_bytes += n_bytes;
    // How large an item is shows only once it is taken. The oldest one never waits.
    let queue = moved
        .wait_while(queue, |q| !q.stopped && q.n_done < n && q.under_way_bytes > AHEAD_BYTES)
        .unwrap_or_else(PoisonError::into_inner);
    drop(queue);
    Some((n, n_bytes, item))
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
        in_order(
            0..n,
            NonZeroUsize::new(jobs).unwrap(),
            |_| 1,
            slow_first,
            |answer| {
                out.push(answer);
                if out.len() == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
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

    #[test]
    fn bytes_under_way_are_bounded_and_a_large_item_is_alone() {
        use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
        let (held, most, at_once) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        let sizes = (0..60).map(|i| if i % 10 == 5 { 3 * AHEAD_BYTES } else { AHEAD_BYTES / 4 });
        let work = |n_bytes: usize| {
            let now = held.fetch_add(n_bytes, SeqCst) + n_bytes;
            most.fetch_max(now, SeqCst);
            if n_bytes > AHEAD_BYTES && now > n_bytes {
                at_once.fetch_add(1, SeqCst);
            }
            thread::sleep(std::time::Duration::from_millis(1));
            held.fetch_sub(n_bytes, SeqCst);
            n_bytes
        };
        let mut n_done = 0;
        in_order(
            sizes,
            NonZeroUsize::new(6).unwrap(),
            |n| *n,
            work,
            |_| {
                n_done += 1;
                ControlFlow::Continue(())
            },
        );
        assert_eq!((n_done, at_once.into_inner()), (60, 0));
        assert!(most.into_inner() <= 3 * AHEAD_BYTES);
    }
}
