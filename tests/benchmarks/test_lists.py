"""A list written into a file and on a server while another station acts, in short; how long it took is not
looked at. The long run is `python -m benchmarks lists`.
"""

from pathlib import Path

import pytest

from benchmarks.rows import BenchmarkRun
from benchmarks.subjects import lists

pytestmark = [pytest.mark.posix_only("postgresql"), pytest.mark.usefixtures("own_home"), pytest.mark.slow]


def test_a_list_is_whole_while_another_station_acts(tmp_path: Path) -> None:
    rows = {row.what: row.value for row in lists.measure(BenchmarkRun(tmp_path, quick=True))}
    for where in ("file, 1,000 rows", "server, 100 rows"):
        assert rows[f"{where}: lost or not proven"] == 0
        assert rows[f"{where}: batches"] > 1
        assert rows[f"{where}: an act of another station meanwhile, median"] > 0
