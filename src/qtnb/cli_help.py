"""Help and usage errors of the command line in Vietnamese."""

from __future__ import annotations

from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

_TRANSLATED: Final = {
    "Show this message and exit.": "In phần trợ giúp này.",
    "Install completion for the current shell.": "Cài tự động điền lệnh cho cửa sổ dòng lệnh này.",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "In đoạn mã tự động điền lệnh, để chép hoặc sửa."
    ),
    "[required]": "[bắt buộc]",
    "[default: ": "[mặc định: ",
}

UsageError: Final[type[Exception]] = typer.BadParameter.__mro__[1]
"""The base of every wrong use that typer reports; typer names only this subclass of it in public."""

_USAGE_ERRORS: Final = {
    "NoSuchOption": "Không có tùy chọn {option_name}.",
    "NoSuchCommand": "Không có lệnh {command_name}.",
    "MissingParameter": "Thiếu {param}.",
    "BadOptionUsage": "Tùy chọn {option_name} dùng chưa đúng: thiếu giá trị hoặc thừa giá trị.",
    "BadParameter": "Giá trị của {param} không dùng được.",
}


def usage_message(error: Exception) -> str:
    """One Vietnamese sentence for a wrong use of the command line."""
    pattern = _USAGE_ERRORS.get(type(error).__name__)
    if pattern is None:
        return _OTHER.get(str(error), f"Lệnh viết chưa đúng: {error}")
    param = getattr(error, "param", None)
    words = {
        "option_name": getattr(error, "option_name", ""),
        "command_name": getattr(error, "command_name", ""),
        "param": _param_name(param) if param is not None else "tham số",
    }
    choices = getattr(getattr(param, "type", None), "choices", ())
    sentence = pattern.format(**words)
    return f"{sentence} Chọn một trong: {', '.join(map(str, choices))}." if choices else sentence


_OTHER: Final = {"Missing command.": "Thiếu tên lệnh."}


def _param_name(param: Any) -> str:  # noqa: ANN401 - typer keeps the type of parameters private
    return str(param.opts[0] if param.opts and param.opts[0].startswith("-") else param.human_readable_name)


class VietnameseCommand(TyperCommand):
    """A command whose help is in Vietnamese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer keeps these types private
        """Write usage, description, arguments and options."""
        _write_head(self, ctx, formatter)
        _write_params(self, ctx, formatter)


class VietnameseGroup(TyperGroup):
    """The program, whose help is in Vietnamese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write usage, description, options and the list of commands."""
        _write_head(self, ctx, formatter)
        _write_params(self, ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(90)) for name in self.list_commands(ctx)]
        with formatter.section("Các lệnh"):
            formatter.write_dl(rows)


def _write_head(command: Any, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
    pieces = " ".join(command.collect_usage_pieces(ctx))
    pieces = pieces.replace("[OPTIONS]", "[TÙY CHỌN]").replace("COMMAND [ARGS]...", "LỆNH [THAM SỐ]…")
    formatter.write_usage(ctx.command_path, pieces, prefix="Cách dùng: ")
    command.format_help_text(ctx, formatter)


def _write_params(command: Any, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
    arguments, options = [], []
    for param in command.get_params(ctx):
        record = param.get_help_record(ctx)
        if record is not None:
            rows = arguments if param.param_type_name == "argument" else options
            rows.append((record[0], _translated(record[1])))
    for title, rows in (("Tham số", arguments), ("Tùy chọn", options)):
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)


def _translated(text: str) -> str:
    for english, vietnamese in _TRANSLATED.items():
        text = text.replace(english, vietnamese)
    return text
