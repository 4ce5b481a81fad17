"""The host of pages and tabs: they read, perform commands, show messages and open one another through it.

An edit is saved in these steps. It is sent with what its writer saw (`with_seen`), so that it does not
overwrite what others saved meanwhile. `Saving`, on the worker thread, merges it with that and performs it.
The answer is a `Saved`, with the edit that undoes it. Where both changed a field, `Conflict` is raised
instead: the officer chooses in a `ConflictBox`, and the edit is sent again. Two signals of a form concern its
box: `stays` says that the command was refused, `left` that nothing is sent any more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, get_args

import shiboken6
from PySide6.QtCore import QObject, Signal

from ult_desktop.base import _
from ult_desktop.core import command, stamps
from ult_desktop.core.connection import Connection
from ult_desktop.core.merging import Conflict, Edit
from ult_desktop.core.office import working_time
from ult_desktop.core.queue.wait_range import until_words
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.drafts import DraftKey
from ult_desktop.operations.edits import read_edited
from ult_desktop.ui.counter.pages import conflict_box
from ult_desktop.ui.counter.words import service_name
from ult_desktop.ui.kit import forms
from ult_desktop.ui.kit.forms.drafts import fields_of
from ult_desktop.ui.office_link.link_monitor import NotTried

if TYPE_CHECKING:
    from datetime import date, datetime

    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from ult_desktop.base import UserError
    from ult_desktop.core.office.template import OfficeIdentity, OfficeTemplate, ServiceTemplate
    from ult_desktop.core.queue.boards import IssuedTicket
    from ult_desktop.core.queue.ticket import Ticket
    from ult_desktop.core.sheet import Sheet
    from ult_desktop.operations.office.office import Office as OpenOffice
    from ult_desktop.ui.kit import Theme, widgets
    from ult_desktop.ui.kit.theme import Contrast
    from ult_desktop.ui.kit.widgets.toast import Offer, Toast
    from ult_desktop.ui.office_link.link import Job, OfficeLink
    from ult_desktop.ui.office_link.station_setup import StationSetup

T = TypeVar("T")
Then = Callable[[command.Answer], object]
REFUSAL_STAYS_MS = 9000
PaperKind = Literal["sheet", "list", "folder"]
PAPER_KINDS: tuple[PaperKind, ...] = get_args(PaperKind)


@dataclass(frozen=True)
class Previews:
    """The pictures of what visitors see. Kiosk, printer and display draw them."""

    card: Callable[[ServiceTemplate, Contrast], QPixmap]
    ticket: Callable[[OfficeTemplate, datetime], QPixmap]
    lobby: Callable[[OfficeTemplate, Contrast, datetime], QPixmap]


@dataclass(frozen=True)
class StationServices:
    """The services of a counter's PC; None for each that it does not have.

    `print_paper` prints a sheet on the ticket printer, `print_number` a new number's ticket, and `reprint`
    that ticket again. `setup` says where the office and this PC's own files are.
    """

    drafts: forms.DraftKeeper | None = None
    print_paper: Callable[[Sheet], object] | None = None
    print_number: Callable[[IssuedTicket, OfficeIdentity], object] | None = None
    reprint: Callable[[Ticket, OfficeIdentity], object] | None = None
    setup: StationSetup | None = None
    previews: Previews | None = None


class PaperChoices:
    """The officer's last choice, for each kind of paper, of where it goes (its way).

    The PC remembers the choices; without a `keeper` they last as long as the window. The kind "folder" is
    for files, on a PC whose documents a cloud copies.
    """

    def __init__(self, keeper: forms.DraftKeeper | None) -> None:
        self._keeper = keeper
        self._last: dict[PaperKind, str] = {}
        if keeper is not None:
            for kind in PAPER_KINDS:
                keeper.load_paper(kind, partial(self._last.setdefault, kind))

    def last(self, kind: PaperKind) -> str:
        return self._last.get(kind, "")

    def keep(self, kind: PaperKind, way: str) -> None:
        self._last[kind] = way
        if self._keeper is not None:
            self._keeper.keep_paper(kind, way)


class PageHost(QObject):
    """The access of pages and tabs to the office, for one officer, for as long as the workspace exists.

    Args:
        link: the connection to the office, with the signed-in officer as its actor.
        theme: colours and sizes.
        toast: where short messages go; dialogs open over its window.
        now: the injected clock (aware, in the office's zone).
        counter: the number of the officer's counter, or None.
        services: the services of this PC.

    Signals:
        changed: something happened in the office.
        lost: the connection changed, or something was refused: readings under way may get no answer.
        page_wanted: (name, subject): go to another page.
    """

    changed = Signal()
    lost = Signal()
    page_wanted = Signal(str, object)

    def __init__(
        self,
        link: OfficeLink,
        theme: Theme,
        toast: Toast,
        now: widgets.Now,
        counter: int | None,
        services: StationServices,
    ) -> None:
        super().__init__()
        self.actor, self.theme, self.counter = link.actor, theme, counter
        self._link, self._toast, self.now, self._services = link, toast, now, services
        self._has_ended = False
        self._unsent: list[forms.Form] = []
        self._undo_offer: UndoOffer | None = None
        self.paper_choices = PaperChoices(services.drafts)
        self._read_seals()
        link.changed.connect(self._read_seals)
        link.changed.connect(self.changed)
        link.changed.connect(self._check_undo_offer)
        link.connection_changed.connect(self._on_connection)
        link.refused.connect(self.lost)

    @property
    def is_on_server(self) -> bool:
        return self.setup is not None and self.setup.is_on_server

    @property
    def window(self) -> QWidget:
        """The window over which dialogs open."""
        return self._toast.window()

    @property
    def is_cut_off(self) -> bool:
        """True while the shared file is gone; `lost` is emitted at every change."""
        return self._link.connection is Connection.OFFLINE

    def stamp(self) -> int:
        """Return the present moment (UTC ms)."""
        return stamps.to_stamp(self.now())

    def read_holidays(self, first: date, last: date, then: Then[Mapping[date, str]]) -> None:
        """Read on which days from `first` to `last` the office is closed, and why.

        While the share is gone `then` is not called.
        """
        self.read(partial(_closed_days, first, last), then)

    def read(self, query: Callable[[OpenOffice], T], then: Then[T]) -> None:
        """Fetch a snapshot. `query` runs on the worker thread and must hold no widget."""
        self._link.read(query, partial(self._call_back, then))

    def perform(
        self,
        what: command.Command[command.Answer] | Job[command.Answer],
        then: Then[command.Answer] | None = None,
        message: str = "",
        form: forms.Form | None = None,
        refused: Then[UserError] | None = None,
        undo: Edit[Any] | None = None,
    ) -> None:
        """Perform a command, or a job: a plain function (office, actor) that runs on the worker thread.

        Afterwards `message` is shown ("{label}" is the result's), with the offer to `undo`. A refusal is
        shown, in `form` too, and `refused` gets the error. While the share is gone `form` waits: it sends
        itself later, unless it was changed. Where two edits changed a field, the officer chooses an answer.
        """
        job: Any = conflict_box.Saving(what.with_seen(), undo) if isinstance(what, Edit) else what
        self._send(form, refused, partial(self._on_done, then, message, form), job)

    def _send(
        self, form: forms.Form | None, refused: Then[UserError] | None, done: Then[Any], job: Job[Any]
    ) -> None:
        """Perform `job`. `form` is blocked until the answer; a chosen answer of a conflict sends again."""
        if form is not None:
            form.set_busy(busy=True)
        send_again = partial(self._send, form, refused, done)
        self._link.perform(job, done, partial(self._on_refused, form, refused, job, send_again))

    def _on_done(
        self, then: Then[command.Answer] | None, message: str, form: forms.Form | None, result: command.Answer
    ) -> None:
        saved = result if isinstance(result, conflict_box.Saved) else None
        words_from_others = ""
        if saved is not None:
            words_from_others = conflict_box.words_from_others(saved, form)
            result = saved.answer
        # The answer may come after the form was closed.
        if form is not None and shiboken6.isValid(form):
            form.done()
        if self._has_ended:
            return
        words = f"{message.format(label=getattr(result, 'label', result))} {words_from_others}".strip()
        if words:
            self._toast.end_undo()
            if saved is None or saved.undo is None or saved.stored is None:
                self.tell(words)
            else:
                # The offer to undo ends as soon as somebody saves the same record again.
                undo_edit, stored = saved.undo, saved.stored
                undo = partial(self.perform, undo_edit, message=_("Diurungkan: isian sebelumnya kembali."))
                self.tell_undoable(words, undo, lambda office: read_edited(office, undo_edit) == stored)
        if then is not None:
            self._call_back(then, result)

    def _on_refused(
        self,
        form: forms.Form | None,
        refused: Then[UserError] | None,
        job: Job[Any],
        send_again: Then[Job[Any]],
        error: UserError,
    ) -> None:
        if form is not None and shiboken6.isValid(form):
            form.set_busy(busy=False)
            if not self._has_ended:
                form.stays.emit()
            if isinstance(error, Conflict) and isinstance(job, conflict_box.Saving) and not self._has_ended:
                self._ask_which_answer(error, form, job, send_again)
                return
            form.show_refusal(error)
            if isinstance(error, NotTried):
                form.wait_for_share()
                self._unsent.append(form)
                self._send_waiting()
        self.refuse(error)
        if refused is not None:
            self._call_back(refused, error)

    def _ask_which_answer(
        self, error: Conflict, form: forms.Form, saving: conflict_box.Saving, send_again: Then[Job[Any]]
    ) -> None:
        """Let the officer choose between both answers to a field. Until then the form stays as it is."""

        def send(is_mine: dict[str, bool]) -> None:
            chosen = saving.as_chosen(error, is_mine)
            if chosen.edit.edited_values() != error.theirs:
                send_again(chosen)
                return
            # Everything is as the others saved it: nothing is sent, so `then` gets no result.
            form.done()
            form.left.emit()
            self.tell(_("Isian petugas lain tetap dipakai."))

        pairs = conflict_box.answer_pairs(error, form, self.now().tzinfo)
        box = conflict_box.ConflictBox(self.window, self.theme, pairs)
        box.chosen.connect(send)
        box.open()

    def _send_waiting(self) -> None:
        """Send the forms that could not be sent before, if the share is there, or is back by now."""
        if self._link.connection is Connection.ONLINE:
            waiting, self._unsent = self._unsent, []
            for form in waiting:
                # The officer may have closed the page while the share was gone.
                if shiboken6.isValid(form):
                    form.send_waiting()

    def _call_back(self, then: Then[T], value: T) -> None:
        """Call `then`, unless the officer has signed out or the page is gone."""
        if not self._has_ended and receiver_exists(then):
            then(value)

    def refuse(self, error: UserError) -> None:
        """Show what was refused, with what to do next."""
        if not self._has_ended:
            self._toast.show_message(error.brief, stays_ms=REFUSAL_STAYS_MS)

    def tell(self, text: str, offers: Sequence[Offer] = ()) -> None:
        """Show a short message; `offers` are buttons next to it."""
        self._toast.show_message(text, offers=offers)

    def tell_undoable(
        self,
        text: str,
        undo: Callable[[], object],
        is_possible: Callable[[OpenOffice], bool],
        offers: Sequence[Offer] = (),
    ) -> None:
        """Show a message with the button "Urungkan" (Ctrl+Z), for as long as undoing is possible.

        `is_possible` runs on the worker thread at every change of the office. It returns False once somebody
        has gone on from what `undo` takes back.
        """
        if not self._has_ended:
            self._toast.show_message(text, undo=undo, offers=offers)
            self._undo_offer = UndoOffer(undo, is_possible)

    @property
    def can_undo(self) -> bool:
        """True while a message offers to undo something."""
        return self._toast.way_back is not None

    def undo(self) -> None:
        """Undo what the message offers to undo."""
        self._toast.take_back()

    def _check_undo_offer(self) -> None:
        offer = self._undo_offer
        if offer is not None and offer.undo is self._toast.way_back:
            self.read(offer.is_possible, partial(self._keep_undo_offer, offer))

    def _keep_undo_offer(self, offer: UndoOffer, is_possible: bool) -> None:
        if not is_possible and offer.undo is self._toast.way_back:
            self._toast.end_undo()

    def draft(self, form: str, subject: object = "") -> forms.Draft | None:
        """Return the draft of a form about `subject`; None where this PC keeps none."""
        keeper = self._services.drafts
        if keeper is None or self.actor.officer_id is None:
            return None

        def unseal(sealed: str, then: Then[forms.DraftFields]) -> None:
            self.read(lambda office: fields_of(sealed, office.keys.draft_keyring), then)

        return forms.Draft(keeper, DraftKey(self.actor.officer_id, form, str(subject)), unseal)

    def open_page(self, name: str, subject: object = None) -> None:
        """Bring another page to the front, at `subject` if that is given."""
        self.page_wanted.emit(name, subject)

    @property
    def setup(self) -> StationSetup | None:
        """The place of the office and of this PC's own files; None on a PC that is no station."""
        return self._services.setup

    @property
    def previews(self) -> Previews | None:
        """Pictures of what visitors see; None where nothing can draw them."""
        return self._services.previews

    @property
    def can_print(self) -> bool:
        return self._services.print_paper is not None

    def print_paper(self, paper: Sheet) -> None:
        """Print on the ticket printer of this PC, if there is one."""
        if self._services.print_paper is not None:
            self._services.print_paper(paper)

    @property
    def can_reprint(self) -> bool:
        return self._services.reprint is not None

    def reprint(self, ticket: Ticket) -> None:
        """Print the paper of a number again, on the ticket printer of this PC."""
        if self._services.reprint is not None:
            self.read(_office_identity, partial(self._services.reprint, ticket))
            self.tell(_("{label} dicetak ulang.").format(label=ticket.label))

    def hand_out(self, issued: IssuedTicket) -> None:
        """Print a number that was given at this counter, if there is a printer, and show it in a message."""
        if self._services.print_number is not None:
            self.read(_office_identity, partial(self._services.print_number, issued))
        wait = until_words(issued.wait)
        words = _("Nomor {label} untuk {service}.")
        if wait:
            words = _("Nomor {label} untuk {service}. Perkiraan menunggu {wait}.")
        service = service_name(issued.ticket)
        self.tell(words.format(label=issued.ticket.label, service=service, wait=wait))

    def end(self) -> None:
        """Disconnect from the office, because the workspace ends. Answers that still come are dropped."""
        self._has_ended = True
        self._link.changed.disconnect(self._read_seals)
        self._link.changed.disconnect(self.changed)
        self._link.changed.disconnect(self._check_undo_offer)
        self._link.connection_changed.disconnect(self._on_connection)
        self._link.refused.disconnect(self.lost)

    def _read_seals(self) -> None:
        """Read the seals for drafts: an office may get keys, or new ones, while somebody is at work."""
        if self._services.drafts is not None:
            self._link.read(lambda office: office.keys.draft_seals, self._services.drafts.seals.update)

    def _on_connection(self, connection: Connection) -> None:
        if connection is not Connection.RECONNECTING:
            self.lost.emit()
        self._send_waiting()


class UndoOffer(NamedTuple):
    """An offer to undo something. `is_possible`, on the worker thread, says whether it still can be done."""

    undo: Callable[[], object]
    is_possible: Callable[[OpenOffice], bool]


def receiver_exists(then: Callable[..., object]) -> bool:
    """Return False if `then` needs a widget that Qt has deleted: to call its methods raises RuntimeError.

    `then` needs the widget whose method it is. A closure needs every widget that it uses, itself or by a
    method.
    """
    function = then
    while isinstance(function, partial):
        function = function.func
    cells = getattr(function, "__closure__", None) or ()
    values = (function, *(cell.cell_contents for cell in cells))
    used = [getattr(value, "__self__", value) for value in values]
    return not any(isinstance(value, QObject) and not shiboken6.isValid(value) for value in used)


def _closed_days(first: date, last: date, office: OpenOffice) -> Mapping[date, str]:
    settings = office.read(office_rows.load).settings
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    reasons = {day: working_time.holiday_on(settings, day) for day in days}
    return {day: reason for day, reason in reasons.items() if reason}


def _office_identity(office: OpenOffice) -> OfficeIdentity:
    return office.read(office_rows.load).settings.office
