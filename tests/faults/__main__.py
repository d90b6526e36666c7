"""`python -m tests.faults [--long]`: exit code 1 unless nothing is lost, doubled, out of order or unanswered.

The control, stock python-telegram-bot, must lose something: what cannot fail proves nothing.
"""

import sys

from tests.faults.scenarios import runs
from tests.faults.tally import Outcome, table


def main(long: bool) -> int:
    """Run all, telling of each as it ends."""
    outcomes: list[Outcome] = []
    for name, run in runs(long):
        one = run()
        outcomes.append(one)
        sys.stderr.write(f"{name}: {one.seconds:.0f} s, {'clean' if one.clean else 'NOT CLEAN'}\n")
    sys.stdout.write(table(outcomes) + "\n")
    controls = [one for one in outcomes if not one.ours]
    if any(one.clean for one in controls):
        sys.stderr.write("the control fails at nothing: this run proves nothing\n")
        return 1
    return 0 if all(one.clean for one in outcomes if one.ours) else 1


if __name__ == "__main__":
    sys.exit(main("--long" in sys.argv[1:]))
