"""A register and kept contents that a stranger changed, with seals that fit: findings, never a crash."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import hashlib
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kit import qtnb
from lived_kho import lived_kho
from qtnb.cli import run as cli_run
from qtnb.so_dang_ky.reading import register_from
from qtnb.so_dang_ky.writing import check_of_decision, check_of_procedure, register_text
from register_kho import approved_kho

COMMANDS: Final = (
    "validate",
    "lint",
    "list",
    "list --format json",
    "log den",
    "log CV-02",
    "log trinh",
    "diff",
    "diff noi-dung",
    "simplify-report --since noi-dung --ngay 2024-12-01",
    "aggregate",
    "render -o ra",
    "verify van-ban/danh-muc.docx",
    "verify van-ban/sua.docx",
    "verify van-ban/thay.docx",
    "verify van-ban/nua.docx",
    "number --check",
    "number --resolve",
    "approve nua --so 30 --ngay 2024-12-02",
)
PHASES: Final = (Phase.explicit, Phase.reuse, Phase.generate)
"""No shrinking: each example runs every command."""
VALUES: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 3),
    st.just(10**30),
    st.just(1.5),
    st.just(1e308),
    st.text(max_size=5),
    st.sampled_from(["den", "moi", "la", "CV-01", "CV-99", "LT-01", "CV-999999", "tat_ca", "2024-13-45", "0001-01-01"]),
    st.sampled_from(["9999-12-31", "bai_bo", "thay_the", "ban_hanh", "noi_dung", "du_thao", "da_phe_duyet", "a" * 64]),
    st.sampled_from(["../../x", "quy-trinh/../x.yaml", "\x00", "\ud800", "{{ x }}", "<w:p>", "dài " * 2000]),
    st.recursive(st.just("x"), lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.just("ten"), inner)),
)


def nested(depth: int) -> Any:
    value: Any = "x"
    for number in range(depth):
        value = [value] if number % 2 else {"x-a": value}
    return value


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if at:
        yield at
    entries: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in entries:
        yield from places(part, (*at, key))


def part_of(value: Any, at: tuple[Any, ...]) -> Any:
    for step in at:
        value = value[step]
    return value


@st.composite
def changed(draw: st.DrawFn, original: Any) -> Any:
    """``original`` with one or two of its values gone, doubled, renamed, exchanged or replaced."""
    data = copy.deepcopy(original)
    for _ in range(draw(st.integers(1, 2))):
        known = list(places(data))
        at = draw(st.sampled_from(known))
        holder, key = part_of(data, at[:-1]), at[-1]
        match draw(st.sampled_from(["gone", "doubled", "renamed", "exchanged", "replaced", "replaced", "deep"])):
            case "gone":
                del holder[key]
            case "doubled" if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[key]))
            case "renamed" if isinstance(holder, dict):
                holder[draw(st.sampled_from(["x", "x-a", "", "den", "la"]))] = holder.pop(key)
            case "deep":
                holder[key] = nested(400)
            case "replaced":
                holder[key] = draw(VALUES)
            case _:
                holder[key] = copy.deepcopy(part_of(data, draw(st.sampled_from(known))))
    return data


def restamped(ledger: Any) -> Any:
    """The register with the checks that its blocks would have, where they can be counted."""
    with contextlib.suppress(Exception):
        register = register_from(ledger)
        for item in register.quy_trinh.values():
            ledger["quy_trinh"][item.khoa]["kiem"] = check_of_procedure(item)
        for signed in register.quyet_dinh.values():
            ledger["quyet_dinh"][signed.khoa]["kiem"] = check_of_decision(signed)
    return ledger


@pytest.fixture(scope="module")
def kho() -> Iterator[Path]:
    """A kho with every form of decision, and its documents."""
    with tempfile.TemporaryDirectory() as folder:
        goc = lived_kho(Path(folder))
        assert qtnb("render", cwd=goc).code == 0
        yield goc


def outcome(words: str, kho: Path) -> tuple[object, str]:
    """The exit code of a command and what it says, run in this process: a new one for each takes minutes."""
    said = io.StringIO()
    arguments = sys.argv
    sys.argv = ["qtnb", *words.split()]
    try:
        with contextlib.chdir(kho), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code: object = cli_run()
    finally:
        sys.argv = arguments
    return code, said.getvalue()


def assert_no_command_crashes(kho: Path) -> None:
    before = {path: path.read_bytes() for path in kho.rglob("*") if path.is_file()}
    for words in COMMANDS:
        code, said = outcome(words, kho)
        assert code in {0, 1, 2, 3}, (words, code, said)
        assert "Traceback" not in said, (words, said)
        for path in {*before, *(path for path in kho.rglob("*") if path.is_file())}:  # what a command wrote is put back
            if path not in before:
                path.unlink()
            elif path.read_bytes() != before[path]:
                path.write_bytes(before[path])


def write_ledger(kho: Path, ledger: Any) -> None:
    # JSON is YAML too, and takes any depth.
    (kho / "so-dang-ky.yaml").write_text(json.dumps(restamped(ledger)), "utf-8")


@settings(max_examples=10, deadline=None, phases=PHASES)
@given(st.data())
def test_no_kept_content_with_a_seal_that_fits_makes_a_command_crash(kho: Path, data: st.DataObject) -> None:
    ledger_path = kho / "so-dang-ky.yaml"
    ledger = yaml.safe_load(ledger_path.read_text("utf-8"))
    kept_path = kho / f"da-phe-duyet/{data.draw(st.sampled_from(sorted(ledger['quyet_dinh'])))}.json"
    originals = {path: path.read_bytes() for path in (ledger_path, kept_path)}
    try:
        content = json.dumps(data.draw(changed(json.loads(originals[kept_path])))).encode()
        kept_path.write_bytes(content)
        ledger["quyet_dinh"][kept_path.stem]["ban_luu"] = hashlib.sha256(content).hexdigest()
        write_ledger(kho, ledger)
        assert_no_command_crashes(kho)
    finally:
        for path, original in originals.items():
            path.write_bytes(original)


@settings(max_examples=10, deadline=None, phases=PHASES)
@given(st.data())
def test_no_register_with_checks_that_fit_makes_a_command_crash(kho: Path, data: st.DataObject) -> None:
    path = kho / "so-dang-ky.yaml"
    original = path.read_bytes()
    try:
        write_ledger(kho, data.draw(changed(yaml.safe_load(original))))
        assert_no_command_crashes(kho)
    finally:
        path.write_bytes(original)


# --- what is said -----------------------------------------------------------------------------------


def forged(kho: Path, khoa: str, content: bytes) -> None:
    """Put another content beside a decision, with the register's blocks as qtnb would have written them."""
    register = register_from(yaml.safe_load((kho / "so-dang-ky.yaml").read_text("utf-8")))
    signed = dataclasses.replace(register.quyet_dinh[khoa], ban_luu=hashlib.sha256(content).hexdigest())
    (kho / "so-dang-ky.yaml").write_text(register_text(register.with_decisions([signed])), "utf-8")
    (kho / f"da-phe-duyet/{khoa}.json").write_bytes(content)


KEPT = [
    ("another decision's content", lambda data: data | {"khoa": "noi-dung"}),
    ("a number of its own", lambda data: put(data, ("quyet_dinh", "data", "so"), "99")),
    ("another file", lambda data: put(data, ("quyet_dinh", "tep"), "quyet-dinh/../sua.yaml")),
    ("a procedure that is not there", lambda data: data | {"quy_trinh": []}),
    ("a procedure twice", lambda data: data | {"quy_trinh": data["quy_trinh"] * 2}),
    ("a procedure of another kind", lambda data: put(data, ("quy_trinh", 0, "data", "loai"), "LT")),
    ("no list of steps", lambda data: put(data, ("quy_trinh", 0, "data", "cac_buoc"), "x")),
    ("a return to nowhere", lambda data: put(data, ("quy_trinh", 0, "data", "cac_buoc", 1, "quay_lai", "buoc"), 9)),
    ("a control character", lambda data: put(data, ("quy_trinh", 0, "data", "ten"), "a\x00")),
    ("half a character", lambda data: put(data, ("quy_trinh", 0, "data", "ten"), "a\ud800")),
    ("a number that is none", lambda data: put(data, ("kho", "gio_moi_ngay"), float("nan"))),
    ("a comparison of texts", lambda data: put(data, ("so_sanh", "so_buoc"), ["1", "2"])),
    ("a comparison without rows", lambda data: put(data, ("so_sanh", "quy_trinh"), {})),
    ("earlier decisions of no kind", lambda data: put(data, ("truoc_day", "quy_trinh"), {"den": [{"ngay": 1}]})),
    ("too deep", lambda data: data | {"kho": nested(5000)}),
]


def put(data: Any, at: tuple[str | int, ...], value: Any) -> Any:
    part_of(data, at[:-1])[at[-1]] = value
    return data


@pytest.mark.parametrize("forge", [row[1] for row in KEPT], ids=[row[0] for row in KEPT])
def test_a_forged_content_is_not_taken_for_what_was_approved(tmp_path: Path, forge: Any) -> None:
    goc = lived_kho(tmp_path)
    path = goc / "da-phe-duyet/sua.json"
    data = forge(json.loads(path.read_text("utf-8")))
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        forged(goc, "sua", json.dumps(data).encode())
    finally:
        sys.setrecursionlimit(limit)
    run = qtnb("diff", cwd=goc)
    assert run.code != 0
    assert "Bản lưu da-phe-duyet/sua.json" in run.out + run.err
    assert "Traceback" not in run.err


def test_a_forged_issuer_is_not_taken_for_who_signed(tmp_path: Path) -> None:
    goc = lived_kho(tmp_path)
    register = register_from(yaml.safe_load((goc / "so-dang-ky.yaml").read_text("utf-8")))
    signed = dataclasses.replace(register.quyet_dinh["sua"], co_quan="Nơi khác")
    (goc / "so-dang-ky.yaml").write_text(register_text(register.with_decisions([signed])), "utf-8")
    run = qtnb("validate", cwd=goc)
    assert run.code == 1
    said = "lỗi: Bản lưu da-phe-duyet/sua.json không hợp với biểu mẫu hoặc với sổ đăng ký. [snapshot-broken]"
    assert said in run.out


def test_a_kept_content_other_than_the_seals_say_is_told_and_not_printed(tmp_path: Path) -> None:
    goc = approved_kho(tmp_path)
    path = goc / "da-phe-duyet/noi-dung.json"
    data = json.loads(path.read_text("utf-8"))
    forged(goc, "noi-dung", json.dumps(put(data, ("quy_trinh", 0, "data", "cac_buoc", 0, "chu_tri"), "Ai")).encode())
    said = (
        "so-dang-ky.yaml:28:3: lỗi: Nội dung của CV-01 (den) trong bản lưu da-phe-duyet/noi-dung.json không khớp dấu "
        "trong sổ đăng ký. [snapshot-broken]\n  28 |   den:\n     |   ^^^\n  → Lấy lại da-phe-duyet/noi-dung.json và "
        "so-dang-ky.yaml từ git, ở lần lưu đã ghi sổ Quyết định số 13/QĐ-SNV ngày 02/11/2024.\n"
    )
    run = qtnb("validate", cwd=goc)
    assert (run.code, run.out) == (1, said + "Đã kiểm tra 7 tệp: 1 lỗi.\n")
    assert qtnb("render", cwd=goc).code == 1
    assert not (goc / "van-ban").exists()


def test_the_content_as_it_was_is_taken_however_json_is_written(tmp_path: Path) -> None:
    goc = lived_kho(tmp_path)
    path = goc / "da-phe-duyet/sua.json"
    forged(goc, "sua", json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False, indent=3).encode())
    assert qtnb("validate", cwd=goc).code == 0
    assert qtnb("diff", cwd=goc).code == 0


CONTRADICTIONS = [
    (
        ("quy_trinh", "den", "trang_thai"),
        "du_thao",
        "quy trình “den” (CV-01) trong sổ đăng ký tự mâu thuẫn: trạng thái du_thao nhưng có quyết định",
    ),
    (
        ("quy_trinh", "den", "lich_su"),
        [],
        "quy trình “den” (CV-01) trong sổ đăng ký tự mâu thuẫn: trạng thái sua_doi nhưng không có quyết định phê duyệt",
    ),
    (
        ("quy_trinh", "den", "hieu_luc"),
        None,
        "quy trình “den” (CV-01) trong sổ đăng ký tự mâu thuẫn: trạng thái sua_doi nhưng không có ngày có hiệu lực",
    ),
    (
        ("quy_trinh", "den", "trang_thai"),
        "bai_bo",
        (
            "quy trình “den” (CV-01) trong sổ đăng ký tự mâu thuẫn: trạng thái bai_bo nhưng không có quyết định làm "
            "hết hiệu lực"
        ),
    ),
    (
        ("quy_trinh", "di", "het_hieu_luc"),
        None,
        "quy trình “di” (CV-02) trong sổ đăng ký tự mâu thuẫn: trạng thái thay_the nhưng không có ngày hết hiệu lực",
    ),
    (
        ("quy_trinh", "di", "thay_the_boi"),
        None,
        "quy trình “di” (CV-02) trong sổ đăng ký tự mâu thuẫn: trạng thái thay_the nhưng thay_the_boi nói khác",
    ),
    (
        ("quy_trinh", "di", "lich_su", 1, "ngay"),
        "2024-11-03",
        (
            "quy trình “di” (CV-02) trong sổ đăng ký tự mâu thuẫn: số, ngày hoặc hình thức của quyết định “noi-dung” "
            "khác với mục của quyết định ấy"
        ),
    ),
    (
        ("quy_trinh", "di", "lich_su", 1, "quyet_dinh"),
        "danh-muc",
        ("quy trình “di” (CV-02) trong sổ đăng ký tự mâu thuẫn: quyết định “danh-muc” có hai lần"),
    ),
]


@pytest.mark.parametrize(
    ("at", "value", "said"), CONTRADICTIONS, ids=[f"{row[0][-1]}-{number}" for number, row in enumerate(CONTRADICTIONS)]
)
def test_a_register_that_contradicts_itself_is_told_where(
    tmp_path: Path, at: tuple[str | int, ...], value: Any, said: str
) -> None:
    goc = lived_kho(tmp_path)
    ledger = yaml.safe_load((goc / "so-dang-ky.yaml").read_text("utf-8"))
    if value is None:
        del part_of(ledger, at[:-1])[at[-1]]
    else:
        put(ledger, at, value)
    text = yaml.safe_dump(restamped(ledger), allow_unicode=True, sort_keys=False, width=1 << 30)
    (goc / "so-dang-ky.yaml").write_text(text, "utf-8")
    run = qtnb("validate", cwd=goc)
    assert run.code == 1
    assert f"lỗi: Mục {said}. [register-contradiction]" in run.out
    line = next(line for line in run.out.splitlines() if "[register-contradiction]" in line)
    number = int(line.split(":")[1])
    assert (goc / "so-dang-ky.yaml").read_text("utf-8").splitlines()[number - 1] == f"  {at[1]}:"
    assert "→ Lấy lại so-dang-ky.yaml từ git: git checkout HEAD -- so-dang-ky.yaml" in run.out


def test_a_block_that_was_edited_into_a_contradiction_is_called_edited(tmp_path: Path) -> None:
    goc = lived_kho(tmp_path)
    ledger = yaml.safe_load((goc / "so-dang-ky.yaml").read_text("utf-8"))
    text = yaml.safe_dump(put(ledger, ("quy_trinh", "den", "lich_su"), []), allow_unicode=True, sort_keys=False)
    (goc / "so-dang-ky.yaml").write_text(text, "utf-8")
    out = qtnb("validate", cwd=goc).out
    assert "Mục quy trình “den” (CV-01) trong sổ đăng ký đã bị sửa tay" in out
    assert "[register-contradiction]" not in out
