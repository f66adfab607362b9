"""What nobody in the product calls: functions, classes and imports that only tests know, or nobody.

``make check`` runs it. Whatever may stay says why; a name that is used again leaves the list.
"""

import sys
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("rules", "config", "models", "notifications", "flows", "web")
KINDS = {"function", "class", "method", "property", "import", "unreachable_code"}
#: Called by a framework; a payload whose letters only the sweep's SQL writes is in the table by its row, a
#: channel's plugin by the row that names its module.
CALLED_FROM_OUTSIDE = [
    "@router.*", "@app.*", "@*.command*", "@field_validator*", "@model_validator*", "@row", "@plugin_of"
]  # fmt: skip
#: The table that imports register, and the stand-ins whose misbehaviour the tests ask for.
LEFT_OUT = ("models/migrations/", "models/installation/database_copy.py", "notifications/sandbox/")
MAY_STAY = {
    # The rule for one task, to which tests hold the sweep's and the digest's SQL.
    "build_digest", "capped", "crossing_text", "digest_matter", "due_notice", "late_step", "reach_of",
    "replay",
    # Written by SQL, or asked by name: a table, Pydantic, whoever would send colours.
    "TaskCrossing", "settings_customise_sources", "isatty",
    # What a form's parser and uvicorn's protocol call of ours.
    "Line", "on_end", "on_field_end", "send_400_response",
    # The tests' own doors: every setting of the policy, the shipped calendar; lines open between two tests,
    # and the tries at passwords that one process has counted.
    "hang_up_all", "load_calendar", "policy_paths", "forget_all",
    # Asked by templates.
    "is_keeper",
}  # fmt: skip


def main() -> int:
    """The exit status: 1 when something is dead, or a name of the list is not."""
    found = Vulture(ignore_decorators=CALLED_FROM_OUTSIDE)
    found.scavenge([str(ROOT / floor) for floor in FLOORS])
    dead = {
        item.name: f"{item.filename.relative_to(ROOT)}:{item.first_lineno}: unused {item.typ} {item.name}"
        for item in found.get_unused_code(min_confidence=60)
        if item.typ in KINDS and not str(item.filename.relative_to(ROOT)).startswith(LEFT_OUT)
    }
    told = [words for name, words in dead.items() if name not in MAY_STAY]
    told += [f"{Path(__file__).name}: {name} is used, and needs no leave" for name in MAY_STAY - dead.keys()]
    print("\n".join(sorted(told)) or "no dead code")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
