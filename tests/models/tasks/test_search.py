"""Words are found in tasks whatever their marks, look-alike letters and i or y, on both databases."""

import pytest
from sqlalchemy.engine import Engine

from models.db import reading
from models.tasks.list_conditions import TaskFilter
from models.tasks.listing import task_page
from tests.cast import DUE_ON, FINANCE, by, directive, issue, move_in

TEXTS = (
    "Rà soát \u00d0ề án tại huyện Cư M’gar.",
    "Kiểm tra quỹ ở xã Mỹ Quí.",
    "Khảo sát chợ Ba Tai.",
    "Khảo sát chợ Ba Tay.",
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("đề án", {1}),
        ("\u00d0ê án", {1}),
        ("de an", {1}),
        ("Cư M'gar", {1}),
        ("cu m`gar", {1}),
        ("Mỹ Quý", {2}),
        ("mi qui", {2}),
        ("mĩ quý", {2}),
        ("Ba Tai", {3}),
        ("ba tay", {4}),
        ("khảo sát", {3, 4}),
        ("gar'", set()),
    ],
)
def test_words_are_found(engine: Engine, words: str, found: set[int]) -> None:
    issue(move_in(engine), *(directive(text, FINANCE, due=by(DUE_ON)) for text in TEXTS))
    with reading(engine) as session:
        page = task_page(session, TaskFilter(words=words), DUE_ON, 9)
        assert {task.id for task in page.rows} == found
