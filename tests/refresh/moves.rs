//! Feeds that move, and those that only seem to.
