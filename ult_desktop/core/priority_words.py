"""What a vulnerable visitor declared and asked for, in words."""

from ult_desktop.core.ticket import Help, PriorityGround
from ult_desktop.i18n import _


def ground_word(ground: PriorityGround) -> str:
    return {
        PriorityGround.ELDERLY: _("lansia"),
        PriorityGround.DISABILITY: _("penyandang disabilitas"),
        PriorityGround.PREGNANT: _("ibu hamil"),
        PriorityGround.NURSING: _("ibu menyusui"),
        PriorityGround.WITH_CHILD: _("membawa anak"),
        PriorityGround.DISASTER: _("korban bencana"),
    }[ground]


def help_word(wanted: Help) -> str:
    return {
        Help.WHEELCHAIR: _("kursi roda"),
        Help.CANE: _("tongkat"),
        Help.ESCORT: _("pendamping"),
    }[wanted]
