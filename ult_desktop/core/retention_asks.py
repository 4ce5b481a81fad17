"""What can be asked about the erasing of personal data by the office's schedule."""

from ult_desktop.core.asks import Ask


class EraseDue(Ask, frozen=True, kw_only=True):
    """Erase one portion of what is due; without `run_id` a new run begins."""

    run_id: int | None = None


class FinishRetention(Ask, frozen=True, kw_only=True):
    """The run is over: files that no row refers to go, and the log gets its counts."""

    run_id: int
