"""Opening hours as people type them."""

import pytest

from ult_desktop.core.office.template import Weekly
from ult_desktop.core.office.working_time import hours_text, parse_spans


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("08.00-12.00, 12.30-15.00", ("08.00-12.00", "12.30-15.00")),
        ("8-12; 13:00–16:30", ("08.00-12.00", "13.00-16.30")),
        (" 7.30 s.d. 11.30 ", ("07.30-11.30",)),
        ("00.00-23.59", ("00.00-23.59",)),
        ("", ()),
        (" , ", ()),
        ("pagi", None),
        ("8", None),
        ("8-12, sore", None),
        ("24-25", None),
        ("08.00-12.60", None),
        ("12-8", None),
        ("8-12, 11-15", None),
        ("8-12, 12-15", None),
    ],
)
def test_what_is_understood(typed: str, spans: tuple[str, ...] | None) -> None:
    assert parse_spans(typed) == spans
    if spans is not None:
        assert parse_spans(hours_text(spans)) == spans
        assert Weekly(monday=spans).monday == spans
