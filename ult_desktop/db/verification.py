"""The check of a whole office: its pages, its log, its rows and the rules between them."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

import msgspec

from ult_desktop.base import _
from ult_desktop.core.event import GENESIS, AnchorCheck, Event, chain_hash
from ult_desktop.db.figures import days, periods
from ult_desktop.db.office import office
from ult_desktop.db.store import damage_flag, errors, events, key_ranges
from ult_desktop.db.store.key_ranges import KeyRange, Query, Reader
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import documents

MOST_OF_A_RANGE = 20  # findings of one rule in one range of rows


class RowRule(NamedTuple):
    """A rule for the rows of a table. `check` is its name, `is_broken` SQL for a row that breaks it.

    `row_name` is SQL for the words by which a finding names the row.
    """

    check: str
    row_name: str
    is_broken: str


ISSUES = ("ticket.issued", "ticket.walked_in")  # the kinds of event that give a number
_IS_ISSUE = f"kind IN {ISSUES}"
_ON_PAPER = "substr(series, 1, instr(series || '/', '/') - 1)"  # `core.queue.ticket.paper_series`
_LABEL = "day || ' ' || label"
_LABEL_OF_SUBJECT = "FROM ticket t WHERE t.id = event.subject"
_OPEN_TURN = "SELECT 1 FROM turn o WHERE o.ended_at IS NULL AND o"


def _open_twice(column: str, condition: str = "TRUE") -> str:
    """Return SQL for: an earlier turn with the same `column` is open too.

    The `condition` must be true of both turns, each of which it calls `{0}`.
    """
    earlier = f"{_OPEN_TURN}.{column} = turn.{column} AND o.id < turn.id AND {condition.format('o')}"
    return f"ended_at IS NULL AND {condition.format('turn')} AND EXISTS ({earlier})"


QUEUE_RULES = {
    "event": (
        RowRule(
            "label_against_event",
            f"(SELECT {_LABEL} {_LABEL_OF_SUBJECT})",
            f"{_IS_ISSUE} AND json_extract(data, '$.label') <> (SELECT label {_LABEL_OF_SUBJECT})",
        ),
        RowRule(
            "event_without_ticket",
            "'event ' || seq",
            f"{_IS_ISSUE} AND NOT EXISTS (SELECT 1 {_LABEL_OF_SUBJECT})",
        ),
    ),
    "ticket": (
        RowRule(
            "doubled_number",
            "day || ' ' || series || number",
            "EXISTS (SELECT 1 FROM ticket t WHERE t.day = ticket.day AND t.series = ticket.series"
            # The UNIQUE key forbids it, but a damaged index does not.
            " AND t.number = ticket.number AND t.id < ticket.id)",
        ),
        RowRule(
            "state_against_turn",
            _LABEL,
            f"(state IN ('called', 'serving')) <> EXISTS ({_OPEN_TURN}.ticket_id = ticket.id)"
            f" OR state = 'serving' AND EXISTS ({_OPEN_TURN}.ticket_id = ticket.id AND o.arrived_at IS NULL)",
        ),
        RowRule(
            "label_against_number",
            _LABEL,
            f"substr(label, 1, length({_ON_PAPER})) <> {_ON_PAPER}"
            f" OR CAST(substr(label, length({_ON_PAPER}) + 1) AS INTEGER) <> number",
        ),
        RowRule(
            "end_without_turn",
            _LABEL,
            "state IN ('done', 'no_show')"
            " AND NOT EXISTS (SELECT 1 FROM turn u WHERE u.ticket_id = ticket.id)",
        ),
    ),
    "turn": (
        RowRule("ticket_in_two_places", "ticket_id", _open_twice("ticket_id")),
        RowRule("counter_with_two_visitors", "counter", _open_twice("counter")),
        RowRule("officer_serving_two", "officer_id", _open_twice("officer_id", "{0}.arrived_at IS NOT NULL")),
        RowRule(
            "times_out_of_order",
            "ticket_id",
            "arrived_at < called_at OR ended_at < coalesce(arrived_at, called_at)",
        ),
    ),
}


T = TypeVar("T")
Alone = Callable[[Transaction], bool]
"""A function that says whether nobody waits for the file: then it may be held until its pages are read."""
LOG_END = 50  # entries of the log that `verify_log_end` checks
MOST_OF_A_CHECK = 20  # findings of one check
PAGE_CHECKS = ("integrity", "foreign_key", "unreadable")
_COLUMNS = (*Event.__struct_fields__, "chain")
_Rows = list[tuple[Any, ...]]
_ReadRows = Callable[[Transaction, KeyRange], _Rows]


class Finding(msgspec.Struct, frozen=True):
    """A fault that was found: which check found it, and where."""

    check: str
    detail: str


class VerificationResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a verification. `last_hash` is the hash of the log's last event, as a day's sheet has it.

    `unread` are tables whose pages were not checked, because that would have kept stations waiting. `anchors`
    are the comparisons of the log with what journals, backups and papers know of it.
    """

    ok: bool
    events: int
    tickets: int
    last_hash: str
    findings: tuple[Finding, ...]
    unread: tuple[str, ...] = ()
    anchors: tuple[AnchorCheck, ...] = ()

    @property
    def has_damage(self) -> bool:
        """Return whether pages or text are damaged, so that only a backup helps.

        All other findings are contradictions on whole pages.
        """
        return any(finding.check in PAGE_CHECKS for finding in self.findings)


def verify(
    read: Reader, alone: Alone, progress: Callable[[int], None] = lambda _done: None
) -> VerificationResult:
    """Check everything; `progress` gets the number of events checked so far.

    Where nobody waits (`alone`), the pages of a large file are checked too, in one go that blocks every
    COMMIT.
    """
    unread: tuple[str, ...] = ()
    try:
        check = check_pages(_reporting_damage(read), alone)
        findings, unread = check.findings, check.unread
        if not findings:  # on damaged pages the rest would only repeat it
            return msgspec.structs.replace(_verify_content(_reporting_damage(read), progress), unread=unread)
    except _UnreadableError as error:
        findings = (Finding("unreadable", str(error)),)
    return VerificationResult(
        ok=False, events=0, tickets=0, last_hash=GENESIS, findings=findings, unread=unread
    )


def verify_log_end(tx: Transaction) -> tuple[Finding, ...]:
    """Check that the entries at the end of the log hang together.

    A file that was cut off needs no such check: it does not open.
    """
    seq_before = max(0, events.last_seq(tx) - LOG_END - 1)
    log = _LogCheck(seq_before, events.chain_at(tx, seq_before))
    return tuple(log.follow(_entries(tx, KeyRange("event", "seq", after=(seq_before,)))))


def pages_and_chain(tx: Transaction) -> tuple[Finding, ...]:
    """Check a copy, whatever version wrote it: its pages, its references and the chain of its log."""
    read = key_ranges.reader_of(tx)
    pages = check_pages(read, lambda _tx: True)
    return pages.findings or (*_check_references(read), *_check_chain(read, _LogCheck(), ()))


class PageCheck(NamedTuple):
    """The result of SQLite's own check of the pages; `unread` are the tables that took too long to check."""

    findings: tuple[Finding, ...] = ()
    unread: tuple[str, ...] = ()


def check_pages(read: Reader, alone: Alone) -> PageCheck:
    if not read(lambda tx: tx.engine.has_file):
        return PageCheck()  # the server proves its own pages
    check_file = partial(_run_check, pragma=f"integrity_check({MOST_OF_A_CHECK})")
    file_findings = read(partial(key_ranges.run_in_time, look=check_file))
    if file_findings is None and read(alone):  # not in time: in one go it keeps everybody from committing
        file_findings = read(check_file)
    if file_findings is not None:
        return PageCheck(file_findings)
    findings, unread = list[Finding](), list[str]()
    for table in read(_tables):  # one by one, so that nobody waits long
        check_table = partial(_run_check, pragma=f'quick_check("{table}")')
        table_findings = read(partial(key_ranges.run_in_time, look=check_table))
        if table_findings is None:
            unread.append(table)
        else:
            findings += table_findings
    return PageCheck(tuple(findings), tuple(unread))


def _run_check(tx: Transaction, pragma: str) -> tuple[Finding, ...]:
    try:
        lines = tx.column(f"PRAGMA {pragma}")
        damage_flag.require_pages_read(lines)
    except sqlite3.Error as error:
        _require_damage(error)
        lines = [error]
    return tuple(Finding("integrity", str(line)) for line in lines if line != "ok")


def _require_damage(error: Exception) -> None:
    """Raise `error` again unless it shows damage.

    A busy or vanished share says nothing of the file: the store tries again.
    """
    if isinstance(error, sqlite3.Error) and not (errors.is_unreadable(error) or errors.is_damage(error)):
        raise error


class _UnreadableError(Exception):
    """The error that a check cannot read what it looks at."""


def _reporting_damage(read: Reader) -> Reader:
    """Wrap `read` to report damage as `_UnreadableError`.

    Otherwise the store would try again, and flag the file.
    """

    def reading(query: Query[T]) -> T:
        def attempt(tx: Transaction) -> T | _UnreadableError:
            try:
                return query(tx)
            except (sqlite3.Error, *errors.UNREADABLE) as error:
                _require_damage(error)
                return _UnreadableError(str(error))

        result = read(attempt)
        if isinstance(result, _UnreadableError):
            raise result
        return result

    return reading


def _verify_content(read: Reader, progress: Callable[[int], None]) -> VerificationResult:
    read(office.load)  # raises where the settings cannot be read
    log, tickets = _LogCheck(), 0
    # Asked before the log is read, which therefore has the event of every ticket up to this one.
    newest_id = read(lambda tx: tx.number("SELECT max(id) FROM ticket"))
    broken = list(_check_chain(read, log, QUEUE_RULES["event"], progress))
    for rows, range_findings in _check_rows(read, "ticket", QUEUE_RULES["ticket"], _ids_and_labels):
        tickets += len(rows)
        unknown = (label for id_, label in rows if id_ <= newest_id and id_ not in log.issued)
        broken += (*range_findings, *(Finding("ticket_without_event", label) for label in unknown))
    for _rows, range_findings in _check_rows(read, "turn", QUEUE_RULES["turn"]):
        broken += range_findings
    missing_schema = read(lambda tx: tx.on_connection(tx.engine.missing_schema))
    findings = (
        *_few_of_each((*broken, *_check_references(read))),
        *(Finding("figures", span) for span in (*days.untrue(read), *periods.untrue(read))),
        *(Finding("document_missing", where) for where in documents.missing_files(read)),
        *(Finding("schema", part) for part in missing_schema),
    )
    return VerificationResult(
        ok=not findings, events=log.count, tickets=tickets, last_hash=log.chain, findings=findings
    )


def _check_chain(
    read: Reader,
    log: "_LogCheck",
    rules: Sequence[RowRule],
    progress: Callable[[int], None] = lambda _done: None,
) -> Iterator[Finding]:
    for entries, range_findings in _check_rows(read, "event", rules, _entries):
        yield from log.follow(entries)
        yield from range_findings
        progress(log.seq)


def _check_references(read: Reader) -> Iterator[Finding]:
    """Yield a finding for each table that has rows that refer to a row that is not there.

    All tables are checked at once; where there are too many rows for that, one by one.
    """

    def check_at_once(tx: Transaction) -> list[str] | None:
        """List the tables with such rows; None for a server, which has no such check."""
        return sorted(set(tx.column("PRAGMA foreign_key_check"))) if tx.engine.has_file else None

    tables = read(partial(key_ranges.run_in_time, look=check_at_once))
    if tables is not None:
        yield from (Finding("foreign_key", table) for table in tables)
        return
    rules_of = read(lambda tx: {table: _references_of(tx, table) for table in _tables(tx)})
    for table, rules in rules_of.items():
        if rules and any(range_findings for _rows, range_findings in _check_rows(read, table, rules)):
            yield Finding("foreign_key", table)


def _references_of(tx: Transaction, table: str) -> tuple[RowRule, ...]:
    """Return the rule that every row that `table` refers to exists; () for a table without references."""
    dangling = []
    for reference in tx.on_connection(partial(tx.engine.references, table=table)):
        columns = [f'"{table}"."{column}"' for column in reference.columns]
        pairs = zip(columns, reference.referred_columns, strict=True)
        refers = " AND ".join(f"{column} IS NOT NULL" for column in columns)
        same = " AND ".join(f'{column} = other."{referred}"' for column, referred in pairs)
        dangling.append(f'{refers} AND NOT EXISTS (SELECT 1 FROM "{reference.table}" other WHERE {same})')
    return (RowRule("foreign_key", f"'{table}'", " OR ".join(dangling)),) if dangling else ()


def _check_rows(
    read: Reader, table: str, rules: Sequence[RowRule], read_rows: _ReadRows = lambda _tx, _span: []
) -> Iterator[tuple[_Rows, tuple[Finding, ...]]]:
    """Check a table range by range: yield what `read_rows` reads of each, and the rows that break `rules`."""

    def look(tx: Transaction, span: KeyRange) -> tuple[_Rows, tuple[Finding, ...]]:
        return read_rows(tx, span), _broken_in(tx, span, rules)

    return key_ranges.walk(read, table, look)


def _broken_in(tx: Transaction, span: KeyRange, rules: Sequence[RowRule]) -> tuple[Finding, ...]:
    """Return a finding for each row of a range that breaks a rule, at most `MOST_OF_A_RANGE` of a rule."""
    findings = list[Finding]()
    for rule in rules:
        row_names = tx.column(
            f'SELECT {rule.row_name} FROM "{span.table}"'
            f" WHERE {span.condition} AND ({rule.is_broken}) LIMIT ?",
            *(*span.values, MOST_OF_A_RANGE),
        )
        findings += [Finding(rule.check, str(row_name)) for row_name in row_names]
    return tuple(findings)


def _few_of_each(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield each finding once, and at most `MOST_OF_A_CHECK` of a check."""
    counts = Counter[str]()
    for finding in dict.fromkeys(findings):
        counts[finding.check] += 1
        if counts[finding.check] <= MOST_OF_A_CHECK:
            yield finding


def _tables(tx: Transaction) -> tuple[str, ...]:
    return tx.on_connection(tx.engine.tables)


def _ids_and_labels(tx: Transaction, span: KeyRange) -> _Rows:
    return tx.rows(f"SELECT id, day || ' ' || label FROM ticket WHERE {span.condition}", *span.values)


def _entries(tx: Transaction, span: KeyRange) -> _Rows:
    columns = ", ".join(_COLUMNS)
    return tx.rows(f"SELECT {columns} FROM event WHERE {span.condition} ORDER BY seq", *span.values)


class _LogCheck:
    """The check that the log's entries hang together, in their order.

    `seq` and `chain` are number and hash of the last entry that was checked; at the beginning, of the one
    before the first. `count` is how many were checked, `issued` has the tickets whose issue they report.
    """

    def __init__(self, seq: int = 0, chain: str = GENESIS) -> None:
        self.seq, self.chain, self.count = seq, chain, 0
        self.issued = _IdSet()

    def follow(self, entries: _Rows) -> Iterator[Finding]:
        """Check the next entries, each a row of `_COLUMNS`; yield what is wrong."""
        for *content, stored_chain in entries:
            event = Event(**dict(zip(_COLUMNS, content, strict=False)))
            if event.seq != self.seq + 1:
                yield Finding("chain", _("catatan {seq} hilang").format(seq=self.seq + 1))
            elif chain_hash(self.chain, event) != stored_chain:
                yield Finding("chain", _("catatan {seq} diubah").format(seq=event.seq))
            if event.kind in ISSUES:
                self.issued.add(event.subject)
            self.seq, self.chain, self.count = event.seq, stored_chain, self.count + 1


class _IdSet:
    """A set of ids in a byte each: there are millions, and most of them follow each other."""

    _LENGTH = 4096

    def __init__(self) -> None:
        self._parts: defaultdict[int, bytearray] = defaultdict(lambda: bytearray(self._LENGTH))

    def add(self, id_: int) -> None:
        self._parts[id_ // self._LENGTH][id_ % self._LENGTH] = 1

    def __contains__(self, id_: int) -> bool:
        return bool(self._parts[id_ // self._LENGTH][id_ % self._LENGTH])
