"""What must be said in the same breath as a number of urgings, as an SQL expression."""

from models.follow_up.sweep.sql.inserts import concatenated
from rules.deadlines.wording import (
    BOTH,
    UNREACHED_ALL,
    UNREACHED_ONCE,
    UNREACHED_SOME,
    UNSURE_ALL,
    UNSURE_ONCE,
    UNSURE_SOME,
)

_CASES = (
    ("unreached > 0 AND unsure > 0", BOTH),
    ("unreached = 1 AND urged = 1", UNREACHED_ONCE),
    ("unreached >= urged AND unreached > 0", UNREACHED_ALL),
    ("unreached > 0", UNREACHED_SOME),
    ("unsure = 1 AND urged = 1", UNSURE_ONCE),
    ("unsure >= urged AND unsure > 0", UNSURE_ALL),
    ("unsure > 0", UNSURE_SOME),
)


def unheard_words() -> str:
    """``rules.deadlines.wording.unheard_words`` of the columns ``urged``, ``unreached`` and ``unsure``."""
    cases = (
        f"WHEN {condition} THEN {concatenated(words, unreached='unreached', unsure='unsure')}"
        for condition, words in _CASES
    )
    return "CASE\n" + "\n".join(cases) + "\nELSE '' END"
