"""A kho with a long life: decisions of every form in its register, procedures that lapsed, an amendment drafted."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from kit import CV, qtnb
from register_kho import approve, approved_kho, place, replace_in

_BOTH = "loai: QD\nphe_duyet: danh_muc_va_noi_dung\n"
_AMEND = f"{_BOTH}hinh_thuc: sua_doi_bo_sung\nquy_trinh: [CV-01]\nbang_so_sanh: true\nly_do: Bớt việc\n"
_DECISIONS = {
    "sua": _AMEND,
    "xe": f"{_BOTH}quy_trinh: [xe]\n",
    "thay": f"{_BOTH}hinh_thuc: thay_the\nquy_trinh: [moi]\nbi_thay_the: [{{quy_trinh: CV-02, boi: moi}}]\n",
    "bo": "loai: QD\nhinh_thuc: bai_bo\nphe_duyet: danh_muc\nquy_trinh: [xe]\nbai_bo_quyet_dinh: [xe]\n",
    "lt": f"{_BOTH}quy_trinh: [trinh]\npham_vi_lien_thong: true\n",
}
_STEP = "  - {trinh_tu: Ký, chu_tri: Lãnh đạo, phoi_hop: [A, B], quay_lai: {buoc: 1, khi: sai}, song_song: true}\n"


def lived_kho(folder: Path) -> Path:
    """The kho: ``den`` amended with a comparison, ``di`` replaced by ``moi``, ``xe`` abolished, ``trinh`` an LT."""
    return shutil.copytree(_lived(), folder, dirs_exist_ok=True)


@cache
def _lived() -> Path:
    kho = approved_kho(place("lived"))
    for khoa, ten in {"moi": "Văn bản điện tử", "xe": "Đăng ký xe"}.items():
        (kho / f"quy-trinh/{khoa}.yaml").write_text(CV.replace("Tiếp nhận văn bản đến", ten), "utf-8")
    assert qtnb("number", cwd=kho).code == 0
    for number, (khoa, text) in enumerate(_DECISIONS.items(), 14):
        (kho / f"quyet-dinh/{khoa}.yaml").write_text(text, "utf-8")
        if khoa == "sua":
            replace_in(kho / "quy-trinh/den.yaml", "bieu_mau: []", f"{_STEP}bieu_mau: [Sổ]")
            replace_in(kho / "quy-trinh/den.yaml", "tai_lieu: []", "tai_lieu: [{ten: Đơn, ban_chinh: true}]")
        approve(kho, khoa, number, f"2024-11-{number}")
    for khoa in ("di", "xe"):
        (kho / f"quy-trinh/{khoa}.yaml").unlink()
    (kho / "quyet-dinh/nua.yaml").write_text(_AMEND, "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "thoi_gian: 1 ngày", "thoi_gian: 3 ngày")
    run = qtnb("validate", cwd=kho)
    assert run.code == 0, run
    return kho
