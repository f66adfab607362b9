"""``python -m tests.corpus [SET …] [--errors]``: the reader's figures on the labelled sets."""

import sys

from tests.corpus import score
from tests.corpus.figures import SETS, doubts_of, read_set, scored


def main(arguments: list[str]) -> int:
    """The exit status: 2 for an unknown set, else 0."""
    errors = "--errors" in arguments
    names = [argument for argument in arguments if argument != "--errors"] or list(SETS)
    if unknown := set(names) - set(SETS):
        print(f"no such set: {', '.join(sorted(unknown))}; there are {', '.join(SETS)}", file=sys.stderr)
        return 2
    for name in names:
        predicted = read_set(name)
        print(f"\n{name}")
        score.show(scored(name, predicted), errors)
        doubts = doubts_of(name, predicted)
        print(
            f"  doubted {doubts.doubted} of {doubts.read} ({doubts.share:.1%});"
            f" fully right of those without a doubt: {doubts.precision:.1%}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
