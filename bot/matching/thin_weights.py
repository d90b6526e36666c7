"""What each figure of a title weighs: learned by `python -m tests.benchmarks.thin`, never written by hand."""

WEIGHTS = {
    "constant": -10.047,
    "coverage": -0.678,
    "heard": 3.752,
    "filled": 4.587,
    "meant": 8.294,
    "likeness": 1.238,
    "nearness": 3.427,
    "pairs": 1.486,
    "evidence": 2.464,
    "told": 3.813,
    "hinted": 5.462,
    "unsaid": -1.239,
    "missed": 0.054,
    "length": 0.339,
    "commune": 1.253,
    "asked": 0.252,
    "unknown": -4.600,
}
