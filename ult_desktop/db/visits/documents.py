"""Scans and photos of letters: their rows, and their files in the office's `DocumentStore`, by their hash.

The file is written before the row and never changed. So no row is written without its file, and a file
without a row does no harm. Each reader proves the content by its hash.
"""

from collections.abc import Callable, Collection
from contextlib import closing
from itertools import chain
from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.digests import sha256
from ult_desktop.core.access.sealing import Keyring, Seal, UnsealError
from ult_desktop.core.visits import document as visit_document
from ult_desktop.db.store import key_ranges
from ult_desktop.db.store.engine import DocumentStore
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.key_ranges import KeyRange, Reader
from ult_desktop.db.store.transaction import Rows, Transaction

NO_FILE = "-" * 64  # replaces the hash of a document that was erased: no file has this name
_ROWS = Rows(
    visit_document.Document,
    "document d LEFT JOIN officer o ON o.id = d.officer_id",
    "coalesce(o.name, '') AS officer",
)


def store(
    office_file: Path, source: Path, seal: Seal | None = None, convert: Callable[[bytes], bytes] | None = None
) -> visit_document.StoredFile:
    """Put a copy of the file at `source` into the store, sealed where the office has keys (`seal`).

    Call it off the GUI thread, before `AttachDocument`. `convert` changes the content before it is kept.

    Raises:
        UserError: it cannot be read, is too large, or is neither PDF, JPEG nor PNG; or the share is full.
    """
    content = _read_source(source)
    if convert is not None:
        content = convert(content)
    media_type = visit_document.media_type_of(content)
    if media_type is None:
        raise UserError(
            _("Berkas {name} bukan PDF, JPEG, atau PNG.").format(name=source.name),
            _("Tidak ada yang disimpan."),
            _("Pindai ulang sebagai PDF, atau simpan fotonya sebagai JPEG."),
        )
    if seal is not None:
        # Sealed before it is hashed, so that a reader without the key can prove it too.
        content = visit_document.SEALED_PREFIX + seal.seal_bytes(content)
    stored = visit_document.describe_file(source.name, content, media_type)
    with _store_of(office_file) as files:
        files.put(stored.sha256, content)
    return stored


def _store_of(office_file: Path) -> closing[DocumentStore]:
    return closing(engine_at(office_file).documents(office_file))


def _read_source(source: Path) -> bytes:
    try:
        with source.open("rb") as file:
            # One byte more than allowed: a file of gigabytes is refused without being read.
            content = file.read(visit_document.MAX_BYTES + 1)
    except OSError as error:
        raise UserError(
            _("Berkas {name} tidak dapat dibaca.").format(name=source.name),
            _("Tidak ada yang disimpan."),
            _("Pastikan berkas itu masih ada dan tidak sedang dipakai program lain."),
        ) from error
    if len(content) > visit_document.MAX_BYTES:
        raise UserError(
            _("Berkas {name} terlalu besar; paling besar {mb} MB.").format(
                name=source.name, mb=visit_document.MAX_BYTES // (1024 * 1024)
            ),
            _("Tidak ada yang disimpan."),
            _("Pindai dengan resolusi lebih rendah, atau bagi menjadi beberapa berkas."),
        )
    return content


def remove(office_file: Path, sha256: str) -> bool:
    """Delete a file for good; return True when it is not there any more."""
    with _store_of(office_file) as files:
        return files.take_away(sha256)


def read(office_file: Path, document: visit_document.Document, keyring: Keyring | None = None) -> bytes:
    """Return a document's bytes, proven by their hash, and unsealed.

    Raises:
        UserError: the file is gone, is not what it was, or is sealed and this PC has no key.
    """
    if document.sha256 == NO_FILE:
        raise UserError(
            _("Berkas itu sudah dihapus menurut jadwal retensi atau permintaan pemiliknya."),
            _("Catatan bahwa berkas itu pernah ada tetap tersimpan."),
        )
    with _store_of(office_file) as files:
        content = files.get(document.sha256)
    if content is None:
        raise UserError(
            _("Berkas {name} tidak ditemukan.").format(name=document.name),
            _("Catatannya tetap ada."),
            _("Pulihkan dari cadangan, atau lampirkan berkasnya lagi."),
        )
    if sha256(content).hex() != document.sha256:
        raise UserError(
            _("Isi berkas {name} berubah sejak disimpan.").format(name=document.name),
            _("Catatannya tetap ada; isi yang berubah tidak dibuka."),
            _("Pulihkan berkas itu dari cadangan."),
        )
    if not content.startswith(visit_document.SEALED_PREFIX):
        return content
    try:
        if keyring is not None:
            return keyring.open_bytes(content.removeprefix(visit_document.SEALED_PREFIX))
    except UnsealError:
        pass  # refused below, as without a keyring
    raise UserError(
        _("Berkas {name} belum terbuka di komputer ini.").format(name=document.name),
        _("Berkasnya tetap tersimpan."),
        _("Masuk sebagai petugas yang sudah diberi kunci, atau minta petugas berkunci masuk sekali."),
    )


def insert(
    tx: Transaction,
    file: visit_document.StoredFile,
    at: int,
    officer_id: int | None,
    visit_id: int | None = None,
) -> int:
    return tx.insert("document", file, visit_id=visit_id, at=at, officer_id=officer_id)


find = _ROWS.find
get = _ROWS.get


def of_visit(tx: Transaction, visit_id: int) -> tuple[visit_document.Document, ...]:
    return _ROWS.all(tx, "WHERE d.visit_id = ? ORDER BY d.id", visit_id)


def hashes_with_row(tx: Transaction, hashes: Collection[str]) -> set[str]:
    """Return those of these hashes that a document row has."""
    sql = "SELECT sha256 FROM document WHERE sha256 IN (SELECT value FROM json_each(?))"
    return set(tx.column(sql, msgspec.json.encode(tuple(hashes)).decode()))


def hashes(tx: Transaction) -> list[str]:
    """List the hashes of all files that a document row has."""
    return tx.column("SELECT DISTINCT sha256 FROM document WHERE sha256 <> ? ORDER BY sha256", NO_FILE)


def is_allowed(file: visit_document.StoredFile) -> bool:
    is_whole = bool(file.name) and 0 < file.size <= visit_document.MAX_STORED_BYTES
    return is_whole and file.media_type in visit_document.MEDIA_TYPES


def file_of(tx: Transaction) -> Path:
    """Return the office file of an open transaction."""
    return tx.on_connection(tx.engine.place_of)


def missing_files(read: Reader) -> tuple[str, ...]:
    """List the documents whose file is gone or has another size, each as "ID HASH"; not their names."""
    with _store_of(read(file_of)) as files:
        rows = chain.from_iterable(key_ranges.walk(read, "document", _id_hash_size))
        lost = [(id_, digest) for id_, digest, size in rows if files.size(digest) != size]
    missing = []
    for id_, digest in lost:
        # A document may have been erased meanwhile: then its row has another hash now.
        if read(lambda tx: tx.value("SELECT sha256 FROM document WHERE id = ?", id_)) == digest:  # noqa: B023
            missing.append(f"{id_} {digest}")
    return tuple(missing)


def _id_hash_size(tx: Transaction, span: KeyRange) -> list[tuple[int, str, int]]:
    sql = f"SELECT id, sha256, size FROM document WHERE {span.condition} AND sha256 <> ?"
    return tx.rows(sql, *span.values, NO_FILE)
