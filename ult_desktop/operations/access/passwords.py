"""The passwords that the program makes for officers, and the change of one by its owner."""

from random import SystemRandom

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access import commands, passwords
from ult_desktop.core.access.roles import Actor, Officer
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.db.access import officers
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.access import key_holder
from ult_desktop.operations.access.officers import guessable_words, hash_password
from ult_desktop.operations.operation import refuse, require_found

_CONSONANTS, _VOWELS = "bdfghjklmnprst", "aeiou"
_SYLLABLES_A_WORD = 3
_choice = SystemRandom().choice  # as `secrets.choice`; importing `secrets` would load OpenSSL at every start


class IssuedPassword(msgspec.Struct, frozen=True, kw_only=True):
    """A password that the program made, for the slip that the officer gets. It is in clear nowhere else."""

    officer: Officer
    password: str
    office: OfficeIdentity


def make_password(words: int = 3) -> str:
    """Make a password of words that can be read aloud; each has 18 random bits."""
    return "-".join(
        "".join(_choice(_CONSONANTS) + _choice(_VOWELS) for _syllable in range(_SYLLABLES_A_WORD))
        for _word in range(words)
    )


def reissue(office: key_holder.KeyedOffice, by: Actor, login: str) -> IssuedPassword:
    """Give another password to an officer who is back, or who forgot theirs."""
    return issue(office, by, commands.SetPassword(login=login, password_hash=""))


def issue(
    office: key_holder.KeyedOffice, by: Actor, command: commands.AddOfficer | commands.SetPassword
) -> IssuedPassword:
    """Perform the command with a new password's hash and, if the actor can grant keys, a pair of keys."""
    password = make_password()
    hashed = hash_password(password)
    pair = office.keys.make_pair_for(password, hashed)
    officer = office.perform(msgspec.structs.replace(command, password_hash=hashed, pair=pair), by)
    identity = office.read(lambda tx: office_rows.load(tx).settings.office)
    return IssuedPassword(officer=officer, password=password, office=identity)


def return_officer(office: key_holder.KeyedOffice, by: Actor, login: str) -> IssuedPassword:
    """Make a retired officer active again, with a new password."""
    office.perform(commands.ReturnOfficer(login=login), by)
    return reissue(office, by, login)


def suggest_login(name: str, taken: frozenset[str]) -> str:
    """Return a sign-in name that is not `taken`, from the first suitable word of `name`; "" if none is."""
    words = ["".join(filter(str.isalnum, word)).casefold() for word in name.split()]
    plain = next((word for word in words if word.isascii() and len(word) > 1), "")
    if not plain:
        return ""
    # One candidate more than names are taken: so one of them is free.
    numbered = (f"{plain}{number}" for number in range(2, len(taken) + 2))
    return next(login for login in (plain, *numbered) if login not in taken)


def change(office: key_holder.KeyedOffice, by: Actor, old: str, new: str) -> Officer:
    """Change the officer's own password. The new one opens the keys that the old one opened.

    Raises:
        TooManyTries: earlier wrong passwords make this one wait.
        UserError: the old one is wrong, or the new one is too easy or the same.
    """
    officer = require_found(
        office.read(lambda tx: officers.by_id(tx, by.officer_id or 0)),
        _("Hanya petugas yang masuk dapat mengganti ini."),
    )
    office.check_password(officer.login, old)
    if new == old:
        raise refuse(_("Kata sandi baru sama dengan yang lama."), passwords.password_rule())
    hashed = hash_password(new, office.read(guessable_words))
    own_key = office.keys.rewrap_pair(new, hashed)
    return office.perform(commands.ChangeOwnPassword(password_hash=hashed, own_key=own_key), by)
