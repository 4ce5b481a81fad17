"""The state of a printer, read from the DLE EOT and GS r answers of Epson's reference."""

from enum import unique

from ult_desktop.base import WordEnum, _


@unique
class PrinterState(WordEnum):
    """The states of a printer that a person can act on.

    The words say what is the matter and what to do, for the person who looks after the printer.
    """

    READY = "ready", "Printer siap."
    PAPER_LOW = "paper_low", "Kertas printer hampir habis. Siapkan rol pengganti."
    PAPER_OUT = "paper_out", "Kertas printer habis. Pasang rol baru."
    COVER_OPEN = "cover_open", "Tutup printer terbuka. Tutup sampai berbunyi klik."
    OFFLINE = "offline", "Printer mati, terputus, atau macet. Periksa listrik, kabel, dan lampu galat."
    NO_ANSWER = (
        "no_answer",
        "Printer tidak menjawab dalam 3 detik. Matikan, tunggu sebentar, lalu nyalakan lagi.",
    )
    PAUSED = "paused", "Antrean printer dijeda di Windows. Buka antreannya dan lanjutkan."
    MISSING = "missing", "Windows tidak menemukan printer ini. Periksa namanya, dan PC yang membagikannya."
    UNKNOWN = "unknown", "Printer ini tidak dapat melaporkan keadaannya."
    NONE = "none", "Tidak ada printer di perangkat ini."

    @property
    def can_print(self) -> bool:
        """Return whether a ticket may be sent: by all that is known it would come out."""
        return self in {PrinterState.READY, PrinterState.PAPER_LOW, PrinterState.UNKNOWN}

    @property
    def for_visitor(self) -> str:
        """The calm line for the visitor; "" when there is nothing the visitor needs to know."""
        return {
            PrinterState.PAPER_OUT: _("Kertas karcis habis. Nomor Anda tetap berlaku."),
            PrinterState.COVER_OPEN: _("Printer karcis sedang terbuka. Nomor Anda tetap berlaku."),
            PrinterState.OFFLINE: _("Printer karcis sedang tidak siap. Nomor Anda tetap berlaku."),
            PrinterState.NO_ANSWER: _("Printer karcis tidak menjawab. Nomor Anda tetap berlaku."),
            PrinterState.PAUSED: _("Printer karcis sedang dijeda. Nomor Anda tetap berlaku."),
            PrinterState.MISSING: _("Printer karcis tidak ditemukan. Nomor Anda tetap berlaku."),
            PrinterState.NONE: _("Karcis tidak dicetak di sini. Nomor Anda tetap berlaku."),
        }.get(self, "")


# The n of DLE EOT: https://download4.epson.biz/sec_pubs/pos/reference_en/escpos/dle_eot.html
PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER_SENSOR = 1, 2, 3, 4
# The order of asking: a printer that falls silent after the first answers has answered what counts most.
QUESTIONS = (PRINTER, PAPER_SENSOR, OFFLINE_CAUSE)
PAPER_REQUEST = b"\x1dr\x01"  # GS r 1, answered only after everything before it is carried out

# The bits of an answer, by the n of its question.
_IS_OFFLINE = 0x08  # n = 1
_COVER, _PAPER_STOP, _ERROR = 0x04, 0x20, 0x40  # n = 2
_NO_RECOVERY = 0x08 | 0x20  # n = 3: cutter, unrecoverable
_NEAR_END, _PAPER_END = 0x0C, 0x60  # n = 4


def request(number: int) -> bytes:
    """Return DLE EOT n, which is answered at once, even when the printer is offline."""
    return bytes([0x10, 0x04, number])


def is_status(byte: int) -> bool:
    """Return whether `byte` can answer DLE EOT: bits 1 and 4 are set, bits 0 and 7 are not."""
    # The fixed bits tell this answer from those to GS r and from the automatic status that some models send
    # unasked.
    return byte & 0b10010011 == 0b00010010


def is_paper_answer(byte: int) -> bool:
    """Return whether `byte` can answer GS r: bits 4 and 7 are not set."""
    return byte & 0b10010000 == 0


def state_of(answers: dict[int, int]) -> PrinterState:
    """Return the state that the answers to DLE EOT mean, by the n of the question, as many as came.

    No answer at all is NO_ANSWER. An open cover comes first: on many models it also trips the paper sensor.
    """
    if not answers:
        return PrinterState.NO_ANSWER
    cause, paper = answers.get(OFFLINE_CAUSE, 0), answers.get(PAPER_SENSOR, 0)
    if cause & _COVER:
        return PrinterState.COVER_OPEN
    if paper & _PAPER_END or cause & _PAPER_STOP:
        return PrinterState.PAPER_OUT
    is_offline = answers.get(PRINTER, 0) & _IS_OFFLINE
    if is_offline or cause & _ERROR or answers.get(ERROR_CAUSE, 0) & _NO_RECOVERY:
        return PrinterState.OFFLINE
    return PrinterState.PAPER_LOW if paper & _NEAR_END else PrinterState.READY
