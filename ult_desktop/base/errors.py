"""The error a person can act on. Everything else is a bug and belongs in the log."""

from typing_extensions import override


class UserError(Exception):
    """The error with words for a person, in their language.

    Args:
        what: what happened, one sentence.
        safe: what is still safe ("Nomor yang sudah diambil tetap berlaku.").
        todo: what to do next.
        public: the words instead of `what` where visitors read them, if `what` names a host or an account.
    """

    def __init__(self, what: str, safe: str = "", todo: str = "", *, public: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.public = public or what
        self.safe = safe
        self.todo = todo

    @property
    def brief(self) -> str:
        """The words on what happened and what to do next, without those on what is still safe."""
        return " ".join(part for part in (self.what, self.todo) if part)

    @override
    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.todo) if part)


class WrongSettings(UserError):
    """The error of a settings file with an impossible value.

    Starting again changes nothing until a person has corrected it.
    """


class RunsAlready(UserError):
    """The error of a station that is running already, to which a second start adds nothing.

    `in_front`: its window came to the front, so that there is nothing to say.
    """

    def __init__(self, what: str, safe: str, todo: str, *, in_front: bool = False) -> None:
        super().__init__(what, safe, todo)
        self.in_front = in_front
