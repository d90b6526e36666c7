"""An edit tried on a copy before anybody sees it: its faults, test questions that get worse, answers that change."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.editing.folder import Changes, as_changed, refused
from bot.errors import MotCuaError
from bot.review.asking import BATCH, Asked, Bases, Batch, Progress, TestAsked, askers, unheard
from bot.review.edits import Edit, contents, own_base
from bot.review.stage import Stage
from bot.trial import Verdict

LOGGED = 10_000  # distinct questions of the log that are asked again
MEND = "Hãy sửa các chỗ sau rồi thử lại."
BEST_FIRST = (Verdict.RIGHT, Verdict.QUIET, Verdict.HELPED, Verdict.OFFERED, Verdict.MISSED, Verdict.WRONG)


@dataclass(frozen=True)
class Rehearsal:
    """What an edit would change: `files` are the digests of the whole base, `former` the bytes of what changes.

    `tests` are test questions with another answer, `logged` those of the log, `wordings` those that were asked for.
    """

    changes: Changes
    files: Mapping[str, str]
    former: Mapping[str, bytes | None]
    tests: tuple[TestAsked, ...] = ()
    logged: tuple[Asked, ...] = ()
    wordings: tuple[Asked, ...] = ()
    tested: int = 0
    asked: int = 0

    @property
    def worse(self) -> tuple[TestAsked, ...]:
        """Test questions that get a worse answer than before; a new one, where it is not answered rightly."""
        return tuple(test for test in self.tests if _rank(test.after.verdict) > _rank(test.before.verdict))

    @property
    def unproven(self) -> tuple[TestAsked, ...]:
        """Questions that were learned, and are not answered rightly."""
        return tuple(t for t in self.tests if t.after.question.learned and t.after.verdict is not Verdict.RIGHT)

    def left(self, entry: str) -> tuple[str, ...]:
        """Those of `wordings` that an entry does not answer at once."""
        return tuple(asked.question for asked in self.wordings if not asked.answered_by(entry))

    @property
    def lines(self) -> tuple[str, str]:
        """The lines that go, and those that come, for the audit."""
        told = [line for line in self.diff.splitlines() if not line.startswith(("--- ", "+++ ", "@@"))]
        gone, come = ([line for line in told if line.startswith(sign)] for sign in "-+")
        return "\n".join(gone), "\n".join(come)

    @property
    def diff(self) -> str:
        """The lines that change, as people compare files."""
        return "".join(line for name in self.changes for line in _diff(name, self.former[name], self.changes[name]))


def rehearse(
    edit: Edit,
    stage: Stage,
    logged: Sequence[str] = (),
    wordings: Sequence[str] = (),
    progress: Progress = unheard,
) -> Rehearsal:
    """Try an edit; faults are raised with file, line, key and the wanted form. `logged`: the newest first.

    `progress` hears how many questions of how many are done.
    """
    own_base(stage.folder)
    seen = contents(stage.folder)
    changes = edit.changes(stage)
    former = {name: _bytes(stage.folder / name) for name in changes}
    if not changes:
        return Rehearsal({}, seen, {})
    texts = tuple(dict.fromkeys(logged))[:LOGGED]
    with as_changed(stage.folder, changes) as copy:
        pair = Bases(stage, copy)
        with askers(pair, len(texts) + stage.tests) as asking:
            faults = asking.faults()
            if faults:
                raise refused(faults, MEND)
            tested = asking.tests()
            found = asking.ask(list(_batches(tested, texts, tuple(wordings))), progress)
    asked = [one for part in found[1:] for one in part.asked]
    tests = [test for part in found for test in part.tests]
    return Rehearsal(changes, seen, former, tuple(tests), tuple(asked), found[0].asked, tested, len(texts))


def _batches(tests: int, texts: tuple[str, ...], wordings: tuple[str, ...]) -> Iterator[Batch]:
    yield Batch(texts=wordings, all=True)
    for start in range(0, tests, BATCH):
        yield Batch(tests=(start, min(start + BATCH, tests)))
    for start in range(0, len(texts), BATCH):
        yield Batch(texts=texts[start : start + BATCH])


def _rank(verdict: Verdict) -> int:
    return BEST_FIRST.index(verdict) if verdict in BEST_FIRST else len(BEST_FIRST)


def _diff(name: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    old, new = ((raw or b"").decode("utf-8", "replace").splitlines(keepends=True) for raw in (before, after))
    for line in difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", n=1):
        yield line if line.endswith("\n") else f"{line}\n"


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise MotCuaError(f"Không đọc được {path}: {error.strerror}. Hãy xem quyền đọc của tệp.") from error
