"""Known weaknesses of what a build carries: which bite, and the file (VEX) that says why the others do not.

`packaging/weaknesses.toml` is the list.
"""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import msgspec
from packaging.version import Version

from tools.installer.parts import modules_of
from tools.installer.sbom import Bom, Component, Metadata, Struct

LIST = Path(__file__).parents[2] / "packaging" / "weaknesses.toml"
ENDING = ".vex.cdx.json"


class Weakness(Struct, frozen=True):
    """Weaknesses of one part that are answered together; the list's head says what each field is."""

    ids: tuple[str, ...]
    part: str
    mended: tuple[str, ...]
    source: str
    absent: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    why: str = ""
    test: str = ""


class Known(Struct, frozen=True):
    """The list, and the day on which somebody last looked for new ones."""

    checked: date
    weakness: tuple[Weakness, ...]


class Source(Struct, frozen=True):
    """Where one can read of it."""

    url: str


class Analysis(Struct, frozen=True):
    """The finding; `justification` says which kind of reason `detail` is."""

    state: str
    detail: str
    justification: str | None = None


class Affected(Struct, frozen=True):
    """A part in the list of a build."""

    ref: str


class Vulnerability(Struct, frozen=True):
    """A weakness and the verdict on it."""

    id: str
    source: Source
    analysis: Analysis
    affects: tuple[Affected, ...]


class Vex(Struct, frozen=True, kw_only=True):
    """The file."""

    bom_format: str = msgspec.field(name="bomFormat")
    spec_version: str = msgspec.field(name="specVersion")
    serial_number: str = msgspec.field(name="serialNumber")
    version: int
    metadata: Metadata
    vulnerabilities: tuple[Vulnerability, ...]


def known() -> tuple[Weakness, ...]:
    return msgspec.toml.decode(LIST.read_bytes(), type=Known).weakness


def is_mended(version: str, mended: Iterable[str]) -> bool:
    """Return whether a version is at least the mended one of its line, or newer than every line."""
    here, there = Version(version), sorted(map(Version, mended))
    own_line = [each for each in there if each.release[:2] == here.release[:2]]
    return here >= (own_line or there)[-1]


def there(program: Path) -> frozenset[str]:
    """Return the names of all modules and files of a built program, without their endings."""
    files = (each.name for each in program.rglob("*") if each.is_file())
    return frozenset(modules_of(program)) | {name.partition(".")[0] for name in files}


def bites(listed: Bom, present: frozenset[str], weaknesses: Iterable[Weakness]) -> list[str]:
    """Return a line for each weakness that a build has and nothing answers."""
    return [
        f"{part.name} {part.version}: {', '.join(each.ids)} (mended in {', '.join(each.mended)}): {lacking}"
        for each in weaknesses
        for part in _weak(listed, each)
        if (lacking := _lacking(each, present))
    ]


def _weak(listed: Bom, weakness: Weakness) -> Iterator[Component]:
    for part in listed.components:
        if part.name == weakness.part and not is_mended(part.version, weakness.mended):
            yield part


def _lacking(weakness: Weakness, present: frozenset[str]) -> str:
    """Return what an answer lacks; "" where it holds."""
    if carried := sorted(present.intersection(weakness.absent)):
        return f"the bundle carries {', '.join(carried)}"
    return "" if weakness.why and weakness.test else "nothing says why it does not bite"


def vex(listed: Bom, weaknesses: Iterable[Weakness]) -> Vex:
    """Return the verdicts on a build, of which nothing bites."""
    serial = listed.serial_number.rpartition(":")[2]
    return Vex(
        bom_format="CycloneDX",
        spec_version="1.6",
        serial_number=f"urn:uuid:{uuid.uuid5(uuid.UUID(serial), 'vex')}",
        version=1,
        metadata=listed.metadata,
        vulnerabilities=tuple(
            Vulnerability(
                each_id, Source(each.source), _analysis(listed, each), _affected(listed, each, serial)
            )
            for each in weaknesses
            for each_id in each.ids
        ),
    )


def _affected(listed: Bom, weakness: Weakness, serial: str) -> tuple[Affected, ...]:
    """Return links into the list of the build: https://cyclonedx.org/capabilities/bomlink/."""
    parts = [each for each in listed.components if each.name == weakness.part]
    return tuple(
        Affected(f"urn:cdx:{serial}/1#{quote(each.bom_ref, safe='')}")
        for each in parts or [listed.metadata.component]
    )


def _analysis(listed: Bom, weakness: Weakness) -> Analysis:
    parts = [each for each in listed.components if each.name == weakness.part]
    if not parts:
        return Analysis("not_affected", f"{weakness.part} is not carried. {weakness.why}", "code_not_present")
    if not list(_weak(listed, weakness)):
        versions = ", ".join(each.version for each in parts)
        return Analysis("resolved", f"{weakness.part} {versions} has it mended.")
    reason = "code_not_present" if weakness.absent and not weakness.unused else "code_not_reachable"
    return Analysis("not_affected", f"{weakness.why} Test: {weakness.test}", reason)


def write(verdicts: Vex, built: Path) -> Path:
    """Lay the file beside what was built."""
    target = built.with_name(built.name + ENDING)
    target.write_bytes(msgspec.json.format(msgspec.json.encode(verdicts), indent=1) + b"\n")
    return target
