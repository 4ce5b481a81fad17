"""The boxes of the page Laporan: a range of days, a table of one's own, the rows behind a figure."""

from collections.abc import Callable

from ult_desktop.base import _
from ult_desktop.core.figures.breakdown import Breakdown
from ult_desktop.core.figures.choice import OtherRows, TableChoice, named_tables
from ult_desktop.core.figures.columns import STANDARD, every_figure
from ult_desktop.core.figures.period import Period, days_between
from ult_desktop.core.figures.report import ReportPart
from ult_desktop.operations.figures.entries import RowsBehind
from ult_desktop.ui.counter.pages import FormBox, PageHost
from ult_desktop.ui.counter.reports.parts_view import PartTable
from ult_desktop.ui.kit import dialogs, forms, widgets
from ult_desktop.ui.kit.forms.form import Values

_WIDE, _TALL = 1080, 420


def ask_range(host: PageHost, period: Period, then: Callable[[Period], object]) -> None:
    """Ask for the first and the last day of a range, both included."""
    first, last = (
        forms.DateField(host.theme, name, words, required=True, days=host)
        for name, words in (("first", _("Dari")), ("last", _("Sampai dengan")))
    )
    FormBox(
        host,
        _("Dari tanggal sampai tanggal"),
        ((first, last),),
        command=lambda values: lambda _office, _actor: days_between(values["first"], values["last"]),
        verb=_("Tampilkan"),
        then=then,
        icon=("calendar-days", "blue"),
        known={"first": period.first, "last": min(period.last, host.now().date())},
    ).open()


class TableBox(FormBox):
    """The box for the rows and figures of a table. The ready-made tables fill both in.

    Args:
        host: the officer's.
        known: the table that was chosen before.
        then: gets the choice.
        with_officers: whether the figures of each officer may be chosen.
    """

    def __init__(
        self,
        host: PageHost,
        known: TableChoice | None,
        then: Callable[[TableChoice], object],
        *,
        with_officers: bool,
    ) -> None:
        theme, withheld = host.theme, () if with_officers else (Breakdown.OFFICER,)
        self._known = {each.key: each for each in named_tables() if each.choice.rows not in withheld}
        named = [(key, each.words) for key, each in self._known.items()]
        rows = [(each, each.word) for each in (*Breakdown, *OtherRows) if each not in withheld]
        figures = [(each.column.key, each.column.head) for each in every_figure()]
        self.named = forms.ChoiceField(theme, "named", _("Tabel yang sudah disusun"), named)
        self.rows = forms.ChoiceField(theme, "rows", _("Baris"), rows, required=True)
        self.figures = forms.TicksField(theme, "figures", _("Angka"), figures)
        choice = known or TableChoice(Breakdown.SERVICE, STANDARD)
        super().__init__(
            host,
            _("Susun tabel"),
            ((self.named, self.rows), self.figures),
            command=lambda values: lambda _office, _actor: _choice_of(values),
            verb=_("Tampilkan"),
            then=then,
            icon=("chart-column", "blue"),
            words=_("Langkah, kabupaten/kota, dan instansi membawa angkanya sendiri."),
            known={"rows": choice.rows, "figures": choice.figures},
            wide=True,
        )
        self.named.changed.connect(self._fill_in)
        self.rows.changed.connect(self._allow)
        self._allow()

    def _fill_in(self) -> None:
        named = self._known.get(str(self.named.value()))
        if named is not None:
            self.rows.show_value(named.choice.rows)
            self.figures.show_value(named.choice.figures)

    def _allow(self) -> None:
        self.figures.setEnabled(isinstance(self.rows.value(), Breakdown))


def _choice_of(values: Values) -> TableChoice:
    rows = values["rows"]
    return TableChoice(rows, tuple(values["figures"]) or STANDARD)


class EntriesBox(dialogs.Box):
    """The rows that a figure counts, to read and to copy."""

    def __init__(self, host: PageHost, title: str) -> None:
        super().__init__(host.window, host.theme, title, ("list-ordered", "blue"))
        px = host.theme.px
        self.setMinimumWidth(min(px(_WIDE), host.window.width()))
        self.table = PartTable(host.theme)
        self.table.setMinimumHeight(px(_TALL))
        self.note = widgets.Label("", "small", "soft", wrap=True)
        self.words.addWidget(self.table, 1)
        self.words.addWidget(self.note)
        self.add_button(_("Tutup"), "primary", lambda: None)

    def show_part(self, part: ReportPart) -> None:
        self.table.show_part(part)
        self.table.setVisible(bool(part.rows))
        self.note.setText(part.note)
        self.note.setVisible(bool(part.note))
        self.table.setFocus()


def open_entries(host: PageHost, behind: RowsBehind) -> EntriesBox:
    box = EntriesBox(host, behind.title)
    host.read(lambda office: behind.made(office.read, office.clock()), box.show_part)
    box.open()
    return box
