"""One payload of every kind of letter, with no field left at its default."""

from datetime import UTC, date, datetime

from rules.letter_words import Stake, Unreached
from rules.outbox.payloads import cases, deadlines, office, people, tasks
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.payloads.payload import Payload
from rules.vocabulary import CorrectionField, DeadlineCause, ExtensionState, Fault, Rung

DAY, INSTANT = date(2022, 9, 5), datetime(2022, 9, 5, 1, 30, tzinfo=UTC)
_ALL: tuple[Payload, ...] = (
    tasks.Assignment(3),
    tasks.Cooperation(3),
    tasks.Confirmation(),
    tasks.Returned((Fault.LATE, Fault.THIN), "Chưa đủ."),
    tasks.Refused("Không thuộc chức năng."),
    tasks.Withdrawn("Đã có chủ trương khác."),
    tasks.Correction("lead", (tasks.Changed(CorrectionField.DUE, "không có", "05/09/2022"),), "Nhầm."),
    tasks.Reopened("Số liệu sai.", DAY),
    tasks.Recalled(3, (7, 8), "Ban hành nhầm."),
    tasks.HandedOver(2, "sct", "snv", "Nghị quyết số 12/NQ-HĐND", "Sáp nhập.", 7),
    deadlines.Reminder(),
    deadlines.Urging("Khẩn trương."),
    deadlines.Review(),
    deadlines.Crossing(),
    deadlines.PaperDue(4, "stc"),
    deadlines.Extension(ExtensionState.OPEN, DAY, "Chờ số liệu.", 1),
    deadlines.ExtensionAnswer(ExtensionState.COUNTERED, "Sớm hơn.", DAY, "Chờ số liệu.", "Trưởng Ban", True),
    deadlines.Deadline(DAY, DeadlineCause.PAUSE, "Tạm dừng."),
    cases.Escalation(Rung.CHAIR),
    cases.EscalationNotice(Rung.CHAIR, Rung.STANDING, False),
    cases.Decision(),
    office.Digest((1, 2), 12, "a0" * 32),
    office.NoContact("stc", (7, 8), Unreached.REFUSED),
    office.ChannelDown("zalo", INSTANT, "-124", "Mã truy cập hết hạn"),
    office.Recounted(1, 9, "2022, 2023", "Thông báo số 1"),
    office.WrongClock(INSTANT, INSTANT, DAY, INSTANT, 12),
    office.BodyEnded("stc", DAY, Stake.LEAD),
    people.Invitation(5, INSTANT),
    people.SignIn(6, INSTANT),
    people.OfficerNamed("Báo cáo hằng tuần."),
)
SAMPLES: dict[LetterKind, Payload] = {payload.kind: payload for payload in _ALL}
