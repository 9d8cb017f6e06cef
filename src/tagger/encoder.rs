//! The encoder: a BERT-style transformer (Devlin et al. 2018) in whole numbers.
//!
//! Weights have eight bits and a scale an output. What meets them is rounded to eight bits with a scale a row. Products are
//! summed exactly; scaling, softmax, GELU and normalisation are done on [`fractions`](super::fractions), so that every
//! processor gives the same bits.

use super::attention::{self, attention};
use super::file::{Linear, Model};
use super::fractions::{GELU_LOWEST, add, gelu, largest, nearest, normalise};
use super::kernel::{COLUMNS, Kernel, Panel, Rows, Sums};
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

/// Pieces whose feed-forward numbers are computed at once: few enough that these stay in the processor's cache.
const TOGETHER: usize = 108;

/// How fractions are rounded to whole numbers.
#[derive(Debug, Clone, Copy)]
pub struct Rounding {
    /// How far whole numbers go down.
    pub zero: i32,
    /// How far whole numbers go up.
    pub levels: f32,
    /// The fraction, below zero, that no number is below; where there is none, numbers go down as far as they go up.
    pub lowest: f32,
}

/// As far down as up.
pub const EVEN: Rounding = Rounding { zero: 128, levels: 127.0, lowest: 0.0 };
/// What [`gelu`] gives: nearly all of the whole numbers are for what is above zero.
const GELU: Rounding = Rounding { zero: 16, levels: 239.0, lowest: GELU_LOWEST };

impl Rounding {
    /// The scale of whole numbers that stand for fractions up to `largest`, and one over it.
    #[inline(always)]
    pub fn scale(self, largest: f32) -> (f32, f32) {
        let up = largest / self.levels;
        let down = -self.lowest / self.zero as f32;
        let scale = if up > down { up } else { down };
        if scale > 0.0 { (scale, 1.0 / scale) } else { (0.0, 0.0) }
    }
}

/// Numbers rounded to whole ones, a scale a row.
#[derive(Debug)]
pub struct Rounded<K: Kernel> {
    /// The whole numbers.
    pub numbers: Vec<K::Number>,
    /// The scale of each row.
    pub scales: Vec<f32>,
}

impl<K: Kernel> Rounded<K> {
    /// No numbers.
    pub fn new() -> Rounded<K> {
        Rounded { numbers: Vec::new(), scales: Vec::new() }
    }

    /// Takes over `count` rows.
    #[inline(always)]
    fn fill<'a>(
        &mut self,
        kernel: K,
        rounding: Rounding,
        width: usize,
        rows: impl ExactSizeIterator<Item = &'a [f32]>,
    ) {
        self.numbers.resize(rows.len() * width, K::Number::default());
        self.scales.clear();
        for (row, into) in rows.zip(self.numbers.chunks_exact_mut(width)) {
            let row = &row[..width];
            let (scale, inverse) = rounding.scale(largest(row));
            self.scales.push(scale);
            round(kernel, rounding.zero, row, inverse, into);
        }
    }
}

/// The numbers of a row times `inverse`, rounded.
#[inline(always)]
pub fn round<K: Kernel>(kernel: K, zero: i32, row: &[f32], inverse: f32, into: &mut [K::Number]) {
    for (into, number) in into.iter_mut().zip(row) {
        *into = kernel.number(nearest(*number * inverse), zero);
    }
}

/// What products are computed in.
#[derive(Debug)]
pub struct Products<K: Kernel> {
    /// The columns.
    pub panel: Panel<K>,
    /// The sums.
    pub sums: Vec<Sums>,
}

impl<K: Kernel> Products<K> {
    /// Room for none.
    pub fn new() -> Products<K> {
        Products { panel: Panel::new(), sums: Vec::new() }
    }
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
    let mut products = Products::new();
    let mut rounded = Rounded::new();
    let mut heads = attention::Space::new();
    let mut context = vec![0.0; count * hidden];
    let mut up = Vec::new();
    for layer in &model.layers {
        rounded.fill(kernel, EVEN, hidden, x.chunks_exact(hidden));
        attention(kernel, model, &layer.qkv, &rounded, &mut heads, &mut products, &mut context);
        rounded.fill(kernel, EVEN, hidden, context.chunks_exact(hidden));
        linear(kernel, model, &layer.out, EVEN, &rounded, &mut products, &mut Add { to: &mut x, width: hidden });
        for row in x.chunks_exact_mut(hidden) {
            normalise(&layer.norm_out, row);
        }
        for x in x.chunks_mut(TOGETHER * hidden) {
            rounded.fill(kernel, EVEN, hidden, x.chunks_exact(hidden));
            // A little wider than needed: rows a power of two apart would push each other out of the cache.
            let stride = layer.up.outputs + COLUMNS;
            up.resize(x.len() / hidden * stride, 0.0);
            linear(
                kernel,
                model,
                &layer.up,
                EVEN,
                &rounded,
                &mut products,
                &mut Gelu { into: &mut up, width: stride },
            );
            rounded.fill(kernel, GELU, layer.up.outputs, up.chunks_exact(stride));
            linear(kernel, model, &layer.down, GELU, &rounded, &mut products, &mut Add { to: x, width: hidden });
            for row in x.chunks_exact_mut(hidden) {
                normalise(&layer.norm_down, row);
            }
        }
    }
    let width = model.head.outputs;
    let mut scores = vec![0.0; (count - 1) * width];
    rounded.fill(kernel, EVEN, hidden, x.chunks_exact(hidden).skip(1));
    linear(kernel, model, &model.head, EVEN, &rounded, &mut products, &mut Add { to: &mut scores, width });
    Scores { width, scores }
}

/// What becomes of what a [`Linear`] gives. No closure: it is not sure that these are compiled for the kernel's processor.
pub trait Output {
    /// Takes the numbers of sixteen columns of a row, from `column` on.
    fn take(&mut self, row: usize, column: usize, numbers: [f32; COLUMNS]);
}

/// Adds to what is there.
struct Add<'a> {
    to: &'a mut [f32],
    width: usize,
}

impl Output for Add<'_> {
    #[inline(always)]
    fn take(&mut self, row: usize, column: usize, numbers: [f32; COLUMNS]) {
        add(&numbers, &mut self.to[row * self.width + column..]);
    }
}

/// Writes the [`gelu`] of each number.
struct Gelu<'a> {
    into: &'a mut [f32],
    width: usize,
}

impl Output for Gelu<'_> {
    #[inline(always)]
    fn take(&mut self, row: usize, column: usize, numbers: [f32; COLUMNS]) {
        if let Some(into) = self.into[row * self.width + column..].first_chunk_mut::<COLUMNS>() {
            *into = std::array::from_fn(|at| gelu(numbers[at]));
        }
    }
}

/// Gives `of` what `linear` makes of `from`.
#[inline(always)]
fn linear<K: Kernel>(
    kernel: K,
    model: &Model,
    linear: &Linear,
    rounding: Rounding,
    from: &Rounded<K>,
    products: &mut Products<K>,
    of: &mut impl Output,
) {
    for first in (0..linear.outputs / COLUMNS).step_by(BLOCKS) {
        columns(kernel, model, linear, first, rounding, from, products, of);
    }
}

/// Blocks of columns that are computed together: few enough that they stay in the processor's nearest cache.
pub const BLOCKS: usize = 2;

/// [`linear`] for the [`BLOCKS`] from `first` on.
#[inline(always)]
#[expect(clippy::too_many_arguments)]
pub fn columns<K: Kernel>(
    kernel: K,
    model: &Model,
    linear: &Linear,
    first: usize,
    rounding: Rounding,
    from: &Rounded<K>,
    products: &mut Products<K>,
    of: &mut impl Output,
) {
    let count = from.scales.len();
    let block = linear.inputs * COLUMNS;
    let weights = &model.weights(linear)[first * block..];
    products.panel.fill(kernel, &weights[..weights.len().min(BLOCKS * block)], linear.inputs, rounding.zero);
    let rows = Rows { numbers: &from.numbers, stride: linear.inputs, count };
    let sums = products.panel.multiply(kernel, rows, &mut products.sums);
    if count == 0 {
        return;
    }
    let (scales, biases) = (linear.scales.as_chunks().0, linear.biases.as_chunks::<COLUMNS>().0);
    for (block, sums) in (first..).zip(sums.chunks_exact(count)) {
        for (row, (sums, scale)) in sums.iter().zip(&from.scales).enumerate() {
            let numbers = fractions(sums, *scale, &scales[block]);
            let biases = &biases[block];
            of.take(row, block * COLUMNS, std::array::from_fn(|at| numbers[at] + biases[at]));
        }
    }
}

/// The fractions that sums of whole numbers stand for: a block of columns, each with its scale.
#[inline(always)]
pub fn fractions(sums: &Sums, scale: f32, scales: &[f32; COLUMNS]) -> [f32; COLUMNS] {
    std::array::from_fn(|at| sums.0[at] as f32 * (scale * scales[at]))
}
