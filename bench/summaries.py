"""Makes summaries of a country out of that of a city: ``python bench/summaries.py CITY.json FOLDER --copies 10``.

Each copy is a summary of its own, its agencies renamed: a city of 30,000 procedures copied ten times has 300,000.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from qtnb.aggregate.facts import CountedKho
from qtnb.aggregate.summary import read_summary, write_summary


def copies(city: Path, folder: Path, count: int) -> list[Path]:
    """Write ``count`` copies of the summary ``city`` into ``folder``, and give them back."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"thanh-pho-{number}.json" for number in range(count)]
    for number, path in enumerate(paths):
        write_summary(path, _renamed(city, number))
    return paths


def _renamed(city: Path, number: int) -> Iterator[CountedKho]:
    for kho in read_summary(city, city.name):
        agency = kho.facts.co_quan
        if agency is not None:
            renamed = replace(agency, ten=f"{agency.ten} (bản {number})")
            yield replace(kho, path=f"{number}/{kho.path}", facts=replace(kho.facts, co_quan=renamed))


def main() -> None:
    parser = argparse.ArgumentParser(description="Nhân tệp tổng hợp của một thành phố để đo.")
    parser.add_argument("city", type=Path, help="tệp tổng hợp")
    parser.add_argument("folder", type=Path, help="thư mục cho các bản")
    parser.add_argument("--copies", type=int, default=10, help="số bản (mặc định 10)")
    options = parser.parse_args()
    print(f"{len(copies(options.city, options.folder, options.copies))} tệp.")


if __name__ == "__main__":
    main()
