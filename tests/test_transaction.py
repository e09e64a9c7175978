"""Several files written, all or none: killed, refused, interrupted, contended, and continued."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from killing import Fault, fault_at_every_write, kill_at_every_write, tree
from kit import make_kho
from qtnb.errors import QtnbError
from qtnb.journal import JOURNAL_FILE, digest_of
from qtnb.locking import locked
from qtnb.scaffold.workspace import Agency, workspace_files
from qtnb.transaction import Change, commit, resume, unfinished

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")

WHAT = "phê duyệt quyết định danh-muc"
DONE = f"Đã hoàn tất việc bị dừng giữa chừng: {WHAT}."
DONE_BACK = f"Đã hoàn tất việc bị dừng giữa chừng: trả kho lại như trước khi {WHAT}."

BEFORE: dict[str, str | bytes] = {
    "quyet-dinh/danh-muc.yaml": "so: ''\n",
    "quy-trinh/a.yaml": "ten: A\n",
    "quy-trinh/cũ.yaml": "ten: Cũ\n",
}
AFTER: dict[str, str | None] = {
    "quyet-dinh/danh-muc.yaml": "so: '12'\n" * 2000,
    "quy-trinh/a.yaml": "ten: Á\n",
    "quy-trinh/cũ.yaml": None,
    "so-dang-ky.yaml": "quy_trinh: {}\n",
    "da-phe-duyet/2026/danh-muc.json": "{}\n",
}

COMMIT = f"""\
import os, sys
from pathlib import Path
from qtnb.errors import QtnbError
from qtnb.locking import locked
from qtnb.transaction import Change, commit, resume

def bytes_of(text):
    return None if text is None else text.encode()

goc = Path.cwd()
changes = [
    Change(Path(name), bytes_of({BEFORE!r}.get(name)), bytes_of(text)) for name, text in {AFTER!r}.items()
]

def write():
    try:
        with locked(goc):
            resume(goc)
            commit(goc, changes, {WHAT!r})
    except QtnbError as error:
        sys.stderr.write(f"{{error.message}}\\n{{error.hint}}\\n")
        return error.exit_code
    return 0
"""
RUN_COMMIT = f"{COMMIT}\nsys.exit(write())\n"
RUN_RESUME = f"{COMMIT}\nchanges = []\nsys.exit(write())\n"

Shape = dict[str, bytes | None]


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    goc = make_kho(tmp_path / "kho", BEFORE)
    (goc / "quy-trinh/a.yaml").chmod(0o640)
    return goc


@pytest.fixture
def before(kho: Path) -> Shape:
    return tree(kho)


@pytest.fixture
def after(before: Shape) -> Shape:
    shape = before | {name: text.encode() for name, text in AFTER.items() if text is not None}
    del shape["quy-trinh/cũ.yaml"]
    return shape | {"da-phe-duyet": None, "da-phe-duyet/2026": None}


def changes_of(kho: Path) -> list[Change]:
    def content(text: str | bytes | None) -> bytes | None:
        return text.encode() if isinstance(text, str) else text

    return [Change(kho / name, content(BEFORE.get(name)), content(text)) for name, text in AFTER.items()]


def contents(folder: Path) -> Shape:
    """The files of ``folder`` without its folders, as git sees it."""
    return {name: content for name, content in tree(folder).items() if content is not None}


def visible(shape: Shape) -> Shape:
    return {name: content for name, content in shape.items() if not Path(name).name.startswith(".qtnb-")}


def settled(kho: Path) -> str | None:
    with locked(kho):
        return resume(kho)


def test_every_file_gets_its_new_content_and_keeps_its_rights(kho: Path, after: Shape) -> None:
    with locked(kho):
        commit(kho, changes_of(kho), WHAT)
    assert tree(kho) == after
    assert (kho / "quy-trinh/a.yaml").stat().st_mode & 0o777 == 0o640
    assert unfinished(kho) is None
    assert settled(kho) is None


def test_nothing_to_change_writes_nothing(kho: Path) -> None:
    times = {path: path.stat().st_mtime_ns for path in [kho, *kho.rglob("*")]}
    commit(kho, [Change(Path("quy-trinh/a.yaml"), b"ten: A\n", b"ten: A\n")], WHAT)
    assert {path: path.stat().st_mtime_ns for path in [kho, *kho.rglob("*")]} == times


# Killed


def test_a_kill_at_any_write_leaves_the_kho_as_before_or_wholly_changed(kho: Path, before: Shape, after: Shape) -> None:
    ends = []
    states = []
    for end in kill_at_every_write([], kho, code=RUN_COMMIT):
        assert end.code == (-signal.SIGKILL if end.event else 0), end
        left = tree(kho)
        committed = JOURNAL_FILE in left
        told = unfinished(kho)
        assert tree(kho) == left, "to tell writes nothing"
        if committed:
            waiting = [name for name in AFTER if left.get(name) != after.get(name)]
            rest = f"còn {len(waiting)} tệp chưa được ghi" if waiting else "các tệp đã ghi đủ nhưng chưa dọn xong"
            assert told is not None
            assert told.message == f"Việc {WHAT} chưa xong: {rest}."
            assert list(told.waiting) == waiting
        else:
            assert told is None
            assert visible(left) in (before, after), end
        expected = after if committed or visible(left) == after else before
        assert settled(kho) == (DONE if committed else None), end
        assert tree(kho) == expected, end
        assert settled(kho) is None
        ends.append(end)
        states.append("committed" if committed else "after" if expected == after else "before")
    assert states.count("before") >= 15, ends
    assert states.count("committed") >= 10, ends
    assert states == sorted(states, key=["before", "committed", "after"].index), "one commit point"
    assert (kho / "quy-trinh/a.yaml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("stop", "fault"),
    [
        ("os.rename .qtnb-giao-dich.json", Fault.KILL),
        ("os.rename danh-muc.json", Fault.KILL),
        ("os.rename danh-muc.yaml", Fault.REFUSE_ALL),
    ],
)
def test_what_breaks_off_the_completion_loses_nothing_either(
    kho: Path, before: Shape, after: Shape, stop: str, fault: Fault
) -> None:
    call, name = stop.split()
    for end in kill_at_every_write([], kho, code=RUN_COMMIT):
        if end.event.startswith(call) and end.event.endswith(name):
            break
    committed = JOURNAL_FILE in tree(kho)
    for end in fault_at_every_write(fault, [], kho, code=RUN_RESUME):
        if fault is Fault.KILL:
            assert end.code == (-signal.SIGKILL if end.event else 0), end
        elif end.event:
            assert (end.code, end.err.splitlines()[0]) == (
                3,
                f"Việc {WHAT} đang dở dang: chưa ghi được hết các tệp (đĩa đã đầy).",
            )
        settled(kho)
        assert tree(kho) == (after if committed else before), end
    assert end.number > 1


def test_git_does_not_offer_what_a_kill_left(kho: Path) -> None:
    agency = Agency("Sở Nội vụ", "SỞ NỘI VỤ", "", "SNV", "so", "Hà Nội", "Giám đốc")
    (kho / ".gitignore").write_text(workspace_files(agency)[".gitignore"], encoding="utf-8")
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=kho, check=True)
    leftovers = 0
    for end in kill_at_every_write([], kho, code=RUN_COMMIT):
        if end.event.startswith(("write second", "os.rename")):
            status = subprocess.run(
                ["git", "status", "--porcelain", "-uall"], cwd=kho, check=True, capture_output=True, encoding="utf-8"
            ).stdout
            leftovers += any(Path(name).name.startswith(".qtnb-") for name in tree(kho))
            assert ".qtnb" not in status, end
    assert leftovers > 5


# Refused and interrupted


@pytest.mark.parametrize("fault", [Fault.REFUSE, Fault.REFUSE_ALL])
def test_a_refused_write_leaves_the_kho_as_before_or_says_that_it_is_unfinished(
    kho: Path, before: Shape, after: Shape, fault: Fault
) -> None:
    seen = set()
    for end in fault_at_every_write(fault, [], kho, code=RUN_COMMIT):
        left = tree(kho)
        if end.code == 0:
            seen.add("done")
            assert left == after, end
            continue
        assert end.code == 3, end
        message, hint = end.err.splitlines()
        if "kho vẫn như trước" in message:
            seen.add("before")
            assert message == f"Không ghi được vào kho “{kho}” (đĩa đã đầy); kho vẫn như trước khi {WHAT}."
            assert hint == "Kiểm tra quyền ghi và chỗ trống trên đĩa."
            assert (left if fault is Fault.REFUSE else visible(left)) == before, end
            assert settled(kho) is None
            assert tree(kho) == before, end
        else:
            seen.add("unfinished")
            assert message == f"Việc {WHAT} đang dở dang: chưa ghi được hết các tệp (đĩa đã đầy)."
            assert hint.endswith("qtnb làm nốt trước. Đừng xóa các tệp .qtnb-…")
            assert settled(kho) == DONE, end
            assert tree(kho) == after, end
    assert seen == {"before", "done"} | ({"unfinished"} if fault is Fault.REFUSE_ALL else set())


def test_an_interrupt_before_the_commit_point_undoes_and_after_it_comes_too_late(
    kho: Path, before: Shape, after: Shape
) -> None:
    codes = []
    for end in fault_at_every_write(Fault.INTERRUPT, [], kho, code=RUN_COMMIT):
        assert ("KeyboardInterrupt" in end.err) == (end.code != 0), end
        assert tree(kho) == (after if end.code == 0 else before), end
        codes.append(end.code)
    assert codes == sorted(codes, reverse=True)
    assert codes.count(1) >= 15
    assert codes.count(0) >= 10


def test_a_file_that_cannot_be_moved_puts_all_back(kho: Path, before: Shape, after: Shape) -> None:
    """Also when the run is killed while it puts them back."""
    said = set()
    for end in kill_at_every_write([], kho, code=RUN_COMMIT, held="so-dang-ky.yaml"):
        if end.event:
            said.add(settled(kho))
            assert contents(kho) in [{k: v for k, v in shape.items() if v is not None} for shape in (before, after)]
            continue
        assert end.code == 3
        assert end.err == (
            f"Không ghi được vào kho “{kho}” (tệp đang được chương trình khác dùng); "
            f"kho đã được trả lại như trước khi {WHAT}.\n"
            "Đóng các chương trình đang mở tệp của kho rồi chạy lại.\n"
        )
        assert tree(kho) == before
    assert said == {None, DONE, DONE_BACK}


def test_a_file_where_a_folder_is_needed_leaves_all_as_before(kho: Path) -> None:
    (kho / "da-phe-duyet").write_bytes(b"")
    before = tree(kho)
    with pytest.raises(QtnbError) as caught:
        commit(kho, changes_of(kho), WHAT)
    assert caught.value.message == (
        f"Không ghi được vào kho “{kho}” (tên thư mục cần tạo đã là tên một tệp); "
        f"kho đã được trả lại như trước khi {WHAT}."
    )
    assert tree(kho) == before


# Full and read-only disks, for real

FILE_LIMITS = f"""\
{COMMIT}
import json, resource, signal
action, limits = sys.argv[1], json.loads(sys.argv[2])
for limit in limits:
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.chdir(f"{{limit}}")
        goc = Path.cwd()
        signal.signal(signal.SIGXFSZ, getattr(signal, action))
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        os._exit(write())
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.parametrize(("action", "broken"), [("SIG_IGN", 3), ("SIG_DFL", -signal.SIGXFSZ)])
def test_where_files_may_not_grow_the_kho_stays_as_before(
    tmp_path: Path, before: Shape, after: Shape, action: str, broken: int
) -> None:
    """The kernel itself cuts a write short, or ends the process in the middle of it."""
    limits = [0, 1, 5, 6, 7, 8, 13, 14, 500, 1000, 1500, 4096, 10_000, 17_999, 18_000, 100_000]
    for limit in limits:
        make_kho(tmp_path / str(limit), BEFORE)
    done = subprocess.run(
        [sys.executable, "-c", FILE_LIMITS, action, json.dumps(limits)],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    codes = dict(zip(limits, map(int, done.stdout.split()), strict=True))
    assert set(codes.values()) == {0, broken}
    for limit, code in codes.items():
        kho = tmp_path / str(limit)
        assert visible(tree(kho)) == (after if code == 0 else before), limit
        assert settled(kho) is None
        assert tree(kho) == (after if code == 0 else before), limit


def in_a_namespace(folder: Path, script: str) -> list[str]:
    """Run Python text as root of a namespace of its own, where it may mount; its output lines."""
    enter = ["unshare", "--user", "--map-root-user", "--mount"]
    try:
        subprocess.run([*enter, "mount", "-t", "tmpfs", "none", folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"this machine lets nobody mount a file system of their own: {error}")
    done = subprocess.run(
        [*enter, sys.executable, "-c", f"{COMMIT}\n{MOUNTED}\n{textwrap.dedent(script)}"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


MOUNTED = f"""\
import subprocess
from killing import tree
from kit import make_kho
from qtnb.transaction import unfinished

def mount(*words):
    subprocess.run(["mount", *map(str, words)], check=True)

def fresh(*options):
    os.chdir("/")
    if os.path.ismount(top):
        subprocess.run(["umount", "-l", str(top)], check=True)
    mount("-t", "tmpfs", "-o", ",".join(("mode=755", *options)), "none", top)
    make_kho(top / "kho", {BEFORE!r})
    os.chdir(top / "kho")
    return Path.cwd()

top = Path.cwd()
sys.stderr = sys.stdout
"""


def test_a_full_disk_leaves_the_kho_as_before(tmp_path: Path) -> None:
    script = """
    def attempt(*options, filler=0):
        global goc
        goc = fresh(*options)
        before = tree(goc)
        (top / "filler").write_bytes(bytes(filler))
        code = write()
        after = tree(goc)
        print("unchanged" if after == before else "changed" if code == 0 and "so-dang-ky.yaml" in after else "BROKEN")

    page = 4096
    for used in range(13):
        attempt(f"size={16 * page}", filler=used * page)
    for inodes in range(10, 24):
        attempt("size=1m", f"nr_inodes={inodes}")
    """
    lines = in_a_namespace(tmp_path, script)
    outcomes = {line for line in lines if line in {"unchanged", "changed", "BROKEN"}}
    assert outcomes == {"unchanged", "changed"}, lines
    full = [line for line in lines if line.startswith("Không ghi được vào kho")]
    assert len(full) == lines.count("unchanged") >= 10
    assert all("(đĩa đã đầy); kho " in line for line in full), full


def test_a_read_only_disk_is_named_and_an_unfinished_write_waits_for_it(tmp_path: Path) -> None:
    script = """
    goc = fresh()
    mount("-o", "remount,ro", top)
    print(write())
    mount("-o", "remount,rw", top)
    if not os.fork():
        import signal
        sys.addaudithook(lambda event, args: event == "os.mkdir" and os.kill(os.getpid(), signal.SIGKILL))
        write()
    os.wait()
    mount("-o", "remount,ro", top)
    print(unfinished(goc).message)
    print(write())
    mount("-o", "remount,rw", top)
    print(resume(goc))
    print([name for name in tree(goc) if ".qtnb" in name])
    """
    goc = tmp_path / "kho"
    assert in_a_namespace(tmp_path, script) == [
        f"Không ghi được vào kho “{goc}” (ổ đĩa chỉ cho đọc); kho vẫn như trước khi {WHAT}.",
        "Kiểm tra quyền ghi và chỗ trống trên đĩa.",
        "3",
        f"Việc {WHAT} chưa xong: còn 5 tệp chưa được ghi.",
        f"Việc {WHAT} đang dở dang: chưa ghi được hết các tệp (ổ đĩa chỉ cho đọc).",
        ("Kiểm tra quyền ghi, chỗ trống trên đĩa rồi chạy lại lệnh: qtnb làm nốt trước. Đừng xóa các tệp .qtnb-…"),
        "3",
        DONE,
        "[]",
    ]


def test_a_file_that_the_system_will_not_replace_puts_all_back(tmp_path: Path) -> None:
    script = """
    goc = fresh()
    mount("--bind", "quy-trinh/a.yaml", "quy-trinh/a.yaml")
    before = tree(goc)
    print(write(), tree(goc) == before)
    """
    message, _, last = in_a_namespace(tmp_path, script)
    assert message == (
        f"Không ghi được vào kho “{tmp_path / 'kho'}” (tệp đang được chương trình khác dùng); "
        f"kho đã được trả lại như trước khi {WHAT}."
    )
    assert last == "3 True"


# Contended

ROUNDS = 40

RACE = """\
import sys
from pathlib import Path
from qtnb.errors import QtnbError
from qtnb.locking import locked
from qtnb.transaction import Change, commit, resume

me, rounds = sys.argv[1], int(sys.argv[2])
goc = Path.cwd()
names = [Path(name) for name in ("quyet-dinh/danh-muc.yaml", "quy-trinh/a.yaml", "so-dang-ky.yaml")]

def read():
    return [(goc / name).read_bytes() for name in names]

for turn in range(rounds):
    print("ready", flush=True)
    sys.stdin.readline()
    seen = read()
    try:
        with locked(goc, wait_seconds=60):
            resume(goc)
            old = read() if RE_READ else seen
            commit(goc, [Change(n, o, o + f"{me}{turn}\\n".encode()) for n, o in zip(names, old)], "ghi")
        print("wrote", flush=True)
    except QtnbError as error:
        assert "vừa bị chương trình khác sửa" in error.message, error
        print("refused", flush=True)
"""


def racing(kho: Path, *, re_read: bool) -> Iterator[tuple[list[str], list[str]]]:
    """Each round two processes write the same three files at once: what they say, and the lines of the files."""
    names = ["quyet-dinh/danh-muc.yaml", "quy-trinh/a.yaml", "so-dang-ky.yaml"]
    for name in names:
        (kho / name).write_bytes(b"")
    code = RACE.replace("RE_READ", str(re_read))
    runners = [
        subprocess.Popen(
            [sys.executable, "-c", code, me, str(ROUNDS)],
            cwd=kho,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for me in "ab"
    ]
    for _ in range(ROUNDS):
        for runner in runners:
            assert runner.stdout is not None
            assert runner.stdout.readline() == "ready\n"
        for runner in runners:
            assert runner.stdin is not None
            runner.stdin.write("\n")
            runner.stdin.flush()
        said = [runner.stdout.readline().strip() for runner in runners if runner.stdout]
        texts = {(kho / name).read_text(encoding="utf-8") for name in names}
        assert len(texts) == 1, "the files are of one write"
        yield said, texts.pop().splitlines()
    for runner in runners:
        runner.communicate(timeout=60)
        assert runner.returncode == 0


def test_of_two_writers_that_saw_the_same_files_one_wins(kho: Path) -> None:
    lines = 0
    refused = 0
    for said, text in racing(kho, re_read=False):
        assert "wrote" in said
        assert len(text) == lines + said.count("wrote")
        lines = len(text)
        refused += said.count("refused")
    assert refused >= 1
    assert [path.name for path in kho.rglob(".qtnb-*")] == []


def test_of_two_writers_that_read_under_the_lock_each_adds_to_the_other(kho: Path) -> None:
    for turn, (said, text) in enumerate(racing(kho, re_read=True)):
        assert said == ["wrote", "wrote"]
        assert sorted(text[-2:]) == [f"a{turn}", f"b{turn}"]
        assert len(text) == 2 * (turn + 1)


def test_a_kho_that_another_process_writes_to_is_not_waited_for_long(kho: Path) -> None:
    hold = (
        "import sys, pathlib\nfrom qtnb.locking import locked\n"
        "with locked(pathlib.Path.cwd()):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], cwd=kho, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(QtnbError) as caught, locked(kho, wait_seconds=0.05):
            pass
        assert caught.value.message == f"Một lệnh qtnb khác đang ghi vào kho “{kho}”."
        assert caught.value.hint == "Chờ lệnh kia xong rồi chạy lại."
        assert caught.value.exit_code == 3
        holder.kill()
    with locked(kho, wait_seconds=0):
        pass
    assert [path.name for path in kho.iterdir() if path.name.startswith(".")] == []


def test_a_child_that_outlives_the_block_does_not_keep_the_lock(kho: Path) -> None:
    ready, end = os.pipe(), os.pipe()
    with locked(kho):
        child = os.fork()
        if child == 0:
            os.write(ready[1], b"1")
            os.read(end[0], 1)
            os._exit(0)
        os.read(ready[0], 1)
    try:
        with locked(kho, wait_seconds=0):
            pass
    finally:
        os.write(end[1], b"1")
        os.waitpid(child, 0)


def test_a_folder_that_is_not_there_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(QtnbError) as caught, locked(tmp_path / "kho"):
        pass
    assert caught.value.message == f"Không mở được kho “{tmp_path / 'kho'}” để ghi."


# Refused before anything is written


@pytest.mark.parametrize(
    ("name", "old", "spoil", "message"),
    [
        ("quy-trinh/a.yaml", b"ten: B\n", None, "Tệp “{goc}/quy-trinh/a.yaml” vừa bị chương trình khác sửa."),
        ("quy-trinh/a.yaml", None, None, "Tệp “{goc}/quy-trinh/a.yaml” vừa bị chương trình khác sửa."),
        ("quy-trinh/mất.yaml", b"", None, "Tệp “{goc}/quy-trinh/mất.yaml” vừa bị chương trình khác sửa."),
        (
            "so-dang-ky.yaml",
            b"",
            lambda goc: (goc / "so-dang-ky.yaml").symlink_to("qtnb.yaml"),
            "qtnb không ghi vào “{goc}/so-dang-ky.yaml”: đó không phải là tệp thường.",
        ),
        (
            "da-phe-duyet/a.json",
            None,
            lambda goc: (goc / "da-phe-duyet").symlink_to(goc.parent),
            (
                "qtnb không ghi vào “da-phe-duyet/a.json”: "
                "đó là tệp ẩn hoặc nằm sau một liên kết (symlink) ra ngoài kho."
            ),
        ),
        (
            "quy-trinh/.a.yaml",
            None,
            None,
            "qtnb không ghi vào “quy-trinh/.a.yaml”: đó là tệp ẩn hoặc nằm sau một liên kết (symlink) ra ngoài kho.",
        ),
        (
            "quy-trinh/a.yaml",
            b"ten: A\n",
            lambda goc: (goc / JOURNAL_FILE).write_bytes(b""),
            "Lần ghi trước vào kho “{goc}” chưa xong.",
        ),
    ],
)
def test_a_change_that_does_not_fit_what_is_there_is_refused(
    kho: Path, name: str, old: bytes | None, spoil: Callable[[Path], object] | None, message: str
) -> None:
    if spoil is not None:
        spoil(kho)
    before = tree(kho)
    with pytest.raises(QtnbError) as caught:
        commit(kho, [Change(Path("qtnb.yaml"), before["qtnb.yaml"], b""), Change(Path(name), old, b"1")], WHAT)
    assert caught.value.message == message.format(goc=kho)
    assert tree(kho) == before


def test_a_file_changed_while_the_write_is_prepared_is_seen(kho: Path) -> None:
    code = f"""\
{COMMIT}
def edit(event, args):
    if event == "open" and ".qtnb-gd-" in str(args[0]):
        Path("quy-trinh/a.yaml").write_bytes("ten: của tôi\\n".encode())

sys.addaudithook(edit)
sys.exit(write())
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=kho, capture_output=True, encoding="utf-8", check=False)
    message = f"Tệp “{kho}/quy-trinh/a.yaml” vừa bị chương trình khác sửa.\nChạy lại lệnh.\n"
    assert (done.returncode, done.stderr) == (3, message)
    assert tree(kho).keys() == {"qtnb.yaml", "quy-trinh", "quyet-dinh", *BEFORE}
    assert (kho / "quy-trinh/a.yaml").read_text(encoding="utf-8") == "ten: của tôi\n"


def test_a_path_outside_the_kho_or_named_twice_is_an_error_of_the_program(kho: Path) -> None:
    for changes in (
        [Change(kho.parent / "a.yaml", None, b"")],
        [Change(kho / "a.yaml", None, b"1"), Change(Path("a.yaml"), None, b"2")],
    ):
        with pytest.raises(ValueError, match=r"is not in the subpath|one change for each file"):
            commit(kho, changes, WHAT)


# Continued


def stopped(kho: Path) -> Path:
    """Kill a write of ``kho`` right after its commit point; its journal."""
    child = os.fork()
    if child == 0:
        sys.addaudithook(_die_at_mkdir)
        commit(kho, changes_of(kho), WHAT)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    return kho / JOURNAL_FILE


def _die_at_mkdir(event: str, _: object) -> None:
    if event == "os.mkdir":
        os.kill(os.getpid(), signal.SIGKILL)


def refused_continuation(kho: Path) -> QtnbError:
    """What resume says; it has changed nothing."""
    before = tree(kho)
    told = unfinished(kho)
    with pytest.raises(QtnbError) as caught:
        settled(kho)
    assert tree(kho) == before
    assert told is not None
    assert told.journal is None
    assert (told.message, told.hint) == (caught.value.message, caught.value.hint)
    assert caught.value.exit_code == 3
    return caught.value


def test_a_file_that_a_person_changed_meanwhile_is_not_overwritten(kho: Path) -> None:
    stopped(kho)
    (kho / "quy-trinh/a.yaml").write_text("ten: của tôi\n", encoding="utf-8")
    error = refused_continuation(kho)
    assert error.message == (
        f"Việc {WHAT} bị dừng giữa chừng và không làm nốt được: tệp “quy-trinh/a.yaml” đã bị sửa từ lúc đó."
    )
    assert error.hint == f"Khôi phục các tệp của kho bằng git, xóa {JOURNAL_FILE} rồi chạy lại lệnh."
    (kho / "quy-trinh/a.yaml").write_text("ten: A\n", encoding="utf-8")
    assert settled(kho) == DONE


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_new_content_that_was_lost_meanwhile_is_missed(kho: Path, spoil: Callable[[Path], object]) -> None:
    stopped(kho)
    for path in kho.glob("quyet-dinh/.qtnb-gd-*"):
        spoil(path)
    assert refused_continuation(kho).message == (
        f"Việc {WHAT} bị dừng giữa chừng và không làm nốt được: "
        "tệp tạm giữ nội dung mới của “quyet-dinh/danh-muc.yaml” đã mất hoặc đã bị sửa."
    )


def test_only_what_a_killed_write_left_is_swept(kho: Path) -> None:
    name = ".qtnb-gd-0123456789abcdef"
    swept = [kho / name, kho / "quy-trinh" / name]
    kept = [
        kho / ".qtnb-0123456789abcdef",  # of one file that another command writes right now
        kho / ".qtnb-gd-0123456789abcdef.yaml",
        kho / ".git" / name,
        kho / "kho-khác" / name,
        kho / "kho-khác/qtnb.yaml",
        kho / "quyet-dinh" / name,
    ]
    for path in (*swept, *kept[:-1]):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    kept[-1].symlink_to("danh-muc.yaml")
    assert settled(kho) is None
    assert [path for path in swept if path.exists()] == []
    assert [path for path in kept if not path.exists()] == []


# A journal from a stranger

_UNUSABLE = "có nội dung bị hỏng hoặc bị cắt cụt"
_NOT_OURS = "nêu đường dẫn “{}” không dành cho tệp của kho"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"phien_ban": 1', '"phien_ban": 2', "do một phiên bản qtnb mới hơn ghi"),
        ('"phien_ban": 1', '"phien_ban": true', _UNUSABLE),
        ('"phien_ban": 1', '"phien_ban": "1"', _UNUSABLE),
        ('"phien_ban": 1', f'"phien_ban": {"9" * 5000}', _UNUSABLE),
        ('"phien_ban": 1', '"phien_ban": 1, "khac": 1', _UNUSABLE),
        ('"quy-trinh/a.yaml"', '"../a.yaml"', _NOT_OURS.format("../a.yaml")),
        ('"quy-trinh/a.yaml"', '"quy-trinh/../../a.yaml"', _NOT_OURS.format("quy-trinh/../../a.yaml")),
        ('"quy-trinh/a.yaml"', '"/etc/passwd"', _NOT_OURS.format("/etc/passwd")),
        ('"quy-trinh/a.yaml"', '".git/config"', _NOT_OURS.format(".git/config")),
        ('"quy-trinh/a.yaml"', '"ngoài/a.yaml"', _NOT_OURS.format("ngoài/a.yaml")),
        ('"quy-trinh/a.yaml"', '"vòng/a.yaml"', _NOT_OURS.format("vòng/a.yaml")),
        ('"quy-trinh/a.yaml"', '""', _NOT_OURS.format("")),
        ('"quy-trinh/a.yaml"', '"a\\u0000\\u001b[31m"', _NOT_OURS.format("a\ufffd\ufffd[31m")),
        ('"quy-trinh/a.yaml"', '"\\ud800"', _UNUSABLE),
        ('"so-dang-ky.yaml"', f'"{"a" * 300}"', "nêu những tệp không đọc được"),
        ('"quy-trinh/a.yaml"', '"quy-trinh//a.yaml"', _UNUSABLE),
        ('"quy-trinh/a.yaml"', '"quy-trinh/cũ.yaml"', _UNUSABLE),
        ('"quy-trinh/a.yaml"', "5", _UNUSABLE),
        ('"quy-trinh/.qtnb-gd-', '"../.qtnb-gd-', "nêu tệp tạm “"),
        ('"quy-trinh/.qtnb-gd-', '"quyet-dinh/.qtnb-gd-', "nêu tệp tạm “"),
        ('"quy-trinh/.qtnb-gd-', '"quy-trinh/qtnb-gd-', "nêu tệp tạm “"),
        ('"cu": null', '"cu": ""', _UNUSABLE),
        ('"cu": null', '"cu": {}', _UNUSABLE),
        ('"tep": [', '"tep": [5, ', _UNUSABLE),
        ("{", "[" * 100_000, _UNUSABLE),
    ],
)
def test_a_journal_that_is_not_wholly_ours_is_never_followed(
    kho: Path, tmp_path: Path, old: str, new: str, reason: str
) -> None:
    path = stopped(kho)
    (kho / "ngoài").symlink_to(tmp_path)
    (kho / "vòng").symlink_to("vòng")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    error = refused_continuation(kho)
    assert error.message.startswith(f"Tệp {JOURNAL_FILE} của kho {reason}")
    assert error.hint == f"Xem git status, khôi phục các tệp bị ghi dở (nếu có), rồi xóa {JOURNAL_FILE}."


def test_two_places_do_not_share_one_new_content_and_none_is_absolute(kho: Path) -> None:
    path = stopped(kho)
    text = path.read_text(encoding="utf-8")
    shared, times = re.subn(r'": "\.qtnb-gd-[0-9a-f]{16}"', '": ".qtnb-gd-0123456789abcdef"', text)
    assert times == 2
    path.write_text(shared, encoding="utf-8")
    assert refused_continuation(kho).message == f"Tệp {JOURNAL_FILE} của kho {_UNUSABLE}."
    path.write_text(text.replace('"quy-trinh/', f'"{kho}/quy-trinh/'), encoding="utf-8")
    assert f"nêu đường dẫn “{kho}"[:60] in refused_continuation(kho).message


def test_new_content_is_not_taken_from_outside_for_a_place_that_leads_back_inside(kho: Path, tmp_path: Path) -> None:
    path = stopped(kho)
    (kho / "ngoài").symlink_to(tmp_path)
    (tmp_path / "trong").symlink_to(kho / "quy-trinh")
    text = path.read_text(encoding="utf-8")
    text = text.replace("quy-trinh/a.yaml", "ngoài/trong/a.yaml").replace("quy-trinh/.qtnb", "ngoài/.qtnb")
    path.write_text(text, encoding="utf-8")
    for temporary in kho.glob("quy-trinh/.qtnb-gd-*"):
        temporary.rename(tmp_path / temporary.name)
    assert "nêu tệp tạm “ngoài/.qtnb-gd-" in refused_continuation(kho).message


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.symlink_to("qtnb.yaml"), "không phải là tệp thường"),
        (lambda path: path.mkdir(), "không phải là tệp thường"),
        (os.mkfifo, "không phải là tệp thường"),
        (lambda path: path.write_bytes(bytes(17 << 20)), "quá lớn"),
        (lambda path: path.write_bytes(b"\xff\xfe\x00"), _UNUSABLE),
        (lambda path: path.write_bytes(b"{}"), _UNUSABLE),
        (lambda path: path.write_bytes(b'{"phien_ban": 1, "viec": "", "tep": []}'), _UNUSABLE),
    ],
)
def test_what_is_no_journal_is_named_and_left_alone(kho: Path, make: Callable[[Path], object], reason: str) -> None:
    make(kho / JOURNAL_FILE)
    told = unfinished(kho)
    assert told is not None
    assert told.message == f"Tệp {JOURNAL_FILE} của kho {reason}."
    with pytest.raises(QtnbError, match=reason):
        settled(kho)
    assert os.path.lexists(kho / JOURNAL_FILE)


def test_a_journal_cut_short_anywhere_is_never_followed(kho: Path) -> None:
    path = stopped(kho)
    whole = path.read_bytes()
    before = visible(tree(kho))
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        told = unfinished(kho)
        assert told is not None
        assert told.message == f"Tệp {JOURNAL_FILE} của kho {_UNUSABLE}.", length
    with pytest.raises(QtnbError):
        settled(kho)
    assert visible(tree(kho)) == before


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["dich", "tam", "cu", "moi", "x"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_in_a_journal_ends_in_one_sentence(kho: Path, data: st.DataObject) -> None:
    content = {
        "phien_ban": data.draw(st.just(1) | _JSON),
        "viec": data.draw(st.text(max_size=5) | _JSON),
        "tep": data.draw(
            _JSON
            | st.lists(
                st.fixed_dictionaries(
                    {
                        "dich": st.sampled_from(["quy-trinh/a.yaml", "../b", "so-dang-ky.yaml"]) | _JSON,
                        "tam": st.sampled_from([None, ".qtnb-gd-0123456789abcdef"]) | _JSON,
                        "cu": st.sampled_from([None, digest_of(kho / "quy-trinh/a.yaml")]) | _JSON,
                        "moi": st.sampled_from([None, "0" * 64]) | _JSON,
                    }
                ),
                max_size=2,
            )
        ),
    }
    (kho / JOURNAL_FILE).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8", "surrogatepass")
    told = unfinished(kho)
    assert told is not None
    assert told.message.isprintable()


def test_a_name_that_is_no_text_is_written_and_continued(kho: Path) -> None:
    name = os.fsdecode(b"quy-trinh/\xff.yaml")
    code = f"{COMMIT}\nchanges = [Change(Path({name!r}), None, b'1')]\nsys.exit(write())\n"
    for end in kill_at_every_write([], kho, code=code):
        settled(kho)
        expected = end.event.startswith("os.remove") or not end.event
        assert (kho / name).exists() >= expected, end
    assert (kho / name).read_bytes() == b"1"
