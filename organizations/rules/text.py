"""Text as people really type it into tables: full-width signs, stray blanks, formulas."""

import re
import unicodedata

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_BLANKS = re.compile(r"\s+")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_NOTHING = frozenset({"", "-", "--", "—", "——", "–", "/", "\\"})
_FORMULA = re.compile(r"[=@＝＠]|[+\-＋－][^\d\s]|[+\-]\d+[+\-*/(]")


def tidy(text: str) -> str:
    """Give text with half-width digits and letters, no blanks between Chinese characters, single ones elsewhere.

    Args:
        text: Any text, as typed.

    Returns:
        The same text, trimmed; Chinese punctuation stays as it is.
    """
    return _BLANKS.sub(" ", _BETWEEN_HAN.sub("", text.translate(_WIDE).translate(_INVISIBLE))).strip()


def compact(text: str) -> str:
    """Give text for codes, numbers and days: everything half-width, no blanks at all.

    Args:
        text: Any text, as typed.

    Returns:
        The same text, NFKC-normalized.
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text.translate(_INVISIBLE)))


def is_nothing(text: str) -> bool:
    """Say whether a cell is empty in the way offices leave cells empty: blanks, a dash, a slash."""
    return tidy(text) in _NOTHING


def looks_like_formula(text: str) -> bool:
    """Say whether a spreadsheet would run this text instead of showing it.

    Args:
        text: Text of a cell.

    Returns:
        True for text that begins with ``=`` or ``@``, or with ``+`` or ``-`` and is no plain number.
    """
    text = tidy(text)
    return text not in _NOTHING and bool(_FORMULA.match(text))


def escape_formula(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run (OWASP, CSV injection).

    Args:
        text: Text that goes into a workbook.

    Returns:
        The text, harmless.
    """
    return f"'{text}" if text[:1] in "=+-@\t\r＝＋－＠" and text else text
