"""The standard of a service (Standar Pelayanan, PermenPANRB 15/2014): 14 components, six published."""

from typing import Protocol

from msgspec import Struct

from ult_desktop.base import _, language
from ult_desktop.core.office.template import OfficeIdentity, ServiceTemplate, Words


class PublishedService(Protocol):
    """A service with what its office must publish about it."""

    @property
    def requirements(self) -> tuple[Words, ...]: ...
    @property
    def mechanism(self) -> tuple[Words, ...]: ...
    @property
    def completion(self) -> tuple[Words, ...]: ...
    @property
    def fee(self) -> Words: ...
    @property
    def product(self) -> tuple[Words, ...]: ...
    @property
    def complaints(self) -> tuple[Words, ...]: ...


class StandardComponent(Struct, frozen=True):
    """A component of a service's standard: its field in `ServiceTemplate`, its name, and its lines."""

    field: str
    name: str
    lines: tuple[str, ...]


def components_of(service: ServiceTemplate) -> tuple[StandardComponent, ...]:
    """Return the 14 components in the order of the regulation, in the language in force."""
    components = (*published_components(), *document_components())
    return tuple(_component(service, field, name) for field, name in components)


def published_of(service: PublishedService) -> tuple[StandardComponent, ...]:
    """Return the six components of service delivery, which the office must publish."""
    return tuple(_component(service, field, name) for field, name in published_components())


def optional_published(service: PublishedService) -> tuple[StandardComponent, ...]:
    """Return the published components that this office filled in, without requirements and fee.

    Those two are shown apart, for every service has them.
    """
    return tuple(
        component
        for component in published_of(service)
        if component.lines and component.field not in ("requirements", "fee")
    )


def pledge_of(office: OfficeIdentity) -> tuple[str, ...]:
    """Return the sentences of the office's pledge (Maklumat Pelayanan): its own, else the usual three."""
    return office.pledge or (
        _("Kami sanggup menyelenggarakan pelayanan sesuai Standar Pelayanan yang telah ditetapkan."),
        _("Kami menjalankan kewajiban dan terus-menerus memperbaiki pelayanan."),
        _(
            "Apabila tidak menepatinya, kami siap menerima sanksi dan/atau memberi kompensasi sesuai "
            "peraturan perundang-undangan."
        ),
    )


def _component(service: object, field: str, name: str) -> StandardComponent:
    """Return a component; its field of the service has a line or a tuple of lines: texts or `Words`."""
    value = getattr(service, field)
    lines = value if isinstance(value, tuple) else (value,)
    return StandardComponent(
        field, name, tuple(line if isinstance(line, str) else line.within(language()) for line in lines)
    )


def published_components() -> tuple[tuple[str, str], ...]:
    """Return field and name of each component of service delivery, which a visitor meets."""
    return (
        ("requirements", _("Persyaratan")),
        ("mechanism", _("Sistem, mekanisme, dan prosedur")),
        ("completion", _("Jangka waktu penyelesaian")),
        ("fee", _("Biaya atau tarif")),
        ("product", _("Produk pelayanan")),
        ("complaints", _("Penanganan pengaduan, saran, dan masukan")),
    )


def document_components() -> tuple[tuple[str, str], ...]:
    """Return field and name of each component of how the office works inside.

    The regulation calls that "manufacturing". These components are in the document of the standard alone.
    """
    return (
        ("legal_basis", _("Dasar hukum")),
        ("facilities", _("Sarana, prasarana, dan fasilitas")),
        ("competence", _("Kompetensi pelaksana")),
        ("supervision", _("Pengawasan internal")),
        ("staffing", _("Jumlah pelaksana")),
        ("guarantee", _("Jaminan pelayanan")),
        ("safety", _("Jaminan keamanan dan keselamatan")),
        ("evaluation", _("Evaluasi kinerja pelaksana")),
    )
