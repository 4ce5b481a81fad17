"""The installer for Windows out of the program's folder: NSIS packs it, an office's certificate signs it."""

import os
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "packaging" / "installer.nsi"
SUPPORT = {"SUPPORT": "ULT_SUPPORT", "CONTACT": "ULT_CONTACT"}  # what "Apps" shows, by its name in the script
CERTIFICATE, PASSWORD, STAMPS = "ULT_CERTIFICATE", "ULT_CERTIFICATE_PASSWORD", "ULT_TIMESTAMP"


def pack(program: Path, version: str, target: Path, *, fast: bool = False) -> Path:
    """`target`, the installer; `fast` packs nothing smaller, for tests."""
    names = {"VERSION": version, "FOLDER": program.resolve(), "OUT": target.resolve()}
    support = {name: os.environ[variable] for name, variable in SUPPORT.items() if variable in os.environ}
    defined = [f"-D{name}={value}" for name, value in (names | support).items()]
    options = ["-V2", "-INPUTCHARSET", "UTF8", *(["-DFAST"] if fast else [])]
    subprocess.run(["makensis", *options, *defined, SCRIPT], check=True)
    return target


def sign(path: Path) -> bool:
    """With the certificate (PKCS#12) that the environment names; False where it names none."""
    certificate = os.environ.get(CERTIFICATE)
    if not certificate:
        return False
    signed = path.with_suffix(".signed")
    command = ["osslsigncode", "sign", "-pkcs12", certificate, "-h", "sha256", "-n", "ULT Desktop"]
    if PASSWORD in os.environ:
        command += ["-readpass", "/dev/stdin"]
    if STAMPS in os.environ:
        command += ["-ts", os.environ[STAMPS]]
    secret = os.environ.get(PASSWORD, "").encode()
    subprocess.run([*command, "-in", path, "-out", signed], input=secret, check=True)
    signed.replace(path)
    return True


def sign_programs(program: Path) -> None:
    """Before they are packed: Windows asks about each program that is started."""
    for each in sorted(program.glob("*.exe")):
        sign(each)
