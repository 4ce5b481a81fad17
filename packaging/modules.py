"""Before any other module: the programs of a bundle read them out of one file, `modules.pyz`.

PyInstaller lays the file into each program, and the installer writes and unpacks it as often.
"""

import sys

import pyimod01_archive
import pyimod02_importers

# WORKAROUND PyInstaller keeps all modules within each program. It can go when programs of one folder can
# share them: https://github.com/pyinstaller/pyinstaller/issues/8424
folder = sys._MEIPASS  # noqa: SLF001  (what PyInstaller's programs have)
pyimod02_importers.pyz_archive = pyimod01_archive.ZlibArchiveReader(f"{folder}/modules.pyz")
sys.path_importer_cache.pop(folder, None)  # whose finder holds the program's own
