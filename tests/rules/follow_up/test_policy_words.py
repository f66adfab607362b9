"""Every setting of the policy has its sentence, and the sentence has its value."""

from datetime import time

import pytest

from config.committee import Policy, load_policy
from flows.actions.follow_up.policy_check import policy_changes, policy_sentences, values_of
from rules.follow_up.policy_words import policy_paths

SENTENCES = [
    "nhắc văn thư và chuyên viên trước 5, 3 và 1 ngày làm việc; nhắc lãnh đạo cơ quan trước 1 ngày làm việc",
    "Đôn đốc lần 1 vào ngày làm việc đầu tiên sau thời hạn, nếu cơ quan đã được báo trước ngày đó; "
    "sau đó cứ 5 ngày làm việc một lần.",
    "sau 3 lần đôn đốc không có kết quả, từ lần 4 báo cáo Trưởng Ban Chỉ đạo",
    "quá 10 ngày làm việc báo cáo Cơ quan thường trực Ban Chỉ đạo",
    "Không gửi thư từ 17:30 đến 07:00 hôm sau và trong ngày nghỉ; riêng nhiệm vụ hỏa tốc vẫn gửi.",
    "Gửi báo cáo hằng tuần vào thứ Hai.",
    "rồi cứ 120 phút một lần",
]


def test_every_setting_has_a_sentence() -> None:
    assert set(values_of(load_policy())) == policy_paths()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_shipped_policy_in_words(sentence: str) -> None:
    said = policy_sentences(load_policy())
    assert sentence in " | ".join(line for lines in said.values() for line in lines)
    assert all(line[0].isupper() or line[0] == "«" for lines in said.values() for line in lines)
    assert all(line.endswith(".") for lines in said.values() for line in lines)


def test_a_changed_value_changes_its_sentence_alone() -> None:
    """A number beside the one that changed would be a sentence that says the wrong thing."""
    other = {
        "reminders": {"before_working_days": {"van-thu": [9], "chuyen-vien": []},
                      "leaders_from_days_late": 77, "urge_every_working_days": 78,
                      "review_after_days": 79, "review_every_days": 80},
        "urging": {"paper_from": 3},
        "hours": {"quiet_from": "18:01", "quiet_to": "06:02", "morning": "08:03"},
        "escalation": {"answer_working_days": {"standing": 81, "chair": 82, "province": 83}},
        "climbing": {"by_time": [], "by_count": []},
        "bundling": {"rows_per_letter": 84, "messages_a_day": 85},
        "refusal": {"within_working_days": 86},
        "extension": {"flag_from": 87},
        "two_hop": {"units_earlier_working_days": 88},
        "receipt": {"working_days_after_issue": 89},
        "confirmation": {"remind_every_working_days": 90},
        "digest": {"weekday": 4, "before_meeting_working_days": 0, "silent_days": 91,
                   "no_deadline_months": 92, "urged_often_from": 93, "rows_per_section": 94},
        "delivery": {"retry_minutes": [95], "give_up_after_working_days": 96, "mark_days": 97},
    }  # fmt: skip
    changes = policy_changes(load_policy(), Policy.model_validate(other))
    assert {path for path, _, _ in changes} == policy_paths()
    for path, old, new in changes:
        assert old != new, path
    words = " ".join(new for _, _, new in changes)
    for number in (*range(77, 97), "18:01", "06:02", "08:03", "thứ Sáu"):
        assert str(number) in words
    assert "nhắc văn thư trước 9 ngày làm việc" in words
    assert "không nhắc lãnh đạo cơ quan trước thời hạn" in words


def test_hours_are_clock_times() -> None:
    assert values_of(load_policy())["hours.morning"] == time(7, 30)
