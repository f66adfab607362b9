"""Whether the days off of this year and the next are known, and by their notice."""

from collections.abc import Iterator

from flows.actions.installation.check.findings import Finding, Premises, good, note, wrong

_NOTICE_COMES = 12  # by December the notice of the next year is out


def look(premises: Premises) -> Iterator[Finding]:
    """This year must be there; the next one as soon as deadlines reach into it."""
    if premises.office is None:
        return
    today = premises.today
    for number in (today.year, today.year + 1):
        year = premises.office.calendar.years.get(number)
        mend = f"Thêm tệp workdays/{number}.yaml trong thư mục của văn phòng (mẫu: workdays/nam-mau.txt)."
        if year is None:
            words = f"Chưa có lịch ngày làm việc năm {number}: không tính được thời hạn sang năm đó."
            yield wrong(words, mend)
        elif not year.provisional:
            yield good(f"Lịch năm {number} chính thức ({year.notice}).")
        elif number == today.year or today.month >= _NOTICE_COMES:
            words = f"Lịch năm {number} còn tạm tính: thời hạn tính qua năm đó có thể thay đổi."
            yield note(words, f"Có thông báo nghỉ lễ, tết thì ghi vào workdays/{number}.yaml.")
        else:
            yield good(f"Lịch năm {number} tạm tính, chờ thông báo nghỉ lễ, tết.")
