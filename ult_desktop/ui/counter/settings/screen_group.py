"""The group Layar dan suara: the lobby's screen, its files, and the recording of the office's own voice."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.base.config import StationConfig
from ult_desktop.core.station_health import unshown_advice, unshown_words
from ult_desktop.devices.voice.choice import Voice, load_voice, voice_choice
from ult_desktop.devices.voice.clips import Clip, every_clip
from ult_desktop.devices.voice.microphone import Microphone, open_microphone
from ult_desktop.devices.voice.pack import clip_path
from ult_desktop.devices.voice.pcm import Samples, read_wav, sound_of
from ult_desktop.devices.voice.player import find_player
from ult_desktop.devices.voice.take import Take, meter_level
from ult_desktop.operations.office.own_voice import keep_clip, own_voice_folder, recorded_clips
from ult_desktop.ui.counter.settings.form_group import Setting, SettingRows
from ult_desktop.ui.counter.settings.station_groups import StationGroup
from ult_desktop.ui.kit import Theme, dialogs, forms, layouts, panels, set_style_properties, widgets
from ult_desktop.ui.media_files import unshown
from ult_desktop.ui.office_link.tasks import FileWorker
from ult_desktop.ui.trials import CallTrial

_FULL = 100
_LOUD, _RIGHT = 97, 60  # of `_FULL`: from here on the voice is too loud, or loud enough
_SINK = 4  # of `_FULL`, how far the bar sinks with each chunk of sound
_TEXT_LINES = 3.2  # lines that the text to be spoken has room for
_WIDTH = 56  # times the text size of the body


class LevelMeter(QWidget):
    """The meter of the voice's loudness: a bar that rises at once and sinks slowly, and words for it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.bar = QProgressBar(textVisible=False, maximum=_FULL)
        self.bar.setAccessibleName(_("Kerasnya suara"))
        self.words = widgets.Label("", "strong")
        self.words.setMinimumWidth(theme.text("strong") * 7)
        row = layouts.Row(theme, self, gap=12)
        row.addWidget(self.bar, 1)
        row.addWidget(self.words)
        self.show_level(0.0)

    def show_level(self, level: float) -> None:
        """Show a level from 0 to 1."""
        value = max(round(level * _FULL), self.bar.value() - _SINK, 0)
        self.bar.setValue(value)
        words = _("pas") if value >= _RIGHT else _("pelan")
        self.words.setText(_("terlalu keras") if value >= _LOUD else words)


class VoiceRecorder(dialogs.Box):
    """The box that records clip after clip, from the first one that is missing. Any may be recorded again.

    Args:
        parent, theme: as for every box.
        folder: the folder of the pack; made with the first clip.
        open_with: opens the microphone, which closes when the given object is deleted.
    """

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        folder: Path,
        open_with: Callable[[QObject], Microphone] = open_microphone,
    ) -> None:
        super().__init__(parent, theme, _("Rekam suara kantor"), ("mic", "blue"))
        self._folder, self._open_with = folder, open_with
        self.clips = tuple(clip for clip in every_clip() if clip.indonesian)  # those spoken in Indonesian
        self._recorded: set[str] = set()
        self._index = 0
        self._take: Take | None = None
        self._microphone_owner: QObject | None = None  # deleting it closes the microphone
        self._files = FileWorker(self)  # one job at a time: each act asks whether it is busy
        self._player = find_player()
        self.setMinimumWidth(min(theme.text("body") * _WIDTH, parent.window().width()))
        self._lay_out()
        self._files.run(partial(recorded_clips, folder), self._on_recorded_clips, self._refuse)

    @property
    def clip(self) -> Clip:
        """The clip that the speaker is to record now."""
        return self.clips[self._index]

    def _lay_out(self) -> None:
        theme = self.theme
        self.done_bar = QProgressBar(textVisible=False, maximum=len(self.clips))
        self.progress = widgets.Label("", "body", "soft")
        self.manner = widgets.Label("", "body", wrap=True)
        self.text = widgets.Label("", "hero", "primary", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setMinimumHeight(round(theme.text("hero") * _TEXT_LINES))
        self.meter = LevelMeter(theme)
        self.note = panels.Note(theme)
        self.note.answered.connect(self._open_microphone)
        for widget in (self.progress, self.done_bar, self.manner, self.text, self.meter, self.note):
            self.words.addWidget(widget)
        self.add_button(_("Tutup"), "quiet", self._stop_playing)
        self.back_button = self._add_act("K", _("Kembali"), partial(self._move, -1), "arrow-left")
        self.play_button = self._add_act("D", _("Dengar"), self._play, "volume-2")
        self.record_button = self._add_act("R", _("Rekam"), self._toggle_recording, "mic")
        self.onward_button = self._add_act("L", _("Lanjut"), partial(self._move, 1), "arrow-right")

    def _add_act(self, key: str, text: str, act: Callable[[], object], icon_name: str) -> widgets.Button:
        button = self.add_side_button(f"{key}  {text}", act, icon_name)
        self.keys[key.lower()] = button
        return button

    def _on_recorded_clips(self, recorded: frozenset[str]) -> None:
        self._recorded = set(recorded)
        missing = (index for index, clip in enumerate(self.clips) if clip.name not in recorded)
        self._index = next(missing, 0)
        self._open_microphone()
        self._show()

    def _open_microphone(self) -> None:
        """Open the microphone, or say why not; the note's button tries again."""
        if self._microphone_owner is not None:
            self._microphone_owner.deleteLater()
        self._microphone_owner = QObject(self)
        self.note.say("")
        try:
            microphone = self._open_with(self._microphone_owner)
        except UserError as error:
            self._report_no_microphone(error.brief)
            return
        microphone.heard.connect(self._on_sound)
        microphone.lost.connect(
            partial(self._report_no_microphone, _("Mikrofon tidak mengirim suara lagi. Periksa kabelnya."))
        )
        self.record_button.setEnabled(True)

    def _report_no_microphone(self, words: str) -> None:
        self._take = None
        self._show()
        self.record_button.setEnabled(False)
        self._show_note(words, "danger", _("Coba lagi"))

    def _show_note(self, words: str, tone: str = "", answer: str = "") -> None:
        for part in (self.note, self.note.words):
            set_style_properties(part, tone=tone)
        self.note.say(words, answer)

    def _show(self) -> None:
        """Show this clip, and its position among the others."""
        clip = self.clip
        self.progress.setText(
            _("Klip {at} dari {all} · {done} sudah direkam").format(
                at=self._index + 1, all=len(self.clips), done=len(self._recorded & self._clip_names())
            )
        )
        self.done_bar.setValue(len(self._recorded & self._clip_names()))
        self.manner.setText(manner_words()[clip.group])
        self.text.setText(clip.indonesian)
        is_recorded = clip.name in self._recorded
        verb = _("Rekam ulang") if is_recorded else _("Rekam")
        if self._take is not None:
            verb = _("Selesai bicara")
        self.record_button.setText(f"R  {verb}")
        self.play_button.setEnabled(is_recorded and self._player is not None)
        (self.onward_button if is_recorded else self.record_button).setFocus()

    def _clip_names(self) -> set[str]:
        return {clip.name for clip in self.clips}

    def _move(self, steps: int) -> None:
        if self._files.is_busy:
            return
        self._take = None
        self._stop_playing()
        self._index = (self._index + steps) % len(self.clips)
        self.note.say("")
        self._show()
        if not self._clip_names() - self._recorded:
            words = _(
                "Semua klip sudah direkam, tersimpan di {folder}. Pilih suara kantor pada “Siapa yang"
                " memanggil” di setiap komputer layar TV, lalu mulai ulang layarnya."
            )
            self._show_note(words.format(folder=self._folder), "ok")

    def _toggle_recording(self) -> None:
        if self._files.is_busy:
            return
        if self._take is None:
            self._stop_playing()
            self._take = Take()
            self._show_note(_("Bicaralah sekarang. Rekaman berhenti sendiri sesudah Anda diam."), "info")
            self._show()
            self.record_button.setFocus()
        else:
            self._finish(self._take)

    def _on_sound(self, samples: Samples) -> None:
        self.meter.show_level(meter_level(samples))
        if self._take is not None:
            self._take.add(samples)
            if self._take.is_over:
                self._finish(self._take)

    def _finish(self, take: Take) -> None:
        self._take = None
        fault = take.fault
        self._show()
        if fault is not None:
            self._show_note(fault.word, "danger")
            self.record_button.setFocus()
            return
        self._show_note(_("Menyimpan …"), "info")
        name = self.clip.name
        wav = sound_of([take.clip()]).wav
        self._files.run(
            partial(keep_clip, self._folder, name, wav), partial(self._on_saved, name), self._refuse
        )

    def _on_saved(self, name: str, _nothing: None) -> None:
        self._recorded.add(name)
        self._show()
        self._show_note(_("Tersimpan. Dengarkan, rekam ulang, atau lanjutkan."), "ok")

    def _refuse(self, error: UserError) -> None:
        self._show_note(str(error), "danger")

    def _play(self) -> None:
        if not self._files.is_busy:
            path = clip_path(self._folder, self.clip.name)
            self._files.run(partial(read_wav, path), self._play_samples, self._refuse)

    def _play_samples(self, samples: Samples) -> None:
        if self._player is not None:
            self._player.play(sound_of([samples]))

    def _stop_playing(self) -> None:
        if self._player is not None:
            self._player.stop()

    @override
    def reject(self) -> None:
        self._stop_playing()
        super().reject()


def manner_words() -> dict[str, str]:
    """Return how a speaker speaks the clips of each group."""
    return {
        "calls": _("Bacalah kalimat ini seperti menyapa pengunjung:"),
        "letters": _("Sebutkan nama huruf ini:"),
        "numbers": _("Sebutkan bilangan ini; nadanya tetap, karena masih ada lanjutannya:"),
        "endings": _("Sebutkan bilangan ini seperti di akhir kalimat; nadanya turun:"),
        "guide": _("Bacalah untuk pengunjung yang tidak melihat layar kios:"),
    }


class MediaNote(panels.Note):
    """The note about the folder that is filled in now; hidden while the screen can show all its files."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "")
        self._files = FileWorker(self)
        self._folder: Path | None = None
        self._must_look_again = False

    def forget(self) -> None:
        """Make the next `show_folder` read even the same folder: its files may have changed."""
        self._must_look_again = True

    def show_folder(self, folder: Path | None) -> None:
        """Find and name the files of this folder that the screen cannot show, on a thread of its own."""
        if folder == self._folder and not self._must_look_again:
            return
        self._folder, self._must_look_again = folder, False
        if folder is None:
            self.say("")
        elif not self._files.is_busy:
            self._files.run(partial(unshown, folder), partial(self._show_names, folder), self._ignore_error)

    def _show_names(self, folder: Path | None, names: tuple[str, ...]) -> None:
        if folder == self._folder:
            self.say(f"{unshown_words(names)} {unshown_advice()}" if names else "")
        else:  # another folder was filled in meanwhile, while the worker was busy
            self.forget()
            self.show_folder(self._folder)

    def _ignore_error(self, _error: UserError) -> None:
        """Show nothing: the path may be half typed, and the display reports a folder that is missing."""
        self._show_names(self._folder, ())


class ScreenGroup(StationGroup):
    """The screen and voice of the lobby, if this PC is the lobby's screen."""

    name, icon_name = "screen", "tv"
    title = staticmethod(lambda: _("Layar dan suara"))

    @override
    def build(self) -> None:
        super().build()
        self.trial = CallTrial(self)
        self.test_button = self.add_head_button(_("Uji panggilan"), "volume-2", self._play_sample_call)
        self.kit_button = self.add_head_button(_("Rekam suara kantor …"), "mic", self._open_voice_kit)
        self.unshown = MediaNote(self.theme)
        self.body.addWidget(self.unshown)

    @override
    def settings(self) -> SettingRows:
        return (
            (
                Setting("display.voice", _("Siapa yang memanggil"), options=_voice_options()),
                Setting(
                    "display.style",
                    _("Angka diucapkan"),
                    options=(
                        ("digits", _("satu per satu: nol satu dua")),
                        ("words", _("sebagai bilangan: dua belas")),
                    ),
                ),
                Setting("display.repeat", _("Berapa kali diucapkan")),
            ),
            (
                Setting("display.volume", _("Kerasnya suara (%)")),
                Setting("display.chime", _("Nada sebelum panggilan")),
            ),
            Setting(
                "display.voice_pack",
                _("Folder rekaman suara"),
                _("Kosong: paket suara bawaan."),
                make=forms.FolderField,
            ),
            Setting(
                "display.media",
                _("Folder gambar dan video"),
                _("Kosong: salindia bawaan. Urutannya menurut nama berkas."),
                make=forms.FolderField,
            ),
            Setting("display.picture_seconds", _("Lama tiap gambar tampil (detik)")),
            (
                Setting("display.next_numbers", _("Tampilkan nomor berikutnya")),
                Setting("display.bilingual", _("Bahasa Indonesia dan Inggris bergantian")),
            ),
            (
                Setting("display.screen", _("Layar ke berapa dari PC ini (0: layar utama)")),
                Setting("display.overscan_percent", _("Tepi yang dipotong TV (% tiap sisi)")),
            ),
            Setting(
                "display.counters",
                _("Loket yang tampil di layar ini, misalnya 1, 2"),
                _("Kosong: semua loket."),
            ),
            Setting(
                "display.running_text",
                _("Teks berjalan layar ini, satu kalimat tiap baris"),
                _("Kosong: teks kantor (Pengaturan, Teks)."),
            ),
        )

    @override
    def refresh(self) -> None:
        self.unshown.forget()
        super().refresh()

    @override
    def show_filled_in(self, document: StationConfig) -> None:
        self.unshown.show_folder(document.display.media_folder)

    def _play_sample_call(self) -> None:
        """Play the voice that is filled in now, before it is saved."""
        if self.document is not None:
            display = self.filled_in(self.document).display
            choice = voice_choice(display, self._own_voice_folder())

            def say(voice: Voice) -> None:
                self.host.tell(self.trial.say(voice, display.style))

            self.run(partial(load_voice, choice), say)

    def _own_voice_folder(self) -> Path:
        setup = self.host.setup
        return own_voice_folder(setup.database if setup else Path())

    def _open_voice_kit(self) -> None:
        VoiceRecorder(self.host.window, self.theme, self._own_voice_folder()).open()


def _voice_options() -> tuple[tuple[str, str], ...]:
    return (
        ("pack", _("rekaman")),
        ("office", _("rekaman suara kantor")),
        ("system", _("suara sistem")),
        ("off", _("hanya nada")),
    )
