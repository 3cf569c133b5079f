"""Small expressions in target files: arithmetic, comparisons and a few functions over named numbers or arrays.

Where they are of readings, a few functions more follow a person through time: `change(x)` and `slope(x)` (per year, by
least squares through all readings) from the first reading to the second, `past_change(x)` and `past_slope(x)` up to the
first reading.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .errors import SarxError

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "abs": np.abs, "exp": np.exp, "log": np.log, "max": np.maximum, "min": np.minimum, "sqrt": np.sqrt,
}
ONWARD = ("change", "slope")
BACK = ("past_change", "past_slope")
OVER_TIME = (*ONWARD, *BACK)
_ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
               ast.Pow: operator.pow}
_COMPARISONS = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
                ast.Eq: operator.eq, ast.NotEq: operator.ne}


class Expression:
    """A checked expression; knows the names it needs, and the functions over time."""

    def __init__(self, text: str, over_time: bool = False) -> None:
        """Parses the text.

        Args:
            text: the expression.
            over_time: whether it is of readings, so that it may follow them through time.

        Raises:
            SarxError: where it is not an expression of the few kinds there are.
        """
        self.text = str(text)
        self._allowed = (*FUNCTIONS, *OVER_TIME) if over_time else tuple(FUNCTIONS)
        try:
            self._tree = ast.parse(self.text.strip(), mode="eval").body
        except SyntaxError:
            raise SarxError(f"'{self.text}' is not an expression like 'old / young - 1'") from None
        self.names: set[str] = set()
        self.functions: set[str] = set()
        self._check(self._tree)

    def _check(self, node: ast.AST) -> None:
        if isinstance(node, ast.Name):
            self.names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            self.names.add(f"{node.value.id}.{node.attr}")
        elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
            self._check(node.left)
            self._check(node.right)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
            self._check(node.operand)
        elif isinstance(node, ast.Compare) and all(type(op) in _COMPARISONS for op in node.ops):
            for part in [node.left, *node.comparators]:
                self._check(part)
        elif isinstance(node, ast.BoolOp):
            for part in node.values:
                self._check(part)
        elif (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self._allowed
              and not node.keywords and len(node.args) == (2 if node.func.id in ("max", "min") else 1)):
            self.functions.add(node.func.id)
            for part in node.args:
                self._check(part)
        elif not (isinstance(node, ast.Constant) and type(node.value) in (int, float)):
            raise SarxError(f"'{self.text}' may hold numbers, names, + - * / **, comparisons, and, or, not, and "
                            f"{', '.join(self._allowed)}; '{ast.unparse(node)}' is none of them")

    @property
    def is_condition(self) -> bool:
        """Whether it is true or false rather than a number."""
        is_not = isinstance(self._tree, ast.UnaryOp) and isinstance(self._tree.op, ast.Not)
        return is_not or isinstance(self._tree, (ast.Compare, ast.BoolOp))

    def value(self, names: Mapping[str, Any], over_time: Mapping[str, Callable[[Any], Any]] | None = None) -> Any:
        """The value where each name has the one given: numbers or arrays of one shape.

        Comparisons of arrays give 1, 0, or NaN where a side is NaN, so that the mean is a share.

        Args:
            names: numbers or arrays (person, time).
            over_time: what functions over time do with an array.
        """
        with np.errstate(all="ignore"):
            return self._value(self._tree, names, {**FUNCTIONS, **(over_time or {})})

    def margins(self, names: Mapping[str, Any]) -> list[float]:
        """Left less right side of every comparison in it."""
        with np.errstate(all="ignore"):
            return [float(self._value(left, names, FUNCTIONS) - self._value(right, names, FUNCTIONS))
                    for node in ast.walk(self._tree) if isinstance(node, ast.Compare)
                    for left, right in zip([node.left, *node.comparators], node.comparators)]

    def _value(self, node: ast.AST, names: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> Any:
        if isinstance(node, ast.Constant):
            return np.float64(node.value)
        if isinstance(node, ast.Name):
            return names[node.id]
        if isinstance(node, ast.BinOp):
            left, right = (self._value(side, names, functions) for side in (node.left, node.right))
            return _ARITHMETIC[type(node.op)](left, right)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return names[f"{node.value.id}.{node.attr}"]
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return 1.0 - self._value(node.operand, names, functions)
        if isinstance(node, ast.UnaryOp):
            return -self._value(node.operand, names, functions)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return functions[node.func.id](*(self._value(part, names, functions) for part in node.args))
        if isinstance(node, ast.Compare):
            sides = [self._value(part, names, functions) for part in [node.left, *node.comparators]]
            holds: Any = 1.0
            for op, left, right in zip(node.ops, sides, sides[1:]):
                known = np.isfinite(left) & np.isfinite(right)
                holds = holds * np.where(known, _COMPARISONS[type(op)](left, right), np.nan)
            return holds
        assert isinstance(node, ast.BoolOp)  # `_check` lets nothing else through
        parts = [self._value(part, names, functions) for part in node.values]
        whole = parts[0]
        for part in parts[1:]:
            whole = np.minimum(whole, part) if isinstance(node.op, ast.And) else np.maximum(whole, part)
        return whole
