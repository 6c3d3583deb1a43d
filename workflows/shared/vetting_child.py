"""The process that touches dangerous bytes: small, limited, without Django, database or keys.

``python -m workflows.shared.vetting_child pdf`` reads a file from standard input and writes one line of JSON, then the
clean bytes. Whatever else happens (killed by a limit, a crash in a library) the parent reads as a refusal.
"""

import json
import resource
import sys
from collections.abc import Callable

from workflows.shared.inspectors.findings import Clean, Unsafe

CPU_SECONDS = 20
ADDRESS_SPACE_BYTES = 1024**3
OPEN_FILES = 64


def limit_ourselves(*, cpu_seconds: int = CPU_SECONDS) -> None:
    """Set the limits that the rest of this process lives under; they cannot be raised again."""
    for kind, limit in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, ADDRESS_SPACE_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))


def inspector_of(kind: str) -> Callable[[bytes], Clean]:
    """Give the function for a kind; only the library of that kind is loaded."""
    if kind == "pdf":
        from workflows.shared.inspectors.pdf import inspect_pdf as inspect
    elif kind == "docx":
        from workflows.shared.inspectors.docx import inspect_docx as inspect
    elif kind == "png":
        from workflows.shared.inspectors.pictures import inspect_png as inspect
    else:
        from workflows.shared.inspectors.pictures import inspect_jpeg as inspect
    return inspect


def main(kind: str) -> None:
    """Inspect what comes in and answer in one line and the clean bytes."""
    limit_ourselves()
    try:
        clean = inspector_of(kind)(sys.stdin.buffer.read())
    except Unsafe as unsafe:
        answer, content = {"refused": unsafe.code}, b""
    except (MemoryError, RecursionError):
        answer, content = {"refused": "too_heavy"}, b""
    else:
        answer, content = {"pages": clean.pages, "width": clean.width, "height": clean.height}, clean.content
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + content)


if __name__ == "__main__":
    main(sys.argv[1])
