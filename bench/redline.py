"""Renders two states of a decision and marks what changed, in turns: ``redline.py KHO EARLIER TIMES``.

A process of its own, as for ``in_process.py``. Prints the seconds of every turn as JSON pairs: of the
redline, then of rendering both states, which the redline is made from.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import sys
import time
from pathlib import Path

from qtnb.building import kho_of
from qtnb.kho import Kho
from qtnb.render import TemplateStore
from qtnb.render.decision import rendered_parts
from qtnb.render.redline import redline_documents
from qtnb.resources import data_folder
from qtnb.validation import validate


def loaded(folder: Path) -> Kho:
    return kho_of(validate([folder], folder).kho[0])


def turn(old: Kho, new: Kho) -> tuple[float, float]:
    gc.collect()
    templates = TemplateStore(data_folder("templates"))
    start = time.perf_counter()
    before, after = (rendered_parts(kho, kho.quyet_dinh[0], templates) for kho in (old, new))
    rendered = time.perf_counter()
    redline_documents(before, after, "Văn phòng Sở", dt.date(2026, 12, 1))
    return time.perf_counter() - rendered, rendered - start


def main() -> None:
    new, old = (loaded(Path(folder)) for folder in sys.argv[1:3])
    turn(old, new)
    print(json.dumps([turn(old, new) for _ in range(int(sys.argv[3]))]))


if __name__ == "__main__":
    main()
