"""The ministry's page adds up to the reports that the offices have themselves, over simulated offices."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.office import copy_office
from tests.operations.office.test_office_changes import Chief
from tests.operations.scene import ELDERLY, Scene
from tests.personal import all_keys
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.figures.report import PeriodReport
from ult_desktop.core.queue import commands
from ult_desktop.core.summary.collecting import Collector, TrustedKey
from ult_desktop.core.summary.signing import read_signed
from ult_desktop.core.summary.summary import LEAST_PEOPLE
from ult_desktop.operations.figures.reports import period_report
from ult_desktop.operations.summary.making import make_summary

MONTHS = ("2026-10", "2026-11")
FIGURES = ("visits", "served", "no_show")


def simulate_month(scene: Scene, month: str, chance: random.Random) -> None:
    """Play three mornings: who comes for A or B, with priority or not, is served, missed or sent away."""
    for day in sorted(chance.sample(range(5, 10), 3)):
        scene.set_time(f"{month}-{day:02} 08:00")
        scene.sit(1)
        busy = chance.choice((0.2, 1.0, 3.0))
        for _n in range(1 + round(busy * chance.randint(2, 9))):
            scene.take(chance.choice("AAB"), ELDERLY if chance.random() < chance.choice((0, 0.3)) else None)
            scene.later(chance.expovariate(0.3))
            if chance.random() < chance.choice((0.05, 0.4)):
                scene.miss()
                continue
            scene.serve()
            scene.later(chance.expovariate(0.2))
            scene.do(commands.Finish(counter=1))


def own_figures(report: PeriodReport) -> dict[str, int]:
    part = report.part("service")
    whole = dict(zip((each.key for each in part.columns), part.rows[-1], strict=True))
    return {key: int(whole[key] or 0) for key in FIGURES}


@pytest.fixture
def offices(founded: Path, tmp_path: Path) -> Iterator[dict[str, Scene]]:
    made = {}
    for code in ("K1", "K2", "K3"):
        (tmp_path / code).mkdir()
        scene = Scene(copy_office(founded, tmp_path / code), "2026-10-01 08:00")
        chief = Chief(scene)
        chief.settle(office=replace(chief.settings.office, code=code))
        made[code] = scene
    yield made
    for scene in made.values():
        scene.close()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_page_is_the_sum_of_the_offices_own_reports(offices: dict[str, Scene], seed: int) -> None:
    chance = random.Random(seed)
    files, told, services = dict[tuple[str, str], bytes](), Counter[str](), Counter[str]()
    for code, scene in offices.items():
        for month in MONTHS:
            simulate_month(scene, month, chance)
        scene.set_time("2026-12-01 09:00")
        for month in MONTHS:
            with all_keys(scene.office):
                files[code, month] = make_summary(scene.office, parse_period(month))
            summary = read_signed(files[code, month]).summary
            report = period_report(scene.office.read, parse_period(month), scene.clock())
            for key, count in own_figures(report).items():
                shown = getattr(summary, key)
                assert shown in (None, count)
                told[key] += shown or 0
            own = {str(row[0]): int(row[1] or 0) for row in report.part("service").rows[:-1]}
            for row in summary.services:
                assert row.count in (None, own[row.name])
                assert row.count is None or row.count >= LEAST_PEOPLE
                services[row.name] += row.count or 0
    trusted = {code: TrustedKey(name=code, key=read_signed(files[code, MONTHS[0]]).key) for code in offices}
    collector = Collector(trusted, "2026-12")
    for (code, month), content in files.items():
        collector.add(f"{code}-{month}", content)
    found = collector.result()
    assert found.refused == ()
    assert {key: found.whole.count(key) for key in FIGURES} == {key: told[key] for key in FIGURES}
    assert found.whole.count("visits") > 0
    page = Counter[str]()
    for name, totals in found.services.values():
        page[name] += totals.count("visits")
    assert page == +services
