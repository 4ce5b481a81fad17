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


class Found(Protocol):
    """The result of a statement."""

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

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Found: ...

    def interrupt(self) -> None: ...

    def close(self) -> None: ...


class Answer(NamedTuple):
    """The result of one of the statements of `ask_each`."""

    description: Any  # as the drivers have it
    rows: list[Any]


class Begun(NamedTuple):
    """The answer to the first statement of a write: the `level`, and whether a station doubts this office."""

    level: int
    is_doubted: bool


class Reference(NamedTuple):
    """A reference from the columns `own` of a table to the columns `theirs` of another."""

    table: str
    own: tuple[str, ...]
    theirs: tuple[str, ...]


class Search(NamedTuple):
    """A search among the answers: `rest` follows a SELECT from the answers `f`, and joins their words `i`.

    `value` is the value of its one parameter.
    """

    rest: str
    value: str


class DocumentStore(ABC):
    """The bytes of documents, each under its hash; once written they are never changed."""

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
    """The operations that an engine does in its own way."""

    has_file: ClassVar[bool]
    """Whether there are pages to check, a file to copy, locks to prove, and a folder that stations share."""

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
        """Make an office where none is; all of it, with what `fill` writes, or none.

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
    def begin_write(self, link: Link, seconds: float) -> Begun:
        """Begin a transaction as the one writer; return what every write reads first.

        At a server the caller waits in its queue, for at most `seconds`. A file reports at once that it is
        busy, and `Store` tries again.
        """

    @abstractmethod
    def insert(self, link: Link, table: str, sql: str, values: Sequence[Any]) -> int:
        """Insert one row; return its id."""

    @abstractmethod
    def hold_long(self, link: Link) -> None:
        """Prepare the open transaction to keep its lock for long; it may be idle for a while."""

    @abstractmethod
    def pour(self, link: Link, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert many rows at once."""

    @abstractmethod
    def ask_each(self, link: Link, sql: str, many: Sequence[Sequence[Any]]) -> list[Answer]:
        """Run one statement with each of these values, in their order; a server is asked in one go."""

    @abstractmethod
    def level(self, link: Link) -> int:
        """Return how many migrations the office has had."""

    @abstractmethod
    def set_away(self, link: Link, *, away: bool) -> None:
        """Raise the level above that of every program, or lower it again, within an open transaction."""

    @abstractmethod
    def applied(self, link: Link) -> set[str]:
        """Return the names of the migrations that the office has had."""

    @abstractmethod
    def missing_schema(self, link: Link) -> tuple[str, ...]:
        """List the parts of the schema that are missing, or not as the migrations made them."""

    def is_home(self, _link: Link) -> bool:
        """Return whether the office lies where its owner last said that it lives; a file always does.

        A database that came out of a dump, or whose server was replaced by a replica, does not, nor one that
        a station has doubted.
        """
        return True

    @abstractmethod
    def doubt(self, link: Link, path: Path, station: str, missing: Anchor) -> None:
        """Tell every station that the office lacks an event which `station` knows, outside of a transaction.

        Where it cannot be told, the log says so, and the station itself writes nothing all the same.
        """

    def is_owned(self, _link: Link) -> bool:
        """Return whether this connection's account owns the office.

        Of a file that is always True: an account that may write the file can replace it.
        """
        return True

    def settle(self, _link: Link) -> None:  # noqa: B027  (a file lives where it lies)
        """Note, within an open transaction, that the office lives where it lies."""

    @abstractmethod
    def tables(self, link: Link) -> tuple[str, ...]: ...

    @abstractmethod
    def key_of(self, link: Link, table: str) -> str:
        """Return the columns by which a table is ordered."""

    @abstractmethod
    def references(self, link: Link, table: str) -> tuple[Reference, ...]: ...

    @abstractmethod
    def version(self, link: Link) -> int:
        """Return a number that changes with each commit of another connection."""

    @contextmanager
    def one_look(self, link: Link) -> Iterator[None]:  # noqa: ARG002  (a file's own)
        """Ask for the version and read what is new under one lock, where each reading would take its own."""
        yield

    @contextmanager
    def counting(self, path: Path) -> Iterator[Callable[[], bytes | None]]:  # noqa: ARG002  (a file's own)
        """Give a function that reads the office's count of commits in one round trip and without a lock.

        It may find a commit that is just being written: it tells when to ask for the `version`. It returns
        None where only the `version` tells. Raises OSError: it cannot be read.
        """
        yield lambda: None

    @abstractmethod
    def wait(self, link: Link, seconds: float, woken: threading.Event) -> None:
        """Wait for `seconds`, or until the office reports that another connection committed, if it can.

        `woken` ends the wait too. A commit that is not heard is found by the next `version`.
        """

    @abstractmethod
    def introduce(self, link: Link, station: str) -> None:
        """Give this connection the station's name, if the engine can show it to other stations."""

    @abstractmethod
    def holders(self, link: Link) -> tuple[str, ...]:
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
    def search(self, words: Sequence[str], *, every: bool) -> Search:
        """Return the search for answers that contain words with these beginnings.

        `every` asks for all of the words, otherwise any of them is enough.
        """
