//! Web pages: article, comment thread, title, author, outlet, dates.
//!
//! In: a page of HTML. Out: the document; its text is the article's blocks, a blank line between them, then the comments. Nothing
//! on the page is run or fetched. A page larger or deeper than the limits is read as far as they go, with a note.

mod article;
mod called;
mod dated;
mod grow;
mod head;
mod known;
mod linked;
mod lookup;
mod media;
mod names;
mod origin;
mod past;
mod threads;
mod title;
pub(crate) mod tree;
mod words;

use std::collections::BTreeSet;

use sitrep_model::{Block, BlockKind, Document, DocumentId, Note, Noted, Page, Span};

use crate::Origins;
use crate::comments::Found;
use crate::cues::{self, Field};
use crate::published::{Kind, Signals};
use crate::{charset, dates};
use tree::Tree;
use words::{Layout, Run};

/// Blocks at the top of an article in which a byline or a date line is looked for.
const FIELD_BLOCKS: usize = 6;
/// Nodes after the headline in which a byline is looked for.
const BYLINE_NODES: usize = 150;

/// The document of a web page.
pub(crate) fn document(page: &Page) -> Noted<Document> {
    read(page).0
}

/// Every sign the page carries about the day it was published.
pub(crate) fn signals(page: &Page) -> Signals {
    read(page).1
}

fn read(page: &Page) -> (Noted<Document>, Signals) {
    let charset::Decoded { text: source, mut notes } = charset::decode_page(page);
    let tree = Tree::of(&source);
    if tree.too_deep {
        let message = format!("elements nested more than {} deep are read as if side by side", tree::MAX_DEPTH);
        notes.push(Note::new("page-too-deep", message));
    }
    if tree.too_large {
        notes.push(Note::new("page-too-long", format!("only the first {} nodes are read", tree::MAX_NODES)));
    }
    let layout = Layout::of(&tree);
    let thread = threads::find(&tree, &layout);
    let covered = covered(&tree, &thread.taken);
    let linked = linked::Linked::of(&tree);
    let mut head = head::read(&tree, &linked);
    let survey = article::Survey::of(&tree, &layout, thread.taken);
    let (mut opened, mut shown) = (None, Vec::new());
    let mut runs = match thread.opener {
        Some(opener) => {
            head.byline = opener.author.or(head.byline);
            opened = opener.time.as_deref().and_then(dates::first_full_date);
            opener.runs
        }
        None => {
            let root = article::container(&tree, &survey);
            shown = media::media(&tree, root, tree.nodes[root].end, &survey.skip);
            article::article(&tree, &layout, &survey)
        }
    };
    if thread.linked {
        // What the page tells programs are comments is none of its article.
        let said: BTreeSet<&str> = thread.items.iter().flat_map(|i| &i.paragraphs).map(String::as_str).collect();
        runs.retain(|run| !said.contains(run.words.as_str()));
    }
    if runs.is_empty() {
        runs = unshown(&mut head, thread.told, &mut opened, &mut notes);
    }
    let mut title = title::title(&tree, &head, |i| covered[i]);
    // An entry of a feed says its title beside its words; the words of the title are read as those of any headline.
    title.title = title.title.or_else(|| page.custody.carrier.as_deref()?.title.clone());
    let mut signals = Signals::given(page);
    let address = page.meta.url.as_deref().or(head.url.as_deref()).map(str::to_owned);
    let retrieved = page.meta.retrieved.or(page.custody.carrier.as_deref().and_then(|c| c.retrieved));
    signals.append(dated::read(&source, &tree, &layout, &covered, (&head, &linked), (address.as_deref(), retrieved)));
    opened.into_iter().for_each(|day| signals.add_day(Kind::OpeningPost, day.date));
    take_fields(&mut runs, &mut head, &mut signals);
    shown_fields(&tree, &layout, &mut head, |i| covered[i]);
    if let Some(date) = head.url.as_deref().and_then(dates::date_in_url).filter(|_| page.meta.url.is_none()) {
        signals.add_day(Kind::Url, date);
    }
    let modified = signals.modified();
    let outside = |i: usize| covered[i] || survey.skip[i] && tree.nodes[i].is(&["nav", "footer"]);
    let byline = head.byline.or_else(|| head::shown_byline(&tree, outside)).or(head.house);
    let mut written = Written::default();
    written.article(title.title.as_deref(), runs);
    if written.blocks.is_empty() {
        notes.push(Note::new("no-article", "no part of this page reads as an article"));
    }
    let found = written.comments(thread.items);
    let Written { text, blocks } = written;
    let id = DocumentId::of(&[page.id.as_str(), &text]);
    let comments = crate::comments::finished(&id, &text, found, retrieved);
    let document = Document {
        page: page.id.clone(),
        path: page.path.clone(),
        url: page.meta.url.clone().or(head.url),
        title: title.title,
        byline,
        outlet: page.meta.outlet.clone().or(head.outlet).or(title.outlet),
        language: head.language,
        published: signals.best(&mut notes),
        modified,
        blocks,
        comments,
        media: shown,
        reply_to: None,
        forwarded_from: None,
        translation: None,
        id,
        text,
    };
    (Noted { value: document, notes }, signals)
}

/// What a page that shows no article tells programs of it: its first post, else its own summary.
fn unshown(
    head: &mut head::Head,
    told: Option<threads::Opener>,
    opened: &mut Option<dates::Found>,
    notes: &mut Vec<Note>,
) -> Vec<Run> {
    if let Some(post) = told {
        head.byline = post.author.or(head.byline.take());
        *opened = opened.take().or_else(|| post.time.as_deref().and_then(dates::first_full_date));
        return post.runs;
    }
    let Some(words) = head.description.take() else { return Vec::new() };
    let message = "the page shows no article, only scripts that would fetch one; its own summary is read";
    notes.push(Note::new("summary-only", message));
    vec![Run { node: 0, kind: BlockKind::Lead, words, links: Vec::new(), n_link_chars: 0 }]
}

/// Where the blocks of `document` stand in `page`, as [`Origins`] says.
pub(crate) fn origins(page: &Page, document: &Document) -> Origins {
    let source = charset::decode_page(page).text;
    let mut blocks = origin::origins(&source, document);
    // A page in UTF-8 is its own text, but for the mark some editors put in front.
    let mark_bytes = page.raw.len().saturating_sub(source.len());
    let bytes_too = page.raw.get(mark_bytes..) == Some(source.as_bytes());
    if bytes_too && mark_bytes > 0 {
        blocks.iter_mut().flatten().for_each(|span| *span = span.shifted(mark_bytes as u32));
    }
    Origins { bytes_too, blocks }
}

/// For each node whether it lies in a subtree whose top is marked.
fn covered(tree: &Tree, tops: &[bool]) -> Vec<bool> {
    let mut out = tops.to_vec();
    for i in 1..tree.nodes.len() {
        out[i] |= out[tree.nodes[i].parent];
    }
    out
}

/// Takes byline and date lines out of the article's top and bottom and keeps what they say.
fn take_fields(runs: &mut Vec<Run>, head: &mut head::Head, signals: &mut Signals) {
    let n_runs = runs.len();
    let mut i = 0;
    runs.retain(|run| {
        i += 1;
        let near = i <= FIELD_BLOCKS || i + 2 > n_runs;
        let Some((field, value)) = cues::field(&run.words).filter(|_| near) else { return true };
        let day = dates::first_full_date(&run.words).map(|f| f.date);
        match field {
            Field::Byline => {
                head.byline.get_or_insert(value);
                day.into_iter().for_each(|d| signals.add_day(Kind::AloneNear, d));
            }
            Field::Published => day.into_iter().for_each(|d| signals.add_day(Kind::AloneNear, d)),
            Field::Modified => day.into_iter().for_each(|d| signals.add_day(Kind::Changed, d)),
            Field::Title | Field::Outlet | Field::Url | Field::Caption => return true,
        }
        false
    });
}

/// Reads the byline shown below the headline but outside the article's own block, when nothing else told it.
fn shown_fields(tree: &Tree, layout: &Layout, head: &mut head::Head, skip: impl Fn(usize) -> bool) {
    if head.byline.is_some() {
        return;
    }
    let Some(h1) = (1..tree.nodes.len()).find(|&i| tree.nodes[i].name == "h1" && !skip(i)) else { return };
    let outer = |i: usize| skip(i) || tree.nodes[i].is(&["nav", "aside", "footer", "form", "script", "style", "li"]);
    let end = (h1 + BYLINE_NODES).min(tree.nodes.len());
    let fields = words::runs(tree, layout, h1, end, outer).into_iter().filter_map(|run| cues::field(&run.words));
    head.byline = fields.filter(|(field, _)| *field == Field::Byline).map(|(_, value)| value).next();
}

/// The document's text as it grows.
#[derive(Default)]
struct Written {
    text: String,
    blocks: Vec<Block>,
}

impl Written {
    fn line(&mut self, words: &str, gap: &str) -> Span {
        if !self.text.is_empty() {
            self.text.push_str(gap);
        }
        let start = self.text.len();
        self.text.push_str(words);
        Span::new(start, self.text.len())
    }

    fn article(&mut self, title: Option<&str>, runs: Vec<Run>) {
        let runs = runs.into_iter().map(|run| match cues::field(&run.words) {
            Some((Field::Caption, _)) => Run { kind: BlockKind::Caption, ..run },
            _ => run,
        });
        if let Some(title) = title {
            let span = self.line(title, "\n\n");
            self.blocks.push(Block { kind: BlockKind::Headline, span, links: Vec::new(), language: None });
        }
        let said = title.map(title::folded).unwrap_or_default();
        for run in runs {
            let short = run.words.len() < 300;
            if short && !said.is_empty() && title::folded(&run.words) == said {
                continue;
            }
            let span = self.line(&run.words, "\n\n");
            self.blocks.push(Block { kind: run.kind, span, links: run.links, language: None });
        }
    }

    fn comments(&mut self, items: Vec<threads::Item>) -> Vec<Found> {
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            for (n, line) in item.quoted.iter().enumerate() {
                self.line(line, if n == 0 { "\n\n" } else { "\n" });
            }
            let mut reach: Option<Span> = None;
            for paragraph in &item.paragraphs {
                let span = self.line(paragraph, if reach.is_none() && item.quoted.is_empty() { "\n\n" } else { "\n" });
                reach = Some(reach.map_or(span, |r| Span { end: span.end, ..r }));
            }
            let reach = reach.unwrap_or(Span::new(self.text.len(), self.text.len()));
            out.push(Found {
                parent: item.parent,
                author: item.author,
                time: item.time,
                datetime: item.datetime,
                start: reach.start as usize,
                end: reach.end as usize,
                links: item.links,
            });
        }
        out
    }
}
