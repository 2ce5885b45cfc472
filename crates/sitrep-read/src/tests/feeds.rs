//! Feeds of invented outlets: in good order, in bad order, and beside the pages they link to.

use sitrep_model::{HowKnown, Page};

use super::posts::{carried, document, told};
use crate::{Input, Source};

pub(super) const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Varnesh Courier</title><link>https://courier.example/</link><atom:link href="https://courier.example/feed" rel="self"/><language>en-US</language>
<image><title>Logo</title></image>
<item><title>Army&#8217;s column &amp; the bridge</title><link>https://courier.example/2031/05/09/bridge/?utm_source=rss</link>
  <dc:creator><![CDATA[Ana Tarn]]></dc:creator><pubDate>Fri, 09 May 2031 23:30:00 +0300</pubDate><guid isPermaLink="false">https://courier.example/?p=7</guid>
  <description><![CDATA[<p>A column crossed.</p>]]></description><media:title>Photo</media:title><media:description>A photo of a bridge</media:description>
  <content:encoded><![CDATA[<p>A column of <a href="https://a.example/">12 trucks</a> crossed the bridge.</p><p>It went north.</p>]]></content:encoded></item>
<item><title>Two villages shelled</title><link>https://courier.example/shelled</link><author>news@courier.example (Desk)</author>
  <description>Two villages were shelled &amp;amp; burned overnight.</description><source url="https://ridge.example/rss">Ridge Radio</source></item>
<item><title>Only a title says that the gate fell</title><guid>https://courier.example/gate</guid></item>
<item><enclosure url="https://courier.example/a.mp3"/></item>
</channel></rss>"#;

#[test]
fn rss() {
    let (pages, said) = carried("feed.xml", RSS);
    let expected = [
        "Varnesh Courier | Army’s column & the bridge | Ana Tarn | 2031-05-09 Carrier | - | - | - = Army’s column & the bridge / A column of 12 trucks crossed the bridge. / It went north.",
        "Ridge Radio | Two villages shelled | Desk | - | - | - | - = Two villages shelled / Two villages were shelled & burned overnight.",
        "Varnesh Courier | Only a title says that the gate fell | - | - | - | - | - = Only a title says that the gate fell",
    ];
    assert_eq!(pages.iter().map(told).collect::<Vec<_>>(), expected);
    assert_eq!(said, ["remark: feed.xml: left out 1 entry without words"]);
    assert_eq!(pages[0].path, "feed.xml#https://courier.example/?p=7");
    assert_eq!(document(&pages[2]).url.as_deref(), Some("https://courier.example/gate"));
    assert_eq!(document(&pages[0]).language.as_deref(), Some("en-US"));
}

#[test]
fn atom_and_rss_1_and_json() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="text">Ridge Radio</title><id>urn:x</id><updated>2031-05-11T00:00:00Z</updated>
      <author><name>Everyone</name></author>
      <entry><title type="html">The &lt;b&gt;mill&lt;/b&gt; burns</title><link rel="self" href="https://ridge.example/self"/><link rel="alternate" href="https://ridge.example/mill"/>
       <id>tag:ridge,1</id><published>2031-05-09T10:00:00Z</published><updated>2031-05-10T10:00:00Z</updated><author><name>Lea Moss</name><uri>https://x.example</uri></author>
       <source><title>Another Feed</title><id>urn:y</id></source>
       <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The old mill <em>burns</em>.</p><br/><p>A &amp; B saw it.</p></div></content></entry>
      <entry><title>Later</title><link href="https://ridge.example/later"/><updated>2031-05-10T10:00:00Z</updated><summary type="html">&lt;p&gt;Later it fell.&lt;/p&gt;</summary></entry></feed>"#;
    let (pages, said) = carried("atom", atom);
    let expected = [
        "Another Feed | The mill burns | Lea Moss | 2031-05-09 Carrier | 2031-05-10 | - | - = The mill burns / The old mill burns. / A & B saw it.",
        "Ridge Radio | Later | - | 2031-05-10 Carrier | - | - | - = Later / Later it fell.",
    ];
    assert_eq!(pages.iter().map(told).collect::<Vec<_>>(), expected);
    assert!(said.is_empty(), "{said:?}");
    let rdf = r#"<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://old.example/"><title>Old Wire</title><items><rdf:Seq><rdf:li resource="https://old.example/1"/></rdf:Seq></items></channel>
      <item rdf:about="https://old.example/1"><title>Hill taken</title><link>https://old.example/1</link><dc:date>2031-05-09T10:00:00+02:00</dc:date><description>The hill was taken.</description></item></rdf:RDF>"#;
    let (pages, _) = carried("old.rdf", rdf);
    assert_eq!(
        pages.iter().map(told).collect::<Vec<_>>(),
        ["Old Wire | Hill taken | - | 2031-05-09 Carrier | - | - | - = Hill taken / The hill was taken."]
    );
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Road Watch", "language": "en", "items": [
      {"id": "1", "url": "https://road.example/1", "title": "Road cut", "content_html": "<p>The road is cut.</p>", "date_published": "2031-05-09T10:00:00Z", "authors": [{"name": "K"}]},
      {"id": 2, "content_text": "Open again.", "date_published": null}, {"id": "3"}]}"#;
    let (pages, said) = carried("feed.json", json);
    let expected = [
        "Road Watch | Road cut | K | 2031-05-09 Carrier | - | - | - = Road cut / The road is cut.",
        "Road Watch | - | - | - | - | - | - = Open again.",
    ];
    assert_eq!(pages.iter().map(told).collect::<Vec<_>>(), expected, "{said:?}");
}

#[test]
fn feeds_in_bad_order() {
    // A bare ampersand, a tag never closed, an end never opened, a reference XML does not know, a bare "<".
    let bad = "<rss><channel><title>A & B</title><item><title>Salt & sand</title><description>The caf&eacute; & mill <br> fell.</i></description></item>\
      <item><title>Second<description>It fell too.</description></item><item><title>Third, 3 < 4</title><description>The last one.</description></item></channel></rss>";
    let (pages, said) = carried("bad.xml", bad);
    let words: Vec<String> = pages.iter().map(told).collect();
    assert!(words[0].contains("Salt & sand / The café & mill"), "{words:?} {said:?}");
    assert!(words[0].ends_with("mill fell."), "{words:?}");
    assert!(words[1].ends_with("= Second / It fell too."), "{words:?}");
    assert!(words[2].ends_with("= Third, 3 < 4 / The last one."), "{words:?}");
    let cut = &RSS[..RSS.find("It went north").unwrap()];
    let (pages, said) = carried("feed.xml", cut);
    assert!(pages.is_empty() && !said.is_empty() && !said[0].starts_with("remark"), "{said:?}");
    let cut = &RSS[..RSS.find("overnight").unwrap()];
    let (pages, said) = carried("feed.xml", cut);
    assert_eq!((pages.len(), said.len()), (1, 1), "{said:?}");
    let (pages, said) = carried("feed.xml", RSS.replace("<dc:creator>", "<dc:creator <<"));
    assert!(pages.iter().map(told).any(|w| w.contains("The gate") || w.contains("the gate fell")), "{said:?}");
}

#[test]
fn encodings_of_feeds() {
    let feed = |encoding: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{encoding}\"?><rss><channel><item><title>t</title><description>Caf\u{e9} hit \u{2013} twice.</description></item></channel></rss>"
        )
    };
    let latin: Vec<u8> = feed("windows-1252").chars().map(|c| if c == '\u{2013}' { 0x96 } else { c as u8 }).collect();
    let wide: Vec<u8> =
        std::iter::once(0xFEFF).chain(feed("UTF-16").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for raw in [feed("utf-8").into_bytes(), feed("iso-8859-1").into_bytes(), latin, wide] {
        let (pages, said) = carried("feed.xml", raw);
        assert_eq!(
            pages.iter().map(told).collect::<Vec<_>>(),
            ["- | t | - | - | - | - | - = t / Café hit – twice."],
            "{said:?}"
        );
    }
}

#[test]
fn entities_a_feed_declares_are_not_expanded() {
    let mut laughs = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY lol \"lol\">".to_owned();
    for i in 1..30 {
        laughs += &format!("<!ENTITY lol{i} \"{}\">", format!("&lol{};", i - 1).repeat(10));
    }
    laughs += "<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>Ha &lol29;</title><description>It &x; fell.</description></item></channel></rss>";
    let (pages, said) = carried("laughs.xml", laughs);
    assert_eq!(pages.len(), 1, "{said:?}");
    assert!(pages[0].raw.len() < 100);
    let words = told(&pages[0]);
    assert!(words.contains("fell.") && !words.contains("root:") && words.len() < 200, "{words}");
}

#[test]
fn a_hundred_thousand_entries() {
    let item =
        "<item><title>Report</title><link>https://c.example/N</link><description>The bridge fell.</description></item>";
    let many: String = (0..100_000).map(|n| item.replace('N', &n.to_string())).collect();
    let (pages, said) = carried("many.xml", format!("<rss><channel>{many}</channel></rss>"));
    assert_eq!((pages.len(), said.len()), (100_000, 0));
    let deep = format!(
        "<rss><channel><item><title>t</title><description>{}It fell.</description></item></channel></rss>",
        "<b>".repeat(100_000)
    );
    assert!(!carried("deep.xml", deep).0.is_empty());
    let stumbling = format!("<rss><channel>{}</channel></rss>", "<item><title <<>".repeat(20_000));
    carried("stumbling.xml", stumbling);
}

/// Every order of the same inputs gives the same pages.
#[test]
fn an_entry_whose_page_is_there_lends_it_its_facts() {
    let page = r#"<html><head><link rel="canonical" href="https://www.courier.example/2031/05/09/bridge"></head><body><h1>Column at the bridge</h1>
      <p>A column of 12 trucks crossed the bridge on Friday and then went north along the river road.</p></body></html>"#;
    let other =
        "<html><body><p>Nothing to do with any feed, and long enough to be the article of a page.</p></body></html>";
    let mut inputs = vec![
        Input::Bytes("feed.xml".to_owned(), RSS.into()),
        Input::Bytes("bridge.html".to_owned(), page.into()),
        Input::Bytes("other.html".to_owned(), other.into()),
    ];
    let mut seen: Vec<Vec<(String, String)>> = Vec::new();
    for _ in 0..3 {
        inputs.rotate_left(1);
        let source = Source { inputs: inputs.clone(), ..Source::default() };
        let pages: Vec<Page> = crate::pages(&source).filter_map(Result::ok).collect();
        let bridge = document(pages.iter().find(|p| p.path == "bridge.html").unwrap());
        assert_eq!(bridge.title.as_deref(), Some("Column at the bridge"));
        assert_eq!((bridge.byline.as_deref(), bridge.outlet.as_deref()), (Some("Ana Tarn"), Some("Varnesh Courier")));
        let published = bridge.published.unwrap();
        assert_eq!((published.date.to_string().as_str(), published.how), ("2031-05-09", HowKnown::Carrier));
        assert_eq!(document(pages.iter().find(|p| p.path == "other.html").unwrap()).outlet, None);
        let mut all: Vec<(String, String)> = pages.iter().map(|p| (p.id.to_string(), told(p))).collect();
        assert_eq!(all.len(), 4, "{all:?}");
        all.sort();
        seen.push(all);
    }
    assert!(seen.windows(2).all(|w| w[0] == w[1]));
}
