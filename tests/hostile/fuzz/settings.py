"""What an operator hands in: register, policy, calendar, draft, dondoc.toml, environment, command line.

What must hold: it is taken, or refused in words that name the file with its line, or the setting; nothing
else is raised, whatever the parsers themselves raise, and nothing that a terminal obeys is printed.
"""

import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random

from typer.main import get_command
from typer.testing import CliRunner

from config.agencies import SHIPPED_REGISTER, load_register
from config.committee import POLICY_FILE, load_policy
from config.settings import Settings, get_settings
from config.work_calendar import FOLDER, load_calendar
from flows.actions.reading.draft_file import parse_draft
from flows.cli import app
from rules.people.registry import Registry
from rules.refusal import Refusal
from tests.flows.terminal.odd_words import sample_draft
from tests.hostile.fuzz.fuzzed_office import build, settle_in
from tests.hostile.fuzz.kinds import Try
from tests.hostile.fuzz.mutate import some_bytes, some_text, word

#: They serve, or live on, or read and write elsewhere for long.
_NOT_RUN = frozenset({"serve", "demo", "work", "simulate"})
_TOML = 'smtp_host = "127.0.0.1"\nsmtp_port = 25\nclock_leap_days = 15\nsmtp_timeout = 20.0\nbase_url = "http://a"\n'


@contextmanager
def opened(folder: Path) -> Iterator[Try]:
    """A folder with the shipped files to damage; commands run in it, on an office of its own."""
    settle_in(folder)
    build(folder).rename(folder / "office.db")
    registry = Registry(load_register().bodies)
    os.chdir(folder)
    kinds: Mapping[str, Callable[[Random], str | None]] = {
        "register": partial(_file, SHIPPED_REGISTER, lambda path: Registry(load_register(path).bodies)),
        "policy": partial(_file, POLICY_FILE, load_policy),
        "calendar": partial(_file, FOLDER / "2022.yaml", lambda path: load_calendar(path.parent)),
        "draft": partial(_draft, sample_draft(), registry),
        "toml": _toml,
        "environment": _environment,
        "options": _options,
    }

    def attempt(seed: int) -> str | None:
        random = Random(seed)
        name = random.choice(sorted(kinds))
        wrong = kinds[name](random)
        return f"{name}: {wrong}" if wrong else None

    yield attempt


def _spoken(words: str, *names: str) -> str | None:
    """Whether a refusal names what it is about, briefly and in signs that can be printed."""
    unseen = {one for one in words if unicodedata.category(one) in ("Cc", "Cf", "Cs")} - {"\n"}
    if unseen or len(words) > 8000:
        return f"a refusal of {len(words)} signs, {sorted(map(ascii, unseen))}: {words[:300]!r}"
    if not all(name in words for name in names):
        return f"a refusal that does not name {names}: {words[:300]!r}"
    return None


def _file(shipped: Path, load: Callable[[Path], object], random: Random) -> str | None:
    text = shipped.read_text(encoding="utf-8")
    if random.random() < 0.2:
        text = "\n".join(text.split("\n")[: random.randint(1, 60)])
    path = Path(f"damaged-{shipped.stem}") / shipped.name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(_bent(random, text))
    try:
        load(path)
    except Refusal as refusal:
        return _spoken(str(refusal), shipped.name, "dòng")
    return None


def _bent(random: Random, text: str) -> bytes:
    if random.random() < 0.15:
        return some_bytes(random, text.encode())
    bent = some_text(random, text, 4)
    if random.random() < 0.2:
        bent = random.choice(_SHAPES)(random, bent)
    return bent.encode("utf-8", "surrogatepass")


#: Shapes that make much of little, or nest.
_SHAPES: tuple[Callable[[Random, str], str], ...] = (
    lambda random, text: "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n" + text,
    lambda random, text: "x: &x {a: 1}\ny: {<<: [" + "*x, " * random.choice((2, 900)) + "*x]}\n" + text,
    lambda random, text: text + "z: " + "[" * random.choice((5, 200, 90_000)),
    lambda random, text: text + "z: " + "{a: " * random.choice((5, 200, 20_000)),
    lambda random, text: text + "z: !!python/object/apply:os.system [true]\n",
    lambda random, text: (
        text + f"z: !!{random.choice(('int', 'float', 'timestamp', 'bool', 'set', 'binary'))} x\n"
    ),
    lambda random, text: text + "? [a, b]\n: c\n",
    lambda random, text: text + "\n---\n" + text[:200],
    lambda random, text: text.replace("\n", "\r"),
    lambda random, text: "%YAML 9.9\n---\n" + text,
)


def _draft(honest: str, registry: Registry, random: Random) -> str | None:
    data = some_bytes(random, honest.encode()) if random.random() < 0.15 else None
    if data is None:
        bent = some_text(random, honest, 4)
        if random.random() < 0.1:
            bent = random.choice(("[", '{"a":')) * random.choice((500, 100_000)) + bent
        data = bent.encode("utf-8", "surrogatepass")
    try:
        parse_draft(data, "draft.json", registry)
    except Refusal as refusal:
        return _spoken(str(refusal), "draft.json")
    return None


def _toml(random: Random) -> str | None:
    bent = some_bytes(random, _TOML.encode()) if random.random() < 0.3 else None
    if bent is None:
        text = some_text(random, _TOML, 3)
        if random.random() < 0.2:
            text += "z = " + random.choice(("[", "{a=")) * random.choice((3, 50_000))
        bent = text.encode("utf-8", "surrogatepass")
    Path("dondoc.toml").write_bytes(bent)
    try:
        return _settled()
    finally:
        Path("dondoc.toml").unlink()


def _environment(random: Random) -> str | None:
    before = dict(os.environ)
    for _ in range(random.choice((1, 1, 3))):
        value = word(random).replace("\0", "").encode("utf-8", random.choice(("surrogatepass", "replace")))
        os.environb[b"DONDOC_" + random.choice(sorted(Settings.model_fields)).upper().encode()] = value
    try:
        return _settled()
    finally:
        os.environ.clear()
        os.environ.update(before)
        get_settings.cache_clear()


def _settled() -> str | None:
    get_settings.cache_clear()
    try:
        get_settings()
    except Refusal as refusal:
        return _spoken(str(refusal))
    finally:
        get_settings.cache_clear()
    return None


def _options(random: Random) -> str | None:
    """Any command with any words."""
    command, words = get_command(app), []
    while hasattr(command, "commands"):
        name = random.choice([one for one in sorted(command.commands) if one not in _NOT_RUN])
        words.append(name)
        command = command.commands[name]
    for parameter in command.params:
        option = parameter.param_type_name == "option"
        if option and random.random() < 0.6:
            continue
        words += [parameter.opts[0]] if option else []
        if not getattr(parameter, "is_flag", False):
            words.append(random.choice((word(random), "1", "office.db", "2022-08-30", "/dev/null", "-")))
    done = CliRunner().invoke(app, words)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        return f"{words!r} raised {done.exception!r}"[:600]
    unseen = {one for one in done.output if unicodedata.category(one) in ("Cc", "Cf", "Cs")} - {"\n", "\t"}
    if done.exit_code not in (0, 1, 2) or "Traceback" in done.output or unseen:
        return f"{words!r} ended with {done.exit_code}, {sorted(map(ascii, unseen))}: {done.output[-300:]!r}"
    return None
