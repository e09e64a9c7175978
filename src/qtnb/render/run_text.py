"""Values as the text of a run in Word."""

from __future__ import annotations

from markupsafe import Markup, escape

# The space before a line break keeps words apart for a program that reads only the texts.
_BREAKS = str.maketrans(
    {
        "\n": ' </w:t><w:br/><w:t xml:space="preserve">',
        "\r": ' </w:t><w:br/><w:t xml:space="preserve">',
        "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
    }
)


def run_text(value: object) -> str:
    """Escape one printed value; its tabs and line ends become Word's own."""
    text = escape(value)
    if "\n" in text or "\t" in text or "\r" in text:
        return Markup(text.translate(_BREAKS))  # noqa: S704 - escaped above
    return text
