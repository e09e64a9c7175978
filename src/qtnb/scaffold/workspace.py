"""The files of a new kho."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qtnb.scaffold.yaml_text import scalar
from qtnb.schema import SchemaName, schema_text

SCHEMA_FOLDER: Final = ".vscode/qtnb"
"""Where a kho keeps its copies of the schemas: editors complete and explain without a network."""

EXAMPLE_KEY: Final = "tiep-nhan-xu-ly-van-ban-den"


@dataclass(frozen=True, slots=True)
class Agency:
    """What ``init`` asks about the agency."""

    ten: str
    ten_ban_hanh: str
    """Lines of the letterhead, joined by line ends."""
    chu_quan: str
    """Empty for UBND of any level."""
    viet_tat: str
    cap: str
    dia_danh: str
    nguoi_dung_dau: str


def workspace_files(agency: Agency) -> dict[str, str]:
    """The texts of a new kho by path; it validates and renders as it is."""
    files = {
        "qtnb.yaml": _kho_file(agency),
        f"quy-trinh/{EXAMPLE_KEY}.yaml": _EXAMPLE,
        "quyet-dinh/danh-muc.yaml": _decision("danh_muc", "danh mục"),
        "quyet-dinh/noi-dung.yaml": _decision("noi_dung", "nội dung"),
        ".vscode/settings.json": _EDITOR,
        ".vscode/extensions.json": '{\n  "recommendations": ["redhat.vscode-yaml"]\n}\n',
        ".github/workflows/qtnb.yml": _GITHUB,
        ".gitlab-ci.yml": _GITLAB,
        ".pre-commit-config.yaml": _PRE_COMMIT,
        ".gitignore": _IGNORED,
    }
    return files | {f"{SCHEMA_FOLDER}/{name}.schema.json": schema_text(name) for name in SchemaName}


def _kho_file(agency: Agency) -> str:
    chu_quan = f"  chu_quan: {scalar(agency.chu_quan)}\n" if agency.chu_quan else ""
    return f"""\
# yaml-language-server: $schema={SCHEMA_FOLDER}/kho.schema.json
phien_ban: 1
co_quan:
  ten: {scalar(agency.ten)}
  ten_ban_hanh: {_letterhead(agency.ten_ban_hanh)}
{chu_quan}  viet_tat: {scalar(agency.viet_tat)}
  cap: {agency.cap}
  dia_danh: {scalar(agency.dia_danh)}
  nguoi_dung_dau: {scalar(agency.nguoi_dung_dau)}
don_vi:                               # các đơn vị, người chủ trì hoặc phối hợp các bước
  - {{ten: Văn phòng, viet_tat: VP}}
  - Lãnh đạo cơ quan
  - Phòng được phân công
gio_moi_ngay: 8
"""


def _letterhead(lines: str) -> str:
    parts = [scalar(line) for line in lines.splitlines()]
    return parts[0] if len(parts) == 1 else f"[{', '.join(parts)}]"


def _decision(phe_duyet: str, words: str) -> str:
    return f"""\
# yaml-language-server: $schema=../{SCHEMA_FOLDER}/qd.schema.json
# Quyết định phê duyệt {words} quy trình; trích yếu, thẩm quyền và các Điều do qtnb soạn theo cơ quan.
loai: QD
phe_duyet: {phe_duyet}
quy_trinh: tat_ca
so: ""                                # để trống đến khi ký
ngay: ""                              # để trống đến khi ký; viết dạng 2026-11-21
can_cu:
  - Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025
theo_de_nghi: Chánh Văn phòng
noi_nhan:
  - Như Điều 3
luu: VT, VP
"""


_EXAMPLE: Final = f"""\
# yaml-language-server: $schema=../{SCHEMA_FOLDER}/cv.schema.json
# Quy trình ví dụ: sửa lại cho đúng việc của cơ quan, hoặc xóa đi.
loai: CV
ky_hieu: CV-01
ten: Tiếp nhận, xử lý văn bản đến
linh_vuc: Văn thư, lưu trữ
muc_dich: Quy định về trình tự và cách thức tiếp nhận, đăng ký, chuyển giao và xử lý văn bản đến
pham_vi: |
  Áp dụng với:
  - Văn phòng;
  - Các phòng, đơn vị và công chức thuộc cơ quan.
can_cu_phap_ly:
  - Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư
tai_lieu:
  - {{ten: Văn bản đến, ban_chinh: true}}
  - {{ten: Tài liệu kèm theo, ban_sao: true}}
so_luong: 01 bộ
thoi_gian: 3 ngày làm việc
cac_buoc:
  - trinh_tu: Tiếp nhận, đóng dấu đến, đăng ký văn bản
    chu_tri: Văn phòng
    thoi_gian: 0,25 ngày làm việc
    ket_qua: Văn bản đã đăng ký
  - trinh_tu: Cho ý kiến phân công xử lý
    chu_tri: Lãnh đạo cơ quan
    thoi_gian: 0,5 ngày làm việc
    ket_qua: Ý kiến phân công
  - trinh_tu: Xử lý văn bản, dự thảo văn bản trả lời
    chu_tri: Phòng được phân công
    phoi_hop: Các phòng có liên quan
    thoi_gian: 1,5 ngày làm việc
    ket_qua: Dự thảo văn bản
  - trinh_tu: Duyệt, ký văn bản
    chu_tri: Lãnh đạo cơ quan
    thoi_gian: 0,5 ngày làm việc
    ket_qua: Văn bản đã ký
    quay_lai: {{buoc: 3, khi: dự thảo chưa đạt yêu cầu}}
  - trinh_tu: Phát hành, lập hồ sơ
    chu_tri: Văn phòng
    thoi_gian: 0,25 ngày làm việc
    ket_qua: Văn bản đã phát hành
bieu_mau:
  - Sổ đăng ký văn bản đến
ghi_chu: ""
"""

_IGNORED: Final = """\
# Văn bản do qtnb render tạo ra
/van-ban/
# Tệp tạm trong lúc qtnb ghi
.qtnb-*
"""

_EDITOR: Final = f"""\
{{
  "yaml.schemas": {{
    "{SCHEMA_FOLDER}/kho.schema.json": "qtnb.yaml",
    "{SCHEMA_FOLDER}/cv.schema.json": "quy-trinh/**/*.yaml",
    "{SCHEMA_FOLDER}/qd.schema.json": "quyet-dinh/*.yaml",
    "{SCHEMA_FOLDER}/kh.schema.json": "ke-hoach/*.yaml",
    "{SCHEMA_FOLDER}/tk.schema.json": "thong-ke/*.yaml"
  }},
  "yaml.format.enable": false,
  "files.encoding": "utf8",
  "[yaml]": {{
    "editor.insertSpaces": true,
    "editor.tabSize": 2
  }}
}}
"""

_GITHUB: Final = """\
# Mỗi thông báo hiện tại dòng của nó trong thay đổi; bảng đầy đủ ở trang tóm tắt (Summary) của lần chạy.
name: qtnb
on: [push, pull_request]
permissions:
  contents: read
jobs:
  kiem-tra:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: actions/setup-python@v6
        with:
          python-version: "3.12"
      - run: pip install qtnb
      - run: qtnb lint --format github
      - run: qtnb number --check --format github
        if: ${{ !cancelled() }}
"""

_GITLAB: Final = """\
# Kết quả hiện trong yêu cầu hợp nhất: mục Code Quality và mục kiểm thử.
kiem-tra:
  image: python:3.12-slim
  script:
    - pip install qtnb
    - qtnb lint --output-file gitlab=gl-code-quality-report.json --output-file junit=qtnb-junit.xml
    - qtnb number --check
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: qtnb-junit.xml
"""

_PRE_COMMIT: Final = """\
repos:
  - repo: local
    hooks:
      - id: qtnb-lint
        name: Kiểm tra quy trình (qtnb lint)
        entry: qtnb lint
        language: python
        additional_dependencies: [qtnb]
        files: \\.ya?ml$
        pass_filenames: false
"""
