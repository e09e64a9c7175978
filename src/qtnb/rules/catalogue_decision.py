"""Quyết định phê duyệt danh mục nêu mỗi quy trình một lần và không bỏ sót quy trình nào.

Một quy trình được nêu hai lần, bằng khóa và bằng ký hiệu hoặc cùng một tên, thì danh mục in ra có hai dòng. Quy trình
không có trong quyết định danh mục nào của kho thì chưa được phê duyệt tên; đây là lưu ý, vì có thể đang chờ quyết định
sau.

Quyết định ghi `quy_trinh: tat_ca` nêu đủ mọi quy trình cùng loại. Nhiều quyết định danh mục chia nhau các lĩnh vực thì
được tính gộp. Kho chưa có quyết định danh mục nào không bị báo.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qtnb.finding import RelatedPlace, Remark, Severity
from qtnb.lint.decision_scope import NamedProcedures, approves_list, kind_of
from qtnb.lint.rule import Rule
from qtnb.lint.views import KhoView
from qtnb.source import Source
from qtnb.text import shown

_SHOWN: Final = 5
"""How many files a message names."""

_CV: Final = "loai: CV\nky_hieu: {symbol}\nten: {name}\nchua_co_noi_dung: true\n"
_FILES: Final = {
    "quy-trinh/van-ban-den.yaml": _CV.format(symbol="CV-01", name="Tiếp nhận văn bản đến"),
    "quy-trinh/van-ban-di.yaml": _CV.format(symbol="CV-02", name="Phát hành văn bản đi"),
}
_QUYET_DINH: Final = "loai: QD\nphe_duyet: danh_muc\nquy_trinh: {names}\n"


def check(kho: KhoView) -> Iterator[tuple[Source, Remark]]:
    """Look at the lists of decisions, one by one and together."""
    names = NamedProcedures(kho)
    for decision in kho.quyet_dinh:
        yield from _named_twice(decision, names)
    for kind in ("CV", "LT"):
        decisions = [item for item in kho.quyet_dinh if approves_list(item) and kind_of(item) == kind]
        if decisions and all(item.data["quy_trinh"] != "tat_ca" for item in decisions):
            yield from _left_out(decisions, names, kind)


def _named_twice(decision: Source, names: NamedProcedures) -> Iterator[tuple[Source, Remark]]:
    first: dict[str, int] = {}
    for number, procedure in names.listed(decision):
        earlier = first.setdefault(procedure.tep, number)
        if earlier != number:
            message = f"Quyết định nêu hai lần quy trình “{shown(procedure.data['ten'])}”."
            related = (RelatedPlace(("quy_trinh", earlier), "Đã nêu ở đây"),)
            yield decision, Remark(("quy_trinh", number), RULE.id, message, "Xóa một trong hai chỗ.", related=related)


def _left_out(decisions: Sequence[Source], names: NamedProcedures, kind: str) -> Iterator[tuple[Source, Remark]]:
    named = {procedure.tep for decision in decisions for procedure in names.named_by(decision)}
    missing = [procedure for procedure in names.of_kind[kind] if procedure.tep not in named]
    if not missing:
        return
    largest = max(decisions, key=lambda decision: len(decision.data["quy_trinh"]))
    some = ", ".join(procedure.path for procedure in missing[:_SHOWN])
    more = f" và {len(missing) - _SHOWN} tệp nữa" if len(missing) > _SHOWN else ""
    message = f"{len(missing)} quy trình {kind} không có trong quyết định danh mục nào: {some}{more}."
    hint = "Thêm vào quy_trinh, hoặc ghi quy_trinh: tat_ca; nếu chờ quyết định sau thì để nguyên."
    yield largest, Remark(("quy_trinh",), RULE.id, message, hint, Severity.INFO)


RULE: Final = Rule(
    id="catalogue-decision",
    title="Quyết định danh mục nêu lặp hoặc bỏ sót quy trình",
    severity=Severity.ERROR,
    nguon="Kế hoạch số 97/KH-UBND, mục II.2 (phê duyệt danh mục tên quy trình đã rà soát, thống kê)",
    bad=_FILES | {"quyet-dinh/q.yaml": _QUYET_DINH.format(names="[CV-01, CV-02, van-ban-den]")},
    good=_FILES | {"quyet-dinh/q.yaml": _QUYET_DINH.format(names="[CV-01, van-ban-di]")},
    check_kho=check,
)
