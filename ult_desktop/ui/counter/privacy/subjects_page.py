"""The page Permintaan data: data subjects' requests, which the office has to answer within 3×24 hours."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.command import Command
from ult_desktop.core.fields import field_words
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy import commands, subject_words
from ult_desktop.core.privacy.subjects import (
    CORRECTABLE,
    DeadlineState,
    SubjectAct,
    SubjectFile,
    SubjectKind,
    SubjectOutcome,
    SubjectRequest,
    SubjectVisit,
    Verification,
    act_word,
    retained_by_law,
)
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import subjects
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.privacy_sheets import copy_sheet
from ult_desktop.operations.visits.returning_visitors import find_subject_visits
from ult_desktop.ui.counter.pages import FormBox, PageHost, WorkPage, ask_words, papers, snapshot
from ult_desktop.ui.counter.pages.unmasking import show_clear
from ult_desktop.ui.counter.privacy.clock import (
    clock_filters,
    clock_groups,
    clock_tag,
    deadline_fact,
    require_both,
    since_fields,
    when_and_who,
    with_stamp,
)
from ult_desktop.ui.counter.words import options_of
from ult_desktop.ui.kit import detail, dialogs, forms, lists, timeline
from ult_desktop.ui.kit.detail import Detail, DetailAction, Facts
from ult_desktop.ui.kit.timeline import Timeline
from ult_desktop.ui.office_link.link import Job

_ICONS = {
    SubjectKind.ACCESS: ("files", "blue"),
    SubjectKind.CORRECTION: ("pen-line", "teal"),
    SubjectKind.ERASURE: ("delete", "orange"),
    SubjectKind.RESTRICTION: ("pause", "violet"),
    SubjectKind.WITHDRAWAL: ("undo-2", "slate"),
    SubjectKind.OBJECTION: ("message-circle", "amber"),
}
Options = list[tuple[str, Callable[[], object]]]


def request_tag(request: SubjectRequest, now: datetime) -> lists.Tag:
    if request.closed_at is not None:
        return lists.Tag(_("ditutup"))
    if request.answered_at is not None:
        return lists.Tag(SubjectOutcome(request.outcome).word, "ok")
    return clock_tag(request.due_at, request.deadline(to_stamp(now)), now)


def request_rows(requests: Sequence[SubjectRequest], now: datetime) -> list[lists.ListRow]:
    return [
        lists.ListRow(
            id=request.id,
            title=request.name,
            subtitle=f"{request.number} · {request.kind.word}",
            aside=timeline.when_words(request.received_at, now),
            icon=_ICONS[request.kind][0],
            tint=_ICONS[request.kind][1],
            tags=(request_tag(request, now),),
            groups=clock_groups(request.deadline(to_stamp(now)), request.closed_at),
            strong=request.answered_at is None,
            side_tone="danger" if request.deadline(to_stamp(now)) is DeadlineState.RED else "",
            search=request.contact,
        )
        for request in requests
    ]


def request_facts(request: SubjectRequest, now: datetime) -> list[detail.Fact]:
    how = Verification(request.verified_how).word if request.verified_how else ""
    verified = " · ".join(
        word for word in (how, when_and_who(request.verified_at, request.verified_by, now)) if word
    )
    outcome = SubjectOutcome(request.outcome).word if request.outcome else ""
    return [
        detail.Fact(_("Kontak"), request.contact),
        detail.Fact(_("Yang diminta"), request.words),
        detail.Fact(_("Diterima"), when_and_who(request.received_at, request.officer, now)),
        deadline_fact(request.due_at, request.deadline(to_stamp(now)), now),
        detail.Fact(_("Identitas"), verified or _("belum dipastikan"), "" if verified else "warn"),
        detail.Fact(_("Hasil"), outcome),
        detail.Fact(_("Jawaban"), request.answer),
        detail.Fact(_("Disampaikan"), request.told),
        detail.Fact(_("Dijawab"), when_and_who(request.answered_at, request.answered_by, now)),
        detail.Fact(_("Ditutup"), when_and_who(request.closed_at, "", now)),
    ]


def visit_words(visit: SubjectVisit) -> str:
    """Return the words of a visit.

    They read "23 November 2026 · Ani Guru · SDN 1 · 0811 · 0012/ULT/2026 (masih berjalan)".
    """
    parts = (
        subject_words.day_word(visit.day),
        visit.name,
        visit.institution,
        visit.phone or visit.email,
        visit.case_number,
    )
    states = (_("masih berjalan") if visit.is_open else "", _("penghapusan ditunda") if visit.held else "")
    state = ", ".join(filter(None, states))
    text = " · ".join(part for part in parts if part)
    return f"{text} ({state})" if state else text


def visit_facts(visits: Sequence[SubjectVisit]) -> list[detail.Fact]:
    return [
        detail.Fact(
            subject_words.day_word(visit.day),
            visit_words(visit).removeprefix(f"{subject_words.day_word(visit.day)} · "),
            "soft" if visit.held else "",
        )
        for visit in visits
    ]


def act_entries(acts: Sequence[SubjectAct], now: datetime) -> list[timeline.TimelineEntry]:
    return [
        timeline.TimelineEntry(
            when=timeline.when_words(act.at, now),
            what=f"{act_word(act.act)}: {act.field}" if act.field else act_word(act.act),
            who=act.officer,
            note=act.reason,
        )
        for act in reversed(acts)
    ]


def register_box(host: PageHost) -> FormBox:
    kinds = options_of(SubjectKind)
    return FormBox(
        host,
        _("Permintaan subjek data"),
        (
            forms.ChoiceField(host.theme, "kind", _("Yang diminta"), kinds, required=True),
            forms.LineField(host.theme, "name", _("Nama pemohon"), required=True, most=120),
            forms.LineField(host.theme, "contact", _("Telepon atau surel"), most=120),
            forms.TextField(host.theme, "words", _("Permintaannya, dengan kata-katanya sendiri")),
            since_fields(host, _("Diterima tanggal")),
        ),
        command=lambda values: commands.RegisterSubjectRequest(**with_stamp(host, values, "received_at")),
        check=require_both,
        draft=host.draft("subject-register"),
        verb=_("Daftarkan"),
        message=_("Permintaan terdaftar. Batasnya 3×24 jam."),
        words=_("Kosongkan tanggal dan jam bila baru saja diterima."),
        icon=("user-cog", "blue"),
    )


def open_contact(host: PageHost, request_id: int) -> None:
    """Show in clear the contact that the answer goes to."""

    def show(request: SubjectRequest) -> None:
        show_clear(host, request.name, [detail.Fact(_("Kontak"), request.contact)])

    host.perform(commands.OpenSubjectContact(request_id=request_id), show)


def verify_box(host: PageHost, request: SubjectRequest) -> FormBox:
    ways = options_of(Verification)
    return FormBox(
        host,
        _("Pastikan identitas pemohon"),
        (forms.RadioField(host.theme, "how", _("Dipastikan dengan"), ways, required=True),),
        command=lambda values: commands.VerifySubject(request_id=request.id, **values),
        verb=_("Catat"),
        message=_("Identitas dipastikan."),
        words=_("Data seseorang hanya diperlihatkan, diperbaiki, atau dihapus untuk pemiliknya."),
        icon=("id-card", "blue"),
    )


def attach_box(host: PageHost, request_id: int, visits: Sequence[SubjectVisit]) -> FormBox:
    options = [(str(visit.visit_id), visit_words(visit)) for visit in visits]
    return FormBox(
        host,
        _("Kunjungan mana yang miliknya?"),
        (forms.TicksField(host.theme, "visits", _("Ditemukan"), options, required=True),),
        command=lambda values: commands.AttachSubjectVisits(
            request_id=request_id, visits=tuple(int(visit_id) for visit_id in values["visits"])
        ),
        verb=_("Tautkan"),
        message=_("Kunjungan ditautkan."),
        words=_("Nama yang sama belum tentu orang yang sama: cocokkan instansi dan nomornya."),
        icon=("search", "blue"),
    )


def correct_box(host: PageHost, request_id: int, visit: SubjectVisit) -> FormBox:
    fields = [(name, field_words(name)) for name in CORRECTABLE]
    return FormBox(
        host,
        _("Perbaiki data"),
        (
            forms.ChoiceField(host.theme, "field", _("Yang diperbaiki"), fields, required=True),
            forms.LineField(host.theme, "value", _("Menjadi"), most=120),
            _reason_field(host),
        ),
        command=lambda values: commands.CorrectSubjectData(
            request_id=request_id, visit_id=visit.visit_id, **values
        ),
        verb=_("Perbaiki"),
        message=_("Data diperbaiki."),
        draft=host.draft("subject-correct", f"{request_id}-{visit.visit_id}"),
        words=visit_words(visit),
        icon=("pen-line", "teal"),
    )


def erase_box(host: PageHost, request_id: int, visit: SubjectVisit) -> FormBox:
    retained = "\n".join((_("Tetap disimpan karena diwajibkan peraturan:"), *retained_by_law()))
    return FormBox(
        host,
        _("Hapus data kunjungan ini?"),
        (_reason_field(host),),
        command=lambda values: commands.EraseSubjectData(
            request_id=request_id, visit_id=visit.visit_id, **values
        ),
        verb=_("Hapus untuk selamanya"),
        message=_("Data dihapus."),
        words="\n\n".join((visit_words(visit), retained)),
        icon=("triangle-alert", "amber"),
    )


def hold_box(host: PageHost, request_id: int, visit: SubjectVisit) -> FormBox:
    return FormBox(
        host,
        _("Tunda penghapusan kunjungan ini"),
        (_reason_field(host),),
        command=lambda values: commands.HoldSubjectData(
            request_id=request_id, visit_id=visit.visit_id, **values
        ),
        verb=_("Tunda"),
        message=_("Jadwal retensi tidak menyentuh kunjungan ini."),
        words=visit_words(visit),
        icon=("pause", "violet"),
    )


def _reason_field(host: PageHost) -> forms.LineField:
    return forms.LineField(host.theme, "reason", _("Alasan"), required=True, most=200)


def answer_box(host: PageHost, request: SubjectRequest) -> FormBox:
    outcomes = options_of(SubjectOutcome)
    return FormBox(
        host,
        _("Jawab permintaan {number}").format(number=request.number),
        (
            forms.RadioField(host.theme, "outcome", _("Hasil"), outcomes, required=True),
            forms.TextField(host.theme, "answer", _("Jawaban kepada pemohon"), required=True),
            forms.LineField(host.theme, "told", _("Disampaikan dengan"), required=True, most=200),
        ),
        command=lambda values: commands.AnswerSubjectRequest(request_id=request.id, **values),
        verb=_("Simpan jawaban"),
        message=_("Jawaban tersimpan."),
        draft=host.draft("subject-answer", request.id),
        words=_("Bila ditolak, sebutkan dasarnya."),
        icon=("send", "blue"),
    )


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
        self._file: SubjectFile | None = None
        self.list = lists.RecordList(
            self.theme,
            _("Cari nama, nomor …"),
            filters=clock_filters(),
            empty=(_("Belum ada permintaan subjek data."), "user-cog"),
            opens_first=True,
        )
        self.detail = Detail(self.theme, (_("Pilih permintaan untuk mengerjakannya."), "user-cog"))
        self.visits, self.acts = Facts(self.theme), Timeline(self.theme)
        self.visits_section = self.detail.add_section(_("Kunjungannya"), self.visits)
        self.detail.add_section(_("Yang sudah dilakukan"), self.acts)
        self.show_split(self.list, self.detail)
        self.new_button = self.add_head_button(
            _("Permintaan baru …"), "plus", lambda: register_box(self.host).open()
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
        self.list.show_rows(request_rows(board.requests, self.host.now()))

    def _choose(self, request_id: object) -> None:
        self._chosen_id = request_id if isinstance(request_id, int) else None
        self.refresh()

    def _show_file(self, file: SubjectFile | None) -> None:
        self._file = file
        if file is None:
            self.detail.show_nothing()
            return
        request, now = file.request, self.host.now()
        head = f"{request.number} · {request.kind.word}"
        self.detail.show_head(request.name, head, (request_tag(request, now),))
        self.detail.show_facts(request_facts(request, now))
        self.detail.show_actions(self._actions(file))
        self.visits_section.setVisible(bool(file.visits))
        self.visits.show_facts(visit_facts(file.visits))
        self.acts.show_entries(act_entries(file.acts, now))

    def _actions(self, file: SubjectFile) -> list[DetailAction]:
        request = file.request
        work_on_visit = partial(self._choose_visit, file)
        if request.closed_at is not None:
            is_held = any(visit.held for visit in file.visits)
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
            DetailAction("visit", _("Perbaiki, hapus, tunda …"), "pen-line", work_on_visit, why_not=why_not),
            DetailAction("copy", _("Salinan data"), "download", copy, why_not=why_not),
            DetailAction("withdraw", _("Tarik persetujuan diingat"), "undo-2", withdraw, why_not=why_not),
            self._end_action(request),
        ]

    def _about_person(self, request: SubjectRequest) -> list[DetailAction]:
        """Return the acts about the applicant's identity, and about the contact that the answer goes to."""
        actions = []
        if not request.verified_at:
            text, verify = _("Pastikan identitas …"), lambda: verify_box(self.host, request).open()
            actions.append(DetailAction("verify", text, "id-card", verify, "primary"))
        if is_masked(request.contact):
            eye = partial(open_contact, self.host, request.id)
            actions.append(DetailAction("contact", _("Tampilkan kontak"), "eye", eye, is_aside=True))
        return actions

    def _end_action(self, request: SubjectRequest) -> DetailAction:
        if request.answered_at is None:
            role = "primary" if request.verified_at else ""
            return DetailAction(
                "answer", _("Jawab …"), "send", lambda: answer_box(self.host, request).open(), role
            )
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
            then=lambda visits: attach_box(self.host, request_id, visits).open(),
        )

    def _choose_visit(self, file: SubjectFile) -> None:
        # After the request is closed, only holds can still be released.
        visits = [visit for visit in file.visits if visit.held or file.request.closed_at is None]
        dialogs.choose(
            self.host.window,
            self.theme,
            _("Kunjungan mana?"),
            [(visit_words(visit), visit) for visit in visits],
            partial(self._choose_act, file.request.id),
        )

    def _choose_act(self, request_id: int, visit: SubjectVisit) -> None:
        """Let the officer choose what to do with a visit. A held one can only be released."""
        box_arguments = (self.host, request_id, visit)
        ids = {"request_id": request_id, "visit_id": visit.visit_id}
        options: Options
        if visit.held:
            release = commands.ReleaseSubjectData(**ids)
            message = _("Jadwal retensi berlaku lagi.")
            options = [(_("Cabut penundaan"), partial(self._perform, release, message))]
        else:
            detach = commands.DetachSubjectVisit(**ids)
            options = [
                (_("Perbaiki …"), lambda: correct_box(*box_arguments).open()),
                (_("Hapus …"), lambda: erase_box(*box_arguments).open()),
                (_("Tunda penghapusan …"), lambda: hold_box(*box_arguments).open()),
                (_("Bukan miliknya"), partial(self._perform, detach, _("Tautan kunjungan dilepas."))),
            ]
        dialogs.choose(self.host.window, self.theme, visit_words(visit), options, lambda act: act())


def _search(text: str, office: Office, _actor: Actor) -> tuple[SubjectVisit, ...]:
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
    content = msgspec.json.format(msgspec.json.encode(dossier))
    papers.write_document(f"{sheet.title} {sheet.number}", "json", content)
    return papers.write_sheet(sheet)
