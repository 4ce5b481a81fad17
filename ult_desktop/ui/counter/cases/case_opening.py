"""The forms for a visitor's request: the form of the tab Permohonan, and a box away from the counter."""

from collections.abc import Callable
from functools import partial

from ult_desktop.base import _, counted
from ult_desktop.core.cases.case import Case, CaseKind
from ult_desktop.core.cases.commands import OpenCase
from ult_desktop.core.visits.identity import mismatch_words
from ult_desktop.db.cases.boards import OpeningView, opening_view
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages import FormBox, PageHost
from ult_desktop.ui.counter.words import worded
from ult_desktop.ui.kit import Theme, forms


def case_fields(
    theme: Theme, view: OpeningView
) -> tuple[forms.Field, tuple[forms.Field, forms.Field], forms.Field]:
    """Make the fields of a case. A complaint names its class, which sets the due time."""
    kind = forms.RadioField(theme, "kind", _("Jenis"), worded(CaseKind), required=True)
    classes = [
        (each.key, counted("{name} ({n} hari kerja)", each.days, name=each.name)) for each in view.classes
    ]
    complaint = forms.ChoiceField(theme, "complaint_class", _("Jenis pengaduan"), classes, required=True)
    kind.changed.connect(lambda: complaint.set_shown(kind.value() is CaseKind.COMPLAINT))
    kind.show_value(view.kind)
    return (
        forms.TextField(theme, "detail", _("Isi permohonan atau pertanyaan"), required=True, rows=2),
        (kind, forms.ChoiceField(theme, "service_id", _("Layanan"), view.services)),
        complaint,
    )


def read_opening(visit_id: int, office: Office, chosen: int | None = None) -> OpeningView:
    """Read what the form needs, on the worker thread."""
    return office.read(lambda tx: opening_view(tx, visit_id, chosen))


def ask_what_is_wanted(host: PageHost, visit_id: int) -> None:
    """Ask for the request of a visitor of another's counter, or of none.

    The helpdesk hears the question (POS Kaltara 4).

    One whose question is written down already is shown on the page Permohonan.
    """
    host.read(partial(read_opening, visit_id), partial(_ask, host))


def _ask(host: PageHost, view: OpeningView) -> None:
    if view.case is not None:
        host.open_page("cases", view.case.card.case.id)
        return

    _ask_for(host, view, _("Apa yang diminta pengunjung?"), lambda case: host.open_page("cases", case.id))


def ask_another(host: PageHost, then: Callable[[Case], None], view: OpeningView) -> None:
    """Ask for a further matter of a visitor who has a case already; `then` gets the new case."""
    _ask_for(host, view, _("Permohonan lain dari pengunjung ini"), then, another=True)


def _ask_for(
    host: PageHost, view: OpeningView, title: str, then: Callable[[Case], None], *, another: bool = False
) -> None:
    detail, (kind, service), complaint = case_fields(host.theme, view)
    FormBox(
        host,
        title,
        (detail, kind, service, complaint),  # next to each other, a service's name has no room here
        command=lambda values: OpenCase(visit_id=view.visit_id, another=another, **values),
        verb=_("Catat permohonan"),
        told=_("Permohonan tercatat."),
        then=then,
        icon=("files", "blue"),
        words=mismatch_words() if view.mismatch else "",
        draft=host.draft("case-another" if another else "case-open", view.visit_id),
        known={"service_id": view.service_id},
    ).open()
