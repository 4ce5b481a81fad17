"""The identity cards that the office holds, and the badges that visitors wear (POS Sumut tatap muka 3, 7)."""

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.free_text import normalise_line, says_something
from ult_desktop.core.visits import commands, custody as visit_custody
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import custody
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.visits.end_visits import end_if_over


@handles(commands.LendCard, needs=Permission.RECEIVE_VISITORS, answer=custody.get_card)
@named("visit lend-card", "Kartu tamu VISIT dilihat, atau dipegang dengan --held.")
def lend_card(command: commands.LendCard, tx: Transaction, context: Context) -> NewEvent:
    visit = lookup.require_open_visit(tx, command.visit_id)
    if any(card.kind is command.kind for card in custody.held_cards_of(tx, visit.id)):
        raise refuse(
            _("{card} pengunjung ini sudah dipegang.").format(card=command.kind.word),
            _("Kembalikan dulu, lalu pinjam lagi."),
        )
    cleaned = msgspec.structs.replace(
        command, purpose=normalise_line(command.purpose), place=normalise_line(command.place)
    )
    loan_id = custody.lend_card(tx, cleaned, context.at, context.by.officer_id)
    return NewEvent("card.lent", "visit", loan_id, {"kind": command.kind, "held": command.held})


def _require_held_card(tx: Transaction, loan_id: int) -> visit_custody.CardLoan:
    card = require_found(custody.find_card(tx, loan_id), _("Peminjaman kartu itu tidak ada."))
    if not card.is_held:
        raise refuse(_("Kartu itu sudah tidak di sini."))
    return card


@handles(commands.ReturnCard, needs=Permission.RECEIVE_VISITORS, answer=custody.get_card)
def return_card(command: commands.ReturnCard, tx: Transaction, context: Context) -> NewEvent:
    card = _require_held_card(tx, command.loan_id)
    custody.end_card(tx, card.id, context.at, context.by.officer_id)
    end_if_over(tx, context, card.visit_id)
    return NewEvent("card.returned", "visit", card.id)


@handles(commands.ReleaseCardWithReason, needs=Permission.RECEIVE_VISITORS, answer=custody.get_card)
# `visit return-card` sends this command with --reason, else `ReturnCard` (`cli/visit.py`).
@named("visit return-card", "Kartu dari peminjaman LOAN kembali; --reason bila tidak kembali.")
def release_card(command: commands.ReleaseCardWithReason, tx: Transaction, context: Context) -> NewEvent:
    card = _require_held_card(tx, command.loan_id)
    if not says_something(command.reason):
        raise refuse(_("Kartu yang tidak kembali perlu alasan."), _("Tulis di mana kartunya dan mengapa."))
    custody.end_card(tx, card.id, context.at, context.by.officer_id, command.reason.strip())
    end_if_over(tx, context, card.visit_id)
    return NewEvent("card.released", "visit", card.id)


@handles(commands.GiveBadge, needs=Permission.KEEP_DESK_BOOKS, answer=custody.get_badge)
@named("visit badge", "Tag tamu bernomor NUMBER untuk kunjungan VISIT.")
def give_badge(command: commands.GiveBadge, tx: Transaction, context: Context) -> NewEvent:
    visit = lookup.require_open_visit(tx, command.visit_id)
    number = normalise_line(command.number)
    if not number:
        raise refuse(_("Nomor tag tamu belum diisi."))
    worn = custody.find_badge_out(tx, number)
    if worn is not None:
        raise refuse(
            _("Tag tamu {number} masih dipakai {who}.").format(
                number=number, who=worn.guest or worn.label or _("pengunjung lain")
            ),
            _("Catat kembalinya dulu, atau pilih nomor lain."),
        )
    cleaned = msgspec.structs.replace(command, number=number)
    loan_id = custody.give_badge(tx, cleaned, context.at, context.by.officer_id)
    return NewEvent("badge.given", "visit", loan_id, {"visit": visit.id})


@handles(commands.ReturnBadge, needs=Permission.KEEP_DESK_BOOKS, answer=custody.get_badge)
@named("visit return-badge", "Tag tamu dari LOAN kembali, atau --lost.")
def return_badge(command: commands.ReturnBadge, tx: Transaction, context: Context) -> NewEvent:
    badge = require_found(custody.find_badge(tx, command.loan_id), _("Tag tamu itu tidak tercatat keluar."))
    if badge.returned_at is not None:
        raise refuse(_("Tag tamu {number} sudah kembali.").format(number=badge.number))
    # No `end_if_over`: a badge keeps no visit open.
    custody.end_badge(tx, badge.id, context.at, context.by.officer_id, lost=command.lost)
    return NewEvent("badge.returned", "visit", badge.id, {"lost": command.lost})
