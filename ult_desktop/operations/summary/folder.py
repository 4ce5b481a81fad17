"""The summaries of many offices in a folder, and the offices' keys that a person at this PC has confirmed."""

from datetime import date
from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _, paths
from ult_desktop.core.figures.period import days_between, parse_period
from ult_desktop.core.figures.report import PeriodReport, ReportKind
from ult_desktop.core.sheet import Letterhead
from ult_desktop.core.summary import tables
from ult_desktop.core.summary.collecting import Collected, Collector, OfferedKey, TrustedKey
from ult_desktop.core.summary.signing import MAX_BYTES, SignedSummary, read_signed
from ult_desktop.core.summary.summary import FILE_SUFFIX
from ult_desktop.db.store.share_files import open_regular

Keys = dict[str, TrustedKey]


def keys_path() -> Path:
    """Return the file of confirmed keys in the settings' folder."""
    return paths.settings_folder() / "rekap-keys.json"


def trusted_keys() -> Keys:
    """Return the confirmed keys by office code. Raises UserError when their file is damaged."""
    try:
        return msgspec.json.decode(keys_path().read_bytes(), type=Keys)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UserError(
            _("Daftar kunci kantor {path} tidak dapat dibaca ({error}).").format(
                path=keys_path(), error=error
            ),
            _("Tidak ada yang dihitung."),
            _("Pulihkan berkas itu, atau hapus dan pastikan kunci setiap kantor lagi."),
        ) from error


def read_summary(path: Path) -> SignedSummary:
    """Return the summary in a file. Raises UserError when it cannot be read, and as `read_signed`."""
    return read_signed(_read_bytes(path))


def _read_bytes(path: Path) -> bytes:
    try:
        with open_regular(path) as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(
            _("Berkas {path} tidak dapat dibaca ({error}).").format(path=path, error=error.strerror or error),
            _("Berkas itu tidak dihitung."),
            _("Periksa nama dan foldernya."),
        ) from error


def keys_with(offered: OfferedKey, *, replace: bool) -> Keys | None:
    """Return the confirmed keys with the offered one; None if it is confirmed already.

    Raises UserError if another key is confirmed for that office code, unless it is to be replaced.
    """
    confirmed = trusted_keys()
    present = confirmed.get(offered.code)
    if present is not None and present.key == offered.key:
        return None
    if present is not None and not replace:
        raise UserError(
            _("Kode {code} sudah dipastikan untuk {known} dengan kunci lain.").format(
                code=offered.code, known=present.name
            ),
            _("Kunci yang dahulu tetap berlaku."),
            _("Tanyakan kepada kantornya. Bila kuncinya memang baru, ulangi dengan --replace."),
        )
    return confirmed | {offered.code: TrustedKey(name=offered.name, key=offered.key)}


def collect(folder: Path, today: date) -> Collected:
    """Read every summary in a folder and in the folders below it."""
    collector = Collector(trusted_keys(), f"{today:%Y-%m}")
    for path in sorted(folder.rglob(f"*{FILE_SUFFIX}")):
        name = path.relative_to(folder).as_posix()
        try:
            collector.add(name, _read_bytes(path))
        except UserError as error:
            collector.refuse(name, error.what)
    return collector.result()


def require_counted_office(collected: Collected, folder: Path) -> None:
    """Raise UserError if no summary counts; it says why the first three do not."""
    if not collected.offices:
        reasons = "; ".join(f"{refused.file}: {refused.why}" for refused in collected.refused[:3])
        raise UserError(
            _("Tidak ada rekap yang dapat dihitung di {folder}.").format(folder=folder),
            reasons or _("Foldernya tidak berisi berkas rekap."),
            _("Minta berkas {ending} dari kantor, dan pastikan kuncinya: summary trust BERKAS.").format(
                ending=FILE_SUFFIX
            ),
        )


def collected_report(collected: Collected, today: date) -> PeriodReport:
    """Return the collected summaries as a report."""
    return PeriodReport(
        kind=ReportKind.COLLECTED,
        office=Letterhead((_("Rekap antarkantor"),)),
        period=days_between(parse_period(collected.first).first, parse_period(collected.last).last),
        made_on=today,
        tiles=(),
        parts=tables.collected_parts(collected),
        notes=tables.collected_notes(collected),
    )
