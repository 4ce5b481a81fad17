"""The choice for a day without anybody of a role, for each role that meets visitors."""

from collections.abc import Iterable

import msgspec
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office.template import AbsenceRule
from ult_desktop.ui.kit import Theme, forms, layouts

AT_THE_DESK = (Role.SECURITY, Role.RECEPTION, Role.FRONT_OFFICE, Role.HELPDESK)
_ASK, _NOBODY = "ask", "nobody"


def absence_words(passes_to: Role | None) -> str:
    return (
        _("langkahnya gugur") if passes_to is None else _("dialihkan ke {role}").format(role=passes_to.word)
    )


class AbsencesField(forms.Field[tuple[AbsenceRule, ...]]):
    """The field of absences. It leaves the rules of other roles unchanged."""

    def __init__(self, theme: Theme, name: str, label: str) -> None:
        super().__init__(theme, name, label)
        self._others: tuple[AbsenceRule, ...] = ()
        self.choices = {
            role: forms.ChoiceField(theme, role.value, role.word, _options(role)) for role in AT_THE_DESK
        }
        whole = QWidget()
        grid = layouts.Grid(theme, whole, gap=8)
        for number, choice in enumerate(self.choices.values()):
            grid.addWidget(choice, number // 2, number % 2)
            choice.changed.connect(self.changed)
        self.put(next(iter(self.choices.values())).editor, whole)
        for choice in self.choices.values():
            choice.editor.setAccessibleName(f"{label}: {choice.label}")

    @override
    def value(self) -> tuple[AbsenceRule, ...]:
        said = ((role, choice.value()) for role, choice in self.choices.items())
        rules = [
            AbsenceRule(role=role, passes_to=to if isinstance(to, Role) else None)
            for role, to in said
            if to != _ASK
        ]
        return (*self._others, *rules)

    @override
    def show_value(self, value: Iterable[AbsenceRule] | None) -> None:
        rules = tuple(value or ())
        self._others = tuple(rule for rule in rules if rule.role not in AT_THE_DESK)
        known: dict[Role, object] = {rule.role: rule.passes_to or _NOBODY for rule in rules}
        for role, choice in self.choices.items():
            choice.show_value(known.get(role, _ASK))

    @override
    def show_kept(self, kept: object) -> None:
        self.show_value(msgspec.convert(kept, tuple[AbsenceRule, ...]))


def _options(role: Role) -> list[tuple[object, str]]:
    others = [(to, absence_words(to)) for to in AT_THE_DESK if to is not role]
    return [(_ASK, _("tanyakan setiap hari")), (_NOBODY, absence_words(None)), *others]
