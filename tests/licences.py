"""What each installed library says of its own licence, and which libraries an installation of this program brings."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
FOR_DEVELOPERS = {"bench", "test"}  # extras that no office installs
# A program under Apache-2.0 may use both; what is under the second kind stays as its makers ship it, and replaceable.
PERMISSIVE = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-CMU",
    "PSF-2.0",
    "Unlicense",
    "Zlib",
}
OF_THE_LIBRARY = {"LGPL-3.0-only", "MPL-2.0"}
IN_FREE_WORDS = {
    "apache": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
    "bsd license": "BSD-3-Clause",
}
# Of these the metadata say nothing, too little, or something else than the licence file that the library brings.
READ_BY_HAND = {
    "click-default-group": "BSD-3-Clause",
    "langdetect": "Apache-2.0",
    "pysqlite3": "Zlib",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
}


def shipped() -> set[str]:
    """Every library that the program, or an extra for offices, brings here: those of the lock and what they ask for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (wanted for name, wanted in project["optional-dependencies"].items() if name not in FOR_DEVELOPERS)
    pins = re.findall(r"^[a-z0-9-]+(?:\[[a-z0-9,-]+\])?==[^\\]*", (ROOT / "requirements.lock").read_text("utf-8"), re.M)
    waiting = [Requirement(line) for line in (*pins, *project["dependencies"], *(d for ds in extras for d in ds))]
    found: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        for extra in ("", *wanted.extras):
            name = canonicalize_name(wanted.name)
            if (name, extra) not in found and (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
                found.add((name, extra))
                waiting += _asked_for(name, extra)
    return {name for name, _ in found}


def _asked_for(name: str, extra: str) -> list[Requirement]:
    asked = (Requirement(line) for line in distribution(name).requires or ())
    return [
        Requirement(str(one).partition(";")[0])
        for one in asked
        if one.marker is None or one.marker.evaluate({"extra": extra})
    ]


def licence_of(name: str) -> str:
    """The licence as an SPDX expression; "" where the library does not tell it."""
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    return told_by(*said_of(name))


def said_of(name: str) -> tuple[str, ...]:
    """What metadata say of the licence: in the field for it alone, else in free words and among the classifiers."""
    metadata = distribution(name).metadata
    if "License-Expression" in metadata:
        return (metadata["License-Expression"],)
    words = [metadata["License"]] if "License" in metadata else []
    classifiers = (line for line in metadata.get_all("Classifier") or () if line.startswith("License"))
    return (*words, *(line.rpartition(" :: ")[2] for line in classifiers))


def told_by(*said: str) -> str:
    """The first of these that is understood, as an SPDX expression; else what was said first."""
    known = (spdx for spdx in (IN_FREE_WORDS.get(words.lower(), words) for words in said) if is_known(spdx))
    return next(known, said[0] if said else "")


def is_known(expression: str) -> bool:
    """Whether a program under Apache-2.0 may use what is under this licence."""
    chosen = (set(part.split(" AND ")) for part in expression.split(" OR "))
    return any(parts <= PERMISSIVE | OF_THE_LIBRARY for parts in chosen)
