"""The documents of an office on a server: their bytes lie in a table of its own, under their hash."""

import sqlite3

from typing_extensions import override

from ult_desktop.db.store import errors
from ult_desktop.db.store.engine import Cursor, DocumentStore
from ult_desktop.db.store.postgres.connection import ServerLink

TABLE = "document_content"
CREATE = f"""
CREATE TABLE {TABLE} (sha256 text PRIMARY KEY CHECK (length(sha256) = 64), content bytea NOT NULL);
ALTER TABLE {TABLE} ALTER content SET STORAGE EXTERNAL
"""
# EXTERNAL spares the server the attempt to compress, which makes neither a PDF nor sealed bytes shorter:
# https://www.postgresql.org/docs/current/storage-toast.html


class DocumentTable(DocumentStore):
    """The table of documents, over a connection of its own.

    So the bytes are committed apart from the transaction that writes a document's row.
    """

    def __init__(self, link: ServerLink) -> None:
        self._link = link

    @override
    def put(self, sha256: str, content: bytes) -> None:
        # The same hash is the same content: a second station that puts it has nothing to change.
        self._ask(f"INSERT INTO {TABLE} VALUES (?, ?) ON CONFLICT DO NOTHING", sha256, content)

    @override
    def get(self, sha256: str) -> bytes | None:
        row = self._ask(f"SELECT content FROM {TABLE} WHERE sha256 = ?", sha256).fetchone()
        return bytes(row[0]) if row else None

    @override
    def size(self, sha256: str) -> int | None:
        row = self._ask(f"SELECT length(content) FROM {TABLE} WHERE sha256 = ?", sha256).fetchone()
        return int(row[0]) if row else None

    @override
    def take_away(self, sha256: str) -> bool:
        self._ask(f"DELETE FROM {TABLE} WHERE sha256 = ?", sha256)
        return True

    @override
    def close(self) -> None:
        self._link.close()

    def _ask(self, sql: str, *values: str | bytes) -> Cursor:
        try:
            return self._link.execute(sql, values)
        except sqlite3.Error as error:
            raise errors.describe_failure(error, str(self._link.path)) from error
