"""The guest book (buku tamu) for one visitor. One press fills it for a returning visitor."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.base import _
from ult_desktop.core import cells
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.core.visits import commands, guest_book
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.visits import boards, returning_visitors
from ult_desktop.ui.counter.pages import FormBox, PageHost, open_visit
from ult_desktop.ui.kit import Column, Theme, widgets
from ult_desktop.ui.kit.forms import DateField, KnownNameField, LineField, TickField
from ult_desktop.ui.kit.forms.form import Fields

MAX_SHOWN = 3
_LONGEST = 60  # letters of a line; the rest of an institution's name is not needed to know somebody again


class KnownGuests(QWidget):
    """The known guests, at most three lines; hidden while there is none.

    Signals:
        chosen: take over this guest's data (a Returning).
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._found: tuple[guest_book.Returning, ...] = ()
        column = Column(theme, self, gap=4)
        column.addWidget(
            widgets.Label(_("Pernah datang; tekan untuk memakai datanya"), "small", "soft", wrap=True)
        )
        self.buttons = [widgets.Button(theme, "", "choice", "history") for _n in range(MAX_SHOWN)]
        for number, button in enumerate(self.buttons):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, n=number: self.chosen.emit(self._found[n]))
            column.addWidget(button)
        self.hide()

    def show_guests(self, found: Sequence[guest_book.Returning]) -> None:
        self._found = tuple(found[:MAX_SHOWN])
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(self._found))
            if number < len(self._found):
                button.setText(_line(self._found[number]).replace("&", "&&"))
        self.setVisible(bool(self._found))


def _line(guest: guest_book.Returning) -> str:
    words = " · ".join(part for part in (guest.name, guest.institution, guest.phone) if part)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


_TAKEN_OVER = ("name", "institution", "regency", "phone", "email", "occupation", "remember")


class GuestBox(FormBox):
    """The box that looks up returning visitors while the name or the telephone number is typed."""

    def __init__(self, host: PageHost, forms: boards.VisitForms) -> None:
        visit_id = forms.card.visit.id
        super().__init__(
            host,
            _("Buku tamu"),
            _fields(host, forms),
            command=partial(_ask, visit_id, guest_book.notice_version(forms.privacy)),
            verb=_("Simpan"),
            told=_("Buku tamu tersimpan."),
            icon=("book-open", "blue"),
            words=guest_book.notice_words(forms.privacy),
            draft=None if forms.card.guest else host.draft("guest-book", visit_id),
            wide=True,
        )
        self._looked_up = ""
        self.known = KnownGuests(host.theme)
        self.words.insertWidget(self.words.count() - 1, self.known)
        self.known.chosen.connect(self._take_over)
        if forms.card.guest is not None:
            self._show(forms)
        for name in ("name", "phone"):
            self.form.field(name).changed.connect(partial(self._look_up, name))

    def _show(self, forms: boards.VisitForms) -> None:
        guest = forms.card.guest
        self.form.show_values(
            {name: getattr(guest, name) for name in (*_TAKEN_OVER, "meets", "letter_number")}
        )
        written = guest.letter_date if guest else ""
        self.form.field("letter_date").show_value(written or None)

    def _look_up(self, name: str) -> None:
        text = str(self.form.field(name).value())
        self._looked_up = text
        if len(text) < guest_book.SHORTEST_SEARCH:
            self.known.show_guests(())
        else:
            self._host.read(partial(_find, text), partial(self._show_known, text))

    def _show_known(self, text: str, found: tuple[guest_book.Returning, ...]) -> None:
        if text == self._looked_up:
            self.known.show_guests(found)
            self.resize(self.sizeHint())

    def _take_over(self, guest: guest_book.Returning) -> None:
        """Take over the guest's data. Masked data is opened first; if that is refused, the rest is taken."""
        known = {name: getattr(guest, name) for name in _TAKEN_OVER}
        masked = [name for name in ("phone", "email") if is_masked(known[name])]
        self.form.show_values({name: "" if name in masked else value for name, value in known.items()})
        self._looked_up = ""
        if masked:
            open_visit(self._host, guest.visit_id, self._take_contact)
        self.known.show_guests(())
        self.form.field("meets").setFocus()

    def _take_contact(self, opened: OpenedVisit) -> None:
        guest = opened.card.guest
        if guest is not None:
            self.form.show_values({"phone": guest.phone, "email": guest.email})
            self._looked_up = ""
            self.known.show_guests(())


def _find(text: str, office: Office) -> tuple[guest_book.Returning, ...]:
    return returning_visitors.find_returning(office, text)


def _fields(host: PageHost, forms: boards.VisitForms) -> Fields:
    theme = host.theme
    regencies = [(name, name) for name in forms.regencies]
    return (
        (
            LineField(theme, "name", _("Nama lengkap"), required=True),
            LineField(theme, "institution", _("Instansi")),
        ),
        (
            KnownNameField(theme, "regency", _("Kabupaten/kota"), regencies),
            LineField(
                theme, "phone", _("Nomor telepon"), most=30, check=partial(cells.trouble, cells.clean_phone)
            ),
        ),
        (
            LineField(theme, "email", _("Surel"), most=120, check=partial(cells.trouble, cells.clean_email)),
            LineField(theme, "occupation", _("Pekerjaan/jabatan"), most=120),
        ),
        (
            LineField(theme, "meets", _("Petugas atau unit yang dituju"), most=120),
            LineField(theme, "letter_number", _("Nomor surat"), most=80),
            DateField(theme, "letter_date", _("Tanggal surat"), days=host),
        ),
        TickField(theme, "remember", guest_book.remember_words()),
    )


def _ask(visit_id: int, notice: str, values: dict[str, Any]) -> commands.SignGuestBook:
    day = values.pop("letter_date")
    return commands.SignGuestBook(
        visit_id=visit_id, letter_date=day.isoformat() if day else "", notice=notice, **values
    )
