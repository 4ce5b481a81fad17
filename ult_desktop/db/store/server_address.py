"""The path of an office on a server: a small file of this PC that holds the server's address.

Everything that goes by the path of an office goes by this one too, and settings and command lines name it
instead of the address. The address may hold a password, so the file is read by this account alone; of an
installed program by those who work at this PC.
"""

from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from ult_desktop.base import paths
from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.base.private_files import open_private
from ult_desktop.base.station_file import unwritable_error

SCHEMES = ("postgresql://", "postgres://")
FORM = "postgresql://kios_1@server/kantor"  # how a person is asked to write an address
_ENDING = ".postgresql"
_SECRET_OPTIONS = ("password", "sslpassword")
_NAMES_DATABASE = {"dbname", "service"}  # the options that name a database


def is_server(path: Path) -> bool:
    """Return whether this path means an office on a server."""
    return path.suffix == _ENDING


def describe_repair(path: Path, words_for_file: str) -> str:
    """Return what a person can do about a damaged office: for one in a file, `words_for_file`.

    An office on a server is brought back as docs/postgresql.md says, "Restoring a server".
    """
    if not is_server(path):
        return words_for_file
    return _(
        "Petugas TI memulihkan di server (pg_restore), membawa jurnal tiap PC (`ult-desktop restore"
        " --journals FOLDER`), lalu menjalankan `ult-desktop verify --clear-damage`."
    )


def office_at(named: str) -> Path:
    """Return the path of the office that a person named: of a file, or of the address of a server.

    An address without a password leads to the path that was made for it with one. An address without an
    account leads to the oldest of this PC's addresses of that server.

    Raises:
        UserError: the address is not whole, or cannot be written down.
    """
    if not named.startswith(SCHEMES):
        return Path(named)
    if not is_complete(named):
        raise _not_an_address()
    return next(iter(_paths_with_account(named)), None) or _write_address(named)


def is_complete(address: str) -> bool:
    """Return whether the address can be read, and names a database and no more than one server.

    libpq would take the account's name for a database, and ask the first of several servers that answers.
    """
    try:
        parts = urlsplit(address)
        options = dict(parse_qsl(parts.query))
        hosts = (parts.netloc.rpartition("@")[2], options.get("host", ""), options.get("hostaddr", ""))
        has_database = bool(parts.path.strip("/") or _NAMES_DATABASE & options.keys())
        return has_database and not any("," in host for host in hosts) and parts.port != 0
    except ValueError:  # a bracket or a port that is none
        return False


def _not_an_address() -> UserError:
    """Return the refusal of an address; it is not shown, for it may hold a password."""
    return UserError(
        _("Ini bukan alamat satu server dengan akun dan basis datanya."),
        _("Tidak ada yang berubah."),
        _("Tulis seperti {form}.").format(form=FORM),
    )


def remember(address: str, password: str) -> Path:
    """Write down this PC's own address of a server; its password is in that file alone.

    Raises:
        UserError: it says no account, or cannot be written.
    """
    if not (address.startswith(SCHEMES) and is_complete(address) and urlsplit(address).username):
        raise _not_an_address()
    parts = urlsplit(address)
    # A password may hold `/`, `@` or `:`, which would end the part of the address that it is in.
    secret = f":{quote(password, safe='')}" if password else ""
    account, _sign, host = parts.netloc.rpartition("@")
    whole = parts._replace(netloc=f"{account.partition(':')[0]}{secret}@{host}")
    return _write_address(urlunsplit(whole))


def place_of(path: Path) -> str:
    """Return where other PCs find the office: its file's path, or its server's address without an account.

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
    options = parse_qsl(parts.query, keep_blank_values=True)
    # libpq takes passwords in the query part too:
    # https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
    query = urlencode([(name, value) for name, value in options if name not in _SECRET_OPTIONS], safe="/:")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}{at}{host}", query=query))


def has_account_for(place: str) -> bool:
    """Return whether the address has an account, or this PC has written down one for that server.

    For the path of a file it is always True.
    """
    return not place.startswith(SCHEMES) or "@" in urlsplit(place).netloc or bool(_paths_with_account(place))


def _paths_with_account(address: str) -> list[Path]:
    """List this PC's files that hold an account for the database at `address`, the oldest first.

    The list is empty if `address` itself has an account.
    """
    if "@" in urlsplit(address).netloc:
        return []
    files = (paths.data_folder() / "server").glob(f"*/{_database_name(address)}{_ENDING}")
    with_account = (file for file in files if "@" in urlsplit(address_in(file)).netloc)
    return sorted(with_account, key=lambda file: file.stat().st_mtime_ns)


def _database_name(address: str) -> str:
    """Return "DATABASE@HOST" as a file name; an address without one of them means the default."""
    parts = urlsplit(address)
    return _as_file_name(
        f"{parts.path.strip('/') or 'office'}@{parts.netloc.rpartition('@')[2] or 'localhost'}"
    )


def address_in(path: Path) -> str:
    """Return the address that was written down there.

    Bytes that are no text are no address either; a new one can be written.

    Raises:
        OSError: nothing was written.
    """
    return path.read_text(encoding="utf-8", errors="replace").strip()


def _write_address(address: str) -> Path:
    """Write an address down, in a file for each account on the server; return the file's path.

    So the station's own file stays where the owner of the database looks from the station's PC.
    """
    account, name = urlsplit(address).netloc.rpartition("@")[0], _database_name(address)
    folder = paths.data_folder() / "server" / _as_file_name(f"{account.partition(':')[0]}-{name}")
    path = folder / f"{name}{_ENDING}"
    try:
        # All accounts of an installed PC are one station: its group opens the folder that one of them makes.
        whose = 0o700 if paths.pc_folder() is None else 0o770
        path.parent.mkdir(mode=whose, parents=True, exist_ok=True)
        if path.is_file() and without_password(address_in(path)) == address:
            return path  # this PC has the password, which is not shown to others
        if not path.is_file() or address_in(path) != address:
            with open(path, "w", encoding="utf-8", opener=open_private) as file:
                file.write(address)
    except OSError as error:
        raise unwritable_error(path, error) from error
    return path


def _as_file_name(words: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_.@" else "-" for letter in words)
