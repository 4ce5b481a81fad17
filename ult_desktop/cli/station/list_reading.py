"""`read-list`: the process that reads a list from outside the office, with limited memory and time."""

import sys

import click
import msgspec

from ult_desktop.base import UserError
from ult_desktop.base.i18n import use_language
from ult_desktop.cli.common.help import TranslatedCommand
from ult_desktop.operations.lists.list_files import parse_list
from ult_desktop.operations.lists.list_reader import PATIENCE_S, ListAnswer

MEMORY = 1_000_000_000  # bytes; the largest list that is taken needs half of it

if sys.platform == "win32":
    import win32api
    import win32job

    def limit_process(memory: int, seconds: int) -> None:
        """Limit this process's memory and CPU time by a job that only this process is in."""
        job, kind = win32job.CreateJobObject(None, ""), win32job.JobObjectExtendedLimitInformation
        limits = win32job.QueryInformationJobObject(job, kind)
        limits["ProcessMemoryLimit"] = memory
        basic = limits["BasicLimitInformation"]
        basic["PerProcessUserTimeLimit"] = seconds * 10_000_000
        basic["LimitFlags"] |= win32job.JOB_OBJECT_LIMIT_PROCESS_MEMORY
        basic["LimitFlags"] |= win32job.JOB_OBJECT_LIMIT_PROCESS_TIME
        win32job.SetInformationJobObject(job, kind, limits)
        win32job.AssignProcessToJobObject(job, win32api.GetCurrentProcess())
else:
    import resource

    def limit_process(memory: int, seconds: int) -> None:
        """Limit this process's memory and CPU time, even when the program that waits for it has ended."""
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


@click.command(cls=TranslatedCommand, name="read-list", hidden=True)
@click.argument("name")
@click.argument("language")
@click.argument("sheet", default="")
def read_list(name: str, language: str, sheet: str) -> None:
    """Read the bytes of a list from standard input, and write the answer to standard output."""
    limit_process(MEMORY, round(PATIENCE_S))
    use_language(language)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer(sys.stdin.buffer.read(), name, sheet)))


def answer(data: bytes, name: str, sheet: str = "") -> ListAnswer:
    try:
        return ListAnswer(parse_list(data, name, sheet))
    except UserError as error:
        return ListAnswer(refusal=(error.what, error.safe, error.todo))
    except MemoryError:  # the program that waits tells the person what this exit status means
        sys.exit(1)
