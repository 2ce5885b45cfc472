//! The words of a post, or of an entry without markup, as a small page of HTML: one paragraph for each line.
//!
//! In: stretches of text, each perhaps a link, and the names of pictures and videos beside them. Out: HTML that holds nothing else,
//! so that a post is read by the same reader as every page and keeps its links and media. Never drops or adds a word.

use crate::html::tree::{BLOCKS, Tree};

/// A stretch of text and where it leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) text: String,
    pub(super) href: Option<String>,
}

impl Stretch {
    pub(super) fn plain(text: impl Into<String>) -> Stretch {
        Stretch { text: text.into(), href: None }
    }
}

/// Whether the stretches hold anything to read.
pub(super) fn wordless(stretches: &[Stretch]) -> bool {
    !stretches.iter().any(|s| s.text.chars().any(char::is_alphanumeric))
}

/// The page of these words and media files.
pub(super) fn page(stretches: &[Stretch], media: &[String]) -> Vec<u8> {
    let mut out = String::new();
    let mut line = String::new();
    let mut end_line = |line: &mut String| {
        let words = line.trim();
        // A line that opens with the sign of a quotation, in letters and on some platforms, is someone else's.
        if let Some(quoted) = words.strip_prefix("&gt;").map(|rest| rest.trim_start_matches("&gt;").trim()) {
            if !quoted.is_empty() {
                out.push_str(&format!("<blockquote>{quoted}</blockquote>\n"));
            }
        } else if !words.is_empty() {
            out.push_str(&format!("<p>{words}</p>\n"));
        }
        line.clear();
    };
    for stretch in stretches {
        for (i, words) in stretch.text.split(['\n', '\u{2028}', '\u{2029}']).enumerate() {
            if i > 0 {
                end_line(&mut line);
            }
            let link = stretch.href.as_deref().filter(|_| !words.trim().is_empty());
            match link {
                Some(href) => {
                    line.push_str("<a href=\"");
                    escape(href, &mut line);
                    line.push_str("\">");
                    escape(words, &mut line);
                    line.push_str("</a>");
                }
                None => escape(words, &mut line),
            }
        }
    }
    end_line(&mut line);
    for src in media {
        let ending = src.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
        let element = match ending.as_str() {
            "mp4" | "mov" | "webm" | "mkv" | "avi" => "video",
            "mp3" | "ogg" | "oga" | "m4a" | "wav" => "audio",
            "jpg" | "jpeg" | "png" | "gif" | "webp" | "heic" | "bmp" => "img",
            _ => continue,
        };
        out.push_str(&format!("<figure><{element} src=\""));
        escape(src, &mut out);
        out.push_str(if element == "img" { "\"></figure>\n" } else { "\"></" });
        if element != "img" {
            out.push_str(&format!("{element}></figure>\n"));
        }
    }
    out.into_bytes()
}

/// The page of an entry that says nothing but its title.
pub(super) fn headline(title: &str) -> Vec<u8> {
    let mut out = "<h1>".to_owned();
    escape(&line_of(title).unwrap_or_default(), &mut out);
    out.push_str("</h1>\n");
    out.into_bytes()
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0' => {}
            c => out.push(c),
        }
    }
}

/// The words below node `i`: a new line where the page breaks one, links kept. `skip` names nodes that are left out.
pub(super) fn stretches(tree: &Tree, i: usize, skip: impl Fn(usize) -> bool) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    let mut link: Option<(usize, &str)> = None;
    let mut at = i + 1;
    let end = tree.nodes[i].end;
    let mut add = |text: &str, href: Option<&str>| match out.last_mut().filter(|last| last.href.as_deref() == href) {
        Some(last) => last.text.push_str(text),
        None => out.push(Stretch { text: text.to_owned(), href: href.map(str::to_owned) }),
    };
    while at < end {
        let node = &tree.nodes[at];
        if skip(at) || node.is(&["script", "style", "noscript", "template"]) {
            at = node.end;
            continue;
        }
        link = link.filter(|(link_end, _)| at < *link_end);
        match node.name.as_str() {
            "" => add(&flat(&node.text), link.map(|(_, href)| href)),
            "br" => add("\n", None),
            "a" => link = node.attribute("href").filter(|h| h.starts_with("http")).map(|href| (node.end, href)),
            _ if node.is(BLOCKS) => add("\n", None),
            _ => {}
        }
        at += 1;
    }
    out
}

/// White space run together; a line break in the source of a page is none in its words.
fn flat(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let blank = c.is_ascii_whitespace();
        if !(blank && out.ends_with(' ')) {
            out.push(if blank { ' ' } else { c });
        }
    }
    out
}

/// One line of text from a stretch of HTML, or from text that may hold character references: for titles and names.
pub(super) fn line_of(markup: &str) -> Option<String> {
    let line = if markup.contains(['<', '&']) {
        Tree::of(markup).words(0)
    } else {
        markup.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    (!line.is_empty()).then_some(line)
}

/// Whether `text` is written in HTML: it holds a tag or a character reference.
pub(super) fn looks_like_html(text: &str) -> bool {
    let tag = |rest: &str| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let n_letters = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        n_letters > 0
            && rest.as_bytes()[0].is_ascii_alphabetic()
            && matches!(rest.as_bytes().get(n_letters), Some(b'>' | b' ' | b'/' | b'\n' | b'\t' | b'\r'))
    };
    let reference = |rest: &str| {
        let n_name = rest.bytes().take(12).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
        n_name >= 2 && rest.as_bytes().get(n_name) == Some(&b';')
    };
    text.match_indices('<').take(1_000).any(|(at, _)| tag(&text[at + 1..]))
        || text.match_indices('&').take(1_000).any(|(at, _)| reference(&text[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(stretches: &[Stretch], media: &[&str]) -> String {
        let media: Vec<String> = media.iter().map(|m| (*m).to_owned()).collect();
        String::from_utf8(page(stretches, &media)).unwrap()
    }

    #[test]
    fn lines_become_paragraphs_and_links_stay() {
        let link =
            Stretch { text: "the map\nof the day".to_owned(), href: Some("https://a.example/?a=1&b=\"".to_owned()) };
        let told = html(
            &[Stretch::plain("1 < 2 & more\n\nSee "), link, Stretch::plain(".")],
            &["photos/1.jpg", "v.mp4", "x.pdf"],
        );
        let expected = "<p>1 &lt; 2 &amp; more</p>\n<p>See <a href=\"https://a.example/?a=1&amp;b=&quot;\">the map</a></p>\n\
            <p><a href=\"https://a.example/?a=1&amp;b=&quot;\">of the day</a>.</p>\n<figure><img src=\"photos/1.jpg\"></figure>\n\
            <figure><video src=\"v.mp4\"></video></figure>\n";
        assert_eq!(told, expected);
        assert!(wordless(&[Stretch::plain("🔥 !")]) && !wordless(&[Stretch::plain("🔥 1")]));
    }

    #[test]
    fn markup_is_told_from_text() {
        for html in ["<p>a", "a &#8217; b", "a<br/>b", "x &amp; y", "</div>", "<a href=x>"] {
            assert!(looks_like_html(html), "{html}");
        }
        for text in ["a < b", "a <- b", "AT&T; no", "<3", "x & y", "a <b"] {
            assert!(!looks_like_html(text), "{text}");
        }
        assert_eq!(line_of(" Army&#8217;s <b>day</b>\n one ").as_deref(), Some("Army’s day one"));
        assert_eq!(line_of(" \n"), None);
    }

    #[test]
    fn words_come_out_of_a_page_as_they_went_in() {
        let tree =
            Tree::of("<div>One<br>two <a href='https://a.example/'>link<br>on</a>\n end<script>x</script></div>");
        let told = stretches(&tree, 1, |_| false);
        let text: String = told.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(text, "One\ntwo link\non end");
        assert_eq!(told.iter().filter(|s| s.href.is_some()).count(), 2);
    }
}
