"""Every kind of bad input: the exact line, column, rule and message."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from kit import CV, KHO, LT, QD, make_kho, qtnb
from qtnb.finding import Finding
from qtnb.integrity import check_integrity
from qtnb.references import KnownNames
from qtnb.validation import validate

A = "quy-trinh/a.yaml"

Place = tuple[str, int, int, str, str]
"""Path, line, column, rule and message of a finding."""


def found(kho: Path, *paths: Path) -> list[Place]:
    return [place(finding) for finding in validate(paths or (kho,), kho).findings]


def place(finding: Finding) -> Place:
    return (finding.path, finding.span.line, finding.span.column, finding.rule, finding.message)


def swap(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"

ONE_FILE: list[tuple[str, str | bytes, list[tuple[int, int, str, str]]]] = [
    (
        "a missing key",
        swap(CV, "muc_dich: Quy định việc tiếp nhận\n", ""),
        [(1, 1, "missing-key", "Thiếu khóa “Mục đích” (muc_dich).")],
    ),
    (
        "a missing key of a step",
        swap(CV, "    chu_tri: Văn phòng Sở\n", ""),
        [(10, 5, "missing-key", "Thiếu khóa “Đơn vị chủ trì” (chu_tri).")],
    ),
    (
        "an unknown key",
        swap(CV, "bieu_mau:", "biu_mau:"),
        [
            (1, 1, "missing-key", "Thiếu khóa “Biểu mẫu/tài liệu” (bieu_mau)."),
            (13, 1, "unknown-key", "Không có khóa “biu_mau” trong biểu mẫu."),
        ],
    ),
    (
        "a wrong type",
        swap(CV, "so_luong: 01 bộ", "so_luong: [1]"),
        [(7, 11, "bad-type", "“Số lượng” (so_luong) phải là chữ, nhưng ở đây là danh sách.")],
    ),
    (
        "a truth value where text belongs",
        swap(CV, "so_luong: 01 bộ", "so_luong: true"),
        [(7, 11, "bad-type", "“Số lượng” (so_luong) phải là chữ, nhưng ở đây là true.")],
    ),
    (
        "an empty text",
        swap(CV, "ten: Tiếp nhận văn bản đến", 'ten: "  "'),
        [(2, 6, "empty-text", "“Tên quy trình” (ten) đang để trống.")],
    ),
    (
        "a blank value",
        swap(CV, "ten: Tiếp nhận văn bản đến", "ten:"),
        [(2, 1, "empty-text", "“Tên quy trình” (ten) đang để trống.")],
    ),
    (
        "a bad duration",
        swap(CV, "thoi_gian: 1 ngày", "thoi_gian: 12 ngàyy"),
        [
            (
                8,
                12,
                "bad-duration",
                "“Thời gian xử lý công việc” (thoi_gian) là “12 ngàyy”, có số nhưng không rõ đơn vị “ngàyy”.",
            )
        ],
    ),
    (
        "no steps",
        swap(
            CV,
            "cac_buoc:\n  - trinh_tu: Vào sổ\n    chu_tri: Văn phòng Sở\n    thoi_gian: 1 ngày\n",
            "cac_buoc: []\n",
        ),
        [(9, 11, "too-few", "“Quy trình xử lý công việc” (cac_buoc) có 0 mục; cần ít nhất 1.")],
    ),
    (
        "an unknown kind",
        swap(CV, "loai: CV", "loai: CX"),
        [(1, 7, "bad-choice", "“Loại tệp” (loai) là “CX”; tệp trong quy-trinh/ chỉ nhận: CV, LT.")],
    ),
    (
        "no kind",
        swap(CV, "loai: CV\n", ""),
        [(1, 1, "missing-key", "Thiếu khóa “Loại tệp” (loai).")],
    ),
    (
        "a badly shaped symbol",
        swap(CV, "loai: CV\n", "loai: CV\nky_hieu: CV1\n"),
        [(2, 10, "bad-shape", "“Ký hiệu” (ky_hieu) là “CV1”, không đúng dạng.")],
    ),
    (
        "a symbol of the wrong kind",
        swap(CV, "loai: CV\n", "loai: CV\nky_hieu: LT-01\n"),
        [(2, 10, "symbol-kind", "Ký hiệu LT-01 không hợp với loại CV của tệp.")],
    ),
    (
        "a return to a step that is not there",
        swap(CV, "    thoi_gian: 1 ngày\n", "    thoi_gian: 1 ngày\n    quay_lai: {buoc: 7}\n"),
        [(13, 22, "unknown-step", "Bước B1 quay lại B7, nhưng chỉ có 1 bước.")],
    ),
    (
        "a decision among the procedures",
        QD,
        [(1, 7, "misplaced-file", "Tệp có loai: QD phải nằm trong thư mục quyet-dinh/ của kho.")],
    ),
    (
        "a duplicate key",
        CV + "loai: CV\n",
        [(14, 1, "duplicate-key", "Khóa “loai” được viết hai lần trong cùng một mục.")],
    ),
    (
        "an anchor and an alias",
        swap(swap(CV, "muc_dich: Quy", "muc_dich: &md Quy"), "pham_vi: Áp dụng với Văn phòng Sở", "pham_vi: *md"),
        [
            (3, 11, "yaml-anchor", "Không dùng neo “&md”: mỗi giá trị phải được viết ra đầy đủ."),
            (4, 10, "yaml-alias", "Không dùng tham chiếu “*md”: mỗi giá trị phải được viết ra đầy đủ."),
        ],
    ),
    (
        "a merge key",
        CV + "<<: {a: b}\n",
        [(14, 1, "yaml-merge", "Không dùng khóa gộp “<<”: mỗi khóa phải được viết ra đầy đủ.")],
    ),
    (
        "a tag that would run code",
        swap(CV, "ten: Tiếp", "ten: !!python/object/apply:os.system [id] # Tiếp"),
        [
            (
                2,
                6,
                "yaml-tag",
                "Không dùng thẻ kiểu “!!python/object/apply:os.system”: tệp chỉ chứa dữ liệu.",
            )
        ],
    ),
    (
        "a tab as indentation",
        swap(CV, "    chu_tri", "\tchu_tri"),
        [(11, 1, "yaml-syntax", "Thụt lề bằng phím Tab; YAML chỉ nhận khoảng trắng.")],
    ),
    (
        "a colon in an unquoted value",
        swap(CV, "ten: Tiếp nhận", "ten: Tiếp nhận: "),
        [(2, 15, "yaml-syntax", "Dấu hai chấm ở đây làm hỏng cấu trúc dòng.")],
    ),
    (
        "an unclosed quote",
        swap(CV, "ten: Tiếp", 'ten: "Tiếp'),
        [(2, 6, "yaml-syntax", "Dấu nháy mở ở đây không được đóng lại.")],
    ),
    (
        "a control character that XML forbids",
        swap(CV, "Vào sổ", "Vào\x0bsổ"),
        [(10, 18, "control-character", "Ký tự điều khiển U+000B không được phép có trong văn bản.")],
    ),
    (
        "a control character as an escape",
        swap(CV, "Vào sổ", '"Vào\\x07sổ"'),
        [
            (
                10,
                15,
                "control-character",
                "Ký tự điều khiển U+0007 (viết bằng dấu \\) không được phép có trong văn bản.",
            )
        ],
    ),
    (
        "invalid UTF-8",
        CV.encode().replace("Vào".encode(), b"V\xe0o"),
        [(10, 16, "encoding", "Byte 0xE0 ở đây không phải là chữ mã hóa UTF-8.")],
    ),
    (
        "UTF-16",
        CV.encode("utf-16"),
        [(1, 1, "encoding", "Tệp được lưu bằng bảng mã UTF-16, không phải UTF-8.")],
    ),
    ("an empty file", "", [(1, 1, "empty-file", "Tệp trống: chưa có nội dung nào.")]),
    ("only a comment", "# chưa viết\n", [(1, 1, "empty-file", "Tệp trống: chưa có nội dung nào.")]),
    (
        "a list at top level",
        "- loai: CV\n",
        [(1, 1, "top-level", "Nội dung ngoài cùng của tệp là danh sách; phải là các dòng “khóa: giá trị”.")],
    ),
    (
        "a text at top level",
        "Tiếp nhận\n",
        [(1, 1, "top-level", "Nội dung ngoài cùng của tệp là chữ; phải là các dòng “khóa: giá trị”.")],
    ),
    (
        "two documents",
        CV + "---\n" + CV,
        [(14, 1, "yaml-documents", "Tệp chứa nhiều tài liệu YAML (dấu “---”); mỗi tệp chỉ được một.")],
    ),
    (
        "over 1 MiB of text",
        CV + "#" * (1 << 20),
        [(1, 1, "file-too-large", "Tệp lớn hơn 1 MiB, vượt giới hạn của một tệp YAML.")],
    ),
    (
        "nesting 200 deep",
        CV + "x-a: " + "[" * 200 + "]" * 200 + "\n",
        [(14, 35, "too-deep", "Các mục lồng nhau sâu hơn 30 tầng.")],
    ),
    (
        "a billion laughs",
        LAUGHS,
        [
            (1, 4, "yaml-anchor", "Không dùng neo “&a”: mỗi giá trị phải được viết ra đầy đủ."),
            (2, 4, "yaml-anchor", "Không dùng neo “&b”: mỗi giá trị phải được viết ra đầy đủ."),
            (2, 8, "yaml-alias", "Không dùng tham chiếu “*a”: mỗi giá trị phải được viết ra đầy đủ."),
            (2, 12, "yaml-alias", "Không dùng tham chiếu “*a”: mỗi giá trị phải được viết ra đầy đủ."),
            (3, 5, "yaml-alias", "Không dùng tham chiếu “*b”: mỗi giá trị phải được viết ra đầy đủ."),
            (3, 9, "yaml-alias", "Không dùng tham chiếu “*b”: mỗi giá trị phải được viết ra đầy đủ."),
        ],
    ),
    (
        "a comma that ends a value in braces",
        swap(
            CV,
            "  - trinh_tu: Vào sổ\n    chu_tri: Văn phòng Sở\n    thoi_gian: 1 ngày",
            "  - {trinh_tu: Vào, chu_tri: A, thoi_gian: 0,5 ngày}",
        ),
        [(10, 46, "unknown-key", "Không có khóa “5 ngày” trong biểu mẫu.")],
    ),
    (
        "a value that ends in a line end where a word belongs",
        swap(CV, "loai: CV\n", "loai: CV\nky_hieu: |\n  CV-01\n"),
        [(2, 10, "bad-shape", "“Ký hiệu” (ky_hieu) là “CV-01”, không đúng dạng; giá trị có xuống dòng.")],
    ),
    (
        "a number of 5,000 digits",
        swap(CV, "thoi_gian: 1 ngày\ncac", "thoi_gian: " + "9" * 5000 + " ngày\ncac"),
        [],
    ),
    (
        "a symbol of 5,000 digits",
        swap(CV, "loai: CV\n", "loai: CV\nky_hieu: CV-" + "9" * 5000 + "\n"),
        [(2, 10, "bad-shape", "“Ký hiệu” (ky_hieu) là “CV-" + "9" * 56 + "…”, không đúng dạng.")],
    ),
    (
        "invalid UTF-8 behind a byte order mark",
        b"\xef\xbb\xbf" + CV.encode().replace("Vào".encode(), b"V\xe0o"),
        [(10, 16, "encoding", "Byte 0xE0 ở đây không phải là chữ mã hóa UTF-8.")],
    ),
    (
        "an LT with one agency",
        LT[: LT.index("  - ten: Văn phòng UBND")],
        [(7, 3, "too-few", "“Các cơ quan” (co_quan) có 1 mục; cần ít nhất 2.")],
    ),
]


@pytest.mark.parametrize(("content", "expected"), [row[1:] for row in ONE_FILE], ids=[row[0] for row in ONE_FILE])
def test_a_bad_file_is_told_by_line(
    tmp_path: Path, content: str | bytes, expected: list[tuple[int, int, str, str]]
) -> None:
    kho = make_kho(tmp_path, {A: content, "quy-trinh/tot.yaml": swap(CV, "Tiếp nhận", "Chuyển")})
    assert found(kho) == [(A, *rest) for rest in expected]


def test_a_kho_file_is_checked_like_any_other(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"qtnb.yaml": swap(KHO, "cap: so", "cap: soo")})
    message = "“Cấp” (cap) là “soo”; chỉ nhận: tinh, so, huyen, xa."
    assert found(kho) == [("qtnb.yaml", 7, 8, "bad-choice", message)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "ngay: 2026-02-30",
            (4, 7, "bad-date", "“Ngày ban hành” (ngay) là “2026-02-30”, không phải một ngày có trong lịch."),
        ),
        ("ngay: 30/4/2026", (4, 7, "bad-shape", "“Ngày ban hành” (ngay) là “30/4/2026”, không đúng dạng.")),
        ("so: 12/QĐ", (4, 5, "bad-shape", "“Số” (so) là “12/QĐ”, không đúng dạng.")),
    ],
    ids=["a day that is none", "a day in another order", "a number with its symbol"],
)
def test_a_bad_decision_is_told_by_line(tmp_path: Path, line: str, expected: tuple[int, int, str, str]) -> None:
    kho = make_kho(tmp_path, {A: CV, "quyet-dinh/q.yaml": f"{QD}{line}\n"})
    assert found(kho) == [("quyet-dinh/q.yaml", *expected)]


@pytest.mark.parametrize("loai", ["[QD]", "{a: b}"])
def test_a_kind_that_is_no_word_is_told(tmp_path: Path, loai: str) -> None:
    kho = make_kho(tmp_path, {A: CV, "quyet-dinh/q.yaml": swap(QD, "loai: QD", f"loai: {loai}")})
    assert [row[:4] for row in found(kho)] == [("quyet-dinh/q.yaml", 1, 7, "bad-choice")]


def test_two_decisions_with_one_key_would_be_one_document(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {A: CV, "quyet-dinh/q.yaml": QD, "quyet-dinh/Q.yml": QD})
    assert [row[:4] for row in found(kho)] == [
        ("quyet-dinh/Q.yml", 1, 1, "duplicate-file-key"),
        ("quyet-dinh/q.yaml", 1, 1, "duplicate-file-key"),
    ]


def test_a_file_named_like_a_symbol_is_told(tmp_path: Path) -> None:
    message = "Tên tệp “CV-02” viết như một ký hiệu; quyết định gọi “CV-02” sẽ không rõ là khóa hay ký hiệu."
    assert found(make_kho(tmp_path, {"quy-trinh/CV-02.yaml": CV})) == [
        ("quy-trinh/CV-02.yaml", 1, 1, "key-like-symbol", message)
    ]


def test_a_union_is_told_by_its_nearest_branch(tmp_path: Path) -> None:
    decision = swap(QD, "tat_ca", "[CV-01, {khoa: a}]")
    kho = make_kho(tmp_path, {A: swap(CV, "loai: CV\n", "loai: CV\nky_hieu: CV-01\n"), "quyet-dinh/q.yaml": decision})
    message = "“Các quy trình” (quy_trinh), mục 2 phải là chữ, nhưng ở đây là nhóm khóa."
    assert found(kho) == [("quyet-dinh/q.yaml", 3, 20, "bad-type", message)]


def test_a_symbol_twice_is_told_in_both_files(tmp_path: Path) -> None:
    numbered = swap(CV, "loai: CV\n", "loai: CV\nky_hieu: CV-01\n")
    kho = make_kho(tmp_path, {A: numbered, "quy-trinh/b.yaml": numbered})
    assert found(kho) == [
        (A, 2, 10, "duplicate-symbol", "Ký hiệu CV-01 cũng có ở quy-trinh/b.yaml."),
        ("quy-trinh/b.yaml", 2, 10, "duplicate-symbol", "Ký hiệu CV-01 cũng có ở quy-trinh/a.yaml."),
    ]


def test_a_file_name_twice_in_a_kho_is_one_key_twice(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"quy-trinh/x/a.yaml": CV, "quy-trinh/y/a.yaml": CV})
    assert found(kho) == [
        ("quy-trinh/x/a.yaml", 1, 1, "duplicate-file-key", "Khóa “a” (tên tệp) cũng có ở quy-trinh/y/a.yaml."),
        ("quy-trinh/y/a.yaml", 1, 1, "duplicate-file-key", "Khóa “a” (tên tệp) cũng có ở quy-trinh/x/a.yaml."),
    ]


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        (
            swap(QD, "tat_ca", "[a, khong-co]"),
            (3, 16, "unknown-procedure", "Không có quy trình nào trong kho mang khóa hoặc ký hiệu “khong-co”."),
        ),
        (
            swap(QD, "tat_ca", "[a, CV-03]"),
            (
                3,
                16,
                "procedure-twice",
                "“CV-03” chính là quy trình đã nêu bằng “a”; quyết định sẽ in hai lần.",
            ),
        ),
        (
            swap(QD, "tat_ca", "[t]"),
            (3, 13, "procedure-kind", "“t” là quy trình LT, còn quyết định này phê duyệt quy trình CV."),
        ),
        (
            swap(swap(QD, "tat_ca", "[rong]"), "danh_muc", "noi_dung"),
            (
                3,
                13,
                "procedure-without-content",
                "Quyết định phê duyệt nội dung, nhưng quy trình “rong” chưa có nội dung (quy-trinh/rong.yaml).",
            ),
        ),
        (
            swap(QD, "danh_muc", "noi_dung"),
            (
                3,
                12,
                "procedure-without-content",
                "Quyết định phê duyệt nội dung của tất cả, nhưng chưa có nội dung: quy-trinh/rong.yaml.",
            ),
        ),
    ],
    ids=["unknown", "twice", "of the other kind", "without content", "all, one without content"],
)
def test_a_decision_names_only_procedures_that_it_can_print(
    tmp_path: Path, decision: str, expected: tuple[int, int, str, str]
) -> None:
    empty = "loai: CV\nten: Chưa viết\nchua_co_noi_dung: true\n"
    numbered = swap(CV, "loai: CV\n", "loai: CV\nky_hieu: CV-03\n")
    files: dict[str, str | bytes] = {A: numbered, "quy-trinh/t.yaml": LT, "quy-trinh/rong.yaml": empty}
    kho = make_kho(tmp_path, {**files, "quyet-dinh/q.yaml": decision})
    assert found(kho) == [("quyet-dinh/q.yaml", *expected)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "hinh_thuc: bai_bo\nphe_duyet: noi_dung\nquy_trinh: [a]\n",
            [(3, 12, "decision-form", "Quyết định bãi bỏ chỉ in danh mục quy trình bị bãi bỏ, không in nội dung.")],
        ),
        (
            "hinh_thuc: bai_bo\nphe_duyet: danh_muc\nquy_trinh: tat_ca\n",
            [(4, 12, "decision-form", "Quyết định phải nêu rõ từng quy trình bị bãi bỏ, không ghi tat_ca.")],
        ),
        (
            "hinh_thuc: sua_doi_bo_sung\nphe_duyet: danh_muc\nquy_trinh: tat_ca\n",
            [
                (
                    4,
                    12,
                    "decision-form",
                    "Quyết định phải nêu rõ từng quy trình được sửa đổi, bổ sung, không ghi tat_ca.",
                )
            ],
        ),
        (
            "phe_duyet: danh_muc\nquy_trinh: [a]\nbi_thay_the: [b]\nbang_so_sanh: true\n",
            [
                (4, 1, "decision-form", "Khóa bi_thay_the chỉ dùng khi hinh_thuc là thay_the, còn ở đây là ban_hanh."),
                (
                    5,
                    1,
                    "decision-form",
                    "Bảng so sánh chỉ in được khi hinh_thuc là sua_doi_bo_sung hoặc thay_the, còn ở đây là ban_hanh.",
                ),
            ],
        ),
        (
            "hinh_thuc: sua_doi\nphe_duyet: danh_muc\nquy_trinh: [a]\n",
            [
                (
                    2,
                    12,
                    "bad-choice",
                    "“Hình thức” (hinh_thuc) là “sua_doi”; chỉ nhận: ban_hanh, sua_doi_bo_sung, thay_the, bai_bo.",
                )
            ],
        ),
        (
            "phe_duyet: danh_muc\nquy_trinh: [a]\nngay: 2026-12-01\nhieu_luc: 2026-11-30\n",
            [(5, 11, "effect-date", "Ngày có hiệu lực 2026-11-30 trước ngày ban hành 2026-12-01.")],
        ),
        (
            "phe_duyet: danh_muc\nquy_trinh: [a]\nhieu_luc: 2026-02-30\n",
            [
                (
                    4,
                    11,
                    "bad-date",
                    "“Ngày có hiệu lực” (hieu_luc) là “2026-02-30”, không phải một ngày có trong lịch.",
                )
            ],
        ),
        (
            "hinh_thuc: thay_the\nphe_duyet: danh_muc\nquy_trinh: [a]\nbi_thay_the: [CV-9, {quy_trinh: t}, b, CV-04]\n",
            [
                (5, 15, "unknown-procedure", "Không có quy trình nào trong kho mang khóa hoặc ký hiệu “CV-9”."),
                (5, 33, "procedure-kind", "“t” là quy trình LT, còn quyết định này phê duyệt quy trình CV."),
                (5, 40, "procedure-twice", "“CV-04” chính là quy trình đã nêu bằng “b”; quyết định sẽ in hai lần."),
            ],
        ),
        (
            "hinh_thuc: thay_the\nphe_duyet: danh_muc\nquy_trinh: [a]\nbi_thay_the: [CV-03, {quy_trinh: b, boi: b}]\n",
            [
                (
                    5,
                    15,
                    "replaced-and-approved",
                    "Quy trình “CV-03” vừa được phê duyệt (quy_trinh) vừa bị thay thế trong cùng một quyết định.",
                ),
                (5, 42, "successor-not-approved", "Quy trình thay thế “b” không được phê duyệt trong quyết định này."),
            ],
        ),
        (
            "hinh_thuc: thay_the\nphe_duyet: danh_muc\nquy_trinh: tat_ca\nbi_thay_the: [b]\n",
            [
                (
                    5,
                    15,
                    "replaced-and-approved",
                    "Quy trình “b” vừa được phê duyệt (quy_trinh) vừa bị thay thế trong cùng một quyết định.",
                )
            ],
        ),
        (
            "hinh_thuc: thay_the\nphe_duyet: danh_muc\nquy_trinh: [CV-03]\nbi_thay_the: [{quy_trinh: b, boi: a}]\n",
            [],
        ),
        (
            "phe_duyet: danh_muc\nquy_trinh: [a]\nbai_bo_quyet_dinh: [cuu, cu, moi, q, cu]\n",
            [
                (4, 21, "unknown-decision", "Không có quyết định nào trong kho mang khóa “cuu”."),
                (
                    4,
                    30,
                    "decision-not-signed",
                    "Quyết định “moi” chưa có số, ngày ban hành (quyet-dinh/moi.yaml), nên không có gì để bãi bỏ.",
                ),
                (4, 35, "abolishes-itself", "Quyết định không thể bãi bỏ chính nó."),
                (4, 38, "decision-twice", "Quyết định “cu” đã nêu ở trên."),
            ],
        ),
        (
            (
                "phe_duyet: danh_muc\nquy_trinh: [a]\nbai_bo_quyet_dinh:\n"
                "  - Quyết định số 45/QĐ-SNV ngày 12 tháng 5 năm 2022 của Giám đốc Sở Nội vụ\n"
                "  - Quyết định của Giám đốc Sở Nội vụ năm 2022\n"
            ),
            [
                (
                    6,
                    5,
                    "unknown-decision",
                    "Không có quyết định nào trong kho mang khóa “Quyết định của Giám đốc Sở Nội vụ năm 2022”.",
                )
            ],
        ),
    ],
    ids=[
        "an abolition with contents",
        "an abolition of all",
        "an amendment of all",
        "keys of another form",
        "an unknown form",
        "in force before it was signed",
        "in force on a day that is none",
        "replaced procedures that are none",
        "replaced and approved, and by one not approved",
        "replaced out of all",
        "replaced by its key, approved by its symbol",
        "abolished decisions that cannot be",
        "abolished decisions cited in full",
    ],
)
def test_an_amending_decision_is_told_by_line(
    tmp_path: Path, lines: str, expected: list[tuple[int, int, str, str]]
) -> None:
    files: dict[str, str | bytes] = {
        A: swap(CV, "loai: CV\n", "loai: CV\nky_hieu: CV-03\n"),
        "quy-trinh/b.yaml": swap(swap(CV, "loai: CV\n", "loai: CV\nky_hieu: CV-04\n"), "Tiếp nhận", "Phát hành"),
        "quy-trinh/t.yaml": LT,
        "quyet-dinh/cu.yaml": f"{QD}so: 12\nngay: 2026-01-31\n",
        "quyet-dinh/moi.yaml": QD,
    }
    kho = make_kho(tmp_path, {**files, "quyet-dinh/q.yaml": f"loai: QD\n{lines}"})
    assert found(kho) == [("quyet-dinh/q.yaml", *rest) for rest in expected]


def test_a_decision_that_failed_to_read_is_not_called_missing(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {A: CV, "quyet-dinh/cu.yaml": "\tx"}
    kho = make_kho(tmp_path, {**files, "quyet-dinh/q.yaml": f"{QD}bai_bo_quyet_dinh: [cu]\n"})
    assert [row[3] for row in found(kho)] == ["yaml-syntax"]


def test_names_known_elsewhere_are_not_called_missing(tmp_path: Path) -> None:
    lines = "hinh_thuc: thay_the\nquy_trinh: [a, CV-07]\nbi_thay_the: [cu]\nbai_bo_quyet_dinh: [qd-cu, la]\n"
    kho = make_kho(tmp_path, {A: CV, "quyet-dinh/q.yaml": f"loai: QD\nphe_duyet: danh_muc\n{lines}"})
    (checked,) = validate([kho], kho).kho
    told = check_integrity(
        checked.quy_trinh, checked.quyet_dinh, (), KnownNames(frozenset({"CV-07", "cu"}), frozenset({"qd-cu"}))
    )
    assert [(remark.rule, remark.at) for _, remark in told] == [("unknown-decision", ("bai_bo_quyet_dinh", 1))]


def test_a_procedure_that_failed_to_read_is_not_called_missing(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {A: "\tx", "quyet-dinh/q.yaml": swap(QD, "tat_ca", "[a, CV-07]")})
    assert [row[3] for row in found(kho)] == ["yaml-syntax"]


def test_two_kho_that_claim_one_file_are_told_once(tmp_path: Path) -> None:
    make_kho(tmp_path, {"quy-trinh/b/qtnb.yaml": KHO, "quy-trinh/b/quy-trinh/a.yaml": CV})
    message = f"Kho này nằm trong thư mục quy-trinh/ của kho “{tmp_path.name}”: cả hai kho cùng nhận 1 tệp."
    assert found(tmp_path) == [("quy-trinh/b/qtnb.yaml", 1, 1, "kho-overlap", message)]


@pytest.mark.parametrize("target", ["vong.yaml", "/etc/passwd", "a.yaml", ".", "../.."])
def test_links_are_refused_also_in_a_loop(tmp_path: Path, target: str) -> None:
    kho = make_kho(tmp_path, {A: CV})
    (kho / "quy-trinh/vong.yaml").symlink_to(target)
    message = "Đây là liên kết (symlink); qtnb không đọc qua liên kết."
    assert found(kho) == [("quy-trinh/vong.yaml", 1, 1, "symlink", message)]


def test_a_kho_file_behind_a_link_shows_nothing_of_the_other_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("mat_khau: 123\n")
    kho = make_kho(tmp_path / "kho", {A: CV})
    (kho / "qtnb.yaml").unlink()
    (kho / "qtnb.yaml").symlink_to(secret)
    run = qtnb("validate", cwd=kho)
    assert run.code == 3
    assert "Không đọc được tệp này" in run.out
    assert "mat_khau" not in run.out


def test_a_pipe_named_like_a_file_is_no_wait(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {A: CV})
    os.mkfifo(kho / "quy-trinh/ong.yaml")
    run = qtnb("validate", cwd=kho, timeout=20)
    assert (run.code, run.out.splitlines()[0]) == (
        3,
        "quy-trinh/ong.yaml:1:1: lỗi: Đây không phải là tệp thường. [unreadable]",
    )


def test_an_unreadable_file_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {A: CV, "quy-trinh/b.yaml": swap(CV, "loai: CV\n", "")})
    secret = kho / "quy-trinh/c.yaml"
    secret.write_text(CV)
    secret.chmod(0)
    run = qtnb("validate", "--format", "json", cwd=kho)
    rules = [finding["rule"] for finding in json.loads(run.out)["findings"]]
    if os.geteuid() == 0:
        # Root reads everything; the file is simply a third good one.
        assert (run.code, rules) == (1, ["missing-key"])
    else:
        assert (run.code, rules) == (3, ["missing-key", "unreadable"])


def test_a_folder_without_kho_ends_the_run_in_one_sentence(tmp_path: Path) -> None:
    run = qtnb("validate", cwd=tmp_path)
    assert (run.code, run.out) == (3, "")
    assert run.err == (
        "qtnb: Không tìm thấy kho quy trình nào (tệp qtnb.yaml) tại “.”.\n"
        "  → Tạo kho mới bằng lệnh: qtnb init THƯ_MỤC\n"
    )


def test_a_path_that_is_not_there_ends_the_run_in_one_sentence(tmp_path: Path) -> None:
    run = qtnb("validate", "khong-co", cwd=tmp_path)
    assert (run.code, run.out) == (3, "")
    assert run.err == "qtnb: Không đọc được đường dẫn khong-co.\n  → Kiểm tra tên và quyền truy cập.\n"


def test_a_file_outside_any_kho_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "le.yaml").write_text(CV)
    kho = make_kho(tmp_path / "kho", {A: CV})
    outside = ("le.yaml", 1, 1, "outside-kho", "Tệp không thuộc kho quy trình nào.")
    assert [place(f) for f in validate([tmp_path / "le.yaml", kho], tmp_path).findings] == [outside]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_with_spaces_and_marks_are_read(tmp_path: Path, form: Literal["NFC", "NFD"]) -> None:
    name = unicodedata.normalize(form, "Văn bản đến số 1")
    decision = swap(QD, "tat_ca", "[Văn bản đến số 1]")
    kho = make_kho(tmp_path / "Sở Nội vụ", {f"quy-trinh/{name}.yaml": CV, "quyet-dinh/Quyết định.yaml": decision})
    assert found(kho) == []


def test_text_in_decomposed_form_is_read_and_told(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {A: unicodedata.normalize("NFD", CV)})
    message = "Tệp dùng chữ Việt tổ hợp (dấu tách rời khỏi chữ), không phải dạng dựng sẵn NFC (chữ đầu tiên: “ế”)."
    assert found(kho) == [(A, 2, 8, "not-nfc", message)]


@pytest.mark.parametrize("value", ["a < b & c", "{{ ten }}", "{% for x in y %}", "x" * 10_000, "<w:p/>", "&amp;"])
def test_markup_in_values_is_text(tmp_path: Path, value: str) -> None:
    kho = make_kho(tmp_path, {A: swap(CV, "ten: Tiếp nhận văn bản đến", f"ten: '{value}'")})
    assert found(kho) == []


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_move_no_place(tmp_path: Path, ending: str, mark: bytes) -> None:
    bad = swap(CV, "so_luong: 01 bộ", "so_luong: [1]").replace("\n", ending)
    kho = make_kho(tmp_path, {A: mark + bad.encode()})
    assert [row[:4] for row in found(kho)] == [(A, 7, 11, "bad-type")]


def test_plain_numbers_and_words_stay_the_text_that_was_written(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {A: swap(CV, "so_luong: 01 bộ", "so_luong: 010").replace("1 ngày", "0.50")})
    validated = validate([kho], kho)
    data = validated.kho[0].quy_trinh[0].data
    assert validated.findings == ()
    assert (data["so_luong"], data["thoi_gian"]) == ("010", "0.50")
