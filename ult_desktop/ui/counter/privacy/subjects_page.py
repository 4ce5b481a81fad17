"""The page Permintaan data: data subjects' requests, which the office has to answer within 3×24 hours."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.command import Command
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy import commands, subjects as privacy_subjects
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import subjects
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.privacy_sheets import copy_sheet
from ult_desktop.operations.visits.returning_visitors import find_subject_visits
from ult_desktop.ui.counter.pages import WorkPage, ask_words, papers, snapshot
from ult_desktop.ui.counter.privacy import boxes, words
from ult_desktop.ui.kit import dialogs, lists
from ult_desktop.ui.kit.detail import Detail, DetailAction, Facts
from ult_desktop.ui.kit.timeline import Timeline
from ult_desktop.ui.office_link.link import Job

if TYPE_CHECKING:
    from ult_desktop.reports import sheet as sheets
else:
    sheets = late("ult_desktop.reports.sheet")

Options = list[tuple[str, Callable[[], object]]]


class SubjectsPage(WorkPage):
    """The register of data subjects' requests. The acts in a request's detail carry it out."""

    name, icon_name, group = "subjects", "user-cog", "quality"
    line = "privacy"
    needs = frozenset({Permission.PROTECT_DATA})
    title = staticmethod(lambda: _("Permintaan data"))
    waiting = staticmethod(lambda tx, _now, _actor: subjects.count_unanswered(tx))

    @override
    def build(self) -> None:
        self._chosen_id: int | None = None
        self._file: privacy_subjects.SubjectFile | None = None
        self.list = lists.RecordList(
            self.theme,
            _("Cari nama, nomor …"),
            filters=words.filters(),
            empty=(_("Belum ada permintaan subjek data."), "user-cog"),
            opens_first=True,
        )
        self.detail = Detail(self.theme, (_("Pilih permintaan untuk mengerjakannya."), "user-cog"))
        self.visits, self.acts = Facts(self.theme), Timeline(self.theme)
        self.visits_section = self.detail.add_section(_("Kunjungannya"), self.visits)
        self.detail.add_section(_("Yang sudah dilakukan"), self.acts)
        self.show_split(self.list, self.detail)
        self.new = self.add_head_button(
            _("Permintaan baru …"), "plus", lambda: boxes.register_box(self.host).open()
        )
        self.list.chosen.connect(self._choose)

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(subjects.board, self._chosen_id), self._show)

    @override
    def open_subject(self, subject: object) -> None:
        self.list.choose(subject)

    def _show(self, board: subjects.SubjectBoard) -> None:
        self._show_file(board.chosen)
        self.list.show_rows(words.request_rows(board.requests, self.host.now()))

    def _choose(self, request_id: object) -> None:
        self._chosen_id = request_id if isinstance(request_id, int) else None
        self.refresh()

    def _show_file(self, file: privacy_subjects.SubjectFile | None) -> None:
        self._file = file
        if file is None:
            self.detail.show_nothing()
            return
        request, now = file.request, self.host.now()
        head = f"{request.number} · {request.kind.word}"
        self.detail.show_head(request.name, head, (words.request_tag(request, now),))
        self.detail.show_facts(words.request_facts(request, now))
        self.detail.show_actions(self._actions(file))
        self.visits_section.setVisible(bool(file.visits))
        self.visits.show_facts(words.visit_facts(file.visits))
        self.acts.show_entries(words.act_entries(file.acts, now))

    def _actions(self, file: privacy_subjects.SubjectFile) -> list[DetailAction]:
        request = file.request
        work_on_visit = partial(self._choose_visit, file)
        if request.closed_at is not None:
            is_held = any(visited.held for visited in file.visits)
            return [DetailAction("visit", _("Kunjungan …"), "list-ordered", work_on_visit)] if is_held else []
        why_unverified = "" if request.verified_at is not None else _("Pastikan identitasnya dulu.")
        why_not = why_unverified or ("" if file.visits else _("Tautkan kunjungannya dulu."))
        search = partial(self._ask_search, request.id)
        copy = partial(papers.save, self.host, partial(write_copy, request.id))
        forget = commands.WithdrawRemembering(request_id=request.id)
        withdraw = partial(self._perform, forget, _("Persetujuan diingat ditarik."))
        return [
            *self._about_person(request),
            DetailAction("search", _("Cari kunjungan …"), "search", search),
            DetailAction("visit", _("Perbaiki, hapus, tunda …"), "pen-line", work_on_visit, why=why_not),
            DetailAction("copy", _("Salinan data"), "download", copy, why=why_not),
            DetailAction("withdraw", _("Tarik persetujuan diingat"), "undo-2", withdraw, why=why_not),
            self._end_action(request),
        ]

    def _about_person(self, request: privacy_subjects.SubjectRequest) -> list[DetailAction]:
        """Return the acts about the applicant's identity, and about the contact that the answer goes to."""
        actions = []
        if not request.verified_at:
            text = _("Pastikan identitas …")
            box = partial(boxes.verify_box, self.host, request)
            actions.append(DetailAction("verify", text, "id-card", lambda: box().open(), "primary"))
        if is_masked(request.contact):
            eye = partial(boxes.open_contact, self.host, request.id)
            actions.append(DetailAction("contact", _("Tampilkan kontak"), "eye", eye, is_aside=True))
        return actions

    def _end_action(self, request: privacy_subjects.SubjectRequest) -> DetailAction:
        if request.answered_at is None:
            role = "primary" if request.verified_at else ""
            box = partial(boxes.answer_box, self.host, request)
            return DetailAction("answer", _("Jawab …"), "send", lambda: box().open(), role)
        message = _("Permintaan {number} ditutup.").format(number=request.number)
        close = partial(self._perform, commands.CloseSubjectRequest(request_id=request.id), message)
        return DetailAction("close", _("Tutup"), "check", close, "primary")

    def _perform(self, command: Command | Job, message: str) -> None:
        self.host.perform(command, message=message)

    def _ask_search(self, request_id: int) -> None:
        ask_words(
            self.host,
            _("Cari kunjungannya"),
            lambda text: partial(_search, text),
            question=_("Kata dari namanya, nomor telepon utuh, atau nomor permohonan."),
            verb=_("Cari"),
            then=lambda visits: boxes.attach_box(self.host, request_id, visits).open(),
        )

    def _choose_visit(self, file: privacy_subjects.SubjectFile) -> None:
        dialogs.choose(
            self.host.window,
            self.theme,
            _("Kunjungan mana?"),
            [(words.visit_words(visit), visit) for visit in file.visits],
            partial(self._choose_act, file.request),
        )

    def _choose_act(
        self, request: privacy_subjects.SubjectRequest, visit: privacy_subjects.SubjectVisit
    ) -> None:
        box_arguments = (self.host, request.id, visit)
        ids = {"request_id": request.id, "visit_id": visit.visit_id}
        release = partial(
            self._perform, commands.ReleaseSubjectData(**ids), _("Jadwal retensi berlaku lagi.")
        )
        detach = partial(self._perform, commands.DetachSubjectVisit(**ids), _("Tautan kunjungan dilepas."))
        options: Options = [(_("Cabut penundaan"), release)]
        if request.closed_at is None and not visit.held:
            options = [
                (_("Perbaiki …"), lambda: boxes.correct_box(*box_arguments).open()),
                (_("Hapus …"), lambda: boxes.erase_box(*box_arguments).open()),
                (_("Tunda penghapusan …"), lambda: boxes.hold_box(*box_arguments).open()),
                (_("Bukan miliknya"), detach),
            ]
        dialogs.choose(self.host.window, self.theme, words.visit_words(visit), options, lambda act: act())


def _search(text: str, office: Office, _actor: Actor) -> tuple[privacy_subjects.SubjectVisit, ...]:
    if visits := find_subject_visits(office, text):
        return visits
    raise UserError(_("Tidak ada kunjungan yang cocok."))


def write_copy(request_id: int, office: Office, actor: Actor) -> Path:
    """Write the subject's copy as PDF and JSON into the account's documents, and return the PDF's path.

    Raises:
        UserError: refused, or the folder cannot be written.
    """
    dossier = office.perform(commands.ExportSubjectData(request_id=request_id), actor)
    sheet = copy_sheet(office.read(office_rows.load).settings, dossier)
    name = f"{sheet.title} {sheet.number}"
    papers.write_document(name, "json", msgspec.json.format(msgspec.json.encode(dossier)))
    return papers.write_document(name, "pdf", sheets.sheet_pdf(sheet))
