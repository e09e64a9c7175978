"""Các quyết định phê duyệt danh mục không bỏ sót quy trình nào của kho.

Quy trình không có trong quyết định danh mục nào thì chưa được phê duyệt tên. Đây là lưu ý, vì có thể đang chờ quyết
định sau.

Quyết định ghi `quy_trinh: tat_ca` nêu đủ mọi quy trình cùng loại. Nhiều quyết định danh mục chia nhau các lĩnh vực thì
được tính gộp; lời nhắc đứng ở quyết định nêu nhiều quy trình nhất. Quy trình đã có quyết định bãi bỏ thì không tính.
Kho chưa có quyết định danh mục nào không bị báo.

Quyết định nêu một quy trình hai lần thì `qtnb validate` đã báo lỗi.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.decision_scope import NamedProcedures, abolishes, approves_list, kind_of, paths_of
from qtnb.lint.rule import Rule
from qtnb.lint.views import KhoView
from qtnb.source import Source

_CV: Final = "loai: CV\nky_hieu: {symbol}\nten: {name}\nchua_co_noi_dung: true\n"
_FILES: Final = {
    "quy-trinh/van-ban-den.yaml": _CV.format(symbol="CV-01", name="Tiếp nhận văn bản đến"),
    "quy-trinh/van-ban-di.yaml": _CV.format(symbol="CV-02", name="Phát hành văn bản đi"),
}
_QUYET_DINH: Final = "loai: QD\nphe_duyet: danh_muc\nquy_trinh: {names}\n"


def check(kho: KhoView) -> Iterator[tuple[Source, Remark]]:
    """Look at the lists of all decisions together, for each kind of procedure."""
    names = NamedProcedures(kho)
    for kind in ("CV", "LT"):
        decisions = [item for item in kho.quyet_dinh if approves_list(item) and kind_of(item) == kind]
        if decisions and all(item.data["quy_trinh"] != "tat_ca" for item in decisions):
            ended = [item for item in kho.quyet_dinh if abolishes(item)]
            named = {procedure.tep for decision in (*decisions, *ended) for procedure in names.named_by(decision)}
            yield from _left_out(decisions, named, names, kind)


def _left_out(
    decisions: Sequence[Source], named: set[str], names: NamedProcedures, kind: str
) -> Iterator[tuple[Source, Remark]]:
    missing = [procedure for procedure in names.of_kind[kind] if procedure.tep not in named]
    if missing:
        largest = max(decisions, key=lambda decision: len(decision.data["quy_trinh"]))
        message = f"{len(missing)} quy trình {kind} không có trong quyết định danh mục nào: {paths_of(missing)}."
        hint = "Thêm vào quy_trinh, hoặc ghi quy_trinh: tat_ca; nếu chờ quyết định sau thì để nguyên."
        yield largest, Remark(("quy_trinh",), RULE.id, message, hint)


RULE: Final = Rule(
    id="catalogue-decision",
    title="Quyết định danh mục bỏ sót quy trình",
    severity=Severity.INFO,
    nguon="Kế hoạch số 97/KH-UBND, mục II.2 (phê duyệt danh mục tên quy trình đã rà soát, thống kê)",
    bad=_FILES | {"quyet-dinh/q.yaml": _QUYET_DINH.format(names="[CV-01]")},
    good=_FILES | {"quyet-dinh/q.yaml": _QUYET_DINH.format(names="[CV-01, van-ban-di]")},
    check_kho=check,
)
