"""The group Prosedur: the procedures that the office runs, those it ran, and those shipped."""

from functools import partial

import msgspec
from typing_extensions import override

from ult_desktop.base import _, formats, pgettext
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.procedures.comparison import differences
from ult_desktop.core.procedures.document import of_office
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.procedures.standard_time import procedure_paths, total_words
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits.commands import AdoptProcedure, RetireProcedure
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.procedures.procedures import load_procedure, procedure_ids
from ult_desktop.ui.counter.pages import ListGroup
from ult_desktop.ui.counter.procedures import reading_boxes
from ult_desktop.ui.counter.procedures.document_box import DocumentBox
from ult_desktop.ui.counter.procedures.times_box import TimesBox
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.detail import DetailAction, Fact
from ult_desktop.ui.kit.lists import Filter, ListRow, Tag

RUNNING, PAST, SHIPPED = "running", "past", "shipped"


class ProcedureEntry(msgspec.Struct, frozen=True):
    """A version that the office runs or ran (`row`), or one that comes with the program."""

    procedure: Procedure
    group: str
    row: procedures.ProcedureRow | None = None

    @property
    def id(self) -> str:
        return f"{self.group}:{self.procedure.id}:{self.procedure.version}"

    @property
    def name(self) -> str:
        words = {SHIPPED: _("{title}, bawaan program"), PAST: _("{title}, versi {n}")}
        plain = words.get(self.group, _("{title}, versi {n}, berlaku"))
        return plain.format(title=self.procedure.title, n=self.procedure.version)


def procedure_entries(office: Office) -> tuple[ProcedureEntry, ...]:
    """Return the procedures, on the worker thread. A shipped one is shown as this office would run it."""
    own, name = office.read(_own)
    shipped = (of_office(load_procedure(each), name) for each in procedure_ids())
    return (*own, *(ProcedureEntry(each, SHIPPED) for each in shipped))


def _own(tx: Transaction) -> tuple[list[ProcedureEntry], str]:
    rows = procedures.every_version(tx)
    own = [
        ProcedureEntry(procedures.load(tx, row.id, row.version), PAST if row.retired_at else RUNNING, row)
        for row in rows
    ]
    return own, office_rows.load(tx).settings.office.name


class ProceduresGroup(ListGroup[ProcedureEntry]):
    """The group of procedures.

    A visit begun under a version ends under it; a new version holds from then on.
    """

    name, icon_name, group = "procedures", "book-open", "people"
    needs = frozenset({Permission.MANAGE_OFFICE})
    title = staticmethod(lambda: pgettext("many", "Prosedur"))

    @override
    def build(self) -> None:
        filters = (
            Filter(RUNNING, _("Berlaku")),
            Filter(SHIPPED, _("Bawaan program")),
            Filter(PAST, _("Dulu")),
        )
        nothing = (_("Pilih prosedur di daftar."), "book-open")
        self.add_list(_("Cari prosedur …"), filters, (_("Tidak ada prosedur."), "book-open"), nothing)
        self.list.opened.connect(lambda _row: self.detail.acts.begin())

    @override
    def refresh(self) -> None:
        self.fetch(procedure_entries, self._show)

    def _show(self, found: tuple[ProcedureEntry, ...]) -> None:
        self.show_records(found, [_row_of(each) for each in found])

    @override
    def show_record(self, found: ProcedureEntry) -> None:
        read = found.procedure
        self.detail.show_head(read.title, read.office.name)
        times = dict.fromkeys(total_words(path) for path in procedure_paths(read))
        since = self._day(found.row.adopted_at if found.row else None)
        until = self._day(found.row.retired_at if found.row else None)
        self.detail.show_facts(
            [
                Fact(_("Nomor"), read.number),
                Fact(_("Versi"), str(read.version)),
                Fact(pgettext("many", "Langkah"), str(len(read.steps))),
                Fact(_("Jumlah waktu baku"), "\n".join(times)),
                Fact(_("Berlaku sejak"), since),
                Fact(_("Sampai"), until),
                Fact(_("Alasan perubahan"), found.row.reason if found.row else ""),
            ]
        )
        self.detail.show_actions(self._actions(found))

    def _day(self, at: int | None) -> str:
        """Return a moment (UTC ms) as the office's own date; "" for none."""
        if at is None:
            return ""
        return formats.format_date(to_datetime(at, self.host.now().tzinfo).date(), "long")

    def _actions(self, entry: ProcedureEntry) -> list[DetailAction]:
        read = entry.procedure
        runs = {each.procedure.id for each in self._found if each.group == RUNNING}
        others = [each for each in self._found if each.procedure.id == read.id and each is not entry]
        why = "" if others else _("Hanya ada satu versi.")
        acts = [
            DetailAction("read", _("Baca POS"), "book-open", lambda: DocumentBox(self.host, read).open()),
            DetailAction(
                "flow", _("Gambar alur"), "network", lambda: reading_boxes.flow_box(self.host, read).open()
            ),
            DetailAction(
                "compare", _("Bandingkan …"), "files", partial(self._compare, entry, others), why=why
            ),
        ]
        if entry.group == RUNNING:
            stop = partial(self._ask_to_stop, entry)
            times = partial(self._change_times, read)
            acts.append(DetailAction("times", _("Ubah waktu baku …"), "timer", times))
            return [*acts, DetailAction("stop", _("Hentikan …"), "x", stop, "danger")]
        verb = _("Jalankan versi ini") if read.id in runs else _("Jalankan")
        return [DetailAction("adopt", verb, "play", partial(self._adopt, entry), "primary"), *acts]

    def _change_times(self, read: Procedure) -> None:
        TimesBox(self.host, read).open()

    def _adopt(self, entry: ProcedureEntry) -> None:
        told = _("{title} berlaku sebagai versi {label}.")
        title = entry.procedure.title
        self.host.perform(
            AdoptProcedure(procedure=entry.procedure), told=told.format(title=title, label="{label}")
        )

    def _ask_to_stop(self, entry: ProcedureEntry) -> None:
        stop = RetireProcedure(procedure_id=entry.procedure.id)
        told = _("{title} dihentikan.").format(title=entry.procedure.title)
        dialogs.ask(
            self.host.window,
            self.theme,
            _("Hentikan {title}?").format(title=entry.procedure.title),
            _("Yang sudah berjalan tetap menurutnya. Prosedur ini dapat dijalankan lagi."),
            (_("Hentikan"), lambda: self.host.perform(stop, told=told)),
        )

    def _compare(self, entry: ProcedureEntry, others: list[ProcedureEntry]) -> None:
        options = [(each.name, each) for each in others]
        dialogs.choose(
            self.host.window, self.theme, _("Bandingkan dengan"), options, partial(self._side_by_side, entry)
        )

    def _side_by_side(self, entry: ProcedureEntry, other: ProcedureEntry) -> None:
        found = differences(other.procedure, entry.procedure)
        reading_boxes.comparison_box(self.host, (other.name, entry.name), found).open()


def _row_of(entry: ProcedureEntry) -> ListRow:
    read = entry.procedure
    return ListRow(
        id=entry.id,
        title=read.title,
        subtitle=read.number,
        aside=_("versi {n}").format(n=read.version),
        icon="book-open",
        tint="green" if entry.group == RUNNING else "slate",
        tags=(Tag(_("berlaku"), "ok"),) if entry.group == RUNNING else (),
        groups=frozenset({entry.group}),
    )
