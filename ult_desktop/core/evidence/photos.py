"""The photos of evidence: made smaller, and without what a camera writes besides the picture."""

import io
from typing import TYPE_CHECKING

from ult_desktop.base.late import late
from ult_desktop.core.office.logo import read_upright
from ult_desktop.core.visits.document import media_type_of

if TYPE_CHECKING:
    from PIL import Image
else:
    Image = late("PIL.Image")

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
    photo = read_upright(content, ("PNG", "JPEG"))
    photo.thumbnail((LONGEST, LONGEST))
    ground = Image.new("RGBA", photo.size, "white")
    target = io.BytesIO()
    Image.alpha_composite(ground, photo).convert("RGB").save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()
