"""A PostgreSQL of the tests' own: its data in RAM, on a free port of this computer, gone with the tests.

`python -m tests.cluster` keeps it until its input ends, so that it goes when the tests are killed; a line
`crash` or `start` there ends the server at once, or starts it again. With `durable` what it commits is on a
disk. The server refuses to run as root, so root lends it the account that Debian's package made. Its
superuser is that one, let in by the socket alone; tests come as a plain role with a password of chance.
"""

import getpass
import hashlib
import hmac
import os
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, LiteralString
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from ult_desktop.db.store.postgres import rights

if sys.platform != "win32":  # Debian's package alone gives the tests a server
    import pwd

VARIABLE = "ULT_TEST_SERVER"  # holds the address of one that runs already: `dev.py` starts one for all
# Holds the folder with `initdb` and `postgres` of another version than Debian's.
PROGRAMS = "ULT_TEST_PROGRAMS"
CERTIFIED = "kantor.example"
_ROOT = Path(__file__).parents[1]
_RAM, _DISK = Path("/dev/shm"), Path("/var/tmp")
_ROLE = "ult"
_FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "128MB",
}
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "ssl": "on",
    "ssl_cert_file": "certificate.pem",
    "ssl_key_file": "key.pem",
}


class Cluster:
    """A running server; each test has databases of its own."""

    # In clear: what proves a server has tests of its own, and costs each connection as much again.
    _query = "sslmode=disable"

    def __init__(self, address: str) -> None:
        self._server = urlsplit(address)

    def address(self, database: str) -> str:
        return self._server._replace(path=f"/{database}", query=self._query).geturl()

    def create(self, template: str = "", locale: LiteralString = "C") -> str:
        """A new database, empty or a copy of the one with the address `template`; returns its address."""
        name, source = f"office_{uuid4().hex}", name_in(template) or "template0"
        create = f"CREATE DATABASE {{}} TEMPLATE {{}} STRATEGY FILE_COPY ENCODING 'UTF8' LOCALE '{locale}'"
        self.run(SQL(create).format(Identifier(name), Identifier(source)))
        return self.address(name)

    def drop(self, address: str) -> None:
        drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name_in(address)))
        for _moment in range(100):
            try:
                self.run(drop)
            except psycopg.errors.InsufficientPrivilege:  # autovacuum is in it, which only a superuser ends
                time.sleep(0.1)
            else:
                return
        self.run(drop)

    def let_in(self, address: str, role: str) -> str:
        """Return the address for a new account that is a member of `role`."""
        name, password = f"akun_{uuid4().hex}", secrets.token_hex(16)
        self.run(f"CREATE ROLE {name} LOGIN PASSWORD '{_quick_secret(password)}' IN ROLE {role}")
        host = address.rpartition("@")[2]
        return f"postgresql://{name}:{password}@{host}"

    def run(self, sql: str | Composed) -> list[Any]:
        with psycopg.connect(self.address("postgres"), autocommit=True) as link:
            done = link.execute(sql.encode() if isinstance(sql, str) else sql)
            return done.fetchall() if done.description else []


class OwnCluster(Cluster):
    """One that this process may crash and start again."""

    _query = "sslmode=require"  # a server that crashes breaks off in the middle of that, too

    def __init__(self, keeper: "subprocess.Popen[str]") -> None:
        self._keeper = keeper
        super().__init__(self._heard())

    def crash(self) -> None:
        """Stop the server as `pg_ctl stop --mode=immediate` does: nothing is put in order."""
        self._order("crash")

    def start(self) -> None:
        self._order("start")

    def _order(self, words: str) -> None:
        assert self._keeper.stdin is not None
        self._keeper.stdin.write(f"{words}\n")
        self._keeper.stdin.flush()
        assert self._heard() == words

    def _heard(self) -> str:
        assert self._keeper.stdout is not None
        return self._keeper.stdout.readline().strip()


@contextmanager
def running() -> Iterator[Cluster]:
    """The one that runs already, or one that ends with this process, however that ends."""
    if given := os.environ.get(VARIABLE):
        yield Cluster(given)
        return
    with own() as cluster:
        yield cluster


@contextmanager
def own(*, durable: bool = False) -> Iterator[OwnCluster]:
    """One that ends with this process; where it is `durable`, what it commits is on a disk."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.cluster", *["durable"] * durable],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # what ends the tests does not end it before them
    ) as keeper:
        yield OwnCluster(keeper)


@contextmanager
def kept(*, durable: bool = False) -> Iterator["_Server"]:
    """A new server."""
    account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    place = _DISK if durable else _RAM
    with TemporaryDirectory(prefix="ult-postgres-", dir=place if place.is_dir() else None) as folder:
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        server = _Server(Path(folder), account)
        try:
            server.make({} if durable else _FORGETFUL)
            yield server
        finally:
            server.stop()


class _Server:
    """A server whose files are in `folder`, run by `account`, or by the account that runs this."""

    def __init__(self, folder: Path, account: "pwd.struct_passwd | None") -> None:
        self._folder, self._data, self._account = folder, folder / "data", account
        self._superuser = getpass.getuser() if account is None else account.pw_name
        self.address = self._port = ""

    def make(self, more: dict[str, str]) -> None:
        """And start it; `address` is then that by which the role of the tests comes in."""
        password = secrets.token_hex(16)
        ways_in = ["--auth-local=peer", "--auth-host=scram-sha-256", "-U", self._superuser]
        self._run("initdb", "-D", self._data, *ways_in, "--locale=C", "--encoding=UTF8", "-N")
        self._certify()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = str(free.getsockname()[1])
        settings = {**_SETTINGS, **more, "port": port, "unix_socket_directories": self._folder}
        with (self._data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        self.start()
        role = f"CREATE ROLE {_ROLE} LOGIN CREATEDB CREATEROLE IN ROLE pg_read_all_settings"
        modes = "".join(f"; CREATE ROLE {each} ADMIN {_ROLE}" for each in rights.ROLES.values())
        role = f"{role} PASSWORD '{_quick_secret(password)}'{modes};"
        # Each database that is made of template0 is as the guide has it; template1 stays as it came.
        opened = "ALTER DATABASE template0 ALLOW_CONNECTIONS {};"
        closed = (
            opened.format("true"),
            r"\connect template0",
            guide("REVOKE EXECUTE"),
            opened.format("false"),
        )
        self._port = port
        self.say("\n".join((role, *closed)))
        self.address = f"postgresql://{_ROLE}:{password}@127.0.0.1:{port}/postgres"

    def start(self) -> None:
        self._run("pg_ctl", "start", "--wait", "-D", self._data, "-l", self._folder / "log")

    def say(self, sql: str) -> None:
        """Run statements as the superuser."""
        ask: list[str | Path] = [
            "-h",
            self._folder,
            "-p",
            self._port,
            "-U",
            self._superuser,
            "-q",
            "postgres",
        ]
        self._run("psql", *ask, said=sql)

    def stop(self) -> None:
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--wait", "--mode=immediate", "-D", self._data)

    @contextmanager
    def stopped(self) -> Iterator[Path]:
        """Give the data folder of the server while it stands still, shut down in order."""
        self._run("pg_ctl", "stop", "--wait", "-D", self._data, "--mode=fast")
        yield self._data
        self.start()

    def _certify(self) -> None:
        """By itself, for one name."""
        kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "2"]
        named = ["-subj", f"/CN={CERTIFIED}", "-addext", f"subjectAltName=DNS:{CERTIFIED}"]
        files: list[str | Path] = ["-keyout", self._data / "key.pem", "-out", self._data / "certificate.pem"]
        self._run("openssl", "req", *kind, *named, *files)

    def _run(self, program: str, *arguments: str | Path, said: str = "") -> None:
        lent: dict[str, Any] = {}
        if self._account is not None:
            lent = {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}
        its_own = programs() / program  # openssl is the system's, and so is psql where it did not come along
        with (self._folder / "said").open("w+") as told:  # a pipe would stay open as long as the server runs
            done = subprocess.run(
                [its_own if its_own.exists() else program, *arguments],
                input=said,
                stdout=told,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                cwd=self._folder,
                **lent,
            )
            if done.returncode:
                told.seek(0)
                raise SystemExit(told.read())


def name_in(address: str) -> str:
    """Return the name of the database."""
    return urlsplit(address).path[1:]


def guide(begins: str) -> str:
    """Return the line of docs/postgresql.md that begins so."""
    lines = (_ROOT / "docs" / "postgresql.md").read_text(encoding="utf-8").splitlines()
    (line,) = (each.strip() for each in lines if each.strip().startswith(begins))
    return line


def dump_by_the_guide(address: str, file: Path) -> None:
    """Write a dump of that database by the command of docs/postgresql.md."""
    program, *words, _file, _address = shlex.split(guide("`pg_dump").split("`")[1])
    command: list[str | Path] = [programs() / program, *words, f"--file={file}", address]
    subprocess.run(command, check=True, capture_output=True)


def _quick_secret(password: str) -> str:
    """Return a server's record of a random password: 4,096 rounds would cost each connection milliseconds."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1)
    client, server = (hmac.digest(salted, f"{side} Key".encode(), "sha256") for side in ("Client", "Server"))
    kept = [b64encode(each).decode() for each in (salt, hashlib.sha256(client).digest(), server)]
    return f"SCRAM-SHA-256$1:{kept[0]}${kept[1]}:{kept[2]}"


def programs() -> Path:
    """Where the server's programs are: where `ULT_TEST_PROGRAMS` says, else Debian's newest."""
    if named := os.environ.get(PROGRAMS):
        return Path(named)
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name))
    if found:
        return found[-1]
    if there := shutil.which("initdb"):
        return Path(there).parent
    raise SystemExit("There is no PostgreSQL: install the package postgresql.")


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with kept(durable="durable" in sys.argv) as server:
        print(server.address, flush=True)  # noqa: T201  (whoever started this reads it)
        for line in sys.stdin:
            order = line.strip()
            {"crash": server.stop, "start": server.start}[order]()
            print(order, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
