"""The test for passwords that are easy to guess; Argon2id and the waits after wrong ones do the rest."""

import re

from ult_desktop.base import UserError, _

SHORTEST = 8
_FEWEST_LETTERS = 4  # different characters
_RUNS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl")
_COMMON = frozenset({"passw0rd"})
# The words that somebody who knows the office tries first. A password of these alone is refused, also with
# digits between them.
_COMMON_WORDS = """
aceh admin administrator antrean antrian bali balai banten bengkulu bgp bgtk bpmp bpmpk dinas dki
gorontalo guru indonesia jabar jakarta jambi jateng jatim jawa jogja kalbar kalimantan kalsel
kalteng kaltim kaltara kantor kemdikbud kemendikbud kemendikdasmen kementerian kepulauan kios
lampung layanan loket maluku merdeka ntb ntt operator papua password pegawai pelayanan pendidikan
petugas provinsi qwerty rahasia riau sandi sekolah selatan selamat sulawesi sulbar sulsel sulteng
sultra sulut sumatera sumbar sumsel sumut tamu tengah tenggara timur ult utara yogyakarta barat
"""


def rule_words() -> str:
    """Return the rule for passwords, for a person who chooses one."""
    return _(
        "Sedikitnya {n} karakter. Beberapa kata yang mudah diingat lebih kuat daripada satu kata dengan"
        " angka; bukan nama, 12345678, atau qwerty."
    ).format(n=SHORTEST)


def weakness(password: str, login: str = "") -> str:
    """Return what is wrong with a password, in words; "" when nothing is."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return _("Kata sandi terlalu pendek.")
    # The login with a year or a number around it is the first password that is guessed.
    if login and plain.strip("0123456789") == login.casefold():
        return _("Kata sandi memuat nama masuk Anda. Pilih yang lain.")
    words = re.findall(r"[^\W\d_]+", plain)
    guessed = plain in _COMMON or _is_run(plain) or (words and set(_COMMON_WORDS.split()).issuperset(words))
    if len(set(plain)) < _FEWEST_LETTERS or guessed:
        return _("Kata sandi itu mudah ditebak.")
    return ""


def require_strong(password: str, login: str = "") -> None:
    """Check a password. Raises UserError when it is too easy to guess."""
    if words := weakness(password, login):
        raise UserError(words, _("Kata sandi belum berubah."), rule_words())


def _is_run(plain: str) -> bool:
    return any(plain in run or plain in run[::-1] for run in _RUNS)
