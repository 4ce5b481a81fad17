"""The answer that is told, or the ground on which it is refused (UU 14/2008)."""

from collections.abc import Sequence

from ult_desktop.base.i18n import _
from ult_desktop.core.cases.answer_bank import LegalBasis
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit.forms.choice_field import ChoiceField
from ult_desktop.ui.kit.forms.form import Form
from ult_desktop.ui.kit.forms.text_field import TextField
from ult_desktop.ui.kit.forms.tick_field import TickField


def answer_form(desk: PageHost, call_id: int, grounds: Sequence[LegalBasis]) -> Form:
    """Answer at once (POS Sumut telepon 3A); the ground is asked only when it is excluded."""
    theme = desk.theme
    excluded = TickField(theme, "excluded", _("Informasi dikecualikan"))
    options = [(ground.key, ground.title) for ground in grounds]
    ground = ChoiceField(theme, "ground", _("Dasar hukum"), options, required=True)
    ground.set_shown(False)
    excluded.changed.connect(lambda: ground.set_shown(bool(excluded.value())))
    form = Form(
        theme,
        (
            TextField(theme, "answer", _("Jawaban yang disampaikan"), required=True, rows=3),
            excluded,
            ground,
        ),
        verb=_("A · Jawaban disampaikan"),
        draft=desk.draft("phone-answer", call_id),
    )
    excluded.setVisible(bool(options))
    return form


def forwarded_answer_form(desk: PageHost, call_id: int) -> Form:
    """The answer of a call that went on, by whoever has the caller on the line."""
    answer = TextField(desk.theme, "answer", _("Jawaban yang disampaikan"), required=True, rows=3)
    draft = desk.draft("phone-told", call_id)
    return Form(desk.theme, (answer,), verb=_("Jawaban disampaikan"), draft=draft)
