"""Pipes and devices under the names of files that others lay: nobody waits for one that never answers."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.operations.town import Town
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import commands
from ult_desktop.db.backup import anchors, answer_backup, journals
from ult_desktop.db.store import damage_flag, document_folder, holder_mark, share_files
from ult_desktop.db.store.errors import DamagedFile
from ult_desktop.operations.backup.restoring import restore

pytestmark = [pytest.mark.posix_only("fifo"), pytest.mark.file_only("folder")]


@pytest.mark.parametrize("read", [share_files.read_small, share_files.read_whole])
def test_a_pipe_and_a_device_are_no_files(tmp_path: Path, read: Callable[[Path], bytes]) -> None:
    pipe = tmp_path / "pipa"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(OSError, match="Errno 22"):
            read(path)
    (tmp_path / "berkas").write_bytes(b"isi")
    assert read(tmp_path / "berkas") == b"isi"


def test_an_office_with_pipes_next_to_it_works(town: Town) -> None:
    folder = journals.folder_of(town.path)
    folder.mkdir(exist_ok=True)
    os.mkfifo(folder / "x.anchor")
    os.mkfifo(folder / f"x-{town.now // 86_400_000:05}.jsonl")
    os.mkfifo(town.path.with_name(f"{town.path.name}.held-x"))
    town.offices["kios-2"].close()
    town.offices["kios-2"] = town.open("kios-2")
    assert town.take("kios-2").label == "A001"
    assert holder_mark.describe_holders(town.path, None) == "stasiun lain"
    made = town.back_up()
    os.mkfifo(made.with_suffix(".jawaban"))
    town.close()
    assert restore(town.wish("kios-2", force=True)).verdict.ok
    assert anchors.read_on_share(folder, "lain") == ()
    assert answer_backup._read(made.with_suffix(".jawaban")) is None


def test_a_pipe_as_the_flag_of_damage_is_a_flag(town: Town) -> None:
    os.mkfifo(damage_flag.flag_path(town.path))
    with pytest.raises(DamagedFile):
        town.offices["kios-1"].perform(commands.IssueTicket(service_id=1), Actor(station="kios-1"))


def test_a_pipe_is_no_document(town: Town) -> None:
    path = document_folder.path_of(town.path, "a" * 64)
    path.parent.mkdir(parents=True)
    os.mkfifo(path)
    assert document_folder.DocumentFolder(town.path).get("a" * 64) is None
