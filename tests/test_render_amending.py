"""The words of decisions that amend, replace and abolish: what they cite, what they say of it, what they compare."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qtnb.kho import Kho
from qtnb.model import HinhThuc, PheDuyet
from qtnb.words.articles import usual_count
from qtnb.words.citing import QuyetDinhTruoc, cited
from qtnb.words.comparison import BangSoSanh, DongSoSanh, SoSanhQuyTrinh, comparison_groups
from qtnb.words.context import decision_words
from qtnb.words.earlier import TruocDay, truoc_day_of
from qtnb.words.vocabulary import QuyetDinhWords
from render_models import SO_SANH, VAN_BAN_DEN, decision, kho_with, kho_with_history, procedure

WORK = "giải quyết công việc nội bộ (ngoài thủ tục hành chính)"
OF_SO = f"quy trình {WORK} của Sở Nội vụ thành phố Hà Nội"
GIAM_DOC = "Giám đốc Sở Nội vụ thành phố Hà Nội"
LIST = f"Quyết định số 05/QĐ-SNV ngày 03 tháng 02 năm 2026 của {GIAM_DOC}"
BOTH = (
    "Quyết định số 05/QĐ-SNV ngày 03 tháng 02 năm 2026 và Quyết định số 123/QĐ-SNV ngày 21 tháng 3 năm 2026"
    f" của {GIAM_DOC}"
)
CONTENT = f"Quyết định số 123/QĐ-SNV ngày 21 tháng 3 năm 2026 của {GIAM_DOC}"


def words(kho: Kho | None = None, **data: Any) -> QuyetDinhWords:
    return decision_words(kho or kho_with_history(), decision(**data))["quyet_dinh"]


def articles(kho: Kho | None = None, **data: Any) -> list[str]:
    """The Điều but the last, as they are printed, with their further paragraphs on lines of their own."""
    shown: list[str] = []
    for part in words(kho, **data)["cac_dieu"]:
        if part["nhan"]:
            shown.append(part["noi_dung"])
        else:
            shown[-1] += f"\n{part['noi_dung']}"
    return shown[:-1]


SIGNED = "Quyết định này có hiệu lực thi hành kể từ ngày ký."


@pytest.mark.parametrize(
    ("data", "trich_yeu", "said"),
    [
        (
            {"hinh_thuc": "sua_doi_bo_sung", "phe_duyet": "noi_dung", "quy_trinh": ["CV-01", "CV-02"]},
            f"Phê duyệt sửa đổi, bổ sung nội dung {OF_SO}",
            [
                (
                    f"Phê duyệt sửa đổi, bổ sung nội dung 02 {OF_SO}, đã được phê duyệt tại {CONTENT}"
                    " (chi tiết tại Phụ lục kèm theo Quyết định này)."
                ),
                "Các nội dung khác của Quyết định số 123/QĐ-SNV không thay đổi và tiếp tục có hiệu lực.",
                SIGNED,
            ],
        ),
        (
            {"hinh_thuc": "sua_doi_bo_sung", "phe_duyet": "noi_dung", "quy_trinh": ["CV-02", "CV-03"]},
            f"Phê duyệt sửa đổi, bổ sung nội dung {OF_SO}",
            [
                (
                    f"Phê duyệt sửa đổi, bổ sung nội dung 02 {OF_SO}, trong đó 01 quy trình đã được phê duyệt tại"
                    f" {CONTENT} (chi tiết tại Phụ lục kèm theo Quyết định này)."
                ),
                "Các nội dung khác của Quyết định số 123/QĐ-SNV không thay đổi và tiếp tục có hiệu lực.",
                SIGNED,
            ],
        ),
        (
            {"hinh_thuc": "sua_doi_bo_sung", "phe_duyet": "noi_dung", "quy_trinh": ["CV-03"]},
            f"Phê duyệt sửa đổi, bổ sung nội dung {OF_SO}",
            [
                f"Phê duyệt sửa đổi, bổ sung nội dung 01 {OF_SO} (chi tiết tại Phụ lục kèm theo Quyết định này).",
                "Các nội dung không nêu tại Quyết định này thực hiện theo các quyết định đã ban hành, còn hiệu lực.",
                SIGNED,
            ],
        ),
        (
            {
                "hinh_thuc": "sua_doi_bo_sung",
                "phe_duyet": "danh_muc_va_noi_dung",
                "quy_trinh": ["CV-01"],
                "hieu_luc": "2026-12-01",
            },
            f"Phê duyệt sửa đổi, bổ sung danh mục và nội dung {OF_SO}",
            [
                (
                    f"Phê duyệt sửa đổi, bổ sung danh mục và nội dung 01 {OF_SO}, đã được phê duyệt tại {BOTH}"
                    " (danh mục tại Phụ lục I, nội dung tại Phụ lục II kèm theo Quyết định này)."
                ),
                (
                    "Các nội dung khác của Quyết định số 05/QĐ-SNV và Quyết định số 123/QĐ-SNV không thay đổi và tiếp"
                    " tục có hiệu lực."
                ),
                "Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 12 năm 2026.",
            ],
        ),
        (
            {"hinh_thuc": "thay_the", "phe_duyet": "noi_dung", "quy_trinh": ["CV-03"], "bi_thay_the": ["CV-02"]},
            f"Phê duyệt thay thế nội dung {OF_SO}",
            [
                (
                    f"Phê duyệt nội dung 01 {OF_SO}, thay thế quy trình nêu tại Điều 2"
                    " (chi tiết tại Phụ lục kèm theo Quyết định này)."
                ),
                (
                    "Kể từ ngày Quyết định này có hiệu lực thi hành, quy trình “Mua sắm văn phòng phẩm” (CV-02) đã được"
                    f" phê duyệt tại {BOTH} hết hiệu lực."
                ),
                SIGNED,
            ],
        ),
        (
            {"hinh_thuc": "thay_the", "phe_duyet": "noi_dung", "quy_trinh": ["CV-01", "CV-02"]},
            f"Phê duyệt thay thế nội dung {OF_SO}",
            [
                (
                    f"Phê duyệt nội dung 02 {OF_SO}, thay thế nội dung đã được phê duyệt trước đây"
                    " (chi tiết tại Phụ lục kèm theo Quyết định này)."
                ),
                (
                    "Kể từ ngày Quyết định này có hiệu lực thi hành, nội dung của các quy trình nêu tại Điều 1 đã được"
                    f" phê duyệt tại {CONTENT} hết hiệu lực."
                ),
                SIGNED,
            ],
        ),
        (
            {"hinh_thuc": "thay_the", "phe_duyet": "noi_dung", "quy_trinh": ["CV-03"]},
            f"Phê duyệt thay thế nội dung {OF_SO}",
            [
                (
                    f"Phê duyệt nội dung 01 {OF_SO}, thay thế nội dung đã được phê duyệt trước đây"
                    " (chi tiết tại Phụ lục kèm theo Quyết định này)."
                ),
                (
                    "Kể từ ngày Quyết định này có hiệu lực thi hành, nội dung của quy trình nêu tại Điều 1 đã được phê"
                    " duyệt trước đây hết hiệu lực."
                ),
                SIGNED,
            ],
        ),
        (
            {
                "hinh_thuc": "thay_the",
                "phe_duyet": "noi_dung",
                "quy_trinh": ["CV-02"],
                "bi_thay_the": [{"quy_trinh": "van-ban-den", "boi": "van-phong-pham"}, "CV-99"],
            },
            f"Phê duyệt thay thế nội dung {OF_SO}",
            [
                (
                    f"Phê duyệt nội dung 01 {OF_SO}, thay thế các nội dung nêu tại Điều 2"
                    " (chi tiết tại Phụ lục kèm theo Quyết định này)."
                ),
                (
                    "Kể từ ngày Quyết định này có hiệu lực thi hành, các nội dung sau đây hết hiệu lực:\n"
                    f"1. Nội dung của quy trình nêu tại Điều 1 đã được phê duyệt tại {CONTENT};\n"
                    f"2. Quy trình “Tiếp nhận, xử lý văn bản đến” (CV-01) đã được phê duyệt tại {LIST} và Quyết định số"
                    " 123/QĐ-SNV, được thay thế bằng quy trình “Mua sắm văn phòng phẩm” (CV-02);\n"
                    "3. Quy trình CV-99."
                ),
                SIGNED,
            ],
        ),
        (
            {"hinh_thuc": "bai_bo", "quy_trinh": ["CV-03"]},
            f"Về việc bãi bỏ {OF_SO}",
            [f"Bãi bỏ 01 {OF_SO}, đã được phê duyệt tại {LIST} (chi tiết tại Phụ lục kèm theo).", SIGNED],
        ),
        (
            {"hinh_thuc": "bai_bo", "quy_trinh": ["CV-01"], "bai_bo_quyet_dinh": ["noi-dung"], "ngay": "2026-12-01"},
            f"Về việc bãi bỏ {OF_SO}",
            [
                f"Bãi bỏ 01 {OF_SO}, đã được phê duyệt tại {BOTH} (chi tiết tại Phụ lục kèm theo).",
                f"Bãi bỏ {CONTENT} phê duyệt nội dung {OF_SO}.",
                SIGNED,
            ],
        ),
        (
            {
                "phe_duyet": "noi_dung",
                "quy_trinh": ["CV-03"],
                "bai_bo_quyet_dinh": ["danh-muc", "Quyết định số 45/QĐ-SNV ngày 12 tháng 5 năm 2022;"],
                "ngay": "2026-12-01",
                "hieu_luc": "2026-12-01",
            },
            f"Phê duyệt nội dung {OF_SO}",
            [
                f"Phê duyệt kèm theo Quyết định này nội dung 01 {OF_SO} (chi tiết tại Phụ lục).",
                (
                    f"Bãi bỏ các quyết định sau đây:\n1. {LIST} phê duyệt danh mục {OF_SO};\n"
                    "2. Quyết định số 45/QĐ-SNV ngày 12 tháng 5 năm 2022."
                ),
                SIGNED,
            ],
        ),
    ],
    ids=[
        "amended",
        "amended, one new",
        "amended, nothing known",
        "amended list and content, in force later",
        "one replaced by another",
        "replaced by their own new content",
        "replaced, nothing known",
        "replaced, several",
        "abolished",
        "abolished with its decision",
        "approved, with decisions abolished",
    ],
)
def test_a_decision_says_what_it_does_to_what_was_decided(
    data: dict[str, Any], trich_yeu: str, said: list[str]
) -> None:
    assert words(**data)["trich_yeu"].replace("\n", " ") == trich_yeu
    assert articles(**data) == said


def test_what_is_abolished_with_the_same_decision_does_not_stay() -> None:
    data: dict[str, Any] = {"hinh_thuc": "sua_doi_bo_sung", "phe_duyet": "danh_muc_va_noi_dung", "quy_trinh": ["CV-01"]}
    assert articles(**data, bai_bo_quyet_dinh=["noi-dung"])[1] == (
        "Các nội dung khác của Quyết định số 05/QĐ-SNV không thay đổi và tiếp tục có hiệu lực."
    )


@pytest.mark.parametrize(
    ("data", "first", "title"),
    [
        (
            {"hinh_thuc": "sua_doi_bo_sung", "trich_yeu": "Phê duyệt sửa đổi, bổ sung nội dung quy trình văn thư."},
            (
                "Phê duyệt sửa đổi, bổ sung nội dung quy trình văn thư, gồm 01 quy trình, đã được phê duyệt tại"
                f" {CONTENT} (chi tiết tại Phụ lục kèm theo Quyết định này)."
            ),
            "nội dung các quy trình văn thư được sửa đổi, bổ sung",
        ),
        (
            {"hinh_thuc": "sua_doi_bo_sung", "trich_yeu": f"Về việc sửa đổi, bổ sung một số {OF_SO}"},
            (
                f"Sửa đổi, bổ sung một số {OF_SO}, gồm 01 quy trình, đã được phê duyệt tại {CONTENT}"
                " (chi tiết tại Phụ lục kèm theo)."
            ),
            f"nội dung các quy trình {WORK} được sửa đổi, bổ sung của Sở Nội vụ thành phố Hà Nội",
        ),
        (
            {"hinh_thuc": "thay_the", "trich_yeu": "phê duyệt quy trình văn thư được ban hành thay thế"},
            (
                "Phê duyệt quy trình văn thư được ban hành thay thế, gồm 01 quy trình, thay thế nội dung đã được phê"
                " duyệt trước đây (chi tiết tại Phụ lục kèm theo Quyết định này)."
            ),
            f"nội dung các quy trình {WORK} được ban hành thay thế của Sở Nội vụ thành phố Hà Nội",
        ),
        (
            {"hinh_thuc": "bai_bo", "phe_duyet": "danh_muc", "trich_yeu": "Bãi bỏ các quy trình văn thư"},
            (
                f"Bãi bỏ các quy trình văn thư, gồm 01 quy trình, đã được phê duyệt tại {BOTH}"
                " (chi tiết tại Phụ lục kèm theo Quyết định này)."
            ),
            "danh mục các quy trình văn thư bị bãi bỏ",
        ),
        (
            {"hinh_thuc": "bai_bo", "phe_duyet": "danh_muc", "trich_yeu": "Quy trình không còn áp dụng"},
            f"Bãi bỏ 01 {OF_SO}, đã được phê duyệt tại {BOTH} (chi tiết tại Phụ lục kèm theo Quyết định này).",
            f"danh mục các quy trình {WORK} bị bãi bỏ của Sở Nội vụ thành phố Hà Nội",
        ),
    ],
)
def test_the_author_s_own_subject_is_kept_in_the_first_article_and_the_titles(
    data: dict[str, Any], first: str, title: str
) -> None:
    quyet_dinh = decision(**{"phe_duyet": "noi_dung", "quy_trinh": ["CV-01"], **data})
    found = decision_words(kho_with_history(), quyet_dinh)
    part = found["danh_muc"] if found["co_danh_muc"] else found["noi_dung"]
    assert found["quyet_dinh"]["cac_dieu"][0]["noi_dung"] == first
    assert part["tieu_de"].replace("\n", " ") == title.upper()


def test_the_author_s_own_articles_win() -> None:
    found = words(hinh_thuc="bai_bo", quy_trinh=["CV-01"], bai_bo_quyet_dinh=["noi-dung"], dieu=["Một", "Hai"])
    assert [part["noi_dung"] for part in found["cac_dieu"]] == ["Một.", "Hai./."]


@given(
    st.sampled_from(HinhThuc),
    st.sampled_from(PheDuyet),
    st.sampled_from([[], ["noi-dung"], ["danh-muc", "Quyết định số 1/QĐ-A ngày 01 tháng 02 năm 2020"]]),
    st.sampled_from([[], ["CV-02"], ["CV-02", "CV-09"]]),
    st.sampled_from([["CV-01"], ["CV-03"], ["CV-01", "CV-03"]]),
)
@settings(deadline=None)
def test_the_number_of_articles_follows_from_the_form_alone(
    hinh_thuc: HinhThuc, phe_duyet: PheDuyet, bai_bo: list[str], bi_thay_the: list[str], quy_trinh: list[str]
) -> None:
    if hinh_thuc is not HinhThuc.THAY_THE:
        bi_thay_the = []
    said = articles(
        hinh_thuc=hinh_thuc,
        phe_duyet=phe_duyet,
        bai_bo_quyet_dinh=bai_bo,
        bi_thay_the=bi_thay_the,
        quy_trinh=quy_trinh,
    )
    assert len(said) + 1 == usual_count(hinh_thuc, abolishes=bool(bai_bo))


# --- which earlier decisions are in force ---------------------------------------------------------


def numbers(*signed: dict[str, Any], khoa: str = "van-ban-den", **data: Any) -> list[str]:
    """The numbers of the decisions in force about a procedure, for a decision with ``data``."""
    kho = kho_with(*(procedure(key, {**VAN_BAN_DEN, "ky_hieu": f"CV-0{n}"}) for n, key in enumerate(KEYS, start=1)))
    others = (decision(**{"khoa": f"qd-{number}", **other}) for number, other in enumerate(signed))
    kho = replace(kho, quyet_dinh=tuple(others))
    defaults = {"hinh_thuc": "sua_doi_bo_sung", "phe_duyet": "noi_dung", "quy_trinh": [*KEYS]}
    found = truoc_day_of(kho, decision(**{**defaults, **data})).quy_trinh
    return [earlier.so_ky_hieu.partition("/")[0] for earlier in found.get(khoa, ())]


KEYS = ("van-ban-den", "van-ban-di")
A: dict[str, Any] = {"phe_duyet": "noi_dung", "so": "10", "ngay": "2026-03-01"}
B: dict[str, Any] = {"phe_duyet": "noi_dung", "so": "20", "ngay": "2026-04-01", "hinh_thuc": "sua_doi_bo_sung"}


@pytest.mark.parametrize(
    ("signed", "data", "shown"),
    [
        ([A, {**B, "quy_trinh": ["CV-01"]}], {}, ["10", "20"]),
        ([{**B, "quy_trinh": ["CV-01"]}, A], {}, ["10", "20"]),
        ([A, {**B, "quy_trinh": ["CV-02"]}], {}, ["10"]),
        ([A, {**B, "quy_trinh": ["CV-01"], "hinh_thuc": "thay_the"}], {}, ["20"]),
        ([A, {**B, "quy_trinh": ["CV-02"], "hinh_thuc": "thay_the", "bi_thay_the": ["CV-01"]}], {}, []),
        ([A, {**B, "phe_duyet": "danh_muc", "quy_trinh": ["CV-01"], "hinh_thuc": "bai_bo"}], {}, []),
        ([A, {**B, "quy_trinh": ["CV-02"], "bai_bo_quyet_dinh": ["qd-0"]}], {}, []),
        ([A, {**A, "so": "9", "phe_duyet": "danh_muc"}], {}, ["10"]),
        ([A, {**A, "so": "9", "phe_duyet": "danh_muc"}], {"phe_duyet": "danh_muc"}, ["09"]),
        ([A, {**A, "so": "9", "phe_duyet": "danh_muc"}], {"phe_duyet": "danh_muc_va_noi_dung"}, ["09", "10"]),
        (
            [A, {**A, "so": "9", "phe_duyet": "danh_muc"}],
            {"hinh_thuc": "bai_bo", "phe_duyet": "danh_muc"},
            ["09", "10"],
        ),
        ([{**A, "so": ""}, {**A, "ngay": ""}], {}, []),
        ([A, {**A, "so": "20"}], {"so": "15", "ngay": "2026-03-01"}, ["10"]),
        ([A], {"so": "5", "ngay": "2026-02-01"}, []),
        ([{**A, "pham_vi_lien_thong": True}], {}, []),
        ([A], {"khoa": "qd-0"}, []),
        ([A], {"hinh_thuc": "ban_hanh"}, []),
    ],
    ids=[
        "amended since",
        "whatever the order of the files",
        "another amended",
        "replaced since",
        "replaced by another",
        "abolished since",
        "the decision abolished since",
        "content only",
        "list only",
        "both parts",
        "all of it",
        "not signed",
        "of one day, by number",
        "not yet",
        "of the other kind",
        "the decision itself",
        "where no words speak of it",
    ],
)
def test_the_decisions_in_force_are_those_that_were_not_overtaken(
    signed: list[dict[str, Any]], data: dict[str, Any], shown: list[str]
) -> None:
    assert numbers(*signed, **data) == shown


def test_amendments_are_told_from_approvals() -> None:
    kho = kho_with_history()
    amended = decision(
        khoa="sua-doi",
        hinh_thuc="sua_doi_bo_sung",
        phe_duyet="noi_dung",
        quy_trinh=["CV-01"],
        so="150",
        ngay="2026-06-30",
    )
    kho = replace(kho, quyet_dinh=(*kho.quyet_dinh, amended))
    said = articles(kho, hinh_thuc="sua_doi_bo_sung", phe_duyet="noi_dung", quy_trinh=["CV-01"])[0]
    assert f"đã được phê duyệt tại {CONTENT}, được sửa đổi, bổ sung tại Quyết định số 150/QĐ-SNV ngày 30" in said


def test_what_is_known_from_elsewhere_is_said_in_place_of_what_the_kho_tells() -> None:
    known = QuyetDinhTruoc("7/QĐ-STP", dt.date(2025, 12, 31), "Giám đốc Sở Tư pháp")
    quyet_dinh = decision(hinh_thuc="bai_bo", quy_trinh=["CV-01"])
    found = decision_words(kho_with_history(), quyet_dinh, TruocDay({"van-ban-den": (known,)}, (), ()))
    assert found["quyet_dinh"]["cac_dieu"][0]["noi_dung"] == (
        f"Bãi bỏ 01 {OF_SO}, đã được phê duyệt tại Quyết định số 7/QĐ-STP ngày 31 tháng 12 năm 2025 của Giám đốc Sở Tư"
        " pháp (chi tiết tại Phụ lục kèm theo)."
    )


def test_decisions_of_several_authorities_name_each() -> None:
    one = QuyetDinhTruoc("1/QĐ-A", dt.date(2025, 3, 1), "Giám đốc Sở A")
    two = QuyetDinhTruoc("2/QĐ-B", dt.date(2025, 10, 9), "Giám đốc Sở B")
    assert cited([one, two]) == (
        "Quyết định số 1/QĐ-A ngày 01 tháng 3 năm 2025 của Giám đốc Sở A và "
        "Quyết định số 2/QĐ-B ngày 09 tháng 10 năm 2025 của Giám đốc Sở B"
    )


# --- the comparison -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "so_sanh", "labels"),
    [
        ({"hinh_thuc": "sua_doi_bo_sung", "bang_so_sanh": True}, SO_SANH, ("Phụ lục I", "", "Phụ lục II")),
        ({"hinh_thuc": "sua_doi_bo_sung", "bang_so_sanh": True}, None, ("Phụ lục", "", "")),
        ({"hinh_thuc": "sua_doi_bo_sung", "bang_so_sanh": True}, BangSoSanh(()), ("Phụ lục", "", "")),
        (
            {"hinh_thuc": "sua_doi_bo_sung", "bang_so_sanh": True},
            BangSoSanh((SoSanhQuyTrinh("Một", "", ()),), (1, 1)),
            ("Phụ lục", "", ""),
        ),
        ({"hinh_thuc": "sua_doi_bo_sung"}, SO_SANH, ("Phụ lục", "", "")),
        (
            {"hinh_thuc": "thay_the", "bang_so_sanh": True, "phe_duyet": "danh_muc_va_noi_dung"},
            SO_SANH,
            ("Phụ lục I", "Phụ lục II", "Phụ lục III"),
        ),
        (
            {"hinh_thuc": "thay_the", "bang_so_sanh": True, "phe_duyet": "noi_dung"},
            SO_SANH,
            ("", "Phụ lục I", "Phụ lục II"),
        ),
    ],
)
def test_appendices_are_numbered_as_they_are_present(
    data: dict[str, Any], so_sanh: BangSoSanh | None, labels: tuple[str, str, str]
) -> None:
    found = decision_words(kho_with_history(), decision(quy_trinh=["CV-01"], **data), None, so_sanh)
    parts = (found["danh_muc"], found["noi_dung"], found["so_sanh"])
    assert tuple(part["nhan"] for part in parts) == labels
    assert (found["co_danh_muc"], found["co_noi_dung"], found["co_so_sanh"]) == tuple(map(bool, labels))


@pytest.mark.parametrize(
    ("hinh_thuc", "column", "title"),
    [
        ("sua_doi_bo_sung", "Sửa đổi, bổ sung", f"Bảng so sánh nội dung sửa đổi, bổ sung các {OF_SO}"),
        ("thay_the", "Thay thế", f"Bảng so sánh nội dung thay thế các {OF_SO}"),
    ],
)
def test_a_comparison_is_named_after_what_the_decision_does(hinh_thuc: str, column: str, title: str) -> None:
    quyet_dinh = decision(hinh_thuc=hinh_thuc, quy_trinh=["CV-01"], bang_so_sanh=True)
    found = decision_words(kho_with_history(), quyet_dinh, None, SO_SANH)["so_sanh"]
    assert found["cot_moi"] == column
    assert found["tieu_de"].replace("\n", " ") == title.upper()


def test_the_rows_of_a_comparison() -> None:
    shown = [
        (group["tieu_de"], [(row["stt"], row["nhan"], row["hien_hanh"], row["sua_doi"]) for row in group["dong"]])
        for group in comparison_groups(SO_SANH)
    ]
    assert shown == [
        (
            "I. Tiếp nhận, xử lý văn bản đến (CV-01)",
            [
                ("1", ["Thời gian xử lý công việc"], ["05 ngày làm việc"], ["02 ngày làm việc"]),
                ("2", ["Bước B3"], ["Trình Lãnh đạo Văn phòng:", "- 02 ngày;", "- Tờ trình"], ["Bỏ"]),
                ("3", ["Bước B4, đơn vị phối hợp"], ["Chưa có"], ["Các phòng có liên quan"]),
                ("", ["Tổng số bước"], ["5"], ["4"]),
                ("", ["Tổng thời gian"], ["05 ngày làm việc"], ["02 ngày làm việc"]),
            ],
        ),
        ("II. Mua sắm văn phòng phẩm", [("1", ["Số lượng"], ["02 bộ"], ["01 bộ"])]),
        ("Tổng cộng", [("", ["Tổng số bước"], ["6"], ["5"]), ("", ["Tổng thời gian"], ["10 ngày"], ["07 ngày"])]),
    ]


def test_one_reason_of_rows_that_follow_each_other_stands_once() -> None:
    reasons = ["Một", "Một ", "", "", "Hai", "Một"]
    rows = tuple(DongSoSanh(f"Mục {number}", "a", "b", reason) for number, reason in enumerate(reasons))
    (group,) = comparison_groups(BangSoSanh((SoSanhQuyTrinh("Một", "", rows, (1, 1)),)))
    assert [row["cung_ly_do"] for row in group["dong"]] == [False, True, False, False, False, False, False]


@pytest.mark.parametrize("totals", [None, (2, 1)])
def test_only_the_last_row_of_all_is_the_last(totals: tuple[int, int] | None) -> None:
    item = SoSanhQuyTrinh("Một", "", (DongSoSanh("Mục", "a", "b"),) * 2, (1, 1))
    groups = comparison_groups(BangSoSanh((item, item, replace(item, dong=())), totals))
    flags = [row["la_cuoi"] for group in groups for row in group["dong"]]
    assert flags == [False] * (len(flags) - 1) + [True]
