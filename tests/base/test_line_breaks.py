"""Where lines end: a number keeps its word, and no short word stands alone."""

import pytest

from ult_desktop.base.line_breaks import break_lines, faults


def broken(text: str, letters: int) -> tuple[str, ...]:
    return break_lines(text, lambda line: len(line) <= letters)


@pytest.mark.parametrize(
    ("text", "letters", "lines"),
    [
        ("Nomor Anda tetap berlaku. 58 menit lagi", 30, ("Nomor Anda tetap berlaku.", "58 menit lagi")),
        (
            "Buka kembali Senin, 23 November 2026 pukul 07.30 WITA.",
            46,
            ("Buka kembali Senin, 23 November 2026", "pukul 07.30 WITA."),
        ),
        ("Anda dipanggil di Loket 1", 23, ("Anda dipanggil di", "Loket 1")),
        ("Silakan duduk. Lihat layar TV.", 27, ("Silakan duduk. Lihat", "layar TV.")),
        ("Informasi & Konsultasi", 12, ("Informasi &", "Konsultasi")),
    ],
)
def test_lines_end_where_people_pause(text: str, letters: int, lines: tuple[str, ...]) -> None:
    assert broken(text, letters) == lines
    assert not faults(lines)


@pytest.mark.parametrize("letters", range(1, 60))
def test_nothing_is_lost_and_no_line_is_added(letters: int) -> None:
    text = "Loket 1, Loket 2 (7 lagi) 30 menit, pukul 07.30 WITA, sampai 12 Desember 2026 di lantai 3. Ya"
    lines = broken(text, letters)
    assert " ".join(lines) == text
    assert all(len(line) <= letters or " " not in line for line in lines)
    full = [text.split(maxsplit=1)[0]]
    for word in text.split()[1:]:
        if len(full[-1]) + 1 + len(word) <= letters:
            full[-1] += f" {word}"
        else:
            full.append(word)
    assert len(lines) == len(full)
    assert faults(lines) <= faults(full)


def test_no_words_are_no_lines() -> None:
    assert broken("", 10) == ()
    assert faults(()) == 0
