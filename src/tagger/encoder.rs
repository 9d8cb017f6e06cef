//! The encoder: a BERT-style transformer (Devlin et al. 2018) in whole numbers.
//!
//! Weights have eight bits and a scale an output. What meets them is rounded to 14 bits with a scale a row, so that
//! rounding costs nothing that can be seen in the tags. Products are summed exactly; scaling, softmax, GELU and
//! normalisation are done on fractions, each sum of them in sixteen partial sums whatever the processor, so that every
//! processor gives the same bits.

use super::file::{HEAD, Linear, Model, Norm};
use super::kernel::{COLUMNS, Kernel, Processor, ROW_LEVELS, Rows};
use super::window::Window;
use super::words::Pieces;

/// The scores of a window's pieces, before they are made probabilities.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// Scores of a piece.
    pub width: usize,
    /// Those of attribution then those of names, a piece of [`Window::read`] after another.
    pub scores: Vec<f32>,
}

impl Scores {
    /// The scores of the piece at `at` in the window.
    pub fn of(&self, at: usize) -> &[f32] {
        &self.scores[at * self.width..][..self.width]
    }
}

/// The scores of `window`, computed with the instructions of `processor`.
pub fn scores(processor: Processor, model: &Model, pieces: &Pieces, window: &Window) -> Scores {
    processor.run(model, pieces, window)
}

/// The largest weight of attention: 4095 × 1023 × 512 < 2³¹.
const ATTENTION_LEVELS: f32 = 4095.0;
/// The largest number in a value that attention weighs.
const VALUE_LEVELS: f32 = 1023.0;
/// Rows whose attention is computed at once.
const TILE: usize = 12;

/// Numbers rounded to whole ones, a scale a row.
#[derive(Debug, Default)]
struct Rounded {
    numbers: Vec<i16>,
    scales: Vec<f32>,
}

/// What a window's computation works in.
#[derive(Debug, Default)]
struct Space {
    rounded: Rounded,
    sums: Vec<[i32; COLUMNS]>,
    qkv: Vec<f32>,
    context: Vec<f32>,
    out: Vec<f32>,
    up: Vec<f32>,
    heads: Heads,
}

/// One head's queries, keys and values as whole numbers.
#[derive(Debug, Default)]
struct Heads {
    queries: Rounded,
    keys: Vec<i16>,
    key_scales: Vec<f32>,
    values: Vec<i16>,
    weights: Vec<i16>,
    scores: Vec<f32>,
}

/// The scores of `window`. Compiled once for each kernel.
#[inline(always)]
pub fn run<K: Kernel>(kernel: K, model: &Model, pieces: &Pieces, window: &Window) -> Scores {
    let hidden = model.header.hidden;
    let read = window.read.clone();
    let count = read.len() + 1;
    let mut x = vec![0.0_f32; count * hidden];
    let ids = std::iter::once((model.header.cls, 0)).chain(read.map(|at| (pieces.ids[at], pieces.cases[at])));
    for (position, ((id, case), row)) in ids.zip(x.chunks_exact_mut(hidden)).enumerate() {
        model.embed(id, case, position, row);
        normalise(&model.norm, row);
    }
    let mut space = Space::default();
    for layer in &model.layers {
        round(&x, hidden, &mut space.rounded);
        linear(kernel, model, &layer.qkv, &space.rounded, &mut space.sums, &mut space.qkv);
        attention(
            kernel,
            model.header.heads,
            count,
            &space.qkv,
            &mut space.heads,
            &mut space.sums,
            &mut space.context,
        );
        round(&space.context, hidden, &mut space.rounded);
        linear(kernel, model, &layer.out, &space.rounded, &mut space.sums, &mut space.out);
        add_and_normalise(&layer.norm_out, &space.out, &mut x);
        round(&x, hidden, &mut space.rounded);
        linear(kernel, model, &layer.up, &space.rounded, &mut space.sums, &mut space.up);
        for number in &mut space.up {
            *number = gelu(*number);
        }
        round(&space.up, layer.up.outputs, &mut space.rounded);
        linear(kernel, model, &layer.down, &space.rounded, &mut space.sums, &mut space.out);
        add_and_normalise(&layer.norm_down, &space.out, &mut x);
    }
    round(&x[hidden..], hidden, &mut space.rounded);
    linear(kernel, model, &model.head, &space.rounded, &mut space.sums, &mut space.out);
    Scores { width: model.head.outputs, scores: space.out }
}

/// `numbers`, rows of `width`, as whole numbers of 14 bits.
#[inline(always)]
fn round(numbers: &[f32], width: usize, into: &mut Rounded) {
    into.numbers.resize(numbers.len(), 0);
    into.scales.clear();
    for (row, whole) in numbers.chunks_exact(width).zip(into.numbers.chunks_exact_mut(width)) {
        let (scale, inverse) = scale(largest(row), ROW_LEVELS);
        into.scales.push(scale);
        for (whole, number) in whole.iter_mut().zip(row) {
            *whole = nearest(*number * inverse);
        }
    }
}

/// The scale of whole numbers up to `levels` that stand for fractions up to `largest`, and one over it.
#[inline(always)]
fn scale(largest: f32, levels: f32) -> (f32, f32) {
    if largest > 0.0 { (largest / levels, levels / largest) } else { (0.0, 0.0) }
}

#[inline(always)]
fn largest(row: &[f32]) -> f32 {
    let mut most = [0.0_f32; 16];
    let (chunks, rest) = row.as_chunks::<16>();
    for chunk in chunks {
        for (most, number) in most.iter_mut().zip(chunk) {
            *most = if number.abs() > *most { number.abs() } else { *most };
        }
    }
    most.into_iter().chain(rest.iter().map(|number| number.abs())).fold(0.0, f32::max)
}

/// The nearest whole number, of two as near the even one, of a number below 2¹⁵. Adding and taking away 1.5 × 2²³ leaves no
/// room for a fraction; every processor does it, unlike rounding itself.
#[inline(always)]
fn nearest(number: f32) -> i16 {
    const NO_FRACTION: f32 = 12_582_912.0;
    ((number + NO_FRACTION).to_bits() as i32).wrapping_sub(NO_FRACTION.to_bits() as i32) as i16
}

#[inline(always)]
fn linear<K: Kernel>(
    kernel: K,
    model: &Model,
    linear: &Linear,
    from: &Rounded,
    sums: &mut Vec<[i32; COLUMNS]>,
    into: &mut Vec<f32>,
) {
    /// Blocks of columns at a time: their sums stay in the nearest cache.
    const BLOCKS: usize = 2;
    let count = from.scales.len();
    let weights = model.weights(linear);
    let rows = Rows { numbers: &from.numbers, stride: linear.inputs, count, inputs: linear.inputs };
    into.resize(count * linear.outputs, 0.0);
    let panel = linear.inputs * COLUMNS * BLOCKS;
    for (at, blocks) in weights.chunks(panel).enumerate() {
        let wide = blocks.len() / (linear.inputs * COLUMNS);
        sums.resize(count * wide, [0; COLUMNS]);
        kernel.narrow(rows, blocks, sums);
        for block in 0..wide {
            let column = at * BLOCKS + block;
            let (scales, biases) = (&linear.scales.as_chunks().0[column], &linear.biases.as_chunks().0[column]);
            for (row, sums) in sums[block * count..][..count].iter().enumerate() {
                if let Some(into) = into[row * linear.outputs + column * COLUMNS..].first_chunk_mut() {
                    fractions(sums, from.scales[row], scales, into);
                    for (number, bias) in into.iter_mut().zip::<&[f32; COLUMNS]>(biases) {
                        *number += *bias;
                    }
                }
            }
        }
    }
}

/// The fractions that sums of whole numbers stand for: a block of columns, each with its scale.
#[inline(always)]
fn fractions(sums: &[i32; COLUMNS], scale: f32, scales: &[f32; COLUMNS], into: &mut [f32; COLUMNS]) {
    // By value: all is read before anything is written, so that the compiler may do the whole block at once.
    let (sums, scales) = (*sums, *scales);
    *into = std::array::from_fn(|at| sums[at] as f32 * (scale * scales[at]));
}

/// Every piece looks at every other: `qkv` holds a row of queries, keys and values of all heads a piece.
#[inline(always)]
fn attention<K: Kernel>(
    kernel: K,
    heads: usize,
    count: usize,
    qkv: &[f32],
    space: &mut Heads,
    sums: &mut Vec<[i32; COLUMNS]>,
    context: &mut Vec<f32>,
) {
    let hidden = heads * HEAD;
    context.resize(count * hidden, 0.0);
    // Keys are columns and are filled up to whole blocks; values have a piece an input and are filled up to an even number.
    let blocks = count.div_ceil(COLUMNS);
    let inputs = count.next_multiple_of(2);
    let width = blocks * COLUMNS;
    let root = 1.0 / (HEAD as f32).sqrt();
    for head in 0..heads {
        let part = |of: usize, row: usize| {
            let part: Option<&[f32; HEAD]> = qkv[row * 3 * hidden + of * hidden + head * HEAD..].first_chunk();
            part.unwrap_or(&[0.0; HEAD])
        };
        space.queries.numbers.resize(count * HEAD, 0);
        space.queries.scales.clear();
        for (row, whole) in space.queries.numbers.as_chunks_mut::<HEAD>().0.iter_mut().enumerate() {
            let query = part(0, row);
            let (scale, inverse) = scale(largest(query), ROW_LEVELS);
            space.queries.scales.push(scale * root);
            *whole = whole_numbers(query, &[inverse; HEAD]);
        }
        space.keys.clear();
        space.keys.resize(blocks * COLUMNS * HEAD, 0);
        space.key_scales.clear();
        space.key_scales.resize(width, 0.0);
        for row in 0..count {
            let key = part(1, row);
            let (scale, inverse) = scale(largest(key), ROW_LEVELS);
            space.key_scales[row] = scale;
            let whole = whole_numbers(key, &[inverse; HEAD]);
            let block = &mut space.keys[(row / COLUMNS) * COLUMNS * HEAD..][..COLUMNS * HEAD];
            let pairs = block.as_chunks_mut::<{ 2 * COLUMNS }>().0.iter_mut().zip(whole.as_chunks::<2>().0);
            for (columns, pair) in pairs {
                columns[row % COLUMNS * 2..][..2].copy_from_slice(pair);
            }
        }
        let mut most = [0.0_f32; HEAD];
        for row in 0..count {
            for (most, number) in most.iter_mut().zip(part(2, row)) {
                *most = if number.abs() > *most { number.abs() } else { *most };
            }
        }
        let scales = most.map(|most| scale(most, VALUE_LEVELS));
        let (value_scales, inverses) = (scales.map(|(scale, _)| scale), scales.map(|(_, inverse)| inverse));
        space.values.clear();
        space.values.resize(inputs * HEAD, 0);
        for two in 0..inputs / 2 {
            // The piece behind an odd number of them counts for nothing.
            let value = |row: usize| match row < count {
                true => whole_numbers(part(2, row), &inverses),
                false => [0; HEAD],
            };
            let (first, second) = (value(2 * two), value(2 * two + 1));
            let columns = first.as_chunks::<COLUMNS>().0.iter().zip(second.as_chunks::<COLUMNS>().0);
            for (block, (first, second)) in columns.enumerate() {
                let into = &mut space.values[block * inputs * COLUMNS + two * 2 * COLUMNS..][..2 * COLUMNS];
                for ((into, first), second) in into.as_chunks_mut::<2>().0.iter_mut().zip(first).zip(second) {
                    *into = [*first, *second];
                }
            }
        }
        space.weights.clear();
        space.weights.resize(TILE * inputs, 0);
        space.scores.resize(width, 0.0);
        for first in (0..count).step_by(TILE) {
            let tile = TILE.min(count - first);
            let queries = &space.queries.numbers[first * HEAD..];
            let rows = Rows { numbers: queries, stride: HEAD, count: tile, inputs: HEAD };
            sums.resize(tile * blocks, [0; COLUMNS]);
            kernel.wide(rows, &space.keys, sums);
            let mut totals = [0_i32; TILE];
            for row in 0..tile {
                let scale = space.queries.scales[first + row];
                let scales = space.key_scales.as_chunks().0;
                for (block, scores) in space.scores.as_chunks_mut().0.iter_mut().enumerate() {
                    fractions(&sums[block * tile + row], scale, &scales[block], scores);
                }
                totals[row] = weigh(&space.scores[..count], &mut space.weights[row * inputs..][..count]);
            }
            let rows = Rows { numbers: &space.weights, stride: inputs, count: tile, inputs };
            sums.resize(tile * (HEAD / COLUMNS), [0; COLUMNS]);
            kernel.wide(rows, &space.values, sums);
            for block in 0..HEAD / COLUMNS {
                for row in 0..tile {
                    let at = (first + row) * hidden + head * HEAD + block * COLUMNS;
                    if let Some(into) = context[at..].first_chunk_mut() {
                        let share = 1.0 / totals[row] as f32;
                        fractions(&sums[block * tile + row], share, &value_scales.as_chunks().0[block], into);
                    }
                }
            }
        }
    }
}

/// A head's numbers times `inverses`, rounded.
#[inline(always)]
fn whole_numbers(numbers: &[f32; HEAD], inverses: &[f32; HEAD]) -> [i16; HEAD] {
    let mut whole = [0; HEAD];
    for ((whole, number), inverse) in whole.iter_mut().zip(numbers).zip(inverses) {
        *whole = nearest(*number * *inverse);
    }
    whole
}

/// The weights of attention for `scores`: a softmax in whole numbers, whose sum is returned.
#[inline(always)]
fn weigh(scores: &[f32], weights: &mut [i16]) -> i32 {
    let mut most = [f32::MIN; 16];
    let (chunks, rest) = scores.as_chunks::<16>();
    for chunk in chunks {
        for (most, score) in most.iter_mut().zip(chunk) {
            *most = if *score > *most { *score } else { *most };
        }
    }
    let most = most.into_iter().chain(rest.iter().copied()).fold(f32::MIN, f32::max);
    for (weight, score) in weights.iter_mut().zip(scores) {
        *weight = nearest(exp(*score - most) * ATTENTION_LEVELS);
    }
    weights.iter().map(|&weight| i32::from(weight)).sum()
}

/// e to the power of `x`, which is not above zero: 2ⁿ times a polynomial (Taylor's, to the sixth power), to seven digits.
#[inline(always)]
fn exp(x: f32) -> f32 {
    const NO_FRACTION: f32 = 12_582_912.0;
    let x = if x < -87.0 { -87.0 } else { x };
    let shifted = x * std::f32::consts::LOG2_E + NO_FRACTION;
    let n = shifted - NO_FRACTION;
    // ln 2 in two parts, the first of few digits, so that its multiples are exact.
    let r = (x - n * 0.693_359_4) + n * 2.121_944_4e-4;
    let mut p = 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    let power = (shifted.to_bits() as i32).wrapping_sub(NO_FRACTION.to_bits() as i32).wrapping_add(127);
    p * f32::from_bits((power as u32) << 23)
}

/// The Gaussian error linear unit, x Φ(x), with the error function of Abramowitz and Stegun (1964), 7.1.26, whose error is below
/// 1.5 × 10⁻⁷.
#[inline(always)]
fn gelu(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let mut p = 1.061_405_4;
    p = p * t - 1.453_152_1;
    p = p * t + 1.421_413_8;
    p = p * t - 0.284_496_72;
    p = p * t + 0.254_829_6;
    let tail = 0.5 * p * t * exp(-z * z);
    x * if x < 0.0 { tail } else { 1.0 - tail }
}

#[inline(always)]
fn add_and_normalise(norm: &Norm, add: &[f32], x: &mut [f32]) {
    let hidden = norm.weight.len();
    for (row, add) in x.chunks_exact_mut(hidden).zip(add.chunks_exact(hidden)) {
        for (number, add) in row.iter_mut().zip(add) {
            *number += *add;
        }
        normalise(norm, row);
    }
}

/// Layer normalisation (Ba et al. 2016).
#[inline(always)]
fn normalise(norm: &Norm, row: &mut [f32]) {
    let count = row.len() as f32;
    let mean = sum(row, |number| number) / count;
    let variance = sum(row, |number| (number - mean) * (number - mean)) / count;
    let inverse = 1.0 / (variance + 1e-12).sqrt();
    for ((number, weight), bias) in row.iter_mut().zip(&norm.weight).zip(&norm.bias) {
        *number = (*number - mean) * inverse * *weight + *bias;
    }
}

/// A sum in sixteen partial sums.
#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut parts = [0.0_f32; 16];
    let (chunks, rest) = row.as_chunks::<16>();
    for chunk in chunks {
        for (part, number) in parts.iter_mut().zip(chunk) {
            *part += of(*number);
        }
    }
    let total: f32 = parts.iter().sum();
    rest.iter().fold(total, |total, number| total + of(*number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_and_units_are_those_of_the_books() {
        for step in 0..=870 {
            let x = -(step as f32) / 10.0;
            let right = f64::from(x).exp();
            assert!((f64::from(exp(x)) - right).abs() <= right * 1e-6, "exp {x}");
        }
        // x Φ(x), from tables of the normal distribution.
        for (x, right) in
            [(0.0, 0.0), (1.0, 0.841_344_7), (-1.0, -0.158_655_3), (2.5, 2.484_475_8), (-3.0, -0.004_049_7)]
        {
            assert!((gelu(x) - right).abs() < 2e-6, "gelu {x}");
        }
    }

    #[test]
    fn whole_numbers_are_the_nearest() {
        for (number, whole) in
            [(0.0, 0), (0.4, 0), (0.6, 1), (-0.6, -1), (1.5, 2), (2.5, 2), (-8191.0, -8191), (8190.7, 8191)]
        {
            assert_eq!(nearest(number), whole, "{number}");
        }
    }
}
