"""python -m unittest training.tests: what must hold whatever the data. Needs neither ../shared nor a teacher."""
import argparse
import contextlib
import io
import json
import random
import struct
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from . import augment, batches, calibrate, decode, documents, export, gum, infer, model, tokens, train

VOCABULARY = [tokens.PARAGRAPH, tokens.UNKNOWN, tokens.CLS, *'"“”‘’\'«»„.,:-', "said", "the", "ministry", "no", "we", "will", "wait", "skoda", "##s",
              *"abcdefghijklmnopqrstuvwxyz", *("##" + c for c in "abcdefghijklmnopqrstuvwxyz")]
TEXT = ('“We will wait. We will wait no more,” said the minister. “No ‘the end’ is the end.”\n\n'
        "The ministry's wait: \"no end. We will wait, and we will say so again and again.\" said Škoda.")


def document():
    def span(role, words, after=0):
        at = TEXT.index(words, after)
        return role, at, at + len(words)
    spans = [span(2, "“We will wait. We will wait no more,”"), span(1, "said"), span(0, "the minister"), span(2, "“No ‘the end’ is the end.”"),
             span(2, '"no end. We will wait, and we will say so again and again."'), span(1, "said", 120), span(0, "Škoda")]
    _, start, end = spans[-1]
    return documents.Document("d", TEXT, spans, [(start, end, ["PERSON"])])


def small_state():
    torch.manual_seed(3)
    return model.Tagger(len(VOCABULARY), 1).eval().state_dict()


class Words(unittest.TestCase):
    def test_offsets_pieces_and_cases(self):
        t = tokens.Tokenizer(VOCABULARY)("Škoda\n\nU.S. 12 \u200b")
        self.assertEqual(t.words, [(0, 5), (5, 7), (7, 8), (8, 9), (9, 10), (10, 11), (12, 14)])
        self.assertEqual([VOCABULARY[p] for p in t.pieces], ["skoda", "[unused0]", "u", ".", "s", ".", "[UNK]"])
        self.assertEqual(t.case.tolist(), [3, 0, 5, 0, 5, 0, 4])

    def test_windows_cover_all_and_begin_at_words(self):
        rng = random.Random(1)
        for n in (0, 1, 319, 320, 700, 2000):
            first = np.array([k == 0 or rng.random() < 0.6 for k in range(n)], bool)
            spans = tokens.windows(first)
            self.assertEqual((spans[0][0], spans[-1][1]), (0, n))
            self.assertTrue(all(e - b < tokens.WINDOW for b, e in spans))
            for (_, e), (b, _) in zip(spans, spans[1:]):
                self.assertTrue(e - tokens.OVERLAP <= b <= e and first[b] and first[e])

    def test_a_word_longer_than_a_window_is_cut(self):
        self.assertEqual(tokens.windows(np.array([True] + [False] * 499)), [(0, 319), (319, 500)])

    def test_joined_windows_share_the_overlap(self):
        parts = [np.full((10, 1), 1.0), np.full((10, 1), 2.0)]
        self.assertEqual(tokens.join(parts, [(0, 10), (6, 16)], 16)[:, 0].tolist(), [1.0] * 8 + [2.0] * 8)


class Augmentation(unittest.TestCase):
    def test_every_style_keeps_the_labels(self):
        tokenizer, doc = tokens.Tokenizer(VOCABULARY), document()
        before = batches.encode(doc, tokenizer)
        for style in augment.STYLES:
            after = batches.encode(augment.restyled(doc, style), tokenizer)
            self.assertEqual(before.attribution.tolist(), after.attribution.tolist(), style)
            self.assertEqual(before.names.tolist(), after.names.tolist(), style)

    def test_british_marks_swap_outer_and_inner(self):
        text = augment.restyled(document(), "british").text
        self.assertIn("‘No “the end” is the end.’", text)
        self.assertIn("The ministry’s wait: ‘no end.", text)

    def test_a_long_quotation_runs_over_paragraphs_as_one_span(self):
        quote = "“" + " ".join(["We will wait and wait and wait."] * 8) + "”"
        doc = augment.over_paragraphs(documents.Document("d", quote + " said she.", [(2, 0, len(quote))]), random.Random(2))
        self.assertEqual(doc.text.count("\n\n“We"), 2)
        self.assertEqual(doc.text.count("”"), 1)
        self.assertEqual(doc.text[doc.spans[0][2] - 1], "”")

    def test_capitals_move_nothing(self):
        doc = document()
        for seed in range(20):
            other = augment.recased(doc, random.Random(seed))
            self.assertEqual(other.text.lower(), doc.text.lower())
            self.assertEqual(other.spans, doc.spans)

    def test_an_epoch_is_the_same_for_the_same_seed(self):
        tokenizer, docs = tokens.Tokenizer(VOCABULARY), [document()] * 9
        def pieces(seed, number):
            return [d.toks.pieces[b:e].tolist() for batch in batches.epoch(docs, tokenizer, 2, seed, number) for d, b, e in batch]
        self.assertEqual(pieces(1, 0), pieces(1, 0))
        self.assertNotEqual(pieces(1, 0), pieces(1, 1))


class Gum(unittest.TestCase):
    LINES = ["# newpar\n", "1\tThe\t_\t_\tDT\t_\t_\t_\t_\tEntity=(1-organization-new-x-cf1-2-sgl\n", "2\tHague\t_\t_\tNNP\t_\t_\t_\t_\tEntity=1)|SpaceAfter=No\n",
             "3\t,\t_\t_\t,\t_\t_\t_\t_\t_\n", "4\ta\t_\t_\tDT\t_\t_\t_\t_\tEntity=(2-place-new-x-cf2-2-sgl\n", "5\ttown\t_\t_\tNN\t_\t_\t_\t_\tEntity=2)\n"]

    def test_names_are_entities_with_a_proper_noun_for_head(self):
        text, named = gum.parse(self.LINES)
        self.assertEqual(text, "The Hague, a town ")
        self.assertEqual([(kind, text[s:e]) for kind, s, e, _ in named], [("organization", "The Hague")])

    def test_the_teacher_decides_between_a_places_types_only(self):
        names = gum.names("In Peru", [("place", 3, 7, 1)], [(3, 7, "GPE")])
        self.assertEqual(names[-1], (3, 7, ["GPE"]))
        names = gum.names("In Peru", [("place", 3, 7, 1)], [(3, 7, "PERSON")])
        self.assertEqual(names[-1], (3, 7, ["GPE", "LOC", "FAC"]))


class Decoding(unittest.TestCase):
    def test_viterbi_follows_the_rules_of_bio(self):
        scores = decode.log_softmax(np.array([[0, 0, 9, 0, 0], [0, 0, 9, 0, 0], [0, 0, 0, 5, 9.0]]))
        y = decode.viterbi(scores, decode.allowed(5))
        self.assertEqual(y.tolist(), [1, 2, 3])


class File(unittest.TestCase):
    def test_weights_stand_where_the_file_says(self):
        rows = np.arange(32 * 6).reshape(32, 6).astype(np.int8)
        flat = export.pack(rows).reshape(-1)
        for o, i in ((0, 0), (17, 3), (31, 5), (15, 4)):
            self.assertEqual(flat[((o // 16) * 3 + i // 2) * 32 + (o % 16) * 2 + i % 2], rows[o, i])

    def test_header_and_payload(self):
        from blake3 import blake3
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "t.bin"
            export.write(path, "t", small_state(), VOCABULARY, [decode.allowed(7), decode.allowed(37)])
            raw = path.read_bytes()
        length, = struct.unpack("<I", raw[8:12])
        header = json.loads(raw[12:12 + length])
        self.assertEqual(raw[:8], export.MAGIC)
        self.assertEqual((12 + length) % 64, 0)
        payload = raw[12 + length:]
        self.assertEqual(header["blake3"], blake3(payload).hexdigest())
        self.assertEqual(payload[:header["vocabulary_bytes"]].decode().split("\n"), VOCABULARY)
        self.assertTrue(payload.endswith(decode.allowed(37).tobytes()))

    def test_rounding_is_small(self):
        state = small_state()
        for name, value in export.dequantised(state).items():
            self.assertLessEqual(float((value - state[name]).abs().max()), float(state[name].abs().max()) / 253, name)


class Training(unittest.TestCase):
    def run_in(self, folder, **more):
        with contextlib.redirect_stdout(io.StringIO()):
            return train.main(["--data", str(folder), "--vocabulary", str(folder / "vocab.txt"), "--start", str(folder / "start.safetensors"), "--layers", "0",
                               "--size", "1", "--threads", "1", "--device", "cpu", *(str(x) for k, v in more.items() for x in ("--" + k.replace("_", "-"), v))])

    def test_an_interrupted_run_ends_as_an_uninterrupted_one(self):
        from safetensors.torch import load_file, save_file
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf8")
            documents.write(folder / "documents.jsonl", [document()] * 3)
            save_file(small_state(), folder / "start.safetensors")
            self.assertTrue(self.run_in(folder, out=folder / "whole"))
            self.assertFalse(self.run_in(folder, out=folder / "parts", stop_after=4))
            self.assertTrue(self.run_in(folder, out=folder / "parts"))
            whole, parts = (load_file(folder / x / "tagger.safetensors") for x in ("whole", "parts"))
            start = load_file(folder / "start.safetensors")
            self.assertTrue(all(torch.equal(whole[k], parts[k]) for k in whole))
            self.assertFalse(torch.equal(whole["attr.weight"].float(), start["attr.weight"].half().float()))
            with self.assertRaises(SystemExit):
                self.run_in(folder, out=folder / "parts", seed=7)

    def test_any_label_of_a_set_will_do(self):
        bits = torch.tensor([1 << i for i in range(37)])
        names = torch.full((1, 2, 37), -20.0)
        names[0, :, 3] = 20.0
        batch = argparse.Namespace(attribution=torch.full((1, 2), -100), names=torch.tensor([[1 << 3 | 1 << 5, 0]]))
        self.assertLess(float(train.losses((torch.zeros(1, 2, 7), names), batch, bits)[1]), 1e-6)


class Inference(unittest.TestCase):
    def test_a_long_text_gets_an_answer_a_piece(self):
        tagger, toks = model.from_state(small_state()), tokens.Tokenizer(VOCABULARY)(TEXT * 12)
        self.assertGreater(len(toks.pieces), tokens.WINDOW)
        for rows, labels in zip(infer.logits(tagger, toks, 2), (7, 37)):
            self.assertEqual(rows.shape, (len(toks.pieces), labels))
            self.assertTrue(np.abs(rows).sum(1).all())


class Calibration(unittest.TestCase):
    def test_isotonic_steps_rise_and_keep_the_count(self):
        rng = random.Random(5)
        pairs = [(c, int(rng.random() < c * c)) for c in (rng.random() for _ in range(3000))]
        steps = calibrate.few(calibrate.isotonic(pairs), 6, 50)
        self.assertLessEqual(len(steps), 6)
        self.assertEqual(sum(n for _, _, n in steps), 3000)
        self.assertEqual([p for _, p, _ in steps], sorted(p for _, p, _ in steps))
        before, after = calibrate.quality(pairs), calibrate.quality([(calibrate.apply(steps, c), r) for c, r in pairs])
        self.assertLess(after[0], before[0])

    def test_equal_confidences_get_one_probability(self):
        self.assertEqual(calibrate.isotonic([(0.5, 1), (0.5, 0), (0.5, 0), (0.5, 1)]), [(0.5, 0.5, 4)])


if __name__ == "__main__":
    unittest.main()
