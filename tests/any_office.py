"""Any office that a file can hold, for tests that must be true of all of them."""

import datetime
from typing import Any, get_args

import msgspec
from hypothesis import strategies as st

from tests.pictures import LOGO
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office import template as parts
from ult_desktop.core.office.template import OfficeTemplate, Weekly, Words

TEXT = st.text(min_size=1, max_size=12)
WORDS = st.builds(Words, TEXT, st.text(max_size=6))
DAY = st.sampled_from([(), ("07.30-12.00", "13.00-16.00"), ("08.00-11.30",)])
HOURS = st.builds(Weekly, *[DAY] * 7)
DATE = st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))
LETTERS = list("ABCDEFGHJKLMNQRSTUVWXYZ")  # P is the priority series


@st.composite
def offices(draw: st.DrawFn) -> OfficeTemplate:
    prefixes = draw(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=4, unique=True))
    keys = draw(st.lists(st.sampled_from(["izin", "data", "umum"]), max_size=2, unique=True))
    logins = draw(st.lists(st.sampled_from(["siti", "budi", "dewi.l"]), max_size=2, unique=True))
    numbers = draw(st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True))
    plain = draw(_plain())
    return OfficeTemplate(
        services=tuple(draw(_service(prefix, ["", *keys])) for prefix in prefixes),
        counters=tuple(draw(_counter(number, prefixes)) for number in numbers),
        categories=tuple(parts.CategoryTemplate(key=key, name=draw(WORDS)) for key in keys),
        officers=tuple(draw(_officer(login, numbers)) for login in logins),
        **plain,
    )


@st.composite
def _plain(draw: st.DrawFn) -> dict[str, Any]:
    office = parts.OfficeIdentity(
        name=draw(TEXT),
        short_name=draw(TEXT),
        timezone=draw(st.sampled_from(["Asia/Jakarta", "Asia/Jayapura"])),
        address=draw(st.text(max_size=9)),
        letterhead=tuple(draw(st.lists(TEXT, max_size=2))),
        logo=draw(st.sampled_from([b"", LOGO])),
    )
    first = draw(DATE)
    ramadan = parts.RamadanPeriod(first=first, last=first + datetime.timedelta(days=29), hours=draw(HOURS))
    return {
        "office": office,
        "hours": draw(HOURS),
        "closures": tuple(draw(st.lists(st.builds(parts.Closure, DATE, TEXT), max_size=3))),
        "ramadan": draw(st.sampled_from([(), (ramadan,)])),
        "working_days": tuple(draw(st.lists(DATE, max_size=3))),
        "cuti_bersama_works": draw(st.booleans()),
        "running_text": tuple(draw(st.lists(TEXT, max_size=3))),
        "procedures": tuple(draw(st.lists(TEXT, max_size=2))),
        "calling": parts.Calling(max_calls=draw(st.integers(1, 9))),
        "cases": parts.CaseRules(related_unit=draw(TEXT), days=draw(st.integers(1, 366))),
    }


def _service(prefix: str, categories: list[str]) -> st.SearchStrategy[parts.ServiceTemplate]:
    return st.builds(
        parts.ServiceTemplate,
        prefix=st.just(prefix),
        name=WORDS,
        description=st.none() | WORDS,
        category=st.sampled_from(categories),
        requirements=st.lists(WORDS, max_size=4).map(tuple),
        minutes=st.integers(1, 480),
        fee=WORDS,
        quota=st.none() | st.integers(1, 9999),
        hours=st.none() | HOURS,
        helpdesk=st.lists(st.sampled_from(["siti", "nina"]), max_size=2).map(tuple),
        back_office=st.lists(st.sampled_from(["siti", "nina"]), max_size=2).map(tuple),
        days=st.none() | st.integers(1, 366),
        channels=st.lists(st.sampled_from(get_args(parts.Channel)), max_size=2, unique=True).map(tuple),
        archive_code=TEXT.filter(lambda code: len(code) <= 100),
    )


def _counter(number: int, prefixes: list[str]) -> st.SearchStrategy[parts.CounterTemplate]:
    return st.builds(
        parts.CounterTemplate,
        number=st.just(number),
        name=st.text(max_size=9),
        serves=st.lists(st.sampled_from(prefixes), unique=True).map(tuple),
        priority=st.booleans(),
    )


def _officer(login: str, numbers: list[int]) -> st.SearchStrategy[parts.OfficerTemplate]:
    return st.builds(
        parts.OfficerTemplate,
        login=st.just(login),
        name=TEXT,
        roles=st.lists(st.sampled_from(list(Role)), max_size=2, unique=True).map(tuple),
        counter=st.none() | st.sampled_from(numbers),
    )


def changed(template: OfficeTemplate, **fields: Any) -> OfficeTemplate:  # noqa: ANN401  (any part)
    return msgspec.structs.replace(template, **fields)
