"""Which files of the office's kind ship, and whether somebody edited them where they ship.

An upgrade puts such an edit aside, or stops at it. It belongs into the office's own folder (``home.py``),
where ``new_home.py`` carries it. The digests are those of this release; a test holds them to the files.
"""

from hashlib import sha256
from pathlib import Path

from config.files.errors import ConfigError
from config.files.setting_file import MEGABYTE, bytes_of
from config.home import POLICY, REGISTER, WORKDAYS, is_year

FOLDER = Path(__file__).parent
MOST_BYTES = 8 * MEGABYTE  # the register's limit, the largest of them

#: SHA-256 by path, from this folder. Whoever changes a file that ships changes its line here.
DIGESTS = {
    "agencies.yaml": "7c7ccbac61ab9d481d47bd1183f05c77bfad556e3985b9b9d838b0bffa419b6f",
    "committee.yaml": "963bdc5808cce5ee874ba6636a259a9b596198dd8654250b23e77c6d6a0aeeaa",
    "workdays/2022.yaml": "3f0df5d210c77bb230b644b7b5015065b0ae55fdee9de9390d345a9f64b8f204",
    "workdays/2023.yaml": "091493603fc82d86eff766a9e10dd337a83bbdd0631d03a6c9e57b868256e491",
    "workdays/2024.yaml": "1ef6be83623d94b8019dde35c6df7e6a8caefdbaa66c47bea68e6e1f7e00ba1d",
    "workdays/2025.yaml": "9e05f40537ae7de381e6ad279115bbb117b8ee65d365cdd8c0d0941d233e8703",
    "workdays/2026.yaml": "50437d2e79316a72ecd7ea342fc714c15e256fce218bf1681214b3a291cea0c6",
    "workdays/2027.yaml": "35ee57b272e0e2ec7cc2fcfcee85397e5c7f50aaa107c116f966e050c5a36932",
}


def edited(folder: Path = FOLDER) -> list[str]:
    """Files of ``folder`` that differ from what this release ships, or were added, by path; mostly none."""
    years = (f"{WORKDAYS}/{path.name}" for path in (folder / WORKDAYS).glob("*.yaml") if is_year(path.name))
    return [name for name in sorted({POLICY, REGISTER, *years}) if _is_edited(folder / name, name)]


def _is_edited(path: Path, name: str) -> bool:
    try:
        return sha256(bytes_of(path, MOST_BYTES)).hexdigest() != DIGESTS.get(name)
    except ConfigError:  # nothing to be read: whoever needs the file says so
        return False
