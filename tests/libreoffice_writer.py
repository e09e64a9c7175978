"""The real LibreOffice Writer as a second reader of tracked changes.

A macro of its own accepts or rejects all changes of a document, as a person does in the menu, and saves it.
"""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from qtnb.render import libreoffice

needs_writer = pytest.mark.skipif(
    shutil.which("soffice") is None and shutil.which("libreoffice") is None, reason="LibreOffice is not installed"
)

ACCEPT = ".uno:AcceptAllTrackedChanges"
REJECT = ".uno:RejectAllTrackedChanges"
AS_IT_IS = ""

_MACRO = """\
Sub Resolve(source As String, command As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  If command <> "" Then
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
  End If
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, filter())
  document.close(True)
End Sub

Sub Main
"""
_MODULE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"'
    ' script:language="StarBasic">{}</script:module>'
)


class Job(NamedTuple):
    """One document to be opened, resolved and saved."""

    source: Path
    command: str
    target: Path


def resolve_all(jobs: Sequence[Job], folder: Path) -> None:
    """Do all ``jobs`` in one run of LibreOffice, whose profile is kept below ``folder``."""
    profile = folder / "profile"
    start = [libreoffice(), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=120)
    lines = (f'  Resolve("{one.source.as_uri()}", "{one.command}", "{one.target.as_uri()}")\n' for one in jobs)
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    assert module.is_file(), "a new profile has an empty module"
    module.write_text(_MODULE.format(html.escape(f"{_MACRO}{''.join(lines)}End Sub\n")), encoding="utf-8")
    subprocess.run([*start, "macro:///Standard.Module1.Main"], check=True, capture_output=True, timeout=300)
    missing = [one.target.name for one in jobs if not one.target.is_file()]
    assert not missing, f"LibreOffice did not save {missing}"
