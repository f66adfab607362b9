"""Figures of one labelled set: found, right, and how honest the doubts are."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from config.agencies import load_register
from config.work_calendar import load_calendar
from flows.actions.reading.draft_file import draft_to_json
from rules.draft import LEFT_OVER
from rules.people.registry import Registry
from rules.reading import read_text
from tests.corpus import score

CORPUS = Path(__file__).parent
SETS = ("dev", "second", "third", "fourth", "fifth", "sixth", "real", "seventh")
_FIELDS = ("lead", "cooperate")

Scored = dict[str, Any]  # what score.py tells of a set: "overall", "by_kind", "documents", "errors"
Directives = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Doubts:
    """How many directives were read, how many bear a doubt, how many of the others are fully right."""

    read: int
    doubted: int
    right_of_sure: int

    @property
    def share(self) -> float:
        """Doubted directives among all, 0 to 1; none of none."""
        return self.doubted / max(self.read, 1)

    @property
    def precision(self) -> float:
        """Fully right directives among those without a doubt, 0 to 1."""
        return self.right_of_sure / max(self.read - self.doubted, 1)


def read_set(name: str) -> dict[str, Directives]:
    """Document -> its directives, in the shape of ``dondoc read --json``."""
    registry, calendar = Registry(load_register().bodies), load_calendar()
    golds = score.load_gold(CORPUS / name)
    given = {key: day_of(gold["document"].get("as_of")) for key, gold in golds.items()}
    found = {}
    for path in sorted((CORPUS / name).glob("*.txt")):
        draft = read_text(path.read_text(encoding="utf-8"), registry, given[path.stem], calendar)
        found[path.stem] = draft_to_json(draft, registry)["directives"]
    return found


def day_of(written: object) -> date | None:
    """The date that goes with a text which gives none."""
    return date.fromisoformat(str(written)) if written else None


def left_over_in(name: str) -> list[int]:
    """For each document of a set, how many sentences are doubted that became no directive."""
    registry, calendar = Registry(load_register().bodies), load_calendar()
    counts = []
    for key, gold in score.load_gold(CORPUS / name).items():
        text = (CORPUS / name / f"{key}.txt").read_text(encoding="utf-8")
        draft = read_text(text, registry, day_of(gold["document"].get("as_of")), calendar)
        counts.append(sum(doubt.field == LEFT_OVER for doubt in draft.doubts))
    return counts


def scored(name: str, predicted: dict[str, Directives]) -> Scored:
    """The scorer's figures for a set that was read."""
    found: Scored = score.score(score.load_gold(CORPUS / name), predicted, read_agencies())
    return found


def doubts_of(name: str, predicted: dict[str, Directives]) -> Doubts:
    """Whether directives without a doubt can be trusted (issue 3: 95 %, with at most 25 % doubted)."""
    return doubts_among(score.load_gold(CORPUS / name), predicted)


def doubts_among(gold: Scored, predicted: dict[str, Directives]) -> Doubts:
    """As ``doubts_of``, of any labelled documents."""
    agencies = read_agencies()
    read = doubted = right = 0
    for document, directives in predicted.items():
        labels, day = gold[document]["directives"] or [], gold[document]["document"]["date"]
        label_of = {j: labels[i] for i, j, _ in score.match(labels, directives, 0.5)}
        for number, directive in enumerate(directives):
            read += 1
            doubted += bool(directive["doubts"])
            label = label_of.get(number)
            if label and not directive["doubts"]:
                right += _is_right(agencies, label, directive, day)
    return Doubts(read, doubted, right)


def _is_right(agencies: Any, label: dict[str, Any], directive: dict[str, Any], day: object) -> bool:
    return (
        all(agencies.ids(label.get(f), day) == agencies.ids(directive.get(f), day) for f in _FIELDS)
        and score.norm_due(label.get("due")) == score.norm_due(directive.get("due"))
        and bool(label.get("escalation")) == bool(directive.get("escalation"))
    )


def read_agencies() -> Any:
    """The scorer's register."""
    return score.Agencies(CORPUS / "agencies.yaml")
