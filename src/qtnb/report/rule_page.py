"""The page that explains a rule, as Markdown."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from qtnb.finding import Severity
from qtnb.lint.rule import Group, Rule
from qtnb.report.summary import WORDS

GROUPS: Final[Mapping[Group, str]] = {
    Group.TIME: "Thời gian",
    Group.DUTY: "Trách nhiệm",
    Group.LAW: "Căn cứ pháp lý",
    Group.AUTHORITY: "Thẩm quyền",
    Group.PAPERS: "Hồ sơ, tài liệu, biểu mẫu",
    Group.REFERENCE: "Tham chiếu giữa các bước và các quy trình",
    Group.CATALOGUE: "Danh mục",
    Group.TEXT: "Chữ viết",
    Group.YAML: "Cách viết YAML",
    Group.OFFICE: "Quy tắc riêng của cơ quan",
}
"""What a person reads for a group of rules, in the order of the lists."""

_FENCE: Final = re.compile(r'^```(\w+)(?: title="([^"]*)")?.*$', re.MULTILINE)
_LINK: Final = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_SECTION: Final = re.compile(r"^### ([a-z]+(?:-[a-z]+)*)\n(.*?)(?=^#{1,3} |\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RulePage:
    """What there is to say about one rule."""

    id: str
    title: str
    """One phrase without a final stop."""
    summary: str
    """The first paragraph, on one line."""
    markdown: str
    """The whole page."""
    severity: Severity | None
    """What a finding of the rule counts as by default; None where that differs from case to case."""


def page_of_rule(rule: Rule, text: str, told: str = "") -> RulePage:
    """The page of a quality rule.

    ``text`` is its explanation (the docstring of its module), ``told`` what ``qtnb lint`` prints
    for the bad example; empty leaves that out.
    """
    parts = (
        f"# {rule.id}: {rule.title}",
        f"Mức mặc định: {WORDS[rule.severity]}. Nhóm: {GROUPS[rule.group]} (`{rule.group}`).",
        text.strip(),
        "## Ví dụ sai",
        *_files(rule.bad),
        *(("`qtnb lint` báo:", _fenced("text", told)) if told else ()),
        "## Ví dụ đúng",
        *_files({name: text for name, text in rule.good.items() if text != rule.bad.get(name)}),
        *_options(rule),
        "## Bỏ qua hoặc đổi mức",
        f"Ở một chỗ: thêm vào cuối dòng đó chú thích `# qtnb: bo-qua[{rule.id}] lý do`.",
        f"Cả kho: ghi `lint: {{quy_tac: {{{rule.id}: off}}}}` vào `qtnb.yaml`; đổi mức: `error`, `warning`, `info`.",
        "## Căn cứ",
        f"{rule.nguon.rstrip('.')}.",
    )
    return RulePage(rule.id, rule.title, _first_paragraph(text), _joined(parts), rule.severity)


def pages_of_messages(text: str) -> dict[str, RulePage]:
    """The pages of the messages that a page of the documentation explains, each in a section ``### id``."""
    pages = {}
    for name, body in _SECTION.findall(text):
        summary = _first_paragraph(body)
        title = summary.split(". ")[0].rstrip(".:")
        pages[name] = RulePage(name, title, summary, _joined((f"# {name}", _alone(body))), None)
    return pages


def _alone(body: str) -> str:
    """A section as it reads outside its page: files named above their blocks, links as their words."""
    named = _FENCE.sub(lambda fence: (f"`{fence[2]}`:\n\n" if fence[2] else "") + f"```{fence[1]}", body.strip())
    return _LINK.sub(r"\1", named)


def _files(files: Mapping[str, str]) -> Iterator[str]:
    for name, text in files.items():
        yield f"`{name}`:"
        yield _fenced("yaml", "".join(map(_seen, text)))


def _seen(char: str) -> str:
    """A character of an example; one that the eye cannot tell from a space or from nothing by its number."""
    hidden = char not in " \n" and unicodedata.category(char) in {"Cc", "Cf", "Co", "Zl", "Zp", "Zs"}
    return f"‹U+{ord(char):04X}›" if hidden else char


def _options(rule: Rule) -> Iterator[str]:
    if rule.options:
        yield "## Tùy chọn"
        rows = (f"| `{name}` | `{json.dumps(value, ensure_ascii=False)}` |" for name, value in rule.options.items())
        yield "\n".join(("| Khóa | Mặc định |", "| --- | --- |", *rows))
        name = next(iter(rule.options))
        yield f"Ghi trong `qtnb.yaml`: `lint: {{quy_tac: {{{rule.id}: {{{name}: …}}}}}}`."


def _fenced(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def _first_paragraph(text: str) -> str:
    return " ".join(text.strip().split("\n\n")[0].split())


def _joined(parts: Iterator[str] | tuple[str, ...]) -> str:
    return "\n\n".join(parts) + "\n"
