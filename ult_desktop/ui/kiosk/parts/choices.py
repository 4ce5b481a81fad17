"""The choices of a visitor on a page, and their words on cards. There are no widgets here."""

from dataclasses import dataclass, replace

from ult_desktop.base import _, language
from ult_desktop.core.queue.boards import Category, KioskBoard, ServiceQueue, line_words
from ult_desktop.core.queue.wait_range import WaitRange, wait_words
from ult_desktop.ui.kit import icons, widgets

MANY = 8  # services; with more of them the categories come first, unless all have room on one page
_MOST_ON_A_PAGE = 16  # services shown at once, without branches
LONG_WAIT = 30  # minutes from which a wait is shown as a long one
PLAIN_ICON = "file-text"

Choice = ServiceQueue | Category


@dataclass(frozen=True)
class Face:
    """The content of one card.

    `status` holds the parts of the pill; `name` is read to the blind; `dim`: it cannot be chosen now;
    `info`: it has a corner with the requirements; `is_skip`: it skips the question.
    """

    title: str
    name: str
    icon: str
    tint: str
    badge: str = ""
    detail: str = ""
    status: tuple[str, ...] = ()
    tone: str = "ok"
    dim: bool = False
    info: bool = False
    is_skip: bool = False


def offered_services(board: KioskBoard, only: tuple[str, ...] = ()) -> tuple[ServiceQueue, ...]:
    """Return the services this kiosk offers: those below the categories `only`, or all."""
    if not only:
        return board.lines
    return tuple(line for line in board.lines if set(_with_parents(board, line.service.category)) & set(only))


def page_choices(board: KioskBoard, branch: str = "", only: tuple[str, ...] = ()) -> tuple[Choice, ...]:
    """Return the choices on the page of a category; `branch` "" is the home page.

    Up to eight services are all on the home page; more of them are reached through the tree.
    """
    lines = offered_services(board, only)
    if len(lines) <= MANY:
        return lines
    used_keys = {key for line in lines for key in _with_parents(board, line.service.category)}
    below = [
        category for category in board.categories if category.parent == branch and category.key in used_keys
    ]
    return (*below, *(line for line in lines if line.service.category == branch))


def one_page(board: KioskBoard, branch: str = "", only: tuple[str, ...] = ()) -> tuple[ServiceQueue, ...]:
    """Return all services for the home page, if they are few enough to replace the categories, else ()."""
    lines = offered_services(board, only)
    return lines if not branch and MANY < len(lines) <= _MOST_ON_A_PAGE else ()


def card_faces(board: KioskBoard, shown: tuple[Choice, ...]) -> tuple[Face, ...]:
    """Return the cards of a page; a service has the same colour on every page."""
    places = {line.service.id: index for index, line in enumerate(board.lines)}
    return tuple(
        service_face(choice, places.get(choice.service.id, index))
        if isinstance(choice, ServiceQueue)
        else _category_face(choice, index, board)
        for index, choice in enumerate(shown)
    )


def service_face(line: ServiceQueue, place: int) -> Face:
    service = line.service
    title = service.name.within(language())
    status = queue_words(line)
    is_long_wait = line.wait is not None and line.wait.middle >= LONG_WAIT
    tone = "warn" if is_long_wait else "ok"
    return Face(
        title=title,
        name=_("{service}, nomor {prefix}, {status}").format(
            service=title, prefix=service.prefix, status=", ".join(status)
        ),
        icon=known_icon(service.icon),
        tint=widgets.tint_of(place),
        badge=service.prefix,
        detail=service.description.within(language()).rstrip("."),
        status=status,
        tone=tone if line.available else "danger",
        dim=not line.available,
        info=True,
    )


def with_long_queue(face: Face, parts: int) -> Face:
    """Return the card as if many waited for long, with the first `parts` of the words of its queue."""
    words = (_("{n} antrean").format(n=88), wait_words(WaitRange(100, 110)))
    return replace(face, status=words[:parts])


def queue_words(line: ServiceQueue) -> tuple[str, ...]:
    """Return the queue of a service: "3 antrean", "10–20 menit"; the wait only where it is known."""
    if not line.available:
        return (line.why or _("Tidak tersedia"),)
    if not line.counted:
        return (_("Dibuka"),)
    return tuple(filter(None, (line_words(line), wait_words(line.wait))))


def known_icon(name: str) -> str:
    return name if icons.has_icon(name) else PLAIN_ICON


def _category_face(category: Category, index: int, board: KioskBoard) -> Face:
    title = category.name.within(language())
    below = [
        line.service for line in board.lines if category.key in _with_parents(board, line.service.category)
    ]
    count = len(below)
    words = _("1 layanan") if count == 1 else _("{n} layanan").format(n=count)
    return Face(
        title=title,
        name=f"{title}, {words}",
        icon=known_icon(category.icon),
        tint=widgets.tint_of(index),
        detail=", ".join(service.name.within(language()) for service in below),
        status=(words,),
        tone="primary",
    )


def _with_parents(board: KioskBoard, key: str) -> tuple[str, ...]:
    """Return the key of a category and those of its parents, the nearest first."""
    parents = {category.key: category.parent for category in board.categories}
    keys: list[str] = []
    # Ends where an office's categories name each other as parents.
    while key and key not in keys:
        keys.append(key)
        key = parents.get(key, "")
    return tuple(keys)
