"""The grounds for priority and the help that can be asked for, as cards."""

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.ui.kiosk.parts.choices import Face

REASONS = tuple(PriorityReason)
HELP_ICONS = {
    Help.WHEELCHAIR: ("accessibility", "violet"),
    Help.CANE: ("person-standing", "blue"),
    Help.ESCORT: ("heart-handshake", "green"),
}


def reason_faces() -> tuple[Face, ...]:
    return tuple(_reason_face(ground) for ground in REASONS)


def help_words(wanted: Help) -> tuple[str, str]:
    """The name of a help and what happens when it is wanted."""
    return {
        Help.WHEELCHAIR: (_("Kursi roda"), _("Petugas membawakannya kepada Anda")),
        Help.CANE: (_("Tongkat"), _("Petugas meminjamkannya kepada Anda")),
        Help.ESCORT: (_("Pendamping"), _("Petugas mendampingi sampai selesai")),
    }[wanted]


def _reason_face(ground: PriorityReason) -> Face:
    title, detail, icon, tint = {
        PriorityReason.ELDERLY: (_("Lansia"), _("60 tahun ke atas"), "user-round", "blue"),
        PriorityReason.DISABILITY: (
            _("Penyandang disabilitas"),
            _("Fisik, penglihatan, pendengaran, dan lainnya"),
            "accessibility",
            "violet",
        ),
        PriorityReason.PREGNANT: (_("Ibu hamil"), "", "heart-pulse", "pink"),
        PriorityReason.NURSING: (_("Ibu menyusui"), "", "hand-heart", "orange"),
        PriorityReason.WITH_CHILD: (_("Membawa anak"), _("Bayi atau anak kecil"), "baby", "green"),
        PriorityReason.DISASTER: (_("Korban bencana"), "", "house", "amber"),
    }[ground]
    return Face(title=title, name=title, icon=icon, tint=tint, detail=detail)
