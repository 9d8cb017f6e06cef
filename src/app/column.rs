//! Places in a long column of rows that is laid out only where it is looked at.

/// A row: in which piece of the column, which of its rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// The piece, from 0.
    pub piece: usize,
    /// The row in it, from 0.
    pub row: usize,
}

/// A column of pieces, each of which has some rows once it is laid out.
pub trait Column {
    /// How many pieces there are.
    fn pieces(&self) -> usize;

    /// How many rows a piece has.
    fn height(&mut self, piece: usize) -> usize;

    /// `count` rows further, at most the last row.
    fn forward(&mut self, mut cursor: Cursor, mut count: usize) -> Cursor {
        loop {
            let rows = self.height(cursor.piece);
            if cursor.row.saturating_add(count) < rows {
                return Cursor { row: cursor.row + count, ..cursor };
            }
            if cursor.piece + 1 >= self.pieces() {
                return Cursor { row: rows.saturating_sub(1), ..cursor };
            }
            count -= rows.saturating_sub(cursor.row).min(count);
            cursor = Cursor { piece: cursor.piece + 1, row: 0 };
        }
    }

    /// `count` rows back, at most the first row.
    fn back(&mut self, mut cursor: Cursor, mut count: usize) -> Cursor {
        loop {
            if count <= cursor.row {
                return Cursor { row: cursor.row - count, ..cursor };
            }
            if cursor.piece == 0 {
                return Cursor::default();
            }
            count -= cursor.row + 1;
            cursor = self.last_row(cursor.piece - 1);
        }
    }

    /// The top row at which the last row stands at the bottom of `height` rows.
    fn last_top(&mut self, height: usize) -> Cursor {
        let Some(piece) = self.pieces().checked_sub(1) else { return Cursor::default() };
        let end = self.last_row(piece);
        self.back(end, height.saturating_sub(1))
    }

    /// The last row of a piece.
    fn last_row(&mut self, piece: usize) -> Cursor {
        Cursor { piece, row: self.height(piece).saturating_sub(1) }
    }
}
