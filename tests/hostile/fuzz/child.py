"""The process that tries seeds: ``python -m tests.hostile.fuzz.child KIND FOLDER FIRST [COUNT]``.

Tells each seed before and after on the standard output, a line each of JSON; whatever else is printed goes to
the standard error.
"""

import json
import os
import sys
import traceback
from itertools import count
from pathlib import Path

from tests.hostile.fuzz.kinds import opened


def main(kind: str, folder: str, first: str, many: str = "0") -> None:
    """Try seeds from ``first`` on, ``many`` of them, or until killed."""
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    seeds = range(int(first), int(first) + int(many)) if int(many) else count(int(first))
    with opened(kind, Path(folder)) as attempt:
        for seed in seeds:
            print(json.dumps({"begin": seed}), file=told, flush=True)
            try:
                wrong = attempt(seed)
            except Exception:  # what nobody expects is what is looked for
                wrong = traceback.format_exc()[-2000:]
            print(json.dumps({"end": seed, "wrong": wrong}), file=told, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
