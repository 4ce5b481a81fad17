"""How a display calls: the voice, and a call to try it."""

from functools import partial
from pathlib import Path

import msgspec
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.base.config import DisplayConfig
from ult_desktop.devices.voice.choice import Voice, load_voice, voice_choice
from ult_desktop.operations.office.own_voice import own_voice_folder
from ult_desktop.ui.kit import forms, layouts, widgets
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.setup.draft import SetupDraft
from ult_desktop.ui.setup.page import PlainPage, Values
from ult_desktop.ui.trials import CallTrial


class SoundPage(PlainPage):
    """Without a loudspeaker calls are shown all the same."""

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
        self.test = widgets.Button(theme, _("Uji panggilan"), "", "volume-2")
        row = layouts.Row(theme, gap=8)
        row.addWidget(self.test)
        row.addStretch()
        self.column.insertLayout(2, row)
        self.test.clicked.connect(self._try)
        self.trial = CallTrial(self)

    def _try(self) -> None:
        wished = DisplayConfig(voice=self.form.values()["voice"])
        choice = voice_choice(wished, own_voice_folder(Path(self.draft.database)))
        self.work.run(_("Menyiapkan suara …"), partial(load_voice, choice), self._call, self.refuse)

    def _call(self, voice: Voice) -> None:
        self.note.say(self.trial.say(voice))

    @override
    def leave(self) -> None:
        super().leave()
        self.trial.hush()

    @override
    def answered(self, values: Values) -> SetupDraft:
        return msgspec.structs.replace(self.draft, voice=values["voice"])
