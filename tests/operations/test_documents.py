"""A file of the store becomes a document of a visit."""

from pathlib import Path

import msgspec
import pytest

from tests.operations.doorway import Doorway
from ult_desktop.core.document import MOST_KEPT
from ult_desktop.core.identity_asks import RecordLetter
from ult_desktop.db import documents
from ult_desktop.errors import UserError
from ult_desktop.operations.documents import attach


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "rahasia-nama.pdf"
    path.write_bytes(b"%PDF-1.4 isi")
    return path


def test_a_scan_is_attached_and_the_log_knows_nothing_of_it(door: Doorway, letter: Path) -> None:
    visit = door.welcome()
    kept = documents.store(door.scene.office.path, letter)
    document = door.do(attach(kept, visit.id))
    assert door.card(visit.id).documents == (document,)
    assert (document.name, document.officer) == ("rahasia-nama.pdf", "Rina Lestari")
    door.do(RecordLetter(visit_id=visit.id, document_id=document.id))
    assert door.card(visit.id).letters[0].document_id == document.id
    assert "rahasia-nama" not in "".join(event.data for event in door.scene.events())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sha256": "../../etc"}, "tidak dapat dilampirkan"),
        ({"size": MOST_KEPT + 1}, "tidak dapat dilampirkan"),
        ({"size": 0}, "tidak dapat dilampirkan"),
        ({"media_type": "text/html"}, "tidak dapat dilampirkan"),
        ({"visit_id": 99}, "Kunjungan itu tidak ada"),
    ],
)
def test_what_is_no_document(door: Doorway, letter: Path, change: dict[str, object], words: str) -> None:
    ask = attach(documents.store(door.scene.office.path, letter))
    with pytest.raises(UserError, match=words):
        door.do(msgspec.structs.replace(ask, **change))
