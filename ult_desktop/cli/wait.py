"""`wait backtest`: the waits that visitors were told beforehand, compared with how long they waited."""

import math
import random
from collections.abc import Iterable
from typing import Annotated

import click

from ult_desktop.base import UserError, _, counted_as, formats
from ult_desktop.base.config import load_station
from ult_desktop.cli.common import session
from ult_desktop.cli.common.help import TranslatedGroup
from ult_desktop.cli.common.parameters import OfficeFile, command, param
from ult_desktop.core.queue import backtest, simulation
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.operations.queue.past_waits import days_of

wait = TranslatedGroup("wait")


def _require_number(_context: click.Context, _option: click.Parameter, load: float) -> float:
    """Return the number, but refuse "nan", which click finds neither too little nor too much."""
    if math.isnan(load):
        raise click.BadParameter(_("bukan angka"))
    return load


@command(
    "Uji perkiraan dengan hari-hari kantor yang lalu, atau dengan kantor tiruan (--simulate).",
    "backtest",
    group=wait,
)
def backtest_command(
    *,
    database: OfficeFile = None,
    simulate: Annotated[bool, "Kantor tiruan; tanpa berkas kantor."] = False,
    counters: Annotated[
        int, param("Loket kantor tiruan.", type=click.IntRange(1, 20), show_default=True)
    ] = 2,
    load: Annotated[
        float,
        param(
            "Kesibukan loket kantor tiruan; 1 berarti tanpa jeda.",
            type=click.FloatRange(0.1, 0.95),
            show_default=True,
            callback=_require_number,
        ),
    ] = 0.8,
    days: Annotated[int, param("Banyaknya hari.", type=click.IntRange(1, 1000), show_default=True)] = 60,
    seed: Annotated[int, param("Awal bilangan acak.", type=click.IntRange(0), show_default=True)] = 1,
    as_json: bool,
) -> None:
    if simulate:
        simulated = simulation.SimulatedOffice(counters=counters, load=load)
        chance = random.Random(seed)  # noqa: S311  (visitors of a simulation)
        score = _score(
            simulation.simulated_day(simulated, day * DAY_MS, chance.random) for day in range(days)
        )
    else:
        with session.open_office(database or session.office_path(None, load_station())) as office:
            score = _score(days_of(office, days))
    session.write(as_json, score, *_lines(score))


def _score(days: Iterable[backtest.PastDay]) -> backtest.WaitScore:
    """Return the score. Raises UserError where nobody would have been shown a wait."""
    score = backtest.score(list(backtest.replay(days)))
    if score is None:
        raise UserError(
            _("Belum ada kunjungan yang dapat diuji."),
            _("Tidak ada yang berubah."),
            _("Ulangi bila lebih banyak pengunjung sudah menunggu dan dilayani."),
        )
    return score


def _lines(score: backtest.WaitScore) -> list[str]:
    def minutes(value: float) -> str:
        return counted_as("{n} menit", formats.format_number(value, 1))

    return [
        _("Diberi perkiraan: {n}").format(n=formats.format_number(score.told, 0)),
        _("Rata-rata menunggu: {n}").format(n=minutes(score.mean_wait_min)),
        _("Selisih rata-rata: {n}").format(n=minutes(score.bias_min)),
        _("Selisih mutlak rata-rata: {n}").format(n=minutes(score.mae_min)),
        _("Galat baku ÷ rata-rata: {n}").format(n=formats.format_number(score.rmse_over_mean)),
        _("Menunggu selama yang disebut: {n}%").format(n=formats.format_number(score.kept_share * 100, 1)),
    ]
