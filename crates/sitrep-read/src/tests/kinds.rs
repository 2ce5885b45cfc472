//! Comment threads and forum systems, one small page a kind, as each system writes it; names and towns invented.

use super::{check_promises, html, read, thread};
use sitrep_model::{BlockKind, Document, MediaType, PageMeta};

const STORY: &str = "<article><h1>Bridge at Varnesh</h1><p>The bridge at Varnesh was closed this morning, and four trucks turned back at the checkpoint, the council said.</p><p>Nobody could say for how long; the last closure took nine days and cost the town its market.</p></article>";
const FIRST: &str = "The bridge at Varnesh was closed this morning, and I saw four trucks turn back at the checkpoint.";
const SECOND: &str = "It was open again by noon.";
const THIRD: &str = "Only one lane of it.";
const FOURTH: &str = "Two lanes since yesterday.";

fn under_story(comments: &str) -> Document {
    let document = html(&format!(
        "<!doctype html><html lang=en><head><title>Bridge at Varnesh</title></head><body>{STORY}{comments}</body></html>"
    ));
    check_promises(&document);
    let article: Vec<&str> = document.blocks.iter().map(|b| b.span.of(&document.text)).collect();
    assert_eq!(article.len(), 3, "{article:?}");
    document
}

/// marlow, quill_7 in answer to marlow, Ada M. in answer to nobody.
fn check_comments(comments: &str) -> Document {
    let document = under_story(comments);
    assert_eq!(
        thread(&document),
        [format!("marlow: {SECOND}"), format!(".quill_7: {THIRD}"), format!("Ada M.: {FOURTH}")]
    );
    let days: Vec<String> =
        document.comments.iter().map(|c| c.date.map(|d| d.to_string()).unwrap_or_default()).collect();
    assert_eq!(days, ["2031-05-05"; 3]);
    document
}

/// marlow opens, quill_7 and Ada M. follow.
fn check_posts(body: &str) -> Document {
    let document = html(&format!(
        "<!doctype html><html lang=en><head><title>Bridge at Varnesh - Oland Forum</title></head><body><h1>Bridge at Varnesh</h1>{body}</body></html>"
    ));
    check_promises(&document);
    assert_eq!(thread(&document), [format!("quill_7: {SECOND}"), format!("Ada M.: {THIRD}")]);
    let article: Vec<&str> = document.blocks.iter().map(|b| b.span.of(&document.text)).collect();
    assert_eq!(article, ["Bridge at Varnesh", FIRST]);
    assert_eq!(document.byline.as_deref(), Some("marlow"));
    document
}

#[test]
fn old_reddit() {
    let thing = |id: &str, name: &str, words: &str, child: &str| {
        format!("<div class='thing id-t1_{id} noncollapsed comment' id='thing_t1_{id}' data-author='{name}'><p class='parent'><a name='{id}'></a></p><div class='midcol unvoted'><div class='arrow up'></div></div>
          <div class='entry unvoted'><p class='tagline'><a href='#' class='expand'>[–]</a><a href='https://old.forum.example/user/{name}' class='author may-blank'>{name}</a><span class='userattrs'></span> <span class='score unvoted' title='12'>12 points</span> <time title='Mon May 5 09:00:00 2031 UTC' datetime='2031-05-05T09:00:00+00:00' class='live-timestamp'>3 hours ago</time>&nbsp;<a href='#' class='numchildren'>(1 child)</a></p>
          <form class='usertext warn-on-unload'><div class='usertext-body may-blank-within md-container'><div class='md'><p>{words}</p></div></div></form><ul class='flat-list buttons'><li class='first'><a href='#' class='bylink'>permalink</a></li><li class='reply-button'><a>reply</a></li></ul></div>
          <div class='child'>{child}</div><div class='clearleft'></div></div>")
    };
    let inner = format!("<div class='sitetable listing'>{}</div>", thing("b2", "quill_7", THIRD, ""));
    let comments = [thing("b1", "marlow", SECOND, &inner), thing("b3", "Ada M.", FOURTH, "")].concat();
    check_comments(&format!("<div class='commentarea'><div class='sitetable nestedlisting'>{comments}</div></div>"));
}

#[test]
fn reddit_as_elements_of_its_own() {
    let comment = |id: &str, depth: u32, name: &str, words: &str, inner: &str| {
        format!("<shreddit-comment author='{name}' thingid='t1_{id}' depth='{depth}' permalink='/r/oland/{id}'><div slot='commentMeta'><faceplate-timeago ts='x'><time datetime='2031-05-05T09:00:00.000Z'>3h ago</time></faceplate-timeago></div>
          <div id='t1_{id}-comment-rtjson-content' class='md' slot='comment'><div><p>{words}</p></div></div><shreddit-comment-action-row slot='actionRow'>Reply Share</shreddit-comment-action-row>{inner}</shreddit-comment>")
    };
    let inner = comment("b2", 1, "quill_7", THIRD, "");
    check_comments(&format!(
        "<shreddit-comment-tree>{}{}</shreddit-comment-tree>",
        comment("b1", 0, "marlow", SECOND, &inner),
        comment("b3", 0, "Ada M.", FOURTH, "")
    ));
}

#[test]
fn drupal() {
    let comment = |id: u32, name: &str, words: &str| {
        format!("<a id='comment-{id}'></a><div class='comment comment-by-anonymous clearfix'><div class='submitted'><span class='username'>{name}</span> <span class='comment-date'>Mon, 05/05/2031 - 09:00</span></div>
          <div class='content'><div class='field field-name-comment-body'><div class='field-items'><div class='field-item even'><p>{words}</p></div></div></div></div><ul class='links inline'><li class='comment-reply'><a href='#'>reply</a></li></ul></div>")
    };
    let comments = format!(
        "{}<div class='indented'>{}</div>{}",
        comment(11, "marlow", SECOND),
        comment(12, "quill_7", THIRD),
        comment(13, "Ada M.", FOURTH)
    );
    check_comments(&format!(
        "<div id='comments' class='comment-wrapper-x'><h2 class='title'>Comments</h2>{comments}</div>"
    ));
}

#[test]
fn blogger_new_and_old() {
    let comment = |id: u32, name: &str, words: &str, inner: &str| {
        format!("<li class='comment' id='c{id}'><div class='avatar-image-container'><img src=x></div><div class='comment-block'><div class='comment-header'><cite class='user'><a href='#' rel='nofollow'>{name}</a></cite><span class='icon user'></span><span class='datetime secondary-text'><a href='#'>May 5, 2031 at 9:00 AM</a></span></div>
          <p class='comment-content'>{words}</p><span class='comment-actions secondary-text'><a class='comment-reply'>Reply</a></span></div><div class='comment-replies'><div class='comment-thread inline-thread'><ol class='thread-chrome'>{inner}</ol></div></div></li>")
    };
    let inner = comment(12, "quill_7", THIRD, "");
    check_comments(&format!(
        "<section class='comments threaded' id='comments'><h3 class='title'>3 comments:</h3><div class='comment-thread toplevel-thread'><ol id='top-ra'>{}{}</ol></div></section>",
        comment(11, "marlow", SECOND, &inner),
        comment(13, "Ada M.", FOURTH, "")
    ));
}

#[test]
fn microdata() {
    let comment = |name: &str, words: &str, inner: &str| {
        format!(
            "<div itemprop='comment' itemscope itemtype='https://schema.org/Comment'><p><span itemprop='author' itemscope itemtype='https://schema.org/Person'><span itemprop='name'>{name}</span></span>, <time itemprop='dateCreated' datetime='2031-05-05T09:00'>May 5</time></p><div itemprop='text'>{words}</div>{inner}</div>"
        )
    };
    check_comments(
        &[comment("marlow", SECOND, &comment("quill_7", THIRD, "")), comment("Ada M.", FOURTH, "")].concat(),
    );
}

#[test]
fn json_ld_beside_an_article() {
    let said = |name: &str, words: &str, inner: &str| {
        format!(
            r#"{{"@type":"Comment","author":{{"@type":"Person","name":"{name}"}},"dateCreated":"2031-05-05T09:00:00Z","text":"{words}"{inner}}}"#
        )
    };
    let inner = format!(r#","comment":[{}]"#, said("quill_7", THIRD, ""));
    let told = format!(
        r#"<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"Bridge at Varnesh","comment":[{},{}]}}</script>"#,
        said("marlow", SECOND, &inner),
        said("Ada M.", FOURTH, "")
    );
    check_comments(&told);
    // A page may show the same words without marking them: they are the comment's, and not the article's.
    check_comments(&format!("{told}<div><p>{SECOND}</p><p>{FOURTH}</p></div>"));
    // A shop's own questions and answers are no thread.
    let own = r#"<script type="application/ld+json">{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"Open?","acceptedAnswer":{"@type":"Answer","text":"From nine."}}]}</script>"#;
    assert!(thread(&under_story(own)).is_empty());
}

#[test]
fn json_ld_is_all_a_page_without_words_has() {
    let told = format!(
        r#"<script type="application/ld+json">{{"@type":"DiscussionForumPosting","headline":"Bridge at Varnesh","author":{{"name":"marlow"}},"datePublished":"2031-05-04T09:00:00Z","text":"<p>{FIRST}</p>",
        "comment":[{{"@type":"Comment","text":"{SECOND}","author":{{"name":"quill_7"}},"datePublished":"2031-05-05T09:00:00Z"}},{{"@type":"Comment","text":"{THIRD}","author":{{"name":"Ada M."}}}}]}}</script>"#
    );
    let document = check_posts(&told);
    assert_eq!(document.published.map(|p| p.date.to_string()).as_deref(), Some("2031-05-04"));
    let source = "<html><head><title>Bridge</title><meta property='og:description' content='The bridge was closed.'></head><body><noscript>Scripts, please.</noscript></body></html>";
    let noted = read(source, MediaType::Html);
    assert_eq!(super::blocks(&noted.value, BlockKind::Lead), ["The bridge was closed."]);
    assert!(noted.notes.iter().any(|n| n.code == "summary-only"));
}

#[test]
fn phpbb_2() {
    let row = |id: u32, name: &str, day: u32, words: &str| {
        format!("<tr><td width='150' align='left' valign='top' class='row1'><span class='name'><a name='{id}'></a><b>{name}</b></span><br /><span class='postdetails'>Guard<br />Joined: 02 Mar 2029<br />Posts: 1204<br />Location: Oland</span><br /></td>
          <td class='row1' width='100%' height='28' valign='top'><table width='100%'><tr><td width='100%'><a href='viewtopic.php?p={id}#{id}'><img src='x.gif' alt='Post' /></a><span class='postdetails'>Posted: 0{day} May 2031 09:00<span class='gen'>&nbsp;</span>&nbsp; &nbsp;Post subject: Bridge</span></td><td valign='top' nowrap='nowrap'><a href='posting.php?mode=quote&amp;p={id}'><img src='q.gif' alt='Reply with quote' /></a></td></tr>
          <tr><td colspan='2'><hr /></td></tr><tr><td colspan='2'><span class='postbody'>{words}</span><span class='gensmall'></span></td></tr></table></td></tr>
          <tr><td class='row1' width='150'><span class='nav'><a href='#top' class='nav'>Back to top</a></span></td><td class='row1'><a href='profile.php?mode=viewprofile&amp;u={id}'><img src='p.gif' alt='View user profile' /></a></td></tr><tr><td class='spaceRow' colspan='2'></td></tr>")
    };
    let rows = [row(711, "marlow", 4, FIRST), row(712, "quill_7", 5, SECOND), row(713, "Ada M.", 5, THIRD)].concat();
    check_posts(&format!(
        "<table class='forumline'><tr><th class='thLeft'>Author</th><th class='thRight'>Message</th></tr>{rows}</table>"
    ));
}

#[test]
fn fluxbb() {
    let post = |id: u32, name: &str, day: u32, words: &str| {
        format!("<div id='p{id}' class='blockpost rowodd'><h2><span><span class='conr'>#{}</span> <a href='viewtopic.php?pid={id}#p{id}'>2031-05-0{day} 09:00:00</a></span></h2><div class='box'><div class='inbox'><div class='postbody'>
          <div class='postleft'><dl><dt><strong>{name}</strong></dt><dd class='usertitle'><strong>Member</strong></dd><dd><span>Registered: 2029-03-02</span></dd><dd><span>Posts: 98</span></dd></dl></div>
          <div class='postright'><h3>Re: Bridge at Varnesh</h3><div class='postmsg'><p>{words}</p></div><div class='postsignature postmsg'><hr /><p>Sailing since 2001</p></div></div></div></div>
          <div class='inbox'><div class='postfoot clearb'><div class='postfootleft'><p>Offline</p></div></div></div></div></div>", id - 710)
    };
    check_posts(
        &[post(711, "marlow", 4, FIRST), post(712, "quill_7", 5, SECOND), post(713, "Ada M.", 5, THIRD)].concat(),
    );
}

#[test]
fn wpforo() {
    let post = |id: u32, name: &str, day: u32, words: &str| {
        format!("<div id='post-{id}' class='post-wrap wpfn-{id}'><div class='wpforo-post wpfp-1'><div class='wpf-left'><div class='author-avatar'><img src=x></div><div class='author-name'><span class='wpf-circle'></span><a href='/community/participant/u{id}/'>{name}</a></div><div class='author-joined-date'>Joined: 2 years ago</div><div class='author-posts'>Posts: 98</div></div>
          <div class='wpf-right'><div class='wpforo-post-content-top'><span class='wpf-post-actions'>Topic starter</span></div><div class='wpforo-post-content'><p>{words}</p></div></div></div>
          <div class='wpforo-post-tool-bar'><div class='wpf-left-cell'><div class='post-time'>0{day}/05/2031 9:00 am</div></div><span class='wpf-action'>Reply</span><span class='wpf-action'>Quote</span></div></div>")
    };
    check_posts(
        &[post(711, "marlow", 4, FIRST), post(712, "quill_7", 5, SECOND), post(713, "Ada M.", 15, THIRD)].concat(),
    );
}

#[test]
fn a_poll_is_no_post() {
    let post = |id: u32, name: &str, poll: &str, words: &str| {
        format!("<article class='message message--post js-post' data-author='{name}' data-content='post-{id}' id='js-post-{id}'><div class='message-inner'><div class='message-user'><a href='/members/{id}/' class='username'>{name}</a></div>
          <div class='message-cell--main'><header class='message-attribution'><time datetime='2031-05-04T09:00:00+0000'>May 4, 2031</time></header><div class='message-content'>{poll}<article class='message-body'><div class='bbWrapper'>{words}</div></article></div></div></div></article>")
    };
    let poll = "<div class='block js-pollContainer-7'><h2>Will it reopen?</h2><ul class='listPlain'><li class='pollResult'>Yes <span>12 vote(s) 60.0%</span></li><li class='pollResult'>No, never while the council sits</li></ul></div>";
    let posts =
        [post(711, "marlow", "", FIRST), post(712, "quill_7", "", SECOND), post(713, "Ada M.", "", THIRD)].concat();
    check_posts(&format!("{poll}{posts}"));
    // Some systems show it inside the opening post.
    let inside =
        "<div class='poll' data-poll-name='poll'><ul><li>Yes</li><li>No, never while the council sits</li></ul></div>";
    let with = |inside: &str| {
        format!(
            "<div class='crawler-post'><div class='crawler-post-meta'><span class='creator'><a href='/u/marlow'><span itemprop='name'>marlow</span></a></span><time datetime='2031-05-04T09:00:00Z' class='post-time'>May 4</time></div><div class='post'><div>{inside}<p>{FIRST}</p></div></div></div>"
        )
    };
    let answer = |name: &str, words: &str| {
        format!(
            "<div class='crawler-post'><div class='crawler-post-meta'><span class='creator'><a href='/u/x'><span itemprop='name'>{name}</span></a></span><time datetime='2031-05-05T09:00:00Z' class='post-time'>May 5</time></div><div class='post'><p>{words}</p></div></div>"
        )
    };
    check_posts(&[with(inside), answer("quill_7", SECOND), answer("Ada M.", THIRD)].concat());
}

#[test]
fn a_deleted_comment_keeps_its_place_and_a_nameless_one_its_words() {
    let item = |id: u32, head: &str, words: &str, inner: &str| {
        format!(
            "<li class='comment' id='comment-{id}'><div class='comment-body'>{head}<p>{words}</p></div>{inner}</li>"
        )
    };
    let named = |name: &str| format!("<cite class='fn'>{name}</cite><time datetime='2031-05-05'>May 5</time>");
    let answer = format!("<ul class='children'>{}</ul>", item(12, &named("quill_7"), THIRD, ""));
    let removed = item(11, "", "This comment was removed by a moderator.", &answer);
    let nameless =
        format!("<li class='comment' id='comment-13'><div class='comment-content'><p>{FOURTH}</p></div></li>");
    let document = under_story(&format!("<ol class='commentlist'>{removed}{nameless}</ol>"));
    assert_eq!(
        thread(&document),
        [
            "-: This comment was removed by a moderator.".to_owned(),
            format!(".quill_7: {THIRD}"),
            format!("-: {FOURTH}")
        ]
    );
}

#[test]
fn each_comment_has_a_language_of_its_own() {
    let item = |id: u32, words: &str| {
        format!(
            "<li class='comment' id='comment-{id}'><cite class='fn'>reader {id}</cite><div class='comment-content'><p>{words}</p></div></li>"
        )
    };
    let document = under_story(&format!(
        "<ol class='commentlist'>{}{}{}{}</ol>",
        item(1, "It was open again by noon, and the trucks went through as on any other day of the week."),
        item(2, "Мост снова открыли в полдень, и грузовики прошли, как в любой другой день недели."),
        item(
            3,
            "Die Brücke war gegen Mittag wieder offen, und die Lastwagen fuhren durch wie an jedem anderen Tag der Woche."
        ),
        item(4, "Bravo!")
    ));
    let languages: Vec<Option<&str>> = document.comments.iter().map(|c| c.language.as_deref()).collect();
    assert_eq!(languages, [None, Some("ru"), Some("de"), None]);
    let noted = read("Headline\n\nSome words.", MediaType::Text);
    assert!(noted.notes.iter().all(|n| n.code != "not-analysed-comments"));
}

#[test]
fn years_ago_is_no_day_and_days_ago_needs_the_day_of_saving() {
    let page = |time: &str| {
        format!(
            "<!doctype html><html lang=en><body>{STORY}<ol class='commentlist'><li class='comment' id='comment-1'><cite class='fn'>marlow</cite><span class='comment-date'>{time}</span><div class='comment-content'><p>{SECOND}</p></div></li></ol></body></html>"
        )
    };
    let day = |time: &str, retrieved: Option<&str>| {
        let meta = PageMeta { retrieved: retrieved.and_then(|r| r.parse().ok()), ..PageMeta::default() };
        let page = crate::page_of("a.html", MediaType::Html, page(time).into_bytes(), meta, "file");
        let document = crate::document(&page).value;
        assert_eq!(document.comments[0].time.as_deref(), Some(time));
        document.comments[0].date.map(|d| d.to_string())
    };
    assert_eq!(day("3 years ago", Some("2034-05-09")), None);
    assert_eq!(day("3 days ago", None), None);
    assert_eq!(day("3 days ago", Some("2034-05-09")).as_deref(), Some("2034-05-06"));
}

#[test]
fn ten_times_the_comments_are_ten_times_the_comments() {
    // A page as large as is read, with a chain of answers as deep as any: the count tells that nothing is dropped or doubled.
    for n in [100, 10_000] {
        let one = |i: usize| {
            format!(
                "<li class='comment' id='comment-{i}'><cite class='fn'>r{i}</cite><div class='comment-content'><p>Word {i}.</p></div></li>"
            )
        };
        let document = html(&format!(
            "<html lang=en><body>{STORY}<ol class='commentlist'>{}</ol></body></html>",
            (0..n).map(one).collect::<String>()
        ));
        assert_eq!(document.comments.len(), n);
        assert!(document.text.len() < 400 + 20 * n);
    }
}
