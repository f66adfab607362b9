"""What an act or a pass did, in words: the deeds that a row of the trail counts."""

from collections.abc import Mapping

from rules.deadlines.recounts import Recount
from rules.letter_words import MessageState
from rules.outbox.payloads.keys import LetterKind
from rules.trail.words import TrailNoun
from rules.vocabulary import DocumentMove, EventKind, Labelled

_LETTER = "letter_"
#: Words of deeds that no vocabulary has, each with its noun.
_OWN: Mapping[str, str] = {
    "document.stored": "Nhập dự thảo",
    "document.saved": "Sửa dự thảo",
    "document.read_again": "Đọc lại dự thảo",
    "paper.numbered": "Ghi số, ngày ban hành",
    "event.dated": "Ghi ngày",
    "alias.remembered": "Ghi nhớ",
    "alias.forgotten": "Rút",
    "meeting.planned": "Ghi lịch",
    "meeting.moved": "Chuyển ngày",
    "meeting.cancelled": "Hủy",
    "letter.digest": "Báo cáo lãnh đạo",
    "address.unmarked": "Cho gửi lại",
    "clock.confirmed": "Xác nhận đúng",
    "clock.set_back": "Trở lại đồng hồ thật",
    "database.restored": "Khai báo đã khôi phục",
    "database.backed_up": "Sao lưu ra tệp",
    "register.imported": "Nhập từ tệp",
    "link.cleared": "Dọn liên kết đã hết hạn từ lâu",
    "sign_in.cleared": "Dọn phiên đã kết thúc từ lâu",
    "sign_in.devices_cleared": "Dọn trình duyệt đã hết hạn tin cậy",
    "message.send_again": "Cho gửi lại",
    "message.arrived": "Ghi là đã tới",
    "message.interrupted": "Bị ngắt giữa chừng",
    "message.settled": "Đã gửi hoặc đã thử gửi",
}
_OF: Mapping[TrailNoun, type[Labelled]] = {
    TrailNoun.TASK: EventKind,
    TrailNoun.CASE: EventKind,
    TrailNoun.DOCUMENT: DocumentMove,
    TrailNoun.RECOUNT: Recount,
    TrailNoun.MESSAGE: MessageState,
}


def deed_words(deed: str, count: int) -> str:
    """ "Nhiệm vụ: Hủy (3)"; a word of another release stands as it is."""
    noun, _, word = deed.partition(".")
    known = next((one for one in TrailNoun if one == noun), None)
    said = f"{known.label if known else noun}: {_word(known, deed, word)}"
    return said if count == 1 else f"{said} ({count})"


def _word(noun: TrailNoun | None, deed: str, word: str) -> str:
    if deed in _OWN:
        return _OWN[deed]
    if word.startswith(_LETTER):
        kind = word.removeprefix(_LETTER)
        return f"thư «{next((one.label for one in LetterKind if one == kind), kind)}»"
    if noun is None or noun not in _OF:
        return word
    vocabulary = _OF[noun]
    return next((one.label for one in vocabulary if one == word), word)
