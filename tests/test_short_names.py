"""The names of agencies in charts."""

from __future__ import annotations

import pytest

from qtnb.aggregate.short_names import short_names

CASES = [
    (("Sở Nội vụ thành phố Hà Nội", "Thanh tra thành phố Hà Nội", "Ủy ban nhân dân xã Ba Vì"),
     ("Sở Nội vụ", "Thanh tra", "Ủy ban nhân dân xã Ba Vì")),
    (("Sở Nội vụ thành phố Hà Nội (không có kho)", "Sở Y tế thành phố Hà Nội"),
     ("Sở Nội vụ (không có kho)", "Sở Y tế")),
    (("Ủy ban nhân dân thành phố Hà Nội", "Sở Y tế thành phố Hà Nội"), ("Ủy ban nhân dân thành phố Hà Nội", "Sở Y tế")),
    (("Sở Y tế thành phố Hà Nội", "Sở Y tế tỉnh Sơn La"), ("Sở Y tế thành phố Hà Nội", "Sở Y tế tỉnh Sơn La")),
    (("Sở Y tế", "Sở Y tế thành phố Hà Nội"), ("Sở Y tế", "Sở Y tế thành phố Hà Nội")),
    (("Sở Y tế", "Sở Nội vụ"), ("Sở Y tế", "Sở Nội vụ")),
]  # fmt: skip


@pytest.mark.parametrize(("names", "expected"), CASES)
def test_the_place_that_all_share_goes_as_long_as_names_stay_different(
    names: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    short = short_names(names)
    assert tuple(short[name] for name in names) == expected
