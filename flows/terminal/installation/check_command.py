"""``dondoc check``: what was tried, line by line, and how to mend what is missing."""

from typing import TypedDict

import typer

from flows.actions.installation.check.checks import Checked, checked
from flows.actions.installation.check.findings import Finding, FindingMark
from flows.terminal.commands import console
from flows.terminal.screen import say_json

MISSING = 1  # exit code: something is missing
#: Signs that every terminal has, also one that knows ASCII only.
_SIGNS = {
    FindingMark.GOOD: ("[+]", "green"),
    FindingMark.NOTE: ("[!]", "yellow"),
    FindingMark.WRONG: ("[x]", "red"),
}


class ShownFinding(TypedDict):
    """A finding in ``--json``: a mark, what was found, and how to mend it ("": nothing to mend)."""

    mark: str
    words: str
    mend: str


class ShownCheck(TypedDict):
    """A check in ``--json``."""

    check: str
    well: bool
    findings: list[ShownFinding]


def check_office(as_json: bool) -> None:
    """Print each check as it ends; exit with 1 if anything is missing."""
    found = []
    for one in checked():
        found.append(one)
        if not as_json:
            _show(one)
    missing = [one.check.label for one in found if not one.well]
    if as_json:
        say_json([_data(one) for one in found])
    elif missing:
        _say(f"Còn thiếu ở {len(missing)} mục: {'; '.join(missing)}.", "bold")
    else:
        _say("Văn phòng đủ điều kiện làm việc.", "bold")
    if missing:
        raise typer.Exit(MISSING)


def _show(one: Checked) -> None:
    _say(one.check.label, "bold")
    for finding in one.findings:
        sign, style = _SIGNS[finding.mark]
        _say(f"  {sign} {finding.words}", style)
        if finding.mend:
            _say(f"      -> {finding.mend}")


def _say(line: str, style: str | None = None) -> None:
    console.print(line, markup=False, soft_wrap=True, style=style)


def _data(one: Checked) -> ShownCheck:
    return {
        "check": one.check.key,
        "well": one.well,
        "findings": [_finding(finding) for finding in one.findings],
    }


def _finding(finding: Finding) -> ShownFinding:
    return {"mark": finding.mark.value, "words": finding.words, "mend": finding.mend}
