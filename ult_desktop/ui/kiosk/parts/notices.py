"""The kiosk's messages when it cannot give a number, or not yet."""

from dataclasses import dataclass

from ult_desktop.base import UserError, _, formats
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.core.queue.boards import OpeningDay, OpeningStatus, Openness
from ult_desktop.core.stamps import to_datetime


@dataclass(frozen=True)
class Notice:
    """A message. `action` is the text of its button; without one the page goes by itself."""

    icon: str
    tint: str
    title: str
    words: tuple[str, ...] = ()
    action: str = ""


def not_open(opening: OpeningStatus, office: OfficeIdentity) -> Notice:
    """Return the notice why no number can be taken now, and when it can again."""
    words = _filled(opening.reason, _opens_again(opening, office))
    if opening.state is Openness.HOLIDAY:
        title = _("Hari ini kami libur")
        return Notice("calendar-days", "violet", title, (*words, *_hours(opening, office)))
    if opening.state is Openness.PAUSED:
        title = _("Pengambilan nomor dijeda sebentar")
        stay = _("Nomor yang sudah diambil tetap berlaku. Silakan bertanya kepada petugas.")
        return Notice("coffee", "amber", title, _filled(opening.reason, stay))
    return Notice("moon", "blue", _("Layanan sedang tutup"), (*words, *_hours(opening, office)))


def cut_off(*, survey_only: bool = False) -> Notice:
    if survey_only:
        return Notice(
            "cloud-off",
            "orange",
            _("Survei belum bisa diisi"),
            (
                _("Layar ini sedang terputus."),
                _("Silakan minta lembar survei kepada petugas."),
                _("Mencoba menyambung kembali…"),
            ),
        )
    return Notice(
        "cloud-off",
        "orange",
        _("Mesin ini sedang terputus"),
        (
            _("Silakan hubungi petugas untuk mengambil nomor antrean."),
            _("Nomor yang sudah diambil tetap berlaku."),
            _("Mencoba menyambung kembali…"),
        ),
    )


def date_doubtful(*, survey_only: bool = False) -> Notice:
    """Return the notice shown until an officer has confirmed the date; then the page goes by itself."""
    return Notice(
        "clock-alert",
        "amber",
        _("Petugas sedang memastikan tanggal dan jam"),
        (
            _("Silakan minta lembar survei kepada petugas.")
            if survey_only
            else _("Silakan minta nomor kepada petugas. Nomor yang sudah diambil tetap berlaku."),
            _("Layar ini terbuka lagi sendiri sesudahnya."),
        ),
    )


def starting() -> Notice:
    return Notice("hourglass", "blue", _("Sebentar, mesin sedang disiapkan…"))


def taking() -> Notice:
    return Notice("hourglass", "blue", _("Mengambil nomor untuk Anda…"), (_("Mohon tunggu sebentar."),))


def refused(error: UserError) -> Notice:
    words = _filled(error.safe, error.todo)
    return Notice("circle-alert", "amber", error.what, words, _("Kembali ke awal"))


def _opens_again(opening: OpeningStatus, office: OfficeIdentity) -> str:
    if opening.opens_at is None:
        return ""
    moment = to_datetime(opening.opens_at, office.zone)
    return _("Buka kembali {day} pukul {clock}.").format(
        day=formats.format_date(moment), clock=formats.format_clock(moment)
    )


def _hours(opening: OpeningStatus, office: OfficeIdentity) -> tuple[str, ...]:
    """Return the week from today on, days that are alike in one line, and the number to call."""
    told: list[tuple[str, list[OpeningDay]]] = []
    for day in opening.week:
        words = _spans(day)
        if told and told[-1][0] == words:
            told[-1][1].append(day)
        else:
            told.append((words, [day]))
    lines = (f"{_days(days)}: {words}" for words, days in told)
    phone = _("Telepon: {phone}").format(phone=office.phone) if office.phone else ""
    return _filled("\n".join(lines), phone)


def _spans(day: OpeningDay) -> str:
    spans = (f"{formats.format_time(opens)}–{formats.format_time(closes)}" for opens, closes in day.spans)
    return day.holiday or ", ".join(spans) or _("tutup")


def _days(days: list[OpeningDay]) -> str:
    first, last = (formats.weekday_name(each.date.weekday()) for each in (days[0], days[-1]))
    return first if len(days) == 1 else f"{first}–{last}"


def _filled(*words: str) -> tuple[str, ...]:
    return tuple(word for word in words if word)
