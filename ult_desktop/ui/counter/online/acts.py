"""The acts on an online request besides its answer: take it over, close it, type one in."""

from datetime import datetime, time
from functools import partial
from typing import Any

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.online import commands as online_commands, online_request
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.survey.commands import ConfirmSurvey
from ult_desktop.ui.counter.pages import FormBox, PageHost, Then
from ult_desktop.ui.counter.words import worded
from ult_desktop.ui.kit import forms
from ult_desktop.ui.kit.detail import DetailAction


def actions(request: online_request.OnlineRequest, host: PageHost) -> list[DetailAction]:
    """Return the acts that only an online request has, as far as this officer may do them."""
    acts: list[DetailAction] = []
    is_open = request.state is not online_request.OnlineState.CLOSED
    may_handle = host.actor.may(Permission.HANDLE_ONLINE)
    if is_open and may_handle and request.owner_id is None:
        command = online_commands.TakeRequest(request_id=request.id)
        take = partial(host.perform, command, message=_("Permintaan ini Anda tangani."))
        acts.append(DetailAction("take", _("Tangani"), "hand-helping", take, "primary"))
    if request.answered_at is not None and not request.evaluated and host.actor.may(Permission.RUN_SURVEY):
        survey = ConfirmSurvey(visit_id=request.visit_id)
        confirm = partial(host.perform, survey, message=_("Evaluasi dicatat terisi."))
        acts.append(DetailAction("evaluated", _("Evaluasi terisi"), "star", confirm))
    if is_open and may_handle:
        why_not = _("Masih di unit lain.") if request.with_other_desk else ""
        acts.append(DetailAction("close", _("Tutup"), "check", partial(close, host, request), why=why_not))
    return acts


def can_be_answered(request: online_request.OnlineRequest, actor: Actor) -> bool:
    is_here = request.state is not online_request.OnlineState.CLOSED and not request.with_other_desk
    return is_here and actor.may(Permission.HANDLE_ONLINE)


def close(host: PageHost, request: online_request.OnlineRequest) -> None:
    """Close an answered request at once, another one only with its reason."""
    if request.state is online_request.OnlineState.ANSWERED:
        host.perform(online_commands.CloseRequest(request_id=request.id), message=_("Permintaan ditutup."))
        return
    FormBox(
        host,
        _("Tutup tanpa jawaban"),
        (forms.TextField(host.theme, "remark", _("Alasan"), required=True, rows=3),),
        command=lambda values: online_commands.CloseRequest(request_id=request.id, **values),
        verb=_("Tutup permintaan"),
        message=_("Permintaan ditutup."),
        icon=("x", "orange"),
        draft=host.draft("online-close", request.id),
        words=_("Permintaan ini belum dijawab. Alasannya tercatat."),
    ).open()


def type_in(host: PageHost, then: Then) -> FormBox:
    """Open the form for a request that came by letter, message or e-mail."""
    theme, row_fields = host.theme, forms.CommandFields(host.theme, online_request.OnlineRow, host)
    sources = worded(online_request.OnlineSource)
    fields = (
        (
            forms.ChoiceField(theme, "source", _("Datang lewat"), sources, required=True),
            row_fields.ask("external_id"),
        ),
        (
            forms.DateField(theme, "sent", _("Tanggal dikirim"), days=host),
            row_fields.ask("topic", _("Perihal")),
        ),
        *row_fields.in_pairs("name", "institution", "phone", "email"),
        row_fields.ask("detail", _("Isi permohonan"), rows=5),
    )
    box = FormBox(
        host,
        _("Catat permintaan"),
        fields,
        command=partial(_add_request, host),
        message=_("Permintaan tercatat."),
        then=then,
        icon=("pen-line", "blue"),
        draft=host.draft("online-entry"),
    )
    box.open()
    return box


def _add_request(host: PageHost, values: dict[str, Any]) -> online_commands.AddRequest:
    texts = {name: value for name, value in values.items() if name not in ("source", "sent")}
    day, now = values["sent"], host.now()
    # A request of an earlier day counts from the beginning of that day, in the office's zone; None is now.
    is_earlier = day is not None and day != now.date()
    sent_at = to_stamp(datetime.combine(day, time(0), tzinfo=now.tzinfo)) if is_earlier else None
    row = online_request.OnlineRow(sent_at=sent_at, **texts)
    return online_commands.AddRequest(source=values["source"], row=row)
