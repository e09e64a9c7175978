"""Who may import whom, and what the wheel carries."""

from __future__ import annotations

import ast
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit import ROOT, make_kho

SRC = ROOT / "src" / "qtnb"

LAYERS = (
    {"errors", "finding", "resources", "text", "collation", "slug"},
    {"positions", "thoi_luong", "han", "yaml_messages", "discovery", "files", "locking", "journal"},
    {"source", "schema_messages", "transaction", "tabular", "han_days"},
    {"schema", "edit", "numbering", "model", "locate", "han_reading"},
    {"kho", "reading", "references", "decision_checks", "ke_hoach", "thong_ke"},
    {"plan_checks", "statistics_checks", "abolitions"},
    {"words", "integrity", "filecheck"},
    {"seal"},
    {"so_dang_ky"},
    {"check"},
    {"building", "validation", "scaffold"},
    {"lint"},
    {"grouping"},
    {"diff", "renumbering"},
    {"sides"},
    {"don_gian_hoa", "lich_su"},
    {"render", "report", "rules", "theo_doi", "aggregate"},
    {"doi_chieu"},
    {"commands"},
    {"progress", "cli_help"},
    {"cli"},
    {"__main__"},
)
"""Each module imports only from layers above its own; a folder counts as one place, free within itself."""

ONLY_IN = {
    "yaml": {"source", "positions", "yaml_messages", "scaffold"},
    "jsonschema": {"schema_messages"},
    "jsonschema_rs": {"schema"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "docx": {"render"},
    "docxtpl": {"render"},
    "lxml": {"render"},
    "typer": {"cli", "cli_help"},
    "rich": {"progress", "report", "commands", "tabular"},
    "xlsxwriter": {"tabular"},
    "matplotlib": {"tabular"},
    "pyarrow": {"tabular"},
    "distributed": {"aggregate"},
}
"""Which places may import a library."""


def _place(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


FILES = sorted(path for path in SRC.rglob("*.py") if path != SRC / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_imports_go_one_way(path: Path) -> None:
    place = _place(path)
    layer = next(number for number, names in enumerate(LAYERS) if place in names)
    allowed = set().union(*LAYERS[:layer])
    for name in _imports(path):
        if name.startswith("qtnb."):
            other = name.split(".")[1]
            assert other == place or other in allowed, f"{place} must not import {other}"
        assert not (place == "rules" and name.startswith("qtnb.rules") and path.name != "__init__.py"), (
            "rules stand alone"
        )
        library = name.split(".")[0]
        assert place in ONLY_IN.get(library, {place}), f"{place} must not import {library}"


def test_every_module_says_what_it_is_in_one_sentence() -> None:
    for path in FILES:
        doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert doc.split("\n")[0].endswith("."), path


def test_validating_loads_no_renderer(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": "loai: CV\nten: A\nchua_co_noi_dung: true\n"})
    code = (
        "import sys; sys.argv = ['qtnb', 'validate']\n"
        "from qtnb.cli import run\n"
        "assert run() == 0\n"
        "heavy = {'docx', 'docxtpl', 'jinja2', 'lxml', 'jsonschema', 'rich', 'rapidfuzz', 'pydantic'}\n"
        "heavy |= {'xlsxwriter', 'matplotlib', 'pyarrow'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=kho, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_wheel_carries_schemas_and_templates_and_runs(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"qtnb/schemas/{path.name}" for path in (ROOT / "schemas").glob("*.json")}
    wanted |= {f"qtnb/templates/{path.name}" for path in (ROOT / "templates").glob("*.docx")}
    wanted |= {"qtnb/docs/thong-bao.md", "qtnb/docs/quy-tac/README.md"}
    assert len(wanted) >= 8
    assert wanted | {"qtnb/py.typed", "qtnb/cli/app.py"} <= names
    assert [name for name in names if not name.startswith(("qtnb/", "qtnb-"))] == []
    # A fresh environment, libraries and all: one that pyproject forgets is missed here.
    venv.create(tmp_path / "venv", with_pip=True)
    place = next((tmp_path / "venv").glob("lib/python*/site-packages"))
    subprocess.run(
        [tmp_path / "venv/bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check", wheel],
        check=True,
        capture_output=True,
    )
    python = tmp_path / "venv/bin/python"
    where = subprocess.run(
        [python, "-P", "-c", "import qtnb; print(qtnb.__file__)"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert where.startswith(str(place))
    for words in (
        ["init", "kho"],
        ["validate", "kho"],
        ["explain", "missing-key"],
        ["lint", "kho", "--format", "sarif"],
        ["render", "kho", "-o", "out"],
    ):
        subprocess.run([python, "-m", "qtnb", *words], cwd=tmp_path, check=True, capture_output=True)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["danh-muc.docx", "noi-dung.docx"]
