"""What every layer stands on: settings, paths, formats, words in the user's language, errors."""
