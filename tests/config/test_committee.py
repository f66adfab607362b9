"""The policy file: what it holds, and that a fault is said in Vietnamese with its line."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from config.committee import POLICY_FILE, Policy, load_policy
from config.files.errors import ConfigError
from config.policy_parts import Climbing
from rules.outbox.bundling import LEADER
from rules.vocabulary import Rung

TEXT = POLICY_FILE.read_text(encoding="utf-8")


def line_of(words: str) -> int:
    """The line of the shipped file that begins with ``words``."""
    [found] = [n for n, row in enumerate(TEXT.splitlines(), 1) if row.strip().startswith(words)]
    return found


def test_the_shipped_file_says_the_defaults() -> None:
    assert load_policy() == Policy()


def test_the_rules_get_their_numbers() -> None:
    policy = Policy()
    assert policy.rhythm.before == (5, 3, 1)
    assert policy.rhythm.climb == ((10, Rung.STANDING), (20, Rung.CHAIR), (40, Rung.PROVINCE))
    assert policy.hearing.before[LEADER] == {1}
    assert policy.hearing.leaders_from_days_late == 5


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("van-thu: [5, 3, 1]", "van-thu: [5, 5, 1]", "before_working_days", "giảm dần và không trùng"),
        ("van-thu: [5, 3, 1]", "van-thu: [5, -3]", "van-thu", "số quá nhỏ"),
        ("    van-thu: [5, 3, 1]", "    boss: [5]", "van-thu", "các lựa chọn được biết đến"),
        ("leaders_from_days_late: 5", "leaders_from_days_late: soon", "leaders_from", "phải là số nguyên"),
        ("paper_from: 2", "paper_form: 2", "paper_from", "trường không được biết đến"),
        ('quiet_to: "07:00"', 'quiet_to: "18:00"', "quiet_to", "phải trước giờ bắt đầu yên lặng"),
        ('morning: "07:30"', 'morning: "06:30"', "morning", "nằm trong giờ yên lặng"),
        ('morning: "07:30"', "morning: 450", "morning", "giờ không hợp lệ"),
        ('quiet_from: "17:30"', "quiet_from: 25:00", "quiet_from", "giờ không hợp lệ"),
        ('quiet_from: "17:30"', 'quiet_from: "17:30Z"', "quiet_from", "giờ không hợp lệ"),
        ('quiet_from: "17:30"', "quiet_from:", "quiet_from", "giờ không hợp lệ"),
        ("{standing: 3, chair: 5, province: 10}", "{standing: 3, chair: 5}", "answer_w", "phải có đủ"),
        ("chair: 5, province: 10}", "chair: 5, province: 0}", "answer_w", "số quá nhỏ"),
        ("{after: 20, to: chair}", "{after: 10, to: chair}", "by_time", "phải tăng dần"),
        ("{after: 20, to: chair}", "{after: 20, to: member}", "by_time", "chỉ báo cáo lên"),
        ("{after: 40, to: province}", "{after: 40, to: standing}", "by_time", "cấp thấp hơn mốc trước"),
        ("{after: 40, to: province}", "{after: 40, to: moon}", "- {after: 40", "các lựa chọn được biết đến"),
        ("{urgings: 4, to: chair}", "{urgings: 1, to: chair}", "climbing", "trước khi có công văn"),
        ("rows_per_letter: 100", "rows_per_letter: 0", "rows_per_letter", "số quá nhỏ"),
        ("[1, 5, 30, 120]", "[]", "retry_minutes", "không được để trống"),
        ("weekday: 0", "weekday: 7", "weekday", "số quá lớn"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, old: str, new: str, line: str, words: str) -> None:
    path = tmp_path / "committee.yaml"
    assert old in TEXT
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_policy(path)
    assert f"{path}, dòng {line_of(line)}," in str(refused.value)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("urging: {paper_from: 5}", "climbing"),
        ("hours: {quiet_from: 7:15}", "hours.morning"),
        ("hours: {quiet_to: 8:00}", "hours.morning"),
        ("hours: {quiet_from: 6:15}", "hours.quiet_to"),
    ],
)
def test_a_field_left_out_must_agree_with_those_there(tmp_path: Path, text: str, field: str) -> None:
    """Else a policy is taken that cannot be read back from the database."""
    path = tmp_path / "committee.yaml"
    path.write_text(f"# ghi chú\n{text}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"dòng [12], trường {field}: .*\(tệp không ghi trường này"):
        load_policy(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('quiet_from: "17:30"', "quiet_from: 17:30"),
        ('morning: "07:30"', "morning: 7:30"),
        ('quiet_to: "07:00"', 'quiet_to: " 7:00"'),
        ("paper_from: 2", "paper_from: 02"),
    ],
)
def test_what_nearly_everybody_writes_is_understood(tmp_path: Path, old: str, new: str) -> None:
    """YAML 1.1 reads 17:30 as 1050 and 010 as 8."""
    path = tmp_path / "committee.yaml"
    assert old in TEXT
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    assert load_policy(path) == Policy()


def test_a_ladder_has_at_most_six_steps() -> None:
    steps = [{"after": days, "to": "chair"} for days in range(1, 8)]
    assert Climbing.model_validate({"by_time": steps[:6]}).by_time[-1].after == 6
    with pytest.raises(ValidationError, match="nhiều nhất 6 bậc"):
        Climbing.model_validate({"by_time": steps})


def test_the_steps_by_count_are_checked_too() -> None:
    steps = [{"urgings": 6, "to": "chair"}, {"urgings": 4, "to": "province"}]
    with pytest.raises(ValidationError, match="phải tăng dần"):
        Climbing.model_validate({"by_count": steps})
