"""Looks into a picture and paints it anew: no EXIF, no place, no comment, nothing behind its end."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from workflows.shared.inspectors.findings import Clean, Unsafe, refuse_if
from workflows.shared.inspectors.trailers import jpeg_tail, png_tail, refuse_archive, refuse_foreign_tail

PIXELS = 40_000_000
JPEG_MODES = {"L", "RGB"}
PNG_MODES = {"1", "L", "LA", "RGB", "RGBA"}


def inspect_jpeg(content: bytes) -> Clean:
    """Give the picture of a JPEG file, written anew.

    Raises:
        Unsafe: damaged, too many pixels, or another file hangs on it.
    """
    picture = _decoded(content, "JPEG")
    refuse_archive(content)
    refuse_foreign_tail(jpeg_tail(content))
    picture = picture if picture.mode in JPEG_MODES else picture.convert("RGB")
    return _encoded(picture, "JPEG", quality=90, optimize=True)


def inspect_png(content: bytes) -> Clean:
    """Give the first picture of a PNG file, written anew.

    Raises:
        Unsafe: damaged, too many pixels, or another file hangs on it.
    """
    picture = _decoded(content, "PNG")
    refuse_archive(content)
    refuse_foreign_tail(png_tail(content))
    picture = picture if picture.mode in PNG_MODES else picture.convert("RGBA")
    return _encoded(picture, "PNG", compress_level=6)


def _decoded(content: bytes, form: str) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # our own limit is asked before a pixel is decoded
    try:
        picture = Image.open(io.BytesIO(content), formats=[form])
        refuse_if(picture.width * picture.height > PIXELS, "too_many_pixels")
        picture.load()
        return ImageOps.exif_transpose(picture)
    except UnidentifiedImageError as error:
        raise Unsafe("damaged") from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError) as error:
        raise Unsafe("truncated") from error


def _encoded(picture: Image.Image, form: str, **options: object) -> Clean:
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)  # pixels only: whatever else the file carried stays behind
    out = io.BytesIO()
    bare.save(out, form, **options)
    return Clean(content=out.getvalue(), width=bare.width, height=bare.height)
