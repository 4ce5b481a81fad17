"""The standard of a service (Standar Pelayanan, PermenPANRB 15/2014): 14 components, six published."""

from msgspec import Struct

from ult_desktop.base import _, language
from ult_desktop.core.office.template import ServiceTemplate, Words


class StandardComponent(Struct, frozen=True):
    """A component of a service's standard: its field in `ServiceTemplate`, its name, and its lines."""

    field: str
    name: str
    lines: tuple[str, ...]


def components_of(service: ServiceTemplate) -> tuple[StandardComponent, ...]:
    """Return the 14 components in the order of the regulation, in the language in force."""
    return tuple(
        StandardComponent(field, name, tuple(_line(each) for each in _lines(getattr(service, field))))
        for field, name in (*published_components(), *document_components())
    )


def published_of(service: ServiceTemplate) -> tuple[StandardComponent, ...]:
    """Return the six components of service delivery, which the office must publish."""
    return components_of(service)[: len(published_components())]


def published_components() -> tuple[tuple[str, str], ...]:
    """Return field and name of each component of service delivery."""
    return (
        ("requirements", _("Persyaratan")),
        ("mechanism", _("Sistem, mekanisme, dan prosedur")),
        ("completion", _("Jangka waktu penyelesaian")),
        ("fee", _("Biaya atau tarif")),
        ("product", _("Produk pelayanan")),
        ("complaints", _("Penanganan pengaduan, saran, dan masukan")),
    )


def document_components() -> tuple[tuple[str, str], ...]:
    """Return field and name of each component of manufacturing, which is in the document alone."""
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


def _lines(value: Words | tuple[Words | str, ...]) -> tuple[Words | str, ...]:
    return value if isinstance(value, tuple) else (value,)


def _line(each: Words | str) -> str:
    return each if isinstance(each, str) else each.within(language())
