//! The clock of the benchmarks: what the processor spent on this thread, so that other work on the machine does not count.
//!
//! In: nothing. Out: seconds since the start. Read from /proc; elsewhere than on Linux it is wall time. Taken in by path, as
//! benchmarks of different crates share no library.

use std::time::Instant;

/// Time this thread has spent on a processor.
pub(crate) struct Clock {
    cpu_ns: Option<u64>,
    wall: Instant,
}

impl Clock {
    pub(crate) fn start() -> Clock {
        Clock { cpu_ns: cpu_ns(), wall: Instant::now() }
    }

    pub(crate) fn seconds(&self) -> f64 {
        match (self.cpu_ns, cpu_ns()) {
            (Some(start), Some(end)) => (end - start) as f64 * 1e-9,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

fn cpu_ns() -> Option<u64> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
}
