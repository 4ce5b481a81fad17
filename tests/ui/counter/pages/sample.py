"""A page and a tab that the product does not have: numbers of today, with every part of the kit."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial

from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.db.office import services
from ult_desktop.operations.boards import board_of_counter
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.page import VisitTab, WorkPage
from ult_desktop.ui.kit.detail import Detail, DetailAction, Fact, Facts
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField, RadioField, TickField, TicksField
from ult_desktop.ui.kit.forms.date_fields import DateField, OfficeDays, TimeField
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.file_fields import FileField
from ult_desktop.ui.kit.forms.form import Form, Values
from ult_desktop.ui.kit.forms.text_fields import LineField, NumberField, TextField
from ult_desktop.ui.kit.lists.record_list import Filter, ListRow, RecordList, Tag
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.timeline import Timeline, TimelineEntry, when_words

REGENCIES = ("Kota Tarakan", "Kabupaten Bulungan", "Kabupaten Malinau", "Kabupaten Nunukan", "Luar provinsi")


class StillDays:
    """A clock that stands, and one holiday."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23)

    def read_holidays(self, first: date, last: date, then: Callable[[Mapping[date, str]], object]) -> None:
        then({date(2026, 11, 25): "Hari Guru"} if first <= date(2026, 11, 25) <= last else {})


def every_field(theme: Theme, days: OfficeDays) -> tuple[Field | tuple[Field, ...], ...]:
    """One of each kind."""
    places = tuple((name, name) for name in REGENCIES)
    return (
        LineField(theme, "name", _("Nama lengkap"), required=True, hint=_("sesuai kartu identitas")),
        (
            LineField(
                theme,
                "phone",
                _("Nomor telepon"),
                check=lambda text: "" if text.isdigit() else "Hanya angka.",
            ),
            ChoiceField(theme, "regency", _("Kabupaten/kota"), places, free=True),
        ),
        RadioField(
            theme, "card", _("Kartu identitas"), (("ktp", "KTP"), ("sim", "SIM"), ("paspor", _("Paspor")))
        ),
        TicksField(
            theme,
            "needs",
            _("Bantuan"),
            (("chair", _("kursi roda")), ("cane", _("tongkat")), ("escort", _("pendamping"))),
        ),
        (
            DateField(theme, "date", _("Tanggal surat"), days=days),
            TimeField(theme, "at", _("Jam")),
            NumberField(theme, "people", _("Jumlah orang"), least=1, most=50),
        ),
        TextField(theme, "purpose", _("Keperluan"), required=True),
        ChoiceField(theme, "service", _("Layanan"), ((1, "Informasi"), (2, "Tunjangan"))),
        FileField(theme, "file", _("Surat tugas"), "Surat (*.pdf)"),
        TickField(theme, "agreed", _("Setuju datanya disimpan")),
    )


def read_numbers(office: Office) -> tuple[Ticket, ...]:
    return office.counter_board(1).waiting


def first_service(office: Office) -> int:
    return office.read(services.active)[0].id


class SamplePage(WorkPage):
    """Today's numbers; the form gives a further one."""

    name, icon_name, group = "sample", "ticket", "visitors"
    needs = frozenset({Permission.ISSUE_TICKETS})
    title = staticmethod(lambda: _("Nomor antrean"))
    waiting = staticmethod(lambda tx, now, _actor: len(board_of_counter(tx, 1, now).waiting))

    @override
    def build(self) -> None:
        filters = (Filter("", _("Semua")), Filter("priority", _("Prioritas"), "danger"))
        self.numbers = RecordList(
            self.theme, _("Cari nomor"), filters, (_("Belum ada nomor hari ini."), "ticket")
        )
        self.detail = Detail(self.theme)
        self.timeline = Timeline(self.theme)
        self.detail.add_section(_("Riwayat"), self.timeline)
        self.form = Form(
            self.theme,
            every_field(self.theme, self.host),
            _("Simpan"),
            _("Batal"),
            self.host.draft("sample"),
            lambda values: (
                {"phone": "Isi nomor telepon."} if values["agreed"] and not values["phone"] else {}
            ),
        )
        self.right = QStackedWidget()
        self.right.addWidget(self.detail)
        self.right.addWidget(self.form)
        self.show_split(self.numbers, self.right)
        self.new = self.add_head_button(_("Nomor baru"), "plus", self.begin, "primary")
        self.numbers.chosen.connect(self.choose)
        self.form.submitted.connect(self.send)
        self.form.left.connect(lambda: self.right.setCurrentWidget(self.detail))
        self.key("Ctrl+N", self.begin)
        self.service = 1

    def open_case(self) -> None:
        self.host.open_page("cases", self.numbers.selected)

    def begin(self) -> None:
        self.right.setCurrentWidget(self.form)
        self.form.setFocus()

    def send(self, values: Values) -> None:
        command = commands.IssueTicket(service_id=values["people"] or self.service)
        self.host.perform(
            command, lambda issued: self.numbers.choose(issued.ticket.id), _("Nomor diambil."), self.form
        )

    @override
    def refresh(self) -> None:
        self.fetch(read_numbers, self.show_numbers)

    def show_numbers(self, tickets: tuple[Ticket, ...]) -> None:
        self.tickets = {ticket.id: ticket for ticket in tickets}
        self.numbers.show_rows([self.row_of(ticket) for ticket in tickets])

    def row_of(self, ticket: Ticket) -> ListRow:
        late = ticket.priority
        return ListRow(
            id=ticket.id,
            title=f"{ticket.label} · {ticket.service}",
            subtitle="Dedi Kurniawan, SMP Negeri 1 Tarakan",
            aside=when_words(ticket.issued_at, self.host.now()),
            icon="ticket",
            tint="violet" if late else "blue",
            tags=(Tag("prioritas", "priority"), Tag("baru", "ok")) if late else (),
            groups=frozenset({"priority"} if late else ()),
            strong=late,
            side_tone="danger" if late else "",
        )

    def choose(self, ticket_id: int | None) -> None:
        self.right.setCurrentWidget(self.detail)
        if ticket_id is None:
            self.detail.show_nothing()
            return
        ticket = self.tickets[ticket_id]
        self.detail.show_head(ticket.label, ticket.service, (Tag(_("menunggu"), "warn", "hourglass"),))
        self.detail.show_facts(
            (
                Fact(_("Nama"), "Dedi Kurniawan"),
                Fact(
                    _("Instansi"),
                    "Dinas Pendidikan dan Kebudayaan Kabupaten Tana Tidung, Kalimantan Utara " * 2,
                ),
                Fact(_("Kosong"), ""),
                Fact(_("Terlambat"), "3 hari", "danger"),
            )
        )
        self.detail.show_actions(
            (
                DetailAction("cases", _("Buka permohonan"), "files", self.open_case, "primary"),
                DetailAction("verify", _("Verifikasi identitas"), "badge-check", self.open_case),
                DetailAction(
                    "card",
                    _("Pinjam kartu"),
                    "id-card",
                    self.open_case,
                    why_not=_("Identitas belum diverifikasi."),
                ),
                DetailAction("end", _("Akhiri kunjungan"), "log-out", self.open_case, "danger"),
            )
        )
        at = when_words(ticket.issued_at, self.host.now())
        self.timeline.show_entries(
            (
                TimelineEntry(at, _("Nomor diambil di kios"), icon="ticket"),
                TimelineEntry(
                    at, _("Dipanggil ke loket 2"), "Siti Rahmawati", icon="megaphone", tone="accent"
                ),
                TimelineEntry(
                    at, _("Identitas cocok"), "Siti Rahmawati", "KTP, atas nama sendiri", "badge-check", "ok"
                ),
            )
        )

    @override
    def open_subject(self, subject: object) -> None:
        self.numbers.choose(subject)


class SampleTab(VisitTab):
    """A tab about the number at the counter."""

    name, icon_name = "sample", "user-round"
    title = staticmethod(lambda: _("Pengunjung"))

    @override
    def build(self) -> None:
        self.facts = Facts(self.theme)
        self.body.addWidget(self.facts)
        self.body.addStretch()

    @override
    def refresh(self) -> None:
        self.fetch(partial(state_of, self.now_serving.ticket.code), self.show_state)

    def show_state(self, state: str) -> None:
        arrived = _("ya") if self.now_serving.visit else _("belum")
        self.facts.show_facts((Fact(_("Keadaan"), state), Fact(_("Sudah datang"), arrived)))


def state_of(code: str, office: Office) -> str:
    ticket = office.find_ticket(code)
    return ticket.state.value if ticket else ""
