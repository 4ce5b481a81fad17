"""The capability table of printers, and what is read out of it."""

import subprocess
import sys

import pytest

from tests.program import ROOT
from ult_desktop.devices.printer.model import known_profiles, model_for


def test_the_usual_80_mm_printer_fits_every_line_width_and_cuts() -> None:
    model = model_for("", 80)
    assert (model.columns, model.dots, model.native_qr, model.cuts) == (42, 504, True, True)


def test_the_usual_58_mm_printer_has_neither_qr_nor_cutter() -> None:
    model = model_for("", 58)
    assert (model.columns, model.dots, model.native_qr, model.cuts) == (32, 384, False, False)


@pytest.mark.parametrize(
    ("profile", "columns"), [("TM-T88V", 42), ("TM-T20II", 48), ("NT-80-V-UL", 42), ("POS-5890", 32)]
)
def test_columns_come_from_the_profile(profile: str, columns: int) -> None:
    assert model_for(profile, 80).columns == columns


def test_narrow_paper_narrows_a_wide_profile() -> None:
    assert model_for("TM-T88V", 58).columns == 32


@pytest.mark.parametrize("native", [True, False])
def test_the_settings_overrule_the_table_for_a_clone(native: bool) -> None:
    assert model_for("TM-T88V", 80, native).native_qr is native


def test_every_profile_prints_the_code_page() -> None:
    models = [model_for(name, 80) for name in known_profiles()]
    assert len(models) > 30
    assert all(32 <= model.columns <= 48 and model.code_page() == 0 for model in models)


def test_a_display_without_the_code_page_is_no_ticket_printer() -> None:
    assert "AF-240" not in known_profiles()


def test_python_escpos_brings_neither_yaml_nor_barcodes() -> None:
    """And leaves no stand-in behind, nor the library of somebody who has it already."""
    look = (
        "import sys, types; sys.modules['yaml'] = there = types.ModuleType('yaml');"
        "from ult_desktop.devices.printer import escpos_library;"
        "print(sys.modules['yaml'] is there, 'barcode' in sys.modules, 'xml' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "False"]
