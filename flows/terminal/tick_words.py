"""What a tick did, in the words of the office."""

from collections.abc import Iterator
from datetime import datetime

from config.clock import office_time
from flows.actions.follow_up.follow_up import FollowUpReport
from flows.actions.follow_up.tick import TickReport
from flows.actions.installation.instant import Leap
from models.facts import code_of
from notifications.channels.frame.addresses import channel_label
from notifications.delivery.account import ChannelTrouble, DeliveryReport
from notifications.letters.kit.filters import grouped, shorten
from rules.letter_words import MessageState
from rules.outbox.payloads.keys import LetterKind

HEADING = "Quét"  # how the one line begins that says when


def tick_lines(report: TickReport) -> list[str]:
    """First what must not be missed, then a heading and one line for each thing that happened.

    "Nothing" is said too.
    """
    done, alarms = (
        done_lines(report),
        [
            *clock_lines(report.leap),
            *trouble_lines(report.trouble),
            *alarm_lines(report.delivery),
        ],
    )
    heading = f"{HEADING} lúc {office_time(report.now):%H:%M ngày %d/%m/%Y}"
    nothing = "không có việc đến hạn"
    if report.leap:
        heading, nothing = f"{heading} (tạm tính), chỉ gửi thư đã chờ", "không có thư nào đến giờ gửi"
    if not done:
        return [*alarms, f"{heading}: {nothing}."]
    return [*alarms, f"{heading}:", *(f"  - {text}" for text in done)]


def clock_lines(leap: Leap | None) -> list[str]:
    """Whoever reads anything reads first that the clock is not believed, and what to do."""
    return [f"CHÚ Ý: {leap.words}. Nếu đồng hồ đúng: chạy «dondoc clock confirm»."] if leap else []


def trouble_lines(trouble: str) -> list[str]:
    """A file of the office that could not be taken up: what was in use before still is."""
    return [f"CHÚ Ý: {trouble}."] if trouble else []


def done_lines(report: TickReport) -> list[str]:
    """What happened, without a heading."""
    return [*_issued(report), *_followed(report), *_digest(report), *delivery_lines(report.delivery)]


def alarm_lines(delivery: DeliveryReport) -> list[str]:
    """No letters leave, or none can reach the secretariat: whoever reads anything reads this."""
    said = (delivery.halted, delivery.secretariat_unreachable)
    return [f"CHÚ Ý: {words.rstrip('.')}." for words in said if words]


def _issued(report: TickReport) -> Iterator[str]:
    for source in report.issued.issued:
        yield f"phát hành {source}"
    if report.issued.opened:
        yield f"mở {grouped(len(report.issued.opened))} nhiệm vụ: {_codes(report.issued.opened)}"
    if report.issued.waiting:
        waiting = report.issued.waiting
        yield f"{grouped(len(waiting))} nhiệm vụ định kỳ chờ lịch ngày làm việc năm sau: {_codes(waiting)}"
    for document_id, reason in report.issued.refused:
        yield f"KHÔNG phát hành được văn bản số {document_id}: {reason}"


#: What a follow-up wrote, in the order of a reader's interest: the kind of letter and its words.
_WROTE = (
    (LetterKind.BODY_ENDED, "báo Văn phòng {} nhiệm vụ của cơ quan đã kết thúc hoạt động"),
    (LetterKind.CALENDAR, "tính lại theo lịch nghỉ thời hạn của {} nhiệm vụ"),
    (LetterKind.REMINDER, "nhắc việc {} nhiệm vụ"),
    (LetterKind.URGING, "đôn đốc {} nhiệm vụ"),
    (LetterKind.PAPER_DUE, "chuẩn bị {} công văn đôn đốc chờ ký"),
    (LetterKind.CROSSING, "báo cáo cấp trên {} nhiệm vụ chậm"),
    (LetterKind.REVIEW, "rà soát nhiệm vụ không thời hạn {} nhiệm vụ"),
    (LetterKind.CONFIRMATION, "đề nghị lại việc xác nhận kết quả {} nhiệm vụ"),
)


def _followed(report: TickReport) -> Iterator[str]:
    follow_up = report.follow_up
    yield from follow_up_notes(follow_up)
    for kind, words in _WROTE:
        if count := follow_up.counts.get(kind):
            codes = tuple(code_of(key) for key in sorted(follow_up.of(kind)))
            yield words.format(grouped(count)) + (f": {_codes(codes, count)}" if codes else "")
    for case_id in follow_up.climbed:
        yield f"việc trình số {case_id} chuyển lên cấp trên vì quá hạn trả lời"


def follow_up_notes(report: FollowUpReport) -> Iterator[str]:
    """What the office should know of the days around: days that nobody followed, a calendar missing."""
    if report.gap:
        first, last = report.gap[0], report.gap[-1]
        days = f"{first:%d/%m/%Y}" if first == last else f"từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"
        yield f"làm bù: hệ thống không chạy {len(report.gap)} ngày ({days})"
    if report.beyond:
        yield f"chưa có lịch ngày làm việc năm {report.beyond}: chưa nhắc được thời hạn gần nhất sang năm đó"


def _digest(report: TickReport) -> Iterator[str]:
    counts = report.digest.counts
    if counts is not None:
        nearest = next(iter(report.digest.meetings), None)
        ahead = f" trước cuộc họp ngày {nearest:%d/%m/%Y}" if nearest else ""
        figures = f"{grouped(counts['decisions'])} việc cần quyết định, {grouped(counts['overdue'])} quá hạn"
        yield f"báo cáo lãnh đạo{ahead}: {figures}"


def delivery_lines(delivery: DeliveryReport) -> Iterator[str]:
    """The delivery pass in words; unknown and failed messages are never left unsaid."""
    if delivery.busy:
        yield "thư: một lượt gửi khác đang chạy"
    yield from (f"thư: {words}" for words in delivery.notes)
    if delivery.lost:
        yield "thư: mất kết nối với cơ sở dữ liệu giữa chừng, lượt gửi dừng sớm; lượt sau gửi tiếp"
    if delivery.unknown:
        count = grouped(delivery.unknown)
        yield f"thư: {count} thư chưa rõ đã tới hay chưa, cần Văn phòng quyết định tại trang Thư"
    if delivery.interrupted:
        count, state = grouped(delivery.interrupted), MessageState.UNKNOWN.label
        yield f"thư: {count} thư bị ngắt giữa chừng, ghi là «{state}»"
    yield from map(trouble_line, delivery.troubles)
    for channel in sorted(set(delivery.channels_down) - {one.channel for one in delivery.troubles}):
        yield f"thư: {_channel(channel)} không kết nối được, các thư còn lại chờ lượt sau"
    if delivery.owed:
        yield f"thư: {grouped(delivery.owed)} thư còn nợ, sẽ gửi khi nơi nhận hoặc kênh gửi hoạt động lại"
    said = {MessageState.UNKNOWN: delivery.unknown, MessageState.OWED: delivery.owed}
    for one in MessageState:
        if (many := delivery.by_state.get(one)) and not said.get(one):
            yield f"thư: {grouped(many)} {one.label.lower()}"


def trouble_line(trouble: ChannelTrouble) -> str:
    """A channel that stands still: since when, what it said, when it is tried again."""
    words = f"thư: {_channel(trouble.channel)} trục trặc từ {_clock(trouble.since)}"
    words += f", thử lại lúc {_clock(trouble.paused_until)}" if trouble.paused_until else ""
    return words + (f": {shorten(trouble.text)}" if trouble.text else "")


def _channel(name: str) -> str:
    label = channel_label(name)
    return label if label.startswith("Kênh ") else f"kênh {label}"


def _clock(instant: datetime) -> str:
    return f"{office_time(instant):%H:%M ngày %d/%m/%Y}"


def _codes(codes: tuple[str, ...], count: int = 0) -> str:
    """The first codes, and how many more there are of ``count`` (all of ``codes`` if it is not given)."""
    shown, total = ", ".join(codes[:6]), count or len(codes)
    return shown if total <= 6 else f"{shown} và {grouped(total - 6)} mã khác"
