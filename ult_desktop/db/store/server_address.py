"""Where an office on a server lies, as a path: a small file of this PC that holds the server's address.

Everything that goes by the path of an office goes by this one too, and settings and command lines name it
instead of the address. That may hold a password, so the file is read by this account alone.
"""

from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from ult_desktop.base import paths
from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.base.private_files import open_private
from ult_desktop.base.station_file import unwritable

SCHEMES = ("postgresql://", "postgres://")
_ENDING = ".postgresql"
_SECRET = ("password", "sslpassword")


def is_server(path: Path) -> bool:
    """Whether this path stands for an office on a server."""
    return path.suffix == _ENDING


def what_mends(path: Path, file: str) -> str:
    """What to do about the office at `path` that is not whole, in words: `file` are those for one in a file.

    A server's is brought back as the IT guide tells in *Restoring a server*.
    """
    if not is_server(path):
        return file
    return _(
        "Petugas TI memulihkan di server (pg_restore), membawa jurnal tiap PC (`ult-desktop restore"
        " --journals FOLDER`), lalu menjalankan `ult-desktop verify --clear-damage`."
    )


def office_at(said: str) -> Path:
    """The path of the office that a person named: of a file, or of the address of a server.

    An address without a password leads as it did before; one without an account as this PC's own to that
    place does, the first of them.

    Raises:
        UserError: the address cannot be written down.
    """
    if not said.startswith(SCHEMES):
        return Path(said)
    return next(iter(_own_addresses(said)), None) or _written_down(said)


def remember(address: str, password: str) -> Path:
    """Write down this PC's own address of a server; its password stands in that file alone.

    Raises:
        UserError: it says no account, or cannot be written.
    """
    parts = urlsplit(address)
    if not (address.startswith(SCHEMES) and parts.username):
        raise UserError(
            _("“{address}” bukan alamat server dengan akun.").format(address=address),
            _("Tidak ada yang berubah."),
            _("Tulis seperti {form}.").format(form="postgresql://kios_1@server/kantor"),
        )
    secret = f":{quote(password, safe='')}" if password else ""
    account, _sign, host = parts.netloc.rpartition("@")
    whole = parts._replace(netloc=f"{account.partition(':')[0]}{secret}@{host}")
    return _written_down(urlunsplit(whole))


def place_of(path: Path) -> str:
    """What leads others to the office: the path of its file, or the address of its server, with no account.

    Raises:
        OSError: no address was written down there.
    """
    if not is_server(path):
        return str(path.absolute())
    parts = urlsplit(without_password(address_in(path)))
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def without_password(address: str) -> str:
    parts = urlsplit(address)
    user, at, host = parts.netloc.rpartition("@")
    named = parse_qsl(parts.query, keep_blank_values=True)
    kept = urlencode([(name, value) for name, value in named if name not in _SECRET], safe="/:")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}{at}{host}", query=kept))


def can_go_to(place: str) -> bool:
    """Whether it says an account, or this PC has one there; for the path of a file there is no question."""
    return not place.startswith(SCHEMES) or "@" in urlsplit(place).netloc or bool(_own_addresses(place))


def _own_addresses(address: str) -> list[Path]:
    """What was written down for the place of an address that says no account, the oldest first."""
    parts = urlsplit(address)
    if "@" in parts.netloc:
        return []
    found = (paths.data_folder() / "server").glob(f"*/{_place_in(address)}{_ENDING}")
    return sorted((each for each in found if "@" in urlsplit(address_in(each)).netloc), key=_age)


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns


def _place_in(address: str) -> str:
    parts = urlsplit(address)
    return _plain(f"{parts.path.strip('/') or 'office'}@{parts.netloc.rpartition('@')[2] or 'localhost'}")


def address_in(path: Path) -> str:
    """What was written down there; what is no text is no address either, and can be written anew.

    Raises:
        OSError: nothing was.
    """
    return path.read_text(encoding="utf-8", errors="replace").strip()


def _written_down(address: str) -> Path:
    """One file for each account on the server: who looks as its owner leaves a station its own."""
    account, place = urlsplit(address).netloc.rpartition("@")[0], _place_in(address)
    path = (
        paths.data_folder() / "server" / _plain(f"{account.partition(':')[0]}-{place}") / f"{place}{_ENDING}"
    )
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.is_file() and without_password(address_in(path)) == address:
            return path  # this PC knows the password, which others are not told
        if not path.is_file() or address_in(path) != address:
            with open(path, "w", encoding="utf-8", opener=open_private) as file:
                file.write(address)
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def _plain(words: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_.@" else "-" for letter in words)
