"""The guide through recording the office's own voice pack: one clip after the other, each saved at once."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.devices.voice.clips import Clip, every_clip
from ult_desktop.devices.voice.microphone import Microphone, open_microphone
from ult_desktop.devices.voice.pack import clip_path
from ult_desktop.devices.voice.pcm import Samples, read_wav, sound_of
from ult_desktop.devices.voice.player import find_player
from ult_desktop.devices.voice.take import Take, meter_level
from ult_desktop.operations.office.own_voice import keep_clip, recorded_clips
from ult_desktop.ui.kit import Theme, dialogs, layouts, panels, set_style_properties, widgets
from ult_desktop.ui.office_link.tasks import FileWorker

_FULL = 100
_LOUD, _RIGHT = 97, 60  # of `_FULL`: from here on the voice is too loud, or loud enough
_SINK = 4  # of `_FULL`, how far the bar sinks with each chunk of sound
_TEXT_LINES = 3.2  # lines that the text to be spoken has room for
_WIDTH = 56  # heights of a letter of the body


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


class VoiceKit(dialogs.Box):
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
        self._folder, self._open_microphone = folder, open_with
        self.clips = tuple(clip for clip in every_clip() if clip.id)
        self._recorded: set[str] = set()
        self._index = 0
        self._take: Take | None = None
        self._microphone_owner: QObject | None = None  # deleting it closes the microphone
        self._files = FileWorker(self)
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
        self.note.answered.connect(self._listen)
        for widget in (self.progress, self.done_bar, self.manner, self.text, self.meter, self.note):
            self.words.addWidget(widget)
        self.add_button(_("Tutup"), "quiet", self._stop_playing)
        self.back = self._add_act("K", _("Kembali"), partial(self._move, -1), "arrow-left")
        self.listen = self._add_act("D", _("Dengar"), self._play, "volume-2")
        self.record = self._add_act("R", _("Rekam"), self._toggle_recording, "mic")
        self.onward = self._add_act("L", _("Lanjut"), partial(self._move, 1), "arrow-right")

    def _add_act(self, key: str, text: str, act: Callable[[], object], icon_name: str) -> widgets.Button:
        button = self.add_side_button(f"{key}  {text}", act, icon_name)
        self.keys[key.lower()] = button
        return button

    def _on_recorded_clips(self, recorded: frozenset[str]) -> None:
        self._recorded = set(recorded)
        missing = (index for index, clip in enumerate(self.clips) if clip.name not in recorded)
        self._index = next(missing, 0)
        self._listen()
        self._show()

    def _listen(self) -> None:
        """Open the microphone, or say why not; the note's button tries again."""
        if self._microphone_owner is not None:
            self._microphone_owner.deleteLater()
        self._microphone_owner = QObject(self)
        self.note.say("")
        try:
            microphone = self._open_microphone(self._microphone_owner)
        except UserError as error:
            self._report_no_microphone(error.brief)
            return
        microphone.heard.connect(self._on_sound)
        microphone.lost.connect(
            partial(self._report_no_microphone, _("Mikrofon tidak mengirim suara lagi. Periksa kabelnya."))
        )
        self.record.setEnabled(True)

    def _report_no_microphone(self, words: str) -> None:
        self._take = None
        self._show()
        self.record.setEnabled(False)
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
        self.text.setText(clip.id)
        done = clip.name in self._recorded
        verb = _("Selesai bicara") if self._take else _("Rekam ulang") if done else _("Rekam")
        self.record.setText(f"R  {verb}")
        self.listen.setEnabled(done and self._player is not None)
        (self.onward if done else self.record).setFocus()

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
            self._show_note(_all_done(self._folder), "ok")

    def _toggle_recording(self) -> None:
        if self._files.is_busy:
            return
        if self._take is None:
            self._stop_playing()
            self._take = Take()
            self._show_note(_("Bicaralah sekarang. Rekaman berhenti sendiri sesudah Anda diam."), "info")
            self._show()
            self.record.setFocus()
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
            self.record.setFocus()
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


def _all_done(folder: Path) -> str:
    return _(
        "Semua klip sudah direkam, tersimpan di {folder}. Pilih suara kantor pada “Siapa yang memanggil”"
        " di setiap komputer layar TV, lalu mulai ulang layarnya."
    ).format(folder=folder)
