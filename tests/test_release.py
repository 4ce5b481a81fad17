"""The checks before a release is built, and what two builds of it say of each other."""

import hashlib
import re
import subprocess
from pathlib import Path

import msgspec
import pytest

from tests.test_docs import ROOT
from tools.installer import deployment
from tools.installer.__main__ import MOST_MB, require_small
from tools.installer.release import differences, lacks, notes, uncommitted
from ult_desktop import __version__


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of this version, nothing unreleased."""
    (tmp_path / "pyproject.toml").write_text(f'[project]\nversion = "{__version__}"\n')
    (tmp_path / "CHANGELOG.md").write_text(
        f"# Changelog\n\n## [Unreleased]\n\n## [{__version__}] - 2026-12-01\n\n- Numbers.\n\n"
        "## [0.0.1]\n\n- Old.\n"
    )
    return tmp_path


def program(folder: Path, **files: bytes) -> Path:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def packed(path: Path, data: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def test_the_versions_of_this_project_agree() -> None:
    assert [each for each in lacks(ROOT) if "Unreleased" not in each] == []


def test_a_version_that_another_file_tells_differently_is_named(project: Path) -> None:
    assert list(lacks(project)) == []
    (project / "pyproject.toml").write_text('[project]\nversion = "9.9.9"\n')
    (project / "CHANGELOG.md").write_text("## [Unreleased]\n\n- A page.\n")
    wrong, unknown, unreleased = lacks(project)
    assert "9.9.9" in wrong
    assert unknown == f"CHANGELOG.md has no heading [{__version__}]."
    assert "under [Unreleased]" in unreleased


def test_a_tree_that_is_not_its_last_commit_is_refused(project: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b.id", *arguments], cwd=project, check=True
        )

    (project / ".gitignore").write_text("dist/\n")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "All")
    packed(project / "dist" / "setup.exe", b"ignored")
    assert list(uncommitted(project)) == []
    added = packed(project / "new.py", b"")
    (words,) = uncommitted(project)
    assert "not committed" in words
    added.unlink()
    (project / "CHANGELOG.md").write_text("changed")
    assert list(uncommitted(project)) == [words]


def test_the_notes_are_what_the_changelog_says_of_the_version(project: Path) -> None:
    assert notes(project, []).splitlines() == [
        f"# ULT Desktop {__version__}",
        "",
        "- Numbers.",
        "",
        "## Built twice",
        "",
        "Two builds of this commit have the same digests.",
    ]
    assert notes(project, ["- setup.exe: a.dll differs"]).endswith("\n- setup.exe: a.dll differs\n")


def test_two_builds_are_the_same_or_the_files_that_differ_are_named(tmp_path: Path) -> None:
    one, same = program(tmp_path / "one", a=b"1", b=b"2"), program(tmp_path / "same", a=b"1", b=b"2")
    other = program(tmp_path / "other", a=b"1", b=b"3", c=b"4")
    first, second = packed(tmp_path / "1" / "x.exe", b"abcd"), packed(tmp_path / "2" / "x.exe", b"abcd")
    assert differences(first, second, one, other) == []
    packed(second, b"aXcY")
    assert differences(first, second, one, other) == ["- x.exe: b differs", "- x.exe: c differs"]
    assert differences(first, second, one, same) == [
        "- x.exe: 2 bytes differ, the first at 1, around the same files"
    ]
    packed(second, b"abcde")
    assert differences(first, second, one, same) == ["- x.exe: 4 and 5 bytes, around the same files"]


def test_what_is_larger_than_it_may_be_ends_the_build(tmp_path: Path) -> None:
    guide = (ROOT / "docs/install.md").read_text(encoding="utf-8")
    for name, most in (
        ("installer for Windows", MOST_MB[".exe"]),
        ("Debian package; installed", MOST_MB[".deb"]),
    ):
        assert f"\n| {name} | {most} MB" in guide
    for ending, most in MOST_MB.items():
        built = tmp_path / f"built{ending}"
        with built.open("wb") as file:  # a hole, not a disk of bytes
            file.truncate(most * 1_000_000)
            require_small(built)
            file.truncate(most * 1_000_000 + 100_000)
        with pytest.raises(SystemExit, match=rf"built\{ending} has {most}\.1 MB, and {most} at most"):
            require_small(built)


def test_the_exit_statuses_are_those_of_the_installer_and_of_its_guide() -> None:
    known = {str(each.code): each.says for each in deployment.statuses()}
    guide = (ROOT / "docs/install.md").read_text(encoding="utf-8")
    table = guide.partition("| exit status | |")[2].partition("\n\n")[0]
    assert dict(re.findall(r"^\| (\d) \| (.+) \|$", table, re.MULTILINE)) == known
    script = (ROOT / "packaging/installer.nsi").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{Refuse\} (\d)", script)) == known.keys() - {"0"}
    own = {str(each.windows) for each in deployment.statuses() if each.code}
    assert all(code in guide for code in own)


def test_intune_is_told_how_to_install_detect_and_judge(tmp_path: Path) -> None:
    setup = packed(tmp_path / "ULT-Desktop-1.2.3-setup.exe", b"an installer")
    deployment.write(setup, "1.2.3")
    app = msgspec.json.decode((tmp_path / "ULT-Desktop-1.2.3-setup.exe.intune.json").read_bytes())
    assert app["installCommandLine"] == '"ULT-Desktop-1.2.3-setup.exe" /S'
    assert {each["returnCode"]: each["type"] for each in app["returnCodes"]}.items() >= {
        0: "success",
        2: "retry",
    }.items()
    (rule,) = app["rules"]
    assert (rule["valueName"], rule["comparisonValue"]) == ("DisplayVersion", "1.2.3")
    assert sorted(each.name for each in tmp_path.iterdir()) == [setup.name, f"{setup.name}.intune.json"]


def test_winget_is_told_where_the_installer_lies_and_what_its_statuses_mean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(deployment.ADDRESS, "https://example.go.id/ult/")
    setup = packed(tmp_path / "setup.exe", b"an installer")
    deployment.write(setup, "1.2.3")
    manifests = [msgspec.yaml.decode(each.read_bytes()) for each in sorted(tmp_path.glob("*.yaml"))]
    assert [each["ManifestType"] for each in manifests] == ["installer", "defaultLocale", "version"]
    assert {each["PackageVersion"] for each in manifests} == {"1.2.3"}
    (place,) = manifests[0]["Installers"]
    assert place["InstallerUrl"] == "https://example.go.id/ult/setup.exe"
    assert place["InstallerSha256"] == hashlib.sha256(b"an installer").hexdigest().upper()
    told = {
        each["InstallerReturnCode"]: each["ReturnResponse"] for each in manifests[0]["ExpectedReturnCodes"]
    }
    assert told[4] == "diskFull"


def test_each_action_of_the_workflows_is_pinned_by_its_digest() -> None:
    used = [
        line.strip()
        for file in (ROOT / ".github" / "workflows").glob("*.yml")
        for line in file.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert len(used) > 5
    assert [line for line in used if not re.fullmatch(r"- uses: \S+@[0-9a-f]{40} # v[\d.]+", line)] == []
