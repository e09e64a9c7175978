"""Turns a Word template into a compiled Jinja2 template, and renders it straight into an archive.

docxtpl parses the document, renders it, and parses the result again for every document; here its
tags are patched and compiled once, and rendering is text from there on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NoReturn

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from qtnb.errors import QtnbError
from qtnb.render.check import Misuse, check
from qtnb.render.package import text_of
from qtnb.render.rows import let_tall_rows_split

_PIECES = 2048
"""Pieces of rendered text that are joined, encoded and compressed at a time."""

_RENDERED_PART = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PARAGRAPH_START = re.compile(r"<w:p([ >])")
_BLOCK_TAG = re.compile(r"(</w:(?:p|tr|tc|tbl|tblGrid)>)(\{[%{])")
_MARKUP = re.compile(r"<[^>]*>")

_FILTERS = ("e", "escape", "first", "join", "last", "length", "lower", "trim", "upper")
_TESTS = ("defined", "divisibleby", "eq", "even", "ne", "odd", "undefined")

_BREAKS = str.maketrans(
    {
        "\n": '</w:t><w:br/><w:t xml:space="preserve">',
        "\r": '</w:t><w:br/><w:t xml:space="preserve">',
        "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
    }
)


def _printed(value: object) -> str:
    """Escape one printed value; its tabs and line ends become Word's own."""
    text = escape(value)
    if "\n" in text or "\t" in text or "\r" in text:
        return Markup(text.translate(_BREAKS))  # noqa: S704 - escaped above
    return text


class _Generator(CodeGenerator):
    """Looks words up without detours: every word was checked against the vocabulary beforehand."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        if isinstance(node.node, nodes.Name) and node.node.name == "loop":
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f"[{node.attr!r}]")


class _Sandbox(ImmutableSandboxedEnvironment):
    """An environment in which a template can print, choose and repeat, and nothing else."""

    code_generator_class = _Generator

    def __init__(self) -> None:
        super().__init__(autoescape=True, finalize=_printed, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.tests = {name: self.tests[name] for name in _TESTS}

    def call(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse every call; the check has refused them already."""
        raise SecurityError("calls are not allowed")


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A compiled template."""

    shown: str
    """How messages name the file."""
    parts: Mapping[str, bytes | Template]
    """The package; parts with tags are compiled."""

    def render(self, words: Mapping[str, Any]) -> dict[str, Iterator[bytes]]:
        """Render with ``words``; each part is a stream of bytes, made while it is written."""
        return {name: self._stream(part, words) for name, part in self.parts.items()}

    def _stream(self, part: bytes | Template, words: Mapping[str, Any]) -> Iterator[bytes]:
        if isinstance(part, bytes):
            yield part
            return
        try:
            yield from let_tall_rows_split(_joined(part.generate(words)))
        except (TemplateError, LookupError, TypeError, ValueError) as error:
            raise QtnbError(f'Mẫu "{self.shown}" không in được: {error}.', hint=_HINT) from error


def compile_template(parts: Mapping[str, bytes], vocabulary: type, shown: str) -> WordTemplate:
    """Compile the parts of a Word file whose tags may use the words of the TypedDict ``vocabulary``.

    Raises :class:`QtnbError` naming the file as ``shown``, the paragraph and the unknown word.
    """
    environment = _Sandbox()
    compiled: dict[str, bytes | Template] = {}
    for name, part in parts.items():
        compiled[name] = part
        if _RENDERED_PART.fullmatch(name):
            text = text_of(part, name, shown)
            if "{{" in _MARKUP.sub("", text) or "{%" in _MARKUP.sub("", text):
                compiled[name] = _compiled(environment, text, vocabulary, shown)
    return WordTemplate(shown, compiled)


def _compiled(environment: _Sandbox, text: str, vocabulary: type, shown: str) -> Template:
    source = _patched(text)
    try:
        tree = environment.parse(source)
        check(tree, vocabulary)
        return environment.from_string(tree)
    except TemplateSyntaxError as error:
        raise _at(shown, source, error.lineno, f"viết sai cú pháp thẻ ({error.message})") from error
    except Misuse as error:
        raise _at(shown, source, error.line, error.message, error.hint) from error


def _patched(text: str) -> str:
    """Make the tags that Word has split and formatted readable for Jinja2, one paragraph a line."""
    source: str = DocxTemplate(None).patch_xml(text)
    source = source.replace("\n", " ")
    source = _PARAGRAPH_START.sub(r"\n<w:p\1", source)
    return _BLOCK_TAG.sub(r"\1\n\2", source)


def _joined(pieces: Iterator[str]) -> Iterator[str]:
    while chunk := "".join(islice(pieces, _PIECES)):
        yield chunk


_HINT = "Sửa thẻ trong Word; các từ dùng được có trong tài liệu về mẫu."


def _at(shown: str, source: str, line: int, message: str, hint: str = "") -> QtnbError:
    paragraph = _MARKUP.sub("", source.split("\n")[line - 1]).strip()
    return QtnbError(f'Mẫu "{shown}", đoạn "{paragraph}": {message}.', hint=hint or _HINT)
