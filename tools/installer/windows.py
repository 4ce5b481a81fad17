"""The installer for Windows out of the program's folder: NSIS packs it, an office's certificate signs it.

`python tools/installer/windows.py FILE` signs one file: NSIS calls it for the uninstaller that it makes.
"""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "packaging" / "installer.nsi"
SUPPORT = {"SUPPORT": "ULT_SUPPORT", "CONTACT": "ULT_CONTACT"}  # what "Apps" shows, by its name in the script
CODE = (".exe", ".dll", ".pyd")
CERTIFICATE, PASSWORD, STAMPS = "ULT_CERTIFICATE", "ULT_CERTIFICATE_PASSWORD", "ULT_TIMESTAMP"


def pack(program: Path, version: str, target: Path, *, fast: bool = False) -> Path:
    """`target`, the installer; `fast` packs nothing smaller, for tests."""
    names = {"VERSION": version, "FOLDER": program.resolve(), "OUT": target.resolve()}
    if CERTIFICATE in os.environ:
        names["SIGN"] = f'"{sys.executable}" "{Path(__file__).resolve()}"'
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
    """Sign whatever Windows loads and nobody has signed, before it is packed.

    Files that Qt, Microsoft and the Python Software Foundation signed keep their signatures.
    """
    for each in sorted(program.rglob("*")):
        if each.suffix.lower() in CODE and not is_signed(each):
            sign(each)


def is_signed(path: Path) -> bool:
    """Return whether the file of Windows carries a signature, by its header; whose, it does not judge.

    The header's fifth directory says where signatures lie:
    https://learn.microsoft.com/en-us/windows/win32/debug/pe-format#optional-header-data-directories-image-only
    """
    data = path.read_bytes()
    header = int.from_bytes(data[0x3C:0x40], "little") + 24
    directories = header + (112 if data[header : header + 2] == b"\x0b\x02" else 96)
    return data[:2] == b"MZ" and any(data[directories + 4 * 8 : directories + 5 * 8])


if __name__ == "__main__":
    sign(Path(sys.argv[1]))
