"""The page of this PC's part: kiosk, counter or display, and its name."""

import platform

import msgspec
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.base.config import pin_problem
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.ui.kit import forms
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.setup.draft import SetupDraft, mode_word
from ult_desktop.ui.setup.page import Page, Values


class StationPage(Page):
    """The page of this PC's part. A kiosk's PIN is chosen here: none is preset."""

    def __init__(self, theme: Theme) -> None:
        self.mode = forms.RadioField(
            theme,
            "mode",
            _("PC ini adalah"),
            (
                ("counter", _("Loket: petugas memanggil dan melayani")),
                ("kiosk", _("Kios: pengunjung mengambil nomor")),
                ("display", _("Layar TV: nomor yang dipanggil")),
            ),
        )
        self.replaces = forms.ChoiceField(theme, "replaces", _("Menggantikan PC yang mati"))
        self.name = forms.LineField(
            theme,
            "name",
            _("Nama PC ini, seperti dibaca petugas"),
            required=True,
            most=60,
            check=self._name_problem,
        )
        self.counter = forms.ChoiceField(theme, "counter", _("Nomor loket di meja ini"))
        self.pin = forms.LineField(
            theme,
            "pin",
            _("PIN keluar kios, 4–8 angka pilihan sendiri (tahan sudut kiri atas 3 detik)"),
            required=True,
            most=8,
            check=pin_problem,
        )
        super().__init__(
            theme,
            _("PC ini"),
            _("Satu PC, satu tugas. Tugasnya dapat diganti nanti di Pengaturan."),
            (self.mode, self.replaces, self.name, self.counter, self.pin),
        )
        self._proposed = ""
        self.mode.changed.connect(self._show_questions)
        self.replaces.changed.connect(self._take_over)

    @override
    def show_draft(self, draft: SetupDraft) -> None:
        seats = [(number, _("Loket {n}").format(n=number)) for number in draft.counters]
        self.counter.show_options([(0, _("Petugas memilih saat masuk")), *seats])
        stations = self._replaceable_stations()
        self.replaces.show_options(
            [("", _("Tidak")), *((station.name, station.name) for station in stations)]
        )
        self.replaces.set_shown(bool(stations))
        self.form.show_values(
            {
                "replaces": draft.replaces,
                "mode": draft.mode,
                "counter": draft.counter or 0,
                "pin": draft.pin,
                "name": draft.name,
            }
        )
        self._show_questions()

    def _show_questions(self) -> None:
        mode = str(self.mode.value() or "")
        self.counter.set_shown(mode == "counter")
        self.pin.set_shown(mode == "kiosk")
        if self.name.value() in ("", self._proposed):
            self._proposed = " ".join(filter(None, (mode_word(mode), platform.node())))
            self.name.show_value(self._proposed)

    def _replaceable_stations(self) -> tuple[StationStatus, ...]:
        """Return the silent stations, whose name and counter this PC may take over."""
        office = self.draft.report.office if self.draft.report else None
        return office.replaced if office is not None else ()

    def _take_over(self) -> None:
        """Propose mode and name of the dead PC that this one replaces."""
        for old in self._replaceable_stations():
            if old.name == self.replaces.value():
                self.mode.show_value(old.mode)
                self._show_questions()
                self.name.show_value(old.name)
                self.counter.show_value(old.health.counter)

    def _name_problem(self, name: str) -> str:
        office = self.draft.report.office if self.draft.report else None
        if office is not None and name in office.at_work and name != self.draft.distinct_name:
            return _("Nama ini sudah dipakai komputer lain yang sedang bekerja.")
        return ""

    @override
    def updated_draft(self, values: Values) -> SetupDraft:
        replaced = values.get("replaces") or ""
        return msgspec.structs.replace(
            self.draft,
            replaces=replaced if values["name"] == replaced else "",  # another name is another station
            mode=values["mode"],
            name=values["name"],
            counter=values.get("counter") or None,
            pin=values.get("pin", ""),
        )
