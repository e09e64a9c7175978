"""The capital letters of Vietnamese, for patterns."""

from __future__ import annotations

from typing import Final

CAPITALS: Final = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
"""The inside of a character class. ``À-Ỹ`` will not do: between those two stand small letters as well."""
