"""The history of a base in a Git repository: one commit a change, by whoever made it, and of nothing else."""

import os
import re
import shutil
import subprocess
from collections.abc import Collection
from pathlib import Path

from bot.storage import Member

PATIENCE = 60.0  # seconds
HOUSE = ("Một Cửa", "motcua@motcua.invalid")  # who carries a commit out; its author is the staff member
PLAIN = ("-c", f"core.hooksPath={os.devnull}", "-c", "commit.gpgSign=false", "-c", "core.fsmonitor=false")
MARKS = re.compile(r"[<>\x00-\x1f]")
NO_COMMIT = "Đã ghi tệp, nhưng chưa đưa được vào Git: {reason}. Hãy tự commit khi tiện."


def commit(folder: Path, names: Collection[str], member: Member, message: str) -> tuple[str | None, str]:
    """Commit these files; its number, or None and why not: "" where there is no repository.

    What others have added to the index stays there, and their files stay as they are.
    """
    git = shutil.which("git")
    if git is None or _run(git, folder, "rev-parse", "--is-inside-work-tree") != (0, "true"):
        return None, ""
    paths = sorted(names)
    kept = [path for path in paths if _run(git, folder, "ls-files", "--error-unmatch", "--", path)[0] == 0]
    new = [path for path in paths if path not in kept and (folder / path).exists()]
    steps = [("add", "--intent-to-add", "--", *new)] if new else []
    author = f"{_plain(member.name)} <{_plain(member.user) or 'console'}@motcua.invalid>"
    steps.append(("commit", "--quiet", "--only", "--author", author, "--message", message, "--", *kept, *new))
    for step in steps:
        code, told = _run(git, folder, *step)
        if code:
            return None, NO_COMMIT.format(reason=" ".join(told.split())[:200] or f"git {step[0]}")
    return _run(git, folder, "rev-parse", "HEAD")[1], ""


def _plain(text: str) -> str:
    return " ".join(MARKS.sub(" ", text).split())


def _run(git: str, folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and words of one command; nothing of the surroundings is heard: no shell, no hook, no prompt."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    name, mail = HOUSE
    told = {"GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": mail, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [git, "-C", str(folder), *PLAIN, *arguments],
            env=clean | told,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return 1, type(error).__name__
    return done.returncode, (done.stdout.strip() or done.stderr.strip())
