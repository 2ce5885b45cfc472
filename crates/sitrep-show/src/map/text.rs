//! How wide words are on the map, and how they break into lines.
//!
//! In: text and a font size. Out: pixels and lines. Never needs the font: the widths of DejaVu Sans are written down here.

/// Advance widths of the printable ASCII characters, from the blank on, in thousandths of the font size.
#[rustfmt::skip]
const WIDTHS: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775,
    752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390,
    337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];
/// A wide guess for every other character: labels may stand too far apart, never on each other.
const OTHER: u16 = 680;

/// The width of a line of text.
pub(super) fn width_px(text: &str, size_px: f64) -> f64 {
    let one = |c: char| {
        let at = (c as usize).wrapping_sub(' ' as usize);
        f64::from(WIDTHS.get(at).copied().unwrap_or(OTHER))
    };
    text.chars().map(one).sum::<f64>() / 1000.0 * size_px
}

/// The text in lines no wider than `width`, at most `most`, the cut shown.
pub(super) fn lines(text: &str, size_px: f64, width: f64, most: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width_px(&longer, size_px) <= width || line.is_empty() {
            line = longer;
            continue;
        }
        out.push(std::mem::replace(&mut line, word.to_owned()));
        if out.len() == most {
            break;
        }
    }
    if out.len() < most {
        out.push(line);
    } else if let Some(last) = out.last_mut() {
        last.push_str(" …");
    }
    out.iter().map(|line| shortened(line, size_px, width)).collect()
}

/// The text cut to `width`, the cut shown.
pub(super) fn shortened(text: &str, size_px: f64, width: f64) -> String {
    if width_px(text, size_px) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if width_px(&out, size_px) + width_px("m…", size_px) > width {
            break;
        }
        out.push(c);
    }
    format!("{}…", out.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_breaks_where_it_must_and_cuts_are_seen() {
        let text = "The Northern Front entered Varnesh according to its media wing";
        let broken = lines(text, 11.0, 120.0, 2);
        assert_eq!(broken.len(), 2);
        assert!(broken[1].ends_with('…'));
        assert_eq!(lines("short", 11.0, 120.0, 2), ["short"]);
        assert!(width_px(&shortened(&"x".repeat(1000), 11.0, 60.0), 11.0) <= 60.0);
    }
}
