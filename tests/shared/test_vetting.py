import io
import resource
import socket
import socketserver
import struct
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.shared import hostile
from workflows.shared.files import keep
from workflows.shared.models import StoredFile
from workflows.shared.vetting import SENTENCES, UploadRefused, vet

CORPUS = hostile.corpus()
MORE = 120


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """Give an upload whose name nobody has cleaned yet."""
    file = SimpleUploadedFile("a", content)
    file._name = name
    return file


def kept_bytes(state: Path) -> list[Path]:
    """Give every file of the vault."""
    return [path for path in (state / "files").rglob("*") if path.is_file()]


@pytest.fixture
def state(settings, tmp_path):
    settings.STATE_DIR = tmp_path
    return tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize("bad", CORPUS, ids=[bad.what for bad in CORPUS])
def test_a_hostile_file_is_refused_with_a_sentence_and_nothing_is_stored(bad, state, cast, at):
    with pytest.raises(UploadRefused) as refused:
        keep(upload(bad.name, bad.content), by=cast.shen, at=at, purpose="material", person=cast.shen_person)
    assert refused.value.reason in bad.codes
    assert refused.value.code == f"upload_{refused.value.reason}"
    sentence = str(refused.value)
    assert sentence.endswith("。")
    assert "{" not in sentence
    assert StoredFile.objects.count() == 0
    assert kept_bytes(state) == []


def test_the_corpus_is_large_enough():
    assert len(CORPUS) >= 60
    assert len({bad.what for bad in CORPUS}) == len(CORPUS)


def refusal_of(bad: hostile.Hostile, account, at) -> str:
    """Give the reason a hostile file is refused for, empty when it was taken."""
    try:
        keep(upload(bad.name, bad.content), by=account, at=at, purpose="material")
    except UploadRefused as refused:
        return refused.reason
    return ""


@pytest.mark.prove
@pytest.mark.django_db
def test_a_hundred_and_twenty_hostile_files_are_refused(state, cast, at):
    wrong = [bad.what for bad in hostile.make(MORE) if refusal_of(bad, cast.shen, at) not in bad.codes]
    assert wrong == []
    assert kept_bytes(state) == []


def test_every_refusal_has_its_sentence_in_both_languages():
    from django.utils import translation

    for sentence in SENTENCES.values():
        with translation.override("en"):
            english = str(sentence)
        with translation.override("zh-hans"):
            chinese = str(sentence)
        assert english.isascii()
        assert not chinese.isascii()


def test_a_photo_loses_its_notes_its_place_and_its_comment():
    sent = hostile.good_jpeg(exif=True)
    assert b"SECRETCAMERA" in sent
    vetted = vet(upload("照片.JPG", sent))
    assert (vetted.kind, vetted.width, vetted.height, vetted.name) == ("jpg", 120, 80, "照片.jpg")
    assert dict(Image.open(io.BytesIO(vetted.clean_bytes)).getexif()) == {}
    assert b"SECRET" not in vetted.clean_bytes
    assert vetted.sha256 != vetted.received_sha256


def test_a_photo_taken_sideways_is_stood_upright():
    picture, out, notes = Image.new("RGB", (40, 20)), io.BytesIO(), Image.Exif()
    notes[0x0112] = 6
    picture.save(out, "JPEG", exif=notes)
    vetted = vet(upload("a.jpg", out.getvalue()))
    assert (vetted.width, vetted.height) == (20, 40)


def test_a_telephone_picture_with_a_second_picture_behind_it_is_taken():
    vetted = vet(upload("a.jpg", hostile.good_jpeg() + hostile.good_jpeg() + b"SEFT" + bytes(100)))
    assert Image.open(io.BytesIO(vetted.clean_bytes)).size == (120, 80)
    assert b"SEFT" not in vetted.clean_bytes


def test_a_png_loses_its_texts():
    vetted = vet(upload("章.png", hostile.good_png()))
    assert (vetted.kind, vetted.width, vetted.height) == ("png", 90, 60)
    assert b"SECRETAUTHOR" not in vetted.clean_bytes


def test_a_pdf_is_written_anew_without_author_and_opening_view():
    vetted = vet(upload("承诺书.pdf", hostile.good_pdf(3)))
    assert (vetted.kind, vetted.pages) == ("pdf", 3)
    with pikepdf.open(io.BytesIO(vetted.clean_bytes)) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert "/Info" not in pdf.trailer
        assert len(pdf.pages) == 3


def test_a_pdf_of_three_hundred_pages_is_taken():
    assert vet(upload("a.pdf", hostile.good_pdf(300))).pages == 300


def test_a_word_document_opens_after_cleaning():
    vetted = vet(upload("材料.docx", hostile.good_docx()))
    assert docx.Document(io.BytesIO(vetted.clean_bytes)).paragraphs[0].text == "个人现实表现：王䶮"
    assert zipfile.ZipFile(io.BytesIO(vetted.clean_bytes)).testzip() is None


def test_a_word_document_may_hold_a_link_to_a_page():
    assert vet(upload("a.docx", hostile._related("hyperlink", "https://example.org/"))).kind == "docx"


@pytest.mark.parametrize(
    ("name", "kept"), [("证" * 190 + ".pdf", "证" * 190 + ".pdf"), ("  ..  .pdf", "file.pdf"), ("a.b.PDF", "a.b.pdf")]
)
def test_a_name_is_kept_in_one_line(name, kept):
    assert vet(upload(name, hostile.good_pdf(1))).name == kept


def test_the_child_knows_nothing_of_django():
    code = (
        "import sys; from workflows.shared.vetting_child import inspector_of;"
        "[inspector_of(kind) for kind in ('pdf', 'docx', 'png')]; print('django' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=project.BASE_DIR, check=True, text=True)
    assert run.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("code", "ending"),
    [
        ("bytes(1200 * 1024 * 1024)", "MemoryError"),
        ("open('/tmp/kaoping-child-must-not-write', 'w').write('x' * 100_000)", "OSError"),
        ("resource.setrlimit(resource.RLIMIT_CPU, (60, 60))", "ValueError"),
    ],
)
def test_the_child_cannot_leave_its_limits(code, ending):
    program = (
        "import os, resource; from workflows.shared.vetting_child import limit_ourselves; limit_ourselves();"
        f"os.setuid(65534) if os.getuid() == 0 else None; {code}"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=project.BASE_DIR, text=True, check=False
    )
    assert run.returncode != 0
    assert ending in run.stderr or "File too large" in run.stderr or "not allowed" in run.stderr


def test_the_limits_are_twenty_seconds_and_one_gigabyte():
    from workflows.shared.vetting_child import ADDRESS_SPACE_BYTES, CPU_SECONDS

    assert (CPU_SECONDS, ADDRESS_SPACE_BYTES) == (20, 1024**3)
    assert resource.getrlimit(resource.RLIMIT_CPU)[0] != CPU_SECONDS


@pytest.mark.parametrize("answer", ["", "not json", "[]", '{"pages": 1}', '{"refused": "unheard_of"}'])
def test_a_child_that_answers_nonsense_is_a_refusal(answer, tmp_path, settings):
    package = tmp_path / "workflows" / "shared"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").touch()
    (package / "vetting_child.py").write_text(f"import sys; sys.stdin.buffer.read(); print({answer!r})")
    settings.BASE_DIR = tmp_path
    with pytest.raises(UploadRefused) as refused:
        vet(upload("a.pdf", hostile.good_pdf(1)))
    assert refused.value.reason == "too_heavy"


class Clamd(socketserver.BaseRequestHandler):
    """Speaks as much of the scanner's language as an upload needs."""

    def handle(self):
        line = self.request.makefile("rb")
        assert line.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", line.read(4))[0]:
            content += line.read(size)
        self.request.sendall(self.server.answer(content))


@pytest.fixture
def scanner(settings):
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as server:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"stream: Bad.Thing FOUND\0", "virus"),
        (b"INSTREAM size limit exceeded. ERROR\0", "scan_failed"),
        (b"", "scan_failed"),
    ],
)
def test_a_file_the_scanner_does_not_clear_is_refused(scanner, answer, reason):
    scanner.answer = lambda content: answer
    with pytest.raises(UploadRefused) as refused:
        vet(upload("a.pdf", hostile.good_pdf(1)))
    assert refused.value.reason == reason


def test_the_scanner_reads_the_whole_file(scanner):
    sent, seen = hostile.good_pdf(20), []
    scanner.answer = lambda content: seen.append(content) or b"stream: OK\0"
    assert vet(upload("a.pdf", sent)).pages == 20
    assert seen == [sent]


def test_a_scanner_that_is_away_is_a_refusal(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.CLAMD_ADDRESS = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(UploadRefused) as refused:
        vet(upload("a.pdf", hostile.good_pdf(1)))
    assert refused.value.reason == "scan_failed"
