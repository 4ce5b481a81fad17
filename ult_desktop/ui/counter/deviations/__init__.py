"""The page Penyimpangan: what the office has to account for."""
