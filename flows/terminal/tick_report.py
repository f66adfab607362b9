"""What a tick did, in the words of the office."""

from collections.abc import Iterator

from config.clock import office_time
from flows.actions.tick import TickReport
from models.task_facts import code_of
from notifications.deliver import DeliveryReport
from rules.vocabulary import MessageState


def tick_lines(report: TickReport) -> list[str]:
    """A heading and one line for each thing that happened; "nothing" is said too."""
    done = [*_issued(report), *_followed(report), *_digest(report), *delivery_lines(report.delivery)]
    heading = f"Quét lúc {office_time(report.now):%H:%M ngày %d/%m/%Y}"
    return (
        [f"{heading}:", *(f"  - {text}" for text in done)] if done else [f"{heading}: không có việc đến hạn."]
    )


def _issued(report: TickReport) -> Iterator[str]:
    for source in report.issued.issued:
        yield f"phát hành {source}"
    if report.issued.opened:
        yield f"mở {len(report.issued.opened)} nhiệm vụ: {_codes(report.issued.opened)}"
    if report.issued.waiting:
        waiting = report.issued.waiting
        yield f"{len(waiting)} nhiệm vụ định kỳ chờ lịch ngày làm việc năm sau: {_codes(waiting)}"
    for document_id, reason in report.issued.refused:
        yield f"KHÔNG phát hành được văn bản số {document_id}: {reason}"


def _followed(report: TickReport) -> Iterator[str]:
    follow_up = report.follow_up
    for text, ids in (
        ("nhắc việc", follow_up.reminded),
        ("đôn đốc", follow_up.urged),
        ("rà soát nhiệm vụ không thời hạn", follow_up.reviewed),
    ):
        if ids:
            yield f"{text} {len(ids)} nhiệm vụ: {_codes(tuple(code_of(key) for key in sorted(ids)))}"
    for case_id in follow_up.climbed:
        yield f"việc trình số {case_id} chuyển lên cấp trên vì quá hạn trả lời"


def _digest(report: TickReport) -> Iterator[str]:
    counts = report.digest.counts
    if counts is not None:
        yield f"báo cáo lãnh đạo: {counts['decisions']} việc cần quyết định, {counts['overdue']} quá hạn"


def delivery_lines(delivery: DeliveryReport) -> Iterator[str]:
    """The delivery pass in words; unknown and failed messages are never left unsaid."""
    if delivery.busy:
        yield "thư: một lượt gửi khác đang chạy"
    if delivery.interrupted:
        yield f"thư: {delivery.interrupted} thư bị ngắt giữa chừng, ghi là «{MessageState.UNKNOWN.label}»"
    for state, count in sorted(delivery.by_state.items()):
        yield f"thư: {count} {MessageState(state).label.lower()}"
    for channel in delivery.channels_down:
        yield f"thư: kênh {channel} không kết nối được, các thư còn lại chờ lượt sau"


def _codes(codes: tuple[str, ...]) -> str:
    shown = ", ".join(codes[:6])
    return shown if len(codes) <= 6 else f"{shown} và {len(codes) - 6} mã khác"
