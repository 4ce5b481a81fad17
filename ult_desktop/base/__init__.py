"""What every layer uses: settings of a station, words, formats, errors, and where files lie."""
