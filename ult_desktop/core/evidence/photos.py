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

MAX_SIDE = 1600  # dots of the longer side: as many as a photo on an A4 page is printed with
_QUALITY = 82  # of a JPEG, up to 95
_PDF = "application/pdf"


def without_metadata(content: bytes) -> bytes:
    """Return a photo as JPEG without place, time and camera; other content unchanged.

    Raises:
        UserError: it begins like a picture but is none, or has too many dots.
    """
    if media_type_of(content) in (_PDF, None):
        return content
    photo = read_upright(content, ("PNG", "JPEG"))
    photo.thumbnail((MAX_SIDE, MAX_SIDE))
    paper = Image.new("RGBA", photo.size, "white")
    target = io.BytesIO()
    Image.alpha_composite(paper, photo).convert("RGB").save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()
