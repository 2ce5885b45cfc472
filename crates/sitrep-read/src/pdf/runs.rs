//! What is drawn on a PDF page, as runs of text with their places.
//!
//! In: one page. Out: [`Run`]s in the order they are drawn. Follows the text state of the page description and nothing else: no colour,
//! no clipping, no picture. Text drawn invisibly is kept: it is how scanned pages carry their text.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document as File, Object, ObjectId};

use super::glyphs::{Font, stripped};

/// Runs on one page past which it is not read on: more than any page of text has.
const MAX_RUNS: usize = 200_000;
/// Page descriptions inside page descriptions deeper than this are left out.
const MAX_DEPTH: usize = 6;
/// Steps of a page description that are followed, those inside it included.
const MAX_STEPS: usize = 3_000_000;

/// A stretch of text drawn at one place. Points; y grows upwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) x: f32,
    pub(super) end_x: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) text: String,
}

/// The runs of a page whose description unpacks to at most `limit_bytes`; none otherwise.
pub(super) fn of_page(file: &File, page: ObjectId, limit_bytes: usize) -> Vec<Run> {
    let Ok(content) = file.get_page_content_with_limit(page, limit_bytes) else { return Vec::new() };
    let fonts = file.get_page_fonts(page).unwrap_or_default();
    let (own, named) = file.get_page_resources(page).unwrap_or_default();
    let resources = own.into_iter().chain(named.iter().filter_map(|id| file.get_dictionary(*id).ok())).collect();
    let mut pen = Pen { file, runs: Vec::new(), left_steps: MAX_STEPS, left_bytes: limit_bytes };
    pen.draw(&content, &fonts, resources, Matrix::ONE, 0);
    pen.runs.retain(|run| !run.text.trim().is_empty());
    pen.runs
}

/// `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Debug, Clone, Copy)]
struct Matrix {
    a: f32,
    b: f32,
    c: f32,
    d: f32,
    e: f32,
    f: f32,
}

impl Matrix {
    const ONE: Matrix = Matrix { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    fn moved(x: f32, y: f32) -> Matrix {
        Matrix { e: x, f: y, ..Matrix::ONE }
    }

    fn of(numbers: &[f32]) -> Option<Matrix> {
        let [a, b, c, d, e, f] = *numbers else { return None };
        Some(Matrix { a, b, c, d, e, f })
    }

    /// This one first, then `next`.
    fn then(self, next: Matrix) -> Matrix {
        Matrix {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }
}

#[derive(Clone)]
struct State<'n> {
    page: Matrix,
    font: Option<&'n [u8]>,
    size: f32,
    leading: f32,
    char_space: f32,
    word_space: f32,
    stretch: f32,
}

struct Pen<'f> {
    file: &'f File,
    runs: Vec<Run>,
    left_steps: usize,
    left_bytes: usize,
}

impl<'f> Pen<'f> {
    fn draw(
        &mut self,
        content: &[u8],
        dictionaries: &BTreeMap<Vec<u8>, &'f Dictionary>,
        resources: Vec<&'f Dictionary>,
        base: Matrix,
        depth: usize,
    ) {
        let file = self.file;
        let stripped = stripped(dictionaries);
        let font = |(name, font): (&Vec<u8>, &&'f Dictionary)| (name.clone(), *font);
        let dictionaries: BTreeMap<Vec<u8>, &'f Dictionary> = dictionaries.iter().map(font).collect();
        let mut fonts: BTreeMap<&[u8], Font<'_>> = BTreeMap::new();
        let start =
            State { page: base, font: None, size: 1.0, leading: 0.0, char_space: 0.0, word_space: 0.0, stretch: 1.0 };
        let mut state = start;
        let mut saved: Vec<State<'_>> = Vec::new();
        let (mut line, mut text) = (Matrix::ONE, Matrix::ONE);
        for step in Content::decode_iter(content) {
            let Ok(step) = step else { break };
            if self.left_steps == 0 || self.runs.len() >= MAX_RUNS {
                break;
            }
            self.left_steps -= 1;
            let numbers: Vec<f32> = step.operands.iter().filter_map(|o| o.as_float().ok()).collect();
            let n = |i: usize| numbers.get(i).copied().filter(|n| n.is_finite()).unwrap_or(0.0);
            match step.operator.as_str() {
                "q" if saved.len() < 500 => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.page = Matrix::of(&numbers).map_or(state.page, |m| m.then(state.page)),
                "BT" => (line, text) = (Matrix::ONE, Matrix::ONE),
                "Tf" => {
                    let name = step.operands.first().and_then(|o| o.as_name().ok()).unwrap_or_default();
                    if let Some((name, font)) = dictionaries.get_key_value(name) {
                        fonts.entry(name).or_insert_with(|| Font::of(font, stripped.get(name), file));
                        state.font = Some(name);
                    }
                    state.size = n(0);
                }
                "TL" => state.leading = n(0),
                "Tc" => state.char_space = n(0),
                "Tw" => state.word_space = n(0),
                "Tz" => state.stretch = n(0) / 100.0,
                "Td" | "TD" => {
                    if step.operator == "TD" {
                        state.leading = -n(1);
                    }
                    line = Matrix::moved(n(0), n(1)).then(line);
                    text = line;
                }
                "Tm" => {
                    line = Matrix::of(&numbers).unwrap_or(line);
                    text = line;
                }
                "T*" | "'" | "\"" => {
                    if step.operator == "\"" {
                        (state.word_space, state.char_space) = (n(0), n(1));
                    }
                    line = Matrix::moved(0.0, -state.leading).then(line);
                    text = line;
                    if let Some(shown) = step.operands.last().filter(|_| step.operator != "T*") {
                        self.show(std::slice::from_ref(shown), &state, &fonts, &mut text);
                    }
                }
                "Tj" => self.show(&step.operands, &state, &fonts, &mut text),
                "TJ" => {
                    if let Some(Ok(parts)) = step.operands.first().map(Object::as_array) {
                        self.show(parts, &state, &fonts, &mut text);
                    }
                }
                "Do" if depth < MAX_DEPTH => {
                    let name = step.operands.first().and_then(|o| o.as_name().ok()).unwrap_or_default();
                    self.inner(name, &resources, state.page, depth + 1);
                }
                _ => {}
            }
        }
    }

    /// Draws a page description that another one names.
    fn inner(&mut self, name: &[u8], resources: &[&'f Dictionary], base: Matrix, depth: usize) {
        let file = self.file;
        let named = resources.iter().find_map(|resources| {
            let inner = resources.get_deref(b"XObject", file).and_then(Object::as_dict).ok()?;
            inner.get_deref(name, file).and_then(Object::as_stream).ok()
        });
        let Some(form) = named else { return };
        if !form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form") {
            return;
        }
        let Ok(content) = form.decompressed_content_with_limit(self.left_bytes) else { return };
        self.left_bytes -= content.len().min(self.left_bytes);
        let own = form.dict.get_deref(b"Resources", file).and_then(Object::as_dict).ok();
        let resources: Vec<&Dictionary> = own.map_or_else(|| resources.to_vec(), |own| vec![own]);
        let mut fonts = BTreeMap::new();
        for dictionary in &resources {
            let Ok(list) = dictionary.get_deref(b"Font", file).and_then(Object::as_dict) else { continue };
            for (name, _) in list.iter() {
                if let Ok(font) = list.get_deref(name, file).and_then(Object::as_dict) {
                    fonts.entry(name.clone()).or_insert(font);
                }
            }
        }
        let numbers: Vec<f32> = match form.dict.get_deref(b"Matrix", file).and_then(Object::as_array) {
            Ok(list) => list.iter().filter_map(|o| o.as_float().ok()).collect(),
            Err(_) => Vec::new(),
        };
        let own = Matrix::of(&numbers).unwrap_or(Matrix::ONE);
        self.draw(&content, &fonts, resources, own.then(base), depth);
    }

    /// Draws strings and the gaps between them.
    fn show(&mut self, parts: &[Object], state: &State<'_>, fonts: &BTreeMap<&[u8], Font<'_>>, text: &mut Matrix) {
        let Some(font) = state.font.and_then(|name| fonts.get(name)) else { return };
        let mut run: Option<Run> = None;
        for part in parts {
            if let Ok(gap) = part.as_float() {
                let gap = if gap.is_finite() { gap } else { 0.0 };
                *text = Matrix::moved(-gap / 1000.0 * state.size * state.stretch, 0.0).then(*text);
                // A gap of a fifth of the size is a space that is not drawn.
                if gap < -180.0
                    && let Some(run) = &mut run
                    && !run.text.ends_with(' ')
                {
                    run.text.push(' ');
                }
                continue;
            }
            let Ok(bytes) = part.as_str() else { continue };
            let words = font.text(bytes);
            let (width, n_chars, n_spaces) = font.width(bytes, &words);
            let before = text.then(state.page);
            let advance =
                (width / 1000.0 * state.size + state.char_space * n_chars as f32 + state.word_space * n_spaces as f32)
                    * state.stretch;
            *text = Matrix::moved(advance, 0.0).then(*text);
            let after = text.then(state.page);
            let size = state.size.abs() * (before.c * before.c + before.d * before.d).sqrt();
            if ![before.e, before.f, after.e, size].iter().all(|n| n.is_finite()) {
                continue;
            }
            match &mut run {
                Some(run) => {
                    run.text.push_str(&words);
                    run.end_x = after.e;
                }
                None => run = Some(Run { x: before.e, end_x: after.e, y: before.f, size, text: words }),
            }
        }
        self.runs.extend(run);
    }
}
