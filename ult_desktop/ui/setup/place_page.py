"""The pages of the wizard for the place of the office, and of its backups."""

import getpass
import os
import platform
import sys
from functools import partial
from pathlib import Path

import msgspec
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core.office.setup_answers import SharedFolder, share_path
from ult_desktop.operations.office.place import SERVER_FORM, PlaceReport, examine, examine_backups
from ult_desktop.ui.kit import forms
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.setup.draft import SetupDraft
from ult_desktop.ui.setup.page import Page, Values

SHARES = sys.platform == "win32"  # on other systems a person sets the share up
_OWN_FOLDER = r"C:\ult" if SHARES else str(Path.home() / "ult")


def own_account() -> str:
    """Return the name of this Windows account, as file rights are given to it."""
    return "\\".join(filter(None, (os.environ.get("USERDOMAIN"), getpass.getuser())))


class PlacePage(Page):
    """The first page: which office, and where it is."""

    def __init__(self, theme: Theme) -> None:
        self.kind = forms.RadioField(
            theme,
            "kind",
            _("Kantor yang mana?"),
            (
                ("join", _("Gabung kantor yang sudah ada")),
                ("server", _("Buat kantor baru di folder bersama sebuah server")),
                ("here", _("Buat kantor baru di PC ini")),
            ),
        )
        self.place = forms.FolderField(
            theme,
            "place",
            _("Folder kantor, berkas office-link dari PC pertama, atau alamat server"),
            "office-link (*.toml *.db)",
            required=True,
            hint=r"\\SERVER\ult",
        )
        self.folder = forms.FolderField(theme, "folder", _("Folder di PC ini"), required=True)
        self.accounts = forms.LineField(
            theme, "accounts", _("Akun Windows yang boleh membukanya, dipisah koma"), required=True
        )
        super().__init__(
            theme,
            _("Kantor"),
            _(
                "PC ini menjadi kios, loket, atau layar TV sebuah kantor. Tidak ada yang ditulis sebelum"
                " halaman terakhir."
            ),
            (self.kind, self.place, self.folder, self.accounts),
        )
        self.kind.changed.connect(self._show_questions)

    @override
    def show_draft(self, draft: SetupDraft) -> None:
        shared = draft.share
        self.form.show_values(
            {
                "kind": draft.kind,
                "place": draft.place if draft.kind != "here" else "",
                "folder": shared.folder if shared else (draft.kind == "here" and draft.place) or _OWN_FOLDER,
                "accounts": ", ".join(shared.accounts) if shared else own_account(),
            }
        )
        self._show_questions()

    def _show_questions(self) -> None:
        here = self.kind.value() == "here"
        self.place.set_shown(not here)
        self.folder.set_shown(here)
        self.accounts.set_shown(here and SHARES)
        self.note.say(_how_others_come() if here else _how_to_name_a_server())

    @override
    def answered(self, values: Values) -> SetupDraft:
        kind = values["kind"]
        shared = _shared(values) if kind == "here" and SHARES else None
        place = values["place"] if kind != "here" else values["folder"]
        if shared is not None:
            place = share_path(platform.node(), shared.name)
        return msgspec.structs.replace(self.draft, kind=kind, place=place, share=shared, report=None)

    @override
    def settle(self, draft: SetupDraft) -> None:
        if draft.share is not None:  # the share is made on the last page: there is nothing to check yet
            self.passed.emit(draft)
            return
        self.work.run(
            _("Memeriksa folder dan kunci berkasnya …"),
            partial(examine, draft.place, making=draft.makes),
            partial(self._found, draft),
            self.refuse,
        )

    def _found(self, draft: SetupDraft, report: PlaceReport) -> None:
        if draft.makes and report.office is not None:
            self.refuse(
                UserError(
                    _("Di sini sudah ada kantor {name}.").format(name=report.office.name),
                    _("Kantor itu tidak berubah."),
                    _("Pilih bergabung, atau folder lain."),
                )
            )
        elif not draft.makes and report.office is None:
            self.refuse(
                UserError(
                    _("Di {path} belum ada kantor.").format(path=report.path),
                    _("Tidak ada yang berubah."),
                    _("Periksa alamatnya, atau pilih membuat kantor baru."),
                )
            )
        else:
            counters = report.office.counters if report.office else draft.counters
            known = msgspec.structs.replace(draft, report=report, counters=counters)
            self.pass_with(known, (*report.remarks, *_age(report)))


def _age(report: PlaceReport) -> tuple[str, ...]:
    if report.office is None or not report.office.older:
        return ()
    words = _("Kantor {name} dari versi lama: diperbarui saat PC ini mulai, bila stasiun lain tertutup.")
    return (words.format(name=report.office.name),)


def _shared(values: Values) -> SharedFolder:
    accounts = tuple(filter(None, map(str.strip, values["accounts"].split(","))))
    return SharedFolder(folder=values["folder"], accounts=accounts or (own_account(),))


def _how_to_name_a_server() -> str:
    return _(
        "Kantor di server PostgreSQL: tulis {form}, dengan akun PC ini dari petugas TI. Kata sandinya"
        " disimpan di PC ini saja."
    ).format(form=SERVER_FORM)


def _how_others_come() -> str:
    if SHARES:
        return _(
            "Pada halaman terakhir Windows sekali meminta administrator, lalu folder ini dibagikan untuk akun"
            " di atas saja. PC lain membukanya lewat {path}."
        ).format(path=share_path(platform.node(), "ult"))
    return _(
        "Di Linux program ini tidak dapat membagikan folder: PC ini saja yang memakainya, sampai petugas TI"
        " memasang Samba menurut panduan."
    )


class BackupPage(Page):
    """The page of the backup folder. It can be put off, and stays red until it is done."""

    def __init__(self, theme: Theme) -> None:
        self.when = forms.RadioField(
            theme,
            "when",
            _("Cadangan"),
            (("later", _("Nanti")), ("now", _("Ke folder di disk atau PC lain, setiap jam"))),
        )
        self.folder = forms.FolderField(
            theme, "backup", _("Folder cadangan"), required=True, hint=r"E:\cadangan"
        )
        super().__init__(
            theme,
            _("Cadangan"),
            _(
                "Satu disk rusak membawa semua nomor dan permohonan. Cadangan di disk USB atau di PC lain"
                " menyelamatkannya."
            ),
            (self.when, self.folder),
        )
        self.when.changed.connect(self._show_questions)

    @override
    def show_draft(self, draft: SetupDraft) -> None:
        self.form.show_values({"when": "now" if draft.backup else "later", "backup": draft.backup})
        self._show_questions()

    def _show_questions(self) -> None:
        later = self.when.value() == "later"
        self.folder.set_shown(not later)
        self.note.say(
            _("Sampai diisi, pemeriksaan kantor (doctor, Kesehatan) menunjukkannya merah.") if later else ""
        )

    @override
    def answered(self, values: Values) -> SetupDraft:
        return msgspec.structs.replace(self.draft, backup=values.get("backup", ""))

    @override
    def settle(self, draft: SetupDraft) -> None:
        if not draft.backup:
            self.passed.emit(draft)
            return
        office = (
            draft.report.path
            if draft.report
            else Path(draft.share.folder if draft.share else draft.place, "x")
        )
        self.work.run(
            _("Memeriksa folder cadangan …"),
            partial(examine_backups, draft.backup, office),
            partial(self.pass_with, draft),
            self.refuse,
        )
