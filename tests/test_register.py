"""The register: what breaks a seal, what does not, and what validation says of a register and its kho."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import CV, QD, make_kho, qtnb
from qtnb.model import Phan, quy_trinh_from
from qtnb.seal import printed_words, seal_of
from qtnb.so_dang_ky.in_force import approved_kho as kho_in_force
from qtnb.so_dang_ky.model import MucDangKy, SoDangKy, TrangThai
from qtnb.so_dang_ky.reading import register_from
from qtnb.so_dang_ky.writing import register_text
from register_kho import approve, approved_kho, numbered_kho, replace_in


def seal(data: dict[str, Any]) -> str:
    return seal_of(quy_trinh_from("quy-trinh/a.yaml", data), Phan.NOI_DUNG)


# --- seals ------------------------------------------------------------------------------------------

FULL: dict[str, Any] = {
    **yaml.safe_load(CV),
    "ky_hieu": "CV-01",
    "can_cu_phap_ly": ["Nghị định số 30/2020/NĐ-CP"],
    "tai_lieu": [{"ten": "Văn bản đến", "ban_chinh": True}, {"ten": "Tài liệu kèm theo", "ban_sao": True}],
    "bieu_mau": ["Sổ đăng ký"],
    "cac_buoc": [
        {"trinh_tu": "Vào sổ", "chu_tri": "Văn phòng", "phoi_hop": ["Phòng A", "Phòng B"], "thoi_gian": "1 ngày"},
        {
            "trinh_tu": "Trình ký",
            "chu_tri": "Lãnh đạo",
            "thoi_gian": "0,5 ngày",
            "ket_qua": "Văn bản",
            "giai_doan": "Trình",
            "song_song": True,
            "quay_lai": {"buoc": 1, "khi": "chưa đạt"},
            "khong_tinh_thoi_gian": True,
        },
    ],
}


def places(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [place for key, part in value.items() for place in places(part, (*at, key))]
    if isinstance(value, list):
        return [place for row, part in enumerate(value) for place in places(part, (*at, row))]
    return [at]


def changed(data: dict[str, Any], at: tuple[str | int, ...]) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(data))
    holder: Any = copy
    for step in at[:-1]:
        holder = holder[step]
    old = holder[at[-1]]
    holder[at[-1]] = (not old) if isinstance(old, bool) else old + 1 if isinstance(old, int) else f"{old} x"
    return copy


@pytest.mark.parametrize("at", [at for at in places(FULL) if at != ("loai",)], ids=lambda at: "-".join(map(str, at)))
def test_any_printed_value_that_changes_breaks_the_seal(at: tuple[str | int, ...]) -> None:
    other = changed(FULL, at)
    assert seal(other) != seal(FULL)


def test_one_digit_of_a_time_limit_breaks_the_seal() -> None:
    assert seal({**FULL, "thoi_gian": "2 ngày"}) != seal({**FULL, "thoi_gian": "1 ngày"})


@pytest.mark.parametrize(
    "other",
    [
        {**FULL, "x-ghi-chu": "riêng"},
        {**FULL, "thu_tu": 7},
        {**FULL, "linh_vuc": "Văn thư"},
        {**FULL, "muc_dich": f"{FULL['muc_dich']}\n"},
        {**FULL, "tai_lieu": [{**FULL["tai_lieu"][0], "ban_sao": False}, FULL["tai_lieu"][1]]},
        {**FULL, "bieu_mau": ["- Sổ đăng ký"]},
        dict(reversed(FULL.items())),
    ],
    ids=["own note", "place", "field of the danh mục", "line end", "false said aloud", "dash", "order of keys"],
)
def test_what_the_form_does_not_print_leaves_its_seal(other: dict[str, Any]) -> None:
    assert seal(other) == seal(FULL)


@settings(max_examples=100, deadline=None)
@given(
    style=st.sampled_from([None, "'", '"']),
    width=st.integers(20, 200),
    sort_keys=st.booleans(),
    comment=st.booleans(),
    flow=st.booleans(),
)
def test_quoting_layout_and_comments_leave_the_seal(
    *, style: str | None, width: int, sort_keys: bool, comment: bool, flow: bool
) -> None:
    from qtnb.schema import number_keys
    from qtnb.source import FileName, read_source

    text = yaml.safe_dump(
        FULL, allow_unicode=True, default_style=style, width=width, sort_keys=sort_keys, default_flow_style=flow
    )
    # A style for all scalars quotes numbers and flags too, with a tag that makes them what they are.
    text = text.replace("!!bool 'true'", "true").replace('!!bool "true"', "true")
    text = text.replace("!!int '1'", "1").replace('!!int "1"', "1")
    if comment:
        text = "# ghi chú\n" + text + "\n# hết\n"
    source = read_source(FileName(Path("/a.yaml"), "a.yaml", "quy-trinh/a.yaml"), text.encode(), number_keys())
    assert not source.broken, (text, source.findings)
    assert seal(source.data) == seal(FULL)


# --- the file ---------------------------------------------------------------------------------------


@given(
    st.dictionaries(
        st.from_regex(r"[a-zđ0-9][a-zđ0-9 '\":#{}&*!|>%@`-]{0,12}", fullmatch=True),
        st.integers(1, 150).map(lambda number: f"CV-{number:02d}"),
        max_size=6,
    )
)
def test_a_register_reads_back_as_it_was_written(blocks: dict[str, str]) -> None:
    register = SoDangKy({}, {khoa: MucDangKy(khoa, symbol) for khoa, symbol in blocks.items()})
    assert register_from(yaml.safe_load(register_text(register))) == register


def test_each_draft_is_one_line_in_the_order_of_keys(tmp_path: Path) -> None:
    text = (numbered_kho(tmp_path) / "so-dang-ky.yaml").read_text("utf-8")
    blocks = text.splitlines()[text.splitlines().index("quy_trinh:") + 1 : -1]
    assert [line.split(":")[0].strip() for line in blocks] == ["den", "di", "trinh"]


# --- what validation says ---------------------------------------------------------------------------

STEP_TIME = "    thoi_gian: 1 ngày"

SAID = [
    (
        "a time limit",
        "quy-trinh/den.yaml",
        (STEP_TIME, "    thoi_gian: 2 ngày"),
        (
            "quy-trinh/den.yaml:13:16: lỗi: CV-01 đã phê duyệt tại Quyết định số 13/QĐ-SNV ngày 02/11/2024 bị sửa "
            "mà chưa có quyết định: “Thời gian” của B1 trong bản đã phê duyệt là “1 ngày”, nay là “2 "
            "ngày”. [approved-changed]"
        ),
    ),
    (
        "a name",
        "quy-trinh/den.yaml",
        ("ten: Tiếp nhận văn bản đến", "ten: Nhận văn bản đến"),
        (
            "quy-trinh/den.yaml:3:6: lỗi: CV-01 đã phê duyệt tại Quyết định số 13/QĐ-SNV ngày 02/11/2024 bị sửa "
            "mà chưa có quyết định: “Tên quy trình” trong bản đã phê duyệt là “Tiếp nhận văn bản đến”, "
            "nay là “Nhận văn "
            "bản đến”. [approved-changed]"
        ),
    ),
    (
        "a symbol",
        "quy-trinh/di.yaml",
        ("ky_hieu: CV-02", "ky_hieu: CV-03"),
        (
            "quy-trinh/di.yaml:2:10: lỗi: Ký hiệu CV-03 khác ký hiệu CV-02 đã cấp cho quy trình này trong sổ đăng ký. "
            "[symbol-changed]"
        ),
    ),
    (
        "a key that was not there",
        "quy-trinh/di.yaml",
        ("bieu_mau: []", "bieu_mau: [Sổ công văn đi]"),
        "“Biểu mẫu/tài liệu” không có trong bản đã phê duyệt, nay là “Sổ công văn đi”. [approved-changed]",
    ),
    (
        "a draft's symbol",
        "quy-trinh/trinh.yaml",
        ("ky_hieu: LT-01", "ky_hieu: LT-05"),
        (
            "quy-trinh/trinh.yaml:2:10: lỗi: Ký hiệu LT-05 khác ký hiệu LT-01 đã cấp cho quy trình này trong sổ "
            "đăng ký. [symbol-changed]"
        ),
    ),
    (
        "a decision",
        "quyet-dinh/danh-muc.yaml",
        ("phe_duyet: danh_muc", "phe_duyet: danh_muc\ntheo_de_nghi: Chánh Văn phòng"),
        (
            "quyet-dinh/danh-muc.yaml:3:15: lỗi: Quyết định số 12/QĐ-SNV ngày 01/11/2024 đã ghi sổ bị sửa: “Theo "
            "đề nghị của” không có trong bản đã phê duyệt, nay là “Chánh Văn phòng”. [approved-decision-changed]"
        ),
    ),
    (
        "a line of the register",
        "so-dang-ky.yaml",
        ("trang_thai: du_thao", "trang_thai: bai_bo"),
        (
            "lỗi: Mục quy trình “trinh” (LT-01) trong sổ đăng ký đã bị sửa tay: mã kiểm tra (kiem) không khớp. "
            "[register-edited]"
        ),
    ),
    (
        "a decision in the register",
        "so-dang-ky.yaml",
        ('so: "12"', 'so: "14"'),
        (
            "so-dang-ky.yaml:5:3: lỗi: Mục quyết định “danh-muc” trong sổ đăng ký đã bị sửa tay: mã kiểm tra "
            "(kiem) không khớp. [register-edited]"
        ),
    ),
    (
        "a newer version",
        "so-dang-ky.yaml",
        ("phien_ban: 1", "phien_ban: 2"),
        "so-dang-ky.yaml:3:12: lỗi: Sổ đăng ký có phien_ban: 2, do một phiên bản qtnb mới hơn ghi. [register-version]",
    ),
    (
        "the end cut off",
        "so-dang-ky.yaml",
        ("het: true\n", ""),
        "so-dang-ky.yaml:2:1: lỗi: Sổ đăng ký bị cắt cụt: thiếu dòng cuối “het: true”. [register-truncated]",
    ),
    (
        "conflict markers",
        "so-dang-ky.yaml",
        ("quy_trinh:\n", "quy_trinh:\n<<<<<<< HEAD\n=======\n>>>>>>> khac\n"),
        "lỗi: Tệp còn dấu xung đột của git: hai nhánh cùng sửa chỗ này và chưa được hợp nhất. [conflict-markers]",
    ),
    (
        "the kept content",
        "da-phe-duyet/noi-dung.json",
        ("1 ngày", "9 ngày"),
        (
            "so-dang-ky.yaml:16:3: lỗi: Bản lưu da-phe-duyet/noi-dung.json đã bị sửa sau khi Quyết định số "
            "13/QĐ-SNV ngày 02/11/2024 được ghi sổ. [snapshot-broken]"
        ),
    ),
]


@pytest.mark.parametrize(("name", "change", "said"), [row[1:] for row in SAID], ids=[row[0] for row in SAID])
@pytest.mark.parametrize("command", ["validate", "lint"])
def test_what_was_approved_or_written_by_qtnb_and_changed_is_told(
    tmp_path: Path, name: str, change: tuple[str, str], said: str, command: str
) -> None:
    kho = approved_kho(tmp_path)
    replace_in(kho / name, *change)
    run = qtnb(command, cwd=kho)
    assert said in run.out
    assert run.code == 1


def test_a_deleted_procedure_and_a_deleted_decision_are_told(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quy-trinh/den.yaml").unlink()
    (kho / "quyet-dinh/noi-dung.yaml").unlink()
    out = qtnb("validate", cwd=kho).out
    assert "so-dang-ky.yaml:28:3: lỗi: Quy trình CV-01 (den) phê duyệt tại Quyết định số 13/QĐ-SNV" in out
    assert "nay không còn tệp. [approved-deleted]" in out
    assert "(khóa “noi-dung”) không còn trong quyet-dinh/. [approved-decision-deleted]" in out


def test_a_block_that_was_lost_is_missed(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    path = kho / "so-dang-ky.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("  di:\n")] + text[text.index("  trinh: {") :], "utf-8")
    out = qtnb("validate", cwd=kho).out
    assert (
        "so-dang-ky.yaml:5:3: lỗi: Sổ đăng ký có 1 quy trình theo Quyết định số 12/QĐ-SNV ngày 01/11/2024, nhưng quyết "
        "định này về 2 quy trình: có mục đã bị xóa khỏi sổ. [register-lost]" in out
    )


def test_a_register_cut_anywhere_is_never_taken_for_whole(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    path = kho / "so-dang-ky.yaml"
    whole = path.read_bytes()
    for end in range(0, len(whole) - 1, 211):
        path.write_bytes(whole[:end])
        run = qtnb("validate", cwd=kho)
        assert run.code == 1, whole[:end].decode(errors="replace")[-80:]
        assert "so-dang-ky.yaml:" in run.out
    for command in (["number"], ["approve", "danh-muc", "--so", "1", "--ngay", "2024-11-01"]):
        assert qtnb(*command, cwd=kho).code == 1
        assert path.read_bytes() == whole[:end]


def test_a_gap_and_an_unknown_symbol_are_told(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    (kho / "quy-trinh/moi.yaml").write_text(CV.replace("loai: CV\n", "loai: CV\nky_hieu: CV-05\n"), "utf-8")
    run = qtnb("validate", cwd=kho)
    assert run.code == 0
    assert "quy-trinh/moi.yaml:2:10: cảnh báo: Ký hiệu CV-05 chưa có trong sổ đăng ký. [not-registered]" in run.out
    assert (
        "so-dang-ky.yaml:5:1: cảnh báo: Ký hiệu CV không liên tục: chưa từng cấp CV-03, CV-04. [register-gap]"
        in run.out
    )


def test_a_decision_signed_by_hand_is_to_be_entered(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    replace_in(kho / "quyet-dinh/danh-muc.yaml", 'so: ""\nngay: ""', 'so: "12"\nngay: "2024-11-01"')
    run = qtnb("validate", cwd=kho)
    assert (
        "quyet-dinh/danh-muc.yaml:5:5: cảnh báo: Quyết định có số 12, ngày 2024-11-01 nhưng chưa ghi vào sổ đăng ký. "
        "[not-entered]" in run.out
    )
    approve(kho, "danh-muc", 12, "2024-11-01")
    assert qtnb("validate", "--strict", cwd=kho).code == 0


def test_without_a_register_nothing_is_said_of_one(tmp_path: Path) -> None:
    signed = QD + 'so: "12"\nngay: "2024-11-01"\n'
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": CV, "quyet-dinh/q.yaml": signed})
    assert qtnb("validate", "--strict", cwd=kho).code == 0


def test_a_file_kept_by_an_older_printing_is_compared_by_its_content(tmp_path: Path) -> None:
    # The register of a qtnb that printed the same content in other words has other seals.
    kho = approved_kho(tmp_path)
    register = register_from(yaml.safe_load((kho / "so-dang-ky.yaml").read_text("utf-8")))
    from dataclasses import replace

    den = register.quy_trinh["den"]
    history = tuple(replace(lan, dau=dict.fromkeys(lan.dau, "0" * 64)) for lan in den.lich_su)
    other = register.with_items([replace(den, lich_su=history)])
    (kho / "so-dang-ky.yaml").write_text(register_text(other), "utf-8")
    assert qtnb("validate", cwd=kho).code == 0
    replace_in(kho / "quy-trinh/den.yaml", STEP_TIME, "    thoi_gian: 3 ngày")
    assert "[approved-changed]" in qtnb("validate", cwd=kho).out


def test_the_approved_state_is_that_of_the_latest_decisions(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    replace_in(kho / "quy-trinh/den.yaml", STEP_TIME, "    thoi_gian: 3 ngày")
    register = register_from(yaml.safe_load((kho / "so-dang-ky.yaml").read_text("utf-8")))
    state = kho_in_force(kho, register)
    assert state is not None
    assert [(item.khoa, item.ky_hieu) for item in state.quy_trinh] == [("den", "CV-01"), ("di", "CV-02")]
    assert state.quy_trinh[0].cac_buoc[0].thoi_gian == "1 ngày"  # type: ignore[union-attr]
    assert [item.so for item in state.quyet_dinh] == ["12", "13"]


def test_of_two_decisions_of_one_day_the_one_with_the_higher_number_is_the_latest(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    approve(kho, "danh-muc", 99, "2024-11-01")
    replace_in(kho / "qtnb.yaml", "nguoi_dung_dau: Giám đốc", "nguoi_dung_dau: Quyền Giám đốc")
    approve(kho, "noi-dung", 100, "2024-11-01")
    state = kho_in_force(kho, register_from(yaml.safe_load((kho / "so-dang-ky.yaml").read_text("utf-8"))))
    assert state is not None
    assert [item.so for item in state.quyet_dinh] == ["99", "100"]
    assert state.cau_hinh.co_quan.nguoi_dung_dau == "Quyền Giám đốc"


@pytest.mark.parametrize("key", ["../../quy-trinh/den", ".an", "a/b", "a\\\\b"])
def test_a_register_from_a_stranger_reaches_no_other_file(tmp_path: Path, key: str) -> None:
    kho = approved_kho(tmp_path)
    replace_in(kho / "so-dang-ky.yaml", "  noi-dung:\n", f'  "{key}":\n')
    run = qtnb("validate", cwd=kho)
    assert run.code == 1
    assert "so-dang-ky.yaml:" in run.out
    assert "Traceback" not in run.err


REPLACED = """\
loai: QD
hinh_thuc: thay_the
phe_duyet: noi_dung
quy_trinh: [CV-02]
bi_thay_the: [{quy_trinh: CV-01, boi: CV-02}]
"""


def replaced_kho(folder: Path) -> Path:
    kho = approved_kho(folder)
    (kho / "quyet-dinh/thay.yaml").write_text(REPLACED, "utf-8")
    approve(kho, "thay", 14, "2024-11-10")
    (kho / "quy-trinh/den.yaml").unlink()
    return kho


def test_a_signed_decision_may_call_procedures_by_key_or_by_symbol(tmp_path: Path) -> None:
    kho = replaced_kho(tmp_path)
    replace_in(kho / "quyet-dinh/thay.yaml", "[CV-02]", "[di]")
    replace_in(kho / "quyet-dinh/thay.yaml", "{quy_trinh: CV-01, boi: CV-02}", "{boi: di, quy_trinh: den}")
    assert qtnb("validate", "--strict", cwd=kho).code == 0
    replace_in(kho / "quyet-dinh/thay.yaml", "quy_trinh: den", "quy_trinh: trinh")
    assert (
        "quyet-dinh/thay.yaml:7:36: lỗi: Quyết định số 14/QĐ-SNV ngày 10/11/2024 đã ghi sổ bị sửa: “Quy trình hết hiệu "
        "lực” của mục 1 của “Quy trình bị thay thế” trong bản đã phê duyệt là “den”, nay là “trinh”. "
        "[approved-decision-changed]" in qtnb("validate", cwd=kho).out
    )


def test_a_register_that_kept_symbols_is_compared_by_what_they_mean(tmp_path: Path) -> None:
    from dataclasses import replace

    kho = replaced_kho(tmp_path)
    kept = kho / "da-phe-duyet/thay.json"
    content = json.loads(kept.read_text("utf-8"))
    content["quyet_dinh"]["data"]["bi_thay_the"] = [{"quy_trinh": "CV-01", "boi": "CV-02"}]
    kept.write_text(json.dumps(content), "utf-8")
    register = register_from(yaml.safe_load((kho / "so-dang-ky.yaml").read_text("utf-8")))
    seal_of_kept = hashlib.sha256(kept.read_bytes()).hexdigest()
    other = replace(register.quyet_dinh["thay"], dau="0" * 64, ban_luu=seal_of_kept)
    (kho / "so-dang-ky.yaml").write_text(register_text(register.with_decisions([other])), "utf-8")
    assert qtnb("validate", "--strict", cwd=kho).code == 0


def test_states_have_names_for_readers() -> None:
    assert [state.nhan for state in TrangThai] == [
        "dự thảo",
        "đã phê duyệt",
        "đã sửa đổi, bổ sung",
        "đã được thay thế",
        "đã bãi bỏ",
    ]


def test_a_stage_written_in_two_ways_is_one_stage() -> None:
    steps = [{**FULL["cac_buoc"][1], "giai_doan": stage} for stage in ("Trình\n", "Trình")]
    (first, second) = printed_words(quy_trinh_from("a.yaml", {**FULL, "cac_buoc": steps}), Phan.NOI_DUNG)["cac_buoc"]
    assert (first["giai_doan"], second["giai_doan"]) == ("Trình", "")
