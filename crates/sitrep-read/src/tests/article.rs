//! Articles on awkward pages: folded, built of widgets, followed by notes on the author, with posts of other platforms.

use super::{blocks, check_promises, html};
use sitrep_model::{BlockKind, MediaType, PageMeta};

const FIRST: &str = "The brigade entered Varnesh before dawn, the governor's office said, after a march of thirty kilometres through the hills.";
const SECOND: &str = "Nobody in the town could be reached; the telephone exchange has been down since Tuesday, two traders in Oland said.";
const THIRD: &str = "The ministry of the neighbouring province said it had sent buses to the crossing and would send more before the weekend.";

fn words(body: &str) -> String {
    let document = html(&format!("<html><body><h1>Brigade enters Varnesh</h1>{body}</body></html>"));
    check_promises(&document);
    let text = document.blocks.iter().skip(1).map(|b| b.span.of(&document.text));
    text.collect::<Vec<_>>().join("\n")
}

#[test]
fn an_article_that_a_script_unfolds_is_read() {
    let folded = format!(
        "<div hidden id=S:0><article><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article></div><p>Loading</p>"
    );
    assert_eq!(words(&folded), format!("{FIRST}\n{SECOND}\n{THIRD}"));
    // What is hidden beside a whole article stays out: a copy for another device, a box that opens on a click.
    let beside =
        format!("<article><p>{FIRST}</p><p>{SECOND}</p></article><div style='display: none'><p>{THIRD}</p></div>");
    assert_eq!(words(&beside), format!("{FIRST}\n{SECOND}"));
}

#[test]
fn an_article_goes_on_after_see_also_inside_a_list() {
    let list = format!(
        "<ol><li><h2>Varnesh</h2><p>{FIRST}</p><p>Read also:</p><p><a href=/x>Bridges</a></p>
        <li><h2>Oland</h2><p>{SECOND}</p></ol>"
    );
    assert_eq!(words(&list), format!("Varnesh\n{FIRST}\nOland\n{SECOND}"));
}

#[test]
fn notes_on_the_author_are_no_article() {
    let by_heading = format!(
        "<article><p>{FIRST}</p><p>{SECOND}</p><h3>About the author</h3><p>Ada Marlow has written about \
        rivers and bridges for the Courier since she left school, and lives in Oland.</p></article>"
    );
    assert_eq!(words(&by_heading), format!("{FIRST}\n{SECOND}"));
    let by_name = format!(
        "<article><p>{FIRST}</p><p>{SECOND}</p><div class='author-box'><p>Ada Marlow has written about \
        rivers and bridges for the Courier since she left school.</p></div></article>"
    );
    assert_eq!(words(&by_name), format!("{FIRST}\n{SECOND}"));
    // At the top such a line opens the article's own chapter.
    let on_top = format!("<article><h2>About the author</h2><p>{FIRST}</p><p>{SECOND}</p></article>");
    assert_eq!(words(&on_top), format!("About the author\n{FIRST}\n{SECOND}"));
}

#[test]
fn a_page_built_of_widgets_keeps_them() {
    let built = format!(
        "<div class=widget><p>{FIRST}</p></div><div class=widget><p>{SECOND}</p></div><div class=widget><p>{THIRD}</p></div>"
    );
    assert_eq!(words(&built), format!("{FIRST}\n{SECOND}\n{THIRD}"));
    let one = format!("<article><p>{FIRST}</p><p>{FIRST} Twice.</p><p>{SECOND}</p><p>{SECOND} Twice.</p><p>{THIRD}</p>
        <section class='below widget'><p>Every coin you give helps us to go on telling what happens at the river.</p></section></article>");
    assert!(!words(&one).contains("coin"));
}

#[test]
fn a_paragraph_shown_twice_is_read_once() {
    assert_eq!(
        words(&format!("<article><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p></article>")),
        format!("{FIRST}\n{SECOND}")
    );
}

#[test]
fn standfirst_and_posts_are_blocks_of_their_own_kind() {
    let page = format!("<html><body><header><h1>Brigade enters Varnesh</h1><p class='story__standfirst'>A march through the hills ended at the river.</p></header>
        <article><p>{FIRST}</p><p>{SECOND}</p><blockquote class='twitter-tweet'><p>The bridge stands.</p>Ada (@ada) <a href='https://posts.example/1'>May 5</a></blockquote>
        <blockquote><p>We will hold it.</p></blockquote></article></body></html>");
    let document = html(&page);
    check_promises(&document);
    assert_eq!(blocks(&document, BlockKind::Lead), ["A march through the hills ended at the river."]);
    assert_eq!(blocks(&document, BlockKind::Quote), ["We will hold it."]);
    assert_eq!(blocks(&document, BlockKind::Post), ["The bridge stands.", "Ada (@ada) May 5"]);
    let post = document.blocks.iter().rfind(|b| b.kind == BlockKind::Post).unwrap();
    assert_eq!(post.links, ["https://posts.example/1"]);
}

#[test]
fn blocks_know_where_they_stand_in_the_page() {
    let markup = format!("\u{FEFF}<html><head><title>Brigade enters Varnesh</title><script>var x = 'The brigade entered';</script></head>
        <body><h1>Brigade enters <i>Varnesh</i></h1><article><p class='a>b'>{FIRST}</p><p>{}</p></article></body></html>", SECOND.replace("the", "<b>the</b>"));
    let page = crate::page_of("p.html", MediaType::Html, markup.clone().into_bytes(), PageMeta::default(), "file");
    let document = crate::document(&page).value;
    let origins = crate::origins(&page, &document);
    assert!(origins.bytes_too);
    let found: Vec<&str> = origins.blocks.iter().map(|s| s.map_or("", |s| s.of(&markup))).collect();
    assert_eq!(found[0], "Brigade enters <i>Varnesh");
    assert_eq!(found[1], FIRST.trim_end_matches('.'));
    assert!(found[2].starts_with("Nobody in <b>the</b> town") && found[2].ends_with("Oland said"), "{}", found[2]);
    // In another encoding the same places count in the decoded text.
    let latin =
        b"<h1>Caf\xe9 raid</h1><p>The caf\xe9 at the crossing was searched on Monday, the owner said.</p>".to_vec();
    let page = crate::page_of("p.html", MediaType::Html, latin, PageMeta::default(), "file");
    let origins = crate::origins(&page, &crate::document(&page).value);
    assert!(!origins.bytes_too && origins.blocks.iter().all(Option::is_some));
}

#[test]
fn a_byline_is_found_by_the_end_of_its_class_name() {
    let byline = |markup: &str| {
        html(&format!("<h1>Brigade enters Varnesh</h1>{markup}<article><p>{FIRST}</p></article>")).byline
    };
    assert_eq!(byline("<p class='wp-block-post-author__name'>By: Ada Marlow</p>").as_deref(), Some("Ada Marlow"));
    assert_eq!(
        byline("<div class='x-author'>Author Jon Quill</div><div class=byline>By Ada Marlow</div>").as_deref(),
        Some("Ada Marlow")
    );
    assert_eq!(byline("<p class='authority'>Varnesh Council</p>"), None);
}
