"""What the lobby TV shows between calls: pictures, films, or the built-in slide."""
