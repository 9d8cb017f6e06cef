//! Tables for spreadsheets.

use crate::work::*;

#[test]
fn tables_are_read_by_a_reader_of_tables() {
    let folder = library();
    for (format, column, value) in [
        ("quotes-csv", "Speaker", "Daulet Serikbayev"),
        ("officials-csv", "Name", "Daulet Serikbayev"),
        ("events-csv", "Event Type", "ASSAULT"),
    ] {
        let table = exported(folder.path(), &["--format", format]);
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let header = reader.headers().unwrap().clone();
        let at = header.iter().position(|name| name == column).unwrap();
        // The reader refuses rows of other lengths.
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
        assert!(rows.len() > 10, "{format}: {}", rows.len());
        assert!(rows.iter().any(|row| &row[at] == value), "{format}");
        assert_eq!(table.lines().count(), rows.len() + 1, "a row is a line");
    }
}
