//! Where a text has words that are nearly those that are looked for (Sellers' algorithm, with Ukkonen's cut-off).

/// Of so many characters one may differ.
const ONE_IN: usize = 5;
/// Never more differences than this.
const MOST_ERRORS: usize = 128;

/// A stretch of a text, in characters, and how many of its characters differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub start: usize,
    pub end: usize,
    pub errors: usize,
}

/// Every end in `text` of a stretch that differs from `words` by the fewest characters, if these are few enough, each with
/// one of its starts. The time is that of the text's length times the differences allowed, nearly.
pub(super) fn alike(words: &[char], text: &[char]) -> Vec<Hit> {
    let mut most = (words.len() / ONE_IN).min(MOST_ERRORS);
    if most == 0 {
        return Vec::new();
    }
    let plain_of = |letters: &[char]| letters.iter().copied().map(plain).collect::<Vec<char>>();
    let (words, text) = (plain_of(words), plain_of(text));
    let mut hits: Vec<Hit> = Vec::new();
    // A column of the table: differences of the first so many words' characters from what ends here, and where that starts.
    let mut column: Vec<(usize, usize)> = (0..=words.len()).map(|row| (row, 0)).collect();
    // Rows up to here may still become a hit: those below have too many differences.
    let mut last = most.min(words.len());
    for (at, letter) in text.iter().enumerate() {
        let (mut diagonal, mut above) = (column[0], (0, at + 1));
        column[0] = above;
        let end = (last + 1).min(words.len());
        for row in 1..=end {
            let left = if row > last { (most + 1, at) } else { column[row] };
            let replaced = (diagonal.0 + usize::from(words[row - 1] != *letter), diagonal.1);
            let (added, dropped) = ((left.0 + 1, left.1), (above.0 + 1, above.1));
            let mut best = replaced;
            for other in [added, dropped] {
                if other.0 < best.0 {
                    best = other;
                }
            }
            diagonal = left;
            column[row] = best;
            above = best;
        }
        last = end;
        while last > 0 && column[last].0 > most {
            last -= 1;
        }
        if last == words.len() {
            let (errors, start) = column[last];
            if errors < most {
                // From now on only what is as good counts.
                most = errors;
                hits.clear();
                while last > 0 && column[last].0 > most {
                    last -= 1;
                }
            }
            hits.push(Hit { start, end: at + 1, errors });
        }
    }
    hits
}

/// Whether two characters are the same but for typography: blanks, quotation marks, apostrophes, dashes.
pub(super) fn is_same(a: char, b: char) -> bool {
    a == b || plain(a) == plain(b)
}

fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}
