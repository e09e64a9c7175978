"""Decisions that abolish earlier decisions: what lapses with these, what stands again, and what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from killing import tree
from kit import Run, make_kho, qtnb
from printed_decisions import printed_articles
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.so_dang_ky.reading import register_from
from register_kho import CV_TWO, approve, approved_kho, replace_in

ANEW = """\
loai: QD
phe_duyet: danh_muc_va_noi_dung
quy_trinh: [CV-01]
bai_bo_quyet_dinh: [danh-muc, noi-dung]
hieu_luc: 2024-12-15
"""
AMEND = "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [den]\n"


def register(kho: Path) -> SoDangKy:
    return register_from(yaml.safe_load((kho / "so-dang-ky.yaml").read_text("utf-8")))


def kho_with(folder: Path, name: str, text: str) -> Path:
    kho = approved_kho(folder)
    (kho / f"quyet-dinh/{name}.yaml").write_text(text, "utf-8")
    return kho


def amended_kho(folder: Path) -> Path:
    """The approved kho, its CV-01 amended by decision 20 of 1 December."""
    kho = kho_with(folder, "sua", AMEND)
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ")
    approve(kho, "sua", 20, "2024-12-01")
    return kho


def refused(kho: Path, decision: str, so: int = 30, ngay: str = "2024-12-20") -> Run:
    before = tree(kho)
    run = qtnb("approve", decision, "--so", str(so), "--ngay", ngay, cwd=kho)
    assert (run.code, tree(kho)) == (1, before)
    return run


def test_a_procedure_that_no_decision_approves_any_longer_lapses(tmp_path: Path) -> None:
    kho = kho_with(tmp_path, "moi", ANEW)
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ")
    before = tree(kho)
    words = ("approve", "moi", "--so", "30", "--ngay", "2024-12-01")
    said = (
        " Quyết định số 30/QĐ-SNV ngày 01/12/2024:\n"
        "  CV-01  Tiếp nhận văn bản đến\n"
        "  Bãi bỏ Quyết định số 12/QĐ-SNV ngày 01/11/2024 từ ngày 15/12/2024.\n"
        "  Bãi bỏ Quyết định số 13/QĐ-SNV ngày 02/11/2024 từ ngày 15/12/2024.\n"
        "  CV-02  Phát hành văn bản đi: hết hiệu lực từ ngày 15/12/2024, không còn quyết định nào phê duyệt\n"
    )
    assert qtnb(*words, "--dry-run", cwd=kho).out.startswith(f"Sẽ ghi sổ{said}")
    assert tree(kho) == before
    assert qtnb(*words, cwd=kho).out.startswith(f"Đã ghi sổ{said}")
    held = register(kho)
    di, den = held.quy_trinh["di"], held.quy_trinh["den"]
    assert (di.trang_thai, str(di.het_hieu_luc), di.thay_the_boi) == ("bai_bo", "2024-12-15", ())
    assert [(lan.quyet_dinh, lan.hinh_thuc, bool(lan.dau)) for lan in di.lich_su][-1] == ("moi", "bai_bo", False)
    assert (den.trang_thai, [lan.quyet_dinh for lan in den.phe_duyet]) == ("da_phe_duyet", ["moi"])
    assert held.quyet_dinh["moi"].tong_quy_trinh == 2
    assert {held.quyet_dinh[khoa].bai_bo_boi for khoa in ("danh-muc", "noi-dung")} == {"moi"}
    assert "CV-02" not in qtnb("list", cwd=kho).out
    (kho / "quy-trinh/di.yaml").unlink()
    assert qtnb("validate", "--strict", cwd=kho).out == "Đã kiểm tra 7 tệp: không có lỗi.\n"


def test_log_tells_that_and_by_which_decision_it_lapsed(tmp_path: Path) -> None:
    kho = kho_with(tmp_path, "moi", ANEW)
    approve(kho, "moi", 30, "2024-12-01")
    told = qtnb("log", "di", cwd=kho).out
    assert told.startswith("CV-02  Phát hành văn bản đi (di): đã bãi bỏ, hết hiệu lực từ 15/12/2024\n")
    assert "\n            quyết định này bị bãi bỏ bởi Quyết định số 30/QĐ-SNV\n" in told
    assert "\n01/12/2024  Quyết định số 30/QĐ-SNV: bãi bỏ, hết hiệu lực từ 15/12/2024\n" in told


def test_a_procedure_stays_while_one_of_its_parts_is_approved(tmp_path: Path) -> None:
    kho = kho_with(tmp_path, "moi", ANEW.replace("danh-muc, ", "").replace("quy_trinh: [CV-01]", "quy_trinh: [den]"))
    out = approve(kho, "moi", 30, "2024-12-01")
    assert "  CV-02  Phát hành văn bản đi: nội dung không còn được phê duyệt\n" in out
    di = register(kho).quy_trinh["di"]
    assert (di.trang_thai, di.het_hieu_luc, [lan.quyet_dinh for lan in di.phe_duyet]) == (
        "da_phe_duyet",
        None,
        ["danh-muc"],
    )
    # What nobody has approved may change, its line in the danh mục may not.
    replace_in(kho / "quy-trinh/di.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ")
    assert qtnb("validate", "--strict", cwd=kho).code == 0
    replace_in(kho / "quy-trinh/di.yaml", "muc_dich:", "linh_vuc: Văn thư\nmuc_dich:")
    assert "[approved-changed]" in qtnb("validate", cwd=kho).out


def test_an_abolished_amendment_leaves_what_was_approved_before_it(tmp_path: Path) -> None:
    kho = amended_kho(tmp_path)
    (kho / "quyet-dinh/bo.yaml").write_text(
        f"{AMEND.replace('den', 'di')}bai_bo_quyet_dinh: [sua]\nhieu_luc: 2025-01-01\n", "utf-8"
    )
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 02 bộ", "so_luong: 01 bộ")
    replace_in(kho / "quy-trinh/di.yaml", "so_luong: 01 bộ", "so_luong: 03 bộ")
    assert "  CV-01  Tiếp nhận văn bản đến: nội dung trở lại như Quyết định số 13/QĐ-SNV ngày 02/11/2024\n" in approve(
        kho, "bo", 31, "2024-12-20"
    )
    den = register(kho).quy_trinh["den"]
    assert (den.trang_thai, str(den.hieu_luc), len(den.lich_su)) == ("da_phe_duyet", "2025-01-01", 3)
    assert qtnb("validate", "--strict", cwd=kho).code == 0
    told = qtnb("log", "den", cwd=kho).out
    assert "Tệp trong kho giống bản đã phê duyệt." in told
    assert "Số lượng: 01 bộ → 02 bộ" in told
    (kho / "quyet-dinh/lai.yaml").write_text(AMEND, "utf-8")
    cited = " ".join(printed_articles(kho, "lai"))
    assert "Quyết định số 13/QĐ-SNV" in cited
    assert "Quyết định số 20/QĐ-SNV" not in cited


def test_what_an_amendment_left_stands_though_the_decision_before_it_is_abolished(tmp_path: Path) -> None:
    kho = amended_kho(tmp_path)
    (kho / "quyet-dinh/lai.yaml").write_text(
        "loai: QD\nphe_duyet: noi_dung\nquy_trinh: [di]\nbai_bo_quyet_dinh: [noi-dung]\n", "utf-8"
    )
    assert "CV-01" not in approve(kho, "lai", 31, "2024-12-20")
    den = register(kho).quy_trinh["den"]
    assert (den.trang_thai, str(den.hieu_luc)) == ("sua_doi", "2024-12-01")
    assert qtnb("validate", "--strict", cwd=kho).code == 0


def test_the_state_as_of_an_earlier_decision_knows_nothing_of_what_was_abolished_later(tmp_path: Path) -> None:
    kho = amended_kho(tmp_path)
    (kho / "quyet-dinh/bo.yaml").write_text(f"{AMEND.replace('den', 'di')}bai_bo_quyet_dinh: [sua]\n", "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 02 bộ", "so_luong: 01 bộ")
    approve(kho, "bo", 31, "2024-12-20")
    assert "Số lượng: 02 bộ → 01 bộ" in qtnb("diff", "sua", "bo", cwd=kho).out
    assert "Số lượng: 01 bộ → 02 bộ" in qtnb("diff", "noi-dung", "sua", cwd=kho).out


TAKEN = "Quyết định số 31/QĐ-SNV ngày 20/12/2024"
OWN = "Quyết định số 30/QĐ-SNV ngày 20/12/2024"
CITED = "Quyết định số 12/QĐ-SNV ngày 01 tháng 11 năm 2024 của Giám đốc Sở Nội vụ"
WRONG = [
    ("[sua]", f"21: lỗi: Quyết định “sua” đã bị bãi bỏ tại {TAKEN}. [decision-abolished]"),
    (
        "[bo-sua]",
        f"21: lỗi: {TAKEN} ký sau quyết định này ({OWN}), nên không thể bị quyết định này bãi bỏ. [decision-later]",
    ),
    ("[nhap]", "21: lỗi: Quyết định “nhap” chưa có số, ngày ban hành (quyet-dinh/nhap.yaml), nên không có gì"),
    ("[tay]", "21: lỗi: Quyết định “tay” bị bãi bỏ nhưng chưa ghi vào sổ đăng ký. [abolished-not-entered]"),
    ("['Quyết định số 12/QĐ-SNV, ngày 01/11/2024']", "ghi sổ của kho này, khóa “danh-muc”. [decision-has-key]"),
    (f"[{CITED}]", "là quyết định đã ghi sổ của kho này, khóa “danh-muc”. [decision-has-key]"),
    ("[danh-muc, danh-muc]", "31: lỗi: Quyết định “danh-muc” đã nêu ở trên. [decision-twice]"),
    ("[bo]", "21: lỗi: Quyết định không thể bãi bỏ chính nó. [abolishes-itself]"),
]


@pytest.fixture(scope="module")
def kho_of_wrongs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kho = amended_kho(tmp_path_factory.mktemp("kho"))
    (kho / "quyet-dinh/bo-sua.yaml").write_text(f"{AMEND.replace('den', 'di')}bai_bo_quyet_dinh: [sua]\n", "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 02 bộ", "so_luong: 01 bộ")
    approve(kho, "bo-sua", 31, "2024-12-20")
    (kho / "quyet-dinh/nhap.yaml").write_text(AMEND, "utf-8")
    (kho / "quyet-dinh/tay.yaml").write_text(f"{AMEND}so: '2'\nngay: 2024-01-02\n", "utf-8")
    return kho


@pytest.mark.parametrize(("named", "said"), WRONG)
def test_what_cannot_be_abolished_is_said_at_its_place(kho_of_wrongs: Path, named: str, said: str) -> None:
    text = AMEND.replace("[den]", "[di]") + f"bai_bo_quyet_dinh: {named}\n"
    (kho_of_wrongs / "quyet-dinh/bo.yaml").write_text(text, "utf-8")
    err = refused(kho_of_wrongs, "bo").err
    assert "quyet-dinh/bo.yaml:5:" in err
    assert said in err


@pytest.mark.parametrize(
    "named",
    [
        "Quyết định số 12/QĐ-UBND ngày 01 tháng 11 năm 2024 của Ủy ban nhân dân thành phố Hà Nội",
        "Quyết định số 12/QĐ-SNV ngày 03 tháng 11 năm 2023 của Giám đốc Sở Nội vụ",
        "Quyết định số 121/QĐ-SNV ngày 01/11/2024 của Giám đốc Sở Nội vụ",
    ],
)
def test_a_decision_from_elsewhere_is_cited_by_text(tmp_path: Path, named: str) -> None:
    kho = kho_with(tmp_path, "bo", f"loai: QD\nphe_duyet: danh_muc\nquy_trinh: [den]\nbai_bo_quyet_dinh: [{named}]\n")
    out = approve(kho, "bo", 30, "2024-12-01")
    assert "Bãi bỏ" not in out
    assert printed_articles(kho, "bo")[1] == f"Bãi bỏ {named}."


def test_without_a_register_the_files_tell_what_cannot_be_abolished(tmp_path: Path) -> None:
    signed = "loai: QD\nphe_duyet: danh_muc\nquy_trinh: [a]\nso: '{so}'\nngay: {ngay}\n"
    files: dict[str, str | bytes] = {
        "quy-trinh/a.yaml": CV_TWO,
        "quyet-dinh/cu.yaml": signed.format(so=1, ngay="2024-01-01"),
        "quyet-dinh/giua.yaml": f"{signed.format(so=2, ngay='2024-02-01')}bai_bo_quyet_dinh: [cu]\n",
        "quyet-dinh/sau.yaml": f"{signed.format(so=3, ngay='2024-03-01')}bai_bo_quyet_dinh: [cu, cuoi]\n",
        "quyet-dinh/cuoi.yaml": signed.format(so=4, ngay="2024-03-01"),
    }
    out = qtnb("validate", cwd=make_kho(tmp_path, files)).out
    assert (
        "quyet-dinh/sau.yaml:6:21: lỗi: Quyết định “cu” đã bị bãi bỏ tại quyết định “giua”. [decision-abolished]" in out
    )
    assert "quyet-dinh/sau.yaml:6:25: lỗi: Quyết định “cuoi” ký sau quyết định này, nên" in out
    assert "giua.yaml:6" not in out
