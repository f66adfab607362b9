"""The letters, read as their readers would: golden files, and what no letter may ever do.

``GOLDEN=record`` in the environment writes the golden files anew; the diff is then to be read.
"""

import inspect
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from notifications.letters.kit.case_answers import ways_to_answer
from notifications.letters.kit.filters import clean, formal_day, lateness, one_line, percent, shorten
from notifications.letters.kit.frame import TEMPLATES
from notifications.outbox.parcel import Letter
from rules.escalation.answers import answers_of
from rules.facts import Digest, MeetingFacts, TaskFacts
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Rung
from tests.checkout import ROOT
from tests.notifications import letter_cast as cast
from tests.notifications import wordings as letters
from tests.notifications.dated_cast import dated_everywhere
from tests.notifications.letters.letter_kinds import KINDS
from tests.notifications.mended_cast import LETTERS, mended_everywhere
from tests.notifications.people_cast import people_everywhere

GOLDEN = Path(__file__).parents[2] / "golden" / "letters"
HOSTILE = "<b>x</b> & {{7*7}}\r\n{% raw %}\u2028giả\u200b mạo\x07\t— 'một' \"dòng\""
ROW = re.compile(r'<tr><td style="[^"]*border-bottom:1px solid #ece8df')
HEADING = re.compile(r"<h2[^>]*>(?:\d+\. )?([^<]*?)&nbsp;\((\d+)\)</h2>")


def hostile() -> TaskFacts:
    return replace(cast.WEAK, title=HOSTILE, agency_name=f"Sở {HOSTILE}", source=HOSTILE)


def everywhere(task: TaskFacts) -> dict[str, Letter]:
    """The letters with ``task`` in the place of every task, and its title as every other text."""
    row = replace(cast.on_day(task, 2), cooperating=(task.title,), escalation_to=task.title)
    texts = ("missing_authority", "basis", "tried", "options", "recommendation", "opinions", "decision")
    case = replace(cast.DECIDED, task=task, capacity=task.title, **dict.fromkeys(texts, task.title))
    rows = ((case,), (row,), (row,), (row,))
    digest = Digest(cast.TODAY, task.title, *rows, standing_rules=(task.title,), silent_days=30)
    matter = letters.Matter(row, task.title, task.title, number=3, day=cast.TODAY, decided_by=task.title)
    body = letters.OfBody(task.title, [row], 1)
    to, day, base = task.title, cast.TODAY, cast.BASE
    told = letters.ToldTasks(to, day, [matter], base)
    return {
        "cooperation": letters.cooperation_letter(to, task.title, [matter], base),
        "returned": letters.returned_letter(to, day, [matter], base),
        "refused": letters.refused_letter(to, day, [matter], base),
        "withdrawn": letters.withdrawn_letter(to, day, [matter], base),
        **mended_everywhere(matter, task.title),
        **dated_everywhere(row, matter, task.title),
        **people_everywhere(matter, task.title),
        "handed_over": letters.handed_over_letter(told, task.title, taken=True),
        "extension": letters.extension_letter(to, day, [matter], base),
        "extension_answer": letters.extension_answer(to, day, [matter], base),
        "crossing": letters.crossing_letter(to, day, [matter], base),
        "paper_due": letters.paper_due_letter(to, day, [body], base),
        "assignment": letters.assignment_letter(task.title, task.title, [row], base),
        "morning": letters.morning_letter(task.title, cast.TODAY, letters.Morning([row], [row], [row]), base),
        "confirmation": letters.confirmation_letter(task.title, cast.TODAY, [row, row], base),
        "escalation": letters.escalation_letter(task.title, cast.TODAY, case, base),
        "escalation_notice": letters.escalation_notice(task.title, cast.TODAY, case, Rung.STANDING, base),
        "decision": letters.decision_letter(task.title, cast.TODAY, case, base),
        "digest": letters.digest_letter(task.title, digest, base, [MeetingFacts(day, task.title)]),
        "no_contact": letters.no_contact_letter(task.title, cast.TODAY, [body], base),
        "channel_down": letters.channel_down_letter(to, letters.ChannelTold(to, cast.SINCE, to, 3), base),
        "new_lead": letters.new_lead_letter(told, task.title),
        "counter_taken": letters.counter_taken_letter(to, day, [matter], base),
    }


@pytest.mark.parametrize("name", LETTERS)
def test_golden(name: str) -> None:
    letter = LETTERS[name]()
    found = {
        ".txt": f"{letter.subject}\n\n{letter.text}",
        ".html": letter.html,
        ".short.txt": letter.short + "\n",
    }
    for suffix, content in found.items():
        path = GOLDEN / f"{name}{suffix}"
        if os.environ.get("GOLDEN") == "record":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
        assert path.read_text(encoding="utf-8") == content, f"{path.name}: GOLDEN=record if this is meant"


def test_no_golden_file_without_its_letter() -> None:
    assert {path.name.split(".")[0] for path in GOLDEN.iterdir()} == set(LETTERS)


def test_every_kind_and_every_function_is_covered() -> None:
    assert set(KINDS) == set(LetterKind)
    assert set(KINDS.values()) <= set(LETTERS)
    functions = {name.removesuffix("_letter") for name in letters.__all__ if name[0].islower()}
    assert functions == {path.stem for path in TEMPLATES.glob("*.j2")}
    assert functions == set(everywhere(cast.WEAK)) <= set(LETTERS)
    assert all(inspect.getdoc(getattr(letters, name)) for name in letters.__all__)


@pytest.mark.parametrize("name", everywhere(cast.WEAK))
def test_user_text_is_never_markup(name: str) -> None:
    letter = everywhere(hostile())[name]
    assert "<b>" not in letter.html
    assert "&lt;b&gt;x&lt;/b&gt; &amp; {{7*7}} {% raw %} giả mạo" in letter.html
    assert "<b>x</b> & {{7*7}} {% raw %} giả mạo" in letter.text
    assert "49" not in letter.text
    assert not re.search(r"href=\"(?!https://dondoc\.example/)", letter.html)


@pytest.mark.parametrize("name", everywhere(cast.WEAK))
def test_user_text_stays_on_its_line(name: str) -> None:
    letter = everywhere(hostile())[name]
    assert "\n" not in letter.subject
    for part in (letter.subject, letter.text, letter.html, letter.short):
        strange = {char for char in part if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")}
        assert strange <= {"\n"}
    assert not re.search(r"^\{% raw %\}", letter.text + letter.short, re.M)


@pytest.mark.parametrize("name", everywhere(cast.WEAK))
def test_everything_is_composed(name: str) -> None:
    title = unicodedata.normalize("NFD", "Củng cố hợp tác xã yếu kém")
    letter = everywhere(replace(cast.WEAK, title=title, agency_name=title))[name]
    for part in (letter.subject, letter.text, letter.html, letter.short):
        assert unicodedata.is_normalized("NFC", part)


@pytest.mark.parametrize("name", LETTERS)
def test_text_and_html_carry_the_same_words_and_links(name: str) -> None:
    letter = LETTERS[name]()
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', letter.html)]
    assert links == re.findall(r"https://\S+", letter.text)
    body = letter.html.split("</h1>")[1]
    words = re.findall(r"\w+", unescape(re.sub(r"<[^>]+>", " ", body)).casefold())
    assert set(words) - {"xong"} <= set(re.findall(r"\w+", letter.text.casefold()))
    assert "<img" not in letter.html
    assert not re.search(r"(?:src|url\()\s*=?", letter.html)


@pytest.mark.parametrize("name", LETTERS)
def test_tones_stand_where_schools_put_them(name: str) -> None:
    letter = LETTERS[name]()
    assert re.findall(r"(?i)\w*(?:(?<!q)u[ỳýỷỹỵ]|o[àáảãạèéẻẽẹ])\b", letter.subject + letter.text) == []


WITHOUT_ROWS = {
    "escalation", "escalation_notice", "decision", "channel_down", "clock", "invitation", "sign_in",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(KINDS.values()) - WITHOUT_ROWS))
def test_a_heading_counts_its_rows(name: str) -> None:
    html = LETTERS[name]().html
    headings = list(HEADING.finditer(html))
    ends = [heading.start() for heading in headings[1:]] + [len(html)]
    assert headings
    for heading, end in zip(headings, ends, strict=True):
        block = html[heading.end() : end]
        assert int(heading[2]) == len(ROW.findall(block)), heading[1]


def test_the_subgroups_of_the_digest_add_up() -> None:
    html = letters.digest_letter("Trưởng Ban Chỉ đạo", cast.DIGEST, cast.BASE).html
    block = html[html.index("2. Nhiệm vụ quá hạn&nbsp;(3)") : html.index("3. Đã đôn đốc")]
    assert [int(count) for count in re.findall(r"\((\d+)\)</h3>", block)] == [1, 1, 1]


def test_empty_sections_vanish() -> None:
    union = letters.Morning(due=[cast.on_day(cast.UNION)])
    alone = letters.morning_letter(cast.LMHTX, cast.TODAY, union, cast.BASE)
    assert "SẮP ĐẾN HẠN (1)" in alone.text
    assert "(0)" not in alone.text + alone.html
    assert alone.html.count("<h2") == 1
    nothing = Digest(cast.TODAY, cast.COMMITTEE, silent_days=30)
    empty = letters.digest_letter("Trưởng Ban Chỉ đạo", nothing, cast.BASE)
    assert "<h2" not in empty.html
    assert empty.subject == "[Đôn Đốc] Báo cáo ngày 19/12/2022: không có nhiệm vụ quá hạn"


def test_a_title_travels_shortened() -> None:
    title = "Rà soát hợp tác xã " * 40 + "cuối câu"
    for letter in everywhere(replace(cast.CODES, title=title)).values():
        assert "cuối câu" not in letter.subject + letter.short
    long = letters.Morning([cast.on_day(replace(cast.CODES, title=title))])
    letter = letters.morning_letter(cast.SNN, cast.TODAY, long, cast.BASE)
    assert "cuối câu" not in letter.text + letter.html
    assert max(len(line) for line in letter.text.splitlines() if "GN-0006 – " in line) <= 120 + 13


@pytest.mark.parametrize(
    ("urgings", "due", "reviews", "subject"),
    [
        ([2], [], [], "[GN-0012] Đôn đốc lần 2: quá hạn 10 ngày – Rà soát, phân loại"),
        ([], [cast.UNION], [], "[GN-0028] Nhắc việc: còn 3 ngày – Trình phương án"),
        ([], [cast.LOANS], [], "[GN-0027] Nhắc việc: đến hạn hôm nay – Lập danh sách"),
        ([], [], [cast.TRAINING], "[GN-0015] Rà soát nhiệm vụ không thời hạn – Đào tạo"),
        ([1], [cast.UNION] * 2, [], "[Đôn Đốc] Đôn đốc lần 1: 1 nhiệm vụ quá hạn; 2 nhiệm vụ sắp đến hạn"),
        ([1, 3], [], [], "[Đôn Đốc] Đôn đốc (đến lần 3): 2 nhiệm vụ quá hạn"),
        (
            [],
            [cast.LOANS, cast.UNION],
            [],
            "[Đôn Đốc] Nhắc việc: 1 nhiệm vụ đến hạn hôm nay; 1 nhiệm vụ sắp đến",
        ),
        ([], [], [cast.TRAINING] * 2, "[Đôn Đốc] Rà soát: 2 nhiệm vụ không thời hạn"),
        (
            [1],
            [cast.LOANS, cast.UNION],
            [cast.TRAINING],
            "[Đôn Đốc] Đôn đốc lần 1: 1 nhiệm vụ quá hạn; 1 nhiệm vụ",
        ),
    ],
)
def test_the_subject_says_what_matters_most(
    urgings: list[int], due: list[TaskFacts], reviews: list[TaskFacts], subject: str
) -> None:
    urged = [cast.on_day(cast.WEAK, number) for number in urgings]
    told = letters.Morning(urged, [cast.on_day(one) for one in due], [cast.on_day(one) for one in reviews])
    letter = letters.morning_letter(cast.LMHTX, cast.TODAY, told, cast.BASE)
    assert letter.subject.startswith(subject)
    assert len(letter.subject) <= 120


def test_a_reminder_held_back_past_its_deadline_is_not_called_due_soon() -> None:
    letter = letters.morning_letter(
        cast.LMHTX, cast.TODAY, letters.Morning(due=[cast.on_day(cast.WEAK)]), cast.BASE
    )
    assert "ĐÔN ĐỐC NHIỆM VỤ QUÁ HẠN (1)" in letter.text
    assert "SẮP ĐẾN HẠN" not in letter.text


def test_leaders_are_named_from_the_third_urging_on() -> None:
    def text(number: int) -> str:
        rows = [cast.on_day(cast.WEAK, number)]
        return letters.morning_letter(cast.LMHTX, cast.TODAY, letters.Morning(rows), cast.BASE).text

    assert "báo cáo gửi lãnh đạo Ban Chỉ đạo" in text(3)
    assert "báo cáo gửi lãnh đạo Ban Chỉ đạo" not in text(2)


@pytest.mark.parametrize("rung", Rung)
def test_the_ways_to_answer_are_those_of_the_ladder(rung: Rung) -> None:
    assert {label for label, _ in ways_to_answer(rung)} == {way.label for way in answers_of(rung)}
    letter = letters.escalation_letter(rung.label, cast.TODAY, replace(cast.CASE, rung=rung), cast.BASE)
    assert ("Các cách trả lời" in letter.text) is bool(answers_of(rung))


def test_silence_never_leaves_the_province() -> None:
    letter = letters.escalation_letter(
        "UBND tỉnh", cast.TODAY, replace(cast.CASE, rung=Rung.PROVINCE), cast.BASE
    )
    assert "được chuyển lên" not in letter.text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 9, 5), "ngày 05 tháng 9 năm 2022"),
        (date(2023, 1, 31), "ngày 31 tháng 01 năm 2023"),
        (date(2023, 2, 2), "ngày 02 tháng 02 năm 2023"),
        (date(2022, 12, 10), "ngày 10 tháng 12 năm 2022"),
    ],
)
def test_dates_in_sentences_follow_the_decree(day: date, words: str) -> None:
    assert formal_day(day) == words


def test_templates_are_loaded_with_the_first_letter() -> None:
    code = "import sys, notifications.writing.kinds; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_small_words() -> None:
    assert [lateness(days) for days in (3, 1, 0, -6)] == [
        "còn 3 ngày", "còn 1 ngày", "đến hạn hôm nay", "quá hạn 6 ngày"
    ]  # fmt: skip
    found = [percent(rate) for rate in (None, 0.0, 62.5, 66.666, 100.0)]
    assert found == ["–", "0%", "62,5%", "66,7%", "100%"]
    assert shorten("một hai ba", 8) == "một hai…"
    assert len(shorten("x" * 500)) == 120
    assert one_line(" a\r\n\tb\u200b ") == "a b"
    assert clean(cast.DIGEST) == cast.DIGEST


def test_links_survive_a_trailing_slash_and_a_strange_code() -> None:
    task = replace(cast.UNION, code='GN/1"?')
    letter = letters.morning_letter(
        "Sở A", cast.TODAY, letters.Morning(due=[cast.on_day(task)]), f"{cast.BASE}/"
    )
    assert letter.short.endswith("\nhttps://dondoc.example/viec/GN%2F1%22%3F")
