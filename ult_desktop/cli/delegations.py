"""Delegation from the command line: hand a task over, list, end."""

from ult_desktop.cli.asking import DAY, Noun, argument, by_row, day_named, in_words, of_office, option
from ult_desktop.core.accountability.commands import Delegate, EndDelegation
from ult_desktop.core.accountability.deviations import Delegation, form_word
from ult_desktop.db.accountability import delegations as rows


def _line(found: Delegation) -> str:
    days = found.first_day if found.first_day == found.last_day else f"{found.first_day}–{found.last_day}"
    ended = "" if found.ended_at is None else "  diakhiri"
    return f"{found.id}  {found.absent} → {found.delegate}  {days}  {form_word(found.form)}{ended}"


delegate = Noun(
    "delegate",
    "Pengalihan tugas petugas yang berhalangan.",
    resolve={"first_day": day_named, "last_day": day_named, "letter_date": day_named},
    write=in_words(_line),
)
delegate.ask(
    "give",
    Delegate,
    "Alihkan tugas ABSENT kepada TO (nama masuk), dengan surat penugasan atau lisan.",
    argument("absent"),
    argument("delegate", metavar="TO"),
    option("first_day", "Hari pertama, misalnya 2026-11-23.", named="--from", type=DAY),
    option("last_day", "Hari terakhir; tanpa ini hari pertama saja.", named="--to", type=DAY, default=None),
    option("letter_number", "Nomor surat penugasan.", named="--letter"),
    option("letter_date", "Tanggal surat penugasan.", type=DAY),
    option("procedure_id", "Secara lisan, untuk prosedur ini.", named="--oral", metavar="PROCEDURE"),
    option("ordered_by", "Siapa yang memerintahkan secara lisan."),
    option("notes", "Saksi atau catatan."),
    make=lambda _office, first_day, last_day, procedure_id, **said: Delegate(
        first_day=first_day,
        last_day=last_day or first_day,
        form="lisan" if procedure_id else "surat_penugasan",
        procedure_id=procedure_id,
        **said,
    ),
)
delegate.query(
    "list",
    "Penugasan terakhir, yang terbaru lebih dulu.",
    of_office(rows.recent),
    write=by_row(in_words(_line)),
)
delegate.ask(
    "end",
    EndDelegation,
    "Akhiri penugasan NUMBER sebelum hari terakhirnya.",
    argument("delegation_id", metavar="NUMBER"),
)
