"""The group Prosedur of Pengaturan: the office's procedures (POS), to read, compare, adopt and retire."""

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, formats, pgettext, tokens
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure
from ult_desktop.core.procedures.comparison import Difference, differences
from ult_desktop.core.procedures.document import adapted_to_office
from ult_desktop.core.procedures.flow import flow_picture
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.procedures.standard_time import (
    procedure_paths,
    read_time,
    time_words,
    total_words,
    with_times,
)
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.procedures.procedures import load_procedure, procedure_ids
from ult_desktop.ui.counter.pages import ListGroup, PageHost
from ult_desktop.ui.counter.procedures.document_box import DocumentBox, reading_area
from ult_desktop.ui.kit import Column, Row, detail, dialogs, forms, panels, widgets
from ult_desktop.ui.kit.detail import DetailAction, Fact
from ult_desktop.ui.kit.forms.form import Values
from ult_desktop.ui.kit.lists import Filter, ListRow, Tag

_READING_WIDTH, _BOX_MARGINS = 1040, 96  # base pixels; the margins are those of both sides


class ScrollBox(dialogs.Box):
    """A box with a widget to read, which scrolls."""

    def __init__(self, host: PageHost, title: str, inner: QWidget) -> None:
        super().__init__(host.window, host.theme, title, ("list-ordered", "blue"))
        self.setMinimumWidth(min(host.theme.px(_READING_WIDTH), host.window.width()))
        self.area = reading_area(host, title, inner)
        self.add_part(self.area)
        self.add_button(_("Tutup"), "primary", lambda: None).setFocus()


def flow_box(host: PageHost, procedure: Procedure) -> ScrollBox:
    """Make the box with the flow picture, as wide as the box and in the window's own colours."""
    schemes = tokens.load_tokens().colours
    colours = schemes.kontras if host.theme.is_high_contrast else schemes.light
    drawing = QSvgRenderer(flow_picture(procedure, colours).encode())
    width = min(host.theme.px(_READING_WIDTH), host.window.width()) - host.theme.px(_BOX_MARGINS)
    size = drawing.defaultSize()
    picture = QPixmap(width, round(width * size.height() / size.width()))
    picture.fill(host.theme.color("surface"))
    painter = QPainter(picture)
    drawing.render(painter)
    painter.end()
    label = QLabel()
    label.setPixmap(picture)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setAccessibleName(_("Gambar alur {title}").format(title=procedure.title))
    return ScrollBox(host, procedure.title, label)


def comparison_box(host: PageHost, names: tuple[str, str], differing: Sequence[Difference]) -> ScrollBox:
    """Make the box of what differs between two versions: `names` are theirs, the first at the left."""
    inner = QWidget()
    inner.setProperty("kind", "scrolled")
    column = Column(host.theme, inner, gap=12, margins=(0, 0, 8, 0))
    heads = Row(host.theme, gap=16)
    for name in names:
        heads.addWidget(widgets.Label(name, "strong", wrap=True), 1)
    column.addLayout(heads)
    for difference in differing:
        section = panels.Section(host.theme, difference.part)
        row = Row(host.theme, gap=16)
        for text in (difference.before, difference.after):
            row.addWidget(widgets.Label(text or "–", wrap=True), 1, Qt.AlignmentFlag.AlignTop)
        section.body.addLayout(row)
        column.addWidget(section)
    if not differing:
        column.addWidget(widgets.Label(_("Keduanya sama.")))
    column.addStretch(1)
    return ScrollBox(host, _("Bandingkan"), inner)


_WIDTH = 860  # base pixels, also of its height where the window has room


class TimesBox(dialogs.Box):
    """The box of the standard times, a field for each step. It shows the changes before they are saved."""

    def __init__(self, host: PageHost, procedure: Procedure) -> None:
        super().__init__(host.window, host.theme, _("Ubah waktu baku"), ("timer", "blue"))
        self._host, self._procedure = host, procedure
        self._agreed_change: tuple[Procedure, str] | None = None  # the procedure and the reason
        self.setMinimumWidth(min(host.theme.px(_WIDTH), host.window.width()))
        self.say(
            _(
                "Tulis seperti 10 menit, ± 15 menit, 2 hari kerja, atau 1–3 hari; kosong: tanpa waktu baku."
                " Yang sudah berjalan tetap menurut versi lama."
            )
        )
        fields = [
            forms.LineField(host.theme, str(step.step), f"{step.step}. {step.activity}", check=_time_problem)
            for step in procedure.steps
        ]
        reason = forms.LineField(host.theme, "reason", _("Alasan perubahan"), required=True)
        self.form = forms.Form(host.theme, (*fields, reason), _("Lihat perubahan"), _("Batal"))
        self.form.show_values({str(s.step): time_words(s.time) if s.time else "" for s in procedure.steps})
        # After the present times, so that a kept draft shows over them.
        self.form.keep_in(host.draft("procedure-times", f"{procedure.id} {procedure.version}"))
        self.form.leave.setAutoDefault(False)
        self.add_part(self.form)
        self.form.left.connect(self.reject)
        self.form.submitted.connect(self._compare)
        self.setMinimumHeight(min(host.theme.px(_WIDTH), round(host.window.height() * 0.85)))

    def _compare(self, values: Values) -> None:
        times = {step.step: read_time(values[str(step.step)]) for step in self._procedure.steps}
        after = with_times(self._procedure, times)
        if after == self._procedure:
            self.form.show_refusal(UserError(_("Tidak ada waktu yang berubah.")))
            return
        if (after, values["reason"]) == self._agreed_change:
            self._save(after, values["reason"])
            return
        box = dialogs.Box(self, self.theme, _("Simpan sebagai versi baru?"), ("save", "blue"))
        facts = detail.Facts(self.theme)
        facts.show_facts([*_changes(self._procedure, after), detail.Fact(_("Alasan"), values["reason"])])
        box.words.addWidget(facts)
        box.add_button(_("Kembali"), "quiet", lambda: None)
        box.add_button(_("Simpan"), "primary", partial(self._save, after, values["reason"])).setFocus()
        box.open()

    def _save(self, after: Procedure, reason: str) -> None:
        """Save the change. A form that waited for the share is sent again, then without another question."""
        self._agreed_change = after, reason
        command = AdoptProcedure(procedure=after, reason=reason)
        self._host.perform(command, lambda _version: self.accept(), _adopted_words(after), self.form)


def _adopted_words(procedure: Procedure) -> str:
    """Return the message after an adoption. `PageHost.perform` replaces its "{label}" by the version."""
    words = _("{title} berlaku sebagai versi {label}.")
    return words.format(title=procedure.title, label="{label}")


def _time_problem(text: str) -> str:
    try:
        read_time(text)
    except ValueError:
        return _("Tulis seperti 10 menit, 2 hari kerja, atau 1–3 hari.")
    return ""


def _changes(before: Procedure, after: Procedure) -> list[detail.Fact]:
    """Return the time, before and after, of each step whose time changes, then the total."""
    pairs = zip(before.steps, after.steps, strict=True)
    changed = [
        detail.Fact(_("Langkah {n}").format(n=old.step), f"{time_words(old.time)} → {time_words(new.time)}")
        for old, new in pairs
        if old.time != new.time
    ]
    totals = [
        " / ".join(dict.fromkeys(map(total_words, procedure_paths(version)))) for version in (before, after)
    ]
    return [*changed, detail.Fact(_("Jumlah waktu baku"), " → ".join(dict.fromkeys(totals)))]


RUNNING, PAST, SHIPPED = "running", "past", "shipped"


class ProcedureEntry(msgspec.Struct, frozen=True):
    """A version of a procedure: the office runs or ran it (then with its `row`), or the program ships it.

    `group` is RUNNING, PAST or SHIPPED.
    """

    procedure: Procedure
    group: str
    row: procedures.ProcedureRow | None = None

    @property
    def id(self) -> str:
        return f"{self.group}:{self.procedure.id}:{self.procedure.version}"

    @property
    def name(self) -> str:
        words = {
            RUNNING: _("{title}, versi {n}, berlaku"),
            PAST: _("{title}, versi {n}"),
            SHIPPED: _("{title}, bawaan program"),
        }[self.group]
        return words.format(title=self.procedure.title, n=self.procedure.version)


def procedure_entries(office: Office) -> tuple[ProcedureEntry, ...]:
    """Read the procedures, on the worker thread. Those that the program ships carry this office's name."""
    own, office_name = office.read(_own_entries)
    shipped = (adapted_to_office(load_procedure(shipped_id), office_name) for shipped_id in procedure_ids())
    return (*own, *(ProcedureEntry(procedure, SHIPPED) for procedure in shipped))


def _own_entries(tx: Transaction) -> tuple[list[ProcedureEntry], str]:
    """Return the versions that the office runs or ran, and the office's name."""
    rows = procedures.every_version(tx)
    own = [
        ProcedureEntry(procedures.load(tx, row.id, row.version), PAST if row.retired_at else RUNNING, row)
        for row in rows
    ]
    return own, office_rows.load(tx).settings.office.name


class ProceduresGroup(ListGroup[ProcedureEntry]):
    """The group of procedures. A visit that began under a version ends under it, also after a newer one."""

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

    @override
    def refresh(self) -> None:
        self.fetch(procedure_entries, self.show_records)

    @override
    def row_of(self, record: ProcedureEntry) -> ListRow:
        procedure = record.procedure
        return ListRow(
            id=record.id,
            title=procedure.title,
            subtitle=procedure.number,
            aside=_("versi {n}").format(n=procedure.version),
            icon="book-open",
            tint="green" if record.group == RUNNING else "slate",
            tags=(Tag(_("berlaku"), "ok"),) if record.group == RUNNING else (),
            groups=frozenset({record.group}),
        )

    @override
    def show_record(self, record: ProcedureEntry) -> None:
        procedure, row = record.procedure, record.row
        self.detail.show_head(procedure.title, procedure.office.name)
        times = dict.fromkeys(total_words(path) for path in procedure_paths(procedure))
        since = (self._day(row.adopted_at) or _("kantor dibuat")) if row else ""
        until = self._day(row.retired_at if row else None)
        self.detail.show_facts(
            [
                Fact(_("Nomor"), procedure.number),
                Fact(_("Versi"), str(procedure.version)),
                Fact(pgettext("many", "Langkah"), str(len(procedure.steps))),
                Fact(_("Jumlah waktu baku"), "\n".join(times)),
                Fact(_("Berlaku sejak"), since),
                Fact(_("Sampai"), until),
                Fact(_("Alasan perubahan"), row.reason if row else ""),
            ]
        )
        self.detail.show_actions(self._actions(record))

    def _day(self, at: int | None) -> str:
        """Return a moment (UTC ms) as a date; "" for none, and for 0: since the office was set up."""
        if not at:
            return ""
        return formats.format_date(to_datetime(at, self.host.now().tzinfo).date(), "long")

    def _actions(self, entry: ProcedureEntry) -> list[DetailAction]:
        procedure, host = entry.procedure, self.host
        running_ids = {other.procedure.id for other in self._records if other.group == RUNNING}
        others = [
            other for other in self._records if other.procedure.id == procedure.id and other is not entry
        ]
        why_not = "" if others else _("Hanya ada satu versi.")
        acts = [
            DetailAction("read", _("Baca POS"), "book-open", lambda: DocumentBox(host, procedure).open()),
            DetailAction("flow", _("Gambar alur"), "network", lambda: flow_box(host, procedure).open()),
            DetailAction(
                "compare", _("Bandingkan …"), "files", partial(self._compare, entry, others), why_not=why_not
            ),
        ]
        if entry.group == RUNNING:
            stop = partial(self._ask_to_stop, entry)
            acts.append(
                DetailAction(
                    "times", _("Ubah waktu baku …"), "timer", lambda: TimesBox(host, procedure).open()
                )
            )
            return [*acts, DetailAction("stop", _("Hentikan …"), "x", stop, "danger")]
        verb = _("Jalankan versi ini") if procedure.id in running_ids else _("Jalankan")
        return [DetailAction("adopt", verb, "play", partial(self._adopt, entry), "primary"), *acts]

    def _adopt(self, entry: ProcedureEntry) -> None:
        procedure = entry.procedure
        self.host.perform(AdoptProcedure(procedure=procedure), message=_adopted_words(procedure))

    def _ask_to_stop(self, entry: ProcedureEntry) -> None:
        stop = RetireProcedure(procedure_id=entry.procedure.id)
        message = _("{title} dihentikan.").format(title=entry.procedure.title)
        dialogs.ask(
            self.host.window,
            self.theme,
            _("Hentikan {title}?").format(title=entry.procedure.title),
            _("Yang sudah berjalan tetap menurutnya. Prosedur ini dapat dijalankan lagi."),
            (_("Hentikan"), lambda: self.host.perform(stop, message=message)),
        )

    def _compare(self, entry: ProcedureEntry, others: list[ProcedureEntry]) -> None:
        options = [(other.name, other) for other in others]
        dialogs.choose(
            self.host.window,
            self.theme,
            _("Bandingkan dengan"),
            options,
            partial(self._open_comparison, entry),
        )

    def _open_comparison(self, entry: ProcedureEntry, other: ProcedureEntry) -> None:
        differing = differences(other.procedure, entry.procedure)
        comparison_box(self.host, (other.name, entry.name), differing).open()
