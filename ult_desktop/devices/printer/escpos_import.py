"""python-escpos, imported quickly and without leavings. Imported only on the printing thread."""

import shutil

from ult_desktop.devices.printer.model import table_read_as_json

with table_read_as_json():
    from escpos import capabilities, printer

# Importing escpos leaves a folder with a copy of its table in the temporary directory, every time.
shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)

__all__ = ["printer"]
