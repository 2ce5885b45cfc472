//! `cargo xtask bench language [--text FILE] [--peer PYTHON] [--peer-model NAME] [--model FILE] [--rounds N]`
//!
//! In: a text (by default the sentences of the language crate's golden file, over and over), and perhaps a Python that has
//! spaCy. Out: a table of tokens per CPU second, load time and largest resident size; float, integer and peer take turns on
//! the same documents, so that a machine that changes its pace changes it for all. One thread each.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, bail, ensure};

use crate::Args;

/// Documents are cut at the first line end after this many bytes: the length of a news page.
const DOCUMENT_BYTES: usize = 4_000;
/// Length of the default text.
const DEFAULT_BYTES: usize = 300_000;

struct Options {
    text: Option<PathBuf>,
    peer: Option<String>,
    peer_model: Option<String>,
    model: PathBuf,
    n_rounds: usize,
}

/// Measures and prints.
pub(crate) fn run(args: Args) -> anyhow::Result<()> {
    let options = options(args)?;
    let documents = documents(&options)?;
    let directory = Path::new("target/bench");
    std::fs::create_dir_all(directory)?;
    let file = directory.join("documents.txt");
    std::fs::write(&file, documents.join("\u{c}"))?;
    let mut runners = Vec::new();
    for precision in ["float", "integer"] {
        runners.push(Runner::start(&format!("sitrep-language, {precision}"), &mut ours(&options, &file, precision)?)?);
    }
    if let Some(python) = &options.peer {
        let mut command = Command::new(python);
        command.arg("benches/peers/spacy_speed.py").arg(&file).args(&options.peer_model);
        runners.push(Runner::start("spaCy", &mut command)?);
    }
    for round in 0..=options.n_rounds {
        for runner in &mut runners {
            let tokens_per_second = runner.pass()?;
            // The first round warms caches up on both sides.
            if round > 0 {
                runner.tokens_per_second.push(tokens_per_second);
            }
        }
    }
    let bytes: usize = documents.iter().map(String::len).sum();
    println!("{} documents, {bytes} bytes; median of {} alternating rounds\n", documents.len(), options.n_rounds);
    println!("| what | tokens | tokens / CPU s (lowest - highest) | times spaCy | load, ms | largest size, MB |");
    println!("|---|---|---|---|---|---|");
    let peer = options.peer.is_some().then(|| runners.last().map_or(f64::NAN, Runner::median));
    for runner in &mut runners {
        let (load_ms, peak_mb) = runner.finish()?;
        let (median, rates) = (runner.median(), &runner.tokens_per_second);
        let (low, high) = rates.iter().fold((f64::INFINITY, 0.0f64), |(low, high), &x| (low.min(x), high.max(x)));
        let times = peer.map_or("-".to_owned(), |peer| format!("{:.1}", median / peer));
        let name = format!("{} ({})", runner.name, runner.version);
        println!(
            "| {name} | {} | {median:.0} ({low:.0} - {high:.0}) | {times} | {load_ms} | {peak_mb} |",
            runner.n_tokens
        );
    }
    Ok(())
}

fn options(mut args: Args) -> anyhow::Result<Options> {
    let mut options = Options {
        text: None,
        peer: None,
        peer_model: None,
        model: "crates/sitrep-language/model/en_core_web_sm-3.8.0.bin".into(),
        n_rounds: 5,
    };
    while let Some(name) = args.next() {
        let value = args.next().with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--text" => options.text = Some(value.into()),
            "--peer" => options.peer = Some(value),
            "--peer-model" => options.peer_model = Some(value),
            "--model" => options.model = value.into(),
            "--rounds" => options.n_rounds = value.parse().context("--rounds takes a number")?,
            _ => bail!("no such option: {name}"),
        }
    }
    ensure!(options.n_rounds > 0, "--rounds takes a number above 0");
    Ok(options)
}

/// The documents to measure on, each about as long as a page.
fn documents(options: &Options) -> anyhow::Result<Vec<String>> {
    let text = match &options.text {
        Some(path) => std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?,
        None => shipped_text()?,
    };
    let mut documents = vec![String::new()];
    for line in text.split_inclusive('\n') {
        let line = line.replace('\u{c}', " ");
        match documents.last_mut() {
            Some(last) if last.len() < DOCUMENT_BYTES => last.push_str(&line),
            _ => documents.push(line),
        }
    }
    Ok(documents)
}

/// The sentences of the golden file, repeated up to the default length.
fn shipped_text() -> anyhow::Result<String> {
    let path = "crates/sitrep-language/golden/golden.tsv";
    let golden = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    let sentences: Vec<&str> = golden.lines().filter_map(|line| line.strip_prefix("T\t")).collect();
    ensure!(sentences.len() > 100, "the golden file has no sentences");
    let mut text = String::new();
    for sentence in sentences.iter().cycle() {
        if text.len() >= DEFAULT_BYTES {
            break;
        }
        text.push_str(sentence);
        text.push('\n');
    }
    Ok(text)
}

fn ours(options: &Options, documents: &Path, precision: &str) -> anyhow::Result<Command> {
    let mut command = Command::new("cargo");
    command.args(["bench", "--quiet", "-p", "sitrep-language", "--bench", "speed", "--"]);
    // Benches run in their crate's folder.
    command.arg(options.model.canonicalize()?).arg(documents.canonicalize()?).arg(precision);
    Ok(command)
}

/// A process that analyses all documents once per line it is sent.
struct Runner {
    name: String,
    version: String,
    child: Child,
    output: BufReader<std::process::ChildStdout>,
    n_tokens: u64,
    tokens_per_second: Vec<f64>,
}

impl Runner {
    fn start(name: &str, command: &mut Command) -> anyhow::Result<Runner> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let output = BufReader::new(child.stdout.take().context("its output was asked for")?);
        let mut runner = Runner {
            name: name.to_owned(),
            version: String::new(),
            child,
            output,
            n_tokens: 0,
            tokens_per_second: Vec::new(),
        };
        let line = runner.line()?;
        runner.version = line.strip_prefix("ready ").with_context(|| format!("{name} said: {line}"))?.to_owned();
        Ok(runner)
    }

    fn say(&mut self, word: &str) -> anyhow::Result<()> {
        let input = self.child.stdin.as_mut().context("its input was asked for")?;
        writeln!(input, "{word}")?;
        Ok(input.flush()?)
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        ensure!(!line.is_empty(), "{} ended early", self.name);
        Ok(line.trim().to_owned())
    }

    /// One pass over the documents; tokens per CPU second.
    fn pass(&mut self) -> anyhow::Result<f64> {
        self.say("run")?;
        let line = self.line()?;
        let (n_tokens, seconds) = line.split_once(' ').with_context(|| format!("{} said: {line}", self.name))?;
        self.n_tokens = n_tokens.parse()?;
        Ok(self.n_tokens as f64 / seconds.parse::<f64>()?)
    }

    /// Ends the process; load time and largest size, as it prints them.
    fn finish(&mut self) -> anyhow::Result<(String, String)> {
        self.say("end")?;
        let line = self.line()?;
        let (load_ms, peak_mb) = line.split_once(' ').with_context(|| format!("{} said: {line}", self.name))?;
        let found = (load_ms.to_owned(), peak_mb.to_owned());
        self.child.wait()?;
        Ok(found)
    }

    fn median(&self) -> f64 {
        let mut rates = self.tokens_per_second.clone();
        rates.sort_by(f64::total_cmp);
        rates.get(rates.len() / 2).copied().unwrap_or(f64::NAN)
    }
}
