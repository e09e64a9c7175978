"""What libyaml's errors mean for a person who writes procedures."""

from __future__ import annotations

from typing import Final

import yaml

_QUOTE = "Đặt cả giá trị trong dấu nháy kép."
_INDENT = "Thụt lề bằng khoảng trắng, các khóa cùng cấp thẳng cột với nhau."

_MEANINGS: Final[dict[str, tuple[str, str]]] = {
    "mapping values are not allowed in this context": (
        "Dấu hai chấm ở đây làm hỏng cấu trúc dòng.",
        "Nếu giá trị có dấu “: ”, đặt cả giá trị trong dấu nháy kép; nếu không, xem lại thụt lề và dòng trên.",
    ),
    "could not find expected ':'": (
        "Dòng này thiếu dấu hai chấm sau khóa.",
        "Viết theo dạng “khóa: giá trị”; nếu là phần tiếp của dòng trên, thụt lề sâu hơn khóa.",
    ),
    "did not find expected key": (
        "Dòng này không thẳng cột với các khóa cùng cấp, hoặc có chữ thừa sau dấu nháy.",
        _INDENT,
    ),
    "did not find expected '-' indicator": (
        "Mục này phải bắt đầu bằng dấu “- ” như các mục khác của danh sách.",
        _INDENT,
    ),
    "did not find expected ',' or ']'": (
        "Danh sách trong ngoặc vuông thiếu dấu phẩy hoặc dấu “]”.",
        "Đóng ngoặc vuông, hoặc viết mỗi mục một dòng bắt đầu bằng “- ”.",
    ),
    "did not find expected ',' or '}'": (
        "Nhóm khóa trong ngoặc nhọn thiếu dấu phẩy hoặc dấu “}”.",
        "Đóng ngoặc nhọn; giá trị có dấu phẩy hay dấu “}” thì đặt trong dấu nháy kép.",
    ),
    "did not find expected node content": (
        "Ở đây phải có một giá trị, nhưng gặp dấu ngoặc hoặc dấu phẩy.",
        _QUOTE,
    ),
    "block sequence entries are not allowed in this context": (
        "Dấu “- ” của danh sách không được đứng ở đây.",
        "Xuống dòng rồi mới viết “- ”; nếu dấu gạch là một phần của giá trị, đặt giá trị trong dấu nháy kép.",
    ),
    "mapping keys are not allowed in this context": (
        "Dấu “?” không được đứng ở đây.",
        _QUOTE,
    ),
    "found unknown escape character": (
        "Sau dấu “\\” trong dấu nháy kép là một ký tự không có nghĩa.",
        "Viết “\\\\” nếu cần dấu gạch chéo, hoặc dùng dấu nháy đơn.",
    ),
    "did not find expected hexdecimal number": (
        "Sau “\\x”, “\\u” trong dấu nháy kép phải là mã của một ký tự.",
        "Viết “\\\\” nếu cần dấu gạch chéo, hoặc dùng dấu nháy đơn.",
    ),
    "found invalid Unicode character escape code": (
        "Mã ký tự sau dấu “\\” không phải là một ký tự Unicode.",
        "Viết thẳng ký tự đó vào tệp.",
    ),
    "found a tab character where an indentation space is expected": (
        "Thụt lề bằng phím Tab; YAML chỉ nhận khoảng trắng.",
        "Thay dấu Tab bằng khoảng trắng.",
    ),
    "found a tab character that violates indentation": (
        "Thụt lề bằng phím Tab; YAML chỉ nhận khoảng trắng.",
        "Thay dấu Tab bằng khoảng trắng.",
    ),
    "found unexpected document indicator": (
        "Dấu “---” nằm trong một giá trị chưa đóng dấu nháy.",
        "Đóng dấu nháy của giá trị bắt đầu ở trên.",
    ),
    "did not find expected alphabetic or numeric character": (
        "Giá trị bắt đầu bằng “&” hoặc “*” nhưng không đặt trong dấu nháy.",
        _QUOTE,
    ),
    "did not find expected whitespace or line break": (
        "Giá trị bắt đầu bằng “!” nhưng không đặt trong dấu nháy.",
        _QUOTE,
    ),
    "did not find the expected '>'": (
        "Giá trị bắt đầu bằng “!” nhưng không đặt trong dấu nháy.",
        _QUOTE,
    ),
    "did not find URI escaped octet": (
        "Giá trị bắt đầu bằng “!” nhưng không đặt trong dấu nháy.",
        _QUOTE,
    ),
    "did not find expected comment or line break": (
        "Sau dấu “|” hoặc “>” chỉ được xuống dòng.",
        "Viết nội dung từ dòng sau, thụt lề sâu hơn khóa.",
    ),
    "did not find expected <document start>": (
        "Tệp chứa nhiều tài liệu YAML (dấu “...”); mỗi tệp chỉ được một.",
        "Tách phần sau thành tệp riêng.",
    ),
    "found unknown directive name": (
        "Dòng bắt đầu bằng “%” không có nghĩa với qtnb.",
        "Xóa dòng này.",
    ),
}

_UNCLOSED: Final = (
    "Dấu nháy mở ở đây không được đóng lại.",
    "Thêm dấu nháy ở cuối giá trị; trong dấu nháy đơn, viết '' để có một dấu '.",
)
_UNCLOSED_BRACKET: Final = (
    "Dấu ngoặc mở ở đây không được đóng lại.",
    "Thêm dấu ngoặc đóng ở cuối giá trị.",
)
_ODD_START: Final = {
    "\t": ("Thụt lề bằng phím Tab; YAML chỉ nhận khoảng trắng.", "Thay dấu Tab bằng khoảng trắng."),
    "@": ("Giá trị không được bắt đầu bằng “@” khi chưa đặt trong dấu nháy.", _QUOTE),
    "`": ("Giá trị không được bắt đầu bằng “`” khi chưa đặt trong dấu nháy.", _QUOTE),
    "%": ("Giá trị không được bắt đầu bằng “%” khi chưa đặt trong dấu nháy.", _QUOTE),
}
_UNKNOWN: Final = ("Chỗ này không đúng cú pháp YAML.", "Xem lại dấu hai chấm, dấu nháy, dấu ngoặc và thụt lề.")


def explain_syntax_error(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str, str]:
    """Say where a syntax error of ``text`` stands (offset), what it is and what to do, in Vietnamese."""
    problem = error.problem or ""
    at = error.problem_mark.index if error.problem_mark else 0
    opened = error.context_mark.index if error.context_mark else at
    if problem == "found unexpected end of stream":
        return opened, *_UNCLOSED
    if problem == "could not find expected ':'" or (error.context or "").endswith("a tag"):
        return opened, *_MEANINGS.get(problem, _UNKNOWN)
    if problem.startswith("did not find expected ','") and not text[at:].strip():
        return opened, *_UNCLOSED_BRACKET
    if problem == "found character that cannot start any token":
        return at, *_ODD_START.get(text[at : at + 1], _UNKNOWN)
    return at, *_MEANINGS.get(problem, _UNKNOWN)
