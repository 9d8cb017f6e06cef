//! Which tables hold data, and which only place things on a page.

use super::dom::{Dom, Ix, Key};
use super::tag::Tag;

/// The longest text of a cell, in bytes; a longer one is no cell but a column of a page.
const LONGEST_CELL: usize = 600;

/// Whether the table `ix` is one to show in rows and columns: no table in it, more than one row with more than one cell,
/// and no cell that holds what only a page holds.
pub(in crate::ingest) fn is_data(dom: &Dom, ix: Ix) -> bool {
    if dom.attribute(ix, Key::Role).is_some_and(|role| matches!(role.trim(), "presentation" | "none")) {
        return false;
    }
    let (mut rows, mut cells, mut paragraphs, mut bytes) = (0, 0, 0, 0);
    let mut has_headers = false;
    for at in dom.below(ix) {
        match dom.tag(at) {
            Tag::Table | Tag::H1 | Tag::H2 | Tag::Blockquote | Tag::Pre | Tag::Article | Tag::Form => return false,
            Tag::Tr => {
                rows += usize::from(cells > 1);
                cells = 0;
            }
            tag @ (Tag::Td | Tag::Th) => {
                has_headers |= tag == Tag::Th;
                cells += 1;
                (paragraphs, bytes) = (0, 0);
            }
            Tag::P => {
                paragraphs += 1;
                if paragraphs > 2 {
                    return false;
                }
            }
            Tag::Text => {
                bytes += dom.text(at).trim().len();
                if bytes > LONGEST_CELL && cells > 0 {
                    return false;
                }
            }
            _ => (),
        }
    }
    rows += usize::from(cells > 1);
    rows >= if has_headers { 1 } else { 2 }
}

/// Whether the row `ix` names the columns.
pub(super) fn is_header(dom: &Dom, ix: Ix) -> bool {
    let mut cells = dom.children(ix).filter(|&at| matches!(dom.tag(at), Tag::Td | Tag::Th)).peekable();
    cells.peek().is_some()
        && (dom.tag(dom.parent(ix)) == Tag::Thead
            || cells.all(|at| dom.tag(at) == Tag::Th || dom.line(at, 1).is_empty()))
}

/// How many columns a cell takes.
pub(super) fn columns(dom: &Dom, ix: Ix) -> usize {
    const MOST: usize = 20;
    dom.attribute(ix, Key::Colspan).and_then(|count| count.trim().parse().ok()).unwrap_or(1).clamp(1, MOST)
}
