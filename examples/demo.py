"""Validates, numbers and renders the example kho into a folder outside the checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent
QTNB = Path(sys.executable).with_name("qtnb")


def main(folder: Path) -> int:
    """Copy the examples to ``folder``, run the daily commands there, and say where the documents lie."""
    kho = folder / "kho"
    for name in ("so-noi-vu", "phuong-mau"):
        shutil.copytree(EXAMPLES / name, kho / name)
    documents = folder / "van-ban"
    for command in (["validate", kho], ["number", kho], ["render", kho, "-q", "-o", documents]):
        words = [str(word) for word in command]
        sys.stdout.write(f"$ qtnb {' '.join(words)}\n")
        sys.stdout.flush()
        code = subprocess.run([QTNB, *words], check=False).returncode  # noqa: S603 - our own program
        if code:
            return code
    count = len(list(documents.rglob("*.docx")))
    sys.stdout.write(f"\n{count} văn bản Word nằm tại: {documents}\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1] if sys.argv[1:] else tempfile.mkdtemp(prefix="qtnb-demo-")).resolve()))
    except FileExistsError as error:
        sys.exit(f"Thư mục đã có nội dung: {error.filename}. Chọn một thư mục mới.")
    except OSError as error:
        sys.exit(f"Không ghi được: {error.filename}.")
