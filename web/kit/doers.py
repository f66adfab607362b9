"""Who did what a history tells, in the words of a page."""

from models.people.persons_named import DoneBy
from rules.vocabulary import Way

#: How something came that was not done on a page; nothing for what needs no word.
_WAYS = {
    Way.PAGE: "",
    Way.TERMINAL: "qua dòng lệnh",
    Way.LINK: "qua liên kết trong thư",
    Way.REPLY: "qua thư trả lời",
    Way.KEY: "qua khóa truy cập",
    Way.SWEEP: "",
}


def said_by(done: DoneBy, whose: str) -> str:
    """The person with the body or role ``whose``; that alone where nobody had signed in."""
    way = _WAYS[done.way] if done.way else ""
    return ", ".join(part for part in (_person(done, whose), way) if part)


def _person(done: DoneBy, whose: str) -> str:
    if not done.name:
        return whose
    deputy = f", được ủy quyền của ông/bà {done.instead_of}" if done.instead_of else ""
    return f"ông/bà {done.name}{deputy}" + (f" ({whose})" if whose else "")
