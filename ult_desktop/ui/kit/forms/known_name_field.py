"""A name from a list that may also be another; half a name of the list is asked about first."""

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.ui.kit.forms.choice_field import ChoiceField, Options
from ult_desktop.ui.kit.theme import Theme

_NAMED = 3


class KnownNameField(ChoiceField):
    """Says which name may be meant, and takes the text when it is sent again unchanged ("Bulun")."""

    def __init__(self, theme: Theme, name: str, label: str, options: Options = ()) -> None:
        self._asked = ""
        super().__init__(theme, name, label, options, free=True)

    @override
    def problem(self) -> str:
        typed = self.choice.currentText().strip()
        meant = self._meant(typed)
        if not meant or typed == self._asked:
            return super().problem()
        names = ", ".join(f"“{each}”" for each in meant[:_NAMED])
        return _("Maksudnya {names}? Pilih dari daftar, atau simpan sekali lagi sebagai “{typed}”.").format(
            names=names, typed=typed
        )

    @override
    def show_error(self, words: str) -> None:
        super().show_error(words)
        if words:
            self._asked = self.choice.currentText().strip()

    def _meant(self, typed: str) -> list[str]:
        """The names of which it is a part; none when it is a whole one, or of no name at all."""
        known = [self.choice.itemText(place) for place in range(self.choice.count())]
        sought = typed.casefold()
        if not sought or sought in (each.casefold() for each in known):
            return []
        return [each for each in known if sought in each.casefold()]
