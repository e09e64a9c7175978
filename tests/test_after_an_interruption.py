"""What a command that ends in an error had already done is said before the error."""

from __future__ import annotations

from pathlib import Path

import pytest

from killing import Fault, fault_at_every_write, kill_at_every_write
from kit import CV, make_kho, qtnb
from qtnb.transaction import unfinished
from register_kho import numbered_kho

APPROVE = ["approve", "danh-muc", "--so", "12", "--ngay", "2024-11-01"]
FINISHED = "Đã hoàn tất việc bị dừng giữa chừng: ghi sổ Quyết định số 12/QĐ-SNV ngày 01/11/2024.\n"


def interrupted(kho: Path) -> Path:
    """The kho as a kill right after the commit point of an approval leaves it."""
    for _ in kill_at_every_write(APPROVE, kho):
        if unfinished(kho) is not None:
            return kho
    raise AssertionError("no kill fell after the commit point")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (
            ["approve", "danh-muc", "--so", "13", "--ngay", "2024-11-01"],
            "qtnb: Quyết định “danh-muc” đã ghi sổ là Quyết định số 12/QĐ-SNV ngày 01/11/2024.\n",
        ),
        (
            ["approve", "noi-dung", "--so", "14", "--ngay", "2024-11-02"],
            "qtnb: Tệp quyet-dinh/noi-dung.yaml đã ghi so: 7, khác với 14.\n",
        ),
    ],
    ids=["the decision is entered by now", "the file says another number"],
)
def test_an_approval_that_fails_says_first_what_it_completed(tmp_path: Path, words: list[str], error: str) -> None:
    kho = numbered_kho(tmp_path)
    with (kho / "quyet-dinh/noi-dung.yaml").open("a", encoding="utf-8") as file:
        file.write('so: "7"\n')
    run = qtnb(*words, cwd=interrupted(kho))
    assert run.code == 1
    assert run.err.startswith(FINISHED + error)
    assert unfinished(kho) is None


@pytest.mark.parametrize("resolve", [[], ["--resolve"]], ids=["number", "number --resolve"])
def test_a_numbering_that_fails_says_first_what_it_completed(tmp_path: Path, resolve: list[str]) -> None:
    kho = interrupted(numbered_kho(tmp_path))
    other = make_kho(kho / "hai", {"quy-trinh/moi.yaml": CV, ".qtnb-giao-dich.json": "{"})
    run = qtnb("number", *resolve, ".", cwd=kho)
    assert run.code == 3
    assert run.err.startswith(FINISHED + "qtnb: Tệp .qtnb-giao-dich.json của kho có nội dung bị hỏng")
    assert (other / ".qtnb-giao-dich.json").exists()


NUMBER = "Kho “mot” đã cấp CV-01 (mot/quy-trinh/moi.yaml).\n"
RESOLVE = "CV-01 → CV-03  mot/quy-trinh/moi.yaml (CV-01 vẫn là của mot/quy-trinh/den.yaml)\n"


@pytest.mark.parametrize(
    ("words", "text", "number", "sentence"),
    [
        (["number"], CV, "CV-01", NUMBER),
        (["number", "--resolve"], CV.replace("ten: ", "ky_hieu: CV-01\nten: "), "CV-03", RESOLVE),
    ],
    ids=["number", "number --resolve"],
)
def test_a_command_that_stops_at_the_second_kho_names_what_it_wrote_in_the_first(
    tmp_path: Path, words: list[str], text: str, number: str, sentence: str
) -> None:
    place = tmp_path / "hai-kho"
    for name in ("mot", "nam"):
        kho = make_kho(place / name) if words == ["number"] else numbered_kho(place / name)
        (kho / "quy-trinh").mkdir(exist_ok=True)
        (kho / "quyet-dinh/noi-dung.yaml").unlink(missing_ok=True)  # what names CV-01 there may mean either
        (kho / "quy-trinh/moi.yaml").write_text(text.replace("đến", "mới"), "utf-8")
    seen = set()
    for end in fault_at_every_write(Fault.REFUSE_ALL, words, place):
        if not end.event or end.code == 0:
            continue
        mine = (place / "mot/quy-trinh/moi.yaml").read_text("utf-8")
        written = f"ky_hieu: {number}\n" in mine and unfinished(place / "mot") is None
        assert end.err.startswith(f"{sentence}qtnb: " if written else "qtnb: "), end
        seen.add(written)
    assert seen == {True, False}
