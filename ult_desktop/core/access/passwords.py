"""The test for passwords that are easy to guess; Argon2id and the waits after wrong ones do the rest."""

from ult_desktop.base import UserError, _

SHORTEST = 8
_FEWEST_LETTERS = 4  # different ones
_RUNS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl")
_COMMON = frozenset({"password", "rahasia1", "indonesia", "passw0rd", "sandi123", "admin123"})


def rule_words() -> str:
    """Return the rule for passwords, for a person who chooses one."""
    return _(
        "Sedikitnya {n} huruf. Beberapa kata yang mudah diingat lebih kuat daripada satu kata dengan angka;"
        " bukan nama, 12345678, atau qwerty."
    ).format(n=SHORTEST)


def weakness(password: str, login: str = "") -> str:
    """Return what is wrong with a password, in words; "" when nothing is."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return _("Kata sandi terlalu pendek.")
    # A name with a year or a number behind it is the first that is guessed.
    if login and plain.strip("0123456789") == login.casefold():
        return _("Kata sandi tidak boleh nama masuk.")
    if len(set(plain)) < _FEWEST_LETTERS or plain in _COMMON or _is_run(plain):
        return _("Kata sandi itu mudah ditebak.")
    return ""


def require_strong(password: str, login: str = "") -> None:
    """Check a password. Raises UserError when it is too easy to guess."""
    if words := weakness(password, login):
        raise UserError(words, _("Kata sandi belum berubah."), rule_words())


def _is_run(plain: str) -> bool:
    return any(plain in run or plain in run[::-1] for run in _RUNS)
