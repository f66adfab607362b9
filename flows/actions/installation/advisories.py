"""Known weaknesses of what is installed: the locked versions against advisories in the OSV format.

The office brings the advisories itself, as a folder of files (the OSV schema, one advisory a file); nothing
is fetched. An advisory counts for a package when its ``versions`` name the locked one, or when one of its
ranges of type ECOSYSTEM holds it, as the OSV schema says ("Evaluation"): events in order of their version,
``introduced`` opens, ``fixed`` and ``limit`` close before theirs, ``last_affected`` closes after it.
What cannot be judged is told, never taken for harmless.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version
from pydantic import BaseModel, Field, ValidationError

from config.files.errors import ConfigError
from config.files.setting_file import MEGABYTE, bytes_of, text_of
from config.files.shown import shown_key
from rules.refusal import Refusal

_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]\n]*+\])?==([^\s;\\]++)", re.MULTILINE)
_BIGGEST = 4 * MEGABYTE  # of one advisory; the longest that are known stay under 1 MB
_BIGGEST_LOCK = 8 * MEGABYTE
_MOST = 100_000  # versions, and entries of every other list
_LONGEST_VERSION = 200  # signs: beyond some thousand digits Python itself takes none for a number
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ECOSYSTEM = "PyPI"


class _Package(BaseModel):
    ecosystem: str = ""
    name: str = ""


class _Range(BaseModel):
    type: str = ""
    events: list[dict[str, str]] = Field(default_factory=list, max_length=_MOST)


class _Affected(BaseModel):
    package: _Package = Field(default_factory=_Package)
    versions: list[str] = Field(default_factory=list, max_length=_MOST)
    ranges: list[_Range] = Field(default_factory=list, max_length=_MOST)


class _Advisory(BaseModel):
    id: str
    modified: str = ""
    withdrawn: str | None = None
    summary: str = ""
    aliases: list[str] = Field(default_factory=list, max_length=_MOST)
    affected: list[_Affected] = Field(default_factory=list, max_length=_MOST)


@dataclass(frozen=True, order=True)
class Weakness:
    """One advisory that holds for a locked version, or that could not be judged for it."""

    package: str
    version: str
    advisory: str
    names: str  # other names of it, such as CVE numbers
    summary: str
    fixed: str  # the first version above the locked one that mends it, or ""


@dataclass
class Compared:
    """What came of it: advisories read, the newest one's day, what holds, what nobody could judge."""

    packages: int
    advisories: int = 0
    newest: str = ""  # YYYY-MM-DD
    weak: list[Weakness] = field(default_factory=list)
    unjudged: list[Weakness] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)  # names of files


def compare(folder: Path, locks: Iterable[Path]) -> Compared:
    """The locked versions of ``locks`` against every .json under ``folder``. Raises Refusal."""
    pins = _pins(locks)
    done = Compared(packages=len(pins))
    for file in _files(folder):
        try:
            advisory = _Advisory.model_validate_json(bytes_of(file, _BIGGEST))
        except (ConfigError, ValidationError):
            done.unreadable.append(shown_key(file.name))
            continue
        done.advisories += 1
        done.newest = max(done.newest, _day_of(advisory.modified))
        if not advisory.withdrawn:
            _judge(advisory, pins, done)
    done.weak = sorted(set(done.weak))
    done.unjudged = sorted(set(done.unjudged) - set(done.weak))
    return done


def _day_of(instant: str) -> str:
    """The day of an RFC 3339 instant; "" for what is none, which is no news either."""
    return found[0] if (found := _DAY.match(instant)) else ""


def _pins(locks: Iterable[Path]) -> Mapping[str, set[str]]:
    """Versions by normalised name: a name may be locked twice, for two platforms. Raises Refusal."""
    pins: dict[str, set[str]] = defaultdict(set)
    for lock in locks:
        found = _PIN.findall(text_of(lock, _BIGGEST_LOCK))
        if not found:
            raise Refusal(
                f"Tệp khóa phiên bản {shown_key(lock.name)} không ghi phiên bản nào (tên==phiên bản)."
            )
        for name, version in found:
            pins[canonicalize_name(name)].add(version)
    return pins


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise Refusal(f"Không có thư mục {shown_key(folder.name)}: hãy nêu thư mục chứa các tệp OSV (.json).")
    files = sorted(one for one in folder.rglob("*.json") if one.is_file())
    if not files:
        raise Refusal(f"Thư mục {shown_key(folder.name)} không có tệp OSV (.json) nào; hãy giải nén trước.")
    return iter(files)


def _judge(advisory: _Advisory, pins: Mapping[str, set[str]], done: Compared) -> None:
    for affected in advisory.affected:
        name = canonicalize_name(affected.package.name)
        if affected.package.ecosystem.partition(":")[0] != _ECOSYSTEM:
            continue
        for version in pins.get(name, ()):
            verdict = holds(affected.versions, [one for one in affected.ranges if one.type != "GIT"], version)
            weakness = Weakness(
                name,
                version,
                advisory.id,
                ", ".join(advisory.aliases),
                advisory.summary,
                _mended(affected, version),
            )
            if verdict is not False:
                (done.weak if verdict else done.unjudged).append(weakness)


def holds(versions: Iterable[str], ranges: Iterable[_Range], locked: str) -> bool | None:
    """Whether the advisory holds for the locked version; None: it names nothing that can be compared."""
    versions, ranges = list(versions), list(ranges)
    try:
        mine = _version(locked)
        if any(_same(one, mine) for one in versions):
            return True
        if any(_inside(one.events, mine) for one in ranges):
            return True
    except InvalidVersion:
        return None
    return False if versions or ranges else None


def _version(text: str) -> Version:
    """Raises InvalidVersion."""
    if len(text) > _LONGEST_VERSION:
        raise InvalidVersion(text[:_LONGEST_VERSION])
    return Version(text)


def _same(written: str, mine: Version) -> bool:
    """Old releases bear names that are no versions of today: they are not ours."""
    try:
        return _version(written) == mine
    except InvalidVersion:
        return False


#: Of two events at one version, what closes comes before what opens.
_ORDER = {"fixed": 0, "limit": 0, "introduced": 1, "last_affected": 2}


def _inside(events: Iterable[Mapping[str, str]], mine: Version) -> bool:
    """Raises InvalidVersion for a bound that is none."""
    bounds = [(_bound(text), kind) for event in events for kind, text in event.items() if kind in _ORDER]
    inside = False
    for bound, kind in sorted(bounds, key=lambda one: (one[0], _ORDER[one[1]])):
        if kind == "introduced":
            inside = inside or mine >= bound
        elif mine > bound or (mine == bound and kind != "last_affected"):
            inside = False
    return inside


def _bound(text: str) -> Version:
    """ "0" stands for before every version, pre-releases of 0 too; "*" (of limits) for no limit."""
    if text == "0":
        return Version("0.dev0")
    return Version("9999999!0") if text == "*" else _version(text)


def _mended(affected: _Affected, locked: str) -> str:
    """The first version above the locked one that is named as mending it."""
    try:
        mine = _version(locked)
        fixes = [
            _version(one["fixed"])
            for part in affected.ranges
            if part.type != "GIT"
            for one in part.events
            if "fixed" in one
        ]
    except InvalidVersion:
        return ""
    return str(min((one for one in fixes if one > mine), default=""))
