"""Documents beside the office file: whole or not at all, proven by their hash."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.personal import KEYRING, SEAL
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.sealing import Keyring
from ult_desktop.core.visits.document import MAX_BYTES, Document, StoredFile, media_type_of
from ult_desktop.db.store import document_folder
from ult_desktop.db.store.store import Store
from ult_desktop.db.verification import Finding, verify
from ult_desktop.db.visits import documents

pytestmark = pytest.mark.usefixtures("windows_files")

PDF = b"%PDF-1.7 surat tugas"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "Surat Tugas 🌺.pdf"
    path.write_bytes(PDF)
    return path


@pytest.fixture
def store(office_file: Path) -> Iterator[Store]:
    opened = Store(office_file)
    yield opened
    opened.close()


def row(store: Store, kept: StoredFile) -> Document:
    document_id = store.write(lambda tx: documents.insert(tx, kept, 1000, None))
    return store.read(lambda tx: documents.get(tx, document_id))


@pytest.mark.file_only("folder")
def test_a_file_lies_under_its_hash_once(store: Store, letter: Path) -> None:
    kept = documents.store(store.path, letter)
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (kept.name, kept.media_type, kept.size) == ("Surat Tugas 🌺.pdf", "application/pdf", len(PDF))
    path = document_folder.path_of(store.path, kept.sha256)
    assert path.parts[-3:] == (f"{store.path.stem}-berkas", kept.sha256[:2], kept.sha256)
    before = path.stat().st_mtime_ns
    assert documents.store(store.path, letter) == kept
    assert path.stat().st_mtime_ns == before
    assert documents.read(store.path, row(store, kept)) == PDF
    assert [each.name for each in path.parent.iterdir()] == [kept.sha256]


@pytest.mark.file_only("folder")
def test_a_sealed_file_opens_with_the_keys_alone(store: Store, letter: Path) -> None:
    document = row(store, documents.store(store.path, letter, SEAL))
    lies = document_folder.path_of(store.path, document.sha256).read_bytes()
    assert PDF not in lies
    assert (document.size, document.media_type) == (len(lies), "application/pdf")
    assert documents.missing_files(store.read) == ()
    assert documents.read(store.path, document, KEYRING) == PDF
    for keys in (None, Keyring({}, b"i" * 32)):
        with pytest.raises(UserError, match="belum terbuka di komputer ini"):
            documents.read(store.path, document, keys)


def test_the_largest_file_has_room_for_its_seal(store: Store, letter: Path) -> None:
    letter.write_bytes(PDF + bytes(MAX_BYTES - len(PDF)))
    assert documents.is_allowed(documents.store(store.path, letter, SEAL))


@pytest.mark.parametrize(
    ("beginning", "media_type"), [(b"\xff\xd8\xff\xe0", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png")]
)
def test_what_a_file_begins_with_tells_its_type(
    store: Store, tmp_path: Path, beginning: bytes, media_type: str
) -> None:
    photo = tmp_path / "foto"
    photo.write_bytes(beginning + b"...")
    assert documents.store(store.path, photo).media_type == media_type


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ program", "bukan PDF, JPEG, atau PNG"),
        (b"", "bukan PDF"),
        (b"%PDF-" + bytes(MAX_BYTES), "terlalu besar; paling besar 10 MB"),
    ],
    ids=["program", "kosong", "besar"],
)
def test_what_is_not_kept(store: Store, letter: Path, content: bytes, words: str) -> None:
    letter.write_bytes(content)
    with pytest.raises(UserError, match=words):
        documents.store(store.path, letter)
    assert not document_folder.folder_of(store.path).exists()


def test_a_file_that_is_gone_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"tidak-ada\.pdf tidak dapat dibaca"):
        documents.store(store.path, tmp_path / "tidak-ada.pdf")


@pytest.mark.file_only("folder")
def test_a_folder_that_takes_nothing_leaves_nothing_half(store: Store, letter: Path) -> None:
    document_folder.folder_of(store.path).write_text("bukan folder")
    with pytest.raises(UserError, match="tidak dapat disimpan"):
        documents.store(store.path, letter)


@pytest.mark.file_only("folder")
def test_a_lost_or_changed_file_is_never_shown_and_verify_lists_it(store: Store, letter: Path) -> None:
    document = row(store, documents.store(store.path, letter))
    assert documents.missing_files(store.read) == ()
    path = document_folder.path_of(store.path, document.sha256)
    path.write_bytes(PDF[::-1])
    with pytest.raises(UserError, match="berubah sejak disimpan"):
        documents.read(store.path, document)
    path.unlink()
    with pytest.raises(UserError, match="tidak ditemukan"):
        documents.read(store.path, document)
    lost = Finding("document_missing", f"{document.id} {document.sha256}")
    assert verify(store.read, lambda _tx: True).findings == (lost,)
    path.write_bytes(PDF + b"!")
    assert verify(store.read, lambda _tx: True).findings == (lost,)


@pytest.mark.file_only("folder")
def test_a_file_is_taken_away_and_a_folder_in_its_place_is_not(store: Store, letter: Path) -> None:
    kept = documents.store(store.path, letter)
    assert documents.remove(store.path, kept.sha256)
    assert not document_folder.path_of(store.path, kept.sha256).exists()
    assert documents.remove(store.path, kept.sha256)
    document_folder.path_of(store.path, kept.sha256).mkdir()
    assert not documents.remove(store.path, kept.sha256)


@pytest.mark.parametrize("before", [b"\r\n", b"\xef\xbb\xbf", b"\r\n\xef\xbb\xbf", bytes(1019)])
def test_a_pdf_is_known_by_its_head_within_1024_bytes(before: bytes) -> None:
    assert media_type_of(before + PDF) == "application/pdf"
    assert media_type_of(b"\xff\xd8\xff" + PDF) == "image/jpeg", "how it begins counts more"
    assert media_type_of(bytes(1024) + PDF) is None
