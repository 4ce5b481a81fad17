"""The list of what a build carries (SBOM, as CycloneDX 1.6 has it), and whether a list belongs to a build.

The structs are the part of that format which is written here; what else a file says is refused.
https://cyclonedx.org/docs/1.6/json/
"""

import hashlib
import uuid
from pathlib import Path
from typing import Literal

import msgspec
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.utils import canonicalize_name

from tools.installer.parts import OWN, Part

ENDING = ".cdx.json"
PURL = "pkg:generic/ult-desktop"


class Struct(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A record of the format; what has its default is left out of the file."""


class Hash(Struct, frozen=True):
    """A digest."""

    content: str
    alg: str = msgspec.field(name="alg")


class Named(Struct, frozen=True):
    """A licence by a name that is no SPDX identifier."""

    name: str


class Licence(Struct, frozen=True):
    """An SPDX expression, or a name."""

    expression: str | None = None
    license: Named | None = None


class Reference(Struct, frozen=True):
    """Where a part comes from; one of the digests is that of the file that was taken."""

    url: str
    type: str
    hashes: tuple[Hash, ...] = ()


class Component(Struct, frozen=True, kw_only=True):
    """The program, one of its parts, or a file of one."""

    type: Literal["application", "library", "file"]
    name: str
    version: str = ""
    bom_ref: str = msgspec.field(name="bom-ref", default="")
    purl: str = ""
    hashes: tuple[Hash, ...] = ()
    licenses: tuple[Licence, ...] = ()
    external_references: tuple[Reference, ...] = msgspec.field(name="externalReferences", default=())
    components: tuple["Component", ...] = ()


class Metadata(Struct, frozen=True):
    """The part that the list is about, and when it was made."""

    timestamp: str
    component: Component


class Dependency(Struct, frozen=True):
    """The parts on which a part rests."""

    ref: str
    depends_on: tuple[str, ...] = msgspec.field(name="dependsOn", default=())


class Composition(Struct, frozen=True):
    """How whole a part of the list is."""

    aggregate: str
    assemblies: tuple[str, ...]


class Bom(Struct, frozen=True, kw_only=True):
    """The list."""

    bom_format: Literal["CycloneDX"] = msgspec.field(name="bomFormat")
    spec_version: Literal["1.6"] = msgspec.field(name="specVersion")
    serial_number: str = msgspec.field(name="serialNumber")
    version: int
    metadata: Metadata
    components: tuple[Component, ...]
    dependencies: tuple[Dependency, ...]
    compositions: tuple[Composition, ...]


def sha256(data: bytes) -> Hash:
    return Hash(hashlib.sha256(data).hexdigest(), "SHA-256")


def bom(found: list[Part], program: Path, built: Path, version: str, moment: str) -> Bom:
    """Return the list of what was built of the parts found in the program's folder.

    Args:
        found: the program's own part among them.
        program: the folder.
        built: the installer or package.
        version: of the program.
        moment: when it was built, as ISO 8601 in UTC.
    """
    digest = sha256(built.read_bytes())
    (own,) = (each for each in found if each.name == OWN.name)
    whole = Component(
        type="application",
        name=own.name,
        version=version,
        bom_ref=f"{PURL}@{version}",
        purl=f"{PURL}@{version}",
        hashes=(digest,),
        licenses=(_licence(own.licence),),
        components=_files(own, program),
    )
    components = tuple(_component(part, program) for part in found if part != own)
    references = tuple(each.bom_ref for each in components)
    return Bom(
        bom_format="CycloneDX",
        spec_version="1.6",
        serial_number=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, digest.content)}",
        version=1,
        metadata=Metadata(moment, whole),
        components=components,
        dependencies=(Dependency(whole.bom_ref, references), *map(Dependency, references)),
        # What Qt, Pillow and the parts in Rust have compiled in is named where their files say it.
        compositions=(Composition("incomplete", references),),
    )


def _files(part: Part, program: Path) -> tuple[Component, ...]:
    return tuple(
        Component(type="file", name=name, hashes=(sha256((program / name).read_bytes()),))
        for name in part.files
    )


def _component(part: Part, program: Path) -> Component:
    files = _files(part, program)
    place = f"https://pypi.org/project/{canonicalize_name(part.name)}/{part.version}/"
    pins = tuple(Hash(pin, "SHA-256") for pin in part.pins)
    return Component(
        type="library",
        name=part.name,
        version=part.version,
        bom_ref=part.address,
        purl=part.address,
        hashes=files[0].hashes if len(files) == 1 else (),
        licenses=(_licence(part.licence),) if part.licence else (),
        external_references=(Reference(place, "distribution", pins),) if pins else (),
        components=files,
    )


def _licence(words: str) -> Licence:
    try:
        return Licence(expression=canonicalize_license_expression(words))
    except InvalidLicenseExpression:
        return Licence(license=Named(words))


def write(listed: Bom, built: Path) -> Path:
    """Lay the list beside what was built."""
    target = built.with_name(built.name + ENDING)
    target.write_bytes(msgspec.json.format(msgspec.json.encode(listed), indent=1) + b"\n")
    return target


def read(path: Path) -> Bom:
    """Return the list of a file. Ends the program with words where it is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Bom)
    except (OSError, msgspec.MsgspecError) as wrong:
        raise SystemExit(f"{path.name} is no parts list of ult-desktop: {wrong}.") from wrong


def check(path: Path, built: Path, version: str) -> Bom:
    """Return the list. Ends the program with words where it is that of another build."""
    listed = read(path)
    component = listed.metadata.component
    there = sha256(built.read_bytes())
    if component.version != version:
        raise SystemExit(f"{path.name} lists version {component.version}, and this is {version}.")
    if component.hashes != (there,):
        told = ", ".join(each.content for each in component.hashes) or "nothing"
        raise SystemExit(
            f"{path.name} belongs to another build: its SHA-256 is {told}, this one's {there.content}."
        )
    return listed


def files_of(listed: Bom) -> dict[str, str]:
    """Return the SHA-256 of each file that the list names."""
    components = (listed.metadata.component, *listed.components)
    return {file.name: file.hashes[0].content for part in components for file in part.components}
