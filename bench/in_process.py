"""Renders the decision of a kho with qtnb and with docxtpl in turns: ``in_process.py KHO TIMES OUT``.

A process of its own, so that the memory of the documents does not weigh on the other measurements.
Both start from the same file of the template and the same data, and end with a .docx on the disk.
Prints the seconds of every turn as JSON pairs, qtnb first.
"""

from __future__ import annotations

import gc
import html
import json
import re
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from docxtpl import DocxTemplate

from qtnb.building import kho_of
from qtnb.kho import Kho
from qtnb.model import QuyetDinh
from qtnb.render import TemplateStore, render_decision
from qtnb.resources import data_folder
from qtnb.validation import validate
from qtnb.words.context import decision_words

_MARKUP = re.compile(r"<[^>]*>")


def with_qtnb(kho: Kho, quyet_dinh: QuyetDinh, out: Path) -> None:
    """As ``qtnb render`` does: the template is compiled and the words are made within the time measured."""
    render_decision(kho, quyet_dinh, out, TemplateStore(data_folder("templates")))


def with_docxtpl(kho: Kho, quyet_dinh: QuyetDinh, out: Path) -> None:
    template = DocxTemplate(data_folder("templates") / "quyet-dinh-cv.docx")
    template.render(decision_words(kho, quyet_dinh), autoescape=True)
    template.save(out)


def seconds(action: Callable[[], None]) -> float:
    gc.collect()
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def text_of(path: Path) -> str:
    """All words of the document; blanks between XML elements say nothing and differ."""
    with zipfile.ZipFile(path) as archive:
        return "".join(html.unescape(_MARKUP.sub("", archive.read("word/document.xml").decode())).split())


def main() -> None:
    folder, times, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    kho = kho_of(validate([folder], folder).kho[0])
    quyet_dinh = kho.quyet_dinh[0]
    ours, theirs = out / "qtnb.docx", out / "docxtpl.docx"

    def turn() -> tuple[float, float]:
        return (
            seconds(lambda: with_qtnb(kho, quyet_dinh, ours)),
            seconds(lambda: with_docxtpl(kho, quyet_dinh, theirs)),
        )

    turn()
    if text_of(ours) != text_of(theirs):
        sys.exit("The two documents differ in their text: the comparison would mean nothing.")
    print(json.dumps([turn() for _ in range(times)]))


if __name__ == "__main__":
    main()
