# SPDX-License-Identifier: Apache-2.0
"""Take in a picture: checked by decoding it, stripped of its metadata, bounded in size."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

from firstflight.campaigns.errors import InReview, PictureInvalid
from firstflight.campaigns.models import Picture, Project
from firstflight.campaigns.states import Review
from firstflight.kernel.ids import uuid7

BYTES_MAX = 10 * 1024 * 1024
PIXELS_MAX = 40_000_000
EDGE_MAX = 2400
_FORMATS = ("JPEG", "PNG", "WEBP")


def add_picture(*, project: Project, data: bytes, alt: dict[str, str]) -> Picture:
    """Keep a picture as WebP with at most 2400 pixels an edge; where it was taken is forgotten.

    Raises:
        PictureInvalid: not a JPEG, PNG or WebP picture, too many bytes or too many pixels.
        InReview: reviewers are reading the project.
    """
    if project.campaigns.filter(review_state=Review.SUBMITTED).exists():
        raise InReview
    if len(data) > BYTES_MAX:
        raise PictureInvalid
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > PIXELS_MAX:
                raise PictureInvalid
            upright = ImageOps.exif_transpose(opened)
            image = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise PictureInvalid from None
    image.thumbnail((EDGE_MAX, EDGE_MAX))
    encoded = BytesIO()
    image.save(encoded, "WEBP", quality=85, method=4)
    picture = Picture(project=project, alt=alt, width=image.width, height=image.height)
    picture.file.save(f"{uuid7()}.webp", ContentFile(encoded.getvalue()), save=True)
    return picture
