"""A time of the day, typed as people write it."""

from datetime import time

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.ui.kit.forms.typed_field import TypedField
from ult_desktop.ui.kit.forms.typed_times import read_time
from ult_desktop.ui.kit.theme import Theme


class TimeField(TypedField[time]):
    """Understands "9.30", "0930" and "9"."""

    def __init__(self, theme: Theme, name: str, label: str, *, required: bool = False) -> None:
        hint, complaint = _("jam.menit"), _("Tulis jam seperti 09.30.")
        super().__init__(theme, name, label, required=required, hint=hint, most=8, complaint=complaint)

    @override
    def read(self, text: str) -> time | None:
        return read_time(text)

    @override
    def read_kept(self, kept: str) -> time:
        return time.fromisoformat(kept)

    @override
    def write(self, value: time) -> str:
        return f"{value:%H.%M}"
