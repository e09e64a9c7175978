"""From decisions to Word files and PDF; the only place that knows Jinja2 and Word."""

from qtnb.render.appendix import render_plan, render_statistics
from qtnb.render.decision import render_decision
from qtnb.render.pdf import libreoffice, to_pdf
from qtnb.render.store import TemplateStore

__all__ = ["TemplateStore", "libreoffice", "render_decision", "render_plan", "render_statistics", "to_pdf"]
