"""An office as lines that a person reads in the terminal."""

from collections.abc import Iterable, Iterator
from datetime import date

from ult_desktop.base.formats import format_date, weekday_name
from ult_desktop.base.i18n import _
from ult_desktop.core.office.template import CounterTemplate, OfficeTemplate, ServiceTemplate, Weekly
from ult_desktop.core.office.text import words_of
from ult_desktop.core.queue.boards import counter_name


def rendering(office: OfficeTemplate) -> Iterator[str]:
    about = office.office
    yield f"{about.unit}, {about.name}"
    yield " · ".join(part for part in (about.timezone, about.address, about.phone, about.portal) if part)
    yield from _part(_("Jam layanan"), hours_lines(office.hours))
    yield from _part(_("Hari tutup"), (f"{_day(each.date)}  {each.reason}" for each in office.closures))
    yield from _part(_("Hari kerja tambahan"), map(_day, office.working_days))
    for period in office.ramadan:
        title = _("Ramadan {first} s.d. {last}").format(first=_day(period.first), last=_day(period.last))
        yield from _part(title, hours_lines(period.hours))
    yield from _part(_("Layanan"), map(_service, office.services))
    yield from _part(_("Loket"), map(_counter, office.counters))
    yield from _part(_("Teks berjalan"), office.running_text)
    yield from _part(_("Aturan"), _rules(office))


def hours_lines(hours: Weekly) -> Iterator[str]:
    for weekday, spans in enumerate(getattr(hours, name) for name in hours.__struct_fields__):
        yield f"{weekday_name(weekday):<8}{', '.join(spans) or _('tutup')}"


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = tuple(lines)
    if found:
        yield from ("", title, *(f"  {line}" for line in found))


def _day(day: date) -> str:
    return format_date(day, "full")


def _service(service: ServiceTemplate) -> str:
    more = {
        _("{n} menit"): service.minutes,
        _("kuota {n}"): service.quota,
        _("{n} hari kerja"): service.days,
        _("prosedur {n}"): service.procedure,
        _("helpdesk {n}"): ", ".join(service.helpdesk),
        _("jam sendiri"): service.hours,
    }
    told = [words.format(n=value) for words, value in more.items() if value]
    return f"{service.prefix:<3}{service.name.id} ({', '.join(told)})"


def _counter(counter: CounterTemplate) -> str:
    kind = _(", prioritas") if counter.priority else ""
    name = counter_name(counter.number, counter.name)
    return f"{counter.number:<3}{name}{kind}: {', '.join(counter.serves) or _('semua layanan')}"


def _rules(office: OfficeTemplate) -> Iterator[str]:
    """Every other key with its value, as the file spells them."""
    for section in (name for name in office.__struct_fields__ if name not in _TOLD):
        part = getattr(office, section)
        for key in getattr(part, "__struct_fields__", ()):
            yield f"{section}.{key} = {words_of(getattr(part, key))}"


_TOLD = ("office", "hours")
