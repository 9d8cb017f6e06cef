//! From places in a cleaned text back to places in the text it was made from.

/// Where the bytes of a cleaned text stood in the text it was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    /// Ascending by `clean`.
    cuts: Vec<Cut>,
}

/// A place in the clean text where the two texts drift apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cut {
    /// Byte offset in the clean text.
    clean: usize,
    /// How far behind the original is, for a span that ends here.
    end: Drift,
    /// How far behind the original is, for a span that starts here.
    start: Drift,
}

/// What must be added to a place in the clean text to get the place in the original.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Drift {
    bytes: usize,
    chars: usize,
}

impl OffsetMap {
    /// The byte offset in the original text of the character at the clean text's byte `offset`: what was taken out
    /// right before it lies before. Use it for the start of a span.
    pub fn to_original(&self, offset: usize) -> usize {
        offset + self.drift(offset, false).bytes
    }

    /// The byte offset in the original text right after the character that ends at the clean text's byte `offset`:
    /// what was taken out there lies behind. Use it for the end of a span.
    pub fn to_original_end(&self, offset: usize) -> usize {
        offset + self.drift(offset, true).bytes
    }

    /// The clean text's byte offset for byte `original` of the original text; a byte that was taken out maps to the
    /// place where it is missing.
    pub fn to_clean(&self, original: usize) -> usize {
        let at = self.cuts.partition_point(|cut| cut.clean + cut.start.bytes <= original);
        let before = at.checked_sub(1).map_or(0, |at| self.cuts[at].start.bytes);
        let next = self.cuts.get(at).map_or(usize::MAX, |cut| cut.clean);
        (original - before).min(next)
    }

    /// Whether every place is the same in both texts.
    pub fn is_identity(&self) -> bool {
        self.cuts.is_empty()
    }

    fn drift(&self, offset: usize, end: bool) -> Drift {
        let at = self.cuts.partition_point(|cut| cut.clean <= offset);
        match at.checked_sub(1).map(|at| self.cuts[at]) {
            Some(cut) if end && cut.clean == offset => cut.end,
            Some(cut) => cut.start,
            None => Drift::default(),
        }
    }

    /// Notes that `bytes` bytes and `chars` characters of the original are missing at the clean text's end `at`.
    pub(super) fn removed(&mut self, at: usize, bytes: usize, chars: usize) {
        let start = self.last();
        match self.cuts.last_mut() {
            Some(cut) if cut.clean == at => {
                cut.start.bytes += bytes;
                cut.start.chars += chars;
            }
            _ => {
                let now = Drift { bytes: start.bytes + bytes, chars: start.chars + chars };
                self.cuts.push(Cut { clean: at, end: start, start: now });
            }
        }
    }

    /// Notes that the character that ends at the clean text's end `at` stands for one that is `bytes` bytes longer.
    pub(super) fn shortened(&mut self, at: usize, bytes: usize) {
        let mut now = self.last();
        now.bytes += bytes;
        self.cuts.push(Cut { clean: at, end: now, start: now });
    }

    fn last(&self) -> Drift {
        self.cuts.last().map_or(Drift::default(), |cut| cut.start)
    }
}

/// Character offsets of a cleaned text and of the text it was made from, by byte offset of the cleaned text. Made once
/// for many questions: each costs a look at no more than [`CharOffsets::STEP`] bytes.
#[derive(Debug, Clone)]
pub struct CharOffsets<'a> {
    text: &'a str,
    map: &'a OffsetMap,
    /// Characters before each multiple of `STEP` bytes; empty where every character is one byte.
    steps: Vec<usize>,
}

impl<'a> CharOffsets<'a> {
    /// Bytes between two counted places.
    pub const STEP: usize = 512;

    /// Counts the characters of `text`, which is the clean text that `map` belongs to.
    pub fn new(text: &'a str, map: &'a OffsetMap) -> Self {
        if text.is_ascii() {
            return Self { text, map, steps: Vec::new() };
        }
        let mut steps = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut chars = 0;
        for chunk in text.as_bytes().chunks(Self::STEP) {
            steps.push(chars);
            chars += starts_in(chunk);
        }
        Self { text, map, steps }
    }

    /// The number of characters of the clean text before byte `offset` of it.
    pub fn in_clean(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        match self.steps.get(offset / Self::STEP) {
            Some(chars) => chars + starts_in(&self.text.as_bytes()[offset / Self::STEP * Self::STEP..offset]),
            None if self.steps.is_empty() => offset,
            None => self.steps.last().map_or(0, |chars| {
                let from = (self.steps.len() - 1) * Self::STEP;
                chars + starts_in(&self.text.as_bytes()[from..offset])
            }),
        }
    }

    /// The character offset in the original text of the start of a span at byte `offset` of the clean text.
    pub fn to_original(&self, offset: usize) -> usize {
        self.in_clean(offset) + self.map.drift(offset, false).chars
    }

    /// The character offset in the original text of the end of a span at byte `offset` of the clean text.
    pub fn to_original_end(&self, offset: usize) -> usize {
        self.in_clean(offset) + self.map.drift(offset, true).chars
    }
}

/// The number of characters that begin in these bytes of UTF-8.
fn starts_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}
