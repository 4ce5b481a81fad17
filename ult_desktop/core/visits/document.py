"""Documents: scans and photos of letters, kept as files next to the office file, named by their SHA-256."""

import re
from pathlib import PureWindowsPath

import msgspec

from ult_desktop.base.digests import sha256
from ult_desktop.base.paths import file_name

MAX_BYTES = 10 * 1024 * 1024
SEALED_PREFIX = b"ult-sealed-1\n"  # the first bytes of an encrypted file
MAX_STORED_BYTES = MAX_BYTES + len(SEALED_PREFIX) + 48  # 48: what the encryption (a sealed box) adds
MAX_NAME = 120  # characters
SHA256 = re.compile(r"[0-9a-f]{64}")
# The type of a file is recognised by its first bytes, whatever its name is.
_BEGINNINGS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
# Some scanners write line ends or a byte order mark before the head of a PDF; PDF readers look for it in the
# first 1,024 bytes.
_PDF, _PDF_HEAD, _PDF_HEAD_WITHIN = "application/pdf", b"%PDF-", 1024
MEDIA_TYPES = frozenset({_PDF, *_BEGINNINGS.values()})
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document's row. `sha256` and `size` (bytes) are those of its stored file, which may be sealed.

    `at` UTC ms; `name` is what its file was called.
    """

    id: int
    sha256: str
    name: str
    media_type: str
    size: int
    visit_id: int | None
    at: int
    officer: str


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file in the store that no row refers to yet; the fields are those of `Document`."""

    sha256: str
    name: str
    media_type: str
    size: int


def media_type_of(content: bytes) -> str | None:
    """Return the media type of a file's content; None for what is neither PDF, JPEG nor PNG."""
    for beginning, media_type in _BEGINNINGS.items():
        if content.startswith(beginning):
            return media_type
    return _PDF if _PDF_HEAD in content[:_PDF_HEAD_WITHIN] else None


def describe_file(name: str, content: bytes, media_type: str) -> StoredFile:
    """Return the record of a file: all that is kept of it apart from its bytes."""
    digest = sha256(content).hex()
    short = PureWindowsPath(name).name[-MAX_NAME:]
    return StoredFile(sha256=digest, name=short, media_type=media_type, size=len(content))


def copy_name(document: Document) -> str:
    """Return the name of a copy for another program: valid on any system, with the ending of its content.

    Windows goes by the ending: a "letter.bat" that begins like a PDF would be run.
    """
    stem = PureWindowsPath(document.name).stem
    return file_name(f"{document.id}-{stem}", _ENDINGS.get(document.media_type, ""))
