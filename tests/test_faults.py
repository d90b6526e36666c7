"""The short run of the fault driver: nothing lost, doubled, out of order or unanswered, and the control fails."""

import pytest

from tests.faults.scenarios import Run, runs
from tests.faults.stub import Sent
from tests.faults.tally import Asked, Outcome, disordered, said_twice, table


@pytest.mark.parametrize("run", [pytest.param(run, id=name) for name, run in runs(long=False)])
def test_nothing_is_lost_whatever_breaks(run: Run) -> None:
    outcome = run()
    if outcome.ours:
        assert outcome.clean, table([outcome])
    else:
        assert not outcome.clean, "the control fails at nothing: this proves nothing"


def test_what_goes_wrong_is_counted() -> None:
    asked = [Asked(1, 10, 100), Asked(1, 11, 101), Asked(2, 12, 102)]
    sent = [Sent(1, 11, "b"), Sent(1, 10, "a"), Sent(2, 12, "c"), Sent(2, 12, "c")]
    assert disordered(asked, [100, 101, 102], sent) == 1
    assert disordered(asked, [101, 100, 102], []) == 1
    assert said_twice(sent) == 1
    bad = Outcome("x", "polling", 3, 0, 1, 2, 3, 4, 0, 0, 1.0)
    assert not bad.clean
    assert table([bad]).endswith("\nlost 1, doubled 2, out of order 3, unanswered 4")
