//! Exports of posts: invented channels in the shapes of real platforms.

use sitrep_model::{BlockKind, Document, Page};

use super::{blocks, check_promises};
use crate::{Input, PostFields, ReadError, Source};

/// The pages of one input, and what was said instead of pages.
pub(super) fn carried(name: &str, bytes: impl Into<Vec<u8>>) -> (Vec<Page>, Vec<String>) {
    carried_with(name, bytes, Source::default())
}

fn carried_with(name: &str, bytes: impl Into<Vec<u8>>, source: Source) -> (Vec<Page>, Vec<String>) {
    let source = Source { inputs: vec![Input::Bytes(name.to_owned(), bytes.into())], ..source };
    let mut pages = Vec::new();
    let mut said = Vec::new();
    for item in crate::pages(&source) {
        match item {
            Ok(page) => pages.push(page),
            Err(error) => said.push(format!("{}{error}", if error.is_remark() { "remark: " } else { "" })),
        }
    }
    (pages, said)
}

pub(super) fn document(page: &Page) -> Document {
    let document = crate::document(page).value;
    check_promises(&document);
    document
}

/// Outlet, title, byline, day, changed, answers, forwarded, and the article's words.
pub(super) fn told(page: &Page) -> String {
    let d = document(page);
    let day = d.published.as_ref().map(|p| format!("{} {:?}", p.date, p.how));
    let words: Vec<&str> = d.blocks.iter().map(|b| b.span.of(&d.text)).collect();
    let or = |o: Option<String>| o.unwrap_or_else(|| "-".to_owned());
    let fields = [d.outlet, d.title, d.byline, day, d.modified.map(|m| m.to_string()), d.reply_to, d.forwarded_from];
    format!("{} = {}", fields.map(or).join(" | "), words.join(" / "))
}

pub(super) const TELEGRAM: &str = r##"{
 "name": "Varnesh Watch", "type": "public_channel", "id": 1234567890,
 "messages": [
  {"id": 1, "type": "service", "date": "2031-05-08T10:00:00", "date_unixtime": "1936000800", "action": "create_channel", "text": ""},
  {"id": 2, "type": "message", "date": "2031-05-10T01:10:00", "date_unixtime": "1936130400", "from": "Varnesh Watch", "from_id": "channel1234567890",
   "text": "⚡ Two rockets hit the depot.\nNo one was hurt."},
  {"id": 3, "type": "message", "date": "2031-05-10T12:00:00", "edited": "2031-05-11T08:00:00", "from": "Varnesh Watch", "author": "M. Tarn",
   "forwarded_from": "Ridge Radio", "reply_to_message_id": 2, "photo": "photos/p1.jpg",
   "text": ["Column of ", {"type": "bold", "text": "12 trucks"}, " on the ", {"type": "text_link", "text": "north road", "href": "https://a.example/map"}, ". ",
     {"type": "hashtag", "text": "#Varnesh"}]},
  {"id": 4, "type": "message", "date": "2031-05-10T12:01:00", "from": "Varnesh Watch", "photo": "photos/p2.jpg", "text": ""},
  {"id": 5, "type": "message", "date": null, "from": null, "text": null},
  {"id": 6, "type": "message", "from": "Varnesh Watch", "text": "Calm."},
  {"id": 7, "type": "message", "from": "Varnesh Watch", "text": "Calm."}
 ]}"##;

#[test]
fn a_telegram_channel() {
    let (pages, said) = carried("result.json", TELEGRAM);
    let posts: Vec<String> = pages.iter().map(told).collect();
    assert_eq!(
        posts,
        [
            "Varnesh Watch | - | - | 2031-05-09 Carrier | - | - | - = ⚡ Two rockets hit the depot. / No one was hurt.",
            "Varnesh Watch | - | M. Tarn | 2031-05-10 Carrier | 2031-05-11 | 2 | Ridge Radio = Column of 12 trucks on the north road. #Varnesh",
            "Varnesh Watch | - | - | - | - | - | - = Calm.",
            "Varnesh Watch | - | - | - | - | - | - = Calm.",
        ]
    );
    assert_eq!(said, ["remark: result.json: left out 1 notice and 2 wordless posts"]);
    assert_eq!(document(&pages[1]).blocks[0].links, ["https://a.example/map"]);
    assert_eq!(pages[1].path, "result.json#3");
    // The same few words twice are two posts.
    assert_ne!(pages[2].id, pages[3].id);
}

#[test]
fn a_whole_telegram_account() {
    let account = format!(
        r#"{{"about": "Here is the data you requested.", "personal_information": {{"user_id": 1}},
        "chats": {{"about": "x", "list": [{TELEGRAM}, {{"name": "Crew", "type": "private_group", "id": 9, "messages": [
        {{"id": 2, "type": "message", "from": "Ana", "text": "The bridge is down.", "reply_to_message_id": 1}}]}}]}}}}"#
    );
    let (pages, _) = carried("result.json", account);
    assert_eq!(pages.len(), 5);
    assert_eq!(told(&pages[4]), "Crew | - | Ana | - | - | 9/1 | - = The bridge is down.");
    assert_eq!(pages[4].path, "result.json#9/2");
}

#[test]
fn telegram_pages_tell_what_the_export_tells() {
    let html = r##"<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head><body><div class="page_wrap">
    <div class="page_header"><div class="content"><div class="text bold">
Varnesh Watch
    </div></div></div><div class="page_body chat_page"><div class="history">
    <div class="message service" id="message-1"><div class="body details">10 May 2031</div></div>
    <div class="message default clearfix" id="message2"><div class="body"><div class="pull_right date details" title="10.05.2031 01:10:00 UTC+03:00">01:10</div>
     <div class="from_name">Varnesh Watch</div><div class="text">⚡ Two rockets hit the depot.<br>No one was hurt.</div></div></div>
    <div class="message default clearfix joined" id="message3"><div class="body"><div class="pull_right date details" title="10.05.2031 12:00:00 UTC+03:00">12:00</div>
     <div class="reply_to details">In reply to <a href="#go_to_message2">this message</a></div>
     <div class="forwarded body"><div class="from_name">Ridge Radio <span class="date details" title="09.05.2031 12:00:00 UTC+03:00"> 09.05.2031 12:00:00</span></div>
     <div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/p1.jpg"><img class="photo" src="photos/p1_thumb.jpg"></a></div>
     <div class="text">Column of <strong>12 trucks</strong> on the <a href="https://a.example/map">north road</a>. <a href="" onclick="x">#Varnesh</a></div></div>
     <div class="signature details">M. Tarn</div></div></div>
    <div class="message default clearfix" id="message4"><div class="body"><div class="media_wrap"></div></div></div>
    </div></div></div></body></html>"##;
    let (pages, said) = carried("messages.html", html);
    let posts: Vec<String> = pages.iter().map(told).collect();
    let (json, _) = carried("result.json", TELEGRAM);
    assert_eq!(posts[0], told(&json[0]));
    // The page does not say when a post was changed.
    assert_eq!(posts[1], told(&json[1]).replace("2031-05-11", "-"));
    assert_eq!(said, ["remark: messages.html: left out 1 notice and 1 wordless post"]);
    assert_eq!(pages.iter().map(|p| &p.id).collect::<Vec<_>>(), json[..2].iter().map(|p| &p.id).collect::<Vec<_>>());
}

#[test]
fn the_public_face_of_a_telegram_channel() {
    let html = r##"<!DOCTYPE html><html><head><link href="//telegram.org/css/widget-frame.css?66" rel="stylesheet"></head><body class="widget_frame_base tgme_webpreview">
    <div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="ridgeradio/41">
    <div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/ridgeradio"><span dir="auto">Ridge Radio</span></a></div>
    <div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/other/9"><span dir="auto">Other Voice</span></a></div>
    <a class="tgme_widget_message_reply" href="https://t.me/ridgeradio/40"><div class="tgme_widget_message_text js-message_reply_text">An older post</div></a>
    <div class="tgme_widget_message_text js-message_text" dir="auto"><i class="emoji"><b>🔥</b></i> The mill burns.<br/><br/>More <a href="https://a.example/x">here</a>.</div>
    <div class="tgme_widget_message_footer"><span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/ridgeradio/41"><time datetime="2031-05-09T22:10:00+00:00" class="time">22:10</time></a></span></div>
    </div></div></div></body></html>"##;
    let (pages, said) = carried("ridgeradio.html", html);
    assert_eq!(said, Vec::<String>::new());
    let expected = "Ridge Radio | - | - | 2031-05-09 Carrier | - | 40 | Other Voice = 🔥 The mill burns. / More here.";
    assert_eq!(pages.iter().map(told).collect::<Vec<_>>(), [expected]);
    assert_eq!(document(&pages[0]).url.as_deref(), Some("https://t.me/ridgeradio/41"));
}

#[test]
fn posts_of_many_platforms() {
    let lines = r#"
{"id": "11", "created_at": "2031-05-09T10:00:00.000Z", "edited_at": "2031-05-10T10:00:00.000Z", "in_reply_to_id": "10", "language": "en", "url": "https://s.example/@watch/11", "content": "<p>Shelling near <a href=\"https://a.example\">the mill</a>.</p>", "account": {"acct": "watch@s.example", "display_name": "Watch"}, "reblog": null}
{"id": "12", "created_at": "2031-05-09T10:00:00.000Z", "content": "", "account": {"acct": "watch@s.example", "display_name": "Watch"}, "reblog": {"content": "<p>The mill burns.</p>", "url": "https://t.example/1", "account": {"acct": "ridge@t.example"}}}
{"uri": "at://did:plc:x/app.bsky.feed.post/1", "author": {"handle": "ridge.example", "displayName": "Ridge"}, "record": {"text": "Two shells fell.\nNobody died.", "createdAt": "2031-05-09T10:00:00Z", "langs": ["en"], "reply": {"parent": {"uri": "at://did:plc:x/app.bsky.feed.post/0"}}}}
{"id": "k1", "body": "&gt; They left the hill\n\nNo, they &amp; others hold it.", "subreddit": "valley", "author": "quill", "parent_id": "t3_x", "created_utc": 1936087200, "permalink": "/r/valley/comments/x/_/k1/"}
{"id": "x", "title": "Army leaves the hill", "selftext": "", "subreddit": "valley", "author": "quill", "created_utc": "1936087200", "url": "https://a.example/news"}
{"id": "y", "title": "Gone", "selftext": "[removed]", "subreddit": "valley", "author": "[deleted]", "created_utc": 1936087200}
{"id_str": "5", "full_text": "Smoke &amp; fire over the depot", "user": {"screen_name": "ridge", "name": "Ridge"}, "created_at": "Fri May 09 10:00:00 +0000 2031", "lang": "en", "in_reply_to_status_id_str": null}
{"id": 7, "text": "Road closed.", "author": "Ana", "created_at": "2031-05-09", "url": "https://a.example/7", "lang": "und", "in_reply_to": 6, "channel": "Road Watch"}

{"id": 8, "text": null}
{"id": 9, "text": "cut
[1, 2]
{"text": "No number here."}
"#;
    let (pages, said) = carried("dump.jsonl", lines);
    let expected = [
        "@watch@s.example | - | Watch | 2031-05-09 Carrier | 2031-05-10 | 10 | - = Shelling near the mill.",
        "@watch@s.example | - | Watch | 2031-05-09 Carrier | - | - | @ridge@t.example = The mill burns.",
        "@ridge.example | - | Ridge | 2031-05-09 Carrier | - | at://did:plc:x/app.bsky.feed.post/0 | - = Two shells fell. / Nobody died.",
        "r/valley | - | u/quill | 2031-05-09 Carrier | - | t3_x | - = They left the hill / No, they & others hold it.",
        "r/valley | Army leaves the hill | u/quill | 2031-05-09 Carrier | - | - | - = Army leaves the hill",
        "r/valley | Gone | u/[deleted] | 2031-05-09 Carrier | - | - | - = Gone",
        "@ridge | - | Ridge | 2031-05-09 Carrier | - | - | - = Smoke & fire over the depot",
        "Road Watch | - | Ana | 2031-05-09 Carrier | - | 6 | - = Road closed.",
        "- | - | - | - | - | - | - = No number here.",
    ];
    assert_eq!(pages.iter().map(told).collect::<Vec<_>>(), expected);
    assert_eq!(blocks(&document(&pages[3]), BlockKind::Quote), ["They left the hill"]);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("dump.jsonl: not a JSON object"), "{said:?}");
    assert_eq!(said[1], "remark: dump.jsonl: left out 2 records without words");
}

#[test]
fn lists_of_posts_in_one_json_text() {
    let expected =
        ["- | - | a | 2031-05-09 Carrier | - | - | - = One shell fell.", "- | - | b | - | - | - | - = Two fell."];
    let posts = r#"[{"id": 1, "text": "One shell fell.", "user": "a", "date": "2031-05-09"}, {"id": 2, "text": "Two fell.", "user": "b"}]"#;
    for json in [
        posts.to_owned(),
        format!(r#"{{"meta": {{"n": 2}}, "posts": {posts}}}"#),
        posts[1..posts.len() - 1].replace("}, {", "}\n{"),
    ] {
        let (pages, said) = carried("posts.json", json);
        assert_eq!(pages.iter().map(told).collect::<Vec<_>>(), expected);
        assert!(said.is_empty(), "{said:?}");
    }
    let listing = r#"{"kind": "Listing", "data": {"after": null, "children": [{"kind": "t1", "data": {"name": "t1_k", "body": "It fell.", "subreddit": "valley", "author": "q", "parent_id": "t3_x"}}]}}"#;
    assert_eq!(carried("listing.json", listing).0.len(), 1);
    let (pages, said) = carried("settings.json", r#"{"name": "thing", "version": "1"}"#);
    assert!(pages.is_empty() && said[0].starts_with("remark: "), "{said:?}");
}

#[test]
fn a_mapping_of_ones_own() {
    let mapping = "lists = ['wall.notes.*']\nid = 'nr'\ntext = 'inhalt'\nauthor = 'von.name'\ncreated = 'am'\noutlet = '^wall_name'";
    let post_fields = Some(PostFields::parse("f.toml".as_ref(), mapping).unwrap());
    let json = r#"{"wall": {"wall_name": "Old Wall", "notes": [{"nr": 3, "inhalt": "The gate fell.", "von": {"name": "K"}, "am": "9 May 2031"}]}}"#;
    let (pages, said) = carried_with("x.json", json, Source { post_fields, ..Source::default() });
    assert_eq!(
        pages.iter().map(told).collect::<Vec<_>>(),
        ["Old Wall | - | K | 2031-05-09 Carrier | - | - | - = The gate fell."],
        "{said:?}"
    );
}

#[test]
fn reliefweb_reports() {
    let report = r#"{"id": "4000001", "score": 1, "fields": {"id": 4000001, "title": "Valley: Flash Update No. 3", "body": "**Highlights**\n\nSome 400 families left Varnesh.",
      "body-html": "<p><strong>Highlights</strong></p>\n<p>Some 400 families left Varnesh on 8 May.</p>", "url": "https://reliefweb.int/node/4000001", "url_alias": "https://reliefweb.int/report/valley/flash-update-3",
      "date": {"original": "2031-05-09T00:00:00+00:00", "created": "2031-05-10T11:00:00+00:00", "changed": "2031-05-11T11:00:00+00:00"},
      "source": [{"name": "Valley Relief"}, {"name": "Ridge Aid"}], "language": [{"name": "English", "code": "en"}], "country": [{"name": "Varnland"}]}}"#;
    let answer = format!(
        r#"{{"time": 5, "href": "https://api.reliefweb.int/v1/reports?limit=1", "totalCount": 1, "count": 1, "data": [{report}]}}"#
    );
    let expected = "Valley Relief, Ridge Aid | Valley: Flash Update No. 3 | - | 2031-05-09 Carrier | 2031-05-11 | - | - = \
        Valley: Flash Update No. 3 / Highlights / Some 400 families left Varnesh on 8 May.";
    for (name, json) in
        [("answer.json", answer.as_str()), ("report.json", report), ("reports.jsonl", &report.replace('\n', " "))]
    {
        let (pages, said) = carried(name, json);
        assert_eq!(pages.iter().map(told).collect::<Vec<_>>(), [expected], "{name} {said:?}");
        let carrier = pages[0].custody.carrier.clone().unwrap();
        assert_eq!((carrier.kind.as_str(), carrier.language.as_deref()), ("reliefweb", Some("en")));
        assert_eq!(document(&pages[0]).url.as_deref(), Some("https://reliefweb.int/report/valley/flash-update-3"));
    }
}

#[test]
fn a_truncated_export_gives_what_is_whole_and_says_so() {
    let (pages, said) = carried("result.json", &TELEGRAM[..TELEGRAM.len() - 90]);
    assert_eq!(pages.len(), 2);
    assert!(said[0].contains("ends in the middle"), "{said:?}");
    let source =
        Source { inputs: vec![Input::Bytes("result.json".to_owned(), TELEGRAM[..400].into())], ..Source::default() };
    assert!(crate::pages(&source).any(|item| matches!(item, Err(ReadError::Record { code: "cut-short", .. }))));
}
