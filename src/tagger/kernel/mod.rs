//! Sums of products of whole numbers: nine tenths of the tagger's work, in the best way that the processor offers.
//!
//! Rows of 16-bit numbers are multiplied with blocks of sixteen columns, in which the numbers of two neighbouring inputs
//! lie together: `[input / 2][column][input % 2]`. That is the order in which one instruction of x86 processors
//! (`vpdpwssd`, or `vpmaddwd` before it) takes them. Columns are weights of 8 bits or numbers of 16. Every sum fits into 32
//! bits, so that all ways give the same sums.

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
/// The most inputs a sum may have: with rows up to [`ROW_LEVELS`] it fits into 32 bits.
pub const INPUTS: usize = 2048;
/// The largest number in a row that meets weights of 8 bits: 8191 × 128 × 2048 < 2³¹.
pub const ROW_LEVELS: f32 = 8191.0;

/// Rows of numbers.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// The numbers; row `r` begins at `r * stride`.
    pub numbers: &'a [i16],
    /// From one row to the next.
    pub stride: usize,
    /// How many rows.
    pub count: usize,
    /// Numbers of a row that take part; even.
    pub inputs: usize,
}

impl Rows<'_> {
    /// Whether all rows lie in the numbers, blocks of `length` numbers hold whole columns of as many inputs, and `sums`
    /// has room for a row of sums a row and block.
    fn fit(&self, length: usize, sums: usize) -> bool {
        let block = self.inputs * COLUMNS;
        let last = self.count.saturating_sub(1) * self.stride + self.inputs;
        self.inputs.is_multiple_of(2)
            && block > 0
            && length.is_multiple_of(block)
            && sums == self.count * (length / block)
            && (self.count == 0 || last <= self.numbers.len())
    }
}

/// A way to compute the sums. `sums` holds the sums of every row with the first block, then with the second, and so on.
pub trait Kernel: Copy {
    /// With blocks of 8-bit weights, given as the bytes they are.
    fn narrow(self, rows: Rows<'_>, blocks: &[u8], sums: &mut [[i32; COLUMNS]]);
    /// With blocks of 16-bit numbers.
    fn wide(self, rows: Rows<'_>, blocks: &[i16], sums: &mut [[i32; COLUMNS]]);
}

/// What the processor can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Processor {
    /// AVX-512 with its instructions for neural networks (VNNI): 2019 and later servers, 2022 and later AMD.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// AVX2: nearly every x86 of the last ten years.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// Any; on ARM the compiler uses NEON, which every 64-bit ARM has.
    Portable,
}

impl Processor {
    /// Every way this processor can compute in, the fastest first.
    pub fn all() -> Vec<Processor> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            if x86::has_avx512() {
                all.push(Processor::Avx512);
            }
            if x86::has_avx2() {
                all.push(Processor::Avx2);
            }
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
        match self {
            #[cfg(target_arch = "x86_64")]
            Processor::Avx512 if x86::has_avx512() => x86::run_avx512(model, pieces, window),
            #[cfg(target_arch = "x86_64")]
            Processor::Avx2 if x86::has_avx2() => x86::run_avx2(model, pieces, window),
            _ => encoder::run(Portable, model, pieces, window),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, the same each time.
    fn numbers(count: usize, bound: i32, seed: u32) -> Vec<i16> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            i16::try_from((state >> 8) as i32 % (2 * bound + 1) - bound).unwrap()
        };
        (0..count).map(|_| next()).collect()
    }

    /// What the sums are, by their definition.
    fn expected(rows: Rows<'_>, blocks: &[i16]) -> Vec<[i32; COLUMNS]> {
        let mut sums = Vec::new();
        for block in blocks.chunks(rows.inputs * COLUMNS) {
            for row in 0..rows.count {
                let mut sum = [0; COLUMNS];
                for input in 0..rows.inputs {
                    for (column, sum) in sum.iter_mut().enumerate() {
                        let weight = block[(input / 2) * 2 * COLUMNS + column * 2 + input % 2];
                        *sum += i32::from(rows.numbers[row * rows.stride + input]) * i32::from(weight);
                    }
                }
                sums.push(sum);
            }
        }
        sums
    }

    fn check(kernel: impl Kernel) {
        for (count, inputs, blocks) in [(1, 2, 1), (3, 32, 2), (12, 384, 2), (29, 32, 3), (40, 66, 5), (0, 32, 1)] {
            let stride = inputs + 6;
            let row_numbers = numbers(count * stride, 8191, 7);
            let rows = Rows { numbers: &row_numbers, stride, count, inputs };
            let wide = numbers(blocks * inputs * COLUMNS, 4095, 11);
            let mut sums = vec![[0; COLUMNS]; count * blocks];
            kernel.wide(rows, &wide, &mut sums);
            assert!(sums == expected(rows, &wide), "16 bits: {count} rows, {inputs} inputs, {blocks} blocks");
            let narrow: Vec<u8> = wide.iter().map(|&number| (number % 128) as u8).collect();
            let signed: Vec<i16> = narrow.iter().map(|&byte| i16::from(byte.cast_signed())).collect();
            kernel.narrow(rows, &narrow, &mut sums);
            assert!(sums == expected(rows, &signed), "8 bits: {count} rows, {inputs} inputs, {blocks} blocks");
        }
    }

    #[test]
    fn every_way_gives_the_sums() {
        check(Portable);
        #[cfg(target_arch = "x86_64")]
        {
            if let Some(avx2) = x86::Avx2::new() {
                check(avx2);
            }
            if let Some(avx512) = x86::Avx512::new() {
                check(avx512);
            }
        }
    }

    #[test]
    fn the_largest_sum_fits() {
        let row = vec![-8191; INPUTS];
        let rows = Rows { numbers: &row, stride: INPUTS, count: 1, inputs: INPUTS };
        let blocks = vec![0x80; INPUTS * COLUMNS];
        let mut sums = [[0; COLUMNS]];
        Portable.narrow(rows, &blocks, &mut sums);
        assert_eq!(i64::from(sums[0][0]), 8191 * 128 * INPUTS as i64);
    }
}
