"""The page of yearly judgements (Penilaian) and its boxes."""
