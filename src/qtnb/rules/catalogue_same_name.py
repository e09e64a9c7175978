"""Trong một kho, mỗi công việc chỉ có một quy trình; hai tên giống nhau thường là một công việc được viết hai lần.

Tên được so sau khi bỏ khác biệt về chữ hoa, dấu cách, dấu câu, cách đặt dấu thanh và chữ “Quy trình” ở đầu. Gần giống
là: chỉ khác dấu của chữ (“tôt nghiệp”, “tốt nghiệp”), khác những từ không mang nội dung (“công tác”, “việc”, “đối
với”…), cùng từ mà đổi chỗ chút ít, hoặc một từ gõ thừa chữ.

Tên dài gần như nhau mà khác một từ có nghĩa không bị báo: “… có thu tiền …”, “… không thu tiền …”, “Cấp giấy phép”,
“Cấp lại giấy phép”, “Nhập kho”, “Nhận kho”. Hai tên giống nhau ở hai lĩnh vực khác nhau được nhắc ở mức lưu ý.

Cần làm: nếu là một công việc thì bỏ một tệp; nếu là hai công việc thì đặt tên cho thấy chỗ khác nhau.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import RelatedPlace, Remark, Severity
from qtnb.lint.procedure_names import Pair, alike_pairs
from qtnb.lint.rule import Rule
from qtnb.lint.views import KhoView
from qtnb.source import Source
from qtnb.text import shown

_CV: Final = "loai: CV\nten: {name}\nchua_co_noi_dung: true\n"


def check(kho: KhoView) -> Iterator[tuple[Source, Remark]]:
    """Compare the names within each kind."""
    for kind in ("CV", "LT"):
        sources = [source for source in kho.quy_trinh if source.data["loai"] == kind]
        for pair in alike_pairs([source.data["ten"] for source in sources]):
            yield sources[pair.second], _remark(pair, sources[pair.first], sources[pair.second])


def _remark(pair: Pair, first: Source, second: Source) -> Remark:
    message = f"Tên “{shown(second.data['ten'])}” {'trùng' if pair.same else 'gần trùng'} với tên ở {first.path}"
    if not pair.same and any(pair.differs):
        message += " (khác: " + ", ".join(f"“{shown(words)}”" for words in pair.differs if words) + ")"
    apart = first.data.get("linh_vuc") and first.data.get("linh_vuc") != second.data.get("linh_vuc")
    return Remark(
        ("ten",),
        RULE.id,
        f"{message}.",
        "Một công việc thì bỏ một tệp; hai công việc thì đặt tên cho thấy chỗ khác nhau.",
        Severity.INFO if apart and second.data.get("linh_vuc") else Severity.ERROR,
        related=(RelatedPlace(("ten",), f"Tên ở đây: “{shown(first.data['ten'])}”", first.tep),),
    )


RULE: Final = Rule(
    id="catalogue-same-name",
    title="Hai quy trình trùng hoặc gần trùng tên",
    severity=Severity.WARNING,
    nguon="Kế hoạch số 97/KH-UBND, mục I.2 (một danh mục chung cho công việc cùng tính chất) và mục II.1",
    bad={
        "quy-trinh/a.yaml": _CV.format(name="Tiếp nhận, xử lý văn bản đến"),
        "quy-trinh/b.yaml": _CV.format(name="Quy trình tiếp nhận và xử lý văn bản đến"),
    },
    good={
        "quy-trinh/a.yaml": _CV.format(name="Tiếp nhận, xử lý văn bản đến"),
        "quy-trinh/b.yaml": _CV.format(name="Soạn thảo, phát hành văn bản đi"),
    },
    check_kho=check,
)
