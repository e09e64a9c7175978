"""What was altered is told exactly, in documents of any length."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from qtnb.render.alterations import Alteration, alterations
from qtnb.render.reading import Block, Reading
from qtnb.render.visible import Visible

TEXTS = st.lists(st.sampled_from("abcdefgh") | st.integers(0, 30).map(str), max_size=25)


def changes(old: list[str], new: list[str], most: int = 25_000_000) -> list[Alteration]:
    return alterations(Reading(tuple(old)), Visible(tuple(Block(text, "") for text in new), has_changes=False), most)


@given(TEXTS, TEXTS, st.sampled_from([0, 1, 20, 10_000]))
def test_what_went_and_what_came_make_the_difference(old: list[str], new: list[str], most: int) -> None:
    told = changes(old, new, most)
    gone, came = (
        (Counter(filter(None, side)) for side in zip(*((it.old, it.new) for it in told), strict=True))
        if told
        else (Counter(), Counter())
    )
    assert Counter(old) - gone + came == Counter(new)
    assert all(it.old != it.new for it in told)
    assert bool(told) == (old != new)


def page(number: int) -> list[str]:
    return [f"{number}. Quy trình số {number}", *("1 ngày", "Văn thư", "B1", "B2") * 20]


def test_single_changes_far_apart_are_told_one_by_one() -> None:
    old = [text for number in range(600) for text in page(number)]
    new = list(old)
    new[5] = "5 ngày"
    new[30_000] += " x"
    del new[40_000]
    new.insert(48_000, "thêm")
    assert len(old) * len(new) > 25_000_000
    told = changes(old, new)
    assert told[2].where == f"Sau “{old[39_999]}”"
    assert [(it.old, it.new) for it in told] == [
        ("1 ngày", "5 ngày"),
        (old[30_000], f"{old[30_000]} x"),
        (old[40_000], ""),
        ("", "thêm"),
    ]


def test_a_page_that_moved_is_told_as_gone_and_come_and_nothing_else() -> None:
    pages = [page(number) for number in range(600)]
    old = [text for it in pages for text in it]
    new = [text for it in (*pages[:100], *pages[101:400], pages[100], *pages[400:]) for text in it]
    told = changes(old, new)
    assert len(told) == 2 * len(pages[100])
    assert {it.old for it in told} | {it.new for it in told} == {*pages[100], ""}


def test_a_document_that_is_another_from_end_to_end_is_one_stretch() -> None:
    old, new = [f"a{n}" for n in range(6_000)], [f"b{n}" for n in range(6_000)]
    assert [(it.old, it.new) for it in changes(old, new)] == list(zip(old, new, strict=True))
