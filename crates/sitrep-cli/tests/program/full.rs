//! A disk with no room: the program says so, and what was committed is whole.
//!
//! The room is taken away in two ways: a limit on the size of files, which any user may set, and a file system of a few hundred kilobytes,
//! which only root can mount; where it cannot be mounted that half is skipped and says so.
#![cfg(unix)]

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use crate::run::{Desk, PROGRAM, Ran, json};

/// Reports in the record, and as many more for which there is no room.
const REPORTS: usize = 6;

/// Reports of other towns and days in the folders `first` and `more`, and a record of the first.
fn half_a_record(desk: &Desk, record: &str) -> String {
    for (folder, from) in [("first", 0), ("more", REPORTS)] {
        for n in from..from + REPORTS {
            let town = ["Varnesh", "Ostrel", "Orsk", "Kelmet"][n % 4];
            // Words that do not pack well, so that a report takes room.
            let filler: String =
                (0..4_000_u64).map(|at| format!("{:x} ", (at + 1) * (n as u64 + 7) * 2_654_435_761)).collect();
            let text = format!(
                "Troops enter {town}\n\nOn {} May 2031, government forces captured the town of {town}, the army said.\n\n{filler}\n",
                n + 1
            );
            desk.write(&format!("{folder}/{n:02}.txt"), text);
        }
    }
    desk.well(&["build", "first", "--published", "2031-05-20", "--jobs", "1", "-o", record]);
    root(desk, record)
}

fn root(desk: &Desk, record: &str) -> String {
    let out = desk.well(&["verify", record, "--quick"]);
    out.lines().find_map(|line| line.strip_prefix("root ")).unwrap().to_owned()
}

fn pages(desk: &Desk, record: &str) -> usize {
    json(&desk.well(&["pages", record, "--format", "jsonl"])).len()
}

/// Runs the program with files that may grow to `blocks` of 512 bytes and no further.
fn limited(desk: &Desk, blocks: u64, args: &[&str]) -> Ran {
    // Without the trap the system ends a program that writes beyond the limit; with it the write fails, as on a full disk.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let ran = Command::new("sh").args(["-c", &script, PROGRAM]).args(args).current_dir(desk.path("")).output().unwrap();
    Ran {
        code: ran.status.code().unwrap_or(-1),
        out: String::from_utf8(ran.stdout).unwrap(),
        err: String::from_utf8(ran.stderr).unwrap(),
    }
}

/// What must hold after `add` had no room: the cause is named, the record opens and verifies, and with room the same command finishes.
fn whole_after(desk: &Desk, record: &str, ran: &Ran, make_room: impl FnOnce()) {
    assert_eq!(ran.code, 1, "{}", ran.err);
    let names_it = ["the disk is full, or the file may not grow", "No space left on device", "File too large"];
    assert!(names_it.iter().any(|says| ran.err.contains(says)), "the cause is not named: {}", ran.err);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    make_room();
    // A writer undoes what was not committed; then everything that was is there.
    desk.well(&["add", record, "first/00.txt", "--published", "2031-05-20"]);
    assert!(pages(desk, record) >= REPORTS, "a committed page is lost");
    desk.well(&["verify", record]);
    desk.well(&["add", record, "more", "--published", "2031-05-20", "--jobs", "1"]);
    assert_eq!(pages(desk, record), 2 * REPORTS);
    desk.well(&["verify", record]);
    // No other than if there had been room all the time.
    desk.well(&["build", "first", "more", "--published", "2031-05-20", "--jobs", "1", "-o", "undisturbed.sitrep"]);
    assert_eq!(root(desk, record), root(desk, "undisturbed.sitrep"));
    let left: Vec<String> = std::fs::read_dir(desk.path(record).parent().unwrap())
        .unwrap()
        .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".settling") || name.contains("journal") || name.contains("unfinished"))
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

#[test]
fn a_record_that_may_not_grow_stays_whole_and_is_gone_on_with() {
    let desk = Desk::new();
    half_a_record(&desk, "war.sitrep");
    let size = std::fs::metadata(desk.path("war.sitrep")).unwrap().len();
    // Room for a page or two more, not for all of them.
    let blocks = size / 512 + 60;
    let ran = limited(&desk, blocks, &["add", "war.sitrep", "more", "--published", "2031-05-20", "--jobs", "1"]);
    whole_after(&desk, "war.sitrep", &ran, || ());
}

#[test]
fn a_build_without_room_makes_no_record_and_goes_on_when_there_is_some() {
    let desk = Desk::new();
    half_a_record(&desk, "first.sitrep");
    let size = std::fs::metadata(desk.path("first.sitrep")).unwrap().len();
    let args = ["build", "first", "more", "--published", "2031-05-20", "--jobs", "1", "-o", "war.sitrep"];
    let ran = limited(&desk, size / 512, &args);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("the disk is full, or the file may not grow"), "{}", ran.err);
    assert!(!desk.path("war.sitrep").exists(), "half a record has the record's name");
    desk.well(&args);
    assert_eq!(pages(&desk, "war.sitrep"), 2 * REPORTS);
    desk.well(&["verify", "war.sitrep"]);
}

#[test]
fn a_full_disk_leaves_the_record_whole() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("disk")).unwrap();
    let Some(disk) = Disk::mount(&desk.path("disk"), 16 * 1024) else { return };
    half_a_record(&desk, "disk/war.sitrep");
    // All but a little of what is left is taken by somebody else's file.
    let mut filler = std::fs::File::create(desk.path("disk/filler")).unwrap();
    while filler.write_all(&[1; 4096]).is_ok() {}
    drop(filler);
    let filler = std::fs::OpenOptions::new().write(true).open(desk.path("disk/filler")).unwrap();
    filler.set_len(filler.metadata().unwrap().len().saturating_sub(64 * 1024)).unwrap();
    drop(filler);
    let ran = desk.run(&["add", "disk/war.sitrep", "more", "--published", "2031-05-20", "--jobs", "1"]);
    whole_after(&desk, "disk/war.sitrep", &ran, || std::fs::remove_file(desk.path("disk/filler")).unwrap());
    drop(disk);
}

/// A small file system in memory, taken away again at the end.
struct Disk(std::path::PathBuf);

impl Disk {
    fn mount(at: &Path, kib: u32) -> Option<Disk> {
        let size = format!("size={kib}k");
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(at).output();
        if done.is_ok_and(|it| it.status.success()) {
            return Some(Disk(at.to_owned()));
        }
        // Written straight to the stream: the test harness swallows what a passing test prints.
        let _ = writeln!(std::io::stderr(), "SKIPPED: a small file system cannot be mounted (needs root)");
        None
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}
