"""Write the pages of the rules in ``quy-tac/``: ``python docs/build_rules.py [--check]``.

One page for each rule, from its module and from what ``qtnb lint`` prints for its bad example; and
in the index ``README.md`` the text between ``<!-- build_rules: list -->`` and
``<!-- build_rules: end -->``. ``--check`` only compares.
"""  # noqa: INP001 - a script, no package

from __future__ import annotations

import datetime as dt
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from qtnb.commands.lint import LintOptions, run_lint
from qtnb.commands.outcome import ReportOptions
from qtnb.commands.rule_pages import explanation
from qtnb.lint.rule import Rule
from qtnb.lint.run import LintRun
from qtnb.lint.settings import Selection
from qtnb.report.rule_page import GROUPS, page_of_rule
from qtnb.report.summary import WORDS
from qtnb.rules import RULES

FOLDER: Final = Path(__file__).resolve().parent / "quy-tac"
INDEX: Final = FOLDER / "README.md"

KHO: Final = """\
phien_ban: 1
co_quan:
  ten: Sở Nội vụ thành phố Hà Nội
  ten_ban_hanh: SỞ NỘI VỤ
  chu_quan: UBND THÀNH PHỐ HÀ NỘI
  viet_tat: SNV
  cap: so
  dia_danh: Hà Nội
  nguoi_dung_dau: Giám đốc
"""
"""The kho file of examples that bring none."""

TODAY: Final = dt.date(2026, 11, 21)
"""The day on which the examples are judged, so that a page stays the same on every day."""

_MADE: Final = re.compile(r"(<!-- build_rules: list -->\n).*?(<!-- build_rules: end -->)", re.DOTALL)


def pages(index: str) -> dict[Path, str]:
    """Every page by its file, the index made anew from ``index``."""
    made = {FOLDER / f"{rule.id}.md": _page(rule) for rule in RULES}
    return made | {INDEX: _MADE.sub(lambda part: f"{part[1]}\n{_list()}\n{part[2]}", index)}


def _page(rule: Rule) -> str:
    page = page_of_rule(rule, explanation(rule), _told(rule))
    return f"{page.markdown}\n[Các quy tắc khác](README.md)\n"


def _told(rule: Rule) -> str:
    """What ``qtnb lint --select RULE`` prints for the bad example."""
    with tempfile.TemporaryDirectory(prefix="qtnb-docs-") as folder:
        kho = Path(folder)
        _write(kho, {"qtnb.yaml": KHO, **rule.bad})
        run = LintRun((kho,), kho, Selection(select=(rule.id,)), TODAY)
        return run_lint(LintOptions(run, ReportOptions()), lambda _: None).out


def _write(kho: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (kho / name).parent.mkdir(parents=True, exist_ok=True)
        (kho / name).write_text(text, encoding="utf-8")


def _list() -> str:
    return "\n".join(_tables())


def _tables() -> Iterator[str]:
    """One table for each group that has rules."""
    for group, words in GROUPS.items():
        rules = [rule for rule in RULES if rule.group is group]
        if rules:
            yield f"**{words}** (`{group}`)\n\n| Quy tắc | Mức | Báo khi |\n| --- | --- | --- |"
            yield from (f"| [`{rule.id}`]({rule.id}.md) | {WORDS[rule.severity]} | {rule.title} |" for rule in rules)
            yield ""


def main(arguments: Sequence[str]) -> int:
    """Write the pages, remove those of rules that are gone; with ``--check`` only say by 1 that something changes."""
    wanted = pages(INDEX.read_text(encoding="utf-8"))
    there = {path: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    changed = sorted(path for path in {*wanted, *there} if wanted.get(path) != there.get(path))
    if "--check" in arguments:
        for path in changed:
            sys.stdout.write(f"quy-tac/{path.name} differs from the rules; run: python docs/build_rules.py\n")
        return int(bool(changed))
    for path in changed:
        if path in wanted:
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
