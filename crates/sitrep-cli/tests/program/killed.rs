//! The program, ended by force at random moments, and what must hold after each kill.
//!
//! In: the program, how many kills, where the drawing of moments begins. Out: what was left that should not be. One harness in two lengths: a
//! short one among the tests, a long one as `cargo xtask kill`, which takes this file in by its path.

#![allow(clippy::disallowed_methods, reason = "how long a command takes is measured")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};

/// What came of many kills.
pub(crate) struct Came {
    /// Of each command: its name, kills, how many of them came before it was done, and how long it takes undisturbed.
    pub(crate) rows: Vec<(&'static str, usize, usize, Duration)>,
    /// What was wrong, a line a kill.
    pub(crate) wrong: Vec<String>,
}

/// Kills `program` `kills` times, each command in turn.
pub(crate) fn kill(program: &Path, kills: usize, seed: u64) -> anyhow::Result<Came> {
    let mut draw = Draw(seed);
    let desk = Desk::make(program)?;
    let mut came = Came { rows: Vec::new(), wrong: Vec::new() };
    for case in Case::ALL {
        came.rows.push((case.name(), 0, 0, desk.undisturbed(case)?));
    }
    for n in 0..kills {
        let case = Case::ALL[n % Case::ALL.len()];
        let row = &mut came.rows[n % Case::ALL.len()];
        // A little beyond the end: a run that was done in time must be as good as any.
        let moment = row.3.mul_f64(draw.share() * 1.1);
        let killed = desk.kill(case, moment)?;
        row.1 += 1;
        row.2 += usize::from(killed.before_end);
        if let Err(error) = killed.checked {
            came.wrong.push(format!("{} killed after {} ms: {error:#}", case.name(), moment.as_millis()));
        }
    }
    Ok(came)
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct Draw(u64);

impl Draw {
    /// From 0 up to 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A command that is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Case {
    Build,
    Add,
    Review,
    Redact,
    Export,
    Bundle,
}

impl Case {
    const ALL: [Case; 6] = [Case::Build, Case::Add, Case::Review, Case::Redact, Case::Export, Case::Bundle];

    fn name(self) -> &'static str {
        match self {
            Case::Build => "build",
            Case::Add => "add",
            Case::Review => "review",
            Case::Redact => "redact",
            Case::Export => "export",
            Case::Bundle => "bundle",
        }
    }
}

/// What came of a kill.
struct Killed {
    /// Whether it came before the command was done.
    before_end: bool,
    /// Whether all that must hold does.
    checked: anyhow::Result<()>,
}

/// What every run begins with.
struct Desk {
    program: PathBuf,
    folder: PathBuf,
    /// Id of a claim that is rejected.
    claim: String,
}

/// Reports in the record that a run begins with, and as many more.
const PAGES: usize = 8;
const RECORD: &str = "war.sitrep";
const LOG: &str = "war.sitrep.log";
const DAY: &str = "2031-05-09";

impl Desk {
    /// Reports, and a record of half of them.
    fn make(program: &Path) -> anyhow::Result<Desk> {
        let folder = std::env::temp_dir().join(format!("sitrep-kill-{}", std::process::id()));
        let mut desk = Desk { program: program.canonicalize()?, folder, claim: String::new() };
        for (folder, from, to) in [("first", 0, PAGES), ("more", PAGES, 2 * PAGES)] {
            let reports = desk.folder.join("start").join(folder);
            fs::create_dir_all(&reports)?;
            for n in from..to {
                fs::write(reports.join(format!("{n:02}.txt")), report(n))?;
            }
        }
        let start = desk.folder.join("start");
        desk.well(&start, &["build", "first", "--published", DAY, "--jobs", "1", "-o", RECORD])?;
        let claims = desk.well(&start, &["claims", RECORD, "--format", "jsonl"])?;
        let claim = claims.split("\"claim_id\":\"").nth(1).and_then(|rest| rest.split('"').next());
        desk.claim = claim.context("the reports make no claim")?.to_owned();
        Ok(desk)
    }

    fn args(&self, case: Case) -> Vec<&str> {
        let published = ["--published", DAY, "--jobs", "1"];
        match case {
            Case::Build => [&["build", "first", "more", "-o", "new.sitrep"][..], &published].concat(),
            Case::Add => [&["add", RECORD, "more"][..], &published].concat(),
            Case::Review => vec!["review", RECORD, "reject", &self.claim, "--why", "a test"],
            Case::Redact => vec!["redact", RECORD, "Mira Tolland", "--why", "a test", "--on", DAY],
            Case::Export => vec!["export", RECORD, "--to", "csv", "-o", "out"],
            Case::Bundle => vec!["bundle", RECORD, "-o", "war.zip"],
        }
    }

    /// What a command makes: the record it changes, or the files it writes.
    fn made(case: Case) -> &'static str {
        match case {
            Case::Build => "new.sitrep",
            Case::Add | Case::Review | Case::Redact => RECORD,
            Case::Export => "out",
            Case::Bundle => "war.zip",
        }
    }

    /// Runs a command undisturbed and keeps what it makes; how long it takes.
    fn undisturbed(&self, case: Case) -> anyhow::Result<Duration> {
        let kept = self.folder.join(case.name());
        copy(&self.folder.join("start"), &kept)?;
        let started = Instant::now();
        self.well(&kept, &self.args(case))?;
        Ok(started.elapsed())
    }

    /// Runs a command in a folder of its own, kills it at `moment`, and checks what it left.
    fn kill(&self, case: Case, moment: Duration) -> anyhow::Result<Killed> {
        let folder = self.folder.join("run");
        copy(&self.folder.join("start"), &folder)?;
        let mut child = Command::new(&self.program)
            .args(self.args(case))
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        std::thread::sleep(moment);
        let before_end = child.try_wait()?.is_none();
        // SIGKILL: the program cannot notice.
        child.kill()?;
        child.wait()?;
        Ok(Killed { before_end, checked: self.check(case, &folder) })
    }

    fn check(&self, case: Case, folder: &Path) -> anyhow::Result<()> {
        let wanted = files(&self.folder.join(case.name()).join(Desk::made(case)))?;
        let made = folder.join(Desk::made(case));
        // Whatever has its final name is whole: as it was before, or as it is when the command is done.
        if matches!(case, Case::Export | Case::Bundle | Case::Build) && made.exists() {
            for (name, bytes) in files(&made)?.iter().filter(|(name, _)| !name.contains(".unfinished")) {
                ensure!(case == Case::Bundle || wanted.get(name) == Some(bytes), "{name} is not whole");
            }
        }
        if case == Case::Bundle && made.exists() {
            self.well(folder, &["bundle", "--check", "war.zip"]).context("a bundle that is not whole")?;
        }
        if folder.join(RECORD).exists() {
            let pages = self.pages(folder, RECORD).context("the record cannot be read")?;
            ensure!(pages.len() >= PAGES, "{} of {PAGES} committed pages are left", pages.len());
        }
        self.again(case, folder)?;
        ensure!(same(&files(&made)?, &wanted, case), "another result than that of an undisturbed run");
        if case != Case::Export && case != Case::Bundle {
            self.well(folder, &["verify", Desk::made(case), "--quick"])?;
        }
        let left: Vec<String> = names(folder)?.difference(&names(&self.folder.join(case.name()))?).cloned().collect();
        ensure!(left.is_empty(), "left behind: {}", left.join(", "));
        Ok(())
    }

    /// Runs the command again, unless it was done before it was killed.
    fn again(&self, case: Case, folder: &Path) -> anyhow::Result<()> {
        let record = Desk::made(case);
        let done = match case {
            Case::Build => folder.join(record).exists(),
            Case::Review => !self.well(folder, &["review", RECORD, "list", "--format", "jsonl"])?.is_empty(),
            Case::Redact => !self.well(folder, &["redact", RECORD])?.is_empty(),
            Case::Add | Case::Export | Case::Bundle => false,
        };
        if !done {
            self.well(folder, &self.args(case))?;
            return Ok(());
        }
        // What a killed run had decided stands; any next change settles it and mends its log.
        let published = ["--published", DAY, "--jobs", "1"];
        self.well(folder, &[&["add", record, "first/00.txt"][..], &published].concat())?;
        Ok(())
    }

    fn pages(&self, folder: &Path, record: &str) -> anyhow::Result<Vec<String>> {
        match self.well(folder, &["pages", record, "--format", "jsonl"]) {
            Ok(lines) => Ok(lines.lines().map(str::to_owned).collect()),
            // A reader may not clean up after a write that was cut short; a writer does.
            Err(error) if format!("{error:#}").contains("cut short") => {
                let published = ["--published", DAY, "--jobs", "1"];
                self.well(folder, &[&["add", record, "first/00.txt"][..], &published].concat())?;
                let lines = self.well(folder, &["pages", record, "--format", "jsonl"])?;
                Ok(lines.lines().map(str::to_owned).collect())
            }
            Err(error) => Err(error),
        }
    }

    /// Runs the program to its end and insists that it went well; what it printed.
    fn well(&self, folder: &Path, args: &[&str]) -> anyhow::Result<String> {
        let ran = Command::new(&self.program).args(args).current_dir(folder).stdin(Stdio::null()).output()?;
        if !ran.status.success() {
            bail!("sitrep {}: {}{}", args.join(" "), text(&ran.stdout), text(&ran.stderr));
        }
        Ok(text(&ran.stdout))
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Records must be the same bytes; a bundle holds the log, whose times differ, so of it the record inside was checked.
fn same(found: &BTreeMap<String, Vec<u8>>, wanted: &BTreeMap<String, Vec<u8>>, case: Case) -> bool {
    case == Case::Bundle && !found.is_empty() || found == wanted
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A report in plain text; one in three names somebody who is redacted.
fn report(n: usize) -> String {
    let town = ["Varnesh", "Ostrel", "Lower Tamm", "Orsk", "Kelmet", "Dravina"][n % 6];
    let day = 1 + n % 8;
    let witness = if n.is_multiple_of(3) { "Mira Tolland, a miller, said two buses burned there.\n" } else { "" };
    let troops = 10 + n;
    format!(
        "Troops enter {town}, report {n}\n\nOn {day} May 2031, government forces captured the town of {town}, the army said. \
         Rebels killed {troops} soldiers near {town} on {day} May, local sources said.\n{witness}"
    )
}

/// A folder's files, or the one file, by name.
fn files(path: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let listed = if path.is_dir() {
        fs::read_dir(path)?.map(|it| it.map(|it| it.path())).collect::<Result<_, _>>()?
    } else {
        vec![path.to_owned()]
    };
    for file in listed {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(&file).with_context(|| format!("{} is not there", file.display()))?;
        files.insert(name, bytes);
    }
    Ok(files)
}

/// The names of what lies in a folder and in those below it.
fn names(folder: &Path) -> anyhow::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            names.extend(self::names(&entry.path())?.into_iter().map(|inner| format!("{name}/{inner}")));
        }
        names.insert(name);
    }
    // A log that a killed run could not begin is begun by the next change.
    names.remove(LOG);
    Ok(names)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
