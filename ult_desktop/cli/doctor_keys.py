"""What `doctor` says of the keys that personal data is sealed with."""

from ult_desktop.base.i18n import _
from ult_desktop.cli.doctor_line import CheckResult
from ult_desktop.db.access import keys
from ult_desktop.operations.office.office import Office


def check_keys(office: Office) -> CheckResult:
    """The first thing that somebody has to do about them, or that all is well."""
    found = office.read(keys.key_status)
    if found.nobody_opens:
        return CheckResult(
            "fail",
            _("Kunci data pribadi"),
            _("tidak seorang pun, dan tidak ada kode, yang membukanya: yang disegel sekarang hilang"),
            _("Masuk sekali sebagai admin: kantor mendapat kunci baru. Yang lama tetap tertutup."),
        )
    for is_so, words, todo in (
        (not found.generation, _("belum ada: data pribadi tidak tersegel"), _("Masuk sekali sebagai admin.")),
        (
            not found.has_code,
            _("belum ada kode pemulihan"),
            _("`ult-desktop keys recovery-code`, lalu simpan kertasnya di lemari terkunci."),
        ),
        (
            found.renewal_due,
            _("harus diganti: seorang pemegangnya sudah pergi"),
            _("Seorang petugas yang memegang kunci masuk sekali."),
        ),
        (
            found.clear_text_left,
            _("data dari masa sebelum ada kunci belum tersegel"),
            _("`ult-desktop keys seal-old`"),
        ),
        (bool(_waiting(found)), _waiting(found), _("Seorang petugas yang memegang kunci masuk sekali.")),
    ):
        if is_so:
            return CheckResult("warn", _("Kunci data pribadi"), words, todo)
    count = sum(found.holds(each) for each in found.officers)
    words = _("generasi {n}, dipegang {count} petugas").format(n=found.generation, count=count)
    return CheckResult("ok", _("Kunci data pribadi"), words)


def _waiting(found: keys.KeyStatus) -> str:
    names = [each.name for each in found.officers if each.has_pair and not found.holds(each)]
    return _("menunggu kunci: {names}").format(names=", ".join(names)) if names else ""
