"""What an officer does about a call of the list."""

from functools import partial

from ult_desktop.base.i18n import _
from ult_desktop.core.phone.commands import DialBack, EndCall, TakeTransfer
from ult_desktop.core.phone.phone_call import CallState, PhoneCall
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.phone.boxes import renew_promise_box
from ult_desktop.ui.kit import dialogs


def first_act(call: PhoneCall) -> str:
    """What Enter does on a line: call back, or take over the line; "" when there is nothing to do."""
    return {CallState.PROMISED: "dial", CallState.TRANSFERRED: "take"}.get(call.state, "")


def act(desk: PageHost, name: str, call: PhoneCall, usual_promise: int) -> None:
    """`name` as in the detail's buttons."""
    if name == "dial":
        desk.perform(DialBack(call_id=call.visit_id))
    elif name == "take":
        desk.perform(TakeTransfer(call_id=call.visit_id))
    elif name == "promise":
        renew_promise_box(desk, call, usual_promise)
    elif name == "give_up":
        _ask_why(desk, call)
    elif name == "case":
        desk.open_page("cases", call.case_id)


def _ask_why(desk: PageHost, call: PhoneCall) -> None:
    words = _("Penelepon tidak akan dihubungi lagi. Alasan ini tercatat.")
    given = partial(_give_up, desk, call.visit_id)
    dialogs.ask_text(desk.window, desk.theme, _("Hentikan telepon balik?"), words, (_("Hentikan"), given))


def _give_up(desk: PageHost, call_id: int, reason: str) -> None:
    ask = EndCall(call_id=call_id, lost=True, remark=reason)
    desk.perform(ask, told=_("Telepon balik dihentikan."))
