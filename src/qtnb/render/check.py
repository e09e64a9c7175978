"""Checks a template before it is ever rendered: its words, what it does with them, its XML.

Every branch is looked into, so a misspelling shows at the first use of the template and not on the
day when the branch is taken; and what passes renders to well-formed XML, whatever the data.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints, is_typeddict

from jinja2 import nodes
from rapidfuzz import process

from qtnb.words.blocks import Block

_LOOP_WORDS: dict[str, Any] = {
    "first": bool,
    "last": bool,
    "index": int,
    "index0": int,
    "revindex": int,
    "revindex0": int,
    "length": int,
}
_FILTERS_ON_TEXT = ("e", "escape", "lower", "trim", "upper")
_FILTERS_ON_LISTS = ("first", "join", "last", "length")
_NEAR = 60
"""Likeness from which a known word is worth suggesting."""

_TAG = re.compile(r"""<(/?)([^\s<>/"'!?]+)(?:[^<>"']|"[^"]*"|'[^']*')*?(/?)>|<[!?][^<>]*>""")

Type: TypeAlias = Any
"""``str``, ``int``, ``bool``, ``list[…]`` or a TypedDict."""


class Misuse(Exception):  # noqa: N818 - it never leaves the engine, which tells it in a sentence
    """A template does what it may not, or uses a word that does not exist."""

    def __init__(self, line: int, message: str, hint: str = "", word: str = "") -> None:
        """Keep the line of the patched source, the clause that tells what is wrong, and the wrong word."""
        super().__init__(message)
        self.line = line
        self.message = message
        self.hint = hint
        self.word = word


def check(tree: nodes.Template, vocabulary: type) -> None:
    """Raise :class:`Misuse` for the first fault of a parsed template that may use the words of ``vocabulary``."""
    state = _Checker().block(tree.body, _Scope(dict(_words_of(vocabulary))), _Xml())
    if state.stack or state.pending:
        raise Misuse(1, "tài liệu không khép kín")


@dataclass(frozen=True, slots=True)
class _Scope:
    """The names that can be used at one place."""

    types: dict[str, Type]
    loop_names: frozenset[str] = frozenset()
    """Names that stand for an item of a loop around this place, or for something made of it."""
    depth: int = 0

    def inner(self, name: str, item: Type) -> _Scope:
        return _Scope({**self.types, name: item, "loop": None}, self.loop_names | {name}, self.depth + 1)


@dataclass(frozen=True, slots=True)
class _Xml:
    """Where in the XML the walk is."""

    stack: tuple[str, ...] = ()
    """Open elements, outermost first."""
    pending: str = ""
    """Beginning of a tag that goes on after a printed value."""

    def after(self, text: str, line: int) -> _Xml:
        stack = list(self.stack)
        text = self.pending + text
        end = 0
        for match in _TAG.finditer(text):
            end = match.end()
            closing, name, empty = match.groups()
            if name is None or empty:
                continue
            if not closing:
                stack.append(name)
            elif not stack or stack.pop() != name:
                raise Misuse(line, "thẻ cắt ngang đoạn, ô hoặc dòng của bảng")
        rest = text[end:]
        start = rest.find("<")
        return _Xml(tuple(stack), rest[start:] if start >= 0 else "")


class _Checker:
    def block(self, body: Sequence[nodes.Node], scope: _Scope, xml: _Xml) -> _Xml:
        for node in body:
            match node:
                case nodes.Output():
                    xml = self._output(node, scope, xml)
                case nodes.For():
                    xml = self._for(node, scope, xml)
                case nodes.If():
                    xml = self._if(node, scope, xml)
                case _:
                    raise Misuse(node.lineno, f'không dùng được lệnh "{type(node).__name__.lower()}"', _COMMANDS)
        return xml

    def _output(self, node: nodes.Output, scope: _Scope, xml: _Xml) -> _Xml:
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                xml = xml.after(child.data, child.lineno)
                continue
            printed = self._type(child, scope)
            if printed in _BLOCKS:
                if xml.pending or xml.stack[-1:] != ("w:body",):
                    raise Misuse(child.lineno, "bảng và hình phải đứng một mình một đoạn, ngoài mọi bảng khác", _BLOCK)
            elif xml.pending:
                if printed is not int:
                    raise Misuse(child.lineno, "thẻ nằm ở chỗ không phải là chữ")
                xml = _Xml(xml.stack, xml.pending + "0")
            elif not xml.stack or xml.stack[-1] not in ("w:t", "w:instrText"):
                raise Misuse(child.lineno, "thẻ nằm ở chỗ không phải là chữ")
            elif printed not in (str, int):
                raise Misuse(child.lineno, "thẻ in ra một danh sách hoặc một nhóm, không phải một giá trị", _LISTS)
        return xml

    def _for(self, node: nodes.For, scope: _Scope, xml: _Xml) -> _Xml:
        listed = self._type(node.iter, scope)
        if not _is_list(listed):
            raise Misuse(node.lineno, "lệnh for chỉ đi qua được một danh sách")
        if not isinstance(node.target, nodes.Name) or node.recursive:
            raise Misuse(node.lineno, "lệnh for viết theo cách không dùng được", _COMMANDS)
        if scope.loop_names and _root(node.iter) not in scope.loop_names:
            # A list of the whole document inside a loop multiplies the work beyond any bound.
            raise Misuse(node.lineno, "lệnh for bên trong lệnh for khác phải đi qua danh sách của mục đang xét")
        (item,) = get_args(listed)
        inner = scope.inner(node.target.name, item)
        if node.test is not None:
            self._type(node.test, inner)
        if self.block(node.body, inner, xml) != xml or self.block(node.else_, scope, xml) != xml:
            raise Misuse(node.lineno, "lệnh for cắt ngang đoạn, ô hoặc dòng của bảng", _WHOLE)
        return xml

    def _if(self, node: nodes.If, scope: _Scope, xml: _Xml) -> _Xml:
        self._type(node.test, scope)
        after = self.block(node.body, scope, xml)
        branches = [self.block([branch], scope, xml) for branch in node.elif_]
        branches.append(self.block(node.else_, scope, xml))
        if any(branch != after for branch in branches):
            raise Misuse(node.lineno, "lệnh if cắt ngang đoạn, ô hoặc dòng của bảng", _WHOLE)
        return after

    def _type(self, node: nodes.Node, scope: _Scope) -> Type:
        match node:
            case nodes.Const(value=value):
                return type(value)
            case nodes.Name(name=name):
                return self._member(node.lineno, name, scope.types)
            case nodes.Getattr(node=nodes.Name(name="loop"), attr=attr) if "loop" in scope.types:
                return self._member(node.lineno, attr, _LOOP_WORDS)
            case nodes.Getattr(attr=str(attr)) | nodes.Getitem(arg=nodes.Const(value=str(attr))):
                owner = self._type(node.node, scope)
                return self._member(node.lineno, attr, _words_of(owner) if is_typeddict(owner) else {})
            case nodes.Filter(node=nodes.Node() as inner, name=name):
                return self._filtered(node, name, self._type(inner, scope))
            case nodes.Operand(expr=inner):
                return self._type(inner, scope)
            case _:
                return self._combined(node, scope)

    def _combined(self, node: nodes.Node, scope: _Scope) -> Type:
        if not isinstance(node, nodes.Not | nodes.Test | nodes.Compare | nodes.And | nodes.Or | nodes.CondExpr):
            raise Misuse(node.lineno, f'không dùng được phép "{type(node).__name__.lower()}" trong thẻ', _COMMANDS)
        kinds = [self._type(child, scope) for child in node.iter_child_nodes()]
        match node:
            case nodes.And() | nodes.Or():
                values = kinds
            case nodes.CondExpr(expr2=nodes.Node()):
                values = kinds[1:]
            case _:
                return bool
        return values[0] if values[0] == values[1] else bool

    @staticmethod
    def _member(line: int, word: str, known: dict[str, Type]) -> Type:
        if word in known:
            return known[word]
        near = process.extractOne(word, [name for name in known if name != "loop"], score_cutoff=_NEAR)
        hint = f'Từ gần giống nhất: "{near[0]}".' if near else ""
        raise Misuse(line, f'không có từ "{word}"', hint, word)

    @staticmethod
    def _filtered(node: nodes.Filter, name: str, inner: Type) -> Type:
        is_list = _is_list(inner)
        if name not in (_FILTERS_ON_LISTS if is_list else _FILTERS_ON_TEXT):
            raise Misuse(node.lineno, f'không dùng được bộ lọc "{name}" ở đây', _COMMANDS)
        if any(not isinstance(argument, nodes.Const) for argument in node.args) or node.kwargs:
            raise Misuse(node.lineno, f'bộ lọc "{name}" viết theo cách không dùng được', _COMMANDS)
        if name == "length":
            return int
        if name in ("first", "last"):
            return get_args(inner)[0]
        if name == "join" and get_args(inner)[0] is not str:
            raise Misuse(node.lineno, 'bộ lọc "join" chỉ nối được danh sách chữ')
        return str


_COMMANDS = "Trong mẫu chỉ dùng {{ từ }}, for, if, so sánh, and, or, not và vài bộ lọc như upper."
_BLOCKS = get_args(Block)
_BLOCK = "Viết thẻ có chữ p, ví dụ {{p muc.bang }}, trong một đoạn riêng."
_LISTS = "Đi qua danh sách bằng {%p for … %}, hoặc lấy một mục của nhóm: nhóm.mục."
_WHOLE = "Đặt lệnh mở và lệnh đóng mỗi lệnh trong một đoạn riêng ({%p … %}) hoặc một dòng riêng của bảng ({%tr … %})."


@functools.cache
def _words_of(kind: type) -> dict[str, Type]:
    return get_type_hints(kind)


def _is_list(kind: object) -> bool:
    return get_origin(kind) is list


def _root(node: nodes.Node) -> str:
    while isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Filter) and node.node is not None:
        node = node.node
    return node.name if isinstance(node, nodes.Name) else ""
