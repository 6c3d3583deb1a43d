"""The shapes of the screens: drawn on a 16 × 16 grid in the color of the text around them."""

_LINE = 'fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"'
_CUT = 'fill="none" stroke="#fff" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"'


def _lines(*paths: str) -> str:
    return "".join(f'<path d="{path}" {_LINE}/>' for path in paths)


# Status shapes: each has its own outline, so that a grey print still tells them apart.
_STATUS = {
    "overdue": f'<rect x="1.5" y="1.5" width="13" height="13" rx="2" fill="currentColor"/>'
    f'<path d="M8 4.8V8.3H10.6" {_CUT}/>',
    "clock": f'<circle cx="8" cy="8" r="6.3" {_LINE}/>' + _lines("M8 4.6V8.2L10.4 9.6"),
    "half": f'<circle cx="8" cy="8" r="6.3" {_LINE}/><path d="M8 1.7a6.3 6.3 0 0 1 0 12.6z" fill="currentColor"/>',
    "check": f'<circle cx="8" cy="8" r="7" fill="currentColor"/><path d="M4.9 8.2L7.1 10.4 11.2 6" {_CUT}/>',
    "triangle": _lines("M8 2.2L14.6 13.6H1.4Z", "M8 6.6V9.6") + '<circle cx="8" cy="11.6" r=".9" fill="currentColor"/>',
    "diamond": f'<path d="M8 .6L15.4 8 8 15.4 .6 8Z" fill="currentColor"/><path d="M8 4.6V8.4" {_CUT}/>'
    '<circle cx="8" cy="11" r="1" fill="#fff"/>',
    "back": _lines("M6.2 3L2.6 6.4L6.2 9.8", "M2.8 6.4H10A3.4 3.4 0 0 1 10 13.2H7"),
    "pause": '<rect x="3.6" y="3" width="2.6" height="10" rx=".8" fill="currentColor"/>'
    '<rect x="9.8" y="3" width="2.6" height="10" rx=".8" fill="currentColor"/>',
    "ring": f'<circle cx="8" cy="8" r="6.3" {_LINE}/>',
    "door": _lines("M6.4 2.6H2.8V13.4H6.4", "M6.4 8H13.6", "M10.8 5L13.8 8L10.8 11"),
}

_PLAIN = {
    "brand": '<rect x="1" y="1" width="14" height="14" rx="3" fill="#fff"/>'
    '<path d="M4 5H12M4 8H8M4 11H6.4" fill="none" stroke="#173A5A" stroke-width="1.5"/>'
    '<path d="M8.4 10.6L10 12.2L13 8.8" fill="none" stroke="#173A5A" stroke-width="1.6"/>',
    "search": '<circle cx="6.8" cy="6.8" r="4.6" ' + _LINE + "/>" + _lines("M10.3 10.3L14 14"),
    "menu": _lines("M2 3.6H14", "M2 8H14", "M2 12.4H14"),
    "bell": _lines("M3.4 11.4V7A4.6 4.6 0 0 1 12.6 7V11.4L13.6 12.2H2.4Z", "M6.6 14.2H9.4"),
    "right": _lines("M6 3.4L10.6 8L6 12.6"),
    "left": _lines("M10 3.4L5.4 8L10 12.6"),
    "down": _lines("M3.4 6L8 10.6L12.6 6"),
    "eye": _lines("M1.4 8C3 5 5.4 3.6 8 3.6S13 5 14.6 8C13 11 10.6 12.4 8 12.4S3 11 1.4 8Z")
    + '<circle cx="8" cy="8" r="2" fill="currentColor"/>',
    "document": _lines("M9.4 1.8H3.4V14.2H12.6V5Z", "M9.2 2V5.2H12.4", "M5.8 8H10.2", "M5.8 10.8H10.2"),
    "print": _lines("M4.4 6V1.8H11.6V6", "M4.4 11.6H1.8V6H14.2V11.6H11.6", "M4.4 9.4H11.6V14.2H4.4Z"),
    "plus": _lines("M8 2.6V13.4", "M2.6 8H13.4"),
    "remove": '<circle cx="8" cy="8" r="6.3" ' + _LINE + "/>" + _lines("M5.8 5.8L10.2 10.2", "M10.2 5.8L5.8 10.2"),
    "close": _lines("M3.4 3.4L12.6 12.6", "M12.6 3.4L3.4 12.6"),
    "shield": _lines(
        "M8 1.4L13.6 3.4V7.6C13.6 11 11.4 13.4 8 14.6C4.6 13.4 2.4 11 2.4 7.6V3.4Z", "M5.4 8L7.3 9.9L10.7 6.3"
    ),
    "shield-broken": _lines("M8 1.4L13.6 3.4V7.6C13.6 11 11.4 13.4 8 14.6C4.6 13.4 2.4 11 2.4 7.6V3.4Z", "M8 4.8V8.6")
    + '<circle cx="8" cy="11" r=".9" fill="currentColor"/>',
    "person": '<circle cx="8" cy="5" r="3" ' + _LINE + "/>" + _lines("M2.4 14.2C2.8 11 5 9.8 8 9.8S13.2 11 13.6 14.2"),
    "letter": '<rect x="1.6" y="3.2" width="12.8" height="9.6" rx="1" ' + _LINE + "/>" + _lines("M2 4.2L8 8.8L14 4.2"),
    "download": _lines("M8 2V10.4", "M4.8 7.4L8 10.6L11.2 7.4", "M2.4 13.8H13.6"),
    "upload": _lines("M8 10.6V2.2", "M4.8 5.2L8 2L11.2 5.2", "M2.4 13.8H13.6"),
    "edit": _lines("M2.4 13.6L3.2 10.4L10.8 2.8L13.2 5.2L5.6 12.8Z"),
    "lock": '<rect x="3" y="7" width="10" height="7" rx="1" ' + _LINE + "/>" + _lines("M5 7V4.8A3 3 0 0 1 11 4.8V7"),
    "key": '<circle cx="5" cy="11" r="3" ' + _LINE + "/>" + _lines("M7.2 8.8L13.6 2.4", "M11 5L13 7"),
    "calendar": '<rect x="2" y="3.2" width="12" height="10.8" rx="1" '
    + _LINE
    + "/>"
    + _lines("M2 6.8H14", "M5.2 1.6V4.4", "M10.8 1.6V4.4"),
}

SHAPES = _STATUS | _PLAIN
