"""The batches of an import as they are read from outside."""

import msgspec
import pytest

from ult_desktop.core.lists.commands import ListBatch


@pytest.mark.parametrize("remembered", ['"Nama": ""', '"": "nama"'])
def test_an_empty_answer_and_an_answer_to_nothing_are_refused(remembered: str) -> None:
    """The table of answers takes neither, so they are refused before they are tried."""
    with pytest.raises(msgspec.ValidationError, match="length >= 1"):
        msgspec.json.decode(f'{{"key": "a", "remember": {{{remembered}}}}}', type=ListBatch)
