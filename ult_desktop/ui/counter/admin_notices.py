"""What is told after signing in: reset passwords, an office without a POS, data that is due to be erased."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ult_desktop.core.access_asks import SeeNotices
from ult_desktop.core.roles import Permission
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db import office as office_rows
from ult_desktop.db import procedures
from ult_desktop.db.gate import notices_for
from ult_desktop.errors import UserError
from ult_desktop.formats import format_clock, format_date
from ult_desktop.i18n import _
from ult_desktop.operations import retention
from ult_desktop.operations.archive_erasing import due_in, known
from ult_desktop.ui import dialogs
from ult_desktop.ui.counter.online.file_desk import FileDesk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ult_desktop.core.retention import ArchiveDue
    from ult_desktop.core.roles import Actor
    from ult_desktop.db.archive_changes import Known
    from ult_desktop.db.retention import Sweep
    from ult_desktop.operations.office import Office
    from ult_desktop.ui.counter.work.desk import WorkDesk
    from ult_desktop.ui.link import OfficeLink
    from ult_desktop.ui.theme import Theme


def tell_admin(link: OfficeLink, window: QWidget, theme: Theme, actor: Actor) -> None:
    """Say it to an admin until he has pressed that he understood; to others nothing."""

    def show(lines: tuple[str, ...]) -> None:
        if not lines or link.actor != actor:
            return
        news = UserError(
            _("Kata sandi admin pernah diganti lewat folder berkas kantor."),
            "\n".join(lines),
            _(
                "Bila bukan Anda atau rekan admin yang melakukannya, periksa siapa yang dapat menulis "
                "ke folder itu."
            ),
        )
        dialogs.tell(window, theme, news, then=partial(_seen, link, actor))

    if actor.officer_id is not None and actor.may(Permission.MANAGE_OFFICE):
        link.read(partial(_lines, actor.officer_id), show)


def tell_of_no_procedure(desk: WorkDesk) -> None:
    """Say it to who can do something about it: an office of an older program runs none until told to."""

    def show(running: int) -> None:
        if not running:
            desk.tell(
                _(
                    "Belum ada POS yang dijalankan di kantor ini."
                    " Admin memilihnya dengan perintah “procedure adopt”."
                )
            )

    if desk.actor.may(Permission.MANAGE_OFFICE) or desk.actor.may(Permission.REVIEW_DEVIATIONS):
        desk.read(_running, show)


def tell_of_due_erasure(desk: WorkDesk) -> None:
    """The schedule asks for a run: said to who can do it, at his sign-in."""

    def show(archived: Sequence[ArchiveDue]) -> None:
        if any(each.total for each in archived):
            _tell_due(desk)

    def look(found: tuple[bool, tuple[Known, ...], Sweep]) -> None:
        is_due, archives, sweep = found
        if is_due:
            _tell_due(desk)
        elif archives:  # they are looked at away from both threads
            FileDesk(desk).run(partial(due_in, archives, sweep), show, desk.refuse)

    if desk.actor.may(Permission.RUN_RETENTION):
        desk.read(_has_due, look)


def _tell_due(desk: WorkDesk) -> None:
    desk.tell(_("Ada data pribadi yang jatuh tempo dihapus. Lihat halaman “Retensi data”."))


def _has_due(office: Office) -> tuple[bool, tuple[Known, ...], Sweep]:
    """In the office file; and where to look further."""
    is_due = office.read(lambda tx: retention.is_due(tx, office.clock()))
    return is_due, known(office), retention.sweep_now(office)


def _running(office: Office) -> int:
    return len(office.read(procedures.in_force))


def _seen(link: OfficeLink, actor: Actor) -> None:
    """A box that goes with its officer was not read."""
    if link.actor == actor:
        link.perform(SeeNotices())


def _lines(admin_id: int, office: Office) -> tuple[str, ...]:
    found = office.read(lambda tx: notices_for(tx, admin_id))
    zone = office.read(office_rows.zone)
    return tuple(
        _("{name}: {date}, {time}, dari komputer {station}").format(
            name=each.name,
            date=format_date(at, "long"),
            time=format_clock(at),
            station=each.station,
        )
        for each in found
        for at in (to_datetime(each.at, zone),)
    )
