"""A new file of any kind that people write, from its form."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from qtnb.discovery import KE_HOACH, QUY_TRINH, THONG_KE
from qtnb.scaffold.procedure import ProcedureKind, procedure_text
from qtnb.scaffold.yaml_text import scalar


class NewKind(StrEnum):
    """The kinds of file that ``qtnb new`` makes; the values name their schemas too."""

    CV = "cv"
    LT = "lt"
    KH = "kh"
    TK = "tk"


FOLDER_OF: Final = {NewKind.CV: QUY_TRINH, NewKind.LT: QUY_TRINH, NewKind.KH: KE_HOACH, NewKind.TK: THONG_KE}
"""Where in a kho the files of each kind lie."""

_KH: Final = """\
# yaml-language-server: $schema={schema}
loai: KH
so: ""                                # để trống đến khi ký
ngay: ""                              # để trống đến khi ký; viết dạng 2026-11-21
nam: ""                               # năm thực hiện, dùng cho những thời hạn không ghi năm
trich_yeu: {ten}
tieu_de: Các nhiệm vụ thực hiện kế hoạch
nhom:
  - ten: Công tác chỉ đạo, điều hành
    nhiem_vu:
      - noi_dung: Ban hành văn bản triển khai kế hoạch
        chu_tri: {don_vi}
        phoi_hop: Các phòng, đơn vị có liên quan
        thoi_gian: Theo kế hoạch      # hoặc Quý I/2027, Tháng 3/2027, Trước ngày 15/4/2027, Thường xuyên …
        san_pham: Văn bản triển khai
      - noi_dung: Kiểm tra, đôn đốc, báo cáo kết quả thực hiện
        chu_tri: {don_vi}
        phoi_hop: Các phòng, đơn vị có liên quan
        thoi_gian: Hằng quý
        san_pham: Báo cáo
"""

_TK: Final = """\
# yaml-language-server: $schema={schema}
loai: TK
tieu_de: {ten}
kem_theo: ""                          # văn bản quy định biểu này, nếu có
cot:
  - {{khoa: duoc_giao, ten: Số công việc được giao}}
  - {{khoa: dung_han, ten: Số công việc hoàn thành đúng hạn}}
  - {{khoa: ty_le, ten: Tỷ lệ hoàn thành đúng hạn, kieu: ty_le, tu_so: dung_han, mau_so: duoc_giao}}
  - {{khoa: ghi_chu, ten: Ghi chú, kieu: chu}}
nhom:                                 # tổng, tỷ lệ và dòng tổng cộng do qtnb tính
  - don_vi:
      - ten: {don_vi}
        so_lieu: {{duoc_giao: 0, dung_han: 0}}
"""


def new_file_text(kind: NewKind, ten: str, *, co_quan: str, don_vi: str, schema: str) -> str:
    """The text of a new file that already validates, for the author to write over.

    ``schema`` is the path of the schema seen from the file, for the editor.
    """
    match kind:
        case NewKind.CV | NewKind.LT:
            return procedure_text(ProcedureKind(kind.value), ten, co_quan=co_quan, don_vi=don_vi, schema=schema)
        case NewKind.KH:
            return _KH.format(schema=schema, ten=scalar(ten), don_vi=scalar(don_vi))
        case NewKind.TK:
            return _TK.format(schema=schema, ten=scalar(ten), don_vi=scalar(don_vi))
