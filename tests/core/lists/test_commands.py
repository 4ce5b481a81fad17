"""The batches of an import as they are read from outside."""

import msgspec
import pytest

from ult_desktop.core.lists.commands import ListBatch


def test_an_empty_answer_about_a_column_is_refused() -> None:
    """The table of answers takes none, so it is refused before it is tried."""
    with pytest.raises(msgspec.ValidationError, match="length >= 1"):
        msgspec.json.decode(b'{"key": "a", "remember": {"Nama": ""}}', type=ListBatch)
