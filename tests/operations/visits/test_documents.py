"""A file of the store becomes a document of a visit."""

from pathlib import Path

import msgspec
import pytest

from tests.operations.visits.doorway import Doorway
from ult_desktop.base.errors import UserError
from ult_desktop.core.visits.commands import RecordLetter
from ult_desktop.core.visits.document import MAX_STORED_BYTES
from ult_desktop.db.visits import documents
from ult_desktop.operations.visits.documents import attach_command

pytestmark = pytest.mark.by_engine


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "rahasia-nama.pdf"
    path.write_bytes(b"%PDF-1.4 isi")
    return path


def test_a_scan_is_attached_and_the_log_knows_nothing_of_it(door: Doorway, letter: Path) -> None:
    visit = door.welcome()
    kept = documents.store(door.scene.office.path, letter)
    document = door.do(attach_command(kept, visit.id))
    assert door.card(visit.id).documents == (document,)
    assert (document.name, document.officer) == ("rahasia-nama.pdf", "Rina Lestari")
    door.do(RecordLetter(visit_id=visit.id, document_id=document.id))
    assert door.card(visit.id).letters[0].document_id == document.id
    assert "rahasia-nama" not in "".join(event.data for event in door.scene.events())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sha256": "../../etc"}, "tidak dapat dilampirkan"),
        ({"size": MAX_STORED_BYTES + 1}, "tidak dapat dilampirkan"),
        ({"size": 0}, "tidak dapat dilampirkan"),
        ({"name": ""}, "tidak dapat dilampirkan"),
        ({"media_type": "text/html"}, "tidak dapat dilampirkan"),
        ({"visit_id": 99}, "Kunjungan itu tidak ada"),
    ],
)
def test_what_is_no_document(door: Doorway, letter: Path, change: dict[str, object], words: str) -> None:
    command = attach_command(documents.store(door.scene.office.path, letter))
    with pytest.raises(UserError, match=words):
        door.do(msgspec.structs.replace(command, **change))
