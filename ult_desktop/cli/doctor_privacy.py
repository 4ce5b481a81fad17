"""What `doctor` says of personal data: what the schedule asks to erase, which three-day clocks run."""

from collections.abc import Iterator

from ult_desktop.base.i18n import _
from ult_desktop.cli.doctor_line import CheckResult
from ult_desktop.core.privacy.subjects import DeadlineState
from ult_desktop.db.privacy import breaches, subjects
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.retention import is_due


def check_privacy(office: Office) -> Iterator[CheckResult]:
    """Nothing of requests and breaches while there are none."""
    now, check = office.clock(), _("Retensi data pribadi")
    if office.read(lambda tx: is_due(tx, now)):
        todo = _("`ult-desktop retention run` menampilkannya; dengan --yes dihapus.")
        yield CheckResult("warn", check, _("ada yang jatuh tempo menurut jadwal"), todo)
    else:
        yield CheckResult("ok", check, _("tidak ada yang jatuh tempo"))
    for check, found in (
        (_("Permintaan subjek data"), office.read(subjects.still_open)),
        (_("Insiden data pribadi"), office.read(breaches.still_open)),
    ):
        late = sum(each.pace(now) is DeadlineState.RED for each in found)
        words = _("{n} belum ditutup, {late} lewat 3×24 jam").format(n=len(found), late=late)
        if late:
            yield CheckResult("fail", check, words, _("Jawab atau beri tahu hari ini juga (UU 27/2022)."))
        elif found:
            yield CheckResult("ok", check, words)
