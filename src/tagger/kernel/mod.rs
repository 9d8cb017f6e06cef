//! Sums of products of whole numbers: most of the tagger's work, in the best way that the processor offers.
//!
//! Rows of numbers of eight bits are multiplied with blocks of sixteen columns of 8-bit weights. Every sum fits into 32 bits,
//! so that all ways give the same sums. They differ in how many products an instruction adds: each [`Kernel`] keeps the
//! numbers of a row and the weights of a [`Panel`] as its instructions take them.

use std::fmt::Debug;

mod portable;
#[cfg(target_arch = "x86_64")]
mod x86;

use portable::Portable;

use super::encoder;
use super::file::Model;
use super::window::Window;
use super::words::Pieces;

/// Columns in a block.
pub const COLUMNS: usize = 16;
/// The most inputs a sum may have: 255 × 128 × 2048 < 2³¹.
pub const INPUTS: usize = 2048;
/// A block has so many inputs, or a multiple of it.
pub const STEP: usize = 4;

/// Something that begins where a line of the cache does.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub struct Line<T>(pub T);

/// The sums of a row with a block.
pub type Sums = Line<[i32; COLUMNS]>;

/// No sums yet.
pub const NO_SUMS: Sums = Line([0; COLUMNS]);

/// Rows of numbers.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a, N> {
    /// The numbers; row `r` begins at `r * stride`.
    pub numbers: &'a [N],
    /// From one row to the next.
    pub stride: usize,
    /// How many rows.
    pub count: usize,
}

/// The columns that rows are multiplied with.
#[derive(Debug)]
pub struct Panel<K: Kernel> {
    inputs: usize,
    /// The weights, a block behind another.
    lines: Vec<K::Line>,
    /// What the sums of each block begin with.
    start: Vec<Sums>,
}

impl<K: Kernel> Panel<K> {
    /// A panel without columns.
    pub fn new() -> Panel<K> {
        Panel { inputs: 0, lines: Vec::new(), start: Vec::new() }
    }

    /// Takes over the columns in `blocks`, signed bytes in the order `[block][input / 2][column][input % 2]`, to multiply them
    /// with rows of numbers from `-zero` to `255 - zero`.
    #[inline(always)]
    pub fn fill(&mut self, kernel: K, blocks: &[u8], inputs: usize, zero: i32) {
        assert!(inputs > 0 && inputs.is_multiple_of(STEP), "inputs are whole steps");
        let (pairs, _) = blocks.as_chunks::<{ 2 * COLUMNS }>();
        self.inputs = inputs;
        kernel.pack(pairs, &mut self.lines);
        let mut sums = vec![NO_SUMS; blocks.len() / (inputs * COLUMNS)];
        self.start.clone_from(&sums);
        // What a row of zeros comes to is too much in every row.
        let zeros = [kernel.number(0, zero); INPUTS];
        kernel.multiply(Rows { numbers: &zeros[..inputs], stride: inputs, count: 1 }, self, &mut sums);
        for (start, sums) in self.start.iter_mut().zip(&sums) {
            *start = Line(std::array::from_fn(|at| -sums.0[at]));
        }
    }

    /// The sums of all rows with the first block, then with the second, and so on, computed in `space`.
    #[inline(always)]
    pub fn multiply<'a>(&self, kernel: K, rows: Rows<'_, K::Number>, space: &'a mut Vec<Sums>) -> &'a [Sums] {
        let length = rows.count * self.start.len();
        if space.len() < length {
            space.resize(length, NO_SUMS);
        }
        let sums = &mut space[..length];
        kernel.multiply(rows, self, sums);
        sums
    }

    /// Whether all rows lie in their numbers, the lines are `inputs_a_line` inputs each and as many as the blocks need, and
    /// `sums` has room for a row of sums a row and block.
    fn fits<N>(&self, rows: Rows<'_, N>, inputs_a_line: usize, sums: usize) -> bool {
        let last =
            rows.count.saturating_sub(1).checked_mul(rows.stride).and_then(|last| last.checked_add(self.inputs));
        self.inputs.is_multiple_of(inputs_a_line)
            && self.lines.len() == self.start.len() * (self.inputs / inputs_a_line)
            && sums == rows.count * self.start.len()
            && (rows.count == 0 || last.is_some_and(|last| last <= rows.numbers.len()))
    }
}

/// A way to compute the sums.
pub trait Kernel: Copy {
    /// A number of a row.
    type Number: Copy + Default + Debug;
    /// The weights of sixteen columns for a few inputs.
    type Line: Copy + Debug;

    /// The number `whole`, which is between `-zero` and `255 - zero`.
    fn number(self, whole: i32, zero: i32) -> Self::Number;
    /// Writes columns, given as the weights of sixteen of them for two inputs each.
    fn pack(self, pairs: &[[u8; 2 * COLUMNS]], lines: &mut Vec<Self::Line>);
    /// The sums of all rows with the first block, then with the second, and so on.
    fn multiply(self, rows: Rows<'_, Self::Number>, panel: &Panel<Self>, sums: &mut [Sums]);
}

/// What the processor can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Processor {
    /// AVX-512 with its instructions for neural networks (VNNI): 2019 and later servers, 2022 and later AMD.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// AVX2 with the same instructions on half as many numbers (AVX-VNNI): Intel's since 2021.
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    /// AVX2: nearly every x86 of the last ten years.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// SSE2: every x86 of 64 bits.
    #[cfg(target_arch = "x86_64")]
    Sse2,
    /// Any; on ARM the compiler uses NEON, which every 64-bit ARM has.
    Portable,
}

impl Processor {
    /// Every way this processor can compute in, the fastest first.
    pub fn all() -> Vec<Processor> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            let ways = [Processor::Avx512, Processor::AvxVnni, Processor::Avx2, Processor::Sse2];
            all.extend(ways.into_iter().filter(|way| x86::has(*way)));
        }
        all.push(Processor::Portable);
        all
    }

    /// The fastest way.
    pub fn best() -> Processor {
        Processor::all()[0]
    }

    /// The scores of one window: the whole of [`encoder::run`] is compiled for each processor, so that its loops over
    /// fractions use what it has as well.
    pub(super) fn run(self, model: &Model, pieces: &Pieces, window: &Window) -> encoder::Scores {
        #[cfg(target_arch = "x86_64")]
        if let Some(scores) = x86::run(self, model, pieces, window) {
            return scores;
        }
        encoder::run(Portable, model, pieces, window)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, the same each time.
    fn numbers(count: usize, from: i32, to: i32, seed: u32) -> Vec<i32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as i32 % (to - from + 1) + from
        };
        (0..count).map(|_| next()).collect()
    }

    /// What the sums are, by their definition.
    fn expected(rows: &[Vec<i32>], blocks: &[u8], inputs: usize) -> Vec<[i32; COLUMNS]> {
        let mut sums = Vec::new();
        for block in blocks.chunks(inputs * COLUMNS) {
            for row in rows {
                let mut sum = [0; COLUMNS];
                for (input, number) in row.iter().enumerate() {
                    for (column, sum) in sum.iter_mut().enumerate() {
                        let weight = block[(input / 2) * 2 * COLUMNS + column * 2 + input % 2];
                        *sum += number * i32::from(weight.cast_signed());
                    }
                }
                sums.push(sum);
            }
        }
        sums
    }

    fn sums<K: Kernel>(kernel: K, rows: &[Vec<i32>], zero: i32, blocks: &[u8], inputs: usize) -> Vec<[i32; COLUMNS]> {
        let stride = inputs + 6;
        let mut numbers = vec![kernel.number(0, zero); rows.len() * stride];
        for (into, row) in numbers.chunks_mut(stride).zip(rows) {
            for (into, number) in into.iter_mut().zip(row) {
                *into = kernel.number(*number, zero);
            }
        }
        let mut panel = Panel::new();
        panel.fill(kernel, blocks, inputs, zero);
        let mut space = Vec::new();
        let sums = panel.multiply(kernel, Rows { numbers: &numbers, stride, count: rows.len() }, &mut space);
        sums.iter().map(|sums| sums.0).collect()
    }

    fn check(kernel: impl Kernel) {
        for (count, inputs, blocks) in
            [(1, 4, 1), (3, 32, 2), (12, 384, 2), (13, 8, 4), (29, 32, 3), (40, 68, 5), (0, 32, 1)]
        {
            for zero in [0, 16, 128] {
                let rows: Vec<Vec<i32>> = (0..count).map(|row| numbers(inputs, -zero, 255 - zero, 7 + row)).collect();
                let weights: Vec<u8> =
                    numbers(blocks * inputs * COLUMNS, 0, 255, 11).into_iter().map(|byte| byte as u8).collect();
                assert!(
                    sums(kernel, &rows, zero, &weights, inputs) == expected(&rows, &weights, inputs),
                    "{count} rows, {inputs} inputs, {blocks} blocks, zero {zero}"
                );
            }
        }
        // The largest sums fit.
        for (number, zero) in [(-128, 128), (255, 0)] {
            let largest = sums(kernel, &[vec![number; INPUTS]], zero, &vec![0x80; INPUTS * COLUMNS], INPUTS);
            assert_eq!(largest, [[number * -128 * INPUTS as i32; COLUMNS]]);
        }
    }

    #[test]
    fn every_way_gives_the_sums() {
        check(Portable);
        #[cfg(target_arch = "x86_64")]
        {
            x86::Avx512::new().into_iter().for_each(check);
            x86::AvxVnni::new().into_iter().for_each(check);
            x86::Avx2::new().into_iter().for_each(check);
            check(x86::Sse2);
        }
    }
}
