"""What can be asked about the erasing of personal data by the office's schedule."""

from ult_desktop.core.command import Command


class EraseDue(Command, frozen=True, kw_only=True):
    """Erase one portion of what is due; without `run_id` a new run begins."""

    run_id: int | None = None


class FinishRetention(Command, frozen=True, kw_only=True):
    """Files that no row refers to go, some at once; when they are gone the run is over."""

    run_id: int
