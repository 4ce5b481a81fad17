"""The notices after signing in: reset passwords, a restored office, no POS, erasure and restore drill due."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ult_desktop.base import UserError, _, formats
from ult_desktop.core.access.commands import SeeNotices
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.stamps import DAY_MS, to_datetime
from ult_desktop.db.access.officers import notices_for
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store import events
from ult_desktop.operations.backup import drill
from ult_desktop.operations.privacy import retention
from ult_desktop.ui.kit import dialogs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ult_desktop.core.access.roles import Actor
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.counter.pages import PageHost
    from ult_desktop.ui.kit import Theme
    from ult_desktop.ui.office_link.link import OfficeLink


def show_reset_notices(link: OfficeLink, window: QWidget, theme: Theme, actor: Actor) -> None:
    """Show the notices to an admin until they press that they understood; show others nothing."""

    def show(lines: tuple[str, ...]) -> None:
        # The answer may come after another officer has signed in.
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
        dialogs.tell(window, theme, news, then=mark_as_seen)

    def mark_as_seen() -> None:
        if link.actor == actor:  # else the box closed because its officer left
            link.perform(SeeNotices())

    if actor.officer_id is not None and actor.may(Permission.MANAGE_OFFICE):
        link.read(partial(_read_lines, actor.officer_id), show)


def tell_of_restore(host: PageHost) -> None:
    """Show every officer who signs in within a day of a restore what may be missing: they notice it first."""

    def show(restore: events.LastRestore | None) -> None:
        if restore is None or host.stamp() - restore.at > DAY_MS:
            return
        zone = host.now().tzinfo
        at, until = to_datetime(restore.at, zone), to_datetime(restore.backup_ended_at, zone)
        words = UserError(
            _("Kantor dipulihkan {date}, {time}.").format(
                date=formats.format_date(at, "long"), time=formats.format_clock(at)
            ),
            _(
                "Yang tercatat sampai {date}, {time}, dan yang ada di jurnal komputer sesudahnya, kembali."
            ).format(date=formats.format_date(until, "long"), time=formats.format_clock(until)),
            _("Periksa pekerjaan Anda sejak saat itu; catat lagi yang tidak ada."),
        )
        dialogs.tell(host.window, host.theme, words)

    host.read(lambda office: office.read(events.last_restore), show)


def warn_of_no_procedure(host: PageHost) -> None:
    """Warn an officer who can act on it that the office runs no procedure."""

    def show(count: int) -> None:
        if not count:
            host.tell(
                _(
                    "Belum ada POS yang dijalankan di kantor ini."
                    " Admin memilihnya dengan perintah “procedure adopt”."
                )
            )

    if host.actor.may(Permission.MANAGE_OFFICE) or host.actor.may(Permission.REVIEW_DEVIATIONS):
        host.read(lambda office: len(office.read(procedures.in_force)), show)


def offer_due_erasure(host: PageHost) -> None:
    """Tell an officer who may erase, as they sign in, that personal data is due to be erased."""

    def show(is_due: bool) -> None:
        if is_due:
            host.tell(_("Ada data pribadi yang jatuh tempo dihapus. Lihat halaman “Retensi data”."))

    if host.actor.may(Permission.RUN_RETENTION):
        host.read(lambda office: office.read(lambda tx: retention.is_due(tx, office.clock())), show)


def offer_due_drill(host: PageHost) -> None:
    """Ask an admin, as they sign in, for the restore drill when the last one is a quarter ago."""

    def show(is_due: bool) -> None:
        if is_due:
            go = partial(host.open_page, "settings", "health")
            words = _("Uji pemulihan triwulan ini belum dilakukan: cadangan terbukti hanya bila dicoba.")
            host.tell(words, [(_("Buka Kesehatan"), go)])

    if host.actor.may(Permission.MANAGE_OFFICE):
        host.read(lambda office: office.read(lambda tx: drill.is_due(tx, office.clock())), show)


def _read_lines(admin_id: int, office: Office) -> tuple[str, ...]:
    """Return a line about each password that was reset and that this admin has not seen yet."""
    notices, zone = office.read(lambda tx: (notices_for(tx, admin_id), office_rows.zone(tx)))
    lines = []
    for notice in notices:
        at = to_datetime(notice.at, zone)
        lines.append(
            _("{name}: {date}, {time}, dari komputer {station}").format(
                name=notice.name,
                date=formats.format_date(at, "long"),
                time=formats.format_clock(at),
                station=notice.station,
            )
        )
    return tuple(lines)
