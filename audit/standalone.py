"""Verifies an exported log with Python alone: ``python3 verify.py [FOLDER] [--public-key TEXT] [--checkpoint FILE]``.

Nothing of the running system is asked. It needs Python 3.11 and the folder of the export; signatures are checked when
the package ``cryptography`` is installed. Take the public key and a checkpoint file from a place the system's keepers
cannot write to: those found inside the export only prove that the export agrees with itself.
"""

import argparse
import base64
import json
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from audit.chain import COVERED, Fault, Head, walk_all
from audit.statements import first_broken, key_id_of, signature_holds, states_its_heads

COLUMNS = {*COVERED, "hash"}


def main(arguments: list[str], folder: Path) -> int:
    """Verify a folder and say the outcome.

    Args:
        arguments: As typed.
        folder: Where the export lies unless an argument says otherwise.

    Returns:
        0 when everything holds, 1 when something does not.
    """
    parser = argparse.ArgumentParser(description="Verify an exported log.")
    parser.add_argument("folder", nargs="?", type=Path, default=folder)
    parser.add_argument("--public-key", help="the key you trust, in base64; else the keys inside the export")
    parser.add_argument("--checkpoint", type=Path, help="a checkpoint file you kept; else the one inside the export")
    given = parser.parse_args(arguments)
    keys = {key_id_of(key): key for key in _keys(given.folder, given.public_key)}
    troubles = list(_checkpoint_troubles(given.folder, keys))
    seen: dict[str, dict[int, str]] = {}
    path = given.checkpoint or given.folder / "checkpoint.json"
    if given.checkpoint or path.exists():
        troubles += _file_troubles(path, keys, seen)
    found = list(walk_all(_rows(given.folder / "entries.jsonl"), seen))
    troubles += [f"{item.stream}#{item.seq} {item.code}" for item in found if isinstance(item, Fault)]
    ends = [item for item in found if isinstance(item, Head)]
    return _say(troubles, sum(end.seq for end in ends), len(ends))


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            # A column the hash does not know is as good as an altered one.
            yield row if row.keys() == COLUMNS else {**dict.fromkeys(COLUMNS, ""), **row, "hash": ""}


def _keys(folder: Path, given: str | None) -> Iterator[bytes]:
    texts = [given] if given else [path.read_text() for path in sorted((folder / "public_keys").glob("*.pub"))]
    for text in texts:
        yield base64.b64decode(text)


def _checkpoint_troubles(folder: Path, keys: Mapping[str, bytes]) -> Iterator[str]:
    with (folder / "checkpoints.jsonl").open(encoding="utf-8") as lines:
        broken = first_broken(map(json.loads, lines), keys)
    if broken:
        yield "checkpoint {}: {}".format(*broken)


def _file_troubles(path: Path, keys: Mapping[str, bytes], seen: dict[str, dict[int, str]]) -> Iterator[str]:
    row = json.loads(path.read_text(encoding="utf-8"))
    heads = [Head(*head) for head in row["heads"]]
    for head in heads:
        seen.setdefault(head.stream, {})[head.seq] = head.hash
    if not states_its_heads(row, heads):
        yield f"{path.name}: altered"
    key = keys.get(row["key_id"])
    if key is None or signature_holds(row, key) is False:
        yield f"{path.name}: unsigned"


def _say(troubles: list[str], entries: int, streams: int) -> int:
    lines = []
    if find_spec("cryptography") is None:
        lines.append("Signatures were not checked: install the package cryptography to check them.")
    if troubles:
        lines += ["The log does not hold:", *(f"  {trouble}" for trouble in troubles)]
    else:
        lines.append(f"The log holds: {entries} entries in {streams} streams.")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent))
