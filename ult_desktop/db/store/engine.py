"""The two engines in which an office lies: a SQLite file, or a database on a PostgreSQL server.

There are no others. All SQL is the same and is in `db` (docs/store.md, rule 15). What an engine does in its
own way is a method here, and what only one of them has is a flag.
"""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Protocol

from ult_desktop.core.event import Anchor


class Cursor(Protocol):
    """The result of a statement, as both drivers have it."""

    @property
    def rowcount(self) -> int: ...

    @property
    def description(self) -> Any: ...  # noqa: ANN401  (as the drivers have it)

    def fetchall(self) -> list[Any]: ...

    def fetchone(self) -> Any: ...  # noqa: ANN401  (as SQL has it)


class Link(Protocol):
    """A connection. Its errors are those of `sqlite3`, with a code: that is what `Store` decides by."""

    @property
    def in_transaction(self) -> bool: ...

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Cursor: ...

    def interrupt(self) -> None: ...

    def close(self) -> None: ...


class Answer(NamedTuple):
    """The result of one of the statements of `execute_each`."""

    description: Any  # as the drivers have it
    rows: list[Any]


class WriteStart(NamedTuple):
    """The first reading of every write: the schema's level, and whether a station found an event missing."""

    level: int
    is_doubted: bool


class Reference(NamedTuple):
    """A foreign key: `columns` refer to the `referred_columns` of `table`."""

    table: str
    columns: tuple[str, ...]
    referred_columns: tuple[str, ...]


class Search(NamedTuple):
    """The SQL of a search among the answers of the answer bank.

    `rest` follows `SELECT … FROM faq f`: it joins the index of the answers' words as `i`, and has the
    condition. `value` is the value of its one parameter.
    """

    rest: str
    value: str


class DocumentStore(ABC):
    """The bytes of an office's documents, each under its hash; written bytes are never changed."""

    @abstractmethod
    def put(self, sha256: str, content: bytes) -> None:
        """Store all of the bytes or none; bytes that are stored already stay.

        Raises:
            UserError: there is no room, or nothing answers.
        """

    @abstractmethod
    def get(self, sha256: str) -> bytes | None:
        """Return the bytes; None where there are none.

        Raises UserError where a server does not answer; so do the other methods.
        """

    @abstractmethod
    def size(self, sha256: str) -> int | None:
        """Return the number of bytes; None when they are not there."""

    @abstractmethod
    def take_away(self, sha256: str) -> bool:
        """Delete the bytes for good; return False when they are still there."""

    @abstractmethod
    def close(self) -> None: ...


class Engine(ABC):
    """The operations that SQLite and PostgreSQL do differently."""

    has_file: ClassVar[bool]
    """Whether the office is a SQLite file: pages to check, a file to copy, locks to prove, a folder."""

    longest_write_s: ClassVar[float]
    """The seconds after which an open transaction is no longer committed (docs/store.md, rule 5)."""

    @abstractmethod
    def open(self, path: Path) -> Link:
        """Connect to an office that is there, wherever it lives (`moved.open_here`); never make one.

        Raises:
            sqlite3.Error: it does not answer.
            UserError: it is no office, or one of a newer program.
        """

    @abstractmethod
    def require_at_path(self, link: Link, path: Path) -> None:
        """Require that `path` still leads to what `link` has open (docs/store.md, rule 11).

        Raises:
            ShareUnreachable: it leads elsewhere (`FileExchanged`), or nowhere.
        """

    @abstractmethod
    def make(self, path: Path, uid: str, fill: Callable[[Link], None]) -> None:
        """Make an office where none is, with what `fill` writes; a failure leaves nothing.

        Raises:
            FileExistsError: something is there.
            OSError, sqlite3.Error, UserError: it cannot be made.
        """

    @abstractmethod
    def is_free(self, path: Path) -> bool:
        """Return whether nothing is there, so that an office can be made.

        Raises:
            UserError: a server does not answer, or lets nobody in.
        """

    @abstractmethod
    def migrate(self, link: Link) -> None:
        """Carry out the migrations that the office has not had, within an open transaction."""

    @abstractmethod
    def begin_write(self, link: Link, seconds: float) -> WriteStart:
        """Begin a transaction as the one writer; return what every write reads first.

        At a server the caller waits in its queue, for at most `seconds`. A file reports at once that it is
        busy, and `Store` tries again.
        """

    @abstractmethod
    def insert(self, link: Link, table: str, sql: str, values: Sequence[Any]) -> int:
        """Insert one row; return its id."""

    @abstractmethod
    def hold_long(self, link: Link) -> None:
        """Prepare the open transaction to keep its lock for long, although it may be idle for a while."""

    @abstractmethod
    def insert_many(
        self, link: Link, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> None:
        """Insert many rows at once."""

    @abstractmethod
    def execute_each(self, link: Link, sql: str, many: Sequence[Sequence[Any]]) -> list[Answer]:
        """Run one statement with each of these values, in their order; on a server in one round trip."""

    @abstractmethod
    def level(self, link: Link) -> int:
        """Return how many migrations the office has had."""

    @abstractmethod
    def set_away(self, link: Link, *, away: bool) -> None:
        """Raise the level above that of every program, or lower it again, within an open transaction."""

    @abstractmethod
    def applied_migrations(self, link: Link) -> set[str]:
        """Return the names of the migrations that the office has had."""

    @abstractmethod
    def missing_schema(self, link: Link) -> tuple[str, ...]:
        """List the parts of the schema that are missing, or not as the migrations made them."""

    def is_home(self, _link: Link) -> bool:
        """Return whether the database is the one that its owner confirmed last; always True for a file.

        It is False for a database that came out of a dump, whose server was replaced by a replica, or in
        which a station found an event missing.
        """
        return True

    @abstractmethod
    def report_missing_event(
        self, link: Link, path: Path, station: str, missing: Anchor, is_missing: Callable[[], bool]
    ) -> None:
        """Leave a mark, outside of a transaction, that the office lacks an event which `station` knows.

        Every station finds the mark and writes nothing. A failure to leave it is only logged. `is_missing`
        looks in the log again, for an engine whose mark does not name the event.
        """

    def is_owned(self, _link: Link) -> bool:
        """Return whether this connection's account owns the office.

        Of a file that is always True: an account that may write the file can replace it.
        """
        return True

    def note_home(self, _link: Link) -> None:  # noqa: B027  (a file lives where it lies)
        """Confirm, within an open transaction, that this database is the office's home (`is_home`)."""

    def sync_earlier(self, _link: Link) -> None:  # noqa: B027  (what a server shows is on its disk)
        """Let the COMMIT of a transaction without changes sync what an earlier one may have left unsynced."""

    @abstractmethod
    def tables(self, link: Link) -> tuple[str, ...]: ...

    @abstractmethod
    def key_of(self, link: Link, table: str) -> str:
        """Return the columns by which a table is ordered."""

    @abstractmethod
    def references(self, link: Link, table: str) -> tuple[Reference, ...]: ...

    @abstractmethod
    def commit_version(self, link: Link) -> int:
        """Return a number that changes with each commit of another connection."""

    @contextmanager
    def one_read_lock(self, link: Link) -> Iterator[None]:  # noqa: ARG002  (a file's own)
        """Hold one read lock in this context, where each reading would take a lock of its own."""
        yield

    @contextmanager
    def commit_counter(self, path: Path) -> Iterator[Callable[[], bytes | None]]:  # noqa: ARG002  (a file's own)
        """Give a function that reads the office's count of commits in one round trip and without a lock.

        The count may include a commit that is just being written, so a new count is only a reason to ask for
        `commit_version`. The function returns None where there is no such count. Raises OSError: the count
        cannot be read.
        """
        yield lambda: None

    @abstractmethod
    def wait_for_commit(self, link: Link, seconds: float, woken: threading.Event) -> None:
        """Wait for `seconds`, or until the office reports that another connection committed, if it can.

        `woken` ends the wait too. A commit that is not reported shows in the next `commit_version`.
        """

    @abstractmethod
    def show_station_name(self, link: Link, station: str) -> None:
        """Give this connection the station's name, if the engine can show that to other stations."""

    @abstractmethod
    def list_lock_holders(self, link: Link) -> tuple[str, ...]:
        """List the stations that hold the one writer's lock, if the office reports that by itself."""

    @abstractmethod
    def place_of(self, link: Link) -> Path:
        """Return the path by which the office was opened."""

    @abstractmethod
    def documents(self, path: Path) -> DocumentStore:
        """Open the document store of the office at `path`. Raises UserError: a server does not answer."""

    @abstractmethod
    def now_ms(self, path: Path, station: str) -> int | None:
        """Return UTC milliseconds by the computer that keeps the office; None when they cannot be read."""

    @abstractmethod
    def answer_search(self, words: Sequence[str], *, every: bool) -> Search:
        """Return the search for answers that contain words with these beginnings.

        With `every` an answer must contain all of the words, otherwise one of them.
        """
