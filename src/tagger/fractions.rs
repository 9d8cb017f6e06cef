//! Operations on fractions that give the same bits on every processor: only what every processor rounds the same way, in
//! one fixed order, each long sum in sixteen partial sums.

use super::file::Norm;

/// Numbers that are worked on side by side.
const LANES: usize = 16;
/// Adding and taking away 1.5 × 2²³ leaves no room for a fraction; every processor does it, unlike rounding itself.
const NO_FRACTION: f32 = 12_582_912.0;

/// The nearest whole number, of two as near the even one, of a number below 2²².
#[inline(always)]
pub fn nearest(number: f32) -> i32 {
    ((number + NO_FRACTION).to_bits() as i32).wrapping_sub(NO_FRACTION.to_bits() as i32)
}

/// The larger of two, neither of them no number.
#[inline(always)]
pub fn larger(one: f32, other: f32) -> f32 {
    if one > other { one } else { other }
}

/// All numbers brought together by `of`, by halves.
#[inline(always)]
pub fn together(numbers: [f32; LANES], of: impl Fn(f32, f32) -> f32) -> f32 {
    let eight: [f32; 8] = std::array::from_fn(|at| of(numbers[at], numbers[at + 8]));
    let four: [f32; 4] = std::array::from_fn(|at| of(eight[at], eight[at + 4]));
    of(of(four[0], four[2]), of(four[1], four[3]))
}

/// The largest of the numbers without their signs.
#[inline(always)]
pub fn largest(row: &[f32]) -> f32 {
    let mut most = [0.0_f32; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        most = std::array::from_fn(|at| larger(chunk[at].abs(), most[at]));
    }
    rest.iter().fold(together(most, larger), |most, number| larger(number.abs(), most))
}

/// The largest of each column of `rows`, without their signs.
#[inline(always)]
pub fn largest_of_columns<const N: usize>(rows: &[[f32; N]]) -> [f32; N] {
    let mut most = [0.0_f32; N];
    for row in rows {
        most = std::array::from_fn(|at| larger(row[at].abs(), most[at]));
    }
    most
}

/// Adds to the first numbers of `into`.
#[inline(always)]
pub fn add<const N: usize>(numbers: &[f32; N], into: &mut [f32]) {
    if let Some(into) = into.first_chunk_mut::<N>() {
        *into = std::array::from_fn(|at| into[at] + numbers[at]);
    }
}

/// Two to the power of `x`, which is not above zero, to four digits: a power of a whole number times a polynomial (Lawson's fit
/// to 2ˣ from −½ to ½). Below −20 it is as at −20.
#[inline(always)]
pub fn power_of_two(x: f32) -> f32 {
    let x = larger(x, -20.0);
    let shifted = x + NO_FRACTION;
    let r = x - (shifted - NO_FRACTION);
    let mut p = 0.055_171_616;
    p = p * r + 0.242_611_63;
    p = p * r + 0.693_261;
    p = p * r + 0.999_928_06;
    // The power goes to the exponent.
    f32::from_bits(p.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// What [`gelu`] is never below.
pub const GELU_LOWEST: f32 = -0.1703;

/// The Gaussian error linear unit, x Φ(x), to 0.0002: Φ(x) − ½ is an odd polynomial (Lawson's fit) from −4 to 4, where it is ½.
#[inline(always)]
pub fn gelu(x: f32) -> f32 {
    let near = if x > 4.0 { 4.0 } else { larger(x, -4.0) };
    let square = near * near;
    let mut p = 2.258_823_4e-8;
    p = p * square - 1.588_828_5e-6;
    p = p * square + 4.776_391e-5;
    p = p * square - 8.121_877_3e-4;
    p = p * square + 8.763_692e-3;
    p = p * square - 6.455_441_6e-2;
    p = p * square + 0.397_870_27;
    x * (0.5 + near * p)
}

/// Layer normalisation (Ba et al. 2016).
#[inline(always)]
pub fn normalise(norm: &Norm, row: &mut [f32]) {
    let count = row.len() as f32;
    let mean = sum(row, |number| number) / count;
    let variance = sum(row, |number| (number - mean) * (number - mean)) / count;
    let inverse = 1.0 / (variance + 1e-12).sqrt();
    for ((number, weight), bias) in row.iter_mut().zip(&norm.weight).zip(&norm.bias) {
        *number = (*number - mean) * inverse * *weight + *bias;
    }
}

/// A sum in partial sums.
#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut parts = [0.0_f32; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        parts = std::array::from_fn(|at| parts[at] + of(chunk[at]));
    }
    rest.iter().fold(together(parts, |one, other| one + other), |total, number| total + of(*number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_and_units_are_those_of_the_books() {
        for step in 0..=200 {
            let x = -(step as f32) / 10.0;
            let right = f64::from(x).exp2();
            assert!((f64::from(power_of_two(x)) - right).abs() <= right * 1e-4, "2 to the {x}");
        }
        assert!(power_of_two(-1e9) < 1e-6);
        // x Φ(x), from tables of the normal distribution.
        for (x, right) in [
            (0.0, 0.0),
            (1.0, 0.841_344_7),
            (-1.0, -0.158_655_3),
            (2.5, 2.484_475_8),
            (-3.0, -0.004_049_7),
            (100.0, 100.0),
            (-100.0, 0.0),
        ] {
            assert!((gelu(x) - right).abs() < 2e-4, "gelu {x}");
        }
        assert!((-1000..0).all(|step| gelu(step as f32 / 100.0) >= GELU_LOWEST));
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
