"""Writes the whole log into one file that can be verified without us."""

import base64
import json
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from audit import checkpoints, signing
from audit.verify import rows

SOURCES = {
    "verify.py": "standalone.py",
    "audit/__init__.py": "__init__.py",
    "audit/chain.py": "chain.py",
    "audit/merkle.py": "merkle.py",
    "audit/statements.py": "statements.py",
}
READ_ME = """Export of the log
entries.jsonl      one entry a line, stream by stream
checkpoints.jsonl  one signed checkpoint a line
checkpoint.json    the newest checkpoint with the end of every stream
public_keys/       the keys checkpoints were signed with; compare them with the ones you were given

Verify: unpack, then run  python3 verify.py --public-key KEY
"""


def write_export(target: BinaryIO) -> None:
    """Write entries, checkpoints, public keys and the verifier as a zip.

    Args:
        target: Where to; opened for writing bytes.
    """
    folder = Path(__file__).parent
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        newest = checkpoints.latest_file()
        if newest:
            archive.write(newest, "checkpoint.json")
        _write_lines(archive, "checkpoints.jsonl", checkpoints.all_rows())
        _write_lines(archive, "entries.jsonl", rows())
        for name, key in signing.public_keys().items():
            archive.writestr(f"public_keys/{name}.pub", base64.b64encode(key).decode() + "\n")
        for name, source in SOURCES.items():
            with archive.open(name, "w") as copy, (folder / source).open("rb") as original:
                shutil.copyfileobj(original, copy)
        archive.writestr("README.txt", READ_ME)


def _write_lines(archive: zipfile.ZipFile, name: str, lines: Iterable[Mapping[str, object]]) -> None:
    with archive.open(name, "w", force_zip64=True) as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
