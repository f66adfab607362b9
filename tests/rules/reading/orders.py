"""A notice with the orders of a test, and what was read in it."""

from config.agencies import load_register
from rules.draft import Draft, DraftDirective
from rules.people.registry import Registry
from rules.reading import read_text

REGISTRY = Registry(load_register().bodies)
#: A paper of Monday 10/4/2023.
HEAD = """UBND TỈNH SÓC TRĂNG
Số: 21/TB-UBND
Sóc Trăng, ngày 10 tháng 4 năm 2023
THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp
Chủ tịch UBND tỉnh kết luận như sau:
"""


def draft(*items: str) -> Draft:
    """What is read in a notice with these numbered items."""
    lines = "".join(f"{number}. {item}\n" for number, item in enumerate(items, start=1))
    return read_text(HEAD + lines, REGISTRY)


def only(item: str) -> DraftDirective:
    """The one directive of a notice with this item."""
    (found,) = draft(item).directives
    return found


def leads(found: DraftDirective) -> list[str]:
    """Ids of the leads, or their words where the register does not know them."""
    return [party.body_id or party.phrase for party in found.lead]
