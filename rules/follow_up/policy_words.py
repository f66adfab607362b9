"""What a committee's policy will do, in the words of the office: one sentence for each setting.

Pure wording: a setting is named by its path in ``config/committee.yaml``, its value is already checked.
``tests/rules/follow_up/test_policy_words.py`` holds the paths and the policy together.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import time
from typing import Any

from rules.vocabulary import Rung

Wording = Callable[[Any], str]

_ROLES = {"van-thu": "văn thư", "chuyen-vien": "chuyên viên", "lanh-dao": "lãnh đạo cơ quan"}
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def listed(words: Iterable[object]) -> str:
    """``5, 3 và 1``."""
    *firsts, last = map(str, words)
    return f"{', '.join(firsts)} và {last}" if firsts else last


def _before(days_by_role: Mapping[str, list[int]]) -> str:
    together: dict[tuple[int, ...], list[str]] = {}
    for role, days in days_by_role.items():
        together.setdefault(tuple(days), []).append(_ROLES[role])
    heard = [
        f"nhắc {listed(roles)} trước {listed(days)} ngày làm việc"
        if days
        else f"không nhắc {listed(roles)} trước thời hạn"
        for days, roles in together.items()
    ]
    silent = [name for role, name in _ROLES.items() if role not in days_by_role]
    if silent:
        heard.append(f"không nhắc {listed(silent)} trước thời hạn")
    return f"Trước thời hạn: {'; '.join(heard)}; trong ngày đến hạn nhắc văn thư và chuyên viên."


def _answers(days_by_rung: Mapping[Rung, int]) -> str:
    parts = [f"{Rung(rung).label} {days} ngày" for rung, days in days_by_rung.items()]
    return (
        f"Việc vượt thẩm quyền, mỗi cấp có số ngày làm việc để trả lời: {'; '.join(parts)}; "
        "hết số ngày đó mà chưa trả lời thì việc tự chuyển lên cấp trên, các bên đều được báo."
    )


def _by_time(steps: list[Any]) -> str:
    parts = [f"quá {step['after']} ngày làm việc báo cáo {Rung(step['to']).label}" for step in steps]
    return (
        f"Nhiệm vụ quá hạn kéo dài: {'; '.join(parts)}."
        if parts
        else "Không báo cáo cấp trên theo số ngày quá hạn."
    )


def _by_count(steps: list[Any]) -> str:
    parts = [
        f"sau {step['urgings'] - 1} lần đôn đốc không có kết quả, từ lần {step['urgings']} báo cáo "
        f"{Rung(step['to']).label}"
        for step in steps
    ]
    return (
        f"Đôn đốc nhiều lần: {'; '.join(parts)}." if parts else "Không báo cáo cấp trên theo số lần đôn đốc."
    )


def _retries(minutes: list[int]) -> str:
    return f"Thư chưa gửi được thì gửi lại sau {listed(minutes)} phút, rồi cứ {minutes[-1]} phút một lần."


def _clock(value: time) -> str:
    return f"{value:%H:%M}"


def _says(sentence: str) -> Wording:
    return lambda value: sentence.format(value)


#: Path of the setting -> its sentence, in the order in which an office thinks of them.
WORDINGS: Mapping[str, Mapping[str, Wording]] = {
    "Nhắc việc": {
        "reminders.before_working_days": _before,
        "reminders.review_after_days": _says("Nhiệm vụ không thời hạn: rà soát sau {} ngày kể từ ngày giao,"),
        "reminders.review_every_days": _says("sau đó cứ {} ngày rà soát một lần."),
    },
    "Đôn đốc": {
        "reminders.urge_every_working_days": _says(
            "Đôn đốc lần 1 vào ngày làm việc đầu tiên sau thời hạn, nếu cơ quan đã được báo trước ngày đó; "
            "sau đó cứ {} ngày làm việc một lần."
        ),
        "reminders.leaders_from_days_late": _says(
            "Lãnh đạo cơ quan nhận thư đôn đốc khi nhiệm vụ quá hạn từ {} ngày làm việc trở lên."
        ),
        "urging.paper_from": _says(
            "Từ lần đôn đốc thứ {}, hệ thống chuẩn bị thêm công văn đôn đốc để Văn phòng trình ký."
        ),
    },
    "Báo cáo cấp trên": {
        "climbing.by_time": _by_time,
        "climbing.by_count": _by_count,
        "escalation.answer_working_days": _answers,
    },
    "Từ chối, gia hạn, xác nhận": {
        "refusal.within_working_days": _says(
            "Cơ quan được từ chối, nêu rõ lý do, trong {} ngày làm việc kể từ ngày được giao."
        ),
        "extension.flag_from": _says("Từ lần gia hạn thứ {}, nhiệm vụ được đánh dấu «gia hạn nhiều lần»."),
        "confirmation.remind_every_working_days": _says(
            "Kết quả chờ xác nhận: nhắc lại Văn phòng sau mỗi {} ngày làm việc."
        ),
    },
    "Cách tính thời hạn": {
        "two_hop.units_earlier_working_days": _says(
            "Báo cáo qua đầu mối tổng hợp: đơn vị gửi sớm hơn cơ quan tổng hợp {} ngày làm việc."
        ),
        "receipt.working_days_after_issue": _says(
            "«Kể từ ngày nhận được văn bản»: nếu không ai ghi ngày nhận thì coi là nhận sau ngày phát hành "
            "{} ngày làm việc."
        ),
    },
    "Giờ gửi thư": {
        "hours.morning": lambda value: f"Thư trong ngày gửi lúc {_clock(value)}.",
        "hours.quiet_from": lambda value: f"Không gửi thư từ {_clock(value)}",
        "hours.quiet_to": lambda value: (
            f"đến {_clock(value)} hôm sau và trong ngày nghỉ; riêng nhiệm vụ hỏa tốc vẫn gửi."
        ),
        "bundling.rows_per_letter": _says(
            "Một thư liệt kê nhiều nhất {} nhiệm vụ, phần còn lại xem theo đường dẫn."
        ),
        "bundling.messages_a_day": _says(
            "Mỗi người nhận nhiều nhất {} thư một ngày trên một kênh, không kể hỏa tốc."
        ),
        "delivery.retry_minutes": _retries,
        "delivery.give_up_after_working_days": _says(
            "Sau {} ngày làm việc vẫn chưa gửi được thì gửi tới địa chỉ khác; nếu không có thì báo "
            "Văn phòng, giữ thư lại và mỗi ngày làm việc gửi lại một lần."
        ),
        "delivery.mark_days": _says(
            "Địa chỉ bị báo là không tồn tại thì tạm không gửi tới trong {} ngày rồi thử lại."
        ),
    },
    "Báo cáo lãnh đạo": {
        "digest.weekday": lambda value: f"Gửi báo cáo hằng tuần vào {_WEEKDAYS[value]}.",
        "digest.before_meeting_working_days": lambda value: (
            f"Gửi thêm một báo cáo trước cuộc họp {value} ngày làm việc."
            if value
            else "Trước cuộc họp không gửi thêm báo cáo; trong ngày họp có báo cáo."
        ),
        "digest.silent_days": _says("«Chưa cập nhật»: không có báo cáo trong {} ngày."),
        "digest.no_deadline_months": _says("Nhiệm vụ không thời hạn vào báo cáo sau {} tháng."),
        "digest.urged_often_from": _says("Nhiệm vụ đã đôn đốc từ {} lần trở lên được liệt kê riêng."),
        "digest.rows_per_section": _says(
            "Mỗi mục của báo cáo nêu nhiều nhất {} dòng, kèm tổng số và đường dẫn tới danh sách đầy đủ."
        ),
    },
}

#: Settings whose sentence goes on from the one before: joined into one line.
_GOES_ON = frozenset({"reminders.review_every_days", "hours.quiet_to"})


def policy_paths() -> set[str]:
    """Every setting that has a sentence."""
    return {path for section in WORDINGS.values() for path in section}


def in_words(values: Mapping[str, Any]) -> dict[str, list[str]]:
    """The sentences by section, from the value of every path."""
    said: dict[str, list[str]] = {}
    for title, wordings in WORDINGS.items():
        lines = said.setdefault(title, [])
        for path, wording in wordings.items():
            sentence = wording(values[path])
            if path in _GOES_ON:
                lines[-1] += f" {sentence}"
            else:
                lines.append(sentence)
    return said


def changed_words(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Path, old sentence and new sentence of every setting that differs."""
    return [
        (path, wording(old[path]), wording(new[path]))
        for wordings in WORDINGS.values()
        for path, wording in wordings.items()
        if old[path] != new[path]
    ]
