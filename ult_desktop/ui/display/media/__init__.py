"""The media of the lobby TV between calls: pictures, films, or the built-in slide."""
