//! Plain text: article, lists, furniture, threads in the layouts they are pasted in.

use super::{blocks, check_promises, text, thread};
use sitrep_model::{BlockKind, HowKnown, Label};

const DUMP: &str = "0 $
1,500 $
MARCH 2021

Brigade Enters Varnesh After Night March (Report)

Brigade  Enters Varnesh After Night March (Report)

By Ada Marlow | 4 May 2031

The brigade entered Varnesh before dawn, the governor's office said, after a march of 30 km.

It came by two roads:

  • the river road from Oland;
  • the pass above Kessel.

Click to see the map in full size

Officials expect the bridge to reopen within days.

Do you like this report? Consider supporting us!

  • First!

  • quill_7

    Not so fast. The pass is still mined.

    My cousin lives there.

    • Ada's Ghost

      You moron, it was cleared on Tuesday.

        • quill_7

          Was not.

  • Best_Jobs

    I earned $9,400 last month working from home, $85 an hour. Check this link https://jobs.example/x";

#[test]
fn a_dump_with_furniture_a_list_and_a_thread() {
    let document = text(DUMP);
    check_promises(&document);
    assert_eq!(document.text, DUMP);
    assert_eq!(document.title.as_deref(), Some("Brigade Enters Varnesh After Night March (Report)"));
    assert_eq!(document.byline.as_deref(), Some("Ada Marlow"));
    let published = document.published.as_ref().unwrap();
    assert_eq!((published.date.to_string().as_str(), published.how), ("2031-05-04", HowKnown::Text));
    assert_eq!(blocks(&document, BlockKind::Headline).len(), 1);
    assert_eq!(blocks(&document, BlockKind::List), ["the river road from Oland;", "the pass above Kessel."]);
    assert_eq!(blocks(&document, BlockKind::Body).len(), 3);
    assert_eq!(
        thread(&document),
        [
            "-: First!",
            "quill_7: Not so fast. The pass is still mined. My cousin lives there.",
            ".Ada's Ghost: You moron, it was cleared on Tuesday.",
            "..quill_7: Was not.",
            "Best_Jobs: I earned $9,400 last month working from home, $85 an hour. Check this link https://jobs.example/x",
        ]
    );
    assert_eq!(document.comments[2].labels, [Label::Abuse]);
    assert_eq!(document.comments[4].labels, [Label::Spam]);
    assert_eq!(document.comments[4].links, ["https://jobs.example/x"]);
}

#[test]
fn a_list_that_ends_an_article_is_no_thread() {
    let document = text(
        "What we know about the raid on Kessel\n\nThe raid was reported at noon by two radio stations in Oland.\n\n  * Three trucks burned.\n\n  * The bridge stands.\n\n  * Nobody claimed it.\n",
    );
    assert_eq!(document.comments, []);
    assert_eq!(blocks(&document, BlockKind::List).len(), 3);
}

#[test]
fn comments_pasted_under_name_and_time() {
    let source = "Bridge at Varnesh reopened by army engineers\n\nEngineers reopened the bridge on Monday, the ministry said in a statement.\n\n3 Comments\n\nMarlow says:\nMay 4, 2031 at 3:14 pm\nGood news at last.\nReply\n\nquill_7 says:\nMay 5, 2031 at 9:00 am\n@Marlow it is a pontoon, not a bridge.\n\nSecond paragraph.\nReply\n\nJon Quill says:\nMay 6, 2031 at 9:00 am\nAny pictures?\n\nLeave a Reply\nYour email address will not be published.\n";
    let document = text(source);
    check_promises(&document);
    assert_eq!(
        thread(&document),
        [
            "Marlow: Good news at last.",
            ".quill_7: @Marlow it is a pontoon, not a bridge. Second paragraph.",
            "Jon Quill: Any pictures?",
        ]
    );
    assert_eq!(document.comments[0].date.unwrap().to_string(), "2031-05-04");
    assert_eq!(blocks(&document, BlockKind::Body).len(), 1);
}

#[test]
fn comments_copied_from_a_widget() {
    let source = "Bridge at Varnesh reopened by army engineers\n\nEngineers reopened the bridge on Monday, the ministry said in a statement.\n\nMarlow • 3 years ago\nGood news.\n2 ▲ | ▼\nquill_7 > Marlow • 3 years ago\nFor whom?\n";
    assert_eq!(thread(&text(source)), ["Marlow: Good news.", ".quill_7: For whom?"]);
}

#[test]
fn a_date_comes_from_a_date_line_and_never_from_furniture() {
    let published = |source: &str| text(source).published.map(|p| p.date.to_string());
    let story = "The convoy was hit on the river road at noon, two drivers told the station.\n";
    assert_eq!(published(&format!("12 $\nJULY 2020\n\nConvoy hit on the river road\n\n{story}")), None);
    assert_eq!(
        published(&format!("Convoy hit on the river road\nPublished: 9 November 2017\n\n{story}")).as_deref(),
        Some("2017-11-09")
    );
    assert_eq!(
        published(&format!("Convoy hit on the river road\n\nNov 9, 2017 | 14:02 GMT\n\n{story}")).as_deref(),
        Some("2017-11-09")
    );
    assert_eq!(
        published(&format!("Convoy hit on the river road\n\nOLAND, Nov. 9, 2017 (VNA) – {story}")).as_deref(),
        Some("2017-11-09")
    );
    assert_eq!(published(&format!("Convoy hit on the river road\n\nLast updated: 9 November 2017\n\n{story}")), None);
    assert_eq!(published(&format!("Convoy hit on the river road\n\nOn 9 November 2017 {story}")), None);
}

#[test]
fn wrapped_lines_are_one_paragraph() {
    let document = text(
        "Convoy hit on the river road\n\nThe convoy was hit on the river road at noon, two\ndrivers told the station, and burned for an hour.\n\nNobody was hurt, they said.",
    );
    assert_eq!(blocks(&document, BlockKind::Body).len(), 2);
}

#[test]
fn carriage_returns_marks_and_missing_line_ends() {
    let document = text(
        "\u{FEFF}Convoy hit on the river road\r\n\r\nThe convoy was hit at noon, two drivers told the station.\r\n\r\n* quill_7\r\n\r\n  Sad.\r\n\r\n  * Marlow\r\n\r\n    Very.",
    );
    check_promises(&document);
    assert_eq!(document.title.as_deref(), Some("Convoy hit on the river road"));
    assert_eq!(thread(&document), ["quill_7: Sad.", ".Marlow: Very."]);
}

#[test]
fn a_part_called_discussion_is_not_a_thread() {
    let story = "The convoy was hit on the river road at noon, two drivers told the station.";
    let part = |heading: &str| {
        text(&format!("Convoy hit on the river road\n\n{story}\n\n{heading}\n\n{story}\n\n{story}\n")).comments.len()
    };
    assert_eq!(part("Discussion"), 0);
    assert_eq!(part("2 Comments"), 2);
}
