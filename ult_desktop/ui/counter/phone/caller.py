"""The caller (POS Sumut telepon 2): what their procedure has asked of them, and that in short."""

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core import cells
from ult_desktop.core.phone.phone_call import PhoneCall
from ult_desktop.core.procedures.procedure import CallerField
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.counter.phone.call_words import number_words
from ult_desktop.ui.kit import Column, Row, Theme, forms, widgets
from ult_desktop.ui.kit.forms.form import FormArea

MAX_FACTS_HEIGHT = 130  # base pixels


class CallerFacts(QFrame):
    """A summary with a way back to the caller's form; `change` is its button."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.name = widgets.ElidedLabel("", "strong")
        self.number = widgets.ElidedLabel("", "small", "soft")
        self.question = widgets.Label("", "body", wrap=True)
        self.supporting = widgets.Label("", "small", "soft", wrap=True)
        self.change = widgets.Button(theme, _("Ubah"), "quiet", "pen-line")
        column = Column(theme, self, gap=4, margins=(16, 8, 16, 12))
        top = Row(theme, gap=12)
        names = Column(theme, gap=0)
        names.addWidget(self.name)
        names.addWidget(self.number)
        top.addLayout(names, 1)
        top.addWidget(self.change)
        column.addLayout(top)
        column.addWidget(self.question)
        column.addWidget(self.supporting)

    def show_call(self, call: PhoneCall) -> None:
        self.name.setText(f"{call.name} · {call.case_number}")
        self.number.setText(number_words(call))
        self.question.setText(call.question)
        words = _("Data pendukung: {words}").format(words=call.supporting) if call.supporting else ""
        self.supporting.setText(words)
        self.supporting.setVisible(bool(words))


class FactsArea(FormArea):
    """The area of facts, as high as its words need, up to `most` (base pixels).

    The acts below stay in sight.
    """

    def __init__(self, theme: Theme, inner: QWidget, most: int) -> None:
        super().__init__(theme, inner)
        self._most = most
        for label in inner.findChildren(widgets.Label):
            # A label that wraps asks for the height of a narrow one; here its width is known.
            label.setMinimumHeight(1)

    def fit(self) -> None:
        """Other words are shown, or the width has changed."""
        wanted = self._inner.heightForWidth(self.width())
        self.setFixedHeight(min(wanted, self._theme.px(self._most)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


_HALF_A_LINE = {CallerField.NAME, CallerField.INSTITUTION, CallerField.REGENCY, CallerField.PHONE}


def caller_form(
    host: PageHost, call_id: int, asked: tuple[CallerField, ...], regencies: tuple[str, ...]
) -> forms.Form:
    """Make the form with the `asked` fields, in that order. Typed text is kept as a draft of this call."""
    theme = host.theme
    fields: dict[CallerField, forms.LineField | forms.KnownNameField | forms.TextField] = {
        CallerField.NAME: forms.LineField(theme, "name", _("Nama"), required=True, most=120),
        CallerField.INSTITUTION: forms.LineField(theme, "institution", _("Instansi"), most=300),
        CallerField.REGENCY: forms.KnownNameField(
            theme, "regency", _("Kabupaten/kota"), [(name, name) for name in regencies]
        ),
        CallerField.PHONE: forms.LineField(
            theme, "phone", _("Nomor telepon"), most=40, check=partial(cells.trouble, cells.clean_phone)
        ),
        CallerField.SUPPORTING: forms.LineField(theme, "supporting", _("Data pendukung"), most=300),
        CallerField.QUESTION: forms.TextField(
            theme, "question", _("Pertanyaan/permasalahan"), required=True, rows=3
        ),
    }
    lines: list[list[CallerField]] = []
    for field in asked:
        if lines and len(lines[-1]) == 1 and {field, *lines[-1]} <= _HALF_A_LINE:
            lines[-1].append(field)
        else:
            lines.append([field])
    rows = tuple(tuple(fields[field] for field in line) for line in lines)
    return forms.Form(theme, rows, verb=_("Catat"), draft=host.draft("phone-caller", call_id))


def known_values(call: PhoneCall) -> dict[str, str]:
    """Return what the office knows of the caller, for a correction."""
    return {name: getattr(call, name) for name in (field.name.lower() for field in CallerField)}
