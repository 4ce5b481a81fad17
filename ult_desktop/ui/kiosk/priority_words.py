"""The grounds for priority and the help that can be asked for, as cards."""

from ult_desktop.core.ticket import Help, PriorityGround
from ult_desktop.i18n import _
from ult_desktop.ui.kiosk.choices import Face

GROUNDS = tuple(PriorityGround)
HELP_ICONS = {
    Help.WHEELCHAIR: ("accessibility", "violet"),
    Help.CANE: ("person-standing", "blue"),
    Help.ESCORT: ("heart-handshake", "green"),
}


def ground_faces() -> tuple[Face, ...]:
    return tuple(_ground_face(ground) for ground in GROUNDS)


def help_words(wanted: Help) -> tuple[str, str]:
    """The name of a help and what happens when it is wanted."""
    return {
        Help.WHEELCHAIR: (_("Kursi roda"), _("Petugas membawakannya kepada Anda")),
        Help.CANE: (_("Tongkat"), _("Petugas meminjamkannya kepada Anda")),
        Help.ESCORT: (_("Pendamping"), _("Petugas mendampingi sampai selesai")),
    }[wanted]


def _ground_face(ground: PriorityGround) -> Face:
    title, detail, icon, tint = {
        PriorityGround.ELDERLY: (_("Lansia"), _("60 tahun ke atas"), "user-round", "blue"),
        PriorityGround.DISABILITY: (
            _("Penyandang disabilitas"),
            _("Fisik, penglihatan, pendengaran, dan lainnya"),
            "accessibility",
            "violet",
        ),
        PriorityGround.PREGNANT: (_("Ibu hamil"), "", "heart-pulse", "pink"),
        PriorityGround.NURSING: (_("Ibu menyusui"), "", "hand-heart", "orange"),
        PriorityGround.WITH_CHILD: (_("Membawa anak"), _("Bayi atau anak kecil"), "baby", "green"),
        PriorityGround.DISASTER: (_("Korban bencana"), "", "house", "amber"),
    }[ground]
    return Face(title=title, name=title, icon=icon, tint=tint, detail=detail)
