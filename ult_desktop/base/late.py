"""Modules that are imported when something of them is used first, so that a start does not wait for them.

It is for a library or a window that a mode may never use, or only after its first frame::

    if TYPE_CHECKING:
        import holidays
    else:
        holidays = late("holidays")

Type checker and import contracts see an ordinary import. Every other import is at the top of its module.
"""

from importlib import import_module
from types import ModuleType

from typing_extensions import override


class _Late(ModuleType):
    """The stand-in for a module that is imported when something of it is first asked for."""

    @override
    def __getattr__(self, name: str) -> object:
        # Not kept in this object: `import_module` finds it in `sys.modules`, and a test that exchanges a
        # module is seen here too.
        return getattr(import_module(self.__name__), name)


def late(name: str) -> ModuleType:
    """Return the module of this name, not imported yet. Any thread may be the first to use it."""
    return _Late(name)
