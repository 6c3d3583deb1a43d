"""Takes one filter out of a function: each condition of each ``filter``, ``exclude``, ``valid_on``, ``&`` in turn."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType

QUESTIONS = {"filter", "exclude", "valid_on"}


def without_one(function: Callable) -> Iterator[tuple[str, CodeType]]:
    """Give the function with one condition less, for each of its conditions: what was taken out, and the code."""
    source = textwrap.dedent(inspect.getsource(function))
    for number in range(len(list(cuts(ast.parse(source))))):
        tree = ast.parse(source)
        what, cut = list(cuts(tree))[number]
        cut()
        yield what, code_of(ast.fix_missing_locations(tree), function)


def cuts(tree: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    """List what can be taken out of a tree, and how."""
    for node in ast.walk(tree):
        for field, value in ast.iter_fields(node):
            for place, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                yield from cuts_of(node, field, place, child)


def cuts_of(parent: ast.AST, field: str, place: int | None, node: object) -> Iterator[tuple[str, Callable[[], None]]]:
    """List what can be taken out of one node."""

    def put(other: ast.AST) -> None:
        if place is None:
            setattr(parent, field, other)
        else:
            getattr(parent, field)[place] = other

    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
        yield f"& {ast.unparse(node.right)}", lambda: put(node.left)
        yield f"{ast.unparse(node.left)} &", lambda: put(node.right)
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in QUESTIONS):
        return
    if node.func.attr == "valid_on":
        yield ast.unparse(node), lambda: put(ast.Call(ast.Attribute(node.func.value, "all", ast.Load()), [], []))
        return
    for argument in node.args:
        yield f"{node.func.attr}({ast.unparse(argument)})", lambda argument=argument: node.args.remove(argument)
    for keyword in node.keywords:
        yield f"{node.func.attr}({ast.unparse(keyword)})", lambda keyword=keyword: node.keywords.remove(keyword)


def code_of(tree: ast.Module, function: Callable) -> CodeType:
    """Compile a changed function."""
    whole = compile(tree, inspect.getsourcefile(function), "exec")
    return next(part for part in whole.co_consts if isinstance(part, CodeType) and part.co_name == function.__name__)


@contextmanager
def replaced(function: Callable, code: CodeType) -> Iterator[None]:
    """Let everybody who calls the function get the changed one."""
    kept = function.__code__
    function.__code__ = code
    try:
        yield
    finally:
        function.__code__ = kept
