"""The page Permintaan data: what data subjects ask for, within three times 24 hours."""

from collections.abc import Callable
from functools import partial

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy.commands import (
    CloseSubjectRequest,
    DetachSubjectVisit,
    ReleaseSubjectData,
    WithdrawRemembering,
)
from ult_desktop.core.privacy.subjects import (
    SubjectFile,
    SubjectRequest,
    SubjectVisit,
)
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.page import WorkPage
from ult_desktop.ui.counter.privacy import boxes, words
from ult_desktop.ui.counter.privacy.reading import (
    count_unanswered,
    read_request,
    read_requests,
    search_visits,
    write_copy,
)
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.actions_row import DetailAction
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.facts import Facts
from ult_desktop.ui.kit.lists.record_list import RecordList
from ult_desktop.ui.kit.timeline import Timeline
from ult_desktop.ui.kit.widgets.button import Button


class SubjectsPage(WorkPage):
    """The register with its clocks; a request is carried out from its detail, with every act on record."""

    name = "subjects"
    icon_name = "user-cog"
    group = "quality"
    needs = frozenset({Permission.PROTECT_DATA})

    @classmethod
    @override
    def title(cls) -> str:
        return _("Permintaan data")

    @override
    def build(self) -> None:
        self._file: SubjectFile | None = None
        self.list = RecordList(
            self.theme,
            _("Cari nama, nomor …"),
            filters=words.filters(),
            empty=(_("Belum ada permintaan subjek data."), "user-cog"),
        )
        self.detail = Detail(self.theme)
        self.visits, self.acts = Facts(self.theme), Timeline(self.theme)
        self.his = self.detail.add_section(_("Kunjungannya"), self.visits)
        self.detail.add_section(_("Yang sudah dilakukan"), self.acts)
        self.show_split(self.list, self.detail)
        self.new = self.add_head_button(Button(self.theme, _("Permintaan baru …"), "", "plus"))
        self.new.clicked.connect(lambda: boxes.register_box(self.host).open())
        self.list.chosen.connect(self._choose)
        self.detail.asked.connect(self._act)

    @override
    def refresh(self) -> None:
        self.fetch(partial(read_requests, self.host.now().year), self._show)
        self._choose(self.list.selected)

    @override
    def open_subject(self, subject: object) -> None:
        self.list.choose(subject)

    @override
    def badge_query(self) -> Callable[[Office], int]:
        return count_unanswered

    def _show(self, found: tuple[SubjectRequest, ...]) -> None:
        self.list.show_rows(words.request_rows(found, self.host.now()))

    def _choose(self, request_id: object) -> None:
        if request_id is None:
            self._show_file(None)
        else:
            self.fetch(partial(read_request, int(str(request_id))), self._show_file)

    def _show_file(self, found: SubjectFile | None) -> None:
        self._file = found
        if found is None:
            self.detail.show_nothing(_("Pilih permintaan untuk mengerjakannya."), "user-cog")
            return
        request, now = found.request, self.host.now()
        head = f"{request.number} · {request.kind.word}"
        self.detail.show_head(request.name, head, (words.request_tag(request, now),))
        self.detail.show_facts(words.request_facts(request, now))
        self.detail.show_actions(_actions(found))
        self.his.setVisible(bool(found.visits))
        self.visits.show_facts(words.visit_facts(found.visits))
        self.acts.show_entries(words.act_entries(found.acts, now))

    def _act(self, name: str) -> None:
        found = self._file
        if found is None:
            return
        request = found.request
        acts: dict[str, Callable[[], object]] = {
            "verify": lambda: boxes.verify_box(self.host, request.id).open(),
            "contact": partial(boxes.open_contact, self.host, request.id),
            "search": partial(self._ask_search, request.id),
            "visit": partial(self._choose_visit, found),
            "copy": partial(self.host.perform, partial(write_copy, request.id), told=_("Tersimpan: {label}")),
            "withdraw": partial(
                self.host.perform,
                WithdrawRemembering(request_id=request.id),
                told=_("Persetujuan diingat ditarik."),
            ),
            "answer": lambda: boxes.answer_box(self.host, request).open(),
            "close": partial(
                self.host.perform,
                CloseSubjectRequest(request_id=request.id),
                told=_("Permintaan {number} ditutup.").format(number=request.number),
            ),
        }
        acts[name]()

    def _ask_search(self, request_id: int) -> None:
        dialogs.ask_text(
            self.host.window,
            self.theme,
            _("Cari kunjungannya"),
            _("Awal nama, awal nomor telepon, atau nomor permohonan; paling sedikit tiga huruf."),
            (_("Cari"), partial(self._search, request_id)),
        )

    def _search(self, request_id: int, text: str) -> None:
        self.host.read(partial(search_visits, text), partial(self._show_found, request_id))

    def _show_found(self, request_id: int, found: tuple[SubjectVisit, ...]) -> None:
        if found:
            boxes.attach_box(self.host, request_id, found).open()
        else:
            self.host.tell(_("Tidak ada kunjungan yang cocok."))

    def _choose_visit(self, found: SubjectFile) -> None:
        dialogs.choose(
            self.host.window,
            self.theme,
            _("Kunjungan mana?"),
            [(words.visit_words(visit), visit) for visit in found.visits],
            partial(self._choose_act, found.request),
        )

    def _choose_act(self, request: SubjectRequest, visit: object) -> None:
        if not isinstance(visit, SubjectVisit):
            return
        options: list[tuple[str, object]] = [(_("Cabut penundaan"), "release")]
        if request.closed_at is None and not visit.held:
            options = [
                (_("Perbaiki …"), "correct"),
                (_("Hapus …"), "erase"),
                (_("Tunda penghapusan …"), "hold"),
                (_("Bukan miliknya"), "detach"),
            ]
        title = words.visit_words(visit)
        chosen = partial(self._act_on, request.id, visit)
        dialogs.choose(self.host.window, self.theme, title, options, chosen)

    def _act_on(self, request_id: int, visit: SubjectVisit, act: object) -> None:
        made = {"correct": boxes.correct_box, "erase": boxes.erase_box, "hold": boxes.hold_box}.get(str(act))
        if made is not None:
            made(self.host, request_id, visit).open()
        elif act == "release":
            command = ReleaseSubjectData(request_id=request_id, visit_id=visit.visit_id)
            self.host.perform(command, told=_("Jadwal retensi berlaku lagi."))
        else:
            self.host.perform(
                DetachSubjectVisit(request_id=request_id, visit_id=visit.visit_id),
                told=_("Tautan kunjungan dilepas."),
            )


def _actions(found: SubjectFile) -> list[DetailAction]:
    request = found.request
    unsure = "" if request.verified_at is not None else _("Pastikan identitasnya dulu.")
    none = unsure or ("" if found.visits else _("Tautkan kunjungannya dulu."))
    if request.closed_at is not None:
        held = any(visit.held for visit in found.visits)
        return [DetailAction("visit", _("Kunjungan …"), "list-ordered")] if held else []
    sure = (
        []
        if request.verified_at
        else [DetailAction("verify", _("Pastikan identitas …"), "id-card", "primary")]
    )
    eye = [DetailAction("contact", _("Tampilkan kontak"), "eye")] if is_masked(request.contact) else []
    ended = (
        DetailAction("answer", _("Jawab …"), "send", "primary" if request.verified_at else "")
        if request.answered_at is None
        else DetailAction("close", _("Tutup"), "check", "primary")
    )
    return [
        *sure,
        *eye,
        DetailAction("search", _("Cari kunjungan …"), "search"),
        DetailAction("visit", _("Perbaiki, hapus, tunda …"), "pen-line", why=none),
        DetailAction("copy", _("Salinan data"), "download", why=none),
        DetailAction("withdraw", _("Tarik persetujuan diingat"), "undo-2", why=none),
        ended,
    ]
