"""Registers as work on branches makes them, for the properties of joining."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

from hypothesis import strategies as st

from qtnb.model import Phan
from qtnb.so_dang_ky.model import LanQuyetDinh, MucDangKy, QuyetDinhDaKy, SoDangKy, TrangThai

KEYS = ("an-toan", "ban-giao", "cong-tac", "den", "di", "ho-so", "nghi-phep", "ong-ba", "tiep-dan", "xe")
FIRST_DAY = dt.date(2025, 1, 1)


def seal(*words: object) -> str:
    return hashlib.sha256(repr(words).encode()).hexdigest()


def with_draft(register: SoDangKy, khoa: str) -> SoDangKy:
    """A new draft, with the number that ``qtnb number`` would give it."""
    if khoa in register.quy_trinh:
        return register
    highest = max((int(symbol[3:]) for symbol in register.ky_hieu_da_cap), default=0)
    return register.with_items([MucDangKy(khoa, f"CV-{highest + 1:02d}")])


def with_decision(
    register: SoDangKy, khoa: str, day: int, approved: dict[str, tuple[Phan, ...]], ended: tuple[str, ...] = ()
) -> SoDangKy:
    """A decision entered that approves parts of procedures, as they are on this branch, or ends some.

    Its number is that in its key.
    """
    so, ngay = int(khoa.rpartition("-")[2]), FIRST_DAY + dt.timedelta(days=day)
    amends = any(register.quy_trinh[name].trang_thai.con_hieu_luc for name in approved)
    hinh_thuc = "bai_bo" if ended else "sua_doi_bo_sung" if amends else "ban_hanh"
    lan = LanQuyetDinh(khoa, f"{so:02d}/QĐ-SNV", ngay, hinh_thuc)
    blocks = []
    for name, parts in approved.items():
        item = register.quy_trinh[name]
        history = (*item.lich_su, replace(lan, dau={phan: seal(name, phan, khoa) for phan in parts}))
        amended = any(event.hinh_thuc != "ban_hanh" for event in history[1:])
        state = TrangThai.SUA_DOI if amended else TrangThai.DA_PHE_DUYET
        blocks.append(replace(item, trang_thai=state, hieu_luc=ngay, lich_su=history))
    for name in ended:
        item = register.quy_trinh[name]
        blocks.append(replace(item, trang_thai=TrangThai.BAI_BO, het_hieu_luc=ngay, lich_su=(*item.lich_su, lan)))
    kept = seal("kept", khoa, day, sorted(approved), ended)
    signed = QuyetDinhDaKy(khoa, str(so), "QĐ-SNV", ngay, ngay, hinh_thuc, "noi_dung", seal(khoa), kept, len(blocks))
    return register.with_decisions([signed]).with_items(blocks)


@st.composite
def continued(draw: st.DrawFn, register: SoDangKy, branch: str, first_day: int) -> SoDangKy:
    """``register`` after some lawful work on a branch; days go forward, numbers of decisions are its own."""
    for step in range(draw(st.integers(0, 4))):
        alive = [item.khoa for item in register.quy_trinh.values() if item.trang_thai.con_hieu_luc]
        open_ones = [*alive, *(khoa for khoa, item in register.quy_trinh.items() if not item.lich_su)]
        day = first_day + 3 * step + draw(st.integers(0, 2))
        decision = f"qd-{branch}-{first_day * 10 + step * 2 + (branch == 'b')}"
        kind = draw(st.sampled_from(["draft", "draft", "approve", "approve", "end"]))
        if kind == "approve" and open_ones:
            names = draw(st.lists(st.sampled_from(sorted(open_ones)), unique=True, min_size=1, max_size=3))
            parts = draw(st.sampled_from([(Phan.DANH_MUC,), (Phan.NOI_DUNG,), (Phan.DANH_MUC, Phan.NOI_DUNG)]))
            register = with_decision(register, decision, day, dict.fromkeys(names, parts))
        elif kind == "end" and alive:
            name = draw(st.sampled_from(sorted(alive)))
            register = with_decision(register, decision, day, {}, (name,))
        else:
            register = with_draft(register, draw(st.sampled_from(KEYS)))
    return register


@st.composite
def branches(draw: st.DrawFn) -> tuple[SoDangKy, SoDangKy, SoDangKy]:
    """What two branches started from, and what they made of it."""
    base = draw(continued(SoDangKy(), "c", 1))
    return base, draw(continued(base, "a", 30)), draw(continued(base, "b", 30))


@st.composite
def any_register(draw: st.DrawFn) -> SoDangKy:
    """A register whose blocks fit their schema and may say anything, as from a stranger's branch."""
    keys = st.sampled_from(["qd-1", "qd-2", "qd-3"])
    day = st.dates(FIRST_DAY, FIRST_DAY + dt.timedelta(days=3))
    parts = st.dictionaries(st.sampled_from(list(Phan)), st.sampled_from([seal(1), seal(2)]), max_size=2)
    form = st.sampled_from(["ban_hanh", "sua_doi_bo_sung", "thay_the", "bai_bo"])
    number = st.sampled_from(["12/QĐ-SNV", "/", "²/x", "13"])
    event = st.builds(LanQuyetDinh, keys, number, day, form, parts)
    symbol = st.sampled_from(["CV-01", "LT-02"])
    block = st.builds(
        MucDangKy,
        st.just(""),
        symbol,
        st.sampled_from(list(TrangThai)),
        st.just(()),
        day | st.none(),
        day | st.none(),
        st.lists(event, max_size=3).map(tuple),
    )
    decision = st.builds(
        QuyetDinhDaKy,
        st.just(""),
        st.sampled_from(["12", "13"]),
        st.just("QĐ-SNV"),
        day,
        day,
        form,
        st.just("noi_dung"),
        st.just(seal(1)),
        st.sampled_from([seal(1), seal(2)]),
        st.integers(0, 2),
        st.sampled_from(["", "qd-1", "qd-9"]),
    )
    decisions = draw(st.dictionaries(keys, decision, max_size=3))
    blocks = draw(st.dictionaries(st.sampled_from(["den", "di"]), block, max_size=2))
    return SoDangKy(
        {khoa: replace(item, khoa=khoa) for khoa, item in decisions.items()},
        {khoa: replace(item, khoa=khoa) for khoa, item in blocks.items()},
    )
