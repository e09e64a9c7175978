"""The properties of a rendered document: its title and agency, nothing of the machine or the template's author."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = (
    _HEAD + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{agency}</dc:creator>'
    "<dc:language>vi-VN</dc:language></cp:coreProperties>"
)
_APP = (
    _HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>qtnb</Application></Properties>"
)


def with_properties(parts: Mapping[str, Iterable[bytes]], title: str, agency: str) -> dict[str, Iterable[bytes]]:
    """Put properties of the document in place of those that the template's author left behind."""
    own = {
        "docProps/core.xml": _CORE.format(title=escape(title), agency=escape(agency)),
        "docProps/app.xml": _APP,
    }
    return {name: [own[name].encode()] if name in own else content for name, content in parts.items()}
