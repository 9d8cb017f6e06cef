"""Trains, scores and packs the tagger that dateline ships. See README.md in this folder."""
