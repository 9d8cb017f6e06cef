-- What a note sets right in what the program found at its words (`corrections.rs`): the words of `model::Correction`, or
-- NULL. The program's own findings are kept as they are; the facts are those that have been corrected.
ALTER TABLE note ADD COLUMN correction TEXT;
CREATE INDEX note_that_corrects ON note (correction, article) WHERE correction IS NOT NULL;
