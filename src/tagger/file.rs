//! The file of weights: a header that says what is in it, then numbers in the order in which the encoder needs them.
//!
//! `training/export.py` writes it and tells its layout. Weights stay as they lie in the file, eight bits each and
//! already in the order of [`super::kernel`]; nothing is unpacked, so that a file inside the program costs no time to load.

use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;

use super::kernel;

/// What a file begins with; its last byte is the version of its form.
const MAGIC: &[u8; 8] = b"DLTAGGR\x01";
/// Sections begin at multiples of this many bytes.
const ALIGNED: usize = 64;
/// The largest file read: ten times what there is.
pub const LARGEST: usize = 256 << 20;

/// Why a file of weights cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is something else.
    #[error("it is no file of dateline's tagger; such files are made by the scripts in training/")]
    Foreign,
    /// Its form is another than this build reads.
    #[error("it is of form {0}, and this version of dateline reads form {own}; make it again with the scripts of this version", own = MAGIC[7])]
    Form(u8),
    /// It is cut short or changed.
    #[error("it is damaged ({0}); copy it again from where it came from")]
    Damaged(&'static str),
}

impl Fault {
    /// A damage.
    pub fn damaged(what: &'static str) -> Fault {
        Fault::Damaged(what)
    }
}

/// What is in the file.
#[derive(Debug, Clone, Deserialize)]
pub struct Header {
    /// What the weights are called.
    pub name: String,
    /// Size of the vocabulary.
    pub pieces: usize,
    /// The most pieces in a window, the leading one included.
    pub window: usize,
    /// Pieces that two windows have in common.
    pub overlap: usize,
    /// Number of the leading piece.
    pub cls: u32,
    /// Number of the piece for words that cannot be cut.
    pub unknown: u32,
    /// Number of the piece for a paragraph break.
    pub paragraph: u32,
    /// Tags of attribution: `O`, then `B-` and `I-` by turns.
    pub attribution: Vec<String>,
    /// Tags of names, likewise.
    pub names: Vec<String>,
    /// Digest of all behind the header.
    pub blake3: String,
    positions: usize,
    cases: usize,
    /// Numbers a piece is turned into.
    pub hidden: usize,
    /// Heads of attention.
    pub heads: usize,
    feed: usize,
    layers: usize,
    vocabulary_bytes: usize,
}

impl Header {
    /// Whether sizes and numbers make sense together, so that nothing computed from them can overflow or run out.
    fn is_sound(&self) -> bool {
        let tags = |tags: &[String]| tags.len() % 2 == 1 && tags.len() <= 255;
        let sizes = [self.hidden, self.feed];
        (1..=1 << 20).contains(&self.pieces)
            && sizes.iter().all(|size| (16..=kernel::INPUTS).contains(size) && size % 16 == 0)
            && self.heads > 0
            && self.hidden == self.heads * HEAD
            && (1..=48).contains(&self.layers)
            && (8..=512).contains(&self.window)
            && self.window <= self.positions
            && self.positions <= 4096
            && self.overlap < self.window / 2
            && self.cases == 7
            && [self.cls, self.unknown, self.paragraph].iter().all(|&id| (id as usize) < self.pieces)
            && tags(&self.attribution)
            && self.attribution.iter().map(String::as_str).eq(ROLES)
            && tags(&self.names)
            && self.vocabulary_bytes <= LARGEST
    }
}

/// Numbers a head of attention works on.
pub const HEAD: usize = 32;

/// The tags of attribution, which the encoder's users count on.
const ROLES: [&str; 7] = ["O", "B-SOURCE", "I-SOURCE", "B-CUE", "I-CUE", "B-CONTENT", "I-CONTENT"];

/// A matrix of weights with a number added to each output.
#[derive(Debug)]
pub struct Linear {
    /// How many numbers go in.
    pub inputs: usize,
    /// How many come out; a multiple of sixteen.
    pub outputs: usize,
    /// What the whole numbers of each output are multiplied with.
    pub scales: Vec<f32>,
    /// What is added to each output.
    pub biases: Vec<f32>,
    /// Where the weights lie in the file, in the kernel's order.
    weights: Range<usize>,
}

/// Weight and bias of a normalisation.
#[derive(Debug)]
pub struct Norm {
    /// What each number is multiplied with.
    pub weight: Vec<f32>,
    /// What is added to it.
    pub bias: Vec<f32>,
}

/// One layer of the encoder.
#[derive(Debug)]
pub struct Layer {
    /// Query, key and value of each head.
    pub qkv: Linear,
    /// What attention gives back.
    pub out: Linear,
    /// After attention.
    pub norm_out: Norm,
    /// Up.
    pub up: Linear,
    /// Down.
    pub down: Linear,
    /// After the two.
    pub norm_down: Norm,
}

/// The weights.
#[derive(Debug)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    /// What is in the file.
    pub header: Header,
    vocabulary: Range<usize>,
    word_scales: Vec<f32>,
    words: Range<usize>,
    positions: Vec<f32>,
    cases: Vec<f32>,
    /// After the embedding.
    pub norm: Norm,
    /// From the first to the last.
    pub layers: Vec<Layer>,
    /// From the last layer to the tags of attribution and of names.
    pub head: Linear,
    /// What going from one tag of attribution to another adds, `[from][to]`.
    pub attribution_steps: Vec<f32>,
    /// The same for names.
    pub name_steps: Vec<f32>,
}

impl Model {
    /// Reads a file.
    pub fn read(bytes: Cow<'static, [u8]>) -> Result<Model, Fault> {
        if bytes.len() < 12 || bytes[..7] != MAGIC[..7] {
            return Err(Fault::Foreign);
        }
        if bytes[7] != MAGIC[7] {
            return Err(Fault::Form(bytes[7]));
        }
        let length = u32::from_le_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]) as usize;
        let start = 12usize.saturating_add(length);
        let header = bytes.get(12..start).ok_or(Fault::Damaged("it is cut short"))?;
        let header: Header =
            serde_json::from_slice(header).map_err(|_| Fault::Damaged("its header makes no sense"))?;
        if !start.is_multiple_of(ALIGNED) || !header.is_sound() {
            return Err(Fault::Damaged("its header makes no sense"));
        }
        if blake3::hash(&bytes[start..]).to_hex().as_str() != header.blake3 {
            return Err(Fault::Damaged("its bytes are not those that were written"));
        }
        let hidden = header.hidden;
        let mut reader = Reader { bytes: &bytes, at: start };
        let vocabulary = reader.section(header.vocabulary_bytes)?;
        let word_scales = reader.floats(header.pieces)?;
        let words = reader.section(header.pieces * hidden)?;
        let positions = reader.floats(header.positions * hidden)?;
        let cases = reader.floats(header.cases * hidden)?;
        let norm = reader.norm(hidden)?;
        let layers = (0..header.layers).map(|_| reader.layer(hidden, header.feed)).collect::<Result<_, _>>()?;
        let tags = header.attribution.len() + header.names.len();
        let head = reader.linear(hidden, tags.next_multiple_of(16))?;
        let attribution_steps = reader.floats(header.attribution.len().pow(2))?;
        let name_steps = reader.floats(header.names.len().pow(2))?;
        Ok(Model {
            header,
            vocabulary,
            word_scales,
            words,
            positions,
            cases,
            norm,
            layers,
            head,
            attribution_steps,
            name_steps,
            bytes,
        })
    }

    /// The pieces, one a line.
    pub fn vocabulary(&self) -> Result<&str, Fault> {
        std::str::from_utf8(&self.bytes[self.vocabulary.clone()])
            .map_err(|_| Fault::Damaged("its vocabulary is no text"))
    }

    /// The weights of `linear`, one signed byte each.
    pub fn weights(&self, linear: &Linear) -> &[u8] {
        &self.bytes[linear.weights.clone()]
    }

    /// Writes what piece `id`, written as `case`, at `position` of a window begins as.
    pub fn embed(&self, id: u32, case: u8, position: usize, into: &mut [f32]) {
        let hidden = self.header.hidden;
        let id = id as usize;
        let word = &self.bytes[self.words.start + id * hidden..][..hidden];
        let place = &self.positions[position * hidden..][..hidden];
        let case = &self.cases[usize::from(case) * hidden..][..hidden];
        let scale = self.word_scales[id];
        for (at, number) in into.iter_mut().enumerate() {
            *number = f32::from(word[at].cast_signed()) * scale + place[at] + case[at];
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn section(&mut self, length: usize) -> Result<Range<usize>, Fault> {
        let start = self.at.next_multiple_of(ALIGNED);
        let end = start.checked_add(length).filter(|&end| end <= self.bytes.len());
        let end = end.ok_or(Fault::Damaged("it is cut short"))?;
        self.at = end;
        Ok(start..end)
    }

    /// Numbers, none of them so large that a sum of them is none.
    fn floats(&mut self, count: usize) -> Result<Vec<f32>, Fault> {
        let section = self.section(count * 4)?;
        let (numbers, _) = self.bytes[section].as_chunks::<4>();
        let numbers: Vec<f32> = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        match numbers.iter().all(|number| number.abs() < 1e6) {
            true => Ok(numbers),
            false => Err(Fault::Damaged("it holds numbers out of all bounds")),
        }
    }

    fn norm(&mut self, hidden: usize) -> Result<Norm, Fault> {
        Ok(Norm { weight: self.floats(hidden)?, bias: self.floats(hidden)? })
    }

    fn linear(&mut self, inputs: usize, outputs: usize) -> Result<Linear, Fault> {
        let scales = self.floats(outputs)?;
        let biases = self.floats(outputs)?;
        let weights = self.section(inputs * outputs)?;
        Ok(Linear { inputs, outputs, scales, biases, weights })
    }

    fn layer(&mut self, hidden: usize, feed: usize) -> Result<Layer, Fault> {
        Ok(Layer {
            qkv: self.linear(hidden, 3 * hidden)?,
            out: self.linear(hidden, hidden)?,
            norm_out: self.norm(hidden)?,
            up: self.linear(hidden, feed)?,
            down: self.linear(feed, hidden)?,
            norm_down: self.norm(hidden)?,
        })
    }
}
