"""Room for all forms together: who grows beyond it is refused, who waits is let in by turns.

Seen red: ``give_back`` without ``_admit``, and a newcomer that fits before those who wait.
"""

import asyncio
from collections.abc import Callable

import pytest
from starlette.exceptions import HTTPException

from web.forms.under_way import Room, Share, UnderWay, in_hand


def refusal_of(work: Callable[[], object]) -> int:
    with pytest.raises(HTTPException) as refused:
        work()
    return refused.value.status_code


def test_what_arrives_has_room_together() -> None:
    room = Room(100)
    first, second = Share(room), Share(room)
    first.grow(150)  # one alone may be as large as its own limit allows
    assert refusal_of(lambda: second.grow(1)) == 429
    first.end()
    second.grow(60)
    assert refusal_of(lambda: first.grow(41)) == 429
    first.grow(40)
    for share in (first, second, first):
        share.end()
    assert room.taken == 0


def test_pages_take_files_in_hand_one_after_the_other() -> None:
    async def story() -> list[str]:
        rooms, said = UnderWay(in_hand=Room(100)), []
        done = {name: asyncio.Event() for name in "abc"}

        async def page(name: str, size: int) -> None:
            async with in_hand(rooms, size):
                said.append(name)
                await done[name].wait()

        pages = [asyncio.create_task(page(name, size)) for name, size in (("a", 80), ("b", 500), ("c", 10))]
        await asyncio.sleep(0)
        async with in_hand(rooms, 0):  # most forms have no file, and do not wait
            said.append("-")
        for name in "abc":  # c would fit beside a, but b was there before
            done[name].set()
            await pages["abc".index(name)]
        said.append(str(rooms.in_hand.taken))
        return said

    assert asyncio.run(story()) == ["a", "-", "b", "c", "0"]


def test_nobody_waits_for_ever() -> None:
    async def story() -> tuple[int, int, int]:
        room = Room(100)
        await room.wait_for(80, 1)
        gone = asyncio.create_task(room.wait_for(90, 30))
        await asyncio.sleep(0)
        gone.cancel()  # the client has left
        await asyncio.gather(gone, return_exceptions=True)
        with pytest.raises(HTTPException) as refused:
            await room.wait_for(90, 0.001)
        before = room.taken
        room.give_back(80)
        return refused.value.status_code, before, room.taken

    assert asyncio.run(story()) == (429, 80, 0)
