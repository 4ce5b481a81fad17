"""An office's file as `init` reads it: its parts, and the checks that they do not contradict each other."""

import datetime
import functools
from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from ult_desktop.base import WordEnum, _, language, toml_lines
from ult_desktop.base.i18n import translate
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office.logo import MAX_BYTES, MAX_SIDE, is_drawable
from ult_desktop.core.office.retention_schedule import Schedule


def with_keys(section: str, key: str, values: Iterable[object]) -> list[tuple[toml_lines.Keys, object]]:
    """Return each of `values` with its path in the file: `key` in the first, second, … table of `section`."""
    return [((section, n, key), value) for n, value in enumerate(values)]


def require_unique(what: str, values: Iterable[tuple[toml_lines.Keys, object]]) -> None:
    """Check values, given with their paths in the file. Raises Contradiction when a value is there twice."""
    seen = set()
    for where, value in values:
        if value in seen:
            raise toml_lines.Contradiction(
                _("{what} dipakai dua kali: {values}").format(what=what, values=value),
                where,
                _("Pilih yang belum dipakai."),
            )
        seen.add(value)


def require_known(what: str, used: Iterable[tuple[toml_lines.Keys, object]], known: Iterable[object]) -> None:
    """Check values, given with their paths in the file.

    Raises Contradiction when one is neither empty nor among `known`.
    """
    names = tuple(known)
    for where, value in used:
        if value not in (None, "", *names):
            raise toml_lines.Contradiction(
                _("{what} tidak ada dalam berkas ini: {values}").format(what=what, values=value),
                where,
                _("Yang ada: {names}.").format(names=", ".join(map(str, names)) or "–"),
            )


Prefix = Annotated[str, Meta(pattern=r"^[A-Z]{1,2}$", description="satu atau dua huruf besar, misalnya A")]
Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3])\.[0-5]\d$", description="jam seperti 07.30")]
ClockSpan = Annotated[
    str,
    Meta(
        pattern=r"^([01]\d|2[0-3])\.[0-5]\d-([01]\d|2[0-3])\.[0-5]\d$",
        description="rentang jam seperti 07.30-12.00",
    ),
]
Login = Annotated[
    str, Meta(pattern=r"^[a-z][a-z0-9._-]*$", description="huruf kecil tanpa spasi, misalnya siti")
]
Filled = Annotated[str, Meta(min_length=1)]
Minutes = Annotated[int, Meta(ge=1, le=480)]
Positive = Annotated[int, Meta(ge=1)]
Days = Annotated[int, Meta(ge=1, le=366)]
Quota = Annotated[int, Meta(ge=1, le=9999)]  # visitors of one service in a day
LONGEST_RUN = 20  # calls in a row of one kind; the store keeps that many of a counter's calls, and one more
RunLength = Annotated[int, Meta(ge=1, le=LONGEST_RUN)]
Seats = Annotated[int, Meta(ge=1, le=20)]  # visitors by appointment in a half-hour
Digits = Annotated[int, Meta(ge=2, le=4)]
Calls = Annotated[int, Meta(ge=1, le=9)]
WalkingSeconds = Annotated[int, Meta(ge=0, le=300)]
ElementOrder = Literal["unsur", "kuesioner"]
ProfileKey = Literal["jenis_kelamin", "usia", "pendidikan", "pekerjaan"]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Words in Indonesian and English; other languages take them from their catalogue, or the Indonesian."""

    id: Filled  # the code of Indonesian, as in the office's file
    en: str = ""

    @property
    def indonesian(self) -> str:
        """The Indonesian words."""
        return self.id

    def within(self, language: str) -> str:
        """Return the words in a language, by its code ("id", "en")."""
        return self.en if language == "en" and self.en else translate(self.id, language)


def service_line(letter: str, name: Words) -> str:
    """Return a service as officers choose it everywhere: by its letter or by its name."""
    return f"{letter} · {name.within(language())}"


FREE_OF_CHARGE = Words("Tidak dipungut biaya", "Free of charge")


class Weekly(Struct, frozen=True, forbid_unknown_fields=True):
    """The opening spans of each weekday ("07.30-12.00") in the office's time; a day without any is closed."""

    monday: tuple[ClockSpan, ...] = ()
    tuesday: tuple[ClockSpan, ...] = ()
    wednesday: tuple[ClockSpan, ...] = ()
    thursday: tuple[ClockSpan, ...] = ()
    friday: tuple[ClockSpan, ...] = ()
    saturday: tuple[ClockSpan, ...] = ()
    sunday: tuple[ClockSpan, ...] = ()

    def __post_init__(self) -> None:
        for weekday in range(7):
            bounds = [bound for span in self.spans(weekday) for bound in span]
            if any(later <= earlier for earlier, later in pairwise(bounds)):
                day = WEEKDAYS[weekday]
                raise toml_lines.Contradiction(
                    _("{day}: jam harus berurutan dan tidak bertumpuk").format(day=day), (day,)
                )

    def spans(self, weekday: int) -> tuple[tuple[datetime.time, datetime.time], ...]:
        """Return (opens, closes) pairs of a day, Monday = 0 as in `date.weekday()`."""
        return _parse_spans(getattr(self, WEEKDAYS[weekday]))


class OfficeIdentity(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The identity of an office, as ticket, kiosk and display show it.

    `ticket_notes` are printed below a ticket's code; without any, the usual ones are printed. `city` precedes
    the date of a letter, which the head (kepala kantor; `head` is the name, `head_nip` the NIP) signs.
    `ppid` and `ppid_nip` are name and NIP of the PPID, who signs the notice on a public-information request.
    `letterhead` is the kop surat, line by line; without one it is name, unit and address. `logo` is a PNG.
    `pledge` are the sentences of the Maklumat Pelayanan; without any, the usual three are printed.
    `code` is the one by which the ministry knows the office (kode satker), for its summaries.
    Where else a complaint can go: `lapor` (SP4N-LAPOR, Perpres 76/2013), `wbs` (whistle-blowing) and `upg`
    (the office's unit for gratification).
    """

    name: Filled
    short_name: Filled
    code: Annotated[str, Meta(max_length=20)] = ""
    unit: Filled = "Unit Layanan Terpadu"
    province: str = ""
    timezone: Literal["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"]
    address: str = ""
    phone: str = ""
    portal: str = ""
    survey_url: str = ""
    lapor: str = "www.lapor.go.id"
    wbs: str = ""
    upg: str = ""
    city: str = ""
    head: str = ""
    head_nip: str = ""
    ppid: str = ""
    ppid_nip: str = ""
    ticket_notes: Annotated[tuple[Words, ...], Meta(max_length=4)] = ()
    letterhead: Annotated[tuple[Filled, ...], Meta(max_length=6)] = ()
    pledge: Annotated[tuple[Filled, ...], Meta(max_length=6)] = ()
    logo: bytes = b""

    @property
    def proper_names(self) -> tuple[str, ...]:
        """The names by which people know the office, its place and its heads."""
        place = (self.province, self.city, self.address)
        return (self.name, self.short_name, self.unit, *place, self.head, self.ppid)

    @property
    def complaint_ways(self) -> tuple[str, ...]:
        """The other ways of a complaint, each with its name."""
        ways = (("SP4N-LAPOR", self.lapor), ("WBS", self.wbs), ("UPG", self.upg))
        return tuple(f"{name}: {address}" for name, address in ways if address)

    @property
    def phone_words(self) -> str:
        """The office's telephone for visitors, "" without one."""
        return _("Telepon: {phone}").format(phone=self.phone) if self.phone else ""

    def __post_init__(self) -> None:
        if self.logo and not is_drawable(self.logo):
            raise toml_lines.Contradiction(
                _("logo bukan gambar PNG kecil (paling besar {side} titik dan {most} bita)").format(
                    side=MAX_SIDE, most=MAX_BYTES
                ),
                ("logo",),
                _("Pasang logonya di Pengaturan, Kantor: gambar apa pun dikecilkan di sana."),
            )

    @property
    def paper_head(self) -> tuple[str, ...]:
        """The lines above every sheet."""
        usual = (self.name, self.unit, self.address)
        return self.letterhead or tuple(line for line in usual if line)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Greeting(Struct, frozen=True, forbid_unknown_fields=True):
    """The times at which the greetings begin, which differ between offices (docs/domain.md, A9)."""

    morning: Clock = "00.00"
    noon: Clock = "11.00"
    afternoon: Clock = "15.00"
    evening: Clock = "18.00"

    @property
    def starts(self) -> tuple[datetime.time, ...]:
        """The beginnings of pagi, siang, sore and malam."""
        return tuple(clock(text) for text in (self.morning, self.noon, self.afternoon, self.evening))


class Calling(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The calling rule of the ULT.

    By default a visitor is called three times (`max_calls`); one who comes back later is put behind the next
    three (`reinsert_after`); and priority and other visitors are called in turn (the shares). `digits` is the
    width of a number on paper. From `given` and `outcomes` an officer chooses what became of a number without
    a case: `given` are services done, by which the front office's steps with a request are carried out; any
    other outcome wants a request. `reasons` are the usual ones for what was left out. After a call the
    walking time passes before another call is proposed; it is longer for a priority visitor.
    """

    max_calls: Calls = 3
    walking_seconds: WalkingSeconds = 20
    walking_seconds_priority: WalkingSeconds = 40
    reinsert_after: Annotated[int, Meta(ge=0, le=20)] = 3
    priority_share: RunLength = 1
    regular_share: RunLength = 1
    priority_counter_run: RunLength = 5
    priority_series: Prefix = "P"
    digits: Digits = 3
    given: Annotated[tuple[Filled, ...], Meta(max_length=5)] = (
        "Informasi diberikan",
        "Berkas diserahkan",
        "SPD ditandatangani",
    )
    outcomes: Annotated[tuple[Filled, ...], Meta(max_length=4)] = (
        "Dirujuk ke instansi lain",
        "Diminta melengkapi berkas",
    )
    reasons: Annotated[tuple[Filled, ...], Meta(max_length=9)] = (
        "Pengunjung tergesa-gesa",
        "Data pengunjung sudah ada",
        "Antrean sedang ramai",
        "Program atau jaringan terganggu",
        "Dikerjakan, belum tercatat",
    )

    @property
    def every_outcome(self) -> tuple[str, ...]:
        """The outcomes with which a number without a case can end; services done (`given`) come first."""
        return tuple(dict.fromkeys((*self.given, *self.outcomes)))


class CareRules(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rules of care for vulnerable visitors: seats kept for them, and days that a declaration is kept."""

    priority_seats: Annotated[int, Meta(ge=0, le=50)] = 4
    keep_days: Annotated[int, Meta(ge=1, le=365)] = 30


class CaseRules(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rules for cases: the office's name for the related unit, and its usual times in working days.

    `days` is for a case whose service names none, `escalation_days` for another desk's answer. `seats` is how
    many visitors a service receives by appointment in a half-hour, where the service names no number.
    `reschedule_days` bounds how far ahead a case that could not be settled is given another date.
    """

    related_unit: Filled = "Unit Terkait"
    days: Days = 2
    escalation_days: Days = 1
    reschedule_days: Days = 10
    seats: Seats = 2


class SurveyRules(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The satisfaction survey (SKM): the elements' order, their weight, and when results are shown.

    `order`: as PermenPANRB 14/2017 lists the elements, or as its model questionnaire asks them. `weight`:
    exactly a ninth, or 0.111 where the superior agency's spreadsheet calculates with that. `least_shown`:
    with fewer respondents in the period no result is shown, for one visitor's answers could be read from it.
    `profile`: what a respondent is asked about themselves.
    """

    order: ElementOrder = "unsur"
    weight: Literal["1/9", "0.111"] = "1/9"
    least_shown: Annotated[int, Meta(ge=1, le=30)] = 5
    profile: tuple[ProfileKey, ...] = ("jenis_kelamin", "usia", "pendidikan", "pekerjaan")


class PhoneWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The office's own words for the telephone; for "" those of the procedure are used.

    {waktu}, {nama_petugas}, {unit} and {kantor} are filled in as in the procedure's words.
    """

    opening: str = ""
    closing: str = ""
    call_back: str = ""


class PrivacyWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The office's own privacy notice: as shown next to the guest book, and as read to callers (`spoken`).

    For "" the shipped notice is used; without English words the Indonesian ones are shown.
    """

    notice: str = ""
    notice_en: str = ""
    spoken: str = ""


class AbsenceRule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule for days on which nobody of `role` signs in.

    The role `passes_to` takes its steps over; without one they fall away.
    """

    role: Role
    passes_to: Role | None = None


class PauseReason(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A reason for which a visitor leaves the desk; after `minutes` the clock goes on by itself."""

    reason: Filled
    minutes: Minutes


class AskedBy(WordEnum):
    """The party that asked for a pause."""

    VISITOR = "visitor", "pengunjung"
    OFFICER = "officer", "petugas"


USUAL_PAUSES = (
    PauseReason(reason="Mengambil berkas", minutes=30),
    PauseReason(reason="Menyalin atau mencetak", minutes=15),
    PauseReason(reason="Menelepon", minutes=10),
    PauseReason(reason="Beribadah", minutes=20),
    PauseReason(reason="Ke kamar kecil", minutes=10),
)


class CategoryTemplate(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A branch of the kiosk's tree, shown when there are more than eight services."""

    key: Filled
    name: Words
    icon: Filled = "layout-grid"
    parent: str = ""


Channel = Literal["tatap_muka", "telepon", "daring"]


class ServiceTemplate(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A service: its letter, its words, and what a visitor should know before taking a number.

    `minutes` are what a visit takes, None where nobody said it; the first waits are told by them. `helpdesk`
    are the logins of its helpdesk officers, `back_office` those to whom its cases go on, `days` the working
    days its cases may take, `seats` the visitors it receives by appointment in a half-hour. `archive_code` is
    the one of the ministry's classification under which its cases are filed. `channels` are those by which it
    is offered; without any it is by all.

    The components of its standard (PermenPANRB 15/2014) are in lines: `requirements`, `mechanism`,
    `completion`, `fee`, `product` and `complaints` are published, the others are in the document alone.
    """

    prefix: Prefix
    name: Words
    description: Words | None = None
    category: str = ""
    icon: Filled = "circle-question-mark"
    requirements: tuple[Words, ...] = ()
    minutes: Minutes | None = None
    fee: Words = FREE_OF_CHARGE
    quota: Quota | None = None
    hours: Weekly | None = None
    procedure: str = ""
    archive_code: Annotated[str, Meta(max_length=100)] = ""
    helpdesk: tuple[Login, ...] = ()
    back_office: tuple[Login, ...] = ()
    days: Days | None = None
    seats: Seats | None = None
    channels: tuple[Channel, ...] = ()
    mechanism: tuple[Words, ...] = ()
    completion: tuple[Words, ...] = ()
    product: tuple[Words, ...] = ()
    complaints: tuple[Words, ...] = ()
    legal_basis: tuple[Filled, ...] = ()
    facilities: tuple[Filled, ...] = ()
    competence: tuple[Filled, ...] = ()
    supervision: tuple[Filled, ...] = ()
    staffing: tuple[Filled, ...] = ()
    guarantee: tuple[Filled, ...] = ()
    safety: tuple[Filled, ...] = ()
    evaluation: tuple[Filled, ...] = ()

    def is_offered_by(self, channel: str) -> bool:
        """Return whether the service is offered by a channel, as in `VisitChannel`."""
        return not self.channels or channel in self.channels


class CounterTemplate(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A counter; an empty `serves` means every service."""

    number: Annotated[int, Meta(ge=1, le=99)]
    name: str = ""
    serves: tuple[Prefix, ...] = ()
    priority: bool = False


class OfficerTemplate(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A person who signs in; the password is set when the office is made, never in a file."""

    login: Login
    name: Filled
    roles: tuple[Role, ...] = (Role.FRONT_OFFICE,)
    counter: Positive | None = None


class Closure(Struct, frozen=True, forbid_unknown_fields=True):
    """A day on which this office alone is closed; national holidays come from the calendar."""

    date: datetime.date
    reason: Filled


class RamadanPeriod(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The weeks with shorter hours, first and last day included; no package knows them in advance."""

    first: datetime.date
    last: datetime.date
    hours: Weekly

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise toml_lines.Contradiction(
                _("Ramadan: hari terakhir tidak boleh mendahului hari pertama"), ("last",)
            )


class OfficeTemplate(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An office's whole file. Raises ValueError when its parts contradict each other.

    `working_days` are holidays of the national calendar on which this office works all the same;
    `cuti_bersama_works`: it works on every cuti bersama.
    """

    office: OfficeIdentity
    hours: Weekly
    services: Annotated[tuple[ServiceTemplate, ...], Meta(min_length=1)]
    counters: Annotated[tuple[CounterTemplate, ...], Meta(min_length=1)]
    categories: tuple[CategoryTemplate, ...] = ()
    officers: tuple[OfficerTemplate, ...] = ()
    closures: tuple[Closure, ...] = ()
    ramadan: tuple[RamadanPeriod, ...] = ()
    working_days: tuple[datetime.date, ...] = ()
    cuti_bersama_works: bool = False
    calling: Calling = Calling()
    greeting: Greeting = Greeting()
    cases: CaseRules = CaseRules()
    care: CareRules = CareRules()
    survey: SurveyRules = SurveyRules()
    phone: PhoneWords = PhoneWords()
    privacy: PrivacyWords = PrivacyWords()
    retention: Schedule = Schedule()
    absences: tuple[AbsenceRule, ...] = ()
    pauses: tuple[PauseReason, ...] = USUAL_PAUSES
    running_text: tuple[Filled, ...] = ()
    procedures: tuple[Filled, ...] = ()

    def __post_init__(self) -> None:
        prefixes = [service.prefix for service in self.services]
        numbers = [counter.number for counter in self.counters]
        keys = [category.key for category in self.categories]
        series = (("calling", "priority_series"), self.calling.priority_series)
        require_unique(_("awalan"), [series, *with_keys("services", "prefix", prefixes)])
        require_unique(_("nomor loket"), with_keys("counters", "number", numbers))
        require_unique(_("kategori"), with_keys("categories", "key", keys))
        require_unique(
            _("nama masuk"), with_keys("officers", "login", [officer.login for officer in self.officers])
        )
        served = [
            (("counters", n, "serves"), prefix)
            for n, counter in enumerate(self.counters)
            for prefix in counter.serves
        ]
        require_known(_("layanan"), served, prefixes)
        categories = with_keys("services", "category", [service.category for service in self.services])
        require_known(_("kategori"), categories, keys)
        parents = with_keys("categories", "parent", [category.parent for category in self.categories])
        for place, parent in enumerate(parents):  # a parent stands above its child in the file: no loops
            require_known(_("kategori"), [parent], keys[:place])
        reasons = with_keys("pauses", "reason", [pause.reason for pause in self.pauses])
        require_unique(_("alasan jeda"), reasons)
        require_unique(_("peran"), with_keys("absences", "role", [rule.role for rule in self.absences]))
        counters = with_keys("officers", "counter", [officer.counter for officer in self.officers])
        require_known(_("loket"), counters, numbers)


@functools.lru_cache  # the working calendar asks for each day that it counts
def _parse_spans(texts: tuple[str, ...]) -> tuple[tuple[datetime.time, datetime.time], ...]:
    return tuple((clock(opens), clock(closes)) for opens, closes in (text.split("-") for text in texts))


def clock(text: str) -> datetime.time:
    """Return the time of day in a text such as 07.30."""
    hour, minute = text.split(".")
    return datetime.time(int(hour), int(minute))
