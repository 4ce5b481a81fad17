"""What a vulnerable visitor declared and asked for, in words."""

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.ticket import Help, PriorityReason


def reason_word(ground: PriorityReason) -> str:
    return {
        PriorityReason.ELDERLY: _("lansia"),
        PriorityReason.DISABILITY: _("penyandang disabilitas"),
        PriorityReason.PREGNANT: _("ibu hamil"),
        PriorityReason.NURSING: _("ibu menyusui"),
        PriorityReason.WITH_CHILD: _("membawa anak"),
        PriorityReason.DISASTER: _("korban bencana"),
    }[ground]


def help_word(wanted: Help) -> str:
    return {
        Help.WHEELCHAIR: _("kursi roda"),
        Help.CANE: _("tongkat"),
        Help.ESCORT: _("pendamping"),
    }[wanted]
