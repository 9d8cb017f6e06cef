//! The sums in plain Rust, for every processor.

use super::{COLUMNS, Kernel, Line, Panel, Rows, Sums};

/// Any processor.
#[derive(Debug, Clone, Copy)]
pub struct Portable;

impl Kernel for Portable {
    type Number = i16;
    /// The weights for one input.
    type Line = [i16; COLUMNS];

    #[inline(always)]
    fn number(self, whole: i32, _: i32) -> i16 {
        whole as i16
    }

    #[inline(always)]
    fn pack(self, pairs: &[[u8; 2 * COLUMNS]], lines: &mut Vec<[i16; COLUMNS]>) {
        lines.resize(2 * pairs.len(), [0; COLUMNS]);
        for (lines, pair) in lines.as_chunks_mut::<2>().0.iter_mut().zip(pairs) {
            for (column, bytes) in pair.as_chunks::<2>().0.iter().enumerate() {
                lines[0][column] = i16::from(bytes[0].cast_signed());
                lines[1][column] = i16::from(bytes[1].cast_signed());
            }
        }
    }

    #[inline(always)]
    fn multiply(self, rows: Rows<'_, i16>, panel: &Panel<Self>, sums: &mut [Sums]) {
        assert!(panel.fits(rows, 1, sums.len()), "rows, panel and sums fit together");
        if rows.count == 0 {
            return;
        }
        let blocks = panel.lines.chunks_exact(panel.inputs);
        for ((lines, start), sums) in blocks.zip(&panel.start).zip(sums.chunks_exact_mut(rows.count)) {
            let mut row = 0;
            while row < rows.count {
                row += match rows.count - row {
                    4.. => tile::<4>(rows, row, lines, start, sums),
                    _ => tile::<1>(rows, row, lines, start, sums),
                };
            }
        }
    }
}

/// The sums of the `R` rows from `first` on with one block; returns `R`.
#[inline(always)]
fn tile<const R: usize>(
    rows: Rows<'_, i16>,
    first: usize,
    lines: &[[i16; COLUMNS]],
    start: &Sums,
    sums: &mut [Sums],
) -> usize {
    let numbers: [&[i16]; R] = std::array::from_fn(|row| &rows.numbers[(first + row) * rows.stride..][..lines.len()]);
    let mut totals = [start.0; R];
    add_products(numbers, lines, &mut totals);
    for (sums, total) in sums[first..].iter_mut().zip(totals) {
        *sums = Line(total);
    }
    R
}

/// Adds the products of each row's numbers with the weights. By itself, as the compiler uses vectors in a small function, but not
/// where this is a part of the whole encoder.
#[inline(never)]
fn add_products<const R: usize>(numbers: [&[i16]; R], lines: &[[i16; COLUMNS]], totals: &mut [[i32; COLUMNS]; R]) {
    let mut sums = *totals;
    for (input, line) in lines.iter().enumerate() {
        for (sums, numbers) in sums.iter_mut().zip(numbers) {
            let number = i32::from(numbers[input]);
            for (sum, weight) in sums.iter_mut().zip(line) {
                *sum = sum.wrapping_add(number * i32::from(*weight));
            }
        }
    }
    *totals = sums;
}
