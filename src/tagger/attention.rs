//! Attention: every piece looks at every other (Vaswani et al. 2017).

use super::encoder::{BLOCKS, EVEN, Output, Products, Rounded, columns, fractions, round};
use super::file::{HEAD, Linear, Model};
use super::fractions::{larger, largest, largest_of_columns, nearest, power_of_two, together};
use super::kernel::{COLUMNS, Kernel, Panel, Rows, STEP};

/// Rows whose attention is computed at once.
const TILE: usize = 12;
/// The largest weight of attention.
const LEVELS: f32 = 255.0;

// A head's queries, keys and values are each as many columns as are computed together.
const _: () = assert!(HEAD == BLOCKS * COLUMNS);

/// What the attention of one head is computed in.
#[derive(Debug)]
pub struct Space<K: Kernel> {
    /// Queries, keys and values.
    parts: [Vec<[f32; HEAD]>; 3],
    queries: Rounded<K>,
    keys: Panel<K>,
    values: Panel<K>,
    /// The scale of each key.
    scales: Vec<[f32; COLUMNS]>,
    /// Whole numbers of keys or values, in the order of [`Panel::fill`].
    bytes: Vec<u8>,
    scores: Vec<[f32; COLUMNS]>,
    weights: Vec<K::Number>,
}

impl<K: Kernel> Space<K> {
    /// Room for none.
    pub fn new() -> Space<K> {
        Space {
            parts: Default::default(),
            queries: Rounded::new(),
            keys: Panel::new(),
            values: Panel::new(),
            scales: Vec::new(),
            bytes: Vec::new(),
            scores: Vec::new(),
            weights: Vec::new(),
        }
    }

    #[inline(always)]
    fn round_queries(&mut self, kernel: K) {
        self.queries.numbers.resize(self.parts[0].len() * HEAD, K::Number::default());
        self.queries.scales.clear();
        // A power of e is one of two.
        let factor = std::f32::consts::LOG2_E / (HEAD as f32).sqrt();
        for (query, into) in self.parts[0].iter().zip(self.queries.numbers.chunks_exact_mut(HEAD)) {
            let (scale, inverse) = EVEN.scale(largest(query));
            // Scores without any weight are far below all others, however small the scale.
            self.queries.scales.push((scale * factor).max(1e-6));
            round(kernel, EVEN.zero, query, inverse, into);
        }
    }

    /// Keys are columns, filled up to whole blocks.
    #[inline(always)]
    fn round_keys(&mut self, kernel: K) {
        let blocks = self.parts[1].len().div_ceil(COLUMNS);
        self.bytes.clear();
        self.bytes.resize(blocks * COLUMNS * HEAD, 0);
        self.scales.clear();
        self.scales.resize(blocks, [0.0; COLUMNS]);
        let blocks = self.bytes.chunks_exact_mut(COLUMNS * HEAD).zip(&mut self.scales);
        for (keys, (block, scales)) in self.parts[1].chunks(COLUMNS).zip(blocks) {
            for (column, key) in keys.iter().enumerate() {
                let (scale, inverse) = EVEN.scale(largest(key));
                scales[column] = scale;
                let whole = bytes(key, &[inverse; HEAD]);
                let pairs = block.as_chunks_mut::<{ 2 * COLUMNS }>().0.iter_mut().zip(whole.as_chunks::<2>().0);
                for (columns, pair) in pairs {
                    columns[2 * column] = pair[0];
                    columns[2 * column + 1] = pair[1];
                }
            }
        }
        self.keys.fill(kernel, &self.bytes, HEAD, EVEN.zero);
    }

    /// Pieces are the inputs of values, filled up to whole steps. Returns the scale of each number of a value.
    #[inline(always)]
    fn round_values(&mut self, kernel: K) -> [f32; HEAD] {
        let values = &self.parts[2];
        let inputs = values.len().next_multiple_of(STEP);
        let scales = largest_of_columns(values).map(|most| EVEN.scale(most));
        let inverses = scales.map(|(_, inverse)| inverse);
        self.bytes.clear();
        self.bytes.resize(inputs * HEAD, 0);
        for (two, values) in values.chunks(2).enumerate() {
            let first = bytes(&values[0], &inverses);
            let second = bytes(values.get(1).unwrap_or(&[0.0; HEAD]), &inverses);
            let columns = first.as_chunks::<COLUMNS>().0.iter().zip(second.as_chunks::<COLUMNS>().0);
            for (block, (first, second)) in columns.enumerate() {
                let into = &mut self.bytes[block * inputs * COLUMNS + two * 2 * COLUMNS..][..2 * COLUMNS];
                for ((into, first), second) in into.as_chunks_mut::<2>().0.iter_mut().zip(first).zip(second) {
                    *into = (u16::from(*first) | u16::from(*second) << 8).to_le_bytes();
                }
            }
        }
        // Weights are not below zero.
        self.values.fill(kernel, &self.bytes, inputs, 0);
        scales.map(|(scale, _)| scale)
    }
}

/// The queries, keys or values of one head.
struct Part<'a>(&'a mut [[f32; HEAD]]);

impl Output for Part<'_> {
    #[inline(always)]
    fn take(&mut self, row: usize, column: usize, numbers: [f32; COLUMNS]) {
        if let Some(into) = self.0[row][column % HEAD..].first_chunk_mut() {
            *into = numbers;
        }
    }
}

/// A head's numbers times `inverses`, rounded.
#[inline(always)]
fn bytes(numbers: &[f32; HEAD], inverses: &[f32; HEAD]) -> [u8; HEAD] {
    std::array::from_fn(|at| nearest(numbers[at] * inverses[at]) as u8)
}

/// What the pieces of `from` see in each other, `qkv` giving the queries, keys and values of all heads.
#[inline(always)]
pub fn attention<K: Kernel>(
    kernel: K,
    model: &Model,
    qkv: &Linear,
    from: &Rounded<K>,
    space: &mut Space<K>,
    products: &mut Products<K>,
    context: &mut [f32],
) {
    let count = from.scales.len();
    let heads = model.header.heads;
    for head in 0..heads {
        for (part, into) in space.parts.iter_mut().enumerate() {
            into.resize(count, [0.0; HEAD]);
            let first = (part * heads + head) * BLOCKS;
            columns(kernel, model, qkv, first, EVEN, from, products, &mut Part(into));
        }
        space.round_queries(kernel);
        space.round_keys(kernel);
        let scales = space.round_values(kernel);
        space.scores.resize(space.scales.len(), [0.0; COLUMNS]);
        space.weights.resize(TILE * space.scales.len() * COLUMNS, K::Number::default());
        for first in (0..count).step_by(TILE) {
            let tile = TILE.min(count - first);
            let queries = &space.queries.numbers[first * HEAD..];
            let rows = Rows { numbers: queries, stride: HEAD, count: tile };
            let sums = space.keys.multiply(kernel, rows, &mut products.sums);
            let stride = space.scales.len() * COLUMNS;
            let mut totals = [0; TILE];
            for (row, total) in totals.iter_mut().enumerate().take(tile) {
                for (block, (scores, scales)) in space.scores.iter_mut().zip(&space.scales).enumerate() {
                    *scores = fractions(&sums[block * tile + row], 1.0, scales);
                }
                let scale = space.queries.scales[first + row];
                *total = weigh(kernel, &mut space.scores, count, scale, &mut space.weights[row * stride..][..stride]);
            }
            let rows = Rows { numbers: &space.weights, stride, count: tile };
            let sums = space.values.multiply(kernel, rows, &mut products.sums);
            for (block, sums) in sums.chunks_exact(tile).enumerate() {
                let scales = &scales.as_chunks().0[block];
                for (row, sums) in sums.iter().enumerate() {
                    let at = ((first + row) * heads + head) * HEAD + block * COLUMNS;
                    if let Some(into) = context[at..].first_chunk_mut() {
                        *into = fractions(sums, 1.0 / totals[row] as f32, scales);
                    }
                }
            }
        }
    }
}

/// The weights of attention for `scores`, of which `count` count: a softmax in whole numbers, whose sum is returned.
#[inline(always)]
fn weigh<K: Kernel>(
    kernel: K,
    scores: &mut [[f32; COLUMNS]],
    count: usize,
    scale: f32,
    weights: &mut [K::Number],
) -> i32 {
    // So low that nothing of it is left.
    const NONE: f32 = -1e9;
    scores.as_flattened_mut()[count..].fill(NONE);
    let mut most = [NONE; COLUMNS];
    for scores in scores.iter() {
        most = std::array::from_fn(|at| larger(scores[at], most[at]));
    }
    let most = together(most, larger);
    let mut total = 0;
    for (weight, score) in weights.iter_mut().zip(scores.as_flattened()) {
        let whole = nearest(power_of_two((*score - most) * scale) * LEVELS);
        total += whole;
        *weight = kernel.number(whole, 0);
    }
    total
}
