"""Two versions of a document as one Word file in which every difference is a tracked change."""

from qtnb.render.redline.document import redline_documents

__all__ = ["redline_documents"]
