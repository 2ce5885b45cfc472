//! Forum threads in the markup of the systems they are kept in: one small page a kind, names and towns invented.

use super::{check_promises, html, thread};
use sitrep_model::{BlockKind, Document};

const FIRST: &str = "The bridge at Varnesh was closed this morning, and I saw four trucks turn back at the checkpoint.";
const SECOND: &str = "It was open again by noon.";
const THIRD: &str = "Only one lane of it.";

fn page(body: &str) -> Document {
    let document = html(&format!(
        "<!doctype html><html lang=en><head><title>Bridge at Varnesh | Oland Forum</title></head><body>
         <nav><a href=/>Home</a> <a href=/new>New posts</a></nav><h1>Bridge at Varnesh</h1>{body}
         <footer>Oland Forum</footer></body></html>"
    ));
    check_promises(&document);
    document
}

/// Opener by marlow, an answer by quill_7, an answer to that by Ada.
fn check(body: &str) -> Document {
    let document = page(body);
    assert_eq!(thread(&document), [format!("quill_7: {SECOND}"), format!(".Ada M.: {THIRD}")], "{body}");
    check_opener(&document, body);
    document
}

fn check_opener(document: &Document, body: &str) {
    let article: Vec<&str> = document.blocks.iter().map(|b| b.span.of(&document.text)).collect();
    assert_eq!(article, ["Bridge at Varnesh", FIRST], "{body}");
    assert_eq!(document.byline.as_deref(), Some("marlow"), "{body}");
    assert_eq!(document.published.as_ref().map(|p| p.date.to_string()).as_deref(), Some("2031-05-04"), "{body}");
    assert_eq!(document.comments[0].date.map(|d| d.to_string()).as_deref(), Some("2031-05-05"), "{body}");
}

#[test]
fn xenforo_2() {
    let post = |id: u32, name: &str, day: u32, words: &str| {
        format!("<article class='message message--post js-post' data-author='{name}' data-content='post-{id}' id='js-post-{id}'><div class='message-inner'>
          <div class='message-cell message-cell--user'><section class='message-user'><h4 class='message-name'><a href='/members/{id}/' class='username'>{name}</a></h4><h5 class='userTitle'>Member</h5><dl class='pairs'><dt>Joined</dt><dd>Mar 2, 2029</dd><dt>Messages</dt><dd>1,204</dd></dl></section></div>
          <div class='message-cell message-cell--main'><header class='message-attribution'><a href='/threads/1/post-{id}'><time class='u-dt' datetime='2031-05-0{day}T09:00:00+0000' title='May {day}, 2031 at 9:00 AM'>May {day}, 2031</time></a><a href='#'>#1</a></header>
          <div class='message-content'><article class='message-body js-selectToQuote'><div class='bbWrapper'>{words}</div></article><div class='message-lastEdit'>Last edited: <time>May 6, 2031</time></div></div>
          <footer class='message-footer'><div class='reactionsBar'>quill_7 and Jon</div></footer><aside class='message-signature'><div class='bbWrapper'>Sailing since 2001</div></aside></div></div></article>")
    };
    let quote = format!(
        "<blockquote class='bbCodeBlock bbCodeBlock--expandable bbCodeBlock--quote' data-quote='quill_7' data-source='post: 712'><div class='bbCodeBlock-title'><a href='/goto/post?id=712' class='bbCodeBlock-sourceJump'>quill_7 said:</a></div><div class='bbCodeBlock-content'><div class='bbCodeBlock-expandContent'>{SECOND}</div><div class='bbCodeBlock-expandLink'><a>Click to expand...</a></div></div></blockquote>{THIRD}"
    );
    let document = check(
        &[post(711, "marlow", 4, FIRST), post(712, "quill_7", 5, SECOND), post(713, "Ada M.", 5, &quote)].concat(),
    );
    assert!(document.text.contains(&format!("> quill_7 said:\n> {SECOND}\n{THIRD}")), "{}", document.text);
    assert!(
        !document.text.contains("Sailing") && !document.text.contains("expand") && !document.text.contains("edited")
    );
}

#[test]
fn xenforo_1() {
    let post = |id: u32, name: &str, day: u32, words: &str| {
        format!("<li id='post-{id}' class='message' data-author='{name}'><div class='messageUserInfo'><h3 class='userText'><a href='members/x.{id}/' class='username' itemprop='name'>{name}</a><em class='userTitle'>Member</em></h3><dl class='pairsJustified'><dt>Joined:</dt><dd>2 July 2029</dd></dl></div>
          <div class='messageInfo primaryContent'><div class='messageContent'><article><blockquote class='messageText ugc baseHtml'>{words}<div class='messageTextEndMarker'>&nbsp;</div></blockquote></article></div>
          <div class='messageMeta'><span class='item muted'><a href='members/x.{id}/' class='username author'>{name}</a>, <a href='#' class='datePermalink'><span class='DateTime' title='May {day}, 2031 at 9:00 AM'>May {day}, 2031</span></a></span></div></div></li>")
    };
    let quote = format!(
        "<div class='bbCodeBlock bbCodeQuote' data-author='quill_7'><aside><div class='attribution type'>quill_7 said: <a href='goto/post?id=712#post-712' class='AttributionLink'>↑</a></div><blockquote class='quoteContainer'><div class='quote'>{SECOND}</div><div class='quoteExpand'>Click to expand...</div></blockquote></aside></div>{THIRD}"
    );
    check(&format!(
        "<ol class='messageList' id='messageList'>{}{}{}</ol>",
        post(711, "marlow", 4, FIRST),
        post(712, "quill_7", 5, SECOND),
        post(713, "Ada M.", 5, &quote)
    ));
}

#[test]
fn phpbb_3() {
    let post = |id: u32, name: &str, day: u32, words: &str| {
        format!("<div id='p{id}' class='post has-profile bg2'><div class='inner'><dl class='postprofile'><dt><a href='./memberlist.php?mode=viewprofile&amp;u={id}' class='username'>{name}</a></dt><dd class='profile-posts'><strong>Posts:</strong> 97</dd><dd class='profile-joined'><strong>Joined:</strong> 01 Dec 2027, 18:25</dd></dl>
          <div class='postbody'><div id='post_content{id}'><h3><a href='#p{id}'>Re: Bridge at Varnesh</a></h3><ul class='post-buttons'><li><a href='./posting.php'>Quote</a></li></ul>
          <p class='author'><a href='./viewtopic.php?p={id}#p{id}'>Post</a> by <strong><a href='./memberlist.php?mode=viewprofile&amp;u={id}' class='username'>{name}</a></strong> » 0{day} May 2031, 09:00</p>
          <div class='content'>{words}</div><div class='notice'>Last edited by {name} on 06 May 2031, 10:00, edited 1 time in total.</div><div id='sig{id}' class='signature'>Sailing since 2001</div></div></div></div></div><hr class='divider'>")
    };
    let quote = format!(
        "<blockquote><div><cite><a href='./memberlist.php?mode=viewprofile&amp;u=712'>quill_7</a> wrote: <a href='./viewtopic.php?p=712#p712'>↑</a> <span>05 May 2031, 09:00</span></cite>{SECOND}</div></blockquote>{THIRD}"
    );
    check(&[post(711, "marlow", 4, FIRST), post(712, "quill_7", 5, SECOND), post(713, "Ada M.", 5, &quote)].concat());
}

#[test]
fn vbulletin_4_and_3() {
    let four = |id: u32, name: &str, day: u32, words: &str| {
        format!("<li class='postbitlegacy postbitim postcontainer old' id='post_{id}'><div class='posthead'><span class='postdate old'><span class='date'>May {day}, 2031,&nbsp;<span class='time'>09:00 AM</span></span></span><a class='postcounter'>#1</a></div>
          <div class='postdetails'><div class='userinfo'><a class='username offline' href='member.php?{id}-x'><strong>{name}</strong></a><span class='usertitle'>Registered User</span><dl class='userstats'><dt>Join Date</dt><dd>Aug 2021</dd></dl></div>
          <div class='postbody'><div class='postrow'><div class='content'><div id='post_message_{id}'><blockquote class='postcontent restore'>{words}</blockquote></div></div></div><div class='after_content'><blockquote class='signature'>Sailing since 2001</blockquote></div></div></div><div class='postfoot'>Reply With Quote</div></li>")
    };
    let quote = format!(
        "<div class='bbcode_container'><div class='bbcode_quote'><div class='quote_container'><div class='bbcode_postedby'>Originally Posted by <strong>quill_7</strong> <a href='showthread.php?p=712#post712'>View Post</a></div><div class='message'>{SECOND}</div></div></div></div>{THIRD}"
    );
    check(&format!(
        "<ol id='posts' class='posts'>{}{}{}</ol>",
        four(711, "marlow", 4, FIRST),
        four(712, "quill_7", 5, SECOND),
        four(713, "Ada M.", 5, &quote)
    ));
    let three = |id: u32, name: &str, day: u32, words: &str| {
        format!("<div class='page'><table id='post{id}' class='tborder' cellpadding='6'><tr><td class='thead'><a name='post{id}'></a> 05-0{day}-2031, 09:00 AM</td><td class='thead'>#<a href='showpost.php?p={id}'><strong>1</strong></a></td></tr>
          <tr><td class='alt2'><div id='postmenu_{id}'><a class='bigusername' href='member.php?u={id}'>{name}</a></div><div class='smallfont'>Member</div><div class='smallfont'>Join Date: Aug 2021<br>Posts: 500</div></td>
          <td class='alt1' id='td_post_{id}'><div id='post_message_{id}'>{words}</div></td></tr></table></div>")
    };
    let document = page(
        &[three(711, "marlow", 4, FIRST), three(712, "quill_7", 5, SECOND), three(713, "Ada M.", 5, THIRD)].concat(),
    );
    assert_eq!(thread(&document), [format!("quill_7: {SECOND}"), format!("Ada M.: {THIRD}")]);
    // Whether 05-04 is May 4 or April 5 the page does not say.
    assert_eq!(document.comments[0].date.map(|d| d.to_string()).as_deref(), Some("2031-05-05"));
}

#[test]
fn discourse_without_scripts_and_rendered() {
    let crawler = |id: u32, name: &str, day: u32, words: &str| {
        format!("<div id='post_{id}' itemprop='comment' itemscope itemtype='http://schema.org/Comment' class='topic-body crawler-post'><div class='crawler-post-meta'><span class='creator' itemprop='author' itemscope itemtype='http://schema.org/Person'><a itemprop='url' href='https://forum.example/u/x{id}'><span itemprop='name'>{name}</span></a></span>
          <span class='crawler-post-infos'><time itemprop='datePublished' datetime='2031-05-0{day}T09:00:00Z' class='post-time'>May {day}, 2031, 9:00am</time><span itemprop='position'>{id}</span></span></div><div class='post' itemprop='text'><p>{words}</p></div><div class='crawler-linkback-list'></div></div>")
    };
    let quote = format!(
        "<aside class='quote no-group' data-username='quill_7' data-post='2' data-topic='9'><div class='title'><div class='quote-controls'></div> quill_7:</div><blockquote><p>{SECOND}</p></blockquote></aside><p>{THIRD}</p>"
    );
    check(&format!(
        "<noscript>{}{}{}</noscript>",
        crawler(1, "marlow", 4, FIRST),
        crawler(2, "quill_7", 5, SECOND),
        crawler(3, "Ada M.", 5, &quote)
    ));
    let rendered = |id: u32, name: &str, day: u32, words: &str| {
        format!("<div class='topic-post clearfix regular'><article id='post_{id}' class='boxed onscreen-post' data-post-id='90{id}' data-user-id='{id}'><div class='row'><div class='topic-body clearfix'><div class='topic-meta-data'><div class='names trigger-user-card'><span class='first username'><a href='/u/x{id}' data-user-card='x'>{name}</a></span></div><div class='post-infos'><div class='post-info post-date'><a href='/t/x/9/{id}'><span class='relative-date' title='May {day}, 2031 9:00 am' data-time='1'>May 0{day}, 2031</span></a></div></div></div>
          <div class='regular contents'><div class='cooked'><p>{words}</p></div><section class='post-menu-area'><nav class='post-controls'><div class='actions'><button>Reply</button></div></nav></section></div></div></div></article></div>")
    };
    check(
        &[rendered(1, "marlow", 4, FIRST), rendered(2, "quill_7", 5, SECOND), rendered(3, "Ada M.", 5, &quote)]
            .concat(),
    );
}

#[test]
fn invision() {
    let post = |id: u32, name: &str, day: u32, words: &str| {
        format!("<article id='elComment_{id}' class='cPost ipsBox ipsComment ipsClearfix'><aside class='ipsComment_author cAuthorPane'><h3 class='cAuthorPane_author'><strong><a href='https://forum.example/profile/{id}-x/' class='ipsType_break'>{name}</a></strong></h3><ul class='cAuthorPane_info'><li>Members</li><li>204 posts</li></ul></aside>
          <div id='comment-{id}_wrap' class='ipsComment_content'><div class='ipsComment_meta'>Posted <time datetime='2031-05-0{day}T09:00:00Z' title='05/0{day}/2031 09:00 AM' data-short='1 yr'>May {day}, 2031</time></div>
          <div class='cPost_contentWrap'><div data-role='commentContent' class='ipsType_normal ipsType_richText'><p>{words}</p><span class='ipsType_reset ipsType_medium ipsType_light'><strong>Edited May 6, 2031 by {name}</strong></span></div><div class='ipsItemControls'>Quote</div></div></div></article>")
    };
    let quote = format!(
        "<blockquote class='ipsQuote' data-ipsquote='' data-ipsquote-contentcommentid='712' data-ipsquote-username='quill_7'><div class='ipsQuote_citation'>14 hours ago, quill_7 said:</div><div class='ipsQuote_contents'><p>{SECOND}</p></div></blockquote></p><p>{THIRD}"
    );
    check(&[post(711, "marlow", 4, FIRST), post(712, "quill_7", 5, SECOND), post(713, "Ada M.", 5, &quote)].concat());
}

#[test]
fn simple_machines_and_mybb() {
    let smf = |id: u32, name: &str, day: u32, words: &str| {
        format!("<div class='windowbg'><div class='post_wrapper'><div class='poster'><h4><a href='index.php?action=profile;u={id}' title='View the profile of {name}'>{name}</a></h4><ul><li>Full Member</li><li>Posts: 204</li></ul></div>
          <div class='postarea'><div class='flow_hidden'><div class='keyinfo'><h5 id='subject_{id}'><a href='#msg{id}'>Re: Bridge at Varnesh</a></h5><div class='smalltext'>« <strong>Reply #1 on:</strong> May 0{day}, 2031, 09:00:00 AM »</div></div></div><div class='post'><div class='inner' id='msg_{id}'>{words}</div></div></div><div class='moderatorbar'><div class='signature'>Sailing since 2001</div></div></div></div>")
    };
    let quote = format!(
        "<div class='quoteheader'><div class='topslice_quote'><a href='index.php?topic=9.msg712#msg712'>Quote from: quill_7 on May 05, 2031, 09:00:00 AM</a></div></div><blockquote class='bbc_standard_quote'>{SECOND}</blockquote><div class='quotefooter'></div>{THIRD}"
    );
    check(&[smf(711, "marlow", 4, FIRST), smf(712, "quill_7", 5, SECOND), smf(713, "Ada M.", 5, &quote)].concat());
    let mybb = |id: u32, name: &str, day: u32, words: &str| {
        format!("<div class='post classic' id='post_{id}'><div class='post_author'><div class='author_information'><strong><span class='largetext'><a href='user-{id}.html'>{name}</a></span></strong><br><span class='smalltext'>Member</span></div><div class='author_statistics'>Posts: 204<br>Joined: Mar 2029</div></div>
          <div class='post_content'><div class='post_head'><span class='post_date'>2031-05-0{day}, 09:00 AM</span></div><div class='post_body scaleimages' id='pid_{id}'>{words}</div><div class='signature'>Sailing since 2001</div></div></div>")
    };
    let quote = format!(
        "<blockquote class='mycode_quote'><cite><span>(2031-05-05, 09:00 AM)</span>quill_7 Wrote: <a href='showthread.php?pid=712#pid712' class='quick_jump'></a></cite>{SECOND}</blockquote>{THIRD}"
    );
    check(&[mybb(711, "marlow", 4, FIRST), mybb(712, "quill_7", 5, SECOND), mybb(713, "Ada M.", 5, &quote)].concat());
}

#[test]
fn vanilla_nodebb_flarum_bbpress() {
    let vanilla = |id: u32, tag: &str, name: &str, day: u32, words: &str| {
        format!(
            "<{tag} id='Item_{id}' class='Item {}'><div class='{}'><div class='Item-Header'><span class='Author'><a class='Username' href='/profile/{id}/x'>{name}</a></span><div class='Meta'><span class='MItem DateCreated'><a href='#'><time datetime='2031-05-0{day}T09:00:00+00:00'>May 2031</time></a></span></div></div><div class='Item-BodyWrap'><div class='Item-Body'><div class='Message userContent'>{words}</div><div class='Signature'>Sailing since 2001</div></div></div></div></{tag}>",
            if tag == "div" { "ItemDiscussion" } else { "ItemComment" },
            if tag == "div" { "Discussion" } else { "Comment" }
        )
    };
    let quote = format!(
        "<blockquote class='Quote UserQuote'><div class='QuoteAuthor'><a href='/profile/712/x'>quill_7</a> wrote:</div><div class='QuoteText'>{SECOND}</div></blockquote>{THIRD}"
    );
    check(
        &[
            vanilla(711, "div", "marlow", 4, FIRST),
            "<ul class='MessageList DataList Comments'>".to_owned(),
            vanilla(712, "li", "quill_7", 5, SECOND),
            vanilla(713, "li", "Ada M.", 5, &quote),
            "</ul>".to_owned(),
        ]
        .concat(),
    );
    let nodebb = |id: u32, name: &str, day: u32, words: &str| {
        format!(
            "<li component='post' data-pid='{id}' data-index='1'><div class='post-header'><a href='/user/x{id}' data-username='{name}'>{name}</a><a class='permalink' href='/post/{id}'><span class='timeago' title='2031-05-0{day}T09:00:00.000Z'>3 years ago</span></a></div><div class='content' component='post/content' itemprop='text'><p>{words}</p></div><div component='post/signature'>Sailing since 2001</div></li>"
        )
    };
    let quote =
        format!("<blockquote><p><a href='/post/712'>@quill_7</a> said:</p><p>{SECOND}</p></blockquote><p>{THIRD}</p>");
    check(&format!(
        "<ul component='topic' class='posts'>{}{}{}</ul>",
        nodebb(711, "marlow", 4, FIRST),
        nodebb(712, "quill_7", 5, SECOND),
        nodebb(713, "Ada M.", 5, &quote)
    ));
    let bbpress = |id: u32, kind: &str, name: &str, day: u32, words: &str| {
        format!(
            "<div id='post-{id}' class='bbp-reply-header'><span class='bbp-reply-post-date'>May {day}, 2031 at 9:00 am</span></div><div class='loop-item-0 post-{id} {kind} type-{kind} hentry'><div class='bbp-{kind}-author'><a href='https://forum.example/forums/users/x/' class='bbp-author-link'><span class='bbp-author-name'>{name}</span></a><div class='bbp-author-role'>Participant</div><span class='bbp-reply-post-date'>May {day}, 2031 at 9:00 am</span></div><div class='bbp-{kind}-content'><p>{words}</p></div></div>"
        )
    };
    let document = page(
        &[
            bbpress(711, "topic", "marlow", 4, FIRST),
            bbpress(712, "reply", "quill_7", 5, SECOND),
            bbpress(713, "reply", "Ada M.", 5, THIRD),
        ]
        .concat(),
    );
    assert_eq!(thread(&document), [format!("quill_7: {SECOND}"), format!("Ada M.: {THIRD}")]);
    check_opener(&document, "bbpress");
    let flarum = |name: &str, words: &str| {
        format!(
            "<article><div class='PostUser'><h3 class='PostUser-name'>{name}</h3></div><div class='Post-body'><p>{words}</p></div></article>"
        )
    };
    let document = page(&format!(
        "<noscript id='flarum-content'><div>{}{}</div></noscript>",
        flarum("marlow", FIRST),
        flarum("quill_7", SECOND)
    ));
    assert_eq!(thread(&document), [format!("quill_7: {SECOND}")]);
}

#[test]
fn comments_on_a_link_and_answers_to_a_question() {
    let hn = |id: u32, indent: u32, name: &str, words: &str| {
        format!(
            "<tr class='athing comtr' id='{id}'><td><table><tr><td class='ind' indent='{indent}'></td><td class='default'><div><span class='comhead'><a href='user?id={name}' class='hnuser'>{name}</a> <span class='age' title='2031-05-05T09:00:00 1'><a href='item?id={id}'>3 hours ago</a></span></span></div><div class='comment'><div class='commtext c00'>{words}</div><div class='reply'><p><u><a href='reply?id={id}'>reply</a></u></div></div></td></tr></table></td></tr>"
        )
    };
    let document = page(&format!(
        "<table class='comment-tree'>{}{}{}</table>",
        hn(711, 0, "quill_7", SECOND),
        hn(712, 1, "ada", THIRD),
        hn(713, 0, "marlow", "No pictures?")
    ));
    assert_eq!(
        thread(&document),
        [format!("quill_7: {SECOND}"), format!(".ada: {THIRD}"), "marlow: No pictures?".to_owned()]
    );
    let post = |kind: &str, id: &str, name: &str, day: u32, words: &str, comments: &str| {
        format!("<div class='{kind}' id='{id}'><div class='votecell'>12</div><div class='postcell'><div class='s-prose js-post-body'><p>{words}</p></div><div class='post-signature'><div class='user-action-time'>asked <span title='2031-05-0{day} 09:00:00Z' class='relativetime'>May {day}, 2031 at 9:00</span></div><div class='user-details'><a href='/users/7/x'>{name}</a><span class='reputation-score'>1,204</span></div></div></div>
          <ul class='comments-list'>{comments}</ul></div>")
    };
    let comment = format!(
        "<li id='comment-55' class='comment js-comment'><div class='comment-text'><span class='comment-copy'>{THIRD}</span> – <a href='/users/9/x' class='comment-user'>Ada M.</a> <span class='comment-date'><a href='#'><span title='2031-05-05 10:00:00Z' class='relativetime-clean'>May 5, 2031 at 10:00</span></a></span></div></li>"
    );
    check(
        &[
            post("question", "question", "marlow", 4, FIRST, ""),
            post("answer", "answer-712", "quill_7", 5, SECOND, &comment),
        ]
        .concat(),
    );
}

#[test]
fn a_forum_nobody_told_us_about() {
    let row = |n: u32, name: &str, day: u32, words: &str| {
        format!(
            "<tr class='h{}'><td><b>{name}</b><br>Since: 2029</td><td>#{n} written: 0{day}. May 2031, 09:00</td></tr><tr><td colspan=2><div class='zq'>{words}</div></td></tr>",
            n % 2
        )
    };
    let document = page(&format!(
        "<table>{}{}{}</table>",
        row(1, "marlow", 4, FIRST),
        row(2, "quill_7", 5, SECOND),
        row(3, "Ada M.", 5, THIRD)
    ));
    // TODO: without a name for the words, what stands beside short ones is taken for them; right is the second part alone.
    assert_eq!(thread(&document), [format!("quill_7: Since: 2029 {SECOND}"), format!("Ada M.: Since: 2029 {THIRD}")]);
    assert_eq!(document.byline.as_deref(), Some("marlow"));
}

#[test]
fn a_list_of_articles_is_no_thread() {
    let teaser = |n: u32, title: &str| {
        format!(
            "<div class='card'><h3><a href='/{n}'>{title} after the raid on Kessel</a></h3><span class='author'><a href='/author/ada'>Ada Marlow</a></span> <time datetime='2031-05-0{n}'>May {n}, 2031</time><p>{FIRST}</p><a href='/{n}'>Read more</a></div>"
        )
    };
    let document = page(
        &[teaser(4, "Four held"), teaser(3, "Bridge closed"), teaser(2, "Market burned"), teaser(1, "Road mined")]
            .concat(),
    );
    assert_eq!(document.comments, []);
}

#[test]
fn who_only_quotes_still_wrote_the_post() {
    let post = |id: u32, words: &str| {
        format!(
            "<div id='p{id}' class='post'><div class='postbody'><p class='author'>by <a class='username' href='./memberlist.php?mode=viewprofile&u={id}'>user{id}</a> » 0{} May 2031, 09:00</p><div class='content'>{words}</div></div></div>",
            id % 10
        )
    };
    let quoted = format!("<blockquote class='uncited'><div>{FIRST}</div></blockquote>");
    let document = page(&[post(711, &quoted), post(712, &quoted), post(713, SECOND)].concat());
    assert_eq!(thread(&document), [format!("user712: > {FIRST}"), format!("user713: {SECOND}")]);
    assert_eq!(super::blocks(&document, BlockKind::Quote), [FIRST]);
}
