"""The batches of an import as they are read from outside."""

import msgspec
import pytest

from ult_desktop.core.lists.commands import ListBatch


@pytest.mark.parametrize(
    "fields", ['"key": "a", "remember": {"Nama": ""}', '"key": "a", "remember": {"": "nama"}', '"key": ""']
)
def test_an_empty_answer_an_answer_to_nothing_and_an_import_without_key_are_refused(fields: str) -> None:
    """The tables take none of them, so they are refused before they are tried."""
    with pytest.raises(msgspec.ValidationError, match="length >= 1"):
        msgspec.json.decode(f"{{{fields}}}", type=ListBatch)
