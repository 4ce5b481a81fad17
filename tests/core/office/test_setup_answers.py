"""The answers of a set-up: what they refuse, and what follows from them."""

from pathlib import Path

import msgspec
import pytest

from ult_desktop.base.config import StationConfig
from ult_desktop.base.errors import UserError
from ult_desktop.base.settings_file import read_settings
from ult_desktop.core.office.setup_answers import NewOffice, SetupAnswers, share_path, station_of, template_of
from ult_desktop.core.office.template import Weekly
from ult_desktop.operations.office.office_files import load_office

OFFICE = '[office]\ntemplate = "bpmp-dki"\nadmin_password = "rahasia-kita"\n'
HOST = "[share]\nfolder = 'C:\\ult'\naccounts = [\"siti\"]\n"
WRONG = {
    "a kiosk that anybody leaves": ('database = "/x.db"\nmode = "kiosk"\n', 1, "kios perlu PIN keluar"),
    "a PIN that a visitor tries first": (
        'database = "/x.db"\nmode = "kiosk"\nexit_pin = "4321"\n',
        3,
        "PIN ini mudah ditebak",
    ),
    "no PIN at all": ('database = "/x.db"\nmode = "kiosk"\nexit_pin = ""\n', 3, "kios perlu PIN keluar"),
    "no path": ('database = ""\nmode = "kiosk"\n', 1, "jalur di antara kutip tunggal"),
    "no such mode": ('database = "/x.db"\nmode = "tv"\n', 2, '"counter", "display", "kiosk"'),
    "a short password": (
        'database = "/x.db"\nmode = "display"\n' + OFFICE.replace("rahasia-kita", "123"),
        5,
        "sedikitnya 8 huruf",
    ),
    "two people of one name": (
        'database = "/x.db"\nmode = "display"\n'
        + OFFICE
        + '[[office.officers]]\nlogin = "admin"\nname = "A"\npassword = "rahasia-kita"\n',
        7,
        "nama masuk dipakai dua kali: admin",
    ),
    "an office beside the share": (
        f"database = 'C:\\ult\\office.db'\nmode = \"display\"\n{HOST}",
        1,
        r"\\PC\ult\office.db",
    ),
    "another share": (
        f"database = '\\\\PC-1\\other\\office.db'\nmode = \"display\"\n{HOST}",
        1,
        "tidak di dalam folder yang dibagikan",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_named_to_the_line(tmp_path: Path, case: str) -> None:
    text, line, words = WRONG[case]
    path = tmp_path / "answers.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=f"baris {line}:") as refused:
        read_settings(path, SetupAnswers)
    assert words in str(refused.value)


def test_a_second_pc_needs_a_path_and_a_role(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_text("database = '\\\\S\\ult\\office.db'\nmode = \"counter\"\ncounter = 2\n", encoding="utf-8")
    made = station_of(read_settings(path, SetupAnswers), StationConfig(language="en"))
    assert (made.database, made.mode, made.counter.number) == (r"\\S\ult\office.db", "counter", 2)


def test_a_share_is_opened_by_its_network_path() -> None:
    path = share_path("PC-1", "ult")
    assert path == r"\\PC-1\ult\office.db"


def test_what_is_not_said_is_the_ready_made_offices() -> None:
    ready = load_office("bpmp-dki")
    same = template_of(ready, NewOffice(template="bpmp-dki", admin_password="rahasia-kita"))
    assert (same.office, same.hours, same.officers) == (ready.office, ready.hours, ())
    hours = Weekly(monday=("08.00-12.00",))
    new = NewOffice(template="bpmp-dki", admin_password="rahasia-kita", name="BPMP Kita", hours=hours)
    own = template_of(ready, new)
    assert (own.office.name, own.office.short_name, own.hours) == ("BPMP Kita", "BPMP Kita", hours)
    signs = {"letterhead": ("BPMP KITA",), "city": "Depok", "head": "Ani", "head_nip": "1970"}
    signed = template_of(ready, msgspec.structs.replace(new, **signs)).office
    assert {name: getattr(signed, name) for name in signs} == signs
