"""The form of a record that several people may have open at once: what they saved is merged by field."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Command
from ult_desktop.core.merging import ChangedMeanwhile, Merged, merge
from ult_desktop.core.person import shared_fields
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit.forms import RadioField, form

Record = TypeVar("Record", bound=msgspec.Struct)
_THEIRS, _MINE = "theirs", "mine"


@dataclass(frozen=True)
class Shared(Generic[Record]):
    """The record of a shared form.

    Args:
        kind: the fields that are merged; the form's command has them, and a field `seen`.
        version: which record the form was opened with, as the command's `seen`.
        read: reads the record as it is now and its version, on the worker thread.
        version_now: reads its version alone.
    """

    kind: type[Record]
    version: int
    read: Callable[[Office, Actor], tuple[Record, int]]
    version_now: Callable[[Office], int]

    def part(self, command: Command) -> Record:
        return self.kind(**shared_fields(self.kind, command))


class _Saved(NamedTuple):
    """The answer of a command that went through, and the fields that came from others."""

    answer: Any
    taken: tuple[str, ...]


class _Conflict(UserError):
    """The refusal of an edit that changed the same field as another did, with both."""

    def __init__(self, now: msgspec.Struct, version: int, merged: Merged[Any]) -> None:
        super().__init__(
            _("Sementara itu petugas lain mengubah isian yang sama."),
            _("Tidak ada yang berubah."),
            _("Pilih yang benar."),
        )
        self.now, self.version, self.merged = now, version, merged


def _save(
    shared: Shared[Any], seen: msgspec.Struct, version: int, wanted: Command, office: Office, actor: Actor
) -> _Saved:
    """Save the form, merged with what others saved since `version`.

    Raises:
        UserError: refused; `_Conflict` where both changed the same field.
    """
    try:
        return _Saved(office.perform(_replace(wanted, {"seen": version}), actor), ())
    except ChangedMeanwhile:
        now, version = shared.read(office, actor)
    merged = merge(seen, now, shared.part(wanted))
    if merged.conflicts:
        raise _Conflict(now, version, merged)
    command = _replace(wanted, {**msgspec.structs.asdict(merged.record), "seen": version})
    return _Saved(office.perform(command, actor), merged.taken)


def _replace(command: Command, fields: dict[str, Any]) -> Command:
    return msgspec.structs.replace(command, **fields)


def _put_back(host: PageHost, shared: Shared[Any], before: msgspec.Struct, done: Command) -> None:
    """Put back what `done` changed; what others changed since stays."""
    back = _replace(done, msgspec.structs.asdict(before))
    # `done` made this version an old one: the present record is read, and merged.
    job = partial(_save, shared, shared.part(done), shared.version, back)
    host.perform(job, told=_("Diurungkan: isian sebelumnya kembali."))


def _offer_back(
    host: PageHost, told: str, undo: Callable[[], object], now: Callable[[Office], int], saved_as: int
) -> None:
    """Tell that it is saved, with the way back until somebody saves it again."""
    host.tell_undoable(told, undo, lambda office: now(office) == saved_as)


class SharedFormBox(FormBox):
    """The form box that never overwrites in silence what somebody else saved while it was open.

    Fields that only the others changed stay theirs, and the officer is told. For a field that both changed,
    both answers are shown side by side, and the officer chooses.

    Args:
        host, title, fields, told, others: as for `FormBox`.
        shared: the record.
        command: makes the command of the form's values.
    """

    def __init__(
        self,
        host: PageHost,
        title: str,
        fields: form.Fields,
        shared: Shared[Any],
        *,
        command: Callable[[form.Values], Command],
        told: str,
        **others: Any,  # noqa: ANN401  (each has its type in `FormBox`)
    ) -> None:
        super().__init__(host, title, fields, command=command, told=told, **others)
        self._shared, self._make, self._words = shared, command, told
        self._seen = shared.part(command(self.form.shown))

    @override
    def _send(self, values: form.Values) -> None:
        wanted = self._make(values)
        job = partial(_save, self._shared, self._seen, self._shared.version, wanted)
        self._host.perform(job, partial(self._saved, wanted), "", self.form, partial(self._refused, wanted))

    def _saved(self, wanted: Command | None, saved: _Saved) -> None:
        """Tell that it is saved, and offer to put back what was there, unless two people agreed."""
        names = ", ".join(self.form.field(name).label for name in saved.taken)
        more = _("Isian petugas lain tetap dipakai: {fields}.").format(fields=names) if names else ""
        told = f"{self._words} {more}".strip()
        if wanted is None or not self._shared.version:
            self._host.tell(told)
        else:
            undo = partial(_put_back, self._host, self._shared, self._seen, wanted)
            now = self._shared.version_now
            self._host.read(now, partial(_offer_back, self._host, told, undo, now))
        self._went_through(saved.answer)

    def _refused(self, wanted: Command, error: UserError) -> None:
        if isinstance(error, _Conflict):
            self._ask(wanted, error)

    def _ask(self, wanted: Command, error: _Conflict) -> None:
        """Show both answers to each field that two people changed, and save what the officer chooses."""
        mine = error.merged.record

        def chosen(values: form.Values) -> Callable[[Office, Actor], _Saved]:
            own = {
                name: getattr(error.now if values.get(name) == _THEIRS else mine, name)
                for name in type(mine).__struct_fields__
            }
            return partial(_save, self._shared, error.now, error.version, _replace(wanted, own))

        FormBox(
            self._host,
            _("Mana yang benar?"),
            [self._choice(name, error.now, mine) for name in error.merged.conflicts],
            command=chosen,
            then=partial(self._agreed, error.merged.taken),
            icon=("users", "amber"),
            words=_("Petugas lain mengubah isian yang sama. Isian selebihnya digabung."),
            wide=True,
        ).open()

    def _choice(self, name: str, now: msgspec.Struct, mine: msgspec.Struct) -> RadioField:
        options = [
            (_THEIRS, _("tersimpan: {value}").format(value=_shown(getattr(now, name)))),
            (_MINE, _("isian Anda: {value}").format(value=_shown(getattr(mine, name)))),
        ]
        return RadioField(self._host.theme, name, self.form.field(name).label, options, required=True)

    def _agreed(self, taken: tuple[str, ...], saved: _Saved) -> None:
        self.form.done()
        self._saved(None, _Saved(saved.answer, (*taken, *saved.taken)))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return str(value) or _("(kosong)")
