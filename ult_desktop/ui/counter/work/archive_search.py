"""What a page sends to the page Permohonan to have looked up in the archives."""

from typing import NamedTuple


class ArchiveSearch(NamedTuple):
    """A subject for `open_page("cases", …)`: the words to begin with, "" for none."""

    text: str = ""
