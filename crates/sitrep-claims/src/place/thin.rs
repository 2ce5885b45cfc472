//! Lines with fewer points. The world task uses this file, too, so that what is drawn is thinned as what is computed.
//!
//! In: a line in any plane. Out: the line without points that hardly change it. Never moves a point.

/// Ramer, Douglas and Peucker: without points that change the line by less than `tolerance`, in the unit of the line.
pub(crate) fn simplified(line: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    if line.len() < 3 {
        return line.to_vec();
    }
    let mut keep = vec![false; line.len()];
    (keep[0], keep[line.len() - 1]) = (true, true);
    let mut open = vec![(0, line.len() - 1)];
    while let Some((first, last)) = open.pop() {
        let ([ax, ay], [bx, by]) = (line[first], line[last]);
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx.hypot(dy);
        let away = |p: [f64; 2]| match length > 0.0 {
            true => ((p[0] - ax) * dy - (p[1] - ay) * dx).abs() / length,
            false => (p[0] - ax).hypot(p[1] - ay),
        };
        let Some(far) = (first + 1..last).max_by(|a, b| away(line[*a]).total_cmp(&away(line[*b]))) else { continue };
        if away(line[far]) > tolerance {
            keep[far] = true;
            open.extend([(first, far), (far, last)]);
        }
    }
    line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(p, _)| *p).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_points_that_change_the_line_stay() {
        let line = [[0.0, 0.0], [1.0, 0.01], [2.0, 0.0], [3.0, 2.0], [4.0, 0.0]];
        assert_eq!(simplified(&line, 0.1), [[0.0, 0.0], [2.0, 0.0], [3.0, 2.0], [4.0, 0.0]]);
        assert_eq!(simplified(&line[..2], 9.0), line[..2]);
        // A ring: both ends are one point.
        let ring = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]];
        assert_eq!(simplified(&ring, 0.1).len(), 4);
    }
}
