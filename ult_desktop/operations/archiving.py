"""Move a closed year into its own file: a series that may be cut off anywhere and is gone through again.

Proved backup → the archive is written from it and proved → `archive.begun` → the year's log and rows leave
the office file in short steps → `archive.ended` → a second proved backup. Until the begin nothing changed,
after it the same command goes on where it was. The office file is not made smaller: VACUUM would write it
anew with everybody locked out, and its free pages serve the years to come.
"""

import random
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from uuid import uuid4

import msgspec

from ult_desktop.core.archive import Archive, ArchiveState, end_of, last_day_of, require_oldest, require_over
from ult_desktop.core.archive_asks import BeginArchive, EndArchive
from ult_desktop.core.boards import Openness
from ult_desktop.core.opening import opening_of
from ult_desktop.core.roles import Actor, Permission
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.working_time import round_the_clock
from ult_desktop.db import archive_file, archives, archiving, clear_text, events
from ult_desktop.db import office as office_rows
from ult_desktop.db.archive_choice import Stay, Wanted
from ult_desktop.db.archive_rules import open_word
from ult_desktop.db.archiving import ArchiveLink, Group
from ult_desktop.db.store import Store
from ult_desktop.i18n import _
from ult_desktop.operations import retention
from ult_desktop.operations.archive_lease import alone
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.office import Office
from ult_desktop.operations.upkeep import back_up

FIRST_PORTION, LARGEST_PORTION = 8, 100
QUICK_S, SLOW_S = 0.1, 0.3  # a step that takes longer holds up who waits at a counter: the next is smaller
PAUSE_S = (0.02, 0.06)  # others come between
Progress = Callable[[int, int], object]
Tell = Callable[[str], object]


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Which year, and the second place for its backups. `now`: also while the office is open."""

    year: int
    place: Path
    now: bool = False


class Archived(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it. `stays`: what is open and stays in the office file; `backup` made afterwards."""

    archive: Archive
    path: str
    stays: tuple[Stay, ...] = ()
    backup: str = ""


def archive_year(
    office: Office,
    by: Actor,
    job: Job,
    tell: Tell = lambda _words: None,
    progress: Progress = lambda _n, _of: None,
) -> Archived:
    """Archive the year, or go on with it. An archived year is answered as it is.

    Raises:
        UserError: not permitted, too young, not in its turn, not closed (the year before this one), personal
            text is to be sealed or erased first, another station is at it, or a disk does not do. The
            office file holds everything that is in no archive.
    """
    by.require(Permission.MANAGE_OFFICE)
    known = office.read(lambda tx: archives.find(tx, job.year))
    path = archives.path_of(office.path, job.year)
    if known is not None and known.state is ArchiveState.DONE:
        return Archived(archive=known, path=str(path))
    _require_quiet(office, job)
    fresh = known is None or _is_to_begin_anew(office, known, path)
    if fresh:
        _require_ripe(office, job.year)
        _require_in_order(office)
    store = Store(office.path, station=office.station)
    stays: tuple[Stay, ...] = ()
    try:
        with alone(store, office) as renew:
            if fresh:
                stays = _begin(office, by, job, store, tell)
            ended = _let_go(office, by, store, _Way(job.year, path, tell, progress, renew))
            made = back_up(store, job.place, office.station, office.clock())
    finally:
        store.close()
    return Archived(archive=ended, path=str(path), stays=stays, backup=str(made.path))


def _is_to_begin_anew(office: Office, known: Archive, path: Path) -> bool:
    """Its file is gone, and the office has everything: so it is after a restore, or a wrong deletion."""
    return not archive_file.is_of(path, known.facts) and office.read(
        lambda tx: archives.is_untouched(tx, known)
    )


class _Way:
    """The road of one run: counts its steps, tells of them, and keeps the lease."""

    def __init__(
        self, year: int, path: Path, tell: Tell, progress: Progress, renew: Callable[[], None]
    ) -> None:
        self.year, self.path, self.tell = year, path, tell
        self._progress, self._renew = progress, renew
        self._done, self._all = 0, 0

    def expect(self, steps: int) -> None:
        self._all = steps

    def step(self, count: int) -> None:
        """So many rows or entries more are done; others have their turn now."""
        self._done += count
        self._progress(self._done, self._all)
        self._renew()
        time.sleep(random.uniform(*PAUSE_S))  # noqa: S311  (jitter, not a secret)


def _require_quiet(office: Office, job: Job) -> None:
    """No bulk delete in opening hours (docs/store.md, rule 13)."""
    settings = office.read(office_rows.load).settings
    local = to_datetime(office.clock(), settings.office.zone)
    if job.now or round_the_clock(settings.hours):
        return
    if opening_of(settings, "", local).state is Openness.OPEN:
        raise nothing_changed(
            _("Kantor sedang buka."),
            _("Arsipkan setelah jam layanan, atau tambahkan --now: pekerjaan melambat."),
        )


def _today(office: Office) -> date:
    return to_datetime(office.clock(), office.read(office_rows.zone)).date()


def _require_ripe(office: Office, year: int) -> None:
    """Over for long enough, and the oldest that the log still holds."""
    today, first_at = _today(office), office.read(events.first_at)
    require_over(year, today)
    zone = office.read(office_rows.zone)
    require_oldest(year, today.year if first_at is None else to_datetime(first_at, zone).year)


def _require_in_order(office: Office) -> None:
    """What is to be sealed never is in an archive, and what is due is erased here in small steps."""
    if office.read(clear_text.is_left):
        raise nothing_changed(
            _("Masih ada data pribadi lama yang belum disegel."),
            _("Jalankan `ult-desktop keys seal-old`, lalu arsipkan."),
        )
    if office.read(lambda tx: retention.is_due(tx, office.clock())):
        raise nothing_changed(
            _("Ada data pribadi yang menurut jadwal retensi sudah harus dihapus."),
            _("Jalankan `ult-desktop retention run --yes`, lalu arsipkan."),
        )


def _begin(office: Office, by: Actor, job: Job, store: Store, tell: Tell) -> tuple[Stay, ...]:
    zone = office.read(office_rows.zone)
    tell(_("Membuat cadangan …"))
    made = back_up(store, job.place, office.station, office.clock())
    tell(_("Menulis arsip {year} …").format(year=job.year))
    wanted = Wanted(job.year, last_day_of(job.year), end_of(job.year, zone), office.clock())
    path = archives.path_of(office.path, job.year)
    judge = _judge(job.year, _today(office))
    facts, stays = archive_file.write(made.path, path, wanted, uuid4().hex, judge)
    office.perform(BeginArchive(facts=facts), by)
    return stays


def _judge(year: int, today: date) -> Callable[[Sequence[Stay]], None]:
    """The year before this one goes only as a whole: what is open in it is still the office's daily work."""

    def judge(stays: Sequence[Stay]) -> None:
        if stays and year == today.year - 1:
            raise nothing_changed(
                _("Tahun {year} belum ditutup: {list}.").format(year=year, list=stays_in_words(stays[:10])),
                _("Selesaikan itu dulu; tahun yang lebih lama diarsipkan tanpa yang masih terbuka."),
            )

    return judge


def stays_in_words(stays: Sequence[Stay]) -> str:
    return "; ".join(f"{stay.name} ({open_word(stay.table)})" for stay in stays)


def _let_go(office: Office, by: Actor, store: Store, way: _Way) -> Archive:
    known = office.read(lambda tx: archives.find(tx, way.year))
    if known is None or not archive_file.is_of(way.path, known.facts):
        raise archive_file.not_there(way.path)
    with archiving.opened(way.path) as link:
        archive_file.prove(way.path)
        way.tell(_("Memindahkan {year} …").format(year=way.year))
        _move(store, link, known, way)
        counts, digest = archiving.settle(store, link)
    ended: Archive = office.perform(EndArchive(year=way.year, digest=digest, counts=counts), by)
    return ended


def _move(store: Store, link: ArchiveLink, known: Archive, way: _Way) -> None:
    facts, lone, seq = known.facts, archiving.lone(link), store.read(events.start).seq
    groups = archiving.left(store, archiving.groups(link))
    way.expect(max(0, facts.last_seq - seq) + len(groups) + sum(len(ids) for _table, ids in lone))
    for step in archiving.log_steps(link, facts, seq):
        if not archiving.erase_log(store, step):
            raise nothing_changed(
                _("Catatan kantor tidak sama dengan arsip {year}.").format(year=way.year),
                _("Jalankan `ult-desktop verify --archive` dan hubungi petugas TI."),
            )
        way.step(step.seq - seq)
        seq = step.seq
    _move_groups(store, link, known, way, groups)
    for table, ids in lone:
        for chunk in archiving.chunks(ids):
            archiving.erase_lone(store, link, table, chunk)
            way.step(len(chunk))


def _move_groups(store: Store, link: ArchiveLink, known: Archive, way: _Way, groups: Sequence[Group]) -> None:
    """As many at once as this share takes quickly."""
    first, size = 0, FIRST_PORTION
    while first < len(groups):
        chosen, began = groups[first : first + size], time.monotonic()
        _let_groups_go(store, link, chosen, known)
        spent = time.monotonic() - began
        way.step(len(chosen))
        first += len(chosen)
        if spent > SLOW_S:
            size = max(1, size // 2)
        elif spent < QUICK_S:
            size = min(2 * size, LARGEST_PORTION)


def _let_groups_go(store: Store, link: ArchiveLink, groups: Sequence[Group], known: Archive) -> None:
    """All at once, or one by one where one of them is not as it was: that one stays."""
    part = archiving.portion(link, groups, known.facts)
    if not archiving.erase(store, part) and len(groups) > 1:
        for group in groups:
            archiving.erase(store, archiving.portion(link, (group,), known.facts))
