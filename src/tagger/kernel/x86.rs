//! The sums with the vector instructions of x86 processors.
//!
//! The only unsafe code of the program: the instructions may be used where the processor has them, which the types
//! [`Avx512`], [`AvxVnni`] and [`Avx2`] are the proof of (they are made by asking it), and vectors are read through
//! pointers, after [`Panel::fits`] has shown that all that is read lies in the slices.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::{COLUMNS, Kernel, Line, Panel, Processor, Rows, Sums};
use crate::tagger::encoder::{self, Scores};
use crate::tagger::file::Model;
use crate::tagger::window::Window;
use crate::tagger::words::Pieces;

/// Whether this processor can compute in that way.
pub fn has(way: Processor) -> bool {
    match way {
        Processor::Avx512 => Avx512::new().is_some(),
        Processor::AvxVnni => AvxVnni::new().is_some(),
        Processor::Avx2 => Avx2::new().is_some(),
        Processor::Sse2 | Processor::Portable => true,
    }
}

/// [`encoder::run`] in a way of x86, where the processor has it.
pub fn run(way: Processor, model: &Model, pieces: &Pieces, window: &Window) -> Option<Scores> {
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
    fn avx512(kernel: Avx512, model: &Model, pieces: &Pieces, window: &Window) -> Scores {
        encoder::run(kernel, model, pieces, window)
    }
    #[target_feature(enable = "avx2,avxvnni")]
    fn avx_vnni(kernel: AvxVnni, model: &Model, pieces: &Pieces, window: &Window) -> Scores {
        encoder::run(kernel, model, pieces, window)
    }
    #[target_feature(enable = "avx2")]
    fn avx2(kernel: Avx2, model: &Model, pieces: &Pieces, window: &Window) -> Scores {
        encoder::run(kernel, model, pieces, window)
    }
    match way {
        // SAFETY (of all three): the processor has the instructions.
        Processor::Avx512 => Avx512::new().map(|kernel| unsafe { avx512(kernel, model, pieces, window) }),
        Processor::AvxVnni => AvxVnni::new().map(|kernel| unsafe { avx_vnni(kernel, model, pieces, window) }),
        Processor::Avx2 => Avx2::new().map(|kernel| unsafe { avx2(kernel, model, pieces, window) }),
        Processor::Sse2 => Some(encoder::run(Sse2, model, pieces, window)),
        Processor::Portable => None,
    }
}

/// A processor with AVX-512 and VNNI.
#[derive(Debug, Clone, Copy)]
pub struct Avx512(());

impl Avx512 {
    /// The proof that this processor is one.
    pub fn new() -> Option<Self> {
        let has = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vnni");
        has.then_some(Avx512(()))
    }
}

/// A processor with AVX2 and AVX-VNNI.
#[derive(Debug, Clone, Copy)]
pub struct AvxVnni(());

impl AvxVnni {
    /// The proof that this processor is one.
    pub fn new() -> Option<Self> {
        (is_x86_feature_detected!("avx2") && is_x86_feature_detected!("avxvnni")).then_some(AvxVnni(()))
    }
}

/// A processor with AVX2.
#[derive(Debug, Clone, Copy)]
pub struct Avx2(());

impl Avx2 {
    /// The proof that this processor is one.
    pub fn new() -> Option<Self> {
        is_x86_feature_detected!("avx2").then_some(Avx2(()))
    }
}

/// Any processor of this kind.
#[derive(Debug, Clone, Copy)]
pub struct Sse2;

/// The four numbers of eight bits, or two of sixteen, that a line's weights are multiplied with at once.
const BYTES: usize = 4;

/// Implements [`Kernel`] with a way to multiply.
macro_rules! kernel {
    ($kernel:ty, $number:ty, $weights:ty, $pack:ident, $zero:literal, $features:literal, $vector:ty, $parts:literal, $rows:literal, $blocks:literal) => {
        impl Kernel for $kernel {
            type Number = $number;
            type Line = Line<$weights>;

            #[inline(always)]
            fn number(self, whole: i32, zero: i32) -> $number {
                (whole + zero * $zero) as $number
            }

            #[inline(always)]
            fn pack(self, pairs: &[[u8; 2 * COLUMNS]], lines: &mut Vec<Self::Line>) {
                // SAFETY: there is a kernel only where the processor has the instructions.
                unsafe { $pack(pairs, lines) };
            }

            #[inline(always)]
            fn multiply(self, rows: Rows<'_, $number>, panel: &Panel<Self>, sums: &mut [Sums]) {
                #[target_feature(enable = $features)]
                fn with_features(rows: Rows<'_, $number>, panel: &Panel<$kernel>, sums: &mut [Sums]) {
                    // SAFETY: this function may only be called where the processor has the instructions.
                    unsafe { multiply::<$vector, $kernel, $parts, $rows, $blocks>(rows, panel, sums) }
                }
                // SAFETY: there is a kernel only where the processor has the instructions.
                unsafe { with_features(rows, panel, sums) }
            }
        }
    };
}

type Fours = [u32; COLUMNS];
type Pairs = [i16; 2 * COLUMNS];

kernel!(Avx512, u8, Fours, pack_fours, 1, "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni", Zmm, 1, 12, 2);
kernel!(AvxVnni, u8, Fours, pack_fours, 1, "avx2,avxvnni", VnniYmm, 2, 6, 1);
kernel!(Avx2, i16, Pairs, pack_pairs, 0, "avx2", Ymm, 2, 6, 1);
kernel!(Sse2, i16, Pairs, pack_pairs, 0, "sse2", Xmm, 4, 2, 1);

/// The two weights of each column, sixteen bits each.
///
/// # Safety
/// None is needed.
#[inline(always)]
unsafe fn pack_pairs(pairs: &[[u8; 2 * COLUMNS]], lines: &mut Vec<Line<Pairs>>) {
    lines.resize(pairs.len(), Line([0; 2 * COLUMNS]));
    for (line, pair) in lines.iter_mut().zip(pairs) {
        for (into, byte) in line.0.iter_mut().zip(pair) {
            *into = i16::from(byte.cast_signed());
        }
    }
}

/// The four weights of each column together.
///
/// # Safety
/// The processor has AVX2.
#[target_feature(enable = "avx2")]
unsafe fn pack_fours(pairs: &[[u8; 2 * COLUMNS]], lines: &mut Vec<Line<Fours>>) {
    let (fours, _) = pairs.as_chunks::<2>();
    lines.resize(fours.len(), Line([0; COLUMNS]));
    for (line, [first, second]) in lines.iter_mut().zip(fours) {
        // SAFETY: each is as long as a register; a line is as long as two.
        unsafe {
            let (first, second) =
                (_mm256_loadu_si256(first.as_ptr().cast()), _mm256_loadu_si256(second.as_ptr().cast()));
            // Each half of a register apart: columns 0 to 3 and 8 to 11, then the others.
            let (low, high) = (_mm256_unpacklo_epi16(first, second), _mm256_unpackhi_epi16(first, second));
            let into = line.0.as_mut_ptr().cast::<__m256i>();
            _mm256_storeu_si256(into, _mm256_permute2x128_si256::<0x20>(low, high));
            _mm256_storeu_si256(into.add(1), _mm256_permute2x128_si256::<0x31>(low, high));
        }
    }
}

/// A vector register of sums.
trait Vector: Copy {
    /// The vector at `at`.
    ///
    /// # Safety
    /// The processor has the instructions, and a vector may be read.
    unsafe fn load(at: *const Self) -> Self;
    /// Writes the vector.
    ///
    /// # Safety
    /// The processor has the instructions, and a vector may be written.
    unsafe fn store(self, at: *mut Self);
    /// The same 32 bits all over.
    ///
    /// # Safety
    /// The processor has the instructions.
    unsafe fn all(bits: i32) -> Self;
    /// With the products of each 32 bits of `numbers` and `weights` added.
    ///
    /// # Safety
    /// The processor has the instructions.
    unsafe fn add_products(self, numbers: Self, weights: Self) -> Self;
}

/// Implements [`Vector`].
macro_rules! vector {
    ($name:ident, $register:ty, $load:ident, $store:ident, $all:ident, |$sum:ident, $numbers:ident, $weights:ident| $products:expr) => {
        #[derive(Clone, Copy)]
        #[repr(transparent)]
        struct $name($register);

        // SAFETY (of all): as the callers promise.
        impl Vector for $name {
            #[inline(always)]
            unsafe fn load(at: *const Self) -> Self {
                unsafe { $name($load(at.cast())) }
            }
            #[inline(always)]
            unsafe fn store(self, at: *mut Self) {
                unsafe { $store(at.cast(), self.0) }
            }
            #[inline(always)]
            unsafe fn all(bits: i32) -> Self {
                unsafe { $name($all(bits)) }
            }
            #[inline(always)]
            unsafe fn add_products(self, numbers: Self, weights: Self) -> Self {
                let ($sum, $numbers, $weights) = (self.0, numbers.0, weights.0);
                unsafe { $name($products) }
            }
        }
    };
}

vector!(Zmm, __m512i, _mm512_loadu_si512, _mm512_storeu_si512, _mm512_set1_epi32, |sum, numbers, weights| {
    _mm512_dpbusd_epi32(sum, numbers, weights)
});
vector!(VnniYmm, __m256i, _mm256_loadu_si256, _mm256_storeu_si256, _mm256_set1_epi32, |sum, numbers, weights| {
    _mm256_dpbusd_avx_epi32(sum, numbers, weights)
});
vector!(Ymm, __m256i, _mm256_loadu_si256, _mm256_storeu_si256, _mm256_set1_epi32, |sum, numbers, weights| {
    _mm256_add_epi32(sum, _mm256_madd_epi16(numbers, weights))
});
vector!(Xmm, __m128i, _mm_loadu_si128, _mm_storeu_si128, _mm_set1_epi32, |sum, numbers, weights| {
    _mm_add_epi32(sum, _mm_madd_epi16(numbers, weights))
});

/// The sums of all rows with all blocks, `R` rows and `B` blocks at a time; a line is `P` vectors.
///
/// # Safety
/// The processor has the instructions of `V`.
#[inline(always)]
unsafe fn multiply<V: Vector, K: Kernel, const P: usize, const R: usize, const B: usize>(
    rows: Rows<'_, K::Number>,
    panel: &Panel<K>,
    sums: &mut [Sums],
) {
    let inputs = BYTES / size_of::<K::Number>();
    assert!(panel.fits(rows, inputs, sums.len()), "rows, panel and sums fit together");
    assert!(size_of::<[V; P]>() == size_of::<K::Line>(), "a line is as many vectors");
    assert!(size_of::<[V; P]>() == size_of::<Sums>(), "sums are as many vectors");
    let steps = panel.inputs / inputs;
    let blocks = panel.start.len();
    let mut block = 0;
    while block < blocks {
        // Several blocks at a time share what is read of the rows.
        let several = block + B <= blocks;
        let mut row = 0;
        while row < rows.count {
            // Where fewer rows are left than are done at a time, some are done again rather than one by one.
            let tile = if rows.count >= R { R } else { rows.count.min(4) / 4 * 3 + 1 };
            let first = row.min(rows.count - tile);
            row = first + tile;
            // SAFETY: `fits` has shown that all rows, lines and sums lie in their slices.
            unsafe {
                let place = Place::<V> {
                    numbers: rows.numbers.as_ptr().add(first * rows.stride).cast(),
                    stride: rows.stride * size_of::<K::Number>(),
                    lines: panel.lines.as_ptr().add(block * steps).cast(),
                    steps,
                    start: panel.start.as_ptr().add(block).cast(),
                    sums: sums.as_mut_ptr().add(block * rows.count + first).cast(),
                    rows: rows.count,
                };
                match (tile == R, tile == 4, several) {
                    (true, _, true) => place.tile::<P, R, B>(),
                    (true, _, false) => place.tile::<P, R, 1>(),
                    (_, true, true) => place.tile::<P, 4, B>(),
                    (_, true, false) => place.tile::<P, 4, 1>(),
                    (_, _, true) => place.tile::<P, 1, B>(),
                    (_, _, false) => place.tile::<P, 1, 1>(),
                }
            }
        }
        block += if several { B } else { 1 };
    }
}

/// Where a tile's numbers lie.
struct Place<V> {
    /// Its first row.
    numbers: *const u8,
    /// Bytes from one row to the next.
    stride: usize,
    /// Its first block.
    lines: *const V,
    /// Lines of a block.
    steps: usize,
    /// What its first block's sums begin with.
    start: *const V,
    /// Its first row's sums with its first block.
    sums: *mut V,
    /// Rows of sums of a block.
    rows: usize,
}

impl<V: Vector> Place<V> {
    /// Writes the sums of `R` rows with `B` blocks.
    ///
    /// # Safety
    /// The processor has the instructions of `V`, `R` rows and `B` blocks may be read, and their sums written.
    #[inline(always)]
    unsafe fn tile<const P: usize, const R: usize, const B: usize>(self) {
        // SAFETY: as the caller promises.
        unsafe {
            let start: [[V; P]; B] =
                std::array::from_fn(|b| std::array::from_fn(|p| V::load(self.start.add(b * P + p))));
            let mut sums = [start; R];
            for step in 0..self.steps {
                let weights: [[V; P]; B] = std::array::from_fn(|b| {
                    std::array::from_fn(|p| V::load(self.lines.add((b * self.steps + step) * P + p)))
                });
                for (r, sums) in sums.iter_mut().enumerate() {
                    // The address need not be a multiple of four.
                    let bits = self.numbers.add(r * self.stride + step * BYTES).cast::<i32>().read_unaligned();
                    let numbers = V::all(bits);
                    for (sums, weights) in sums.iter_mut().zip(&weights) {
                        for (sum, weights) in sums.iter_mut().zip(weights) {
                            *sum = sum.add_products(numbers, *weights);
                        }
                    }
                }
            }
            for (r, sums) in sums.iter().enumerate() {
                for (b, sums) in sums.iter().enumerate() {
                    for (p, sum) in sums.iter().enumerate() {
                        sum.store(self.sums.add((b * self.rows + r) * P + p));
                    }
                }
            }
        }
    }
}
