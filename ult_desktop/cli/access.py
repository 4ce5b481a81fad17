"""`officer` and `keys`: the officers, their passwords and roles, and the keys of personal data."""

from typing import Annotated, Any

import click

from ult_desktop.base import _
from ult_desktop.cli.common import output, session
from ult_desktop.cli.common.help import KeyChoice
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.output import moment_words
from ult_desktop.cli.common.parameters import param
from ult_desktop.core.access import commands
from ult_desktop.core.access.commands import SealOld
from ult_desktop.core.access.passwords import password_rule
from ult_desktop.core.access.roles import Actor, Officer, Role
from ult_desktop.core.accountability.commands import ConfirmQualification, WithdrawQualification
from ult_desktop.core.accountability.qualifications import qualification_words
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.access import keys as key_rows, officers
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access import passwords, readers, recovery
from ult_desktop.operations.access.officers import guessable_words, hash_password
from ult_desktop.operations.access.recovery import require_proof, reset_admin
from ult_desktop.operations.accountability.qualifications import required_of_officer
from ult_desktop.operations.office.office import Office

NEW_PASSWORD_VARIABLE = "ULT_NEW_PASSWORD"  # noqa: S105  (the name of a variable)
CODE_VARIABLE = "ULT_RECOVERY_CODE"
_NEW_PASSWORD_WORDS = f"Ditanyakan, atau dari {NEW_PASSWORD_VARIABLE}."
NewPassword = Annotated[str | None, param(_NEW_PASSWORD_WORDS, envvar=NEW_PASSWORD_VARIABLE)]


def _hash_typed(office: Office, password: str) -> str:
    """Hash a password, in which neither words of the office nor the officer's login and name may be."""
    typed = click.get_current_context().params  # the officer may be new to the office
    return hash_password(password, (*office.read(guessable_words), typed["login"], typed.get("name", "")))


_PASSWORD = param(
    _NEW_PASSWORD_WORDS,
    "--new-password",
    resolve=_hash_typed,
    required=False,
    envvar=NEW_PASSWORD_VARIABLE,
    prompt="Kata sandi baru",
    hide_input=True,
    confirmation_prompt=True,
)
_ROLES = KeyChoice([role for role in Role if role is not Role.STATION])


def _write_password(office: Office, row: Officer, _as_json: bool) -> None:
    click.echo(_("Kata sandi {login} diganti.").format(login=row.login))
    if office.read(lambda tx: readers.lacks_keys(tx, row, office.clock())):
        click.echo(
            _("Ia membaca data pribadi lagi setelah masuk, begitu petugas yang memegang kunci juga masuk.")
        )


def _write_roles(_office: Office, _answer: object, _as_json: bool) -> None:
    roles = ", ".join(Role(role).word for role in session.typed_value("roles"))
    message = _("Peran {login} sekarang: {roles}. Jendelanya berubah setelah {login} masuk lagi.")
    click.echo(message.format(login=session.typed_value("login"), roles=roles))


def _write_officer(office: Office, row: Officer, as_json: bool) -> None:
    qualifications = office.read(lambda tx: required_of_officer(tx, row))
    if as_json:
        fields = {"login": row.login, "name": row.name, "roles": row.roles}
        met = {each.procedure.id: each.is_met for each in qualifications}
        session.write_json({**fields, "can_sign_in": bool(row.password_hash), "qualified": met})
        return
    line = output.answer_reader(office).line(row, "login", "name", "roles")
    if qualifications:
        states = (
            f"{each.procedure.id} {_('dipenuhi') if each.is_met else _('belum')}" for each in qualifications
        )
        line += _(" · Kualifikasi: {words}").format(words=", ".join(states))
    click.echo(line)


officer = Noun(
    "officer",
    nouns=("access", "accountability"),
    password_hash=_PASSWORD,
    roles=param(flag="--role", type=_ROLES),
    usual_counter=param('Loket yang biasa; "" bila tidak tetap.', "--counter"),
    since="Terpenuhi sejak, misalnya 2026-02-02.",
    evidence="Buktinya: ijazah, pelatihan, atau pengalaman.",
    reason="Mengapa tidak lagi memenuhi.",
)
officer.subcommand("Petugas yang aktif.", "list", output.row_writer(_write_officer))(officers.all_active)
officer.customise(commands.EditOfficer, write=_write_officer)
officer.customise(commands.ReturnOfficer, write=_write_officer)
officer.customise(commands.ChangeRoles, write=_write_roles, has_json=False)
officer.customise(
    commands.RetireOfficer,
    write=lambda *_done: click.echo(
        _("Petugas {login} dinonaktifkan.").format(login=session.typed_value("login"))
    ),
    has_json=False,
)
officer.customise(ConfirmQualification, write=output.words_writer(qualification_words))
officer.customise(
    WithdrawQualification,
    write=output.words_writer(lambda found: _("Konfirmasi {name} ditarik.").format(name=found.officer)),
)


@officer.builder(
    write=lambda *_done: click.echo(
        _("Petugas {login} ditambahkan. Kata sandinya diganti sendiri saat masuk pertama.").format(
            login=session.typed_value("login")
        )
    ),
    has_json=False,
    without=("pair",),
    roles=param(default=[Role.FRONT_OFFICE.value], show_default=True),
)
def _add_officer(office: Office, **fields: Any) -> commands.AddOfficer:  # noqa: ANN401  (each field has its type)
    password = session.typed_value("password_hash")  # as it was typed, before `resolve` made its hash
    pair = office.keys.make_pair_for(password, fields["password_hash"])
    return commands.AddOfficer(pair=pair, **fields)


@officer.builder(write=_write_password, has_json=False)
def _set_password(office: Office, by_login: str, login: str, *, password_hash: str) -> commands.SetPassword:
    """Build the command: an officer who changes their own password keeps their keys."""
    password = session.typed_value("password_hash")  # as it was typed, before `resolve` made its hash
    if login == by_login:
        own_key = office.keys.rewrap_pair(password, password_hash)
        return commands.SetPassword(login=login, password_hash=password_hash, own_key=own_key)
    pair = office.keys.make_pair_for(password, password_hash)
    return commands.SetPassword(login=login, password_hash=password_hash, pair=pair)


def _ask_new_password() -> str:
    click.echo(password_rule(), err=True)
    password: str = click.prompt(_("Kata sandi baru"), hide_input=True, confirmation_prompt=True)
    return password


@officer.subcommand("Ganti kata sandi sendiri; yang lama ditanyakan dulu.")
def my_password(office: Office, by_login: str, *, new_password: NewPassword = None) -> None:
    old = session.ask_password()
    by = office.sign_in(by_login, old)
    passwords.change(office, by, old, _ask_new_password() if new_password is None else new_password)
    click.echo(_("Kata sandi {login} diganti.").format(login=by_login))


@officer.subcommand("Kata sandi admin terlupa: jalan kembali lewat folder berkas kantor.", "reset-admin")
def reset_admin_password(
    office: Office,
    *,
    login: Annotated[str, param("Nama masuk admin itu.", show_default=True)] = "admin",
    new_password: NewPassword = None,
) -> None:
    """Reset the password; the new one is asked for only after the proof that `require_proof` wants."""
    require_proof(office, login)
    password = _ask_new_password() if new_password is None else new_password
    old_password_only = reset_admin(office, login, password)
    message = _("Kata sandi {login} diganti. Catatan kantor menyimpannya, dan setiap admin diberi tahu.")
    click.echo(message.format(login=login))
    if old_password_only:
        message = _(
            "Data pribadi hanya terbuka dengan kata sandi lama {login}, sebab petugas lain dan kode\n"
            "pemulihan tidak ada. Bila teringat: reset-admin sekali lagi dengan kata sandi lama itu, lalu\n"
            "`ult-desktop keys recovery-code`. Bila tidak: `ult-desktop keys give-up {login}`"
        )
        click.echo(message.format(login=login))
        return
    click.echo(
        _(
            "Data pribadi terbaca lagi setelah petugas lain yang memegang kunci masuk, atau dengan kode\n"
            "pemulihan: `ult-desktop keys recover`"
        )
    )


@officer.subcommand(
    "Pemberitahuan untuk admin: kata sandi yang diganti lewat folder. Setelah tampil, hilang."
)
def notices(office: Office, by: Actor, as_json: bool) -> None:
    unseen = office.read(lambda tx: officers.notices_for(tx, by.officer_id or 0))
    if unseen:
        office.perform(commands.SeeNotices(), by)
    elif not as_json:
        output.write_lines(())
    zone = office.read(office_rows.zone)
    for notice in unseen:
        at = to_datetime(notice.at, zone)
        session.write(
            as_json,
            {"name": notice.name, "at": at.isoformat(), "station": notice.station},
            f"{moment_words(at)}  {notice.name}  {notice.station}",
        )


def _write_key_status(_office: Office, key_status: key_rows.KeyStatus, as_json: bool) -> None:
    if as_json:
        session.write_json(key_status)
        return
    click.echo(_("Generasi kunci: {n}").format(n=key_status.generation or "-"))
    click.echo(_("Kode pemulihan: ada") if key_status.has_code else _("Kode pemulihan: belum ada"))
    if key_status.lost:
        names = ", ".join(map(str, key_status.lost))
        click.echo(_("Tidak dibuka siapa pun lagi: generasi {names}").format(names=names))
    if key_status.renewal_due:
        click.echo(_("Kunci diganti begitu petugas yang memegangnya masuk."))
    if key_status.clear_text_left:
        click.echo(_("Masih ada data lama yang belum disegel: `ult-desktop keys seal-old`"))
    for holder in key_status.officers:
        click.echo(f"{holder.login:<16} {holder.name:<28} {_holding_words(holder, key_status)}")


def _holding_words(holder: key_rows.Holder, status: key_rows.KeyStatus) -> str:
    if not holder.may_open:
        if holder.generations:
            return _("memegang kunci tanpa hak")
        return _("tanpa hak membuka data pribadi")
    if status.opens_all(holder):
        return _("memegang kunci")
    return _("menunggu kunci") if holder.has_pair else _("belum pernah masuk")


keys = Noun("keys")


@keys.subcommand("Generasi kunci, siapa memegangnya, dan apakah ada kode pemulihan.", write=_write_key_status)
def status(tx: Transaction, now: int) -> key_rows.KeyStatus:
    return readers.key_status(tx, now)


@keys.subcommand("Beri kunci kepada petugas yang menunggunya.")
def grant(office: Office, by_login: str) -> None:
    """Sign the officer in: an officer with keys, who signs in anywhere, gives them to those without."""

    def officers_without_keys() -> set[int]:
        missing = office.read(lambda tx: readers.missing_grants(tx, office.clock()))
        return {each.officer_id for each in missing}

    before = officers_without_keys()
    session.sign_in(office, by_login)
    after = officers_without_keys()
    message = _("{given} petugas menerima kunci, {waiting} masih menunggu.")
    click.echo(message.format(given=len(before - after), waiting=len(after)))


@keys.subcommand("Buat kode pemulihan baru; yang lama tidak berlaku lagi.")
def recovery_code(office: Office, by: Actor, as_json: bool) -> None:
    code = recovery.renew_code(office, by)
    session.write(as_json, {"recovery_code": code}, code)
    if not as_json:
        click.echo(
            _("Tulis di kertas dan simpan di lemari terkunci. Kode lama tidak berlaku lagi."), err=True
        )


@keys.subcommand("Beri kunci kepada admin dengan kode pemulihan.")
def recover(
    office: Office,
    by: Actor,
    *,
    code: Annotated[
        str | None, param(f"Ditanyakan, atau dari {CODE_VARIABLE}.", envvar=CODE_VARIABLE)
    ] = None,
) -> None:
    recovery.recover(office, by, code or click.prompt(_("Kode pemulihan"), err=True))
    message = _("{name} memegang kunci data pribadi lagi. Buat kode pemulihan baru bila kertasnya hilang.")
    click.echo(message.format(name=by.name))


@keys.subcommand("Lepaskan kunci LOGIN yang kata sandinya terlupa: isinya hilang selamanya.")
def give_up(
    office: Office, by: Actor, login: str, *, yes: Annotated[bool, "Jangan bertanya lagi."] = False
) -> None:
    """Give up keys that nobody else and no recovery code can open; the office goes on with new keys."""
    question = _("Yang hanya dibuka kunci {login} tidak akan terbaca lagi. Lepaskan?")
    session.confirm(question.format(login=login), yes=yes)
    recovery.give_up(office, by, login)
    message = _("Kunci {login} dilepas. Kantor mendapat kunci baru begitu seorang admin masuk.")
    click.echo(message.format(login=login))
    click.echo(_("Sesudah itu buat kode pemulihan: `ult-desktop keys recovery-code`"))


@keys.subcommand("Segel data pribadi yang ditulis sebelum kantor mempunyai kunci.")
def seal_old(office: Office, by: Actor) -> None:
    """Seal a portion at a time, so that no counter waits; an interrupted run is completed by the next one."""
    has_more = office.perform(SealOld(anew=True), by)
    while has_more:
        has_more = office.perform(SealOld(), by)
    click.echo(_("Semua data pribadi kantor sudah dikunci."))
