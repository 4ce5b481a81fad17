"""The host that pages and tabs get instead of a store: read, perform, say, and go to one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

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
from ult_desktop.operations.edits import part_now
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
    from ult_desktop.core.access.sealing import Seal
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
    """The pictures of what visitors see, drawn by windows that a counter does not know."""

    card: Callable[[ServiceTemplate, Contrast], QPixmap]
    ticket: Callable[[OfficeTemplate, datetime], QPixmap]
    lobby: Callable[[OfficeTemplate, Contrast, datetime], QPixmap]


@dataclass(frozen=True)
class StationServices:
    """The services of a counter's PC besides the office: drafts, a printer for sheets and numbers.

    `reprint` prints a number's paper again. `setup` says where the office and this PC's own files lie.
    """

    drafts: forms.DraftKeeper | None = None
    print_paper: Callable[[Sheet], object] | None = None
    print_number: Callable[[IssuedTicket, OfficeIdentity], object] | None = None
    reprint: Callable[[Ticket, OfficeIdentity], object] | None = None
    setup: StationSetup | None = None
    previews: Previews | None = None


class PaperWays:
    """The ways that papers of each kind went last from this PC; where it keeps none, from this window.

    "folder" is where files go on a PC whose documents a cloud copies.
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
    """The access of one officer to the office, for as long as the workspace exists.

    Args:
        link: the way to the office; the signed-in officer acts.
        theme: colours and sizes.
        toast: where short messages go; dialogs open over its window.
        now: the injected clock (aware, in the office's zone).
        counter: where the officer sits, or None.
        services: the services of this PC.

    Signals:
        changed: something happened in the office.
        lost: readings under way may never be answered.
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
        self._ended = False
        self._unsent: list[forms.Form] = []
        self._way_back: tuple[Callable[[], object] | None, Callable[[OpenOffice], bool]] = (None, bool)
        self.paper_ways = PaperWays(services.drafts)
        self._read_seals()
        link.changed.connect(self._read_seals)
        link.changed.connect(self.changed)
        link.changed.connect(self._look_at_way_back)
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
        self.read(partial(_holidays, first, last), then)

    def read(self, query: Callable[[OpenOffice], T], then: Then[T]) -> None:
        """Fetch a snapshot. `query` runs on the worker thread and must hold no widget."""
        self._link.read(query, partial(self._hand_over, then))

    def perform(
        self,
        what: command.Command[command.Answer] | Job[command.Answer],
        then: Then[command.Answer] | None = None,
        told: str = "",
        form: forms.Form | None = None,
        refused: Then[UserError] | None = None,
        undo: Edit[Any] | None = None,
    ) -> None:
        """Perform a command or job; afterwards show `told` ("{label}" is the result's) and offer to `undo`.

        A refusal is shown with what to do next, in `form` too if that is given; `refused` gets the error.
        While the share is gone `form` waits. It is sent when the share is back, unless it was changed. Where
        an edit and another one changed the same field, the officer chooses.

        `what` may be a job, a plain function (office, actor) that runs on the worker thread.
        """
        job: Any = conflict_box.Saving(what.seeing(), undo) if isinstance(what, Edit) else what
        self._send(form, refused, partial(self._done, then, told, form), job)

    def _send(
        self, form: forms.Form | None, refused: Then[UserError] | None, done: Then[Any], job: Job[Any]
    ) -> None:
        if form is not None:
            form.set_busy(busy=True)
        again = partial(self._send, form, refused, done)
        self._link.perform(job, done, partial(self._refused, form, refused, job, again))

    def tell(self, text: str, offers: Sequence[Offer] = ()) -> None:
        """Show a short message; `offers` are buttons next to it."""
        self._toast.show_message(text, offers=offers)

    def tell_undoable(
        self,
        text: str,
        undo: Callable[[], object],
        stands: Callable[[OpenOffice], bool],
        offers: Sequence[Offer] = (),
    ) -> None:
        """Show a message that stands with "Urungkan" (Ctrl+Z) while the office says so.

        `stands` runs on the worker thread at every change of the office: it is False once somebody has gone
        on from there.
        """
        if not self._ended:
            self._toast.show_message(text, undo=undo, offers=offers)
            self._way_back = (undo, stands)

    @property
    def can_undo(self) -> bool:
        """True while a message stands that tells of what can be undone."""
        return self._toast.way_back is not None

    def undo(self) -> None:
        """Undo what the message that stands tells of."""
        self._toast.take_back()

    def _look_at_way_back(self) -> None:
        undo, stands = self._way_back
        if undo is not None and undo is self._toast.way_back:
            self.read(stands, partial(self._keep_way_back, undo))

    def _keep_way_back(self, undo: Callable[[], object], stands: bool) -> None:
        if not stands and undo is self._toast.way_back:
            self._toast.end_undo()

    def draft(self, form: str, subject: object = "") -> forms.Draft | None:
        """Return the draft of a form about `subject`; None where this PC keeps none."""
        keeper = self._services.drafts
        if keeper is None or self.actor.officer_id is None:
            return None
        return forms.Draft(keeper, DraftKey(self.actor.officer_id, form, str(subject)), self._open_draft)

    def _open_draft(self, sealed: str, then: Then[forms.DraftFields]) -> None:
        self.read(partial(_fields_of, sealed), then)

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
            self.read(_office_of, partial(self._services.reprint, ticket))
            self.tell(_("{label} dicetak ulang.").format(label=ticket.label))

    def hand_out(self, issued: IssuedTicket) -> None:
        """Announce a number that was given at this desk as a kiosk would. Print it if there is a printer."""
        if self._services.print_number is not None:
            self.read(_office_of, partial(self._services.print_number, issued))
        self.tell(_issued_words(issued))

    def end(self) -> None:
        """End, because the workspace ends: answers that still come are dropped."""
        self._ended = True
        self._link.changed.disconnect(self._read_seals)
        self._link.changed.disconnect(self.changed)
        self._link.changed.disconnect(self._look_at_way_back)
        self._link.connection_changed.disconnect(self._on_connection)
        self._link.refused.disconnect(self.lost)

    def _read_seals(self) -> None:
        """Read the seals for drafts: an office may get keys, or new ones, while somebody is at work."""
        if self._services.drafts is not None:
            self._link.read(_seals_of, self._services.drafts.seals.update)

    def _on_connection(self, connection: Connection) -> None:
        if connection is not Connection.RECONNECTING:
            self.lost.emit()
        self._send_waiting()

    def _send_waiting(self) -> None:
        """Send the forms that could not be sent before, if the share is there."""
        if self._link.connection is Connection.ONLINE:
            waiting, self._unsent = self._unsent, []
            for form in waiting:
                # The officer may have closed the page while the share was gone.
                if shiboken6.isValid(form):
                    form.send_waiting()

    def _hand_over(self, then: Then[T], value: T) -> None:
        if not self._ended and is_there(then):
            then(value)

    def _done(
        self, then: Then[command.Answer] | None, told: str, form: forms.Form | None, result: command.Answer
    ) -> None:
        saved = result if isinstance(result, conflict_box.Saved) else None
        taken = ""
        if saved is not None:
            taken, result = conflict_box.taken_words(saved, form), saved.answer
        # The answer may come after the form was closed.
        if form is not None and shiboken6.isValid(form):
            form.done()
        if self._ended:
            return
        if words := f"{told.format(label=getattr(result, 'label', result))} {taken}".strip():
            self._toast.end_undo()
            self.tell(words)
            # The message stands with the way back, until somebody saves that record again.
            if saved is not None and saved.undo is not None and saved.stored is not None:
                undo, stored = saved.undo, saved.stored
                back = partial(self.perform, undo, told=_("Diurungkan: isian sebelumnya kembali."))
                self.tell_undoable(words, back, lambda office: part_now(office, undo) == stored)
        if then is not None:
            self._hand_over(then, result)

    def refuse(self, error: UserError) -> None:
        """Say what was refused, with what to do next."""
        if not self._ended:
            self._toast.show_message(error.brief, stays_ms=REFUSAL_STAYS_MS)

    def _choose(
        self, error: Conflict, form: forms.Form, saving: conflict_box.Saving, again: Then[Job[Any]]
    ) -> None:
        """Let the officer choose between both answers; the form stays as it is until then."""

        def send(whose: dict[str, bool]) -> None:
            chosen = saving.as_chosen(error, whose)
            if chosen.edit.part() != error.theirs:
                again(chosen)
                return
            form.done()
            form.left.emit()
            self.tell(_("Isian petugas lain tetap dipakai."))

        sides = conflict_box.sides_of(error, form, self.now().tzinfo)
        box = conflict_box.ConflictBox(self.window, self.theme, sides)
        box.chosen.connect(send)
        box.open()

    def _refused(
        self,
        form: forms.Form | None,
        then: Then[UserError] | None,
        job: Job[Any],
        again: Then[Job[Any]],
        error: UserError,
    ) -> None:
        if form is not None and shiboken6.isValid(form):
            form.set_busy(busy=False)
            if not self._ended:
                form.stays.emit()
            if isinstance(error, Conflict) and isinstance(job, conflict_box.Saving) and not self._ended:
                self._choose(error, form, job, again)
                return
            form.show_refusal(error)
            if isinstance(error, NotTried):
                form.wait_for_share()
                self._unsent.append(form)
                self._send_waiting()
        self.refuse(error)
        if then is not None:
            self._hand_over(then, error)


def is_there(then: Callable[..., object]) -> bool:
    """Return whether the object whose method `then` is still exists; a plain function always does."""
    function = then
    # `partial`s may wrap the method whose object is sought.
    while isinstance(function, partial):
        function = function.func
    owner = getattr(function, "__self__", None)
    # Calling the method of a widget that Qt has deleted raises RuntimeError.
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def _issued_words(issued: IssuedTicket) -> str:
    wait = until_words(issued.wait)
    words = (
        _("Nomor {label} untuk {service}. Perkiraan menunggu {wait}.")
        if wait
        else _("Nomor {label} untuk {service}.")
    )
    return words.format(label=issued.ticket.label, service=service_name(issued.ticket), wait=wait)


def _seals_of(office: OpenOffice) -> dict[int, Seal]:
    return office.keys.draft_seals


def _fields_of(sealed: str, office: OpenOffice) -> forms.DraftFields:
    return fields_of(sealed, office.keys.draft_keyring)


def _holidays(first: date, last: date, office: OpenOffice) -> Mapping[date, str]:
    settings = office.read(office_rows.load).settings
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {day: why for day in days if (why := working_time.holiday_on(settings, day))}


def _office_of(office: OpenOffice) -> OfficeIdentity:
    return office.read(office_rows.load).settings.office
