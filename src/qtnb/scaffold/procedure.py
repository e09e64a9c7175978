"""A new procedure file from the form."""

from __future__ import annotations

from enum import StrEnum

from qtnb.scaffold.yaml_text import scalar

_CV = """\
# yaml-language-server: $schema={schema}
loai: CV
ten: {ten}
# linh_vuc: Văn thư, lưu trữ          # nhóm trong danh mục, nếu có
muc_dich: {muc_dich}
pham_vi: |
  Áp dụng với các phòng, đơn vị, công chức thuộc cơ quan có liên quan đến công việc.
can_cu_phap_ly: []                    # mỗi văn bản một dòng "- …", đủ số, ký hiệu, ngày, cơ quan ban hành
tai_lieu:
  - {{ten: Văn bản đề nghị, ban_chinh: true}}
so_luong: 01 bộ
thoi_gian: 2 ngày làm việc
cac_buoc:
  - trinh_tu: Tiếp nhận, vào sổ, trình Lãnh đạo
    chu_tri: {don_vi}
    thoi_gian: 0,5 ngày làm việc
    ket_qua: Văn bản đã đăng ký
  - trinh_tu: Giải quyết công việc
    chu_tri: {don_vi}
    thoi_gian: 1,5 ngày làm việc
    ket_qua: Kết quả giải quyết công việc
bieu_mau: []                          # mỗi biểu mẫu một dòng "- …"
ghi_chu: ""
"""

_LT = """\
# yaml-language-server: $schema={schema}
loai: LT
ten: {ten}
muc_dich: {muc_dich}
pham_vi: Áp dụng giải quyết công việc giữa các cơ quan có liên quan.
thoi_gian: 3 ngày làm việc            # tổng thời gian
co_quan:                              # hai cơ quan trở lên, theo thứ tự công việc đi qua
  - ten: {co_quan}
    pham_vi: Các phòng, đơn vị có liên quan
    tai_lieu:
      - {{ten: Tờ trình, ban_chinh: true}}
    so_luong: 01 bộ
    thoi_gian: 2 ngày làm việc
    cac_buoc:
      - noi_dung: Soạn thảo, trình ký, phát hành tờ trình
        thuc_hien: {don_vi}
        thoi_gian: 2 ngày làm việc
        ket_qua: Tờ trình đã ký
    ket_qua: Tờ trình đã phát hành
    luan_chuyen: Gửi qua Hệ thống quản lý văn bản và điều hành
  - ten: Cơ quan tiếp nhận            # sửa thành tên cơ quan
    pham_vi: Các phòng, đơn vị có liên quan
    tai_lieu:
      - {{ten: Tờ trình, ban_chinh: true}}
    so_luong: 01 bộ
    thoi_gian: 1 ngày làm việc
    cac_buoc:
      - noi_dung: Tiếp nhận, giải quyết
        thuc_hien: Văn thư
        thoi_gian: 1 ngày làm việc
        ket_qua: Văn bản trả lời
    ket_qua: Văn bản đã ký
    luan_chuyen: Gửi trả qua Hệ thống quản lý văn bản và điều hành
ghi_chu: ""
"""


class ProcedureKind(StrEnum):
    """The kinds of procedure; the values name their schemas too."""

    CV = "cv"
    LT = "lt"


def procedure_text(kind: ProcedureKind, ten: str, *, co_quan: str, don_vi: str, schema: str) -> str:
    """The text of a new procedure that already validates, for the author to write over.

    ``schema`` is the path of the schema seen from the file, for the editor.
    """
    form = _LT if kind is ProcedureKind.LT else _CV
    muc_dich = f"Quy định về trình tự và cách thức giải quyết công việc: {ten}"
    return form.format(
        schema=schema,
        ten=scalar(ten),
        muc_dich=scalar(muc_dich),
        co_quan=scalar(co_quan),
        don_vi=scalar(don_vi),
    )
