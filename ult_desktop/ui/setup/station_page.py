"""The pages of the wizard about this PC: its part in the office, its ticket printer, its sound."""

import platform
import threading
from functools import partial
from pathlib import Path

import msgspec
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.base.config import DisplayConfig, pin_problem
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.devices.printer import search, talk
from ult_desktop.devices.printer.address import (
    WIDE,
    letters_of,
    parse_address,
    width_of,
    with_letters,
    with_width,
)
from ult_desktop.devices.printer.layout import letters_question
from ult_desktop.devices.printer.model import USUAL_LETTERS
from ult_desktop.devices.printer.printer import print_test
from ult_desktop.devices.voice.choice import Voice, load_voice, voice_choice
from ult_desktop.operations.office.own_voice import own_voice_folder
from ult_desktop.ui.kit import forms, layouts, widgets
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.setup.draft import SetupDraft, mode_word
from ult_desktop.ui.setup.page import Page, PlainPage, Values
from ult_desktop.ui.trials import CallTrial, paper_widths, printer_letters, width_question

NONE = "none"


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
        return office.replaceable if office is not None else ()

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
        if office is not None and name in office.at_work and name != self.draft.former_name:
            return _("Nama ini sudah dipakai komputer lain yang sedang bekerja.")
        return ""

    @override
    def updated_draft(self, values: Values) -> SetupDraft:
        old_name = values.get("replaces") or ""
        return msgspec.structs.replace(
            self.draft,
            replaces=old_name if values["name"] == old_name else "",  # another name is another station
            mode=values["mode"],
            name=values["name"],
            counter=values.get("counter") or None,
            pin=values.get("pin", ""),
        )


class PrinterPage(Page):
    """The page of the printer.

    Without a printer the kiosk shows numbers with a code to photograph, so "no printer" is a valid choice.
    """

    def __init__(self, theme: Theme) -> None:
        self.printer = forms.ChoiceField(theme, "printer", _("Printer karcis"), free=True)
        self.paper = forms.RadioField(theme, "width", width_question(), paper_widths())
        self.letters = forms.RadioField(theme, "letters", letters_question(), printer_letters())
        super().__init__(
            theme,
            _("Printer"),
            _("Pilih printernya, lalu cetak percobaan. Alamat seperti tcp://192.168.1.50 boleh diketik."),
            (self.printer, self.paper, self.letters),
        )
        self.test_button = widgets.Button(theme, _("Cetak percobaan"), "", "printer")
        self.search_button = widgets.Button(theme, _("Cari di jaringan"), "", "network")
        row = layouts.Row(theme, gap=8)
        row.addWidget(self.test_button)
        row.addWidget(self.search_button)
        row.addStretch()
        self.column.insertLayout(2, row)
        self.test_button.clicked.connect(self._try)
        self.search_button.clicked.connect(self._search)
        self.work.cancel_button.clicked.connect(self._stop_search)
        self._names: dict[str, str] = {}  # of the printers, by address
        self._stopped = threading.Event()

    @override
    def show_draft(self, draft: SetupDraft) -> None:
        width, letters = width_of(draft.printer), letters_of(draft.printer)
        plain = with_letters(with_width(draft.printer, WIDE), USUAL_LETTERS)
        self._offer(())
        self.form.show_values({"printer": plain, "width": str(width), "letters": letters})
        self.work.run(
            _("Mencari printer di PC ini …"), search.local_printers, self._propose_first, self.refuse
        )

    def _propose_first(self, printers: tuple[search.FoundPrinter, ...]) -> None:
        """Propose the first printer; nobody has to take it."""
        self._offer(printers)
        certain = [printer for printer in printers if printer.is_certain]
        if certain and self.draft.printer == NONE and self.printer.value() == NONE:
            self.printer.show_value(certain[0].address)
        if not certain:
            self.note.say(
                _("Di PC ini belum ada printer. Pasang dan nyalakan, cari di jaringan, atau lanjutkan tanpa.")
            )

    def _search(self) -> None:
        self._stopped = threading.Event()
        self.work.run(
            _("Mencari printer di jaringan kantor …"),
            partial(_search_network, self._stopped),
            self._show_found_on_network,
            self.refuse,
        )

    def _stop_search(self) -> None:
        self._stopped.set()

    @override
    def leave(self) -> None:
        super().leave()
        self._stop_search()

    def _show_found_on_network(self, printers: tuple[search.FoundPrinter, ...]) -> None:
        self._offer(printers)
        words = _("{n} perangkat menjawab di jaringan. Pilih satu, lalu cetak percobaan.")
        none = _("Tidak ada printer yang menjawab di jaringan ini.")
        self.note.say(words.format(n=len(printers)) if printers else none)

    def _offer(self, printers: tuple[search.FoundPrinter, ...]) -> None:
        self._names |= {printer.address: printer.name for printer in printers}
        self.printer.show_options([(NONE, _("Tanpa printer")), *self._names.items()])

    def _try(self) -> None:
        address = self._address(self.form.values())
        if address == NONE:
            self.note.say(_("Pilih dulu printernya."))
            return
        self.work.run(_("Mencetak …"), partial(print_test, address), self._on_printed, self.refuse)

    def _on_printed(self, result: talk.PrintResult) -> None:
        if result.outcome is talk.PrintOutcome.FAILED:
            self.note.say("")
            self.refuse(UserError(result.state.word))
            return
        self.form.refusal.say("")
        self.note.say(_("Terkirim ke printer. Lihat kertasnya, lalu jawab."))

    @staticmethod
    def _address(values: Values) -> str:
        address, width, letters = str(values["printer"] or NONE), int(values["width"]), values["letters"]
        if address == NONE:
            return NONE
        # The usual width and letters leave the address as it was typed, which may name others.
        address = address if width == WIDE else with_width(address, width)
        return address if letters == USUAL_LETTERS else with_letters(address, letters)

    @override
    def updated_draft(self, values: Values) -> SetupDraft:
        return msgspec.structs.replace(self.draft, printer=self._address(values))

    @override
    def settle(self, draft: SetupDraft) -> None:
        try:
            parse_address(draft.printer)
        except UserError as error:
            self.refuse(error)
            return
        self.passed.emit(draft)


def _search_network(stopped: threading.Event) -> tuple[search.FoundPrinter, ...]:
    return search.answering_hosts(search.neighbours(search.own_addresses()), is_stopped=stopped.is_set)


class SoundPage(PlainPage):
    """The page of the sound. Without a loudspeaker calls are shown all the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            _("Suara"),
            _("Uji panggilan A012 ke loket 2. Atur kerasnya di Windows atau di televisi."),
            (
                forms.RadioField(
                    theme,
                    "voice",
                    _("Siapa yang memanggil?"),
                    (
                        ("pack", _("Rekaman bawaan")),
                        ("office", _("Rekaman suara kantor")),
                        ("system", _("Suara sistem")),
                        ("off", _("Hanya nada")),
                    ),
                ),
            ),
        )
        self.test_button = widgets.Button(theme, _("Uji panggilan"), "", "volume-2")
        row = layouts.Row(theme, gap=8)
        row.addWidget(self.test_button)
        row.addStretch()
        self.column.insertLayout(2, row)
        self.test_button.clicked.connect(self._try)
        self.trial = CallTrial(self)

    def _try(self) -> None:
        config = DisplayConfig(voice=self.form.values()["voice"])
        choice = voice_choice(config, own_voice_folder(Path(self.draft.database)))
        self.work.run(_("Menyiapkan suara …"), partial(load_voice, choice), self._call, self.refuse)

    def _call(self, voice: Voice) -> None:
        self.note.say(self.trial.say(voice))

    @override
    def leave(self) -> None:
        super().leave()
        self.trial.hush()

    @override
    def updated_draft(self, values: Values) -> SetupDraft:
        return msgspec.structs.replace(self.draft, voice=values["voice"])
