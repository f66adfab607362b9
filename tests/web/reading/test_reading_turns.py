"""Who is read next: addresses take turns, then browsers; a text need not wait for scans."""

from dataclasses import dataclass

from web.pages.reading.reading_turns import (
    AT_WORK,
    AT_WORK_EACH,
    AT_WORK_SLOW,
    LEFT_FREE,
    Asker,
    may_come_in,
    may_take_long,
    next_to_read,
    noted,
)

MINE, THEIRS, OTHERS = ("127.0.0.1", "a"), ("127.0.0.1", "b"), ("127.0.0.2", "a")


@dataclass
class Job:
    asker: Asker
    name: str = "a.txt"
    data: bytes = b""

    @property
    def slow(self) -> bool:
        return may_take_long(self.name, self.data)


def order(waiting: list[Job]) -> list[Job]:
    """In which they are read if one is read at a time."""
    served: dict[object, int] = {}
    read = []
    while job := next_to_read(waiting, [], served):
        noted(served, job.asker)
        waiting.remove(job)
        read.append(job)
    return read


def test_one_with_ten_files_makes_nobody_wait_for_all_of_them() -> None:
    found = [job.asker for job in order([Job(MINE)] * 10 + [Job(THEIRS), Job(OTHERS)])]
    assert found.index(OTHERS) == 1, "another address is next"
    assert found.index(THEIRS) <= 3, "then another browser of the first"


def test_many_browsers_at_one_address_get_no_more_than_another_address() -> None:
    crowd = [Job(("127.0.0.1", str(number))) for number in range(10)]
    found = [job.asker for job in order([*crowd, Job(OTHERS), Job(OTHERS)])]
    assert [place for place, asker in enumerate(found) if asker == OTHERS] == [1, 3]


def test_one_asker_never_has_all_readers() -> None:
    at_work = [Job(MINE)] * AT_WORK_EACH
    assert next_to_read([Job(MINE)], at_work, {}) is None
    assert next_to_read([Job(MINE), Job(THEIRS)], at_work, {}) == Job(THEIRS)


def test_a_text_need_not_wait_for_scans() -> None:
    scans = [Job((str(number), ""), "a.pdf") for number in range(AT_WORK_SLOW)]
    assert next_to_read([Job(MINE, "b.PDF")], scans, {}) is None
    assert next_to_read([Job(MINE, "b.PDF"), Job(MINE, "c.docx")], scans, {}) == Job(MINE, "c.docx")
    pictured = Job(MINE, "d.docx", b"PK..word/media/image1.png..")
    assert next_to_read([pictured], scans, {}) is None, "its pictures are recognised like scans"


def test_so_many_are_read_at_one_time() -> None:
    assert next_to_read([Job(MINE)], [Job((str(number), "")) for number in range(AT_WORK)], {}) is None


def test_the_door_stays_open_for_others() -> None:
    going: list[Job] = []
    for asker in (MINE, THEIRS, OTHERS):
        while may_come_in(asker, going, 24):
            going.append(Job(asker))
    assert [sum(job.asker == asker for job in going) for asker in (MINE, THEIRS, OTHERS)] == [12, 6, 3]
    assert may_come_in(("127.0.0.9", ""), going, 24)


def test_only_the_last_askers_are_remembered() -> None:
    served: dict[object, int] = {}
    for number in range(1000):
        noted(served, ("127.0.0.1", str(number)))
    assert len(served) <= 400
    assert served["127.0.0.1"] == 1000


def test_a_stranger_of_many_browsers_does_not_shut_the_door() -> None:
    """Seen red: 24 requests, each with a browser of another name, and the office was told to come later."""
    going: list[Job] = []
    for number in range(99):
        if may_come_in(("127.0.0.2", str(number)), going, 24):
            going.append(Job(("127.0.0.2", str(number))))
    assert len(going) == 24 - LEFT_FREE
    assert may_come_in(MINE, going, 24)
    assert may_come_in(MINE, [], 1), "where nobody is, there is room"
