//! Pictures, videos and sounds that an article shows, with the page's own words about them.
//!
//! In: a tree and what of it is not article. Out: [`Media`] in order. Caption (what it is said to show) and credit (who provided it) are
//! kept apart. Pixels that only count readers, icons and embedded data are left out. Opens no file.

use sitrep_model::{Media, MediaKind};

use super::tree::Tree;

const MOST_MEDIA: usize = 200;
/// A picture declared smaller than this is an icon, or counts readers.
const ICON_PX: u32 = 32;
/// How far up a figure may be.
const FIGURE_STEPS: usize = 8;
const LONGEST_CHARS: usize = 1_000;
/// Words before the name of who provided a picture.
const CREDIT_CUES: [&str; 12] = [
    "photo credit:",
    "image credit:",
    "photo courtesy of",
    "photo by",
    "photograph by",
    "courtesy of",
    "photo:",
    "photograph:",
    "picture:",
    "image:",
    "credit:",
    "source:",
];

/// What stands in `from..end`, less the subtrees whose top is in `skip`.
pub(crate) fn media(tree: &Tree, from: usize, end: usize, skip: &[bool]) -> Vec<Media> {
    let mut found = Vec::new();
    let mut at = from;
    while at < end && found.len() < MOST_MEDIA {
        let node = &tree.nodes[at];
        if skip[at] || node.is(&["noscript", "template", "script"]) {
            at = node.end.max(at + 1);
            continue;
        }
        let kind = match node.name.as_str() {
            "img" => Some(MediaKind::Image),
            "video" => Some(MediaKind::Video),
            "audio" => Some(MediaKind::Audio),
            _ => None,
        };
        if let Some((kind, src)) = kind.zip(source(tree, at)).filter(|_| !is_icon(tree, at)) {
            let (caption, credit) = words(tree, at);
            found.push(Media {
                kind,
                src,
                caption,
                credit,
                sha256: None,
                n_bytes: None,
                width_px: None,
                height_px: None,
                file_says: None,
            });
        }
        at += 1;
    }
    found
}

fn source(tree: &Tree, at: usize) -> Option<String> {
    let own = |i: usize| ["src", "data-src"].iter().find_map(|name| tree.nodes[i].attribute(name));
    let inside = || (at + 1..tree.nodes[at].end).take(20).filter(|&i| tree.nodes[i].name == "source").find_map(own);
    let src = own(at).filter(|src| !src.starts_with("data:")).or_else(inside)?.trim();
    let is_address = !src.is_empty() && !["data:", "blob:", "javascript:"].iter().any(|scheme| src.starts_with(scheme));
    is_address.then(|| cut(src))
}

fn is_icon(tree: &Tree, at: usize) -> bool {
    let px =
        |name: &str| tree.nodes[at].attribute(name).and_then(|it| it.trim().trim_end_matches("px").parse::<u32>().ok());
    ["width", "height"].iter().filter_map(|name| px(name)).any(|px| px < ICON_PX)
}

/// What the page says it shows, and who provided it.
fn words(tree: &Tree, at: usize) -> (Option<String>, Option<String>) {
    let mut figure = at;
    for _ in 0..FIGURE_STEPS {
        if tree.nodes[figure].name == "figure" {
            break;
        }
        figure = tree.nodes[figure].parent;
    }
    let (mut caption, mut credit) = (None, None);
    if tree.nodes[figure].name == "figure" {
        for i in figure + 1..tree.nodes[figure].end {
            let named = |part: &str| tree.classes(i).any(|class| class.to_lowercase().contains(part));
            let is_credit =
                named("credit") || named("copyright") || tree.nodes[i].attribute("itemprop") == Some("copyrightHolder");
            if is_credit && credit.is_none() {
                credit = filled(&tree.words(i));
            } else if (tree.nodes[i].name == "figcaption" || named("caption")) && caption.is_none() {
                caption = filled(&tree.words(i));
            }
        }
    }
    let alt = || ["alt", "title"].iter().find_map(|name| filled(tree.nodes[at].attribute(name)?));
    let caption = caption.or_else(alt);
    match (caption, credit) {
        (Some(caption), Some(credit)) => {
            let rest = caption.strip_suffix(credit.as_str()).unwrap_or(&caption).trim().to_owned();
            (filled(&rest), filled(without_cue(&credit)))
        }
        (Some(caption), None) => match credit_in(&caption) {
            Some((rest, credit)) => (filled(rest), filled(credit)),
            None => (Some(caption), None),
        },
        (None, credit) => (None, credit.and_then(|credit| filled(without_cue(&credit)))),
    }
}

fn filled(words: &str) -> Option<String> {
    let words = words.trim();
    (!words.is_empty()).then(|| cut(words))
}

fn cut(words: &str) -> String {
    words.chars().take(LONGEST_CHARS).collect()
}

fn without_cue(credit: &str) -> &str {
    let starts = |cue: &&&str| credit.get(..cue.len()).is_some_and(|head| head.eq_ignore_ascii_case(cue));
    CREDIT_CUES.iter().find(starts).map_or(credit, |cue| credit[cue.len()..].trim())
}

/// A caption that ends with who provided the picture: "…. Photo: A. Name", "… [A. Name/Agency]".
fn credit_in(caption: &str) -> Option<(&str, &str)> {
    let lower = caption.to_ascii_lowercase();
    let cued = CREDIT_CUES.iter().filter_map(|cue| Some((lower.rfind(cue)?, cue.len())));
    // Only after the end of a sentence or a bracket: "the source: a well" is part of the caption.
    let after_stop =
        |at: &(usize, usize)| caption[..at.0].trim_end().chars().next_back().is_none_or(|c| ".!?|([-–—”\"".contains(c));
    let trim = |text: &'_ str| -> (usize, usize) {
        let end = text.trim_end_matches([')', ']', '.', ' ']).len();
        (0, end)
    };
    if let Some((at, n)) = cued.filter(after_stop).min() {
        let credit = &caption[at + n..];
        let (from, to) = trim(credit);
        return Some((caption[..at].trim_end_matches([' ', '(', '[', '|', '-', '–', '—']), credit[from..to].trim()));
    }
    let open = caption.rfind(['[', '('])?;
    let inner = caption[open + 1..].trim_end_matches([']', ')', '.', ' ']);
    let closes = caption.trim_end_matches(['.', ' ']).ends_with([']', ')']);
    (closes && inner.contains('/') && inner.len() < 100).then(|| (caption[..open].trim_end(), inner.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<(String, Option<String>, Option<String>)> {
        let tree = Tree::of(html);
        let n = tree.nodes.len();
        media(&tree, 0, n, &vec![false; n]).into_iter().map(|it| (it.src, it.caption, it.credit)).collect()
    }

    #[test]
    fn caption_and_credit_are_kept_apart() {
        let some = |text: &str| Some(text.to_owned());
        let html = "<figure><img src='a_files/1.jpg' alt='x'><figcaption>The dam at Ostrel. <span class='photo-credit'>Photo: Ivo Tarn</span></figcaption></figure>\
            <figure><img src='2.jpg'><figcaption>The square on Monday [Ivo Tarn/Ridge Pictures]</figcaption></figure>\
            <p><img src='3.jpg' alt='Smoke over Varnesh. Credit: City council'></p>\
            <img src='pixel.gif' width='1' height='1'><img src='data:image/gif;base64,R0'>\
            <video><source src='v.mp4'></video>";
        assert_eq!(
            found(html),
            [
                ("a_files/1.jpg".to_owned(), some("The dam at Ostrel."), some("Ivo Tarn")),
                ("2.jpg".to_owned(), some("The square on Monday"), some("Ivo Tarn/Ridge Pictures")),
                ("3.jpg".to_owned(), some("Smoke over Varnesh."), some("City council")),
                ("v.mp4".to_owned(), None, None),
            ]
        );
    }
}
