"""What the decisions of a kho on disk say, in the words that their templates print."""

from __future__ import annotations

from pathlib import Path

from qtnb.commands.printing import printable_decisions
from qtnb.validation import validate
from qtnb.words.context import decision_words


def printed_articles(kho: Path, decision: str) -> list[str]:
    """The Điều of a decision, by its key, each as one text; the kho has no errors."""
    (checked,) = validate([kho], kho).kho
    assert not checked.has_errors, checked.findings
    (it,) = printable_decisions(checked, {f"quyet-dinh/{decision}.yaml"})
    words = decision_words(it.kho, it.quyet_dinh, it.truoc_day, it.so_sanh)["quyet_dinh"]
    articles: list[str] = []
    for part in words["cac_dieu"]:
        if part["nhan"]:
            articles.append(part["noi_dung"])
        else:
            articles[-1] += f"\n{part['noi_dung']}"
    return articles
