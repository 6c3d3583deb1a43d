"""Looks into a PDF and writes it anew: pages only, nothing that acts, nothing that hides."""

import io
import zlib

import pikepdf

from workflows.shared.inspectors.findings import EICAR, Clean, Unsafe, refuse_if
from workflows.shared.inspectors.trailers import pdf_tail, refuse_archive, refuse_foreign_tail

PAGES = 300
OBJECTS = 200_000
PICTURE_PIXELS = 120_000_000
UNPACKED_BYTES = 200 * 1024 * 1024
ACTIVE_KEYS = {"/JS", "/AA", "/XFA", "/EmbeddedFiles", "/EF", "/JavaScript", "/Launch", "/RichMediaContent"}
ACTIVE_NAMES = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Sound", "/Movie",
    "/RichMedia", "/RichMediaExecute", "/FileAttachment", "/EmbeddedFile", "/Screen", "/3D", "/SetOCGState",
}  # fmt: skip
NAMING_KEYS = ("/S", "/Subtype", "/Type")


def inspect_pdf(content: bytes) -> Clean:
    """Give the document written anew, without metadata.

    Raises:
        Unsafe: encrypted, damaged, too long, or it holds scripts, actions, forms that send, or files.
    """
    refuse_archive(content)
    refuse_foreign_tail(pdf_tail(content))
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True) as pdf:
            return _written_anew(pdf)
    except pikepdf.PasswordError as error:
        raise Unsafe("encrypted") from error
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        raise Unsafe("damaged") from error


def _written_anew(pdf: pikepdf.Pdf) -> Clean:
    refuse_if(pdf.is_encrypted, "encrypted")
    pages = _count_pages(pdf.Root.Pages)
    refuse_if(pages == 0, "damaged")
    _drop_opening_view(pdf)
    _refuse_active(pdf)
    for key in ("/Metadata", "/PieceInfo"):
        if key in pdf.Root:
            del pdf.Root[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Clean(content=out.getvalue(), pages=pages)


def _count_pages(root: pikepdf.Object) -> int:
    """Count leaves ourselves: the library would lay out a million of them before it told the number."""
    waiting, seen, pages = [(root, 0)], 0, 0
    while waiting:
        node, depth = waiting.pop()
        seen += 1
        refuse_if(depth > 50 or seen > 4 * PAGES, "too_many_pages")
        if "/Kids" in node:
            refuse_if(len(node.Kids) > 2 * PAGES, "too_many_pages")
            waiting += [(kid, depth + 1) for kid in node.Kids]
        else:
            pages += 1
    refuse_if(pages > PAGES, "too_many_pages")
    return pages


def _drop_opening_view(pdf: pikepdf.Pdf) -> None:
    """Drop the harmless kind of opening action, "show page 3 first", that many offices' printers write."""
    action = pdf.Root.get("/OpenAction")
    if action is None:
        return
    harmless = isinstance(action, pikepdf.Array) or str(action.get("/S", "")) == "/GoTo"
    refuse_if(not harmless, "active_content")
    del pdf.Root["/OpenAction"]


def _refuse_active(pdf: pikepdf.Pdf) -> None:
    refuse_if(len(pdf.objects) > OBJECTS, "too_heavy")
    left = UNPACKED_BYTES
    for thing in [pdf.trailer, *pdf.objects]:
        _refuse_active_object(thing, 0)
        if isinstance(thing, pikepdf.Stream):
            left -= _unpacked(thing, left)


def _refuse_active_object(thing: pikepdf.Object, depth: int) -> None:
    refuse_if(depth > 60, "too_heavy")
    if isinstance(thing, pikepdf.Array):
        for part in thing:
            _inside(part, depth)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        refuse_if(not ACTIVE_KEYS.isdisjoint(thing.keys()), "active_content")
        for key in NAMING_KEYS:
            refuse_if(str(thing.get(key, "")) in ACTIVE_NAMES, "active_content")
        for key in list(thing.keys()):  # a pikepdf object is no mapping
            _inside(thing[key], depth)


def _inside(part: object, depth: int) -> None:
    """Go on into parts written in place; those with a number of their own are met by themselves."""
    if isinstance(part, pikepdf.Object) and not part.is_indirect:
        _refuse_active_object(part, depth + 1)


def _unpacked(stream: pikepdf.Stream, left: int) -> int:
    """Give the bytes a stream unpacks to, at most what is left for the whole document."""
    if "/Width" in stream and "/Height" in stream:
        refuse_if(int(stream.Width) * int(stream.Height) > PICTURE_PIXELS, "too_many_pixels")
    filters = stream.get("/Filter", [])
    names = [str(filters)] if isinstance(filters, pikepdf.Name) else [str(name) for name in filters]
    refuse_if(len(names) > 3, "too_heavy")
    content = stream.read_raw_bytes()
    for name in names:
        if name != "/FlateDecode":
            break
        try:
            content = zlib.decompressobj().decompress(content, left + 1)
        except zlib.error:
            break
        refuse_if(len(content) > left, "too_heavy")
    refuse_if(EICAR in content, "virus")
    return len(content)
