"""What a data subject asks reaches into archives: found, copied, held, and erased with the next run."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.operations.years import Years, keep
from ult_desktop.core.command import Ask
from ult_desktop.core.personal import BY_REQUEST, BY_SCHEDULE
from ult_desktop.core.subject_asks import (
    AnswerSubjectRequest,
    AttachSubjectVisits,
    CloseSubjectRequest,
    CorrectSubjectData,
    DetachSubjectVisit,
    EraseSubjectData,
    ExportSubjectData,
    HoldSubjectData,
    RegisterSubjectRequest,
    ReleaseSubjectData,
    VerifySubject,
)
from ult_desktop.core.subjects import (
    Correctable,
    Outcome,
    SubjectFile,
    SubjectKind,
    SubjectVisit,
    Verification,
)
from ult_desktop.db import archive_file, archives, subject_archives
from ult_desktop.db import office as office_rows
from ult_desktop.db.archive_file import BadArchive
from ult_desktop.db.subject_export import Dossier
from ult_desktop.db.transaction import Transaction
from ult_desktop.errors import UserError
from ult_desktop.operations import archive_erasing, archive_reading, retention
from ult_desktop.operations.privacy_sheets import copy_sheet
from ult_desktop.operations.returning import in_archives

pytestmark = pytest.mark.usefixtures("windows_files")


def do(years: Years, ask: Ask) -> Any:  # noqa: ANN401  (each ask has its own answer)
    return years.scene.office.perform(ask, years.admin)


def refused(years: Years, ask: Ask, words: str) -> None:
    before = years.scene.dump()
    with pytest.raises(UserError, match=words):
        do(years, ask)
    assert years.scene.dump() == before


def his(years: Years, name: str = "Ani") -> SubjectVisit:
    (visit,) = in_archives(years.scene.office, name).visits
    return visit


def asked(years: Years, name: str = "Ani") -> tuple[int, int]:
    """A request of somebody known, with his coming of 2023; both ids."""
    office = years.scene.office
    visit = his(years, name).visit_id
    request = do(years, RegisterSubjectRequest(kind=SubjectKind.ERASURE, name=name)).request.id
    do(years, VerifySubject(request_id=request, how=Verification.CARD))
    do(years, AttachSubjectVisits(request_id=request, visits=(visit,)))
    assert office.read(lambda tx: subject_archives.find(tx, request, visit)) is not None
    return request, visit


def file_of(years: Years, request: int) -> SubjectFile:
    return years.scene.office.read(lambda tx: subject_archives.file_of(tx, request))


def run(years: Years) -> list[str]:
    told: list[str] = []
    retention.run(years.scene.office, years.admin, told.append)
    return told


def names(years: Years) -> list[object]:
    return [name for (name,) in years.in_archive(2023, "SELECT name FROM guest ORDER BY visit_id")]


@pytest.fixture
def kept(archived: Years) -> Years:
    """The schedule keeps everything."""
    keep(archived.scene.path)
    return archived


def test_a_search_finds_who_lies_in_an_archive(kept: Years) -> None:
    found = his(kept)
    assert (found.archive, found.name, found.day) == (2023, "Ani Guru", "2023-03-06")
    archives.path_of(kept.scene.path, 2023).write_bytes(b"rusak")
    there = in_archives(kept.scene.office, "Ani")
    assert there.visits == ()
    assert "tidak utuh" in there.unread[0]


def test_what_he_asks_to_be_erased_goes_with_the_next_run(kept: Years) -> None:
    request, visit = asked(kept)
    order = EraseSubjectData(request_id=request, visit_id=visit, reason="Ia meminta")
    (shown,) = do(kept, order).visits
    assert (shown.archive, shown.erasure_ordered, shown.name) == (2023, True, "Ani Guru")
    refused(kept, order, "sudah diperintahkan")
    (due,) = archive_erasing.due_in(
        archive_erasing.known(kept.scene.office), retention.sweep_now(kept.scene.office)
    )
    assert (due.year, due.asked, due.total) == (2023, 1, 1)
    assert run(kept) == []
    assert names(kept) == [BY_REQUEST, "Budi Kepala"]
    assert b"Ani Guru" not in archives.path_of(kept.scene.path, 2023).read_bytes()
    assert kept.in_archive(2023, "SELECT detail FROM casefile ORDER BY id")[0] == ("Tunjangan belum cair",)
    found = file_of(kept, request)
    assert [(act.act, act.field) for act in found.acts][-2:] == [
        ("ordered", f"arsip 2023, kunjungan {visit}"),
        ("erased", f"arsip 2023, kunjungan {visit}"),
    ]
    assert [each.erasure_ordered for each in found.visits] == [False]
    assert list(archive_reading.findings(kept.scene.office)) == []
    do(kept, order)  # nothing is left to erase: the order is carried out all the same
    assert run(kept) == []
    assert [each.erasure_ordered for each in file_of(kept, request).visits] == [False]


def test_the_schedule_waits_for_who_asked_or_had_it_held(archived: Years) -> None:
    request, visit = asked(archived)
    run(archived)
    assert names(archived) == ["Ani Guru", BY_SCHEDULE]
    do(archived, HoldSubjectData(request_id=request, visit_id=visit, reason="Sengketa"))
    refused(archived, HoldSubjectData(request_id=request, visit_id=visit, reason="Sengketa"), "sudah ditunda")
    refused(archived, DetachSubjectVisit(request_id=request, visit_id=visit), "sedang ditunda")
    refused(archived, EraseSubjectData(request_id=request, visit_id=visit, reason="x"), "sedang ditunda")
    other, _visit = asked(archived)
    refused(archived, EraseSubjectData(request_id=other, visit_id=visit, reason="x"), "sedang ditunda")
    do(archived, DetachSubjectVisit(request_id=other, visit_id=visit))
    do(archived, AnswerSubjectRequest(request_id=request, outcome=Outcome.GRANTED, answer="Ya", told="WA"))
    do(archived, CloseSubjectRequest(request_id=request))
    run(archived)
    assert names(archived) == ["Ani Guru", BY_SCHEDULE]
    do(archived, ReleaseSubjectData(request_id=request, visit_id=visit))
    run(archived)
    assert names(archived) == [BY_SCHEDULE, BY_SCHEDULE]


def test_two_who_ask_about_one_coming_keep_no_archive_as_it_is(archived: Years) -> None:
    for _ in range(2):
        asked(archived)
    assert run(archived) == []
    assert names(archived) == ["Ani Guru", BY_SCHEDULE]


def test_an_order_waits_for_a_hold_that_came_after_it(kept: Years) -> None:
    request, visit = asked(kept)
    do(kept, EraseSubjectData(request_id=request, visit_id=visit, reason="Ia meminta"))
    other, _visit = asked(kept)
    do(kept, HoldSubjectData(request_id=other, visit_id=visit, reason="Sengketa"))
    before = names(kept)
    assert run(kept) == []
    assert names(kept) == before
    do(kept, ReleaseSubjectData(request_id=other, visit_id=visit))
    assert run(kept) == []
    assert names(kept) != before


def test_his_copy_holds_what_archives_hold(kept: Years) -> None:
    request, visit = asked(kept)
    dossier = do(kept, ExportSubjectData(request_id=request))
    assert isinstance(dossier, Dossier)
    held = {(each.part, each.field): each.value for each in dossier.held}
    assert held["guest", "name"] == "Ani Guru"
    assert held["casefile", "detail"] == "Tunjangan belum cair"
    assert {each.visit_id for each in dossier.held} == {visit}
    settings = kept.scene.office.read(office_rows.load).settings
    assert "6 Maret 2023" in str(copy_sheet(settings, dossier).rows)
    opened = kept.rows("SELECT what, visit_id FROM personal_opening")
    assert opened == [(f"subject:{request}", None)]


def test_each_archive_is_opened_once_however_many_comings_are_his(
    kept: Years, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office file is locked meanwhile."""
    request, visit = asked(kept)
    opened, true = list[Path](), archive_file.opened

    def counted(path: Path, *, as_it_is: bool = False) -> AbstractContextManager[Transaction]:
        opened.append(path)
        return true(path, as_it_is=as_it_is)

    both = (visit, his(kept, "Budi").visit_id)
    monkeypatch.setattr(archive_file, "opened", counted)
    do(kept, AttachSubjectVisits(request_id=request, visits=both))
    assert len(opened) == 2, "to look for them, and to show them"
    opened.clear()
    assert [visit.name for visit in file_of(kept, request).visits] == ["Ani Guru", "Budi Kepala"]
    assert opened == [archives.path_of(kept.scene.path, 2023)]
    do(kept, ExportSubjectData(request_id=request))
    assert len(opened) == 3


def test_a_damaged_archive_hides_nothing_else_and_half_a_copy_is_refused(kept: Years) -> None:
    request, visit = asked(kept)
    archives.path_of(kept.scene.path, 2023).write_bytes(b"rusak")
    here = int(str(kept.rows("SELECT max(visit_id) FROM guest")[0][0]))
    do(kept, AttachSubjectVisits(request_id=request, visits=(here,)))
    shown, _other = file_of(kept, request).visits
    assert (shown.visit_id, shown.archive, shown.name) == (visit, 2023, "")
    with pytest.raises(BadArchive):
        do(kept, ExportSubjectData(request_id=request))


def test_what_lies_there_is_not_corrected_and_what_lies_nowhere_not_attached(kept: Years) -> None:
    request, visit = asked(kept)
    ask = CorrectSubjectData(
        request_id=request, visit_id=visit, field=Correctable.NAME, value="Ani", reason="Salah"
    )
    refused(kept, ask, "ada di arsip 2023; isinya tidak dapat diperbaiki")
    refused(kept, AttachSubjectVisits(request_id=request, visits=(999,)), "tidak ada")


def test_an_order_outlives_a_copy_from_before_it(kept: Years) -> None:
    path = archives.path_of(kept.scene.path, 2023)
    before = path.read_bytes()
    request, visit = asked(kept)
    do(kept, EraseSubjectData(request_id=request, visit_id=visit, reason="Ia meminta"))
    run(kept)
    path.write_bytes(before)
    run(kept)
    assert names(kept) == [BY_REQUEST, "Budi Kepala"]
