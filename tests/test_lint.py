"""The lint engine: settings, comments, exceptions, repairs, kept results, crashes."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form_models import KH, TK
from kit import CV, KHO, QD, make_kho, qtnb
from qtnb.finding import Finding, Fix, Remark, Severity
from qtnb.lint.fixing import apply_fixes, to_nfc
from qtnb.lint.rule import Rule
from qtnb.lint.run import Linted, LintRun, lint
from qtnb.lint.settings import Selection
from qtnb.lint.views import FileView, texts
from qtnb.rules import RULES, text_spaces, time_sum
from qtnb.schema import number_keys
from qtnb.source import FileName, Source, read_source

TODAY = dt.date(2026, 11, 21)
LONG = CV.replace("thoi_gian: 1 ngày\ncac", "thoi_gian: 3 ngày\ncac")
"""Its total is 3 days, its step takes one."""
MESSAGE = "Khai tổng “3 ngày”, nhưng cộng các bước được 1 ngày."


def _crash(_file: FileView) -> Iterator[Remark]:
    raise ZeroDivisionError("hỏng")
    yield Remark((), "text-crash", "")


CRASHING = replace(time_sum.RULE, id="text-crash", check_file=_crash)


def run(kho: Path, *rules: Rule, selection: Selection | None = None, cache: Path | None = None) -> Linted:
    return lint(LintRun((kho,), kho, selection or Selection(), TODAY, cache), rules or (time_sum.RULE,))


def lines(linted: Linted) -> list[tuple[str, int, int, str, str]]:
    return [(f.path, f.span.line, f.span.column, f.rule, f.severity.value) for f in linted.findings]


FOUND = ("quy-trinh/a.yaml", 8, 12, "time-sum", "error")


def test_a_rule_speaks_at_the_place_with_the_other_place_beside_it(tmp_path: Path) -> None:
    (finding,) = run(make_kho(tmp_path, {"quy-trinh/a.yaml": LONG})).findings
    assert (finding.message, finding.at) == (MESSAGE, ("thoi_gian",))
    assert [(r.span.line, r.message) for r in finding.related] == [(10, "Các bước cộng lại là 1 ngày")]


@pytest.mark.parametrize(
    ("setting", "severity"),
    [
        ("time-sum: warning", "warning"),
        ("time-sum: {muc_do: info}", "info"),
        ("time: warning", "warning"),
        ("{time: warning, time-sum: error}", "error"),
        ("time-sum: off", None),
        ("time: off", None),
    ],
)
def test_a_kho_sets_how_much_a_rule_counts(tmp_path: Path, setting: str, severity: str | None) -> None:
    setting = setting if setting.startswith("{") else f"{{{setting}}}"
    kho = make_kho(tmp_path, {"qtnb.yaml": f"{KHO}lint: {{quy_tac: {setting}}}\n", "quy-trinh/a.yaml": LONG})
    assert lines(run(kho)) == ([(*FOUND[:4], severity)] if severity else [])


def test_a_setting_for_a_rule_that_is_none_is_told(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"qtnb.yaml": KHO + "lint:\n  quy_tac:\n    time-sun: off\n"})
    (finding,) = run(kho).findings
    assert (finding.span.line, finding.span.column, finding.rule) == (12, 5, "lint-setting")
    assert finding.message == "Không có quy tắc hay nhóm quy tắc “time-sun”."


@pytest.mark.parametrize(
    ("selection", "count"),
    [
        (Selection(select=("time",)), 1),
        (Selection(select=("time-sum",)), 1),
        (Selection(select=("law",)), 0),
        (Selection(ignore=("time",)), 0),
        (Selection(select=("time",), ignore=("time-sum",)), 0),
    ],
)
def test_a_run_selects_by_rule_or_group(tmp_path: Path, selection: Selection, count: int) -> None:
    assert len(run(make_kho(tmp_path, {"quy-trinh/a.yaml": LONG}), selection=selection).findings) == count


@pytest.mark.parametrize(
    "text",
    [
        LONG.replace("3 ngày\n", "3 ngày  # qtnb: bo-qua[time-sum] đang chờ số liệu\n"),
        LONG.replace("thoi_gian: 3", "# qtnb: bo-qua[time] đang chờ số liệu\nthoi_gian: 3"),
        LONG.replace("thoi_gian: 3", "# qtnb: bo-qua[law, time-sum] chờ\n# dòng khác\nthoi_gian: 3"),
    ],
)
def test_a_comment_sets_a_finding_aside_and_it_is_counted(tmp_path: Path, text: str) -> None:
    linted = run(make_kho(tmp_path, {"quy-trinh/a.yaml": text}))
    assert (linted.findings, linted.ignored) == ((), 1)


def test_a_needless_comment_and_one_without_reason_are_told(tmp_path: Path) -> None:
    needless = CV.replace("thoi_gian: 1 ngày\ncac", "thoi_gian: 1 ngày # qtnb: bo-qua[time-sum] cũ\ncac")
    silent = LONG.replace("3 ngày\n", "3 ngày # qtnb: bo-qua[time-sum]\n")
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": needless, "quy-trinh/b.yaml": silent})
    assert lines(run(kho)) == [
        ("quy-trinh/a.yaml", 8, 19, "ignore-needless", "warning"),
        ("quy-trinh/b.yaml", 8, 19, "ignore-reason", "warning"),
    ]


def test_a_comment_inside_a_value_is_text(tmp_path: Path) -> None:
    text = CV.replace("pham_vi: Áp dụng với Văn phòng Sở", "pham_vi: |\n  # qtnb: bo-qua[time] chữ")
    assert run(make_kho(tmp_path, {"quy-trinh/a.yaml": text})).findings == ()


def test_no_comment_sets_an_error_of_validation_aside(tmp_path: Path) -> None:
    text = CV.replace("so_luong: 01 bộ", "so_luong: [1] # qtnb: bo-qua[bad-type] không sao")
    told = [finding.rule for finding in run(make_kho(tmp_path, {"quy-trinh/a.yaml": text})).findings]
    assert told == ["bad-type", "ignore-needless"]


def test_a_rule_that_crashes_is_a_finding_and_the_others_go_on(tmp_path: Path) -> None:
    linted = run(make_kho(tmp_path, {"quy-trinh/a.yaml": LONG}), CRASHING, time_sum.RULE)
    assert lines(linted) == [("quy-trinh/a.yaml", 1, 1, "internal-error", "error"), FOUND]
    assert linted.findings[0].message == "Quy tắc text-crash gặp lỗi bên trong: ZeroDivisionError: hỏng"
    assert linted.could_not_run


def _baseline(**changes: str) -> str:
    entry = {
        "tep": "quy-trinh/a.yaml",
        "cho": "thoi_gian",
        "quy_tac": "time-sum",
        "ly_do": "cũ",
        "den_ngay": "2026-12-31",
    }
    body = "".join(f"    {key}: {value}\n" for key, value in {**entry, **changes}.items())
    return f"phien_ban: 1\nmuc:\n  - x-so: 1\n{body}"


@pytest.mark.parametrize(
    ("baseline", "expected", "ignored"),
    [
        (_baseline(), [], 1),
        (_baseline(den_ngay="2026-11-21"), [], 1),
        (_baseline(den_ngay="2026-11-20"), [("ngoai-le.yaml", 8, 15, "baseline-expired", "error"), FOUND], 0),
        (_baseline(quy_tac="time-lead"), [("ngoai-le.yaml", 3, 5, "baseline-stale", "warning"), FOUND], 0),
        (_baseline(so_ket_qua="2"), [("ngoai-le.yaml", 3, 5, "baseline-stale", "warning")], 1),
        (_baseline(ly_do='""'), [("ngoai-le.yaml", 7, 12, "empty-text", "error"), FOUND], 0),
    ],
    ids=["holds", "last day", "expired", "of another rule", "fewer than it says", "without reason"],
)
def test_known_findings_are_set_aside_by_place_and_never_by_line(
    tmp_path: Path, baseline: str, expected: list[tuple[str, int, int, str, str]], ignored: int
) -> None:
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": LONG, "ngoai-le.yaml": baseline})
    linted = run(kho)
    assert (sorted(lines(linted)), linted.ignored) == (sorted(expected), ignored)
    (kho / "quy-trinh/a.yaml").write_text("# một dòng mới\n" + LONG, encoding="utf-8")
    assert len(run(kho).findings) == len(expected)


def test_a_run_of_some_rules_or_files_calls_nothing_needless_or_stale(tmp_path: Path) -> None:
    text = CV.replace("thoi_gian: 1 ngày\ncac", "thoi_gian: 1 ngày # qtnb: bo-qua[time-sum] cũ\ncac")
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": text, "quy-trinh/b.yaml": CV, "ngoai-le.yaml": _baseline()})
    assert {finding.rule for finding in run(kho).findings} == {"ignore-needless", "baseline-stale"}
    assert run(kho, selection=Selection(select=("law",))).findings == ()
    one = LintRun((kho / "quy-trinh/b.yaml",), kho, Selection(), TODAY)
    assert lint(one, (time_sum.RULE,)).findings == ()


def test_a_baseline_is_written_for_one_kho_at_a_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        make_kho(tmp_path / name, {"quy-trinh/a.yaml": LONG})
    refused = qtnb("lint", "--write-baseline", "x.yaml", "--ly-do", "cũ", "--den-ngay", "2999-12-31", cwd=tmp_path)
    assert (refused.code, refused.err.splitlines()[0]) == (
        2,
        "qtnb: Ở đây có nhiều kho; mỗi kho có tệp ngoại lệ của mình.",
    )
    assert not (tmp_path / "x.yaml").exists()


def test_a_written_baseline_covers_what_there_is_and_no_more(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": LONG})
    words = ("--write-baseline", "ngoai-le.yaml", "--ly-do", "quy trình cũ", "--den-ngay", "2999-12-31")
    assert qtnb("lint", *words, "--select", "time-sum", cwd=kho).out == "Đã ghi 1 kết quả vào ngoai-le.yaml.\n"
    assert qtnb("lint", "--select", "time-sum", cwd=kho).code == 0
    assert qtnb("schema", "ngoai-le", cwd=kho).code == 0
    (kho / "quy-trinh/b.yaml").write_text(LONG, encoding="utf-8")
    assert qtnb("lint", "--select", "time-sum", cwd=kho).code == 1
    refused = qtnb("lint", "--write-baseline", "x.yaml", "--den-ngay", "2999-12-31", cwd=kho)
    assert (refused.code, refused.err.splitlines()[0]) == (2, "qtnb: Ngoại lệ phải có lý do.")
    both = qtnb("lint", *words, "--output-file", "json=x.json", cwd=kho)
    assert (both.code, both.err.splitlines()[0]) == (2, "qtnb: --output-file không dùng cùng --write-baseline.")


OFFICE = """\
lint:
  quy_tac_rieng:
    - ma: ket-qua
      cho: cac_buoc.*.ket_qua
      dieu_kien: {co: true}
      thong_bao: Mỗi bước phải có kết quả
      muc_do: error
    - ma: so-bo
      cho: so_luong
      dieu_kien: {mot_trong: [01 bộ, 02 bộ]}
      thong_bao: Số lượng là 01 hoặc 02 bộ
    - ma: ten
      cho: ten
      dieu_kien: {nhieu_nhat: 10, khop: "^[A-ZĐ]"}
      thong_bao: Tên ngắn gọn
    - ma: ky
      cho: ky.chuc_vu
      dieu_kien: {co: true}
      thong_bao: Phải ghi chức vụ người ký
      ap_dung: [QD]
"""


def test_an_office_writes_rules_without_code(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"qtnb.yaml": KHO + OFFICE, "quy-trinh/a.yaml": CV.replace("01 bộ", "3 bộ")}
    kho = make_kho(tmp_path, {**files, "quyet-dinh/q.yaml": f"{QD}ky: {{ho_ten: ''}}\n"})
    assert [(f.path, f.span.line, f.span.column, f.rule, f.severity, f.message) for f in run(kho).findings] == [
        ("quy-trinh/a.yaml", 2, 6, "office-ten", "warning", "Tên ngắn gọn (đang là “Tiếp nhận văn bản đến”)"),
        ("quy-trinh/a.yaml", 7, 11, "office-so-bo", "warning", "Số lượng là 01 hoặc 02 bộ (đang là “3 bộ”)"),
        ("quy-trinh/a.yaml", 10, 5, "office-ket-qua", "error", "Mỗi bước phải có kết quả"),
        ("quyet-dinh/q.yaml", 4, 5, "office-ky", "warning", "Phải ghi chức vụ người ký"),
    ]


def test_a_pattern_that_is_none_or_never_ends_is_told(tmp_path: Path) -> None:
    rule = "lint: {quy_tac_rieng: [{ma: x, cho: ten, dieu_kien: {khop: '%s'}, thong_bao: Sai}]}\n"
    bad = make_kho(tmp_path / "bad", {"qtnb.yaml": KHO + rule % "(", "quy-trinh/a.yaml": CV})
    assert run(bad).findings[0].rule == "lint-setting"
    text = CV.replace("Tiếp nhận văn bản đến", "a" * 60 + "!")
    slow = make_kho(tmp_path / "slow", {"qtnb.yaml": KHO + rule % "^(a|a)*$", "quy-trinh/a.yaml": text})
    assert run(slow).findings[0].rule == "internal-error"


REGISTER = """\
phien_ban: 1
van_ban:
  - so: 12/QĐ-SNV
    loai: Quyết định
    ten: ban hành Quy chế văn thư
    co_quan: Sở Nội vụ
    ngay: "2022-05-10"
    het_hieu_luc_tu: "2024-02-01"
"""


def test_an_office_keeps_its_own_register_of_legal_texts(tmp_path: Path) -> None:
    cited = "can_cu_phap_ly: [Quyết định số 12/QĐ-SNV ngày 10 tháng 5 năm 2022 của Sở Nội vụ ban hành Quy chế văn thư]"
    text = CV.replace("can_cu_phap_ly: []", cited)
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": text, "van-ban.yaml": REGISTER})
    words = ("lint", "-q", "--select", "law-expired")
    assert "hết hiệu lực từ ngày 01/02/2024. [law-expired]" in qtnb(*words, cwd=kho).out
    assert qtnb(*words, "--as-of", "2023-01-01", cwd=kho).out == ""
    (kho / "van-ban.yaml").write_text(REGISTER.replace("ten:", "tem:"), encoding="utf-8")
    broken = qtnb(*words, cwd=kho)
    assert broken.code == 1
    assert "van-ban.yaml:5:5: lỗi: Không có khóa “tem” trong biểu mẫu. [unknown-key]" in broken.out


def source_of(text: str) -> Source:
    return reread(FileName(Path("/kho/quy-trinh/a.yaml"), "a.yaml", "quy-trinh/a.yaml"), text)


def reread(name: FileName, text: str) -> Source:
    return read_source(name, text.encode(), number_keys())


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("a: x  y # nhớ\n", "x y", "a: x y # nhớ\n"),
        ("a: 'x  y'\n", "x y", "a: 'x y'\n"),
        ('a: "x  y"\r\n', "x y", 'a: "x y"\r\n'),
        ("a: |\n  x  y\n  z\n", "x y\nz\n", "a: |\n  x y\n  z\n"),
        ("a: |\n    x\n      - y  z\n\n    t\n", "x\n  - y z\n\nt\n", "a: |\n    x\n      - y z\n\n    t\n"),
        ("a: >-\n  x  y\n  z\n", "x y z", "a: >-\n  x y\n  z\n"),
        ("a: x  y\n  z\n", "x y z", None),
        ('a: "x\\u0020 y"\n', "x y", 'a: "x y"\n'),
        ("a: 1\n", "true", 'a: "true"\n'),
        ("a: x\n", "y: z", 'a: "y: z"\n'),
        ("a: x\n", 'y" # z', "a: 'y\" # z'\n"),
        ("{a: x, b: y}\n", "p, q", '{a: "p, q", b: y}\n'),
    ],
)
def test_a_repair_is_made_at_its_place(before: str, value: str, after: str | None) -> None:
    source = source_of(before)
    fixed = apply_fixes(source, [Fix(("a",), value)], reread)
    if after is None:
        assert source_of(fixed).data["a"] in {value, source.data["a"]}
    else:
        assert fixed == after


def test_quoting_keeps_the_value() -> None:
    assert apply_fixes(source_of("a: 01 # số\n"), [Fix(("a",), "01", quoted=True)], reread) == 'a: "01" # số\n'


_WORDS = st.lists(
    st.sampled_from(["Văn", "bản", "đến", "- x", ":", "#", "'", '"', "\u00a0", "  "]), min_size=1, max_size=6
)


@settings(max_examples=300, deadline=None)
@given(_WORDS, st.sampled_from(["plain", "single", "double", "literal", "folded"]))
def test_a_repair_changes_only_its_value_and_a_second_one_nothing(words: list[str], style: str) -> None:
    value = " ".join(words)
    spelled = {
        "plain": value,
        "single": "'" + value.replace("'", "''") + "'",
        "double": '"' + value.replace('"', '\\"') + '"',
        "literal": f"|\n    {value}\n    hai",
        "folded": f">-\n    {value}\n    hai",
    }[style]
    source = source_of(f"# đầu\nb: 'giữ  nguyên' # b\na: {spelled}\nc:\n  - giữ   nguyên\n")
    if source.broken or "a" not in source.data or not isinstance(source.data["a"], str):
        return
    wanted = " ".join(source.data["a"].replace("\u00a0", " ").split(" "))
    fixed = apply_fixes(source, [Fix(("a",), wanted)], reread)
    again = source_of(fixed)
    assert again.data in ({**source.data, "a": wanted}, source.data)
    assert fixed.startswith("# đầu\nb: 'giữ  nguyên' # b\na: ")
    assert fixed.endswith("\nc:\n  - giữ   nguyên\n")
    assert apply_fixes(again, [Fix(("a",), wanted)], reread) == fixed


def test_composing_changes_values_and_leaves_comments() -> None:
    text = "# chu\u0301 thi\u0301ch\na: tê\u0301n\n"
    assert to_nfc(source_of(text), reread) == "# chu\u0301 thi\u0301ch\na: tến\n"


def test_kept_results_equal_fresh_ones_also_after_edits(tmp_path: Path) -> None:
    kho, cache = make_kho(tmp_path / "kho", {"quy-trinh/a.yaml": LONG, "quy-trinh/b.yaml": CV}), tmp_path / "cache"
    fresh = run(kho)
    assert run(kho, cache=cache) == run(kho, cache=cache) == fresh
    (kho / "quy-trinh/b.yaml").write_text(LONG.replace("3 ngày", "4 ngày"), encoding="utf-8")
    assert run(kho, cache=cache) == run(kho)
    (kho / "qtnb.yaml").write_text(f"{KHO}lint: {{quy_tac: {{time: info}}}}\n", encoding="utf-8")
    assert {finding.severity for finding in run(kho, cache=cache).findings} == {Severity.INFO}
    (kho / "qtnb.yaml").write_text(KHO + "gio_moi_ngay: 7\n", encoding="utf-8")
    assert run(kho, cache=cache) == run(kho)
    assert [path.name for path in kho.iterdir()] == [path.name for path in make_kho(kho).iterdir()]


def test_what_is_found_between_files_is_kept_until_one_of_them_changes(tmp_path: Path) -> None:
    kho, cache = tmp_path / "kho", tmp_path / "cache"
    make_kho(kho, {"quy-trinh/a.yaml": CV, "quy-trinh/b.yaml": CV, "quyet-dinh/q.yaml": QD})
    rules = [rule for rule in RULES if rule.check_kho]
    fresh = run(kho, *rules)
    assert any(finding.related for finding in fresh.findings)
    assert run(kho, *rules, cache=cache) == run(kho, *rules, cache=cache) == fresh
    (kho / "quy-trinh/b.yaml").write_text(CV.replace("Tiếp nhận", "Chuyển giao"), encoding="utf-8")
    assert run(kho, *rules, cache=cache) == run(kho, *rules) != fresh


@pytest.mark.parametrize("damage", ["rubbish", "rows", "folder"])
def test_damaged_kept_results_do_no_harm(tmp_path: Path, damage: str) -> None:
    kho, cache = make_kho(tmp_path / "kho", {"quy-trinh/a.yaml": LONG}), tmp_path / "cache"
    run(kho, cache=cache)
    file = cache / "lint-1.sqlite"
    if damage == "rubbish":
        file.write_bytes(b"x" * 5000)
    elif damage == "rows":
        with sqlite3.connect(file) as table:
            table.execute("UPDATE results SET result = '{\"findings\": 3'")
    else:
        cache = tmp_path / "a file, no folder"
        cache.write_text("")
    assert lines(run(kho, cache=cache)) == [FOUND]


def test_many_files_over_processes_give_the_same_result(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"quy-trinh/p{n}.yaml": LONG if n % 7 else CV for n in range(1700)}
    kho = make_kho(tmp_path, files)
    found = {finding.path for finding in run(kho).findings}
    assert found == {path for path, text in files.items() if text == LONG}


def test_fix_and_diff_agree_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    text = "# giữ  nguyên\n" + CV.replace("Tiếp nhận văn bản đến", "Tiếp nhận  văn bản   đến")
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": "\ufeff" + text.replace("\n", "\r\n")})
    before = (kho / "quy-trinh/a.yaml").read_bytes()
    shown = qtnb("lint", "--diff", "--select", "text", cwd=kho)
    assert shown.code == 1
    assert "+ten: Tiếp nhận văn bản đến" in shown.out
    assert (kho / "quy-trinh/a.yaml").read_bytes() == before
    qtnb("lint", "--fix", "--select", "text", cwd=kho)
    after = (kho / "quy-trinh/a.yaml").read_bytes()
    assert after == before.replace("nhận  văn bản   đến".encode(), "nhận văn bản đến".encode())
    assert qtnb("lint", "--diff", "--select", "text", cwd=kho).code == 0
    qtnb("lint", "--fix", "--select", "text", cwd=kho)
    assert (kho / "quy-trinh/a.yaml").read_bytes() == after


def test_texts_leave_out_the_offices_own_notes() -> None:
    data = {"a": "1", "x-b": "2", "c": [{"d": "3", "x-e": "4"}]}
    assert list(texts(data)) == [(("a",), "1"), (("c", 0, "d"), "3")]


def test_a_finding_keeps_its_place_in_the_data(tmp_path: Path) -> None:
    findings: tuple[Finding, ...] = run(make_kho(tmp_path, {"quy-trinh/a.yaml": LONG})).findings
    assert [finding.at for finding in findings] == [("thoi_gian",)]


def test_rules_on_texts_look_at_plans_and_forms_too(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "ke-hoach/a.yaml": KH.replace("Xây dựng kế hoạch", "Xây  dựng kế hoạch"),
        "thong-ke/a.yaml": TK.replace("Kết quả giải quyết", "Kết quả  giải quyết"),
        "quy-trinh/a.yaml": CV,
    }
    kho = make_kho(tmp_path, files)
    found = [line for line in lines(run(kho, text_spaces.RULE)) if line[3] == "text-spaces"]
    assert [line[:3] for line in found] == [("ke-hoach/a.yaml", 10, 19), ("thong-ke/a.yaml", 2, 10)]
    assert qtnb("lint", "--fix", "--no-cache", cwd=kho).code == 0
    assert (kho / "ke-hoach/a.yaml").read_text(encoding="utf-8") == KH
    assert (kho / "thong-ke/a.yaml").read_text(encoding="utf-8") == TK


def test_a_plan_is_no_procedure_that_other_files_are_checked_against(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"ke-hoach/a.yaml": KH, "thong-ke/a.yaml": TK})
    assert run(kho, *RULES).findings == ()
