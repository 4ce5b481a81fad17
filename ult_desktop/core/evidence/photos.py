"""The photos of evidence: made smaller, and without what a camera writes besides the picture."""

import io
from typing import TYPE_CHECKING

from ult_desktop.base.late import late
from ult_desktop.core.office.logo import MOST_DOTS, no_picture
from ult_desktop.core.visits.document import media_type_of

if TYPE_CHECKING:
    from PIL import Image, ImageOps
else:
    Image, ImageOps = late("PIL.Image"), late("PIL.ImageOps")

LONGEST = 1600  # dots of the longer side: a page of A4 is printed with as many
_QUALITY = 82
_PDF = "application/pdf"


def plain_photo(content: bytes) -> bytes:
    """Return a photo as JPEG without place, time and camera; other content is returned as it is.

    Raises:
        UserError: it begins like a picture but is none, or has too many dots.
    """
    if media_type_of(content) in (_PDF, None):
        return content
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as found:
            if found.width * found.height > MOST_DOTS:
                raise no_picture()
            upright = ImageOps.exif_transpose(found).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise no_picture() from error
    upright.thumbnail((LONGEST, LONGEST))
    ground = Image.new("RGBA", upright.size, "white")
    target = io.BytesIO()
    Image.alpha_composite(ground, upright).convert("RGB").save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()
