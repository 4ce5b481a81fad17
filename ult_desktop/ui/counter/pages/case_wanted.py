"""What a page sends to the page Permohonan to have a visitor's question written down there."""

from typing import NamedTuple


class CaseWanted(NamedTuple):
    """A subject for `open_page("cases", …)`: the visit of who asks."""

    visit_id: int
