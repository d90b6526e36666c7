"""What each figure of a title weighs: learned by `python -m tests.benchmarks.thin`, never written by hand."""

WEIGHTS = {
    "constant": -10.262,
    "coverage": -0.701,
    "heard": 4.509,
    "filled": 4.325,
    "meant": 8.453,
    "likeness": 0.853,
    "nearness": 3.635,
    "pairs": 1.525,
    "evidence": 2.885,
    "told": 3.212,
    "hinted": 5.274,
    "unsaid": -1.256,
    "missed": 0.009,
    "length": 0.329,
    "commune": 1.214,
    "asked": 0.358,
    "unknown": -5.401,
}
