"""The replay of what a lost office file had acknowledged: exactly once, as the stations wrote it down.

The backup ends at some point; the journals know what came after. In the order of the old log every row gets
its old id and every paper its number, so references still mean the same. What would come out differently is
not done at all, but reported: a wrong row is worse than a missing one.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core import recorded_requests, stamps
from ult_desktop.core.access.roles import Actor, roles_from
from ult_desktop.core.command import Command
from ult_desktop.core.event import Event
from ult_desktop.core.queue.ticket import is_twin
from ult_desktop.db.access import officers
from ult_desktop.db.office import office
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.store import events
from ult_desktop.db.store.errors import ShareUnreachable, WritesBlocked
from ult_desktop.db.store.store import OfficeAccess, write_or_refuse
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import dispatch, register
from ult_desktop.operations.access.delegated_roles import effective_roles
from ult_desktop.operations.operation import Context, Replay, refuse, require_found

PROGRESS_EVERY_S = 3.0
# Why an entry was put off. Nobody reads this: at the end each is tried without waiting.
_EARLY = "waits for an earlier act on its ticket or at its counter"
_ISSUED, _OF_TICKETS = "ticket.issued", ("ticket.", "paper.")
_MAKING_A_TICKET = (_ISSUED, "ticket.walked_in")


class ReplayedRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request of the replay, without its arguments. `at` is UTC ms; `why` says why it was not done.

    `twin`: the number on its paper is on another visitor's too.
    """

    request: str
    at: int
    station: str
    name: str
    label: str = ""
    doubtful: bool = False
    twin: bool = False
    why: str = ""


class ReplayReport(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a replay.

    `doubtful` lines were done, although it is unknown whether they had been acknowledged: the program died in
    the middle. Requests that were `left_out` were not acknowledged: the person who asked was shown that it
    failed, or it is older than the backup, which does not have it. `lost` counts the entries of the old log
    that no journal knows, refused ones not included.
    """

    done: tuple[ReplayedRequest, ...] = ()
    refused: tuple[ReplayedRequest, ...] = ()
    left_out: tuple[ReplayedRequest, ...] = ()
    known: int = 0
    lost: int = 0


def replay(
    store: OfficeAccess,
    entries: Sequence[recorded_requests.JournalRecord],
    report_progress: Callable[[str], object] = lambda _words: None,
) -> ReplayReport:
    """Carry out `entries`, merged and in order, on the restored office in `store`.

    A refused entry is tried again as long as others succeed: it may need a row that a later entry makes, and
    its own row can get its old id only while that id is the next one. So the first refused entry is tried
    again after each success, and all of them before each entry with no place in the log, which would take
    the next id. An act on a ticket waits for the earlier acts on it, because an arrival makes the visit that
    a guest book would have made; an act at a counter waits for the earlier ones there, because a call keeps
    the counter from an earlier call that is tried again. Then a call ends the unanswered call that is in its
    way: it was acknowledged, so something that no journal knows had ended that one. The last round does not
    wait. `report_progress` gets a sentence every few seconds.

    Raises:
        ShareUnreachable, WritesBlocked: `store` does not take any entry.
    """
    began, until = store.read(_end_of_log)
    left_out = store.read(partial(_left_out, entries=entries, until=until))
    left_out_requests = {line.request for line in left_out}
    replayable = [
        entry for entry in entries if is_replayable(entry) and entry.request not in left_out_requests
    ]
    zone = store.read(office.zone)
    attempts = _Attempts(
        store, store.read(partial(_forked_seq_of, entries=entries)), zone, _old_ids_by_label(replayable, zone)
    )
    for entry in _with_progress(replayable, report_progress):
        if entry.is_in_doubt:
            attempts.retry_all()
        if attempts.carry_out(entry):
            attempts.retry_first()
    attempts.retry_all()
    attempts.ends_calls = True
    attempts.retry_all()
    attempts.in_order = False
    attempts.retry_all()
    return ReplayReport(
        done=tuple(attempts.done),
        refused=tuple(line for _entry, line in attempts.refused.values()),
        left_out=left_out,
        known=attempts.known,
        lost=_count_lost(replayable, began, attempts.done, store.read(events.last_seq)),
    )


class _Attempts:
    """The entries that were carried out, and those that were refused until now.

    `known` counts the entries that the log had already.
    """

    def __init__(
        self, store: OfficeAccess, forked_seq: int, zone: ZoneInfo, old_ids: Mapping[str, Mapping[str, int]]
    ) -> None:
        self._store, self._forked_seq, self._zone, self._old_ids = store, forked_seq, zone, old_ids
        self._new_ids: dict[int, int] = {}  # by the ids that tickets had in the old log
        self._served_at: dict[int, int] = {}  # by counter: when its newest act was asked for (UTC ms)
        self.in_order = True  # an act waits for earlier ones on its ticket and at its counter
        self.ends_calls = False  # a call ends the unanswered call that is in its way
        self._subjects: dict[str, frozenset[tuple[str, int]]] = {}  # by request
        self.done: list[ReplayedRequest] = []
        self.refused: dict[str, tuple[recorded_requests.JournalRecord, ReplayedRequest]] = {}
        self.known = 0

    def carry_out(self, entry: recorded_requests.JournalRecord) -> bool:
        """Try an entry; return whether it was carried out now."""
        if self.in_order and self._comes_too_early(entry):
            self.refused.setdefault(
                entry.request, (entry, msgspec.structs.replace(_report_line(entry), why=_EARLY))
            )
            return False
        line = self._attempt(entry)
        if line is not None and line.why:
            self.refused[entry.request] = entry, line
            return False
        self.refused.pop(entry.request, None)
        if line is None:
            self.known += 1
            return False
        self.done.append(line)
        return True

    def _comes_too_early(self, entry: recorded_requests.JournalRecord) -> bool:
        """Return whether an earlier act on the same ticket, or at the same counter, is refused until now.

        What is in doubt waits only for acts that are older: it may be what a later one needs.
        """
        subjects = self._subjects_of(entry)
        for earlier, _refusal in self.refused.values():
            if earlier is entry:
                return False
            is_earlier = not entry.is_in_doubt or (earlier.at, earlier.request) < (entry.at, entry.request)
            if is_earlier and not earlier.is_in_doubt and subjects & self._subjects_of(earlier):
                return True
        return False

    def _subjects_of(self, entry: recorded_requests.JournalRecord) -> frozenset[tuple[str, int]]:
        if entry.request not in self._subjects:
            self._subjects[entry.request] = _subjects_of(entry)
        return self._subjects[entry.request]

    def retry_first(self) -> None:
        """Try the first refused entry again, and the next one as long as each succeeds."""
        while self.refused and self.carry_out(next(iter(self.refused.values()))[0]):
            pass

    def retry_all(self) -> None:
        """Try all refused entries again, in their order, as long as one of them succeeds."""
        has_succeeded = True
        while has_succeeded:
            has_succeeded = False
            for entry, _refusal in tuple(self.refused.values()):
                has_succeeded = self.carry_out(entry) or has_succeeded

    def _attempt(self, entry: recorded_requests.JournalRecord) -> ReplayedRequest | None:
        """Carry out one entry in one transaction. Returns None when the log knows it already.

        Raises ShareUnreachable or WritesBlocked: that is no refusal, and the next entry would meet it too.
        """
        line = _report_line(entry)
        old_ids = self._old_ids.get(stamps.office_day(entry.at, self._zone), {})
        do = partial(self._perform, entry=entry, old_ids={} if entry.journal_result else old_ids)
        try:
            event = write_or_refuse(self._store, do)
        except (ShareUnreachable, WritesBlocked):
            raise
        except UserError as error:
            return msgspec.structs.replace(line, why=error.what)
        if event is None:
            return None
        recorded, label = entry.journal_result, dispatch.journal_result(event).label
        old_id = old_ids.get(label, event.subject) if recorded is None else recorded.subject
        if event.kind == _ISSUED and event.subject != old_id:
            self._new_ids[old_id] = event.subject
        counter = _counter_of(_command_of(entry))
        if counter and event.kind.startswith(_OF_TICKETS):
            self._served_at[counter] = max(entry.at, self._served_at.get(counter, 0))
        twin = event.kind == _ISSUED and self._store.read(
            lambda tx: is_twin(tickets.get(tx, event.subject).series)
        )
        return msgspec.structs.replace(line, label=label, twin=twin)

    def _perform(
        self, tx: Transaction, entry: recorded_requests.JournalRecord, old_ids: Mapping[str, int]
    ) -> Event | None:
        """Carry out an entry as it was; `old_ids` by label. Returns None if the log knows it."""
        if events.subject_of(tx, entry.request) is not None:
            return None
        command, recorded = _command_of(entry), entry.journal_result
        if entry.is_in_doubt and self._served_at.get(_counter_of(command), 0) > entry.at:
            raise refuse(_("Loket itu sudah melayani orang lain sesudahnya."))
        if self._forked_seq and (recorded is None or recorded.seq >= self._forked_seq):
            command = _with_ids_of_this_log(tx, command, entry.at, self._new_ids)
            recorded = None if recorded is None else _with_free_id(tx, recorded, self._new_ids)
        by = _actor_of(tx, entry)
        by.require(register.operation_of(type(command)).needs)
        row = office.load(tx)
        if recorded:
            freed = recorded.freed
            if self.ends_calls and recorded.kind == "ticket.called":
                freed += _calls_in_the_way(tx, _counter_of(command), recorded.subject)
            past = Replay(label=recorded.label, subject=recorded.subject or None, freed=freed)
        else:
            missing = {label: old_id for label, old_id in old_ids.items() if tickets.find(tx, old_id) is None}
            past = Replay(missing=missing)
        context = Context(
            at=entry.at,
            day=stamps.office_day(entry.at, row.settings.office.zone),
            by=by,
            request=entry.request,
            office=row,
            replay=past,
        )
        event = dispatch.execute(tx, command, context)
        if recorded is not None:
            _require_same_outcome(recorded, event)
        return event


def _with_progress(
    entries: Sequence[recorded_requests.JournalRecord], report_progress: Callable[[str], object]
) -> Iterator[recorded_requests.JournalRecord]:
    reported_at = time.monotonic()
    for nth, entry in enumerate(entries):
        if time.monotonic() - reported_at > PROGRESS_EVERY_S:
            reported_at = time.monotonic()
            report_progress(_("{n} dari {all} permintaan diulang …").format(n=nth, all=len(entries)))
        yield entry


def is_replayable(entry: recorded_requests.JournalRecord) -> bool:
    """Return whether the entry was acknowledged, or perhaps so, or done alone and not handed in yet."""
    return (
        entry.outcome == "done" or entry.is_in_doubt or (entry.happened_offline and entry.outcome == "open")
    )


def _end_of_log(tx: Transaction) -> tuple[int, int]:
    """Return the number of the last event of the backup, and its time (UTC ms)."""
    return events.last_seq(tx), events.last_at(tx)


def _left_out(
    tx: Transaction, entries: Iterable[recorded_requests.JournalRecord], until: int
) -> tuple[ReplayedRequest, ...]:
    """Return the entries that are neither in the log nor carried out, each with its reason."""
    reasons = ((entry, _why_left_out(entry, until)) for entry in entries)
    return tuple(
        msgspec.structs.replace(_report_line(entry), why=why)
        for entry, why in reasons
        if why and events.subject_of(tx, entry.request) is None
    )


def _why_left_out(entry: recorded_requests.JournalRecord, until: int) -> str:
    """Return why an entry is not carried out, or "".

    `until` is the time of the backup's last event (UTC ms). A request takes less than a minute, differences
    of clocks included: an older one that the backup does not have never happened.
    """
    if entry.shown_as_failed:
        return _("Peminta diberi tahu bahwa ini gagal atau belum pasti.")
    # The program died before it showed a success.
    if entry.is_in_doubt and entry.at < until - stamps.MINUTE_MS:
        return _("Cadangan dibuat sesudahnya dan tidak memuatnya.")
    return ""


def _count_lost(
    entries: Sequence[recorded_requests.JournalRecord], began: int, done: Sequence[ReplayedRequest], last: int
) -> int:
    """Return how many events of the old log, after the backup's last one (`began`), no journal knows.

    Two kinds of events have an unknown place in the old log: those of doubtful requests, and those that a
    command wrote in addition to its own. Each of them that the replay wrote counts as known. `last` is the
    new log's end.
    """
    known_seqs = {
        entry.journal_result.seq
        for entry in entries
        if entry.journal_result is not None and entry.journal_result.seq > began
    }
    doubtful = [line for line in done if line.doubtful]
    additional = max(0, last - began - len(done))
    unknown = max(known_seqs, default=began) - began - len(known_seqs)
    return max(0, unknown - len(doubtful) - additional)


def _forked_seq_of(tx: Transaction, entries: Iterable[recorded_requests.JournalRecord]) -> int:
    """Return the first number that the log gave to another event than the journals know, or 0.

    There is one if an older copy of the office was worked with for a while. From that number on, rows of the
    log and rows of the journals have the same ids and are not the same.
    """
    recorded = [
        (entry.journal_result.seq, entry.request) for entry in entries if entry.journal_result is not None
    ]
    if not recorded:
        return 0
    first, _request = min(recorded)
    # The log has no gap (`events.append`).
    requests_by_seq = dict(enumerate((request for _kind, request in events.after(tx, first - 1)), first))
    return min((seq for seq, request in recorded if requests_by_seq.get(seq, request) != request), default=0)


def _old_ids_by_label(
    entries: Iterable[recorded_requests.JournalRecord], zone: ZoneInfo
) -> Mapping[str, Mapping[str, int]]:
    """Return the old ids of tickets that acts name and no entry with a result made, by day and label.

    They belong to numbers whose station does not know what came of its request: a call has label and id.
    """
    results = [
        (stamps.office_day(entry.at, zone), entry.journal_result) for entry in entries if entry.journal_result
    ]
    made = {result.subject for _day, result in results if result.kind in _MAKING_A_TICKET}
    old_ids: dict[str, dict[str, int]] = {}
    for day, result in results:
        if result.label and result.subject not in made and result.kind.startswith("ticket."):
            old_ids.setdefault(day, {})[result.label] = result.subject
    return old_ids


def _report_line(entry: recorded_requests.JournalRecord) -> ReplayedRequest:
    return ReplayedRequest(
        request=entry.request,
        at=entry.at,
        station=entry.station,
        name=entry.name,
        label=entry.journal_result.label if entry.journal_result else "",
        doubtful=entry.outcome != "done",
    )


def _calls_in_the_way(tx: Transaction, counter: int, ticket_id: int) -> tuple[int, ...]:
    """Return the tickets of unanswered calls at a counter, and of another call of the ticket."""
    found = (servings.open_at_counter(tx, counter), servings.open_of_ticket(tx, ticket_id))
    return tuple(serving.ticket_id for serving in found if serving is not None and serving.arrived_at is None)


def _require_same_outcome(recorded: recorded_requests.JournalResult, event: Event) -> None:
    """Raise UserError if an act came out differently than its station had recorded."""
    result = dispatch.journal_result(event)
    # An issued number has the subject 0 if another ticket has its old id.
    has_new_id = recorded.kind == _ISSUED and not recorded.subject
    is_same_row = has_new_id or recorded.subject == result.subject
    if not is_same_row or (recorded.kind, recorded.label) != (result.kind, result.label):
        raise refuse(_("Hasilnya akan berbeda dari yang dulu; ada jurnal stasiun lain yang belum dibawa."))


def _with_ids_of_this_log(tx: Transaction, command: Command, at: int, new_ids: Mapping[int, int]) -> Command:
    """Return the command with the ids that its tickets have in this log.

    Raises UserError if the command is older than the row that it names: that id is another visitor's now.
    """
    ticket_id, visit_id = getattr(command, "ticket_id", None), getattr(command, "visit_id", None)
    if ticket_id is not None and ticket_id in new_ids:
        return msgspec.structs.replace(command, ticket_id=new_ids[ticket_id])
    ticket = None if ticket_id is None else tickets.find(tx, ticket_id)
    visit = None if visit_id is None else visits.find(tx, visit_id)
    if (ticket is not None and ticket.issued_at > at) or (visit is not None and visit.began_at > at):
        raise refuse(_("Nomor barisnya kini milik orang lain."))
    return command


def _with_free_id(
    tx: Transaction, recorded: recorded_requests.JournalResult, new_ids: Mapping[int, int]
) -> recorded_requests.JournalResult:
    """Return the result with the id that its ticket has in this log.

    For a ticket that is to be issued it is 0 if another ticket has the id.
    """
    if recorded.kind == _ISSUED:
        taken = tickets.find(tx, recorded.subject) is not None
        return msgspec.structs.replace(recorded, subject=0) if taken else recorded
    if recorded.kind.startswith(_OF_TICKETS):
        return msgspec.structs.replace(recorded, subject=new_ids.get(recorded.subject, recorded.subject))
    return recorded


def _command_of(entry: recorded_requests.JournalRecord) -> Command:
    """Return the command of a journal's entry. It lacks what no journal keeps."""
    kind = require_found(
        register.kind_named(entry.name),
        _("Pekerjaan {name} tidak dikenal program ini.").format(name=entry.name),
    )
    try:
        # Another version of the program may have written the line, with other fields.
        return kind.read(entry.arguments)
    except msgspec.MsgspecError as error:
        raise refuse(_("Catatannya tidak terbaca ({error}).").format(error=error)) from error


def _subjects_of(entry: recorded_requests.JournalRecord) -> frozenset[tuple[str, int]]:
    """Return the old id of the ticket that an act is about, and the counter at which it is done, if any."""
    recorded = entry.journal_result
    try:
        arguments = msgspec.json.decode(entry.arguments)
        named = [(name, int(arguments.get(name) or 0)) for name in ("counter", "ticket_id")]
    except (msgspec.MsgspecError, AttributeError, TypeError, ValueError):
        named = []  # reported when the entry is tried
    if recorded is not None and recorded.kind.startswith(_OF_TICKETS):
        named.append(("ticket_id", recorded.subject))
    return frozenset(subject for subject in named if subject[1])


def _counter_of(command: Command) -> int:
    """Return the counter at whose visitor the command aims, whoever that is; 0 if it names none."""
    return int(getattr(command, "counter", 0))


def is_half_journalled(line: ReplayedRequest) -> bool:
    """Return whether the command has parts that no journal keeps, as a survey has its answers."""
    return require_found(register.kind_named(line.name), line.name).journalled is not Command.journalled


def _actor_of(tx: Transaction, entry: recorded_requests.JournalRecord) -> Actor:
    """Return the actor who asked, with the roles that they had by then."""
    if entry.officer_id is None:
        return Actor(station=entry.station)
    officer = require_found(officers.by_id(tx, entry.officer_id), _("Petugasnya tidak ada di cadangan."))
    own = (role.value for role in roles_from(officer.roles))
    return Actor(
        station=entry.station,
        officer_id=officer.id,
        name=officer.name,
        # Lent roles are those of that moment: the delegation may have ended since.
        roles=effective_roles(tx, officer.id, own, entry.at),
    )
