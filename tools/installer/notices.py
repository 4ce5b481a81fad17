"""The licences of everything that the bundle holds of others, in one text file."""

import sysconfig
import tomllib
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LICENCE_FILES = ("LICENSE", "LICENCE", "COPYING", "NOTICE")
NOT_CARRIED = ("pip", "setuptools")  # sqlite-utils names them, for plugins that nobody installs here
RULE = "=" * 78


def notices(site_packages: Path, *, windows: bool) -> str:
    """Return what docs/third-party.md says, then the licences of the packages that the program runs with."""
    sections = {"ULT Desktop": (ROOT / "LICENSE").read_text(), "Isi": _summary()}
    first: dict[str, str] = {}  # the package whose licence says a text, by the text
    for each in shipped(site_packages, windows=windows):
        if each.name in NOT_CARRIED:
            continue
        texts = [Path(str(each.locate_file(file))) for file in each.files or () if _is_licence(file.name)]
        title = f"{each.name} {each.version}"
        said = [text.read_text(encoding="utf-8", errors="replace").strip() for text in texts]
        named = [(text, first.setdefault(" ".join(text.split()), title)) for text in said]
        whole = "\n\n".join(text if name == title else f"See {name}: the same text." for text, name in named)
        sections[title] = whole or str(each.metadata.json.get("license", ""))
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    sections["Python"] = python.read_text(encoding="utf-8") if python.exists() else "PSF-2.0"
    for text in sorted((ROOT / "packaging" / "licences").glob("*.txt")):
        sections[text.stem] = text.read_text(encoding="utf-8")
    return "\n".join(f"{RULE}\n{name}\n{RULE}\n\n{text.strip()}\n" for name, text in sections.items() if text)


def shipped(site_packages: Path, *, windows: bool) -> list[Distribution]:
    """Return the program's dependencies and theirs that are installed there."""
    there = {canonicalize_name(each.name): each for each in distributions(path=[str(site_packages)])}
    system = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"} if windows else {}
    found: dict[str, Distribution] = {}
    waiting = [(Requirement(line), "") for line in _dependencies()]
    while waiting:
        requirement, extra = waiting.pop()
        environment = {**{k: str(v) for k, v in default_environment().items()}, **system, "extra": extra}
        name = canonicalize_name(requirement.name)
        if (requirement.marker and not requirement.marker.evaluate(environment)) or name not in there:
            continue
        if name not in found:
            found[name] = there[name]
            extras = ("", *requirement.extras)
            needs = there[name].requires or ()
            waiting += [(Requirement(line), each) for line in needs for each in extras]
    return [found[name] for name in sorted(found)]


def _dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return list(project["dependencies"])


def _summary() -> str:
    return (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8")


def _is_licence(name: str) -> bool:
    return name.upper().startswith(LICENCE_FILES)
