//! Web pages: markup of comments, dates and furniture as publishing systems write them.

use super::{blocks, check_promises, html, read, thread};
use sitrep_model::{BlockKind, HowKnown, MediaType};

const STORY: &str = "<p>The brigade entered Varnesh before dawn, the <a href='https://gov.example/a'>governor's office</a> said, after a march of 30 km.</p>
<p>Nobody in the town could be reached; the telephone exchange has been down since Tuesday, two traders in Oland said.</p>";

fn page(head: &str, body: &str) -> String {
    format!("<!doctype html><html lang=en><head>{head}</head><body>
      <nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>
      <div class='cookie-banner'>We use cookies to make this site better for you and our partners, whoever they are today.</div>
      {body}
      <aside class=related><h3>Related articles</h3><p>A long teaser about another raid, on another town, in another year, with many words.</p></aside>
      <footer>© 2031 Varnesh Courier</footer></body></html>")
}

#[test]
fn an_article_without_its_furniture() {
    let body = format!("<article><h1>Brigade enters Varnesh</h1><p class=byline>By Ada Marlow</p>{STORY}
      <ul><li>Three trucks burned.<li>The bridge stands.</ul><figure><img src=x><figcaption>The bridge in May</figcaption></figure>
      <div class=share-buttons>Share this on every network you can think of and then on some more of them</div>
      <blockquote><p>We will hold it.</p></blockquote></article>");
    let document = html(&page("<title>Brigade enters Varnesh | Varnesh Courier</title>", &body));
    check_promises(&document);
    assert_eq!(document.title.as_deref(), Some("Brigade enters Varnesh"));
    assert_eq!(document.outlet.as_deref(), Some("Varnesh Courier"));
    assert_eq!(document.byline.as_deref(), Some("Ada Marlow"));
    assert_eq!(document.language.as_deref(), Some("en"));
    assert_eq!(blocks(&document, BlockKind::Headline), ["Brigade enters Varnesh"]);
    assert_eq!(blocks(&document, BlockKind::Body).len(), 2);
    assert_eq!(blocks(&document, BlockKind::List), ["Three trucks burned.", "The bridge stands."]);
    assert_eq!(blocks(&document, BlockKind::Caption), ["The bridge in May"]);
    assert_eq!(blocks(&document, BlockKind::Quote), ["We will hold it."]);
    assert_eq!(document.blocks[1].links, ["https://gov.example/a"]);
    assert!(
        !document.text.contains("cookies") && !document.text.contains("teaser") && !document.text.contains("network")
    );
}

#[test]
fn dates_in_order_of_trust() {
    let body = |extra: &str| format!("<article><h1>Brigade enters Varnesh</h1>{extra}{STORY}</article>");
    let json = "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\",\"datePublished\":\"2031-05-04T23:10:00+02:00\",\"dateModified\":\"2031-05-06\",\"author\":{\"name\":\"Ada Marlow\"},\"publisher\":{\"name\":\"Varnesh Courier\"}}]}</script>";
    let meta = "<meta property='article:published_time' content='2031-05-04T21:10:00Z'>";
    let time = "<time datetime='2031-05-04' class=entry-date>yesterday</time>";
    let link = "<link rel=canonical href='https://courier.example/2031/05/04/brigade'>";
    let line = "<div class=x>Published: 4 May 2031</div>";
    for (head, extra, how) in [
        (json, "", HowKnown::JsonLd),
        (meta, "", HowKnown::Meta),
        ("", time, HowKnown::TimeElement),
        (link, "", HowKnown::Url),
        ("", line, HowKnown::Text),
    ] {
        let published = html(&page(head, &body(extra))).published.unwrap();
        assert_eq!((published.date.to_string().as_str(), published.how), ("2031-05-04", how));
    }
    let document = html(&page(json, &body("")));
    assert_eq!(document.modified.unwrap().to_string(), "2031-05-06");
    assert_eq!((document.byline.as_deref(), document.outlet.as_deref()), (Some("Ada Marlow"), Some("Varnesh Courier")));
    assert_eq!(html(&page("", &body(""))).published, None);
    let noted = read(
        &page(&format!("{meta}<link rel=canonical href='https://courier.example/2029/01/01/x'>"), &body("")),
        MediaType::Html,
    );
    assert!(noted.notes.iter().any(|n| n.code == "publication-dates-differ"));
}

#[test]
fn a_thread_as_wordpress_writes_it() {
    let comment = |id: u32, depth: u32, name: &str, words: &str, replies: &str| {
        format!("<li id=comment-{id} class='comment even depth-{depth}'><article id=div-comment-{id} class=comment-body>
          <footer class=comment-meta><div class='comment-author vcard'><b class=fn>{name}</b> <span class=says>says:</span></div>
          <div class=comment-metadata><a href='#c'><time datetime='2031-05-05T09:00:00+00:00'>May 5, 2031 at 9:00 am</time></a></div></footer>
          <div class=comment-content><p>{words}</p></div><div class=reply><a class=comment-reply-link href='#'>Reply</a></div></article>{replies}</li>")
    };
    let reply = comment(2, 2, "Marlow", "It was cleared.</p><p>On Tuesday. <a href='https://a.example/1'>Here</a>", "");
    let replies = format!("<ol class=children>{reply}</ol>");
    let thread_html = format!(
        "<div id=comments class=comments-area><h2>2 thoughts on this</h2><ol class=comment-list>{}{}</ol><div id=respond>Leave a Reply</div></div>",
        comment(1, 1, "quill_7", "The pass is still mined.", &replies),
        comment(3, 1, "Jon Quill", "Any pictures?", "")
    );
    let document = html(&page("", &format!("<article><h1>Brigade enters Varnesh</h1>{STORY}</article>{thread_html}")));
    check_promises(&document);
    assert_eq!(
        thread(&document),
        ["quill_7: The pass is still mined.", ".Marlow: It was cleared. On Tuesday. Here", "Jon Quill: Any pictures?"]
    );
    assert_eq!(document.comments[1].links, ["https://a.example/1"]);
    assert_eq!(document.comments[0].date.unwrap().to_string(), "2031-05-05");
    assert_eq!(document.published, None, "a comment's time is not the page's");
    assert_eq!(document.blocks.len(), 3);
}

#[test]
fn threads_of_other_systems() {
    let discuz = "<div class='wpd-thread-list'><div id=wpd-comm-1_0 class='comment wpd-comment wpd_comment_level-1'><div class=wpd-comment-wrap>
      <div class=wpd-comment-author>quill_7</div><div class=wpd-comment-date title='5 May 2031 9:00'>3 years ago</div><div class=wpd-comment-text><p>Mined.</p></div></div>
      <div id=wpd-comm-2_1 class='comment wpd-comment wpd-reply wpd_comment_level-2'><div class=wpd-comment-wrap><div class=wpd-comment-author>Marlow</div>
      <div class=wpd-comment-text><p>Cleared.</p></div></div></div></div></div>";
    let flat =
        "<div class=comments><div class='comment depth-0' id=c1><span class=author>quill_7</span><p>Mined.</p></div>
      <div class='comment depth-1' id=c2><span class=author>Marlow</span><p>Cleared.</p></div></div>";
    let microdata = "<section><div itemscope itemtype='https://schema.org/Comment'><span itemprop=author>quill_7</span><p itemprop=text>Mined.</p>
      <div itemscope itemtype='https://schema.org/Comment'><span itemprop=author>Marlow</span><p itemprop=text>Cleared.</p></div></div></section>";
    let disqus = "<ul id=post-list class=post-list><li class=post id=post-11><div class=post-content><span class='post-byline'><span class='author publisher-anchor-color'><a>quill_7</a></span></span>
      <a class=time-ago title='Monday, May 5, 2031 9:00 AM'>3 years ago</a><div class=post-message><p>Mined.</p></div></div>
      <ul class=children><li class=post id=post-12><div class=post-content><span class=author>Marlow</span><div class=post-message><p>Cleared.</p></div></div></li></ul></li></ul>";
    for markup in [discuz, flat, microdata, disqus] {
        let document = html(&page("", &format!("<article><h1>Brigade enters Varnesh</h1>{STORY}</article>{markup}")));
        check_promises(&document);
        assert_eq!(thread(&document), ["quill_7: Mined.", ".Marlow: Cleared."], "{markup}");
        assert_eq!(document.blocks.len(), 3, "{markup}");
    }
}
