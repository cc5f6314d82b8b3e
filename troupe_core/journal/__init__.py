"""The run on disk: one append-only journal, the inputs it rests on, and what reads them."""
