"""Which files of the office's kind ship, and whether somebody edited them where they ship.

An upgrade puts such an edit aside, or stops at it. It belongs into the office's own folder (``home.py``),
where ``new_home.py`` carries it. The digests are those of this release; a test holds them to the files.
"""

from hashlib import sha256
from pathlib import Path

from config.files.errors import ConfigError
from config.files.setting_file import MEGABYTE, bytes_of
from config.home import POLICY, REGISTER, WORKDAYS

FOLDER = Path(__file__).parent
MOST_BYTES = 8 * MEGABYTE  # the register's limit, the largest of them

#: SHA-256 by path, from this folder. Whoever changes a file that ships changes its line here.
DIGESTS = {
    "agencies.yaml": "7c7ccbac61ab9d481d47bd1183f05c77bfad556e3985b9b9d838b0bffa419b6f",
    "committee.yaml": "963bdc5808cce5ee874ba6636a259a9b596198dd8654250b23e77c6d6a0aeeaa",
    "workdays/2022.yaml": "e77804a45e44775db04ed0f0f31e92c9dc067f3eacb10426806bf6b164328601",
    "workdays/2023.yaml": "867c005e1e6a32e462037c1b00fe909da601e02da707472a5084b60c7c7c7256",
    "workdays/2024.yaml": "7466013b04f07567223ce9d04f95d1d9da8f0824f549dda8ee6b873cf59d8a37",
    "workdays/2025.yaml": "c66f92f45c4530afcb6a612e4e70293f3dd2abcdfeb7d0bbf550012f68979dc5",
    "workdays/2026.yaml": "0f3ce24fa84303092f19d10bb7cb9edfa019591039f94dac951cd2e4f2c7bf49",
    "workdays/2027.yaml": "35ee57b272e0e2ec7cc2fcfcee85397e5c7f50aaa107c116f966e050c5a36932",
}


def edited(folder: Path = FOLDER) -> list[str]:
    """Files of ``folder`` that differ from what this release ships, or were added, by path; mostly none."""
    years = (f"{WORKDAYS}/{path.name}" for path in (folder / WORKDAYS).glob("*.yaml"))
    return [name for name in sorted({POLICY, REGISTER, *years}) if _is_edited(folder / name, name)]


def _is_edited(path: Path, name: str) -> bool:
    try:
        return sha256(bytes_of(path, MOST_BYTES)).hexdigest() != DIGESTS.get(name)
    except ConfigError:  # nothing to be read: whoever needs the file says so
        return False
