"""The folder of an installed station is one group's."""

from pathlib import Path

import pytest

from ult_desktop.base.errors import UserError
from ult_desktop.pc import installing


def test_what_windows_is_told_of_the_folder() -> None:
    """System and administrators by number; who is signed in now need not sign in again."""
    command = installing.windows_rights(Path("D"), r"PC\siti")
    assert command[:3] == ["icacls", "D", "/inheritance:r"]
    assert {each.partition(":")[::2] for each in command if "(OI)" in each} == {
        ("*S-1-5-18", "(OI)(CI)F"),
        ("*S-1-5-32-544", "(OI)(CI)F"),
        ("ult-desktop", "(OI)(CI)M"),
        (r"PC\siti", "(OI)(CI)M"),
    }
    assert not any("siti" in each for each in installing.windows_rights(Path("D"), ""))


def test_a_system_that_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="tidak dapat disiapkan") as refused:
        installing.share_folder(tmp_path / "ult-desktop")
    assert "administrator" in refused.value.todo
