"""The bundle's first module: PyInstaller wants a file, not a package."""

from ult_desktop.__main__ import main

if __name__ == "__main__":
    main()
