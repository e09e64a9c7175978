"""Summaries: what they add up to is what the kho add up to, and whatever is wrong with them is told."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import re
import shutil
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import CV, KHO, LT, QD, make_kho, qtnb
from qtnb import __version__
from qtnb.aggregate.content import ContentError, content_from, content_text
from qtnb.aggregate.facts import (
    STANDS,
    Agency,
    Approval,
    CountedKho,
    DoerFacts,
    KhoFacts,
    KhoFinding,
    Passage,
    ProcedureFacts,
    SignedDecision,
    ViecDuyet,
)
from qtnb.aggregate.run import Aggregated, AggregateRun, aggregate
from qtnb.aggregate.standing import When
from qtnb.aggregate.summary import SummaryError, identity, read_summary, write_summary
from qtnb.aggregate.times import Clock, Measured
from qtnb.finding import Severity, Span
from qtnb.tabular.json import tables_data
from qtnb.tabular.parquet import write_parquet

# --- facts of any kind ----------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ['"noi_dung":{', "\n", '"}', "],", "\u2028", "=1+1", "Văn thư", "VĂN THƯ", "hoà", "hòa"]
)
counts = st.integers(0, 9)
days = st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 31))
amounts = st.fractions(0, 99, max_denominator=1000)
spans = st.builds(lambda line, column: Span(line, column, line, column + 1), st.integers(1, 99), st.integers(1, 99))
forms = st.sampled_from(["ban_hanh", "sua_doi_bo_sung", "thay_the", "bai_bo"])
kinds = st.sampled_from(["CV", "LT"])
keys = st.sampled_from(["a", "b", "c"])

procedures = st.builds(
    ProcedureFacts,
    st.builds(lambda folder, key: f"{folder}/{key}.yaml", words, keys),
    kinds,
    words,
    words,
    words,
    st.booleans(),
    counts,
    counts,
    counts,
    st.none() | st.builds(Measured, st.sampled_from(Clock), amounts),
)
approvals = st.builds(
    lambda khoa, loai, viec, ngay, hieu_luc, form, het: Approval(
        khoa, loai, viec, ngay, hieu_luc, "bai_bo" if viec is ViecDuyet.HET else form, het
    ),
    keys,
    kinds,
    st.sampled_from(ViecDuyet),
    days,
    days,
    forms.filter(lambda form: form != "bai_bo"),
    st.just(STANDS) | days,
)
agencies = st.builds(
    Agency,
    words.filter(str.strip),
    words,
    st.sampled_from(["tinh", "so", "huyen", "xa"]),
    words,
    st.lists(st.tuples(words, words), max_size=2).map(tuple),
    st.sampled_from(["8", "15/2"]),
    spans,
    spans,
)
findings = st.builds(
    KhoFinding,
    st.just("quy-trinh/a.yaml"),
    spans,
    st.just("bad-value"),
    st.sampled_from(Severity),
    st.just("Sai."),
    st.just(""),
)


@st.composite
def kho_facts(draw: st.DrawFn) -> KhoFacts:
    """Facts of any kho; one with a broken qtnb.yaml has neither procedures nor what belongs to them."""
    agency = draw(st.none() | agencies)
    files = draw(counts), tuple(draw(st.lists(words, max_size=2))), tuple(draw(st.lists(findings, max_size=2)))
    if agency is None:
        return KhoFacts(None, files[0], (), (), (), (), (), files[1], files[2])
    items = tuple(draw(st.lists(procedures, max_size=4)))
    places = st.sampled_from(range(len(items))) if items else st.nothing()
    steps = st.sets(places, min_size=1).map(sorted).flatmap(_steps_at)
    doers = st.builds(DoerFacts, words, words, steps, *[amounts] * 3, counts, counts)
    passages = st.builds(Passage, places, st.lists(words, min_size=2, max_size=3).map(tuple))
    return KhoFacts(
        agency,
        files[0],
        items,
        tuple(draw(st.lists(approvals, max_size=4))),
        tuple(draw(st.lists(st.builds(SignedDecision, words, forms, days), max_size=2))),
        tuple(draw(st.lists(doers, max_size=2))) if items else (),
        tuple(draw(st.lists(passages, max_size=2))) if items else (),
        files[1],
        files[2],
    )


def _steps_at(places: list[int]) -> st.SearchStrategy[str]:
    """Steps of the procedures at these places, as assignments.py writes them."""
    one = st.sampled_from(["1", "2,3", "/4", "1/2,2", "2.1/1.3"])
    return st.lists(one, min_size=len(places), max_size=len(places)).map(
        lambda steps: " ".join(f"{place}:{text}" for place, text in zip(places, steps, strict=True))
    )


facts = kho_facts()
many_kho = st.lists(facts, min_size=1, max_size=7)


def counted(all_facts: list[KhoFacts]) -> list[CountedKho]:
    return [
        CountedKho(path, identity(item, path), __version__, item)
        for path, item in ((f"kho-{number}", item) for number, item in enumerate(all_facts))
    ]


def rolled_up(folder: Path, kho: list[CountedKho], parts: list[list[int]], depth: int) -> Aggregated:
    """Roll up summaries of ``parts`` of the kho, and for each level of ``depth`` summaries of those."""
    files = []
    for number, part in enumerate(parts):
        files.append(folder / f"{number}.json")
        write_summary(files[-1], [kho[at] for at in part])
    for level in range(depth):
        whole = aggregated(folder, files)
        files = [folder / f"whole-{level}.json"]
        write_summary(files[0], whole.kho)
    return aggregated(folder, files)


def aggregated(folder: Path, files: list[Path]) -> Aggregated:
    when = When(dt.date(2026, 6, 1), dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1))
    return aggregate(AggregateRun(tuple(files), folder, when), lambda _: None, lambda _: None)


@settings(max_examples=120, deadline=None)
@given(facts)
def test_facts_read_back_as_they_were_written(kho: KhoFacts) -> None:
    assert content_from(json.loads(content_text(kho)), None) == kho
    assert content_text(content_from(json.loads(content_text(kho)), None)) == content_text(kho)


@settings(max_examples=60, deadline=None)
@given(many_kho, st.randoms(use_true_random=False), st.integers(0, 2))
def test_adding_up_summaries_does_not_depend_on_how_they_were_cut(
    all_facts: list[KhoFacts], chance: random.Random, depth: int
) -> None:
    kho = counted(all_facts)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = rolled_up(folder, kho, [list(range(len(kho)))], 0)
        order = chance.sample(range(len(kho)), len(kho))
        cuts = sorted(chance.sample(range(1, len(kho)), chance.randint(0, len(kho) - 1)))
        parts = [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]
        again = rolled_up(folder, kho, parts, depth)
    assert again.tables == whole.tables
    assert again.tong == whole.tong
    assert (again.hong, again.files) == (whole.hong, whole.files)
    told = {finding.rule for finding in (*again.findings, *whole.findings)}
    assert told <= {"bad-value", "kho-twice", "agency-twice", "agency-level"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(many_kho, st.data())
def test_any_altered_byte_is_found(all_facts: list[KhoFacts], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "s.json"
        write_summary(path, counted(all_facts))
        raw = path.read_bytes()
        at = data.draw(st.integers(0, len(raw) - 2))
        byte = data.draw(st.integers(0, 255).filter(lambda value: value != raw[at] and value not in b"\r"))
        path.write_bytes(raw[:at] + bytes([byte]) + raw[at + 1 :])
        with pytest.raises(SummaryError):
            list(read_summary(path, "s.json"))


# --- forged content: sealed again, but not what qtnb would write ------------------------------------


def sealed(lines: list[str]) -> bytes:
    body = "".join(f"{line}\n" for line in lines).encode()
    return body + f'],"niem_phong":"{hashlib.sha256(body).hexdigest()}"}}\n'.encode()


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


FORGED_VALUES = JSON_VALUES | st.sampled_from(
    [*ViecDuyet, "bai_bo", "LT", "lv 1/7", "lich 9", "2026-02-02", 10**12 - 1, f"thang {10**29}", f"lv {10**500}"]
)


@settings(max_examples=300, deadline=None)
@given(facts, FORGED_VALUES, st.randoms(use_true_random=False))
def test_forged_content_is_counted_or_refused_but_never_crashes(
    kho: KhoFacts, value: Any, chance: random.Random
) -> None:
    content = json.loads(content_text(kho))
    spots = list(_spots(content))
    holder, key = chance.choice(spots)
    holder[key] = value
    try:
        forged = content_from(content, None)
    except ContentError:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_summary(folder / "s.json", counted([forged]))
        tables = aggregated(folder, [folder / "s.json"]).tables
        json.dumps(tables_data(tables))
        write_parquet(folder, tables)


@pytest.mark.parametrize(
    "row",
    [
        '["a","CV","noi_dung","2026-01-01","2026-01-01","bai_bo",""]',
        '["a","CV","het","2026-01-01","2026-01-01","khac",""]',
        '["a","CV","het","2026-01-01","2026-01-01","bai_bo","0"]',
        '["a","KH","het","2026-01-01","2026-01-01","bai_bo",""]',
    ],
)
def test_an_approval_that_no_decision_gives_is_refused(three: Path, row: str) -> None:
    qtnb("aggregate", "so", "--summary", "so.json", cwd=three)
    lines = (three / "so.json").read_text(encoding="utf-8").splitlines()
    forged = lines[1].replace('"duyet":[', f'"duyet":[{row},')
    assert forged != lines[1]
    (three / "so.json").write_bytes(sealed([lines[0], forged]))
    run = qtnb("aggregate", "so.json", "-q", cwd=three)
    assert run.out.splitlines()[-1].startswith("so.json:2:1: lỗi: Đây không phải là tệp tổng hợp")
    assert (run.code, run.err) == (1, "")


def test_halves_of_surrogate_pairs_are_shown_as_what_they_are(three: Path) -> None:
    qtnb("aggregate", "so", "xa", "--summary", "s.json", cwd=three)
    lines = (three / "s.json").read_text(encoding="utf-8").splitlines()[:-1]
    half = chr(92) + "ud800"
    forged = [
        re.sub('"path":"[^"]*"|"co_quan":\\["[^"]*"|"hong":\\["[^"]*"', lambda found: found[0][:-1] + half + '"', line)
        for line in lines
    ]
    (three / "s.json").write_bytes(sealed(forged))
    outputs = ("-o", "a.xlsx", "-o", "a.json", "-o", "csv=c", "-o", "parquet=p", "--summary", "lai.json")
    run = qtnb("aggregate", "s.json", "-q", *outputs, cwd=three)
    assert (run.code, run.err) == (1, "")
    told = json.loads((three / "a.json").read_text(encoding="utf-8"))
    assert "xa/bac/mau\ufffd/quy-trinh/hong.yaml\ufffd" in told["hong"]


@pytest.mark.parametrize(("amount", "code"), [("9" * 29, 0), ("9" * 31, 1), ("9" * 500, 1)])
def test_a_time_longer_than_any_file_can_hold_is_refused(three: Path, amount: str, code: int) -> None:
    qtnb("aggregate", "so", "--summary", "so.json", cwd=three)
    lines = (three / "so.json").read_text(encoding="utf-8").splitlines()
    forged = lines[1].replace('"lich 1"', f'"lich {amount}"')
    assert forged != lines[1]
    (three / "so.json").write_bytes(sealed([lines[0], forged]))
    outputs = ("-o", "a.xlsx", "-o", "a.json", "-o", "csv=c", "-o", "parquet=p")
    run = qtnb("aggregate", "so.json", "-q", *outputs, cwd=three)
    assert (run.code, run.err) == (code, "")


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in list(items):
        yield value, key
        if isinstance(part, dict | list):
            yield from _spots(part)


HEAD = '{"loai":"tong-hop","phien_ban":1,"kho":['


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "Đây không phải là tệp tổng hợp do qtnb aggregate --summary ghi. [summary-form]"),
        (b"[]", 1, "Đây không phải là tệp tổng hợp do qtnb aggregate --summary ghi. [summary-form]"),
        (b'{"loai":"khac"}', 1, "Đây không phải là tệp tổng hợp do qtnb aggregate --summary ghi. [summary-form]"),
        (b"[" * 100_000, 1, "Đây không phải là tệp tổng hợp do qtnb aggregate --summary ghi. [summary-form]"),
        (b"\x00\xff\xfe", 1, "Đây không phải là tệp tổng hợp do qtnb aggregate --summary ghi. [summary-form]"),
        (
            b'{"loai":"tong-hop","phien_ban":2,"kho":[\n',
            1,
            "Tệp tổng hợp có phien_ban: 2; qtnb này đọc phien_ban: 1. [summary-version]",
        ),
        (
            f"{HEAD}\n".encode(),
            1,
            "Tệp tổng hợp bị cắt ngang hoặc đã được trình bày lại: không có dòng niêm phong ở cuối. [summary-altered]",
        ),
        (
            f'{HEAD}\n],"niem_phong":"0"}}\n'.encode(),
            2,
            "Tệp tổng hợp đã bị sửa sau khi qtnb ghi: niêm phong không khớp nội dung. [summary-altered]",
        ),
        (
            sealed([HEAD, '{"path":"a","qtnb":"1","lint":null,"dau_buoc":null,"noi_dung":{}}']),
            2,
            "Đây không phải là tệp tổng hợp do qtnb aggregate --summary ghi. [summary-form]",
        ),
        (
            sealed([HEAD, '{"path":' + "[" * 5000]),
            2,
            "Đây không phải là tệp tổng hợp do qtnb aggregate --summary ghi. [summary-form]",
        ),
    ],
    ids=range(10),
)
def test_what_is_no_summary_is_told_with_its_line(tmp_path: Path, content: bytes, line: int, message: str) -> None:
    (tmp_path / "s.json").write_bytes(content)
    run = qtnb("aggregate", "s.json", "-q", cwd=tmp_path)
    assert run.out.splitlines()[-1] == f"s.json:{line}:1: lỗi: {message}"
    assert (run.code, run.err) == (1, "")


# --- kho and their summaries ----------------------------------------------------------------------


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Three kho in folders of different depth, one with a broken file and one with a broken qtnb.yaml."""
    signed = QD + 'so: "5"\nngay: 2026-03-10\n'
    make_kho(tmp_path / "so" / "noi-vu", {"quy-trinh/a.yaml": CV, "quy-trinh/b.yaml": LT, "quyet-dinh/a.yaml": signed})
    xa = KHO.replace("Sở Nội vụ thành phố Hà Nội", "Ủy ban nhân dân xã Mẫu").replace("cap: so", "cap: xa")
    make_kho(
        tmp_path / "xa" / "bac" / "mau", {"qtnb.yaml": xa, "quy-trinh/a.yaml": CV, "quy-trinh/hong.yaml": "loai: [\n"}
    )
    make_kho(tmp_path / "xa" / "hong", {"qtnb.yaml": "phien_ban: 1\n", "quy-trinh/a.yaml": CV})
    return tmp_path


def document(*words: str | Path, cwd: Path) -> dict[str, Any]:
    run = qtnb("aggregate", *words, "--format", "json", "--ngay", "2026-11-22", cwd=cwd)
    assert run.err == ""
    told: dict[str, Any] = json.loads(run.out)
    return told


def test_summaries_give_the_same_document_as_the_kho(three: Path) -> None:
    whole = document("so", "xa", cwd=three)
    assert qtnb("aggregate", "so", "--summary", "so.json", cwd=three).out.splitlines()[0] == "so.json"
    qtnb("aggregate", "xa", "--summary", "xa.json", cwd=three)
    assert document("so.json", "xa.json", cwd=three) == whole
    assert document("xa.json", "so", cwd=three) == whole
    qtnb("aggregate", "so.json", "xa", "--summary", "tat-ca.json", cwd=three)
    assert document("tat-ca.json", cwd=three) == whole


def test_a_summary_of_the_same_is_the_same_bytes(three: Path) -> None:
    for name in ("mot.json", "hai.json"):
        qtnb("aggregate", "so", "xa", "--summary", name, cwd=three)
    qtnb("aggregate", "mot.json", "--summary", "ba.json", cwd=three)
    first, *others = ((three / f"{name}.json").read_bytes() for name in ("mot", "hai", "ba"))
    assert others == [first, first]


def test_a_folder_without_kho_stands_for_its_summaries(three: Path) -> None:
    (three / "nhan").mkdir()
    for name in ("so", "xa"):
        qtnb("aggregate", name, "--summary", f"nhan/{name}.json", cwd=three)
    assert document("nhan", cwd=three) == document("so", "xa", cwd=three)


def test_a_summary_that_mail_or_an_editor_of_windows_touched_is_read(three: Path) -> None:
    qtnb("aggregate", "so", "--summary", "so.json", cwd=three)
    whole = document("so.json", cwd=three)
    raw = (three / "so.json").read_bytes()
    (three / "so.json").write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert document("so.json", cwd=three) == whole


SEVERITIES = ("loi", "canh_bao", "luu_y")


def test_lint_counts_travel_with_a_summary(three: Path) -> None:
    lintable = CV.replace("thoi_gian: 1 ngày\ncac_buoc", "thoi_gian: 3 ngày\ncac_buoc")
    (three / "so" / "noi-vu" / "quy-trinh" / "c.yaml").write_text(lintable.replace("Tiếp", "Giao"), encoding="utf-8")
    linted, validated = document("so", "--lint", cwd=three), document("so", cwd=three)
    assert [linted["tong"][key] for key in SEVERITIES] != [validated["tong"][key] for key in SEVERITIES]
    qtnb("aggregate", "so", "--lint", "--summary", "co.json", cwd=three)
    qtnb("aggregate", "so", "--summary", "khong.json", cwd=three)
    qtnb("aggregate", "co.json", "--summary", "lai.json", cwd=three)
    assert document("co.json", "--lint", cwd=three) == linted
    assert document("lai.json", "--lint", cwd=three) == linted
    # Who does not ask for lint gets what validation found, whatever the summary could tell besides.
    assert document("co.json", cwd=three) == validated
    assert document("khong.json", cwd=three) == validated


def test_a_summary_without_lint_counts_is_told_where_they_are_asked_for(three: Path) -> None:
    qtnb("aggregate", "so", "--summary", "khong.json", cwd=three)
    run = qtnb("aggregate", "khong.json", "--lint", "-q", cwd=three)
    assert run.out.splitlines()[-1] == (
        "khong.json:2:1: cảnh báo: Tệp tổng hợp này không có kết quả của qtnb lint; chỉ đếm được kết quả của "
        "qtnb validate. [summary-not-linted]"
    )
    assert run.code == 0
    # Where a kho is named with such counts and without, those with them are kept.
    qtnb("aggregate", "so", "--lint", "--summary", "xa-hon.json", cwd=three)
    both = document("khong.json", "xa-hon.json", "--lint", cwd=three)
    assert [both["tong"][key] for key in SEVERITIES] == [
        document("so", "--lint", cwd=three)["tong"][key] for key in SEVERITIES
    ]
    assert {item["rule"] for item in both["findings"]} == {"kho-twice"}


ONCE = "số liệu chỉ tính một lần. [kho-twice]"
AGAIN = "Kho này được nêu hơn một lần, lần sau qua"
NAMED = "Kho của “Sở Nội vụ thành phố Hà Nội” đã được tính ở"


@pytest.mark.parametrize(
    ("words", "place", "message"),
    [
        (["so", "so/noi-vu"], "so/noi-vu/qtnb.yaml:1:1", f"{AGAIN} “so/noi-vu”"),
        (["so", "lien-ket"], "so/noi-vu/qtnb.yaml:1:1", f"{AGAIN} “lien-ket”"),
        (["so.json", "./so.json"], "so.json:1:1", "Tệp tổng hợp này được nêu hơn một lần, lần sau qua “so.json”"),
        (["so.json", "ban-sao.json"], "so.json:2:1", f"{NAMED} ban-sao.json (dòng 2)"),
        (["so", "so.json"], "so.json:2:1", f"{NAMED} so/noi-vu"),
        (["so", "sao-chep"], "so/noi-vu/qtnb.yaml:3:8", f"{NAMED} sao-chep"),
    ],
)
def test_a_kho_named_twice_is_told_and_counted_once(three: Path, words: list[str], place: str, message: str) -> None:
    once = document("so", cwd=three)
    qtnb("aggregate", "so", "--summary", "so.json", cwd=three)
    shutil.copy(three / "so.json", three / "ban-sao.json")
    shutil.copytree(three / "so" / "noi-vu", three / "sao-chep")
    (three / "lien-ket").symlink_to(three / "so" / "noi-vu")
    run = qtnb("aggregate", *words, "-q", "--ngay", "2026-11-22", cwd=three)
    assert run.out.splitlines()[-1] == f"{place}: cảnh báo: {message}; {ONCE}"
    assert run.code == 0
    assert document(*words, cwd=three)["tong"] == once["tong"]


def test_two_kho_of_one_agency_are_told_with_both_places(three: Path) -> None:
    other = KHO.replace("Sở Nội vụ thành phố Hà Nội", "Sở  Nội Vụ thành phố Hà Nội")
    make_kho(three / "khac", {"qtnb.yaml": other})
    run = qtnb("aggregate", "so", "khac", cwd=three)
    assert (
        "so/noi-vu/qtnb.yaml:3:8: cảnh báo: Cơ quan “Sở Nội vụ thành phố Hà Nội” có hai kho khác nhau, kho kia ở khac; "
        "cả hai đều được tính. [agency-twice]\n  khac/qtnb.yaml:3:8: Kho kia.\n"
    ) in run.out
    assert run.code == 0
    assert qtnb("aggregate", "so", "khac", "--strict", cwd=three).code == 1


@pytest.mark.parametrize(("ngay", "told"), [("2025-06-30", False), ("2025-07-01", True)])
def test_the_district_level_ends_with_june_2025(tmp_path: Path, ngay: str, *, told: bool) -> None:
    kho = make_kho(tmp_path, {"qtnb.yaml": KHO.replace("cap: so", "cap: huyen")})
    run = qtnb("aggregate", "-q", "--ngay", ngay, cwd=kho)
    message = (
        "qtnb.yaml:7:8: cảnh báo: “Sở Nội vụ thành phố Hà Nội” có cap: huyen, nhưng từ 01/7/2025 không còn cấp huyện. "
        "[agency-level]"
    )
    assert (message in run.out.splitlines()) is told
    assert run.code == 0


@pytest.mark.parametrize(
    ("ngay", "title"), [("2025-06-30", "Xã, phường, thị trấn"), ("2025-07-01", "Xã, phường, đặc khu")]
)
def test_levels_are_called_as_on_the_day(tmp_path: Path, ngay: str, title: str) -> None:
    kho = make_kho(tmp_path, {"qtnb.yaml": KHO.replace("cap: so", "cap: xa")})
    run = qtnb("aggregate", "--format", "json", "--ngay", ngay, cwd=kho)
    assert [row["ten"] for row in json.loads(run.out)["bang"]["cap"]["dong"]] == [title]


def test_summaries_of_another_program_version_are_told(three: Path) -> None:
    qtnb("aggregate", "so", "--summary", "so.json", cwd=three)
    lines = (three / "so.json").read_text(encoding="utf-8").splitlines()
    (three / "so.json").write_bytes(sealed([lines[0], lines[1].replace(f'"qtnb":"{__version__}"', '"qtnb":"9.9"')]))
    run = qtnb("aggregate", "so.json", "-q", cwd=three)
    assert run.out.splitlines()[-1] == (
        f"so.json:2:1: cảnh báo: Số liệu do qtnb 9.9 tính, lệnh này là qtnb {__version__}: cách đếm có thể khác nhau. "
        "[summary-mixed]"
    )
    assert run.code == 0


# --- broken kho -----------------------------------------------------------------------------------

GOOD = {"quy-trinh/tot.yaml": CV.replace("văn bản đến", "đơn thư")}

BROKEN: dict[str, tuple[dict[str, str | bytes], str, str]] = {
    "no-agency": ({"qtnb.yaml": "phien_ban: 1\n"}, "qtnb.yaml:1:1", "missing-key"),
    "unknown-level": ({"qtnb.yaml": KHO.replace("cap: so", "cap: thon")}, "qtnb.yaml:7:8", "bad-choice"),
    "settings-syntax": ({"qtnb.yaml": "phien_ban: [\n"}, "qtnb.yaml:2:1", "yaml-syntax"),
    "procedure-syntax": ({"quy-trinh/a.yaml": "loai: CV\nten: [\n"}, "quy-trinh/a.yaml:3:1", "yaml-syntax"),
    "missing-key": ({"quy-trinh/a.yaml": "loai: CV\nten: A\n"}, "quy-trinh/a.yaml:1:1", "missing-key"),
    "empty": ({"quy-trinh/a.yaml": ""}, "quy-trinh/a.yaml:1:1", "empty-file"),
    "utf-16": ({"quy-trinh/a.yaml": CV.encode("utf-16")}, "quy-trinh/a.yaml:1:1", "encoding"),
    "too-deep": ({"quy-trinh/a.yaml": "a: " + "[" * 50}, "quy-trinh/a.yaml:1:33", "too-deep"),
    "alias-bomb": ({"quy-trinh/a.yaml": "a: &a [1]\nb: [*a, *a]\n"}, "quy-trinh/a.yaml:1:4", "yaml-anchor"),
    "too-large": ({"quy-trinh/a.yaml": "# " + "x" * (1 << 20)}, "quy-trinh/a.yaml:1:1", "file-too-large"),
    "bad-decision": ({"quyet-dinh/a.yaml": "loai: QD\n"}, "quyet-dinh/a.yaml:1:1", "missing-key"),
    "misplaced": ({"quyet-dinh/a.yaml": CV}, "quyet-dinh/a.yaml:1:7", "misplaced-file"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_kho_does_not_stop_the_others(tmp_path: Path, kind: str) -> None:
    files, place, rule = BROKEN[kind]
    make_kho(tmp_path / "a-hong", {**GOOD, **files})
    xa = KHO.replace("Sở Nội vụ thành phố Hà Nội", "Ủy ban nhân dân xã Mẫu")
    make_kho(tmp_path / "b-tot", {"qtnb.yaml": xa, **GOOD})
    run = qtnb("aggregate", "--format", "json", cwd=tmp_path)
    told = json.loads(run.out)
    path, line, column = place.split(":")
    assert (run.code, run.err) == (1, "")
    assert (f"a-hong/{path}", int(line), int(column), rule) in {
        (f["path"], f["line"], f["column"], f["rule"]) for f in told["findings"]
    }
    assert told["hong"] == [f"a-hong/{path}"]
    without = path == "qtnb.yaml"
    assert (told["tong"]["kho"], told["tong"]["kho_hong"], told["tong"]["cv"]) == (
        2 - without,
        int(without),
        2 - without,
    )
    names = {(row["nhom"], row["ten"]) for row in told["bang"]["phat_hien"]["dong"]}
    assert (("B", "a-hong") in names) is without


def test_a_link_and_a_pipe_are_told_and_left_out(tmp_path: Path) -> None:
    import os

    kho = make_kho(tmp_path / "kho", {**GOOD})
    (tmp_path / "ngoai.yaml").write_text(CV, encoding="utf-8")
    (kho / "quy-trinh" / "lien-ket.yaml").symlink_to(tmp_path / "ngoai.yaml")
    os.mkfifo(kho / "quy-trinh" / "ong.yaml")
    run = qtnb("aggregate", "--format", "json", cwd=kho)
    told = json.loads(run.out)
    assert (run.code, told["tong"]["cv"]) == (1, 1)
    assert told["hong"] == ["quy-trinh/lien-ket.yaml", "quy-trinh/ong.yaml"]
    assert {f["rule"] for f in told["findings"]} == {"symlink", "unreadable"}


def test_a_hostile_path_shows_no_control_characters(tmp_path: Path) -> None:
    kho = make_kho(tmp_path / "a\x1b[31mb\nc", {"quy-trinh/x.yaml": "loai: [\n"})
    run = qtnb("aggregate", tmp_path, "--format", "json", cwd=tmp_path)
    assert json.loads(run.out)["hong"] == ["a\ufffd[31mb\ufffdc/quy-trinh/x.yaml"]
    assert "\x1b" not in qtnb("aggregate", tmp_path, cwd=tmp_path).out
    assert kho.is_dir()


@pytest.mark.parametrize(
    ("plan", "place", "rule"),
    [
        ("phien_ban: 1\nhan_danh_muc: 15/4/2022\n", "tong-hop.yaml:2:15", "bad-shape"),
        ("phien_ban: 1\nhan: 2022-04-15\n", "tong-hop.yaml:2:1", "unknown-key"),
        ("phien_ban: 1\nngay: [\n", "tong-hop.yaml:3:1", "yaml-syntax"),
    ],
)
def test_a_wrong_plan_is_told_and_not_used(tmp_path: Path, plan: str, place: str, rule: str) -> None:
    kho = make_kho(tmp_path, {**GOOD, "tong-hop.yaml": plan})
    run = qtnb("aggregate", "-q", cwd=kho)
    line = run.out.splitlines()[-1]
    assert line.startswith(f"{place}: lỗi: ")
    assert line.endswith(f"[{rule}]")
    assert run.code == 1


def test_two_plans_are_one_too_many(three: Path) -> None:
    for folder in ("so", "xa"):
        (three / folder / "tong-hop.yaml").write_text("phien_ban: 1\n", encoding="utf-8")
    run = qtnb("aggregate", "so", "xa", cwd=three)
    assert run.err == (
        "qtnb: Có nhiều tệp tong-hop.yaml: so/tong-hop.yaml, xa/tong-hop.yaml.\n  → Chọn một tệp bằng --ke-hoach.\n"
    )
    assert run.code == 2
    assert qtnb("aggregate", "so", "xa", "--ke-hoach", "so/tong-hop.yaml", "-q", cwd=three).code == 1


def test_progress_counts_the_files_behind_a_summary(three: Path) -> None:
    qtnb("aggregate", "so", "xa", "--summary", "s.json", cwd=three)
    done: list[int] = []
    run = AggregateRun((three / "s.json",), three, When(dt.date(2026, 11, 22)))
    assert aggregate(run, done.append, lambda _: None).files == sum(done) == 9


def test_amounts_stay_exact_through_a_summary(tmp_path: Path) -> None:
    text = CV.replace("thoi_gian: 1 ngày\ncac_buoc", "thoi_gian: 1/3 ngày\ncac_buoc")
    files = {f"quy-trinh/{number}.yaml": text.replace("văn bản", f"văn bản {number}") for number in range(3)}
    kho = make_kho(tmp_path, dict(files))
    qtnb("aggregate", "--summary", "s.json", cwd=kho)
    (item,) = read_summary(kho / "s.json", "s.json")
    assert [procedure.thoi_gian for procedure in item.facts.quy_trinh] == [Measured(Clock.LICH, Fraction(1, 3))] * 3
    assert document("s.json", cwd=kho)["tong"]["ngay"] == 1
