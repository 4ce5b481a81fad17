"""Pictures that tests hand to the program."""

import io
from pathlib import Path

from PIL import Image, ImageDraw


def emblem(size: tuple[int, int] = (120, 90), colour: str = "#14408c") -> Image.Image:
    """A disc with a hole in it on nothing, as logos are."""
    image = Image.new("RGBA", size)
    draw = ImageDraw.Draw(image)
    draw.ellipse((0, 0, size[0] - 1, size[1] - 1), fill=colour)
    draw.ellipse((size[0] // 3, size[1] // 3, size[0] // 2, size[1] // 2), fill="#f0c020")
    return image


def png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def saved(folder: Path, image: Image.Image, name: str = "logo.png") -> Path:
    place = folder / name
    image.save(place)
    return place


LOGO = png(emblem())
