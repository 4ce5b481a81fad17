"""Keeps what is being typed, half a second after the last key."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ult_desktop.ui.kit.forms.drafts import Draft, Fields

KEEP_AFTER_MS = 500


class FormDraft(QObject):
    """The draft of one form while it is open.

    Args:
        draft: where it is kept.
        fields: what is typed now.
        restore: puts what was kept back into the form.
    """

    def __init__(
        self, draft: Draft, fields: Callable[[], Fields], restore: Callable[[Fields], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._draft, self._fields, self._restore = draft, fields, restore
        self._touched = False
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self._keep)
        draft.load(self._loaded)

    def touch(self) -> None:
        """Something was typed."""
        self._touched = True
        self._timer.start()

    def keep_now(self) -> None:
        """The form goes out of sight: nothing typed in the last half second may be lost."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def forget(self) -> None:
        """It went through, or was thrown away."""
        self._timer.stop()
        self._draft.forget()

    def _keep(self) -> None:
        self._draft.keep(self._fields())

    def _loaded(self, kept: Fields) -> None:
        """Whoever has begun to type meanwhile is not overwritten."""
        if kept and not self._touched:
            self._restore(kept)
