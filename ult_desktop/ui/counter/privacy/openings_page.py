"""The page Pembukaan data: who opened whose personal data, when and why."""

import datetime
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from typing_extensions import override

from ult_desktop.base import _, formats
from ult_desktop.base.spreadsheet import csv_file
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.personal import PersonalKind, mask_text
from ult_desktop.core.privacy.subject_words import opening_words
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy.personal import PersonalAccess, openings_between
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages import WorkPage, papers, snapshot
from ult_desktop.ui.kit import Row, forms, lists

LONGEST_PERIOD = datetime.timedelta(days=92)
_DAY = datetime.timedelta(days=1)
ALL_OFFICERS = 0


class Openings(msgspec.Struct, frozen=True):
    """The openings of a period, the latest first; its first and last day; the office's time zone."""

    openings: tuple[PersonalAccess, ...] = ()
    first: datetime.date = datetime.date.min
    last: datetime.date = datetime.date.min
    zone: ZoneInfo = ZoneInfo("UTC")

    def when(self, opening: PersonalAccess) -> datetime.datetime:
        return to_datetime(opening.at, self.zone)


class OpeningsPage(WorkPage):
    """The page of openings. It masks the persons' names: to read the page opens nobody's data."""

    name, icon_name, group = "openings", "eye", "quality"
    line = "privacy"
    needs = frozenset({Permission.REVIEW_OPENINGS})
    title = staticmethod(lambda: _("Pembukaan data"))

    @override
    def build(self) -> None:
        self._board = Openings()
        self.first = forms.DateField(self.theme, "first", _("Dari"), required=True, days=self.host)
        self.last = forms.DateField(self.theme, "last", _("Sampai"), required=True, days=self.host)
        self.officer = forms.ChoiceField(self.theme, "officer", _("Petugas"))
        for field in (self.first, self.last):
            field.show_value(self.host.now().date())
            field.changed.connect(self.refresh)
        self.officer.changed.connect(self._show_rows)
        row = Row(self.theme, gap=16)
        for widget in (self.first, self.last, self.officer):
            row.addWidget(widget, 1)
        self.body.addLayout(row)
        nobody = (_("Tidak ada data pribadi yang dibuka."), "shield-check")
        self.list = lists.RecordList(self.theme, _("Cari nama, alasan …"), empty=nobody)
        self.body.addWidget(self.list, 1)
        self.save_button = self.add_head_button(_("Simpan sebagai CSV"), "download", self._export)
        self.save_button.setEnabled(False)  # until the openings are read

    @override
    def refresh(self) -> None:
        first, last = self.first.value(), self.last.value()
        if not isinstance(first, datetime.date) or not isinstance(last, datetime.date):
            return
        if not datetime.timedelta() <= last - first <= LONGEST_PERIOD:
            self.last.show_error(_("Dari 1 sampai {n} hari.").format(n=LONGEST_PERIOD.days))
            return
        self.fetch(snapshot(_read_openings, first, last), self._show)

    def _show(self, board: Openings) -> None:
        self._board = board
        names = sorted({opening.officer for opening in board.openings})
        self.officer.show_options(
            [(ALL_OFFICERS, _("semua petugas")), *((name, name) for name in names if name)]
        )
        if self.officer.value() is None:
            self.officer.show_value(ALL_OFFICERS)
        self._show_rows()

    @property
    def shown(self) -> Sequence[PersonalAccess]:
        """The openings by the chosen officer; without a choice all of them."""
        chosen = self.officer.value()
        return [
            opening for opening in self._board.openings if chosen in (None, ALL_OFFICERS, opening.officer)
        ]

    def _show_rows(self) -> None:
        self.list.show_rows([self._row(index, opening) for index, opening in enumerate(self.shown)])
        self.save_button.setEnabled(bool(self.shown))

    def _row(self, index: int, opening: PersonalAccess) -> lists.ListRow:
        when = self._board.when(opening)
        person = _masked_name(opening) or _("tanpa nama")
        return lists.ListRow(
            id=index,
            title=f"{opening.officer or '–'} → {person}",
            subtitle=opening_words(opening.what),
            aside=f"{formats.format_date(when.date(), 'short')} {formats.format_clock(when)}",
            icon="eye",
            tint="blue",
            tags=(lists.Tag(opening.station),),
        )

    def _export(self) -> None:
        heads = (_("Waktu"), _("Petugas"), _("Komputer"), _("Data milik"), _("Alasan"))
        lines = [heads]
        for opening in self.shown:
            when = self._board.when(opening).isoformat(sep=" ", timespec="minutes")
            words = opening_words(opening.what)
            lines.append((when, opening.officer, opening.station, _masked_name(opening), words))
        days = formats.format_days(self._board.first, self._board.last)
        papers.save(self.host, partial(_write, f"{self.title()} {days}", lines))


def _masked_name(opening: PersonalAccess) -> str:
    """Return the person's name with each of its words masked to its beginning."""
    return " ".join(mask_text(word, PersonalKind.WORDS) for word in (opening.name or "").split())


def _read_openings(tx: Transaction, _now: int, first: datetime.date, last: datetime.date) -> Openings:
    """Read the openings from `first` to `last`, both included."""
    zone = office_rows.zone(tx)
    begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, last + _DAY))
    return Openings(openings_between(tx, to_stamp(begin), to_stamp(end)), first, last, zone)


def _write(name: str, lines: Sequence[Sequence[str]], _office: Office, _actor: Actor) -> Path:
    return papers.write_document(name, "csv", csv_file(lines))
