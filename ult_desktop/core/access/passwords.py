"""The test for passwords that are easy to guess; Argon2id and the waits after wrong ones do the rest."""

import re
from collections.abc import Iterable

from ult_desktop.base import UserError, _

SHORTEST = 8
_MIN_DIFFERENT = 4  # different characters
_SHORTEST_WORD = 3  # letters: of shorter ones any password could be made
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
# Letters that are written as other characters: p4pua, P@ssw0rd.
_DISGUISES = str.maketrans("013457@$", "oieastas")
# The words that somebody tries first who knows an office of the ministry, or what most people choose.
_COMMON_WORDS = """
aceh admin administrator antrean antrian babel bali balai banten barat belitung bengkulu bgp bgtk bpmp
bpmpk dinas diy dki gorontalo guru indonesia jabar jakarta jalan jambi jateng jatim jawa jogja kabupaten
kalbar kalimantan kalsel kalteng kaltim kaltara kantor kemdikbud kemendikbud kemendikdasmen kementerian
kepri kepulauan kios kota lampung layanan loket maluku merdeka ntb ntt operator papua password pegawai
pelayanan pendidikan petugas provinsi rahasia riau sandi sekolah selatan selamat sulawesi sulbar
sulsel sulteng sultra sulut sumatera sumbar sumsel sumut tamu tengah tenggara timur ult utara yogyakarta

ambon balikpapan banda bandung banjarbaru banjarmasin batam bekasi bogor denpasar depok jayapura kendari
kupang makassar malang mamuju manado manokwari mataram medan merauke nabire padang palangka palangkaraya
palembang palu pangkalpinang pekanbaru pontianak raya samarinda selor semarang serang sofifi solo sorong
surabaya surakarta tangerang tanjung tanjungpinang tanjungselor tarakan ternate wamena

januari februari maret april mei juni juli agustus september oktober november desember senin selasa rabu
kamis jumat sabtu minggu pagi siang malam

alhamdulillah allah assalamualaikum bismillah cantik cinta doraemon ganteng garuda islam jesus kristus
muhammad persib persija sayang semangat sukses tuhan yesus
dragon football guest hello iloveyou letmein login love master monkey pass princess root secret sunshine
superman test user welcome you
"""


def password_rule() -> str:
    """Return the rule for passwords, for a person who chooses one."""
    return _(
        "Sedikitnya {n} karakter. Beberapa kata yang mudah diingat lebih kuat daripada satu kata dengan"
        " angka; bukan nama orang, kantor, atau kota, bukan 12345678, atau qwerty."
    ).format(n=SHORTEST)


def find_weakness(password: str, office_texts: Iterable[str] = ()) -> str:
    """Return what is wrong with a password, in words; "" when nothing is.

    `office_texts` are the names and address of the office in which it is used, and its officers. A password
    is easy to guess if its letters are their words, their initials or common words, one after the other;
    digits and signs between the letters do not count, or stand for letters.
    """
    plain = password.casefold()
    if len(password) < SHORTEST:
        return _("Kata sandi terlalu pendek.")
    guesses = _guesses(office_texts)
    if len(set(plain)) < _MIN_DIFFERENT or _is_made_of(guesses, plain):
        return _("Kata sandi itu mudah ditebak.")
    return ""


def require_strong(password: str, office_texts: Iterable[str] = ()) -> None:
    """Check a password, as `find_weakness`. Raises UserError when it is too easy to guess."""
    if words := find_weakness(password, office_texts):
        raise UserError(words, _("Kata sandi belum berubah."), password_rule())


def _guesses(office_texts: Iterable[str]) -> set[str]:
    """Return the common words, and the words and initials of `office_texts`, in small letters."""
    guesses = set(_COMMON_WORDS.split())
    for text in office_texts:
        words = re.findall(r"[^\W\d_]+", text.casefold())
        guesses |= {*words, "".join(word[0] for word in words)}
    return {word for word in guesses if len(word) >= _SHORTEST_WORD}


def _is_made_of(guesses: set[str], plain: str) -> bool:
    """Return whether `plain` is a row of guesses, runs of the alphabet or keyboard, digits and signs.

    A guess may be typed with disguises (1nd0n3s14) or with other characters between its letters (b.a.l.i).
    """
    # Both have a letter or "" for each character: as it was typed, and as a disguise means it.
    typed = [letter if letter.isalpha() else "" for letter in plain]
    meant = [letter if letter.isalpha() else "" for letter in plain.translate(_DISGUISES)]
    widest = 2 * max(map(len, guesses))  # with a sign after each letter; bounds the time of a long text
    reached = {0}  # the lengths up to which the password is made of guesses
    for end, letter in enumerate(typed, 1):
        if end - 1 in reached and not letter:
            reached.add(end)
            continue
        for start in reached.intersection(range(end - widest, end)):
            parts = ("".join(typed[start:end]), "".join(meant[start:end]))
            if any(_is_guess(part, guesses) for part in parts):
                reached.add(end)
                break
    return len(plain) in reached


def _is_guess(part: str, guesses: set[str]) -> bool:
    """Return whether letters are a guess, or follow each other on the keyboard or in the alphabet."""
    is_run = any(part in run or part[::-1] in run for run in _RUNS)
    return len(part) >= _SHORTEST_WORD and (part in guesses or is_run)
