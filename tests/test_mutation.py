"""Good procedures with one thing made wrong: nothing that the form requires may go unnoticed."""

from __future__ import annotations

import copy
import datetime as dt
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from kit import EXAMPLES
from qtnb.finding import DataPath
from qtnb.lint.run import LintRun, lint
from qtnb.lint.settings import Selection
from qtnb.rules import RULES
from qtnb.schema import number_keys
from qtnb.source import FileName, Value, read_source

KHO = EXAMPLES / "so-noi-vu"
FILES = ("quy-trinh/van-thu-luu-tru/tiep-nhan-van-ban-den.yaml", "quy-trinh/lien-thong/thanh-lap-to-chuc-phoi-hop.yaml")

OPTIONAL = {
    "linh_vuc",
    "ghi_chu",
    "phoi_hop",
    "giai_doan",
    "song_song",
    "quay_lai",
    "khi",
    "khong_tinh_thoi_gian",
    "thu_tu",
}
"""Keys whose absence changes no required meaning."""
SILENT = {
    "emptied": OPTIONAL | {"ky_hieu", "bieu_mau", "ban_sao", "ban_chinh"},
    "misspelt": set[str](),
    "doubled": set[str](),
    "lifted": set[str](),
}
"""What each kind of mutation may do unnoticed: ``ky_hieu`` is given by ``number``; an office may have no
form of its own; a paper that needs one kind of copy fewer is another legal answer."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change to the data of a file."""

    kind: str
    at: DataPath
    data: Value


def _mutations(data: Value) -> Iterator[Mutation]:
    for at in _paths(data):
        key = at[-1]
        if isinstance(key, str):
            yield Mutation("emptied", at, _changed(data, at, "emptied"))
            yield Mutation("misspelt", at, _changed(data, at, "misspelt"))
            if len(at) > 1:
                yield Mutation("lifted", at, _changed(data, at, "lifted"))
        else:
            yield Mutation("doubled", at, _changed(data, at, "doubled"))


def _paths(value: Value, at: DataPath = ()) -> Iterator[DataPath]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*at, key)
        yield from _paths(part, (*at, key))


def _changed(data: Value, at: DataPath, kind: str) -> Value:
    changed = copy.deepcopy(data)
    holder, above = changed, changed
    for step in at[:-1]:
        holder, above = holder[step], holder if isinstance(holder, dict) else above
    key = at[-1]
    match kind:
        case "emptied":
            holder[key] = [] if isinstance(holder[key], list) else ""
        case "misspelt":
            holder[f"{key}z"] = holder.pop(key)
        case "lifted":
            above[f"{key}"] = holder.pop(key)
        case "doubled":
            holder.insert(key, copy.deepcopy(holder[key]))
    return changed


def _is_outside(data: Value, at: DataPath) -> bool:
    """Whether it is the time of a step whose time is not counted, which may be left blank."""
    holder = data
    for step in at[:-1]:
        holder = holder[step]
    return at[-1] == "thoi_gian" and bool(holder.get("khong_tinh_thoi_gian"))


def _new_findings(kho: Path, tep: str, before: Counter[str]) -> bool:
    run = LintRun((kho,), kho, Selection(), dt.date(2026, 11, 21))
    found = Counter(f.rule for f in lint(run, RULES).findings if f.path == tep)
    return any(found[rule] > before[rule] for rule in found)


@pytest.mark.parametrize("tep", FILES)
def test_no_mutation_of_a_required_meaning_goes_unnoticed(
    tep: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kho = tmp_path / "kho"
    shutil.copytree(KHO, kho)
    path = kho / tep
    data = read_source(FileName(path, tep, tep), path.read_bytes(), number_keys()).data
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    run = LintRun((kho,), kho, Selection(), dt.date(2026, 11, 21))
    before = Counter(f.rule for f in lint(run, RULES).findings if f.path == tep)
    seen: Counter[str] = Counter()
    missed: list[str] = []
    for mutation in _mutations(data):
        path.write_text(yaml.safe_dump(mutation.data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        noticed = _new_findings(kho, tep, before)
        seen[f"{mutation.kind} {'noticed' if noticed else 'unnoticed'}"] += 1
        if not noticed and mutation.at[-1] not in SILENT[mutation.kind] and not _is_outside(data, mutation.at):
            missed.append(f"{mutation.kind} {'.'.join(map(str, mutation.at))}")
    with capsys.disabled():
        print(  # noqa: T201 - the score is for the reader of the log
            f"\n{tep}: " + ", ".join(f"{name} {count}" for name, count in sorted(seen.items()))
        )
    assert not missed, "\n".join(missed)
