"""The person who comes, calls or writes: the fields that commands, rows and lists have of them alike."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from ult_desktop.core.personal import Contact, Email, PersonalWords, Phone


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person, as the guest book and a list of requests have them. Each field can be corrected later."""

    name: str
    institution: str = ""
    regency: str = ""
    phone: Phone = ""
    email: Email = ""
    occupation: str = ""


class GuestFields(Person, frozen=True, kw_only=True):
    """The fields of a guest's line in the guest book: who they are, and why they come.

    `persons` came together: a group has one number and one line, in which `companions` names the others.
    `meets` is the officer or unit that they want to see. `remember`: they agree that their data is kept, to
    make the next visit quicker.
    """

    persons: Annotated[int, Meta(ge=1, le=999)] = 1
    companions: str = ""
    meets: str = ""
    letter_number: PersonalWords = ""
    letter_date: str = ""
    remember: bool = False


_DEFAULTS = {field.name: field.default for field in msgspec.structs.fields(GuestFields)}


def field_text(guest: GuestFields, name: str) -> str:
    """Return the guest's field `name` as text; "" where it has its default (one person came)."""
    value = getattr(guest, name)
    return "" if value == _DEFAULTS.get(name, "") else str(value)


class ApplicantFields(msgspec.Struct, frozen=True, kw_only=True):
    """An applicant for public information, as the form of PerKI 1/2021 has them."""

    name: str = ""
    address: PersonalWords = ""
    contact: Contact = ""
    occupation: str = ""


def shared_fields(kind: type[msgspec.Struct], source: msgspec.Struct) -> dict[str, Any]:
    """Return by name the values of `source` in the fields that it shares with the type `kind`."""
    return {name: getattr(source, name) for name in kind.__struct_fields__ if hasattr(source, name)}
