//! A long text is read in windows that overlap, so that no word stands at the edge of all that is seen of it.

use std::ops::Range;

/// A stretch of pieces that is read at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The pieces read.
    pub read: Range<usize>,
    /// Those among them whose scores count: an overlap is shared between its two windows, half each.
    pub kept: Range<usize>,
}

/// The windows over pieces, of which `first` tells the first of each word: at most `most` pieces each, beginning and ending
/// with a word where one begins, with `overlap` pieces in common. They depend on the text alone.
pub fn windows(first: &[bool], most: usize, overlap: usize) -> Vec<Window> {
    let count = first.len();
    let mut reads: Vec<Range<usize>> = Vec::new();
    let mut begin = 0;
    loop {
        let mut end = count.min(begin + most);
        if end < count {
            end = (begin + 1..=end).rev().find(|&at| first[at]).unwrap_or(end);
        }
        reads.push(begin..end);
        if end == count {
            break;
        }
        let from = end.saturating_sub(overlap).max(begin + 1);
        begin = (from..end).find(|&at| first[at]).unwrap_or(end);
    }
    let cuts: Vec<usize> = reads.windows(2).map(|pair| pair[1].start + (pair[0].end - pair[1].start) / 2).collect();
    let kept = |at: usize| {
        let start = at.checked_sub(1).map_or(0, |before| cuts[before]);
        start..cuts.get(at).copied().unwrap_or(count)
    };
    reads.iter().enumerate().map(|(at, read)| Window { read: read.clone(), kept: kept(at) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_counts_in_one_window_that_reads_it() {
        for count in [0, 1, 7, 10, 11, 40, 101] {
            for word in [1, 3, 200] {
                let first: Vec<bool> = (0..count).map(|at| at % word == 0).collect();
                let windows = windows(&first, 10, 4);
                let kept: Vec<usize> = windows.iter().flat_map(|window| window.kept.clone()).collect();
                assert_eq!(kept, (0..count).collect::<Vec<_>>(), "{count} pieces, {word} a word");
                for window in &windows {
                    assert!(window.read.len() <= 10);
                    assert!(window.kept.start >= window.read.start && window.kept.end <= window.read.end);
                }
            }
        }
    }

    #[test]
    fn a_short_text_is_one_window() {
        assert_eq!(windows(&[true, true, false], 10, 4), [Window { read: 0..3, kept: 0..3 }]);
    }
}
