"""What `doctor` says of this PC."""

import pytest

from ult_desktop.cli.doctor.checks import check_windows


@pytest.mark.parametrize(("build", "level"), [(17134, "fail"), (17763, "ok"), (26100, "ok")])
def test_the_oldest_windows_is_1809(build: int, level: str) -> None:
    (line,) = check_windows(build)
    assert (line.level, line.found) == (level, f"versi 10.0.{build}")
    assert ("1809" in line.todo) is (level == "fail")


def test_of_another_system_nothing_is_said_about_windows() -> None:
    assert list(check_windows(None)) == []
