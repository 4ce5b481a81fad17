"""`wait backtest`: how true the told waits are, on simulated days and on an office's own."""

import pytest

from tests.cli.conftest import CommandLine

KEYS = ["bias_min", "mae_min", "mean_wait_min", "rmse_over_mean", "kept_share", "told"]


def test_simulated_days_need_no_office(desk: CommandLine) -> None:
    words = ("wait", "backtest", "--simulate", "--counters", 1, "--load", 0.7, "--days", 5, "--seed", 4)
    row = desk.run(*words, "--json").row
    assert list(row) == KEYS
    assert row["told"] > 30
    assert desk.run(*words, "--json").row == row, "the same seed, the same days"
    told = desk.run(*words).out.splitlines()
    assert told[0] == f"Diberi perkiraan: {row['told']}"
    assert told[5].startswith("Menunggu selama yang disebut: ")


def test_an_office_in_which_nobody_waited_yet(desk: CommandLine) -> None:
    for _visit in range(2):
        done = desk.run("wait", "backtest", "--database", desk.path)
        assert (done.code, "Belum ada kunjungan" in done.err) == (1, True)
        desk.take()


def test_an_office_has_to_be_named(desk: CommandLine) -> None:
    done = desk.run("wait", "backtest", ULT_DATABASE=None)
    assert (done.code, "--database" in done.err) == (1, True)


@pytest.mark.parametrize(
    "wrong",
    [("--counters", 0), ("--load", 1), ("--load", "nan"), ("--days", 0), ("--seed", "x"), ("--seed", -1)],
)
def test_what_cannot_be_is_refused(desk: CommandLine, wrong: tuple[object, ...]) -> None:
    done = desk.run("wait", "backtest", "--simulate", *wrong)
    assert done.code == 2
    assert done.err
