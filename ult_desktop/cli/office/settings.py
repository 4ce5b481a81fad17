"""`office`: show the settings, write them to a file, check a file, put it into force; move the office."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import click
import msgspec

from ult_desktop.base import _, counted, formats, pgettext
from ult_desktop.cli.common import output, session
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.output import moment_words
from ult_desktop.cli.common.parameters import Yes, command, param
from ult_desktop.core.office import edits, template as office_template
from ult_desktop.core.office.commands import FollowDays
from ult_desktop.core.office.differences import Change, on_one_line
from ult_desktop.core.queue.boards import counter_name
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits.visit import channel_words
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.server_address import place_of
from ult_desktop.operations.office import deadlines, moving, office_changes, office_files, time_confirming
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.time_watch import TimeDoubt


@command("Pindahkan kantor ke berkas baru, atau ke basis data kosong di server; stasiun mengikuti sendiri.")
def move(
    *,
    target: Annotated[Path, param("Tempat baru kantor.", "--to", type=session.OfficePath())],
    stations: Annotated[
        str,
        param(
            "Alamat server untuk stasiun, bila semua memakai akun yang sama; kata sandinya tidak ikut.",
            metavar="ALAMAT",
        ),
    ] = "",
    yes: Yes = False,
    database: Path,
    by_login: str,
    as_json: bool,
) -> None:
    if moving.finish_if_moved(database, target, stations):
        place = place_of(target)
        session.write(
            as_json, {"place": place, "moved": False}, _("Kantor sudah di {place}.").format(place=place)
        )
        return
    with session.open_office(database, follow=False) as source:
        by = session.sign_in(source, by_login)
        name = source.read(office_rows.load).settings.office.name
        session.confirm(
            _("Pindahkan kantor {name} ke {place}? Semua stasiun menunggu sampai selesai.").format(
                name=name, place=place_of(target)
            ),
            yes=yes,
        )
        with click.progressbar(length=1, label=_("Memindahkan"), file=sys.stderr) as bar:

            def show_progress(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            moved = moving.move_office(source, by, target, stations, show_progress)
    message = _("Kantor {name} sekarang di {place}: {rows} baris, {events} catatan, rantai {chain}.")
    session.write(
        as_json,
        {**msgspec.to_builtins(moved), "moved": True},
        message.format(
            name=name, place=moved.place, rows=moved.rows, events=moved.events, chain=moved.chain[:16]
        ),
        _("Tempat lama tidak ditulisi lagi dan hanya menunjukkan jalan. Simpan sebagai arsip."),
    )


_STDOUT = Path("-")
office = Noun("office")
office.add_command(move)


@office.subcommand("Tulis pengaturan yang berlaku ke FILE, seperti yang dibaca init; - untuk layar.")
def export(
    office: Office,
    file: Annotated[Path, param(type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))],
    *,
    force: Annotated[bool, "Timpa berkas yang sudah ada."] = False,
) -> None:
    settings = office.read(office_changes.office_document)
    if file == _STDOUT:
        click.echo(office_files.office_toml(settings), nl=False)
        return
    office_files.write_office(file, settings, force=force)
    click.echo(_("Pengaturan {name} ditulis ke {path}.").format(name=settings.office.name, path=file))


@office.subcommand("Periksa berkas pengaturan FILE; status 0 bila dapat dipakai.")
def check(file: Path, as_json: bool) -> None:
    template = office_files.read_office(file)
    hints = edits.office_hints(template)
    sizes = {"services": len(template.services), "counters": len(template.counters)}
    session.write(
        as_json,
        {"name": template.office.name, **sizes, "hints": hints},
        *(_("Perhatikan: {hint}").format(hint=hint) for hint in hints),
        _("{name}: {services} layanan, {counters} loket, dapat dipakai.").format(
            name=template.office.name, **sizes
        ),
    )


@office.subcommand("Berlakukan FILE di kantor ini: tunjukkan bedanya, tanyakan, lalu semuanya sekaligus.")
def apply(
    office: Office,
    by_login: str,
    file: Path,
    *,
    dry_run: Annotated[bool, "Hanya tunjukkan bedanya dan apakah akan ditolak."] = False,
    yes: Yes = False,
    as_json: bool,
) -> None:
    template = office_files.read_office(file)
    planned = office.read(lambda tx: office_changes.plan_change(tx, template, office.clock()))
    _write_plan(planned, template, as_json)
    if not planned.changes:
        return
    office.read(lambda tx: office_changes.require_plan(tx, template))
    if dry_run:
        return
    session.confirm(_("Berlakukan?"), yes=yes)
    office.perform(planned.command, session.sign_in(office, by_login))
    click.echo(_("Berlaku mulai sekarang di semua stasiun."), err=as_json)
    if any(change.where == "office.timezone" for change in planned.changes):
        click.echo(_("Zona waktu berubah: mulai ulang program di semua PC."), err=True)


@office.subcommand("Pindahkan tenggat terbuka yang dihitung dengan hari libur nasional yang lama.")
def follow_days(
    office: Office,
    by_login: str,
    *,
    dry_run: Annotated[bool, "Hanya tunjukkan tenggat yang berubah."] = False,
    yes: Yes = False,
    as_json: bool,
) -> None:
    moved = deadlines.find_outdated_deadlines(office)
    if as_json:
        for each in moved:
            session.write_json(each)
    else:
        click.echo(
            "\n".join(deadlines.describe_moved(moved)) or _("Semua tenggat sudah mengikuti hari kerja.")
        )
    if dry_run or not moved:
        return
    session.confirm(_("Pindahkan?"), yes=yes)
    office.perform(FollowDays(), session.sign_in(office, by_login))
    click.echo(_("Tenggat dipindahkan."), err=as_json)


@office.subcommand("Tanggal dan jam menurut catatan terakhir, penyimpanan kantor, dan komputer ini.", "time")
def show_time(office: Office, as_json: bool) -> None:
    seen, zone = time_confirming.read_time_witnesses(office), office.read(office_rows.zone)
    doubt = seen.doubt
    answer: dict[str, str | None] = {}
    words: dict[str, str] = {}
    for name, at in (("now", seen.now), ("last", seen.log), ("own", seen.own)):
        moment = to_datetime(at, zone) if at else None
        answer[name] = None if moment is None else moment.isoformat()
        words[name] = "-" if moment is None else moment_words(moment)
    session.write(
        as_json,
        {**answer, "doubt": None if doubt is None else doubt.value},
        _("Jam bersama {at}").format(at=words["now"]),
        _("Catatan terakhir {at}").format(at=words["last"]),
        _("Jam komputer ini {at}").format(at=words["own"]),
        _("Tidak ada keraguan.") if doubt is None else str(TimeDoubt(seen, doubt)),
    )


@office.subcommand("Pastikan tanggal dan jam bersama benar, bagi seluruh kantor.")
def confirm_time(office: Office, by_login: str, *, yes: Yes = False, as_json: bool) -> None:
    seen, zone = time_confirming.read_time_witnesses(office), office.read(office_rows.zone)
    now = to_datetime(seen.now, zone).isoformat(sep=" ", timespec="minutes")
    session.confirm(_("Sekarang {at}, benar?").format(at=now), yes=yes)
    confirmed = to_datetime(time_confirming.confirm_time(office, session.sign_in(office, by_login)), zone)
    words = _("Tanggal dan jam {at} dipastikan; semua stasiun bekerja lagi.")
    session.write(as_json, {"confirmed": confirmed.isoformat()}, words.format(at=confirmed.isoformat()))


def _write_plan(
    planned: office_changes.OfficeChangePlan, template: office_template.OfficeTemplate, as_json: bool
) -> None:
    for note in (*edits.office_hints(template), *planned.notes):
        click.echo(_("Perhatikan: {hint}").format(hint=note), err=True)
    if as_json:
        for change in (*planned.changes, *planned.moved):
            session.write_json(change)
        return
    for line in (*_change_lines(planned.changes), *deadlines.describe_moved(planned.moved)):
        click.echo(line)
    if not planned.changes:
        click.echo(_("Tidak ada perbedaan."))


def _change_lines(changes: tuple[Change, ...]) -> Iterator[str]:
    """Yield the changes section by section, each as old → new."""
    section = ""
    for change in changes:
        if change.section != section:
            section = change.section
            yield f"[{section}]"
        yield f"  {change.where}: {change.before or '–'} → {change.after or '–'}"


def setting_lines(office: office_template.OfficeTemplate) -> Iterator[str]:
    """Yield the office's settings as lines for a person: hours, closures, services, counters, rules."""
    about = office.office
    yield f"{about.unit}, {about.name}"
    yield " · ".join(filter(None, (about.timezone, about.address, about.phone, about.portal)))
    yield from _part_lines(_("Jam layanan"), _hours_lines(office.hours))
    yield from _part_lines(
        _("Hari tutup"), (f"{_day_words(each.date)}  {each.reason}" for each in office.closures)
    )
    yield from _part_lines(pgettext("many", "Hari kerja tambahan"), map(_day_words, office.working_days))
    for period in office.ramadan:
        title = _("Ramadan {first} s.d. {last}").format(
            first=_day_words(period.first), last=_day_words(period.last)
        )
        yield from _part_lines(title, _hours_lines(period.hours))
    yield from _part_lines(pgettext("many", "Layanan"), map(_service_words, office.services))
    yield from _part_lines(pgettext("many", "Loket"), map(_counter_words, office.counters))
    yield from _part_lines(_("Teks berjalan"), office.running_text)
    yield from _part_lines(_("Aturan"), _other_lines(office))


def _hours_lines(hours: office_template.Weekly) -> Iterator[str]:
    for weekday, spans in enumerate(getattr(hours, name) for name in hours.__struct_fields__):
        yield f"{formats.weekday_name(weekday):<8}{', '.join(spans) or _('tutup')}"


def _part_lines(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines below their title; nothing where there are none."""
    indented = [f"  {line}" for line in lines]
    if indented:
        yield from ("", title, *indented)


def _day_words(day: date) -> str:
    return formats.format_date(day, "full")


def _service_words(service: office_template.ServiceTemplate) -> str:
    facts = (
        counted("{n} menit", service.minutes) if service.minutes else "",
        _("kuota {n}").format(n=service.quota) if service.quota else "",
        counted("{n} hari kerja", service.days) if service.days else "",
        counted("{n} janji temu tiap setengah jam", service.seats) if service.seats else "",
        _("prosedur {n}").format(n=service.procedure) if service.procedure else "",
        _("lewat {n}").format(n=channel_words(service.channels)) if service.channels else "",
        _("arsip {n}").format(n=service.archive_code) if service.archive_code else "",
        _("helpdesk {n}").format(n=", ".join(service.helpdesk)) if service.helpdesk else "",
        _("Back Office {n}").format(n=", ".join(service.back_office)) if service.back_office else "",
        _("jam sendiri") if service.hours else "",
    )
    return f"{service.prefix:<3}{service.name.indonesian} ({', '.join(filter(None, facts))})"


def _counter_words(counter: office_template.CounterTemplate) -> str:
    kind = _(", prioritas") if counter.priority else ""
    name = counter_name(counter.number, counter.name)
    return f"{counter.number:<3}{name}{kind}: {', '.join(counter.serves) or _('semua layanan')}"


def _other_lines(office: office_template.OfficeTemplate) -> Iterator[str]:
    """Yield every other key with its value, as the file spells them."""
    for section in office.__struct_fields__:
        if section in ("office", "hours"):  # `setting_lines` has shown them
            continue
        part = getattr(office, section)
        for key in getattr(part, "__struct_fields__", ()):
            yield f"{section}.{key} = {on_one_line(getattr(part, key))}"


office.subcommand(
    "Pengaturan, layanan, dan loket yang berlaku sekarang.",
    "show",
    output.words_writer(lambda settings: "\n".join(setting_lines(settings))),
)(office_changes.office_document)
