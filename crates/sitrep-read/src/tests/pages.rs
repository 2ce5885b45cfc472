//! Files and folders on disk.

use std::fs;
use std::path::PathBuf;

use crate::{Input, MetaTable, ReadError, Source, pages};

/// A fresh folder under the build's own temporary folder.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("sitrep-read-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(path.join("deep")).unwrap();
    path
}

#[test]
fn a_folder_is_read_sorted_and_one_bad_file_does_not_stop_it() {
    let root = folder("sorted");
    fs::write(root.join("b.txt"), "Bridge\n\nThe bridge fell.").unwrap();
    fs::write(root.join("a.html"), "<p>The bridge fell.").unwrap();
    fs::write(root.join("deep/c.md"), "# Bridge").unwrap();
    fs::write(root.join("empty.txt"), "\n").unwrap();
    fs::write(root.join("x.png"), b"\x89PNG\0").unwrap();
    fs::write(root.join("meta.csv"), "path,outlet,published\nc.md,Courier,2031-05-04\n").unwrap();
    let (table, _) = MetaTable::open(&root.join("meta.csv")).unwrap();
    let source =
        Source { inputs: vec![Input::Path(root.clone()), Input::Path(root.join("b.txt"))], table, ..Source::default() };
    let read: Vec<_> = pages(&source).collect();
    let names: Vec<String> = read.iter().flatten().map(|p| p.path.rsplit('/').next().unwrap().to_owned()).collect();
    assert_eq!(names, ["a.html", "b.txt", "c.md"]);
    assert_eq!(read.iter().flatten().last().unwrap().meta.outlet.as_deref(), Some("Courier"));
    let errors: Vec<&ReadError> = read.iter().filter_map(|r| r.as_ref().err()).collect();
    assert!(matches!(errors[0], ReadError::Empty { .. }), "{errors:?}");
    assert!(errors.iter().any(|e| matches!(e, ReadError::Skipped { path } if path.ends_with("x.png"))));
    assert!(errors.iter().any(|e| matches!(e, ReadError::Duplicate { .. }) && e.is_remark()));
    assert!(!errors.iter().any(|e| e.to_string().contains("meta.csv")), "the meta file is no report: {errors:?}");
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn what_this_program_writes_is_no_input() {
    let root = folder("own");
    fs::write(root.join("a.txt"), "Bridge\n\nThe bridge fell.").unwrap();
    for own in ["war.sitrep", "war.sitrep-wal", "war.db.123.unfinished", "war.db.123.unfinished-journal"] {
        fs::write(root.join(own), "SQLite format 3").unwrap();
    }
    fs::write(root.join("failed.jsonl"), "{\"path\": \"x\", \"why\": \"y\", \"text\": \"no post\"}\n").unwrap();
    let source = Source { written: vec![root.join("failed.jsonl")], ..Source::of_paths([&root]) };
    let found: Vec<_> = pages(&source).collect();
    assert!(matches!(&found[..], [Ok(_)]), "{found:?}");
    for i in 0..9 {
        fs::write(root.join(format!("{i}.csv")), "a,b").unwrap();
    }
    let found: Vec<_> = pages(&source).collect();
    let said = found[1].as_ref().unwrap_err().to_string();
    assert!(found.len() == 2 && said.ends_with("9 files left out: not of a kind that is read (9 .csv)"), "{said}");
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn what_is_not_there_is_said() {
    let root = folder("none");
    let source = Source::of_paths([root.clone(), root.join("gone.txt")]);
    let errors: Vec<String> = pages(&source).filter_map(Result::err).map(|e| e.to_string()).collect();
    assert!(errors[0].ends_with("holds no file that is read"), "{errors:?}");
    assert!(errors[1].starts_with("cannot open"), "{errors:?}");
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn bytes_in_hand_are_a_page_too() {
    let source = Source { inputs: vec![Input::Bytes("stdin".to_owned(), b"<html><p>x".to_vec())], ..Source::default() };
    let page = pages(&source).next().unwrap().unwrap();
    assert_eq!((page.path.as_str(), page.custody.method.as_str()), ("stdin", "stdin"));
    assert_eq!(page.sha256.len(), 64);
}
