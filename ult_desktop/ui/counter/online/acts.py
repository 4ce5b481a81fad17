"""The acts on a request besides its answer: take, pass on, close, type one in."""

from datetime import date, datetime, time
from functools import partial
from typing import Any

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import commands
from ult_desktop.core.online import commands as online_commands, online_request
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.survey.commands import ConfirmSurvey
from ult_desktop.ui.counter.pages import FormBox, PageHost, Then, contact_action
from ult_desktop.ui.counter.words import worded
from ult_desktop.ui.kit import forms
from ult_desktop.ui.kit.detail import DetailAction

CLOSED_TOO = ("contact", "open_case", "evaluated")


def actions(request: online_request.OnlineRequest, host: PageHost) -> list[DetailAction]:
    """Return the buttons of a request, closed ones with their reason."""
    there = _("Masih di unit lain.") if request.with_other_desk else ""
    take = partial(
        host.perform,
        online_commands.TakeRequest(request_id=request.id),
        told=_("Permintaan ini Anda tangani."),
    )
    filled = partial(
        host.perform, ConfirmSurvey(visit_id=request.visit_id), told=_("Evaluasi dicatat terisi.")
    )
    found: list[DetailAction] = []
    may_handle = host.actor.may(Permission.HANDLE_ONLINE)
    if may_handle and request.owner_id is None:
        found.append(DetailAction("take", _("Tangani"), "hand-helping", take, "primary"))
    if host.actor.may(Permission.WORK_CASES):
        forward = partial(pass_on, host, request)
        found.append(DetailAction("pass_on", _("Teruskan"), "share-2", forward, why=there))
    if request.answered_at is not None and not request.evaluated and host.actor.may(Permission.RUN_SURVEY):
        found.append(DetailAction("evaluated", _("Evaluasi terisi"), "star", filled))
    if may_handle:
        found.append(DetailAction("close", _("Tutup"), "check", partial(close, host, request), why=there))
    found += contact_action(request, host)
    if host.actor.may(Permission.WORK_CASES):
        show = partial(host.open_page, "cases", request.case_id)
        found.append(DetailAction("open_case", _("Buka permohonan"), "files", show))
    open_ones = request.state is not online_request.OnlineState.CLOSED
    return [action for action in found if open_ones or action.name in CLOSED_TOO]


def pass_on(host: PageHost, request: online_request.OnlineRequest) -> None:
    """Open the box that passes the request on to the back office (POS Kepri 2b)."""
    FormBox(
        host,
        _("Teruskan ke Back Office"),
        (forms.TextField(host.theme, "instruction", _("Yang diminta"), required=True, rows=4),),
        command=lambda values: commands.Escalate(case_id=request.case_id, **values),
        verb=_("Teruskan"),
        told=_("Diteruskan ke Back Office."),
        icon=("share-2", "violet"),
        draft=host.draft("online-pass-on", request.id),
        words=_("Waktu dua hari kerja tetap berjalan."),
        known={"instruction": request.detail},
    ).open()


def close(host: PageHost, request: online_request.OnlineRequest) -> None:
    """Close an answered request at once, another one only with its reason."""
    if request.state is online_request.OnlineState.ANSWERED:
        host.perform(online_commands.CloseRequest(request_id=request.id), told=_("Permintaan ditutup."))
        return
    FormBox(
        host,
        _("Tutup tanpa jawaban"),
        (forms.TextField(host.theme, "remark", _("Alasan"), required=True, rows=3),),
        command=lambda values: online_commands.CloseRequest(request_id=request.id, **values),
        verb=_("Tutup permintaan"),
        told=_("Permintaan ditutup."),
        icon=("x", "orange"),
        draft=host.draft("online-close", request.id),
        words=_("Permintaan ini belum dijawab. Alasannya tercatat."),
    ).open()


def type_in(host: PageHost, then: Then) -> FormBox:
    """Make the form for a request that came by letter, message or e-mail."""
    theme, asked = host.theme, forms.CommandFields(host.theme, online_request.OnlineRow, host)
    sources = worded(online_request.OnlineSource)
    fields = (
        (
            forms.ChoiceField(theme, "source", _("Datang lewat"), sources, required=True),
            asked.ask("external_id"),
        ),
        (forms.DateField(theme, "sent", _("Tanggal dikirim"), days=host), asked.ask("topic", _("Perihal"))),
        *asked.in_pairs("name", "institution", "phone", "email"),
        asked.ask("detail", _("Isi permohonan"), rows=5),
    )
    box = FormBox(
        host,
        _("Catat permintaan"),
        fields,
        command=partial(_asked, host),
        told=_("Permintaan tercatat."),
        then=then,
        icon=("pen-line", "blue"),
        draft=host.draft("online-entry"),
    )
    box.open()
    return box


def _asked(host: PageHost, values: dict[str, Any]) -> online_commands.AddRequest:
    said = {name: value for name, value in values.items() if name not in ("source", "sent")}
    row = online_request.OnlineRow(sent_at=_stamp(host, values["sent"]), **said)
    return online_commands.AddRequest(source=values["source"], row=row)


def _stamp(host: PageHost, day: date | None) -> int | None:
    """Return the beginning of the day (UTC ms); None, which is now, for today or no day."""
    if day is None or day == host.now().date():
        return None
    return to_stamp(datetime.combine(day, time(0), tzinfo=host.now().tzinfo))
