"""A counter in another process: takes numbers and calls them, as it is told line by line.

Run as `python -m tests.ui.display.caller FILE`. Each command ("issue A", "call 1", "mouth 1",
"recall 1", "finish 1") is answered by one line, the number concerned, after it was committed.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.office import open_office, sign_in
from ult_desktop.core.queue import commands

if TYPE_CHECKING:
    from ult_desktop.core.command import Command

ROOT = Path(__file__).parents[3]
Tell = Callable[[str], str]
ACTS: dict[str, type[commands.CallNext | commands.Recall | commands.Arrive | commands.Finish]] = {
    "call": commands.CallNext,
    "recall": commands.Recall,
    "arrive": commands.Arrive,
    "finish": commands.Finish,
}


@contextmanager
def other_counter(path: Path) -> Iterator[Tell]:
    """`tell("call 1")` has the other process do it and answers the number ("A001")."""
    command = [sys.executable, "-m", "tests.ui.display.caller", str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        says, hears = process.stdin, process.stdout

        def tell(words: str) -> str:
            says.write(words + "\n")
            says.flush()
            return hears.readline().strip()

        try:
            yield tell
        finally:
            says.close()


def main(path: Path) -> None:
    office = open_office(path, "loket")
    officers = {number: sign_in(office, number) for number in (1, 2)}
    for number, officer in officers.items():
        office.perform(commands.StaffCounter(counter=number), officer)
    services = {line.service.prefix: line.service.id for line in office.lobby_board().lines}

    def carry_out(act: str, what: str) -> str:
        if act == "issue":
            issued = office.perform(commands.IssueTicket(service_id=services[what]), officers[1])
            return str(issued.ticket.label)
        number = int(what)
        if act == "mouth":
            first = office.counter_board(number).waiting[0].id
            command: Command = commands.CallTicket(counter=number, ticket_id=first, by_mouth=True)
        else:
            command = ACTS[act](counter=number)
        return str(office.perform(command, officers[number]).label)

    for line in sys.stdin:
        print(carry_out(*line.split()), flush=True)  # noqa: T201
    office.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
