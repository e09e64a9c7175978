"""The tables of a roll-up, from the figures of its kho."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from qtnb.aggregate.figures import FILES, KhoFigures, Sums, added, linh_vuc_key
from qtnb.aggregate.levels import ORDER, level_title
from qtnb.aggregate.standing import When
from qtnb.aggregate.subjects import Subject, counts_of_procedures, subjects, vietnamese
from qtnb.collation import alphabet_key
from qtnb.lint.units import unit_key
from qtnb.tabular.table import Cells, Column, Group, Kind, Table

NAME: Final = "ten"
"""Key of the column that names the row."""
FINDINGS: Final = "phat_hien"
"""Key of the table of findings, which alone tells of what belongs to no procedure."""

NO_LINH_VUC: Final = "Chưa ghi lĩnh vực"
"""Name of the row of procedures without one."""
_NO_PROCEDURE: Final = "Tệp khác và tệp hỏng"
_NOT_COUNTED: Final = "Kho không tổng hợp được"


@dataclass(frozen=True, slots=True)
class Rolled:
    """All that the tables are made of."""

    kho: Sequence[KhoFigures]
    """Those with a readable ``qtnb.yaml``, in report order."""
    broken: Sequence[KhoFigures]
    """The others, of which only findings are told."""
    when: When
    linted: bool
    """Whether findings are those of ``qtnb lint``."""
    phai_gui: Sequence[str] = ()
    """The agencies that must send; empty: nobody said."""


def tables_of(rolled: Rolled) -> tuple[Table, ...]:
    """Every table, in the order of the report."""
    told = subjects(rolled.when, linted=rolled.linted)
    return (_levels(rolled), *_by_agency(rolled, told), *_by_linh_vuc(rolled, told), *_awaited(rolled))


def whole_of(rolled: Rolled) -> Sums:
    """The figures of the whole: those of the tables, and how many kho there are."""
    sums = added(kho.sums for kho in (*rolled.kho, *rolled.broken))
    told = subjects(rolled.when, linted=rolled.linted)
    columns = [column for subject in told for column in (*subject.of_agencies, *subject.columns) if _is_figure(column)]
    must = _must_send(rolled)
    awaited: Sums = {"phai_gui": len(must), "chua_gui": len(_missing(rolled))} if must else {}
    kho: Sums = {"kho": len(rolled.kho), "kho_hong": len(rolled.broken)}
    return kho | awaited | {column.key: sums.get(column.key, 0) for column in columns}


def _levels(rolled: Rolled) -> Table:
    """The whole by level: how far the agencies have come."""
    full, approved, force = "Cơ quan đã phê duyệt đủ (1)", "Quy trình đã phê duyệt", "Đang có hiệu lực"
    columns = (
        Column(NAME, "Cấp"),
        Column("kho", "Số cơ quan", Kind.COUNT),
        Column("kho_danh_muc", "Danh mục", Kind.COUNT, full),
        Column("ty_le_kho_danh_muc", "Tỷ lệ %", Kind.RATIO, full, "kho_danh_muc", "kho"),
        Column("kho_noi_dung", "Nội dung", Kind.COUNT, full),
        Column("ty_le_kho_noi_dung", "Tỷ lệ %", Kind.RATIO, full, "kho_noi_dung", "kho"),
        *counts_of_procedures(),
        Column("co_noi_dung", "Đã có nội dung", Kind.COUNT),
        Column("duyet_danh_muc", "Danh mục", Kind.COUNT, approved),
        Column("duyet_noi_dung", "Nội dung", Kind.COUNT, approved),
        Column("hieu_luc", "Số quy trình", Kind.COUNT, force),
        Column("ty_le_hieu_luc", "Tỷ lệ %", Kind.RATIO, force, "hieu_luc", "quy_trinh"),
    )
    rows = tuple(
        _row(columns, level_title(cap, rolled.when.ngay), _level_sums(kho)) for cap, kho in _by_level(rolled.kho)
    )
    notes = ("Cơ quan có quy trình, và mọi quy trình đều đã được phê duyệt danh mục, phê duyệt nội dung.",)
    title = f"Tổng hợp theo cấp đến {vietnamese(rolled.when.ngay)}"
    return Table("cap", title, columns, (Group("", "", rows),), footnotes=notes, sheet="Theo cấp")


def _by_agency(rolled: Rolled, told: Iterable[Subject]) -> Iterable[Table]:
    for subject in told:
        columns = (Column(NAME, "Cơ quan"), *subject.of_agencies, *subject.columns)
        groups = [
            (level_title(cap, rolled.when.ngay), [_row(columns, _name(item), item.sums) for item in kho])
            for cap, kho in _by_level(rolled.kho)
        ]
        if subject.key == FINDINGS and rolled.broken:
            groups.append((_NOT_COUNTED, [_row(columns, item.kho.path, item.sums) for item in rolled.broken]))
        yield Table(
            subject.key,
            f"{subject.title} theo cơ quan{subject.until}",
            columns,
            tuple(Group(ascii_uppercase[at], title, tuple(rows)) for at, (title, rows) in enumerate(groups)),
            footnotes=(*subject.notes, *subject.notes_of_agencies),
            sheet=subject.sheet,
        )


def _by_linh_vuc(rolled: Rolled, told: Iterable[Subject]) -> Iterable[Table]:
    sums: dict[str | None, Sums] = defaultdict(dict)
    agencies: Counter[str | None] = Counter()
    for kho in (*rolled.kho, *rolled.broken):
        for key, part in kho.by_linh_vuc.items():
            sums[key] = added((sums[key], part))
            agencies[key] += bool(part.get("quy_trinh"))
    names = _linh_vuc_names(rolled.kho)
    order = sorted((key for key in sums if key), key=lambda key: alphabet_key(names[key]))
    order += [""] if "" in sums else []
    for subject in told:
        first = subject.key == "so_luong"
        extra = (Column("co_quan", "Số cơ quan", Kind.COUNT, summed=False),) if first else ()
        columns = (Column(NAME, "Lĩnh vực"), *extra, *subject.columns)
        rows = [_row(columns, names.get(key, NO_LINH_VUC), sums[key] | {"co_quan": agencies[key]}) for key in order]
        if subject.key == FINDINGS:
            rows.append(_row(columns, _NO_PROCEDURE, sums[FILES]))
        yield Table(
            f"linh_vuc_{subject.key}",
            f"{subject.title} theo lĩnh vực{subject.until}",
            columns,
            (Group("", "", tuple(rows)),),
            footnotes=subject.notes,
            sheet=f"{subject.sheet} theo lĩnh vực",
        )


def _awaited(rolled: Rolled) -> Iterable[Table]:
    """The agencies that must send and have not, where the plan names those that must."""
    missing, must = _missing(rolled), _must_send(rolled)
    if must:
        title = f"Cơ quan chưa có số liệu: {len(missing)} trong {len(must)} cơ quan phải gửi"
        rows = tuple({NAME: name} for name in missing)
        yield Table("chua_gui", title, (Column(NAME, "Cơ quan"),), (Group("", "", rows),), total="", sheet="Chưa gửi")


def _missing(rolled: Rolled) -> list[str]:
    sent = {unit_key(item.kho.facts.co_quan.ten) for item in rolled.kho if item.kho.facts.co_quan}
    return [name for key, name in _must_send(rolled).items() if key not in sent]


def _must_send(rolled: Rolled) -> dict[str, str]:
    """The names of the agencies that must send by what tells them apart; one that is named twice is one."""
    names: dict[str, str] = {}
    for name in rolled.phai_gui:
        names.setdefault(unit_key(name), name)
    return names


def _by_level(kho: Iterable[KhoFigures]) -> list[tuple[str, list[KhoFigures]]]:
    """The kho of each level that has any, levels in the order of reports."""
    levels: dict[str, list[KhoFigures]] = {cap: [] for cap in ORDER}
    for item in kho:
        if item.kho.facts.co_quan:
            levels[item.kho.facts.co_quan.cap].append(item)
    return [(cap, items) for cap, items in levels.items() if items]


def _level_sums(kho: Sequence[KhoFigures]) -> Sums:
    sums = added(item.sums for item in kho)
    complete = {
        key: sum(1 for item in kho if item.sums["quy_trinh"] and item.sums[key] == item.sums["quy_trinh"])
        for key in ("duyet_danh_muc", "duyet_noi_dung")
    }
    own = {"kho": len(kho), "kho_danh_muc": complete["duyet_danh_muc"], "kho_noi_dung": complete["duyet_noi_dung"]}
    return sums | own


def _linh_vuc_names(kho: Iterable[KhoFigures]) -> dict[str, str]:
    """The name of each lĩnh vực as most procedures write it."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for item in kho:
        for text, count in item.spellings.items():
            spellings[linh_vuc_key(text)][text] += count
    best = {key: min(found.items(), key=lambda item: (-item[1], item[0]))[0] for key, found in spellings.items()}
    return {key: name for key, name in best.items() if key}


def _name(item: KhoFigures) -> str:
    return item.kho.facts.co_quan.ten if item.kho.facts.co_quan else item.kho.path


def _row(columns: Iterable[Column], name: str, sums: Sums) -> Cells:
    return {NAME: name} | {column.key: sums.get(column.key, 0) for column in columns if _is_figure(column)}


def _is_figure(column: Column) -> bool:
    return column.kind in {Kind.COUNT, Kind.AMOUNT}
