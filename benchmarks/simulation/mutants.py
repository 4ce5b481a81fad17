"""The mutants of the program: small errors, each of which the simulated days must find.

A mutant is a text of a module and what stands there instead. It is put in while the module is imported, so
that no file changes; it is chosen before anything of the program is.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import NamedTuple

from typing_extensions import override

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "ULT_MUTANT"
"""The variable of the environment that names the mutant of a bench and of all processes that it starts."""
_STORE, _OFFLINE, _OFFICE = "db/store", "operations/offline", "operations/office"
_BEGINS, _WRITES = "self._journal.begin(entry)", "answer = self._write(command, prepared, by, entry)"
_GIVES_UP = (
    "            if not errors.is_busy(error) or _seconds_with_sleep() > deadline:\n                raise"
)


class Mutant(NamedTuple):
    """An error: in the module `file` (below `ult_desktop`), `text` is exchanged for `error`.

    `faults`: what the days on which it is looked for have in any case, as in a plan; chance alone is slow
    with what shows it.
    """

    name: str
    file: str
    text: str
    error: str
    faults: str = ""

    @property
    def path(self) -> Path:
        return ROOT / "ult_desktop" / f"{self.file}.py"

    def source(self) -> str:
        """Return the module's text with the error.

        Raises:
            ValueError: the mutant does not apply: its text is not there, or more than once.
        """
        source = self.path.read_text(encoding="utf-8")
        if (count := source.count(self.text)) != 1:
            raise ValueError(f"mutant {self.name}: its text stands {count} times in {self.file}.py")
        return source.replace(self.text, self.error)


MUTANTS = (
    Mutant("the share is not synced", f"{_STORE}/connection", "FULL = 2", "FULL = 0", "often=cut+server_cut"),
    Mutant(
        "the journal is not synced",
        f"{_STORE}/local_file",
        "synchronous = FULL",
        "synchronous = OFF",
        "often=cut",
    ),
    Mutant(
        "a commit deletes the journal",
        f"{_STORE}/connection",
        '= "truncate"',
        '= "delete"',
        "often=building+cut+server_cut",
    ),
    Mutant("no journal on the disk", f"{_STORE}/connection", '= "truncate"', '= "memory"', "often=cut+kill"),
    Mutant(
        "a request is not looked up",
        f"{_OFFICE}/office",
        "event = None if self._untried == entry.request else events.find_by_request(tx, entry.request)",
        "event = None",
        "often=lost+reset",
    ),
    Mutant(
        "a second try counts as the first",
        f"{_OFFICE}/office",
        '        self._untried = ""\n        is_new',
        "        is_new",
        "often=lost+reset",
    ),
    Mutant(
        "the witness is always content",
        f"{_STORE}/witness",
        "if self.newest is None or",
        "if True or self.newest is None or",
        "often=older_copy",
    ),
    Mutant(
        "what was only read counts as being on disk",
        f"{_STORE}/events",
        "WHERE seq < (SELECT max(seq) FROM event) AND {_COMMAND} <> ({last}) ORDER",
        "WHERE '' <> ({last}) ORDER",
        "stations=4,often=folder_away+lost+server_cut",
    ),
    Mutant(
        "the lock is upgraded late",
        f"{_STORE}/connection",
        'link.execute("BEGIN IMMEDIATE")\n        # The store',
        'link.execute("BEGIN")\n        # The store',
    ),
    Mutant(
        "the journal is closed before the commit",
        f"{_OFFICE}/office",
        "self._journal.begin(entry)\n",
        'self._journal.begin(entry)\n        self._journal.close_entry(entry.request, "done")\n',
    ),
    Mutant(
        "the journal is begun after the commit",
        f"{_OFFICE}/office",
        f"{_BEGINS}\n        try:\n            {_WRITES}",
        f"try:\n            {_WRITES}\n            {_BEGINS}",
        "often=kill",
    ),
    Mutant(
        "numbers alone without the kiosk's own letter",
        f"{_OFFLINE}/offline_kiosk",
        "snapshot, command.service_id, letter, priority",
        'snapshot, command.service_id, "K", priority',
        "often=hang+reset",
    ),
    Mutant(
        "two kiosks have one letter",
        f"{_STORE}/stations",
        "letter_for(presence.letter, own, others, on_papers)",
        "letter_for(presence.letter, own, ())",
    ),
    Mutant(
        "the replay in another order",
        "core/recorded_requests",
        "(result.restores, result.seq) if result",
        "(result.restores, -result.seq) if result",
        "often=rebuilt",
    ),
    Mutant(
        "the replay leaves out what was in doubt",
        "operations/backup/replay",
        'entry.outcome == "done" or entry.is_in_doubt or',
        'entry.outcome == "done" or',
        "often=cable+lost+rebuilt",
    ),
    Mutant(
        "a time-out is taken for a refusal",
        f"{_OFFICE}/office",
        "self._journal.note_unclear(entry.request)",
        'self._journal.close_entry(entry.request, "refused", str(error))',
        "often=lost+reset",
    ),
    Mutant(
        "a file renamed over the open one is not seen",
        f"{_STORE}/connection",
        "isinstance(link, OfficeConnection) and",
        "False and isinstance(link, OfficeConnection) and",
        "often=older_copy",
    ),
    Mutant(
        "after such a file the old one stays open",
        f"{_STORE}/store",
        "if isinstance(error, errors.FileExchanged):",
        "if False:",
        "often=older_copy",
    ),
    Mutant(
        "the flag of damage is not seen",
        f"{_STORE}/store",
        "flag = damage_flag.read_flag(self.path)",
        "flag = None",
        "often=flagged",
    ),
    Mutant(
        "the schema's level is not seen",
        f"{_STORE}/moved",
        "if level > MIGRATIONS.level:",
        "if False:",
        "often=newer_program",
    ),
    Mutant(
        "a busy commit is taken for done",
        f"{_STORE}/store",
        _GIVES_UP,
        "            if not errors.is_busy(error):\n                raise\n            return",
    ),
    Mutant(
        "a failed commit is taken for done",
        f"{_STORE}/store",
        _GIVES_UP,
        _GIVES_UP.replace("raise", "return"),
    ),
    Mutant(
        "what was read long ago is committed",
        f"{_STORE}/store",
        "if not is_long and",
        "if False and",
        "often=hang+nap",
    ),
    Mutant(
        "sleep does not count",
        f"{_STORE}/store",
        "return ticks_ms() / 1000",
        "return time.monotonic()",
        "often=nap",
    ),
    Mutant(
        "no fresh connection after an error",
        f"{_STORE}/store",
        "            return backoff\n        self.close()\n",
        "            return backoff\n",
    ),
    Mutant(
        "nothing is tried again",
        f"{_STORE}/store",
        "is_too_late = damages > DAMAGE_REOPENS or time.monotonic() >= deadline",
        "is_too_late = True",
    ),
    Mutant(
        "patience has no end",
        f"{_STORE}/store",
        "is_too_late = damages > DAMAGE_REOPENS or time.monotonic() >= deadline",
        "is_too_late = False",
        "often=folder_away+hang",
    ),
    Mutant(
        "a refusal is not rolled back",
        f"{_STORE}/store",
        "            roll_back(connection)\n            if isinstance(error, OlderCopy)",
        "            if isinstance(error, OlderCopy)",
    ),
    Mutant(
        "the watcher ends with the share",
        f"{_STORE}/watcher",
        "                self._wait(self._backoff)\n",
        "                return\n",
        "often=folder_away+reset",
    ),
    Mutant(
        "the watcher goes by hints alone",
        f"{_STORE}/watcher",
        "can_skip = last_check.is_same()",
        "can_skip = True",
    ),
    Mutant(
        "a number alone is not written down",
        f"{_OFFLINE}/offline_kiosk",
        "    book.begin(\n        journal",
        "    (\n        journal",
        "often=hang+kill",
    ),
    Mutant(
        "numbers alone begin anew after a merge",
        "db/offline_numbers",
        "WHERE name = 'MergeTicket' AND office = ? AND json",
        "WHERE name = 'MergeTicket' AND outcome = 'open' AND office = ? AND json",
        "often=hang+reset",
    ),
    Mutant(
        "a merge has no request of its own",
        f"{_OFFLINE}/offline_upload",
        "office.perform(command, _actor_of(office, operation), operation.request)",
        "office.perform(command, _actor_of(office, operation))",
        "often=hang+lost+reset",
    ),
    Mutant(
        "an upload that broke off is forgotten",
        f"{_OFFLINE}/offline_upload",
        "AnotherOffice, JournalUnwritable):\n            raise\n",
        "AnotherOffice, JournalUnwritable):\n            continue\n",
        "often=hang+reset",
    ),
    Mutant(
        "a full disk of its own is taken for a refusal",
        f"{_OFFLINE}/offline_upload",
        "AnotherOffice, JournalUnwritable):",
        "AnotherOffice):",
        "often=hang+local_full",
    ),
    Mutant(
        "a number instead of another leaves both",
        f"{_OFFLINE}/merge_numbers",
        "unseen_id = events.result_of(tx, command.instead_of) if command.instead_of else None",
        "unseen_id = None",
        "often=hang+lost",
    ),
    Mutant(
        "a jump of the share's clock is followed",
        f"{_STORE}/clock",
        "if self.is_held and",
        "if False and",
        "often=share_clock",
    ),
    Mutant(
        "the log's time is not asked",
        "operations/time_watch",
        "if doubt is not None and not",
        "if False and not",
        "often=clock+kill",
    ),
    Mutant(
        "a kiosk alone goes by a clock that is set",
        f"{_STORE}/clock",
        "return _first_own_at_zero_ticks(SYSTEM) + SYSTEM.ticks()",
        "return SYSTEM.own()",
        "stations=2,often=cable+clock",
    ),
    Mutant(
        "the log's chain begins anew",
        f"{_STORE}/events",
        "chain=chain_hash(last_chain, numbered)",
        "chain=chain_hash(GENESIS, numbered)",
    ),
    Mutant(
        "a restore leaves no mark",
        "operations/backup/restoring",
        "store.write(lambda tx: note_restored(tx, request, mark))",
        "_ = mark",
        "often=rebuilt",
    ),
    Mutant(
        "a rebuilt office is taken for an older copy",
        f"{_STORE}/witness",
        "if self.restores <= self.newest.restores:",
        "if self.newest is not None:",
        "often=rebuilt",
    ),
    Mutant(
        "a share that went away is taken for damage",
        "db/verification",
        "damage_flag.require_pages_read(lines)",
        "pass",
        "often=lost+reset+upkeep",
    ),
    Mutant(
        "a server has many writers at once",
        f"{_STORE}/postgres/connection",
        "SELECT pg_advisory_xact_lock({ONE_WRITER})",
        "SELECT {ONE_WRITER}",
        "engine=postgres",
    ),
    Mutant(
        "a server writes down what it acknowledged later",
        f"{_STORE}/postgres/connection",
        '"synchronous_commit": "on"',
        '"synchronous_commit": "off"',
        "engine=postgres,often=server_restart",
    ),
)


def named(name: str) -> Mutant:
    """Return a mutant. Raises ValueError: there is none of that name."""
    found = [each for each in MUTANTS if each.name == name]
    if not found:
        raise ValueError(f"no mutant is called {name!r}")
    return found[0]


class _Loader(SourceFileLoader):
    """The loader of the module with the error; no bytecode of it is kept or believed."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        super().__init__(name, str(mutant.path))
        self._source = mutant.source()

    @override
    def get_code(self, fullname: str) -> CodeType:
        code: CodeType = compile(self._source, self.path, "exec", dont_inherit=True)
        return code


class _Finder(MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self._module = f"ult_desktop.{mutant.file.replace('/', '.')}"
        self._loader = _Loader(self._module, mutant)

    @override
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._module:
            return None
        return spec_from_file_location(fullname, self._loader.path, loader=self._loader)


def put_in(mutant: Mutant) -> None:
    """Let the module have the error when it is imported.

    Raises:
        ValueError: the mutant does not apply.
        RuntimeError: the module is imported already.
    """
    finder = _Finder(mutant)
    if f"ult_desktop.{mutant.file.replace('/', '.')}" in sys.modules:
        raise RuntimeError(f"{mutant.file} is imported already")
    sys.meta_path.insert(0, finder)
