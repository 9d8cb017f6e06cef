//! From the scores of pieces to the tags of words: the most probable sequence of tags that makes sense.

use super::encoder::Scores;
use super::file::Model;
use super::window::Window;
use super::words::Pieces;
use super::{Named, Role, Tagged, Tags, Word};
use crate::text::Span;

/// The tags of a text's words. A word has the scores of its first piece.
pub fn tags<'a>(model: &'a Model, pieces: &Pieces, windows: &[Window], scores: &[Scores]) -> Tags<'a> {
    let roles = model.header.attribution.len();
    let names = model.header.names.len();
    let mut of_roles = Vec::with_capacity(pieces.words.len() * roles);
    let mut of_names = Vec::with_capacity(pieces.words.len() * names);
    for (window, scores) in windows.iter().zip(scores) {
        for at in window.kept.clone().filter(|&at| pieces.first[at]) {
            let scores = scores.of(at - window.read.start);
            of_roles.extend(log_shares(&scores[..roles]));
            of_names.extend(log_shares(&scores[roles..roles + names]));
        }
    }
    let share = |at: usize, tag: usize| of_roles[at * roles + tag].exp() + of_roles[at * roles + tag + 1].exp();
    let words = pieces
        .words
        .iter()
        .enumerate()
        .map(|(at, &span)| Word { span, source: share(at, 1), cue: share(at, 3), content: share(at, 5) })
        .collect();
    let best_roles = best(&of_roles, roles, &model.attribution_steps);
    let best_names = best(&of_names, names, &model.name_steps);
    let tagged = runs(&best_roles, &of_roles, roles).into_iter().map(|run| Tagged {
        role: [Role::Source, Role::Cue, Role::Content][run.kind],
        span: run.span(&pieces.words),
        confidence: run.confidence,
    });
    let named = runs(&best_names, &of_names, names).into_iter().map(|run| Named {
        kind: model.header.names[2 * run.kind + 1].trim_start_matches("B-"),
        span: run.span(&pieces.words),
        confidence: run.confidence,
    });
    Tags { words, roles: tagged.collect(), names: named.collect() }
}

/// Scores as logarithms of probabilities.
fn log_shares(scores: &[f32]) -> impl Iterator<Item = f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let total: f32 = scores.iter().map(|score| (score - most).exp()).sum();
    let log = most + total.ln();
    scores.iter().map(move |score| score - log)
}

/// The best sequence of tags (Viterbi). Tag 0 is outside, odd ones begin a run, the even one after each goes on with it.
fn best(scores: &[f32], tags: usize, steps: &[f32]) -> Vec<usize> {
    const FORBIDDEN: f32 = -1e4;
    let mut rows = scores.chunks_exact(tags);
    let Some(first) = rows.next() else { return Vec::new() };
    let mut total: Vec<f32> = first.to_vec();
    for going_on in (2..tags).step_by(2) {
        total[going_on] += FORBIDDEN;
    }
    let mut came_from: Vec<u8> = Vec::with_capacity(scores.len());
    let mut next = vec![0.0; tags];
    for row in rows {
        for (to, score) in row.iter().enumerate() {
            let going_on = to > 0 && to % 2 == 0;
            let mut top = (f32::MIN, 0);
            for (from, total) in total.iter().enumerate() {
                let allowed = !going_on || from == to || from == to - 1;
                let sum = total + if allowed { steps[from * tags + to] } else { FORBIDDEN };
                if sum > top.0 {
                    top = (sum, from);
                }
            }
            next[to] = top.0 + score;
            came_from.push(top.1 as u8);
        }
        std::mem::swap(&mut total, &mut next);
    }
    let last = (0..tags).fold(0, |top, tag| if total[tag] > total[top] { tag } else { top });
    let mut best = vec![last];
    for row in came_from.chunks_exact(tags).rev() {
        best.push(usize::from(row[best[best.len() - 1]]));
    }
    best.reverse();
    best
}

/// Words with one tag, the first of them beginning.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    kind: usize,
    first: usize,
    last: usize,
    confidence: f32,
}

impl Run {
    fn span(&self, words: &[Span]) -> Span {
        words[self.first].join(words[self.last])
    }
}

fn runs(best: &[usize], scores: &[f32], tags: usize) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut total = 0.0;
    for (at, &tag) in best.iter().enumerate().filter(|&(_, &tag)| tag > 0) {
        let kind = (tag - 1) / 2;
        let begins = 2 * kind + 1;
        let probable = scores[at * tags + begins].exp() + scores[at * tags + begins + 1].exp();
        if tag == begins {
            total = 0.0;
            runs.push(Run { kind, first: at, last: at, confidence: 0.0 });
        }
        if let Some(run) = runs.last_mut() {
            total += probable;
            run.last = at;
            run.confidence = (total / (at + 1 - run.first) as f32).min(1.0);
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_goes_on_only_where_it_began() {
        // Outside, begin and go on of one kind; the second word would go on most, the first begins little.
        let scores: Vec<f32> =
            [[0.6_f32, 0.3, 0.1], [0.1, 0.2, 0.7], [0.8, 0.1, 0.1]].iter().flatten().map(|p| p.ln()).collect();
        assert_eq!(best(&scores, 3, &[0.0; 9]), [1, 2, 0]);
        let alone: Vec<f32> = [[0.98_f32, 0.01, 0.01], [0.2, 0.3, 0.5]].iter().flatten().map(|p| p.ln()).collect();
        assert_eq!(best(&alone, 3, &[0.0; 9]), [0, 1]);
    }

    #[test]
    fn runs_stand_where_their_words_are() {
        let scores = [0.0_f32.ln(), 0.5_f32.ln(), 0.5_f32.ln()].repeat(4);
        let runs = runs(&[1, 2, 0, 1], &scores, 3);
        assert_eq!(runs.iter().map(|run| (run.first, run.last)).collect::<Vec<_>>(), [(0, 1), (3, 3)]);
    }
}
