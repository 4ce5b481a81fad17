"""What can be asked about sealed personal text: to open it, and to be found by it."""

from typing import ClassVar

from ult_desktop.core.command import Command
from ult_desktop.core.sheet import SheetKind


class OpenPersonal(Command, frozen=True, kw_only=True):
    """See a visit's personal text in clear; who did is kept (UU 27/2022, Pasal 31 and 39)."""

    opens: ClassVar[bool] = True
    visit_id: int


class OpenRegister(Command, frozen=True, kw_only=True):
    """See a year's register of public-information requests with addresses and contacts (PerKI 1/2021)."""

    opens: ClassVar[bool] = True
    year: int


class OpenSheet(Command, frozen=True, kw_only=True):
    """A sheet in clear, to print it: of a delivery (`RECEIPT`), or of a public-information request."""

    opens: ClassVar[bool] = True
    sheet: SheetKind
    subject_id: int


class OpenDocument(Command, frozen=True, kw_only=True):
    """A scan or letter is looked at; who did is kept. Its bytes never pass through here."""

    document_id: int


class IndexPhones(Command, frozen=True, kw_only=True):
    """Blind indexes of numbers that came in where nobody had the key, as (visit, index).

    "-" for what is no telephone number.
    """

    indexes: tuple[tuple[int, str], ...]
