"""Help and usage errors of the command line in Vietnamese."""

from __future__ import annotations

import re
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

_PIECES: Final = {
    "[OPTIONS]": "[TÙY CHỌN]",
    "COMMAND [ARGS]...": "LỆNH [THAM SỐ]…",
    "[PATH]": "[PATH]…",
    "[DECISION]": "[DECISION]…",
    "...": "…",
    "……": "…",
}

UsageError: Final[type[Exception]] = typer.BadParameter.__mro__[1]
"""The base of every wrong use that typer reports; typer names only this subclass of it in public."""

_NO_COMMAND = re.compile(r"No such command '([^']*)'")
_CHOICES = re.compile(r" is not one of (.+?)\.?$")


def asks_for_help(error: Exception) -> bool:
    """Whether the program was called without anything to do; the error's text is then the help."""
    return type(error).__name__ == "NoArgsIsHelpError"


def usage_message(error: Exception) -> str:
    """One Vietnamese sentence for a wrong use of the command line."""
    match type(error).__name__:
        case "NoSuchOption":
            return f"Không có tùy chọn {getattr(error, 'option_name', '')}."
        case "MissingParameter":
            return f"Thiếu {_param_name(error)}."
        case "BadOptionUsage":
            return f"Tùy chọn {getattr(error, 'option_name', '')} thiếu giá trị hoặc thừa giá trị."
        case "BadParameter":
            choices = _CHOICES.search(str(error))
            allowed = f" Chọn một trong: {choices[1]}." if choices else ""
            return f"Giá trị của {_param_name(error)} không dùng được.{allowed}"
    command = _NO_COMMAND.match(str(error))
    if command is not None:
        near = re.findall(r"'([^']*)'", str(error))[1:]
        return f"Không có lệnh {command[1]}." + (f" Có phải là {near[0]}?" if near else "")
    extra = re.match(r"Got unexpected extra argument\S* \((.*)\)", str(error))
    return f"Thừa tham số: {extra[1]}." if extra else f"Lệnh viết chưa đúng: {error}"


def _param_name(error: Exception) -> str:
    param = getattr(error, "param", None)
    name = getattr(param, "metavar", None) or getattr(param, "name", None) or "tham số"
    options = [opt for opt in getattr(param, "opts", ()) if opt.startswith("-")]
    return options[0] if options else str(name)


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
    for english, vietnamese in _PIECES.items():
        pieces = pieces.replace(english, vietnamese)
    pieces = re.sub(r"\{([^}]*)\}", r"\1", pieces)
    formatter.write_usage(ctx.command_path, pieces, prefix="Cách dùng: ")
    command.format_help_text(ctx, formatter)


def _write_params(command: Any, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    for param in command.get_params(ctx):
        record = param.get_help_record(ctx)
        if record is None:
            continue
        if param.param_type_name == "argument":
            repeated = "…" if param.nargs == -1 else ""
            arguments.append((f"{param.metavar}{repeated}", _translated(record[1])))
        else:
            value = f" {param.metavar}" if param.metavar else ""
            names = ", ".join(sorted((*param.opts, *param.secondary_opts), key=len))
            options.append((f"{names}{value}", _translated(record[1])))
    for title, rows in (("Tham số", arguments), ("Tùy chọn", options)):
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)


def _translated(text: str) -> str:
    for english, vietnamese in _TRANSLATED.items():
        text = text.replace(english, vietnamese)
    return text
