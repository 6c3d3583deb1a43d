"""Which browser somebody uses, in two words instead of the hundred letters browsers send."""

# The first that is found counts: nearly all call themselves Safari, and most also Chrome.
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
LONGEST = 60


def browser_named(user_agent: str) -> str:
    """Name browser and system.

    Args:
        user_agent: The header of that name.

    Returns:
        Such as ``Edge · Windows``; what is not known, as it was sent, cut to 60 letters.
    """
    known = [next((name for sign, name in names if sign in user_agent), "") for names in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, known)) or user_agent[:LONGEST]
