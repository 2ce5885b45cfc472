//! Bytes nobody meant to be a page: no panic, no hang, spans that hold.

#[path = "../../../../benches/clock.rs"]
mod clock;

use clock::Clock;
use proptest::prelude::*;
use sitrep_model::MediaType;

use super::{check_promises, read};

fn bytes(raw: Vec<u8>, media_type: MediaType) {
    let page = crate::page_of("page", media_type, raw, sitrep_model::PageMeta::default(), "file");
    check_promises(&crate::document(&page).value);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(raw in proptest::collection::vec(any::<u8>(), 0..600)) {
        bytes(raw.clone(), MediaType::Html);
        bytes(raw, MediaType::Text);
    }

    #[test]
    fn any_lines(lines in proptest::collection::vec("[ \t]{0,6}([•*>-] )?(quill_7|Reply|3 Comments|Marlow says:|May 5, 2031 at 9:00 am|The pass is mined\\.|é “x”|12 \\$)?", 0..40)) {
        let document = read(&lines.join("\n"), MediaType::Text).value;
        check_promises(&document);
    }

    #[test]
    fn any_tags(tags in proptest::collection::vec("</?(p|li|ul|div|article|b|a|table|td|h1|time|script|title)( class=(comment|fn|share|entry-content|comment-content))?>|words é and more of them |&amp;|<!--|-->", 0..80)) {
        check_promises(&read(&tags.concat(), MediaType::Html).value);
    }
}

/// Four times the input must not take far more than four times as long, in CPU time: the machine may be busy.
fn grows_gently(make: impl Fn(usize) -> String, media_type: MediaType, n: usize) {
    let took = |n: usize| {
        let source = make(n);
        let clock = Clock::start();
        check_promises(&read(&source, media_type).value);
        clock.seconds()
    };
    took(n / 10);
    let (small, large) = (took(n), took(n * 4));
    assert!(large < small.max(0.05) * 16.0, "{n} took {small:.2} s, four times as much {large:.2} s");
}

#[test]
fn deep_wide_and_strange_pages_take_time_in_proportion() {
    grows_gently(|n| "<div>".repeat(n), MediaType::Html, 5_000);
    grows_gently(|n| "<ul><li class=comment><b class=fn>a</b><p>b".repeat(n), MediaType::Html, 600);
    let post = "<div class=post id=p12><a class=username href=/members/1>quill_7</a> <time>May 4, 2031</time><div class=content><blockquote>";
    grows_gently(|n| post.repeat(n), MediaType::Html, 300);
    grows_gently(|n| format!("{post}a</blockquote>b</div></div>").repeat(n), MediaType::Html, 300);
    grows_gently(|n| "<tr><td>#1 May 4, 2031, 9:00<td><b>quill_7</b>words".repeat(n), MediaType::Html, 300);
    grows_gently(|n| "<p>3 days ago</p>".repeat(n), MediaType::Html, 600);
    grows_gently(|n| "<b><p>a".repeat(n), MediaType::Html, 3_000);
    grows_gently(|n| format!("<p {}>a", "a=b ".repeat(n)), MediaType::Html, 20_000);
    grows_gently(|n| "<p>A sentence about nothing at all, repeated.</p>".repeat(n), MediaType::Html, 600);
    grows_gently(|n| "<h1>a</h1><h2>Read also:</h2><h3>b</h3>".repeat(n), MediaType::Html, 1_000);
    grows_gently(
        |n| "<div hidden class='widget author'><p>A sentence about nothing at all, told and told again.".repeat(n),
        MediaType::Html,
        500,
    );
    grows_gently(|n| "<script><!--<style></scrip>".repeat(n), MediaType::Html, 10_000);
    grows_gently(|n| "• quill_7\n\n  words\n\n".repeat(n), MediaType::Text, 400);
    grows_gently(|n| "Marlow says:\n@Marlow no\n".repeat(n), MediaType::Text, 400);
    grows_gently(|n| "* a\nb\n".repeat(n), MediaType::Text, 1_000);
}

#[test]
fn origins_take_time_in_proportion_and_hold() {
    let took = |n: usize| {
        let source = "<p>a a a a a b</p><!-- x --><p class='>'>a &amp; b &eacute;</p>".repeat(n);
        let page =
            crate::page_of("page", MediaType::Html, source.into_bytes(), sitrep_model::PageMeta::default(), "file");
        let document = crate::document(&page).value;
        let clock = Clock::start();
        let origins = crate::origins(&page, &document);
        assert_eq!(origins.blocks.len(), document.blocks.len());
        assert!(origins.blocks.iter().flatten().all(|s| page.raw.get(s.start as usize..s.end as usize).is_some()));
        clock.seconds()
    };
    took(50);
    let (small, large) = (took(300), took(1_200));
    assert!(large < small.max(0.05) * 16.0, "{small:.2} s, four times as much {large:.2} s");
}
