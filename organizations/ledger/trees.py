"""Trees written as "who is whose superior". Pure."""

from collections.abc import Collection, Mapping


def cycles(superiors: Mapping[str, str]) -> list[list[str]]:
    """Find the loops of a tree that is none.

    Args:
        superiors: Code of the superior by code; empty at a root.

    Returns:
        Each loop once, its codes in alphabetical order.
    """
    done: set[str] = set()
    loops = []
    for start in superiors:
        way: dict[str, int] = {}
        code = start
        while code and code in superiors and code not in done and code not in way:
            way[code] = len(way)
            code = superiors[code]
        if code in way:
            loops.append(sorted(list(way)[way[code] :]))
        done |= way.keys()
    return loops


def hanging_below(refused: Collection[str], superiors: Mapping[str, str]) -> set[str]:
    """Find what hangs below something refused.

    Args:
        refused: Codes that are out.
        superiors: Code of the superior by code.

    Returns:
        The codes below, at any depth, without the refused ones themselves.
    """
    below: set[str] = set()
    grown = True
    while grown:
        more = {code for code, superior in superiors.items() if superior in refused or superior in below} - below
        grown = bool(more)
        below |= more
    return below - set(refused)


def by_depth(superiors: Mapping[str, str]) -> list[str]:
    """Order codes so that each superior comes before those below it.

    Args:
        superiors: Code of the superior by code; no loops.

    Returns:
        The codes; those of one superior in the order of the mapping.
    """
    depths: dict[str, int] = {}

    def depth(code: str) -> int:
        way = []
        while code in superiors and code not in depths:
            way.append(code)
            code = superiors[code]
        level = depths.get(code, 0)
        for number, passed in enumerate(reversed(way), start=1):
            depths[passed] = level + number
        return level + len(way)

    return sorted(superiors, key=depth)
