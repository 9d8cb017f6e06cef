//! Statements told inside other ones: X said that Y had said …

use crate::model::Annotations;

/// Deeper than this nothing is told; what claims to be is shown for itself.
const DEEPEST: usize = 8;

/// Which statement is told inside which, by number.
#[derive(Debug, Default)]
pub struct Nested {
    outer: Vec<Option<usize>>,
    inner: Vec<Vec<usize>>,
}

impl Nested {
    /// Of the statements of an article.
    pub fn new(found: &Annotations) -> Nested {
        let count = found.quotations.len();
        let within = |number: usize| found.quotations.get(number)?.within.filter(|outer| *outer < count);
        // A chain that does not end would be told by nobody.
        let ends = |number: usize| std::iter::successors(Some(number), |at| within(*at)).nth(DEEPEST).is_none();
        let outer: Vec<Option<usize>> = (0..count).map(|number| within(number).filter(|_| ends(number))).collect();
        let mut inner = vec![Vec::new(); count];
        for (number, around) in outer.iter().enumerate() {
            if let Some(list) = around.and_then(|around| inner.get_mut(around)) {
                list.push(number);
            }
        }
        Nested { outer, inner }
    }

    /// The statement inside which this one is told.
    pub fn outer(&self, number: usize) -> Option<usize> {
        self.outer.get(number).copied().flatten()
    }

    /// Every statement around this one, the nearest first.
    pub fn around(&self, number: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.outer(number), |at| self.outer(*at))
    }

    /// The statements told inside this one, each after the one it is told in, with how deep.
    pub fn inside(&self, number: usize) -> Vec<(usize, usize)> {
        let mut listed = Vec::new();
        let of = |number: usize| self.inner.get(number).map_or(&[][..], Vec::as_slice);
        let mut open: Vec<(usize, usize)> = of(number).iter().rev().map(|inner| (*inner, 1)).collect();
        while let Some((inner, depth)) = open.pop() {
            listed.push((inner, depth));
            open.extend(of(inner).iter().rev().map(|next| (*next, depth + 1)));
        }
        listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Quotation;

    fn nested(within: &[Option<usize>]) -> Nested {
        let quotation = |within: &Option<usize>| Quotation { within: *within, ..Quotation::default() };
        Nested::new(&Annotations { quotations: within.iter().map(quotation).collect(), ..Annotations::default() })
    }

    #[test]
    fn inner_ones_follow_those_they_are_told_in() {
        let nested = nested(&[None, Some(0), Some(1), Some(0), None]);
        assert_eq!(nested.inside(0), [(1, 1), (2, 2), (3, 1)]);
        assert_eq!(nested.inside(4), []);
        assert_eq!(nested.around(2).collect::<Vec<_>>(), [1, 0]);
    }

    #[test]
    fn circles_and_places_that_are_not_there_nest_nothing() {
        for within in [&[Some(1), Some(0)][..], &[Some(0)], &[Some(9)], &[Some(usize::MAX)]] {
            assert_eq!(nested(within).outer(0), None, "{within:?}");
        }
    }
}
