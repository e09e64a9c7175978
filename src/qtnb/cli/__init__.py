"""The command line: declares options, calls one function for each command, prints what it gets back."""

import os
import sys
import traceback
from typing import NoReturn

import typer

# isort: off
# Each declares its commands; the help lists them in this order.
from qtnb.cli import workspace, checking, catalogue, approval, rollup  # noqa: F401

# isort: on
from qtnb.cli.app import app
from qtnb.cli_help import UsageError, asks_for_help, usage_message
from qtnb.errors import QtnbError


def main() -> NoReturn:
    """Run the program; the exit code is that of cli.md."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    code = run()
    sys.stdout.flush()
    sys.stderr.flush()
    # Nothing is left to clean up; taking the interpreter apart costs a tenth of a short run.
    os._exit(code)


def run() -> int:
    """Run the program on ``sys.argv``; what it returns is the exit code."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except QtnbError as error:
        sys.stderr.write("".join(f"{sentence}\n" for sentence in error.done))
        _complain(error.message, error.hint)
        return error.exit_code
    except UsageError as error:
        if asks_for_help(error):
            sys.stdout.write(f"{error}\n")
            return 2
        _complain(usage_message(error), "Xem cách dùng: qtnb --help")
        return 2
    except (KeyboardInterrupt, typer.Abort):
        _complain("Đã dừng theo yêu cầu.", "")
        return 130
    except BrokenPipeError:
        # The reader of our output has left; leave quietly, and keep Python from trying again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        # What a command reads and writes is reported where it happens; this is its own output.
        _complain(
            f"Không ghi được kết quả: {error.strerror or error}.", "Kiểm tra chỗ trống trên đĩa, nơi nhận kết quả."
        )
        return 3
    except Exception:  # noqa: BLE001 - our own bug: the traceback is the report, the exit code tells CI
        traceback.print_exc()
        _complain("Lỗi bên trong qtnb.", "Gửi đoạn trên cho nhóm phát triển qtnb.")
        return 3
    return code if isinstance(code, int) else 0


def _complain(message: str, hint: str) -> None:
    sys.stderr.write(f"qtnb: {message}\n" + (f"  → {hint}\n" if hint else ""))
