//! Runs the program and holds the files of one test.
//!
//! In: arguments, perhaps standard input. Out: [`Ran`]. Files live in a folder of their own that goes with the test.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_sitrep");

/// What a run came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A folder for one test.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Runs the program in this folder.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.feed(args, "")
    }

    /// The same with something on standard input.
    pub(crate) fn feed(&self, args: &[&str], input: &(impl AsRef<[u8]> + ?Sized)) -> Ran {
        let mut child = Command::new(PROGRAM)
            .args(args)
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.as_ref().to_vec();
        let writer = std::thread::spawn(move || {
            // The program may end without reading all of it.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs the program and insists that it went well.
    pub(crate) fn well(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "sitrep {args:?}: {}", ran.err);
        ran.out
    }

    /// Three reports, `a.txt` to `c.txt`, with `meta.csv`: two of one capture, one of another day and place.
    pub(crate) fn with_three_captures() -> Desk {
        let desk = Desk::new();
        desk.write(
            "a.txt",
            "Troops take Varnesh\n\nOn 5 May 2031, the Loyalist Army captured the town of Varnesh, the army said.\n",
        );
        desk.write(
            "b.txt",
            "Varnesh falls\n\nThe Loyalist Army captured the town of Varnesh on 5 May 2031, residents said.\n",
        );
        desk.write(
            "c.txt",
            "Korma taken\n\nOn 19 May 2031, the Loyalist Army captured the town of Korma, the army said.\n",
        );
        desk.write(
            "meta.csv",
            "path,outlet,published\na.txt,Northern Courier,2031-05-06\nb.txt,Harbour Gazette,2031-05-07\nc.txt,Tarn Radio,2031-05-20\n",
        );
        desk
    }

    /// The record of the sample reports with its log; built once for all tests.
    pub(crate) fn demo(&self) -> PathBuf {
        static BUILT: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
        let names = ["demo.sitrep", "demo.sitrep.log"];
        let built = BUILT.get_or_init(|| {
            let desk = Desk::new();
            desk.well(&["demo", "--no-serve", "-o", "demo.sitrep"]);
            names.map(|name| std::fs::read(desk.path(name)).unwrap())
        });
        for (name, bytes) in names.iter().zip(built) {
            self.write(name, bytes);
        }
        self.path("demo.sitrep")
    }
}

/// The lines of JSONL.
pub(crate) fn json(lines: &str) -> Vec<serde_json::Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The reference material beside the repository; says so and answers `None` when it is absent.
pub(crate) fn shared(what: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(what);
    if path.exists() {
        return Some(path);
    }
    // Written straight to the stream: the test harness swallows what a passing test prints.
    let mut stream = std::io::stderr();
    writeln!(stream, "SKIPPED: ../shared is absent (needs {what})").unwrap();
    None
}

/// A report that says something, with nothing odd about it.
pub(crate) const PLAIN: &str = "Troops take Varnesh

On 5 May 2031, government forces captured the town of Varnesh, the army said.
";

/// The pages of a record as they came, by the number of their row.
pub(crate) fn stored(record: &Path) -> BTreeMap<i64, Vec<u8>> {
    let file = rusqlite::Connection::open(record).unwrap();
    let mut pages = file.prepare("SELECT number, zlib, raw FROM page_bytes").unwrap();
    let whole = |row: &rusqlite::Row<'_>| {
        let (raw, mut page): (Vec<u8>, _) = (row.get(2)?, Vec::new());
        match row.get(1)? {
            true => assert!(flate2::read::ZlibDecoder::new(&*raw).read_to_end(&mut page).is_ok()),
            false => page = raw,
        }
        Ok((row.get(0)?, page))
    };
    pages.query_map([], whole).unwrap().collect::<Result<_, _>>().unwrap()
}
