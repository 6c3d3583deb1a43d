"""The colors and the vendored files are those that were agreed."""

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"


def tokens() -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", (STATIC / "css/theme.css").read_text()))


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# Foreground, background, ratio as written in docs: text needs 4.5, controls and shapes 3.
@pytest.mark.parametrize(
    ("front", "back", "ratio"),
    [
        ("ink", "surface", 16.1),
        ("ink", "paper", 14.6),
        ("ink-2", "surface", 7.4),
        ("ink-2", "paper", 6.7),
        ("ink-2", "mute", 6.3),
        ("ink-2", "caution-tint", 6.8),
        ("line-2", "surface", 3.8),
        ("line-2", "paper", 3.4),
        ("accent", "surface", 8.5),
        ("accent", "paper", 7.8),
        ("accent", "accent-tint", 7.4),
        ("surface", "accent-deep", 11.7),
        ("on-deep", "accent-deep", 9.3),
        ("stop", "surface", 7.3),
        ("stop", "stop-tint", 6.5),
        ("caution", "surface", 7.4),
        ("caution", "caution-tint", 6.8),
        ("caution-edge", "surface", 3.7),
        ("caution-edge", "caution-tint", 3.4),
        ("good", "surface", 7.4),
        ("good", "good-tint", 6.6),
    ],
)
def test_a_color_is_as_readable_as_promised(front, back, ratio):
    colors = tokens()
    assert contrast(colors[front], colors[back]) == pytest.approx(ratio, abs=0.1)


def test_the_sheets_of_the_screens_bring_no_color_that_was_not_agreed():
    palette = {"#FFFFFF", "#CFC9BE", "#B9B2A6", "#D5CFC5", "#CFC6BA", "#8FA6BA", "#A9C0D6", "#FBFCFE"}
    palette |= {"#FBE6A6", "#6E6860", "#861914", "#000000"}
    used = {
        color
        for path in (STATIC / "css").glob("*.css")
        if path.name not in {"theme.css", "documents.css", "chart.css"}
        for color in colors_in(path)
    }
    assert used - palette == set()


def test_the_drawing_that_leaves_the_house_uses_the_colors_of_the_theme():
    assert colors_in(STATIC / "css/chart.css") - colors_in(STATIC / "css/theme.css") == set()


def colors_in(path: Path) -> set[str]:
    return {color.upper() for color in re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text())}


def test_vendored_files_are_the_ones_that_were_checked_in():
    sums = dict(reversed(line.split()) for line in (STATIC / "vendor/SHA256SUMS").read_text().splitlines())
    assert {name: hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() for name in sums} == sums
    assert {path.name for path in (STATIC / "vendor").glob("*.min.*")} == set(sums)
