"""The reader's figures on the labelled sets, and the teaching of its judge.

``python -m tests.corpus [SET …] [--errors]``: every set, or those that are named.
``python -m tests.corpus genres``: all sets by genre, with a judge that has not seen the genre.
``python -m tests.corpus judge``: learn the judge's weights from the sets and store them.
"""

import sys
from statistics import median

from tests.corpus import genres, learn, score
from tests.corpus.figures import SETS, doubts_of, left_over_in, read_set, scored


def main(arguments: list[str]) -> int:
    """The exit status: 2 for an unknown set, else 0."""
    if arguments == ["genres"]:
        for line in genres.lines():
            print(line, flush=True)
        return 0
    if arguments == ["judge"]:
        learn.write(learn.ours())
        return 0
    errors = "--errors" in arguments
    names = [argument for argument in arguments if argument != "--errors"] or list(SETS)
    if unknown := set(names) - set(SETS):
        print(f"no such set: {', '.join(sorted(unknown))}; there are {', '.join(SETS)}", file=sys.stderr)
        return 2
    for name in names:
        _show(name, errors)
    return 0


def _show(name: str, errors: bool) -> None:
    predicted = read_set(name)
    print(f"\n{name}")
    score.show(scored(name, predicted), errors)
    doubts = doubts_of(name, predicted)
    left = left_over_in(name)
    print(
        f"  doubted {doubts.doubted} of {doubts.read} ({doubts.share:.1%});"
        f" fully right of those without a doubt: {doubts.precision:.1%}\n"
        f"  sentences left over, a document: median {median(left):g}, most {max(left)}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
