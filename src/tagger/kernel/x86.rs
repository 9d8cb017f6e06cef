//! The sums with the vector instructions of x86 processors.
//!
//! The only unsafe code of the program: the instructions may be used where the processor has them, which the types
//! [`Avx512`] and [`Avx2`] are the proof of (they are made by asking it), and vectors are read through pointers, after
//! [`Rows::fit`] has shown that all that is read lies in the slices.
#![allow(unsafe_code)]

use std::arch::asm;
use std::arch::x86_64::*;

use super::{COLUMNS, Kernel, Rows};
use crate::tagger::encoder::{self, Scores};
use crate::tagger::file::Model;
use crate::tagger::window::Window;
use crate::tagger::words::Pieces;

/// Whether the processor has AVX-512 with VNNI.
pub fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512vnni")
}

/// Whether the processor has AVX2.
pub fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2")
}

/// A processor with AVX-512 and VNNI.
#[derive(Debug, Clone, Copy)]
pub struct Avx512(());

impl Avx512 {
    /// The proof that this processor is one.
    pub fn new() -> Option<Self> {
        has_avx512().then_some(Avx512(()))
    }
}

/// A processor with AVX2.
#[derive(Debug, Clone, Copy)]
pub struct Avx2(());

impl Avx2 {
    /// The proof that this processor is one.
    pub fn new() -> Option<Self> {
        has_avx2().then_some(Avx2(()))
    }
}

/// [`encoder::run`] for a processor that [`has_avx512`].
pub fn run_avx512(model: &Model, pieces: &Pieces, window: &Window) -> Scores {
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
    fn run(kernel: Avx512, model: &Model, pieces: &Pieces, window: &Window) -> Scores {
        encoder::run(kernel, model, pieces, window)
    }
    match Avx512::new() {
        // SAFETY: the processor has the instructions.
        Some(kernel) => unsafe { run(kernel, model, pieces, window) },
        None => encoder::run(super::Portable, model, pieces, window),
    }
}

/// [`encoder::run`] for a processor that [`has_avx2`].
pub fn run_avx2(model: &Model, pieces: &Pieces, window: &Window) -> Scores {
    #[target_feature(enable = "avx2")]
    fn run(kernel: Avx2, model: &Model, pieces: &Pieces, window: &Window) -> Scores {
        encoder::run(kernel, model, pieces, window)
    }
    match Avx2::new() {
        // SAFETY: the processor has the instructions.
        Some(kernel) => unsafe { run(kernel, model, pieces, window) },
        None => encoder::run(super::Portable, model, pieces, window),
    }
}

/// Numbers that columns are made of.
trait Weight: Copy {
    /// Thirty-two numbers from `at` on, 16 bits each.
    ///
    /// # Safety
    /// The processor has AVX-512, and 32 numbers may be read.
    unsafe fn load_32(at: *const Self) -> __m512i;
    /// Sixteen numbers from `at` on, 16 bits each.
    ///
    /// # Safety
    /// The processor has AVX2, and 16 numbers may be read.
    unsafe fn load_16(at: *const Self) -> __m256i;
}

impl Weight for u8 {
    #[inline(always)]
    unsafe fn load_32(at: *const u8) -> __m512i {
        // SAFETY: as the caller promises.
        unsafe { _mm512_cvtepi8_epi16(_mm256_loadu_si256(at.cast())) }
    }
    #[inline(always)]
    unsafe fn load_16(at: *const u8) -> __m256i {
        // SAFETY: as the caller promises.
        unsafe { _mm256_cvtepi8_epi16(_mm_loadu_si128(at.cast())) }
    }
}

impl Weight for i16 {
    #[inline(always)]
    unsafe fn load_32(at: *const i16) -> __m512i {
        // SAFETY: as the caller promises.
        unsafe { _mm512_loadu_si512(at.cast()) }
    }
    #[inline(always)]
    unsafe fn load_16(at: *const i16) -> __m256i {
        // SAFETY: as the caller promises.
        unsafe { _mm256_loadu_si256(at.cast()) }
    }
}

impl Kernel for Avx512 {
    #[inline(always)]
    fn narrow(self, rows: Rows<'_>, blocks: &[u8], sums: &mut [[i32; COLUMNS]]) {
        // SAFETY: there is an `Avx512` only where the processor has the instructions.
        unsafe { multiply_avx512(rows, blocks, sums) }
    }
    #[inline(always)]
    fn wide(self, rows: Rows<'_>, blocks: &[i16], sums: &mut [[i32; COLUMNS]]) {
        // SAFETY: there is an `Avx512` only where the processor has the instructions.
        unsafe { multiply_avx512(rows, blocks, sums) }
    }
}

impl Kernel for Avx2 {
    #[inline(always)]
    fn narrow(self, rows: Rows<'_>, blocks: &[u8], sums: &mut [[i32; COLUMNS]]) {
        // SAFETY: there is an `Avx2` only where the processor has the instructions.
        unsafe { multiply_avx2(rows, blocks, sums) }
    }
    #[inline(always)]
    fn wide(self, rows: Rows<'_>, blocks: &[i16], sums: &mut [[i32; COLUMNS]]) {
        // SAFETY: there is an `Avx2` only where the processor has the instructions.
        unsafe { multiply_avx2(rows, blocks, sums) }
    }
}

/// Two neighbouring numbers of a row as one of 32 bits.
///
/// # Safety
/// Two numbers may be read.
#[inline(always)]
unsafe fn pair(at: *const i16) -> i32 {
    // SAFETY: as the caller promises; the address need not be a multiple of four.
    unsafe { at.cast::<i32>().read_unaligned() }
}

/// `sum` with the products of both halves of each 32 bits of `numbers` and `weights` added.
///
/// In assembly, as the compiler makes two instructions of the one (`_mm512_dpwssd_epi32`) unless it compiles for one
/// kind of processor: half the speed.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
#[inline]
fn add_products(mut sum: __m512i, numbers: __m512i, weights: __m512i) -> __m512i {
    // SAFETY: the instruction reads and writes these registers and nothing else; the processor has it.
    unsafe {
        asm!("vpdpwssd {0}, {1}, {2}", inout(zmm_reg) sum, in(zmm_reg) numbers, in(zmm_reg) weights,
            options(pure, nomem, nostack, preserves_flags));
    }
    sum
}

/// # Safety
/// The processor has AVX-512 with VNNI.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
unsafe fn multiply_avx512<W: Weight>(rows: Rows<'_>, blocks: &[W], sums: &mut [[i32; COLUMNS]]) {
    assert!(rows.fit(blocks.len(), sums.len()), "rows, blocks and sums fit together");
    let block = rows.inputs * COLUMNS;
    let count = blocks.len() / block;
    let mut at = 0;
    while at < count {
        // Two blocks at a time share what is read of the rows.
        let pair = at + 1 < count;
        let columns = blocks[at * block..].as_ptr();
        let sums = &mut sums[at * rows.count..];
        let mut row = 0;
        while row < rows.count {
            let numbers = rows.numbers[row * rows.stride..].as_ptr();
            let into = sums[row..].as_mut_ptr();
            let left = rows.count - row;
            // SAFETY: `fit` has shown that the rows from `row` on, both blocks and their sums lie in the slices.
            row += unsafe {
                match (left, pair) {
                    (12.., true) => tile_avx512::<12, 2, W>(numbers, rows, columns, into),
                    (4.., true) => tile_avx512::<4, 2, W>(numbers, rows, columns, into),
                    (_, true) => tile_avx512::<1, 2, W>(numbers, rows, columns, into),
                    (16.., false) => tile_avx512::<16, 1, W>(numbers, rows, columns, into),
                    (4.., false) => tile_avx512::<4, 1, W>(numbers, rows, columns, into),
                    (_, false) => tile_avx512::<1, 1, W>(numbers, rows, columns, into),
                }
            };
        }
        at += if pair { 2 } else { 1 };
    }
}

/// The sums of `R` rows with `B` blocks; returns `R`.
///
/// # Safety
/// As for [`multiply_avx512`]; `R` rows may be read from `numbers` on, `B` blocks from `columns` on, and sums written from
/// `into` on, those of a further block `rows.count` behind.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
#[inline]
unsafe fn tile_avx512<const R: usize, const B: usize, W: Weight>(
    numbers: *const i16,
    rows: Rows<'_>,
    columns: *const W,
    into: *mut [i32; COLUMNS],
) -> usize {
    let mut sums = [[_mm512_setzero_si512(); B]; R];
    let block = rows.inputs * COLUMNS;
    for two in 0..rows.inputs / 2 {
        // SAFETY: inside the rows and blocks, as the caller promises.
        unsafe {
            let weights: [__m512i; B] =
                std::array::from_fn(|b| W::load_32(columns.add(b * block + two * 2 * COLUMNS)));
            for (r, sums) in sums.iter_mut().enumerate() {
                let numbers = _mm512_set1_epi32(pair(numbers.add(r * rows.stride + 2 * two)));
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = add_products(*sum, numbers, weights);
                }
            }
        }
    }
    for (r, sums) in sums.iter().enumerate() {
        for (b, sum) in sums.iter().enumerate() {
            // SAFETY: inside the sums, as the caller promises.
            unsafe { _mm512_storeu_si512(into.add(b * rows.count + r).cast(), *sum) };
        }
    }
    R
}

/// # Safety
/// The processor has AVX2.
#[target_feature(enable = "avx2")]
unsafe fn multiply_avx2<W: Weight>(rows: Rows<'_>, blocks: &[W], sums: &mut [[i32; COLUMNS]]) {
    assert!(rows.fit(blocks.len(), sums.len()), "rows, blocks and sums fit together");
    let block = rows.inputs * COLUMNS;
    for (at, block) in blocks.chunks_exact(block).enumerate() {
        let sums = &mut sums[at * rows.count..];
        let mut row = 0;
        while row < rows.count {
            let numbers = rows.numbers[row * rows.stride..].as_ptr();
            let into = sums[row..].as_mut_ptr();
            // SAFETY: `fit` has shown that the rows from `row` on, the block and its sums lie in the slices.
            row += unsafe {
                match rows.count - row {
                    4.. => tile_avx2::<4, W>(numbers, rows, block.as_ptr(), into),
                    _ => tile_avx2::<1, W>(numbers, rows, block.as_ptr(), into),
                }
            };
        }
    }
}

/// The sums of `R` rows with one block; returns `R`.
///
/// # Safety
/// As for [`multiply_avx2`]; `R` rows may be read from `numbers` on, a block from `columns` on, and sums written from
/// `into` on.
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn tile_avx2<const R: usize, W: Weight>(
    numbers: *const i16,
    rows: Rows<'_>,
    columns: *const W,
    into: *mut [i32; COLUMNS],
) -> usize {
    let mut sums = [[_mm256_setzero_si256(); 2]; R];
    for two in 0..rows.inputs / 2 {
        // SAFETY: inside the rows and the block, as the caller promises.
        unsafe {
            let weights: [__m256i; 2] =
                std::array::from_fn(|half| W::load_16(columns.add(two * 2 * COLUMNS + half * COLUMNS)));
            for (r, sums) in sums.iter_mut().enumerate() {
                let numbers = _mm256_set1_epi32(pair(numbers.add(r * rows.stride + 2 * two)));
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(numbers, weights));
                }
            }
        }
    }
    for (r, sums) in sums.iter().enumerate() {
        // SAFETY: inside the sums, as the caller promises.
        unsafe {
            let into = into.add(r).cast::<__m256i>();
            _mm256_storeu_si256(into, sums[0]);
            _mm256_storeu_si256(into.add(1), sums[1]);
        }
    }
    R
}
