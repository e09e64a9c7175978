"""Turns a Word template into a compiled Jinja2 template, and renders it straight into an archive.

docxtpl parses the document, renders it, and parses the result again for every document; here its
tags are patched and compiled once, and rendering is text from there on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any, NoReturn

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from qtnb.errors import QtnbError
from qtnb.render.check import Misuse, check
from qtnb.render.package import text_of
from qtnb.render.pictures import picture_xml
from qtnb.render.rows import fit_rows
from qtnb.render.run_text import run_text
from qtnb.render.sections import without_empty_end
from qtnb.render.tables import table_xml
from qtnb.words.blocks import Bang, Hinh

_PIECES = 2048
"""Pieces of rendered text that are joined, encoded and compressed at a time."""

_MAX_TAGS = 2_000
"""In one part; docxtpl's patterns can take quadratic time, and the built-in templates have fewer than 200."""

_RENDERED_PART = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PARAGRAPH_START = re.compile(r"<w:p([ >])")
_BLOCK_TAG = re.compile(r"(</w:(?:p|tr|tc|tbl|tblGrid)>)(\{[%{])")
_MARKUP = re.compile(r"<[^>]*>")

_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_TAG_KIND = re.compile(r"\{([%{#])(?:tr|tc|p|r)\s")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_UNKNOWN_TAG = re.compile(r"unknown tag '(\w+)'")
_UNCLOSED_TAG = re.compile(r"needs to be closed is '(\w+)'")

_HINT = "Sửa thẻ trong Word; các từ dùng được có trong tài liệu về mẫu."

_FILTERS = ("e", "escape", "first", "join", "last", "length", "lower", "trim", "upper")
_TESTS = ("defined", "divisibleby", "eq", "even", "ne", "odd", "undefined")


def _printed(value: object) -> str:
    """One printed value; a table or a picture is the only one that brings elements of its own."""
    match value:
        case str():  # nearly every value; there are many
            return run_text(value)
        case Bang():
            return Markup(table_xml(value))  # noqa: S704 - its texts are escaped
        case Hinh():
            return Markup(picture_xml(value))  # noqa: S704 - as above
        case _:
            return run_text(value)


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
        super().__init__(autoescape=True, finalize=_printed, undefined=StrictUndefined, trim_blocks=True)
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
            yield from without_empty_end(fit_rows(_joined(part.generate(words))))
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise QtnbError(f"Mẫu “{self.shown}” không in được: {error}.", hint=_HINT) from error


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
    if text.count("{%") + text.count("{{") > _MAX_TAGS:
        raise _fault(shown, "", f"có quá nhiều thẻ (trên {_MAX_TAGS})")
    source = _patched(text)
    try:
        tree = environment.parse(source)
        check(tree, vocabulary)
        return environment.from_string(tree)
    except TemplateSyntaxError as error:
        raise _syntax_fault(shown, error, _paragraph(text, source, error.lineno, "")) from error
    except (RecursionError, SyntaxError) as error:  # Python's own limits on generated code
        raise _fault(shown, "", "có thẻ lồng nhau quá sâu") from error
    except Misuse as error:
        raise _fault(shown, _paragraph(text, source, error.line, error.word), error.message, error.hint) from error


def _patched(text: str) -> str:
    """Make the tags that Word has split and formatted readable for Jinja2; lines tell paragraphs apart."""
    lines = _PARAGRAPH_START.sub(r"\n<w:p\1", text.replace("\n", " "))
    source: str = DocxTemplate(None).patch_xml(lines)
    # LibreOffice writes quotes as entities, also inside a tag.
    source = _TAG.sub(lambda tag: tag[0].replace("&apos;", "'").replace("&quot;", '"'), source)
    return _BLOCK_TAG.sub(r"\1\n\2", source)


def _joined(pieces: Iterator[str]) -> Iterator[str]:
    while chunk := "".join(islice(pieces, _PIECES)):
        yield chunk


def _paragraph(text: str, source: str, line: int, word: str) -> str:
    """The paragraph as it stands in Word, for a line of the patched ``source``; with ``word`` in it if any has."""
    wanted = _comparable(source.split("\n")[line - 1])
    paragraphs = (_MARKUP.sub("", part).strip() for part in _PARAGRAPH.findall(text))
    found = [paragraph for paragraph in paragraphs if paragraph and _comparable(paragraph) in wanted]
    return max(found, key=lambda paragraph: (word in paragraph, len(paragraph)), default="")


def _comparable(text: str) -> str:
    return "".join(_TAG_KIND.sub(r"{\1", unescape(_MARKUP.sub("", text)).translate(_QUOTES)).split())


def _syntax_fault(shown: str, error: TemplateSyntaxError, paragraph: str) -> QtnbError:
    said = error.message or ""
    if unclosed := _UNCLOSED_TAG.search(said):  # Jinja2 stands at the end of the template, not at the command
        return _fault(shown, "", f'lệnh "{unclosed[1]}" không có thẻ đóng')
    if unknown := _UNKNOWN_TAG.search(said):
        return _fault(shown, paragraph, f'không dùng được lệnh "{unknown[1]}"')
    return _fault(shown, paragraph, "viết sai cú pháp thẻ")


def _fault(shown: str, paragraph: str, message: str, hint: str = "") -> QtnbError:
    where = f", đoạn “{paragraph}”" if paragraph else ""
    return QtnbError(f"Mẫu “{shown}”{where}: {message}.", hint=hint or _HINT)
