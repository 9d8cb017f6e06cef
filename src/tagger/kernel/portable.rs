//! The sums in plain Rust, for every processor.

use super::{COLUMNS, Kernel, Rows};

/// Any processor.
#[derive(Debug, Clone, Copy)]
pub struct Portable;

impl Kernel for Portable {
    #[inline(always)]
    fn narrow(self, rows: Rows<'_>, blocks: &[u8], sums: &mut [[i32; COLUMNS]]) {
        multiply(rows, blocks, sums, |byte| i32::from(byte.cast_signed()));
    }

    #[inline(always)]
    fn wide(self, rows: Rows<'_>, blocks: &[i16], sums: &mut [[i32; COLUMNS]]) {
        multiply(rows, blocks, sums, i32::from);
    }
}

#[inline(always)]
fn multiply<W: Copy>(rows: Rows<'_>, blocks: &[W], sums: &mut [[i32; COLUMNS]], number: impl Fn(W) -> i32) {
    assert!(rows.fit(blocks.len(), sums.len()), "rows, blocks and sums fit together");
    if rows.count == 0 {
        return;
    }
    let blocks = blocks.chunks_exact(rows.inputs * COLUMNS);
    for (block, sums) in blocks.zip(sums.chunks_exact_mut(rows.count)) {
        for (at, sum) in sums.iter_mut().enumerate() {
            let row = &rows.numbers[at * rows.stride..][..rows.inputs];
            let mut total = [0_i32; COLUMNS];
            for (pair, weights) in row.as_chunks::<2>().0.iter().zip(block.as_chunks::<{ 2 * COLUMNS }>().0) {
                let (first, second) = (i32::from(pair[0]), i32::from(pair[1]));
                for (column, total) in total.iter_mut().enumerate() {
                    let products = first * number(weights[2 * column]) + second * number(weights[2 * column + 1]);
                    *total = total.wrapping_add(products);
                }
            }
            *sum = total;
        }
    }
}
