"""The six fields of the caller (POS Sumut telepon 2), in the order in which they are asked."""

from ult_desktop.base.i18n import _
from ult_desktop.core.phone.phone_call import PhoneCall
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit.forms.form import Form
from ult_desktop.ui.kit.forms.known_name_field import KnownNameField
from ult_desktop.ui.kit.forms.line_field import LineField
from ult_desktop.ui.kit.forms.text_field import TextField

FIELDS = ("name", "institution", "regency", "phone", "supporting", "question")


def caller_form(desk: PageHost, call_id: int, regencies: tuple[str, ...]) -> Form:
    """What is typed is kept as a draft of this call."""
    theme = desk.theme
    return Form(
        theme,
        (
            (
                LineField(theme, "name", _("Nama"), required=True, most=120),
                LineField(theme, "institution", _("Instansi"), most=300),
            ),
            (
                KnownNameField(theme, "regency", _("Kabupaten/kota"), [(name, name) for name in regencies]),
                LineField(theme, "phone", _("Nomor telepon"), most=40),
            ),
            LineField(theme, "supporting", _("Data pendukung"), most=300),
            TextField(theme, "question", _("Pertanyaan/permasalahan"), required=True, rows=3),
        ),
        verb=_("Catat"),
        draft=desk.draft("phone-caller", call_id),
    )


def known_values(call: PhoneCall) -> dict[str, str]:
    """What the office has of the caller, for a correction."""
    return {name: getattr(call, name) for name in FIELDS}
