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
from ult_desktop.base.windows import Windows
from ult_desktop.core.office.setup_answers import (
    LEAST_LETTERS,
    ShareAccount,
    SharedFolder,
    share_account_name,
    share_path,
)
from ult_desktop.db.lock_check.location import require_safe
from ult_desktop.operations.office.place import SERVER_FORM, PlaceReport, examine, examine_backups
from ult_desktop.operations.office.setting_up import new_windows_password
from ult_desktop.operations.office.share_account import ShareRefused
from ult_desktop.ui.kit import forms
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.setup.draft import SetupDraft
from ult_desktop.ui.setup.page import Page, Values

CAN_SHARE = sys.platform == "win32"  # on other systems a person sets the share up
_OWN_FOLDER = r"C:\ult" if CAN_SHARE else str(Path.home() / "ult")


def own_account() -> str:
    """Return the name of this Windows account, as file rights are given to it."""
    return "\\".join(filter(None, (os.environ.get("USERDOMAIN"), getpass.getuser())))


class PlacePage(Page):
    """The first page: which office, and where it is."""

    def __init__(self, theme: Theme, windows: Windows) -> None:
        self._windows = windows
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
        self.account = forms.LineField(
            theme,
            "account",
            _("Akun Windows untuk folder bersama itu"),
            required=True,
            check=_account_problem,
        )
        self.password = forms.SecretField(theme, "password", _("Kata sandi akun itu"))
        self._ask_for_own_folder(theme)
        super().__init__(
            theme,
            _("Kantor"),
            _(
                "PC ini menjadi kios, loket, atau layar TV sebuah kantor. Tidak ada yang ditulis sebelum"
                " halaman terakhir."
            ),
            (
                self.kind,
                self.place,
                self.account,
                self.password,
                self.folder,
                self.entry,
                self.office_password,
                self.accounts,
            ),
        )
        self._asks_account = False
        self.kind.changed.connect(self._show_questions)
        self.entry.changed.connect(self._show_questions)
        self.place.changed.connect(self._advise)

    def _ask_for_own_folder(self, theme: Theme) -> None:
        """Make the questions about a folder of this PC that is shared."""
        self.folder = forms.FolderField(theme, "folder", _("Folder di PC ini"), required=True)
        self.entry = forms.RadioField(
            theme,
            "entry",
            _("PC lain masuk dengan"),
            (
                ("office", _("Satu akun kantor, yang dibuat di PC ini")),
                ("own", _("Akun Windows masing-masing, misalnya dari domain")),
            ),
        )
        self.office_password = forms.LineField(
            theme,
            "office_password",
            _("Kata sandi akun kantor, diketik sekali di tiap PC"),
            required=True,
            check=_password_problem,
        )
        self.accounts = forms.LineField(
            theme, "accounts", _("Akun Windows yang boleh membukanya, dipisah koma"), required=True
        )

    @override
    def show_draft(self, draft: SetupDraft) -> None:
        shared, account = draft.share, draft.account
        self._asks_account = account is not None
        is_here = draft.kind == "here"
        if shared is not None:
            folder, password, accounts = shared.folder, shared.password, shared.accounts
            by_own_accounts = not password
        else:
            folder, password, accounts = draft.place if is_here else "", "", ()
            by_own_accounts = is_in_domain()
        self.form.show_values(
            {
                "kind": draft.kind,
                "place": "" if is_here else draft.place,
                "account": account.name if account else "",
                "password": account.password if account else "",
                "folder": folder or _OWN_FOLDER,
                "entry": "own" if by_own_accounts else "office",
                "office_password": password or new_windows_password(),
                "accounts": ", ".join(accounts or (own_account(),)),
            }
        )
        self._show_questions()

    def _show_questions(self) -> None:
        is_here, by_own_accounts = self.kind.value() == "here", self.entry.value() == "own"
        self.place.set_shown(not is_here)
        self.account.set_shown(not is_here and self._asks_account)
        self.password.set_shown(not is_here and self._asks_account)
        self.folder.set_shown(is_here)
        self.entry.set_shown(is_here and CAN_SHARE)
        self.office_password.set_shown(is_here and CAN_SHARE and not by_own_accounts)
        self.accounts.set_shown(is_here and CAN_SHARE and by_own_accounts)
        self._advise()

    def _advise(self) -> None:
        """Show the advice for the present choice, and clear the refusal of an earlier one."""
        self.form.refusal.say("")
        if self.kind.value() == "here":
            self.note.say(_sharing_advice())
        elif "://" in self.place.value():
            advice = _(
                "Kantor di server PostgreSQL: tulis {form}, dengan akun PC ini dari petugas TI. Kata sandinya"
                " disimpan di PC ini saja."
            )
            self.note.say(advice.format(form=SERVER_FORM))
        else:
            self.note.say("")

    @override
    def updated_draft(self, values: Values) -> SetupDraft:
        kind = values["kind"]
        shared = _shared_folder(values) if kind == "here" and CAN_SHARE else None
        place = values["place"] if kind != "here" else values["folder"]
        if shared is not None:
            place = share_path(platform.node(), shared.name)
        account = None
        if "password" in values:
            account = ShareAccount(name=values["account"], password=values["password"])
        return msgspec.structs.replace(
            self.draft, kind=kind, place=place, share=shared, account=account, report=None
        )

    @override
    def settle(self, draft: SetupDraft) -> None:
        if draft.share is not None:
            # The last page makes the share. A cloud is found by the folder itself, not through the share.
            try:
                require_safe(Path(draft.share.folder), follow_links=False)
            except UserError as error:
                self.refuse(error)
            else:
                self.passed.emit(draft)
            return
        self.work.run(
            _("Memeriksa folder dan kunci berkasnya …"),
            partial(
                examine,
                draft.place,
                is_new_office=draft.makes_office,
                account=draft.account,
                windows=self._windows,
            ),
            partial(self._on_examined, draft),
            self.refuse,
        )

    @override
    def refuse(self, error: UserError) -> None:
        """Show what is wrong; if another account could open the share, ask for that account."""
        super().refuse(error)
        if isinstance(error, ShareRefused) and error.account:
            self._asks_account = True
            self.account.set_shown(True)
            self.password.set_shown(True)
            if not self.account.value():
                self.account.show_value(error.account)
            self.password.setFocus()

    def _on_examined(self, draft: SetupDraft, report: PlaceReport) -> None:
        if draft.makes_office and report.office is not None:
            self.refuse(
                UserError(
                    _("Di sini sudah ada kantor {name}.").format(name=report.office.name),
                    _("Kantor itu tidak berubah."),
                    _("Pilih bergabung, atau folder lain."),
                )
            )
        elif not draft.makes_office and report.office is None:
            self.refuse(
                UserError(
                    _("Di {path} belum ada kantor.").format(path=report.path),
                    _("Tidak ada yang berubah."),
                    _("Periksa alamatnya, atau pilih membuat kantor baru."),
                )
            )
        else:
            counters = report.office.counters if report.office else draft.counters
            remarks = list(report.remarks)
            if report.office is not None and report.office.older:
                words = _(
                    "Kantor {name} dari versi lama: diperbarui saat PC ini mulai, bila stasiun lain tertutup."
                )
                remarks.append(words.format(name=report.office.name))
            self.pass_with(msgspec.structs.replace(draft, report=report, counters=counters), remarks)


def _account_problem(name: str) -> str:
    pc, sign, account = name.partition("\\")
    if pc and sign and account and not set("\\/") & set(account):
        return ""
    return _("Tulis seperti {form}.").format(form=share_account_name("PC-1"))


def _password_problem(password: str) -> str:
    return "" if len(password) >= LEAST_LETTERS else _("Pakai sedikitnya {n} huruf.").format(n=LEAST_LETTERS)


def is_in_domain() -> bool:
    """Return whether this Windows account is one of a domain, which every PC of the office knows."""
    return bool(os.environ.get("USERDNSDOMAIN"))


def _shared_folder(values: Values) -> SharedFolder:
    if values["entry"] == "office":
        return SharedFolder(folder=values["folder"], password=values["office_password"])
    accounts = tuple(filter(None, map(str.strip, values["accounts"].split(","))))
    return SharedFolder(folder=values["folder"], accounts=accounts or (own_account(),))


def _sharing_advice() -> str:
    if CAN_SHARE:
        return _(
            "Pada halaman terakhir Windows sekali meminta administrator, lalu folder ini dibagikan untuk akun"
            " itu saja. PC lain membukanya lewat {path}."
        ).format(path=share_path(platform.node(), "ult"))
    return _(
        "Di Linux program ini tidak dapat membagikan folder: PC ini saja yang memakainya, sampai petugas TI"
        " memasang Samba menurut panduan."
    )


class BackupPage(Page):
    """The page of the backup folder, which may be chosen later; until then the office's check stays red."""

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
        is_later = self.when.value() == "later"
        self.folder.set_shown(not is_later)
        self.note.say(
            _("Sampai diisi, pemeriksaan kantor (doctor, Kesehatan) menunjukkannya merah.")
            if is_later
            else ""
        )

    @override
    def updated_draft(self, values: Values) -> SetupDraft:
        return msgspec.structs.replace(self.draft, backup=values.get("backup", ""))

    @override
    def settle(self, draft: SetupDraft) -> None:
        if not draft.backup:
            self.passed.emit(draft)
            return
        if draft.report:
            office = draft.report.path
        else:  # the file is not there yet; its folder alone matters
            office = Path(draft.share.folder if draft.share else draft.place, "x")
        self.work.run(
            _("Memeriksa folder cadangan …"),
            partial(examine_backups, draft.backup, office),
            partial(self.pass_with, draft),
            self.refuse,
        )
