"""What a station does while the share is gone: numbers of its own series, calls by mouth."""
