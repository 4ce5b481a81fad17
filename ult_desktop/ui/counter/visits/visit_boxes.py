"""The forms about a visit's way through the office: purpose, number, card, badge, end."""

from functools import partial
from typing import Any

from ult_desktop.base import _, language, pgettext
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.care.commands import DeclareVulnerable
from ult_desktop.core.queue import commands, ticket
from ult_desktop.core.visits import commands as visit_commands, identity, visit
from ult_desktop.operations.lookup import ticket_named
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.visits.boards import VisitForms
from ult_desktop.ui.counter.pages import FormBox, PageHost
from ult_desktop.ui.counter.words import worded
from ult_desktop.ui.kit.forms import ChoiceField, LineField, RadioField, TicksField

Values = dict[str, Any]


def purpose_box(host: PageHost, forms: VisitForms) -> FormBox:
    """POS Sumut tatap muka 2."""
    options = [(choice.value, choice.within(language())) for choice in forms.card.purposes]
    return FormBox(
        host,
        _("Keperluan tamu"),
        (ChoiceField(host.theme, "purpose", _("Pilih atau tulis"), options, required=True, free=True),),
        command=lambda values: visit_commands.RecordPurpose(visit_id=forms.card.visit.id, **values),
        told=_("Keperluan tercatat."),
        icon=("message-circle", "blue"),
        known={"purpose": forms.card.visit.purpose},
    )


def number_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for the number at reception (POS Sumut tatap muka 3, DKI 3)."""
    theme = host.theme
    grounds = worded(ticket.PriorityReason)
    said = forms.said.grounds if forms.said is not None else ()  # at the entrance (POS DKI 3)
    known = ticket.readable_reasons(said)
    unread = bool(said) and not known
    ask_again = _(
        "Pengunjung ini kelompok rentan, tetapi alasannya belum terbuka di sini. Tanyakan alasannya."
    )
    priority = None if unread else next(iter(known), "")
    return FormBox(
        host,
        _("Beri nomor antrean"),
        (
            ChoiceField(theme, "service_id", _("Layanan"), forms.services, required=True),
            RadioField(
                theme,
                "priority",
                _("Antrean"),
                grounds if unread else [("", _("biasa")), *grounds],
                required=unread,
            ),
        ),
        command=partial(_number, host, forms.card.visit.id),
        verb=_("Ambil nomor"),
        then=host.hand_out,
        icon=("ticket", "green"),
        words=ask_again if unread else "",
        known={"service_id": forms.card.visit.service_id, "priority": priority},
        wide=True,
    )


def _number(host: PageHost, visit_id: int, values: Values) -> commands.IssueTicket:
    return commands.IssueTicket(
        service_id=values["service_id"],
        priority=values["priority"] or None,
        visit_id=visit_id,
        wants_paper=host.can_print,
    )


def join_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for a welcomed visitor who took a number at the kiosk without help."""
    return FormBox(
        host,
        _("Tamu sudah mengambil nomor"),
        (LineField(host.theme, "label", _("Nomor antreannya"), required=True, hint="A012", most=20),),
        command=lambda values: partial(_join, forms.card.visit.id, values["label"]),
        verb=_("Gabungkan"),
        told=_("Kedatangan dan nomor digabung."),
        icon=("ticket", "blue"),
    )


def _join(visit_id: int, label: str, office: Office, actor: Actor) -> object:
    """Join the number to the visit.

    Raises:
        UserError: no number of today has this label.
    """
    number = office.read(lambda tx: ticket_named(tx, label, office.clock()))
    return office.perform(visit_commands.JoinVisit(visit_id=visit_id, ticket_id=number.id), actor)


def card_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for a card that is looked at and given back, or kept (POS Sumut tatap muka 3 and 7)."""
    theme = host.theme
    held = RadioField(
        theme,
        "held",
        _("Kartunya"),
        [(False, _("lihat saja, langsung dikembalikan")), (True, _("dipegang dulu"))],
    )
    place = LineField(theme, "place", _("Disimpan di mana"), hint=_("misalnya laci resepsionis"))
    held.changed.connect(lambda: place.set_shown(bool(held.value())))
    return FormBox(
        host,
        _("Kartu identitas"),
        (
            RadioField(theme, "kind", pgettext("one", "Kartu"), worded(identity.IdDocument), required=True),
            held,
            LineField(theme, "purpose", _("Untuk apa"), hint=_("misalnya mengisi data pengunjung")),
            place,
        ),
        command=lambda values: visit_commands.LendCard(visit_id=forms.card.visit.id, **values),
        verb=_("Catat"),
        told=_("Kartu tercatat."),
        icon=("id-card", "amber"),
        known={"kind": identity.IdDocument.KTP, "held": False},
        wide=True,
    )


def release_box(host: PageHost, loan_id: int) -> FormBox:
    """Make the box for a card that does not go back, with the reason."""
    return FormBox(
        host,
        _("Kartu tidak kembali"),
        (LineField(host.theme, "reason", _("Di mana kartunya dan mengapa"), required=True),),
        command=lambda values: visit_commands.ReleaseCardWithReason(loan_id=loan_id, **values),
        verb=_("Catat alasan"),
        told=_("Alasan tercatat."),
        icon=("id-card", "amber"),
    )


def badge_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for a visitor's badge (tag tamu)."""
    return FormBox(
        host,
        _("Tag tamu"),
        (LineField(host.theme, "number", _("Nomor tag tamu"), required=True, most=20),),
        command=lambda values: visit_commands.GiveBadge(visit_id=forms.card.visit.id, **values),
        verb=_("Berikan"),
        told=_("Tag tamu diberikan."),
        icon=("award", "blue"),
    )


def vulnerable_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box of what visitors say of themselves, never more (POS DKI 2). It alerts reception."""
    theme = host.theme
    return FormBox(
        host,
        _("Kelompok rentan"),
        (
            TicksField(
                theme, "grounds", _("Menurut pengakuan tamu"), worded(ticket.PriorityReason), required=True
            ),
            TicksField(theme, "help", _("Bantuan yang diinginkan"), worded(ticket.Help)),
        ),
        command=lambda values: DeclareVulnerable(visit_id=forms.card.visit.id, **values),
        verb=_("Beri tahu resepsionis"),
        told=_("Resepsionis dan loket prioritas diberi tahu."),
        icon=("heart-handshake", "violet"),
        wide=True,
    )


def end_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box that ends the visit. The office says what still has to be done first."""
    endings = (visit.Ending.DONE, visit.Ending.LEFT, visit.Ending.REFUSED)
    lacking = visit.Ending.REFUSED if forms.card.lacks_letter else visit.Ending.DONE
    return FormBox(
        host,
        _("Akhiri kunjungan"),
        (
            RadioField(host.theme, "ending", _("Bagaimana"), worded(endings), required=True),
            LineField(host.theme, "remark", _("Catatan")),
        ),
        command=lambda values: visit_commands.EndVisit(visit_id=forms.card.visit.id, **values),
        verb=_("Akhiri"),
        told=_("Kunjungan diakhiri."),
        icon=("log-out", "amber"),
        known={"ending": lacking},
        wide=True,
    )
