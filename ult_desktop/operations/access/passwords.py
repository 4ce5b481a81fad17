"""The passwords: issued by an admin, and changed by their owner."""

from random import SystemRandom

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access import commands, passwords
from ult_desktop.core.access.roles import Actor, Officer
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.db.access import officers
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.access import key_holder
from ult_desktop.operations.access.officers import hash_password, own_words
from ult_desktop.operations.operation import known, refuse

_CONSONANTS, _VOWELS = "bdfghjklmnprst", "aeiou"
_SYLLABLES_A_WORD, _WORDS = 3, 3
_choice = SystemRandom().choice  # as `secrets.choice`; importing `secrets` would load OpenSSL at every start


class IssuedPassword(msgspec.Struct, frozen=True, kw_only=True):
    """A password that the program made: its officer, and the office that the slip names.

    The password in clear is kept nowhere else.
    """

    officer: Officer
    password: str
    office: OfficeIdentity


def made_password() -> str:
    """Make a password of three words that can be read aloud, 55 random bits together."""
    return "-".join(
        "".join(_choice(_CONSONANTS) + _choice(_VOWELS) for _syllable in range(_SYLLABLES_A_WORD))
        for _word in range(_WORDS)
    )


def add_officer(office: key_holder.KeyedOffice, by: Actor, new: commands.AddOfficer) -> IssuedPassword:
    """Add the officer `new` with a password, and with a key pair of their own if these keys can be given."""
    password = made_password()
    hashed = hash_password(password)
    pair = office.keys.make_pair_for(password, hashed)
    command = msgspec.structs.replace(new, password_hash=hashed, pair=pair)
    return _issued(office, office.perform(command, by), password)


def reissue(office: key_holder.KeyedOffice, by: Actor, login: str) -> IssuedPassword:
    """Give another password to an officer who is back, or who forgot theirs."""
    password = made_password()
    hashed = hash_password(password)
    pair = office.keys.make_pair_for(password, hashed)
    command = commands.SetPassword(login=login, password_hash=hashed, pair=pair)
    return _issued(office, office.perform(command, by), password)


def return_officer(office: key_holder.KeyedOffice, by: Actor, login: str) -> IssuedPassword:
    """Put a retired officer to work here again, with a new password."""
    office.perform(commands.ReturnOfficer(login=login), by)
    return reissue(office, by, login)


def login_for(name: str, taken: frozenset[str]) -> str:
    """Return a sign-in name that nobody has yet, from the first suitable word of `name`.

    Empty if there is none.
    """
    words = ["".join(filter(str.isalnum, word)).casefold() for word in name.split()]
    plain = next((word for word in words if word.isascii() and len(word) > 1), "")
    if not plain:
        return ""
    # One more than are taken: so one of them is free.
    numbered = (f"{plain}{number}" for number in range(2, len(taken) + 2))
    return next(each for each in (plain, *numbered) if each not in taken)


def _issued(office: key_holder.KeyedOffice, officer: Officer, password: str) -> IssuedPassword:
    row, identity = office.read(
        lambda tx: (officers.get(tx, officer.id), office_rows.load(tx).settings.office)
    )
    return IssuedPassword(officer=row, password=password, office=identity)


def change(office: key_holder.KeyedOffice, by: Actor, old: str, new: str) -> Officer:
    """Change the officer's own password. The keys stay open to them, under the new one.

    Raises:
        TooManyTries: earlier wrong passwords make this one wait.
        UserError: the old one is wrong, or the new one is too easy or the same.
    """
    officer = known(
        office.read(lambda tx: officers.by_id(tx, by.officer_id or 0)),
        _("Hanya petugas yang masuk dapat mengganti ini."),
    )
    office.check_password(officer.login, old)
    if new == old:
        raise refuse(_("Kata sandi baru sama dengan yang lama."), passwords.password_rule())
    hashed = hash_password(new, office.read(own_words))
    own_key = office.keys.rewrap_pair(new, hashed)
    return office.perform(commands.ChangeOwnPassword(password_hash=hashed, own_key=own_key), by)
