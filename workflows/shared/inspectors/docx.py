"""Looks into a Word document and packs it anew: text and pictures, nothing that runs, calls out or carries files."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from workflows.shared.inspectors.findings import EICAR, Clean, Unsafe, refuse_if
from workflows.shared.inspectors.trailers import FOREIGN

MEMBERS = 2_000
UNPACKED_BYTES = 200 * 1024 * 1024
RATIO = 100
RATIO_FROM_BYTES = 1024 * 1024
XML = {"xml", "rels"}
PICTURES = {
    "png": (b"\x89PNG",), "jpg": (b"\xff\xd8\xff",), "jpeg": (b"\xff\xd8\xff",), "gif": (b"GIF8",), "bmp": (b"BM",),
    "tif": (b"II*\0", b"MM\0*"), "tiff": (b"II*\0", b"MM\0*"), "emf": (b"\x01\0\0\0",),
    "wmf": (b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0", b"\x02\0\x09\0"), "wdp": (b"II\xbc",),
}  # fmt: skip
FONTS = {"odttf"}
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ACTIVE_PART = re.compile(r"vba|macro|activex|customui", re.IGNORECASE)
EMBEDDED_PART = re.compile(r"/embeddings/|oleobject", re.IGNORECASE)
LINK = "/hyperlink"
LINK_SCHEMES = ("http://", "https://", "mailto:", "tel:")
FETCHING_FIELD = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|AUTOTEXT)\b", re.I)
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def inspect_docx(content: bytes) -> Clean:
    """Give the document packed anew.

    Raises:
        Unsafe: damaged, too large unpacked, or it holds macros, objects, outside templates or forbidden XML.
    """
    refuse_if(content[:4] != b"PK\x03\x04", "damaged")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refuse_if(bool(archive.comment), "polyglot")
            members = archive.infolist()
            _refuse_names(members)
            parts = dict(_unpack(archive, members))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error, ValueError, RuntimeError) as error:
        raise Unsafe("damaged") from error
    _refuse_parts(parts)
    return Clean(content=_packed(parts))


def _refuse_names(members: list[zipfile.ZipInfo]) -> None:
    refuse_if(len(members) > MEMBERS, "archive_too_large")
    names = [member.filename for member in members]
    refuse_if(len({name.lower() for name in names}) != len(names), "archive_structure")
    for member in members:
        name = member.filename
        stray = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or not name.isprintable()
        refuse_if(stray or member.orig_filename != name, "archive_structure")
        refuse_if(stat.S_ISLNK(member.external_attr >> 16), "archive_structure")
        refuse_if(bool(member.flag_bits & 0x1), "encrypted")
        refuse_if(ACTIVE_PART.search(name) is not None, "macro")
        refuse_if(EMBEDDED_PART.search(name) is not None, "embedded_object")
    refuse_if("word/document.xml" not in names or "[Content_Types].xml" not in names, "type_mismatch")


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """Unpack with the byte count in our own hand: what the directory says of sizes is only a claim."""
    left = UNPACKED_BYTES
    for member in members:
        if member.is_dir():
            continue
        refuse_if(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED), "archive_structure")
        with archive.open(member) as stream:
            part = stream.read(left + 1)
        left -= len(part)
        dense = len(part) > RATIO_FROM_BYTES and len(part) > RATIO * max(member.compress_size, 1)
        refuse_if(left < 0 or dense, "archive_too_large")
        yield member.filename, part


def _refuse_parts(parts: dict[str, bytes]) -> None:
    for name, part in parts.items():
        refuse_if(EICAR in part, "virus")
        extension = name.rpartition(".")[2].lower()
        if extension in XML:
            _refuse_xml(name, _parsed(part))
        elif extension in PICTURES:
            refuse_if(bool(part) and not part.startswith(PICTURES[extension]), "embedded_object")
            refuse_if(FOREIGN.match(part) is not None, "embedded_object")
        else:
            refuse_if(extension not in FONTS, "embedded_object")


def _parsed(part: bytes) -> Element:
    try:
        return fromstring(part, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unsafe("forbidden_xml") from error
    except (ParseError, ValueError, LookupError) as error:
        raise Unsafe("damaged") from error


def _refuse_xml(name: str, root: Element) -> None:
    if name == "[Content_Types].xml":
        _refuse_content_types(root)
    elif name.endswith(".rels"):
        _refuse_relations(root)
    else:
        _refuse_fields(root)


def _refuse_content_types(root: Element) -> None:
    kinds = [entry.get("ContentType", "") for entry in root.iter()]
    refuse_if(any(ACTIVE_PART.search(kind) for kind in kinds), "macro")
    refuse_if(any(EMBEDDED_PART.search(kind) for kind in kinds), "embedded_object")
    refuse_if(MAIN not in kinds, "type_mismatch")


def _refuse_relations(root: Element) -> None:
    for relation in root.iter():
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        refuse_if(ACTIVE_PART.search(kind) is not None, "macro")
        refuse_if(kind.lower().endswith(("/afchunk", "/oleobject", "/package", "/control")), "embedded_object")
        if relation.get("TargetMode", "").lower() == "external":
            harmless = kind.endswith(LINK) and target.lower().startswith(LINK_SCHEMES)
            refuse_if(not harmless, "external_reference")
        else:
            refuse_if("://" in target or target.startswith(("\\", "//")), "external_reference")


def _refuse_fields(root: Element) -> None:
    """Refuse fields that fetch or run something; their words may be cut into many runs."""
    words = []
    for element in root.iter():
        kind = element.tag.rpartition("}")[2]
        refuse_if(kind in ("object", "OLEObject", "altChunk", "control"), "embedded_object")
        if kind == "instrText":
            words.append(element.text or "")
        elif kind == "fldSimple":
            words.append(next((" " + value for key, value in element.items() if key.endswith("instr")), ""))
        elif kind == "fldChar":
            words.append(" ")
    refuse_if(FETCHING_FIELD.search("".join(words)) is not None, "external_reference")


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, FIRST_DAY), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
