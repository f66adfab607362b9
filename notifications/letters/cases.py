"""Letters about matters beyond authority: the question, its way up, the decision coming back."""

from datetime import date

from notifications.letters.kit import subjects
from notifications.letters.kit.case_answers import brought, in_sentence, ways_to_answer
from notifications.letters.kit.filters import clean, formal_day, shorten
from notifications.letters.kit.frame import letter_from
from notifications.letters.kit.rows import answer_until, case_link, deadline_facts
from notifications.letters.kit.short import short_letter
from notifications.outbox.parcel import Letter
from rules.deadlines.wording import until
from rules.escalation.ladder import next_rung
from rules.facts import CaseFacts
from rules.vocabulary import Rung


def escalation_letter(to_name: str, as_of: date, case: CaseFacts, base_url: str) -> Letter:
    """To the rung that should decide: the whole question, by when, and the ways to answer."""
    to_name, case = clean(to_name), clean(case)
    asked = f"Xin ý kiến về việc vượt thẩm quyền, trả lời {until(answer_until(case))}"
    subject = subjects.of_case(case, asked)
    above = next_rung(case.rung)
    return letter_from(
        "escalation",
        subject=subject,
        short=_short(subject, case, f"Cơ quan trình: {case.task.agency_name}", base_url),
        heading="Xin ý kiến về việc vượt thẩm quyền",
        to_name=to_name,
        answer_by=answer_until(case),
        waited=(as_of - case.raised_on).days,
        climbs_to=in_sentence(above) if above and above is not Rung.OUTSIDE else None,
        ways=ways_to_answer(case.rung),
        **_case_context(case, base_url),
    )


def escalation_notice(
    to_name: str, as_of: date, case: CaseFacts, from_rung: Rung, base_url: str, silent: bool = True
) -> Letter:
    """The case moved up: by silence (``silent``: no answer in time), or because the rung passed it on."""
    to_name, case = clean(to_name), clean(case)
    subject = subjects.of_case(case, f"Việc vượt thẩm quyền đã chuyển lên {in_sentence(case.rung)}")
    return letter_from(
        "escalation_notice",
        subject=subject,
        short=_short(subject, case, f"Thời hạn cho ý kiến: {until(case.answer_by)}", base_url),
        heading=f"Việc vượt thẩm quyền đã chuyển lên {in_sentence(case.rung)}",
        to_name=to_name,
        as_of=as_of,
        passed=in_sentence(from_rung),
        silent=silent,
        rung=in_sentence(case.rung),
        **_case_context(case, base_url),
    )


def decision_letter(to_name: str, as_of: date, case: CaseFacts, base_url: str) -> Letter:
    """The answer and the capacity it was given in, back to the lead agency to acknowledge."""
    to_name, case = clean(to_name), clean(case)
    subject = subjects.decision(case)
    who, words = case.capacity or case.rung.label, brought(case.answer)
    return letter_from(
        "decision",
        subject=subject,
        short=_short(subject, case, "Đề nghị ghi nhận ý kiến tại liên kết sau:", base_url),
        heading=words.heading,
        to_name=to_name,
        answered=words.sentence.format(who=who, day=formal_day(case.decided_on or as_of)),
        who=who,
        **_case_context(case, base_url),
    )


def _case_context(case: CaseFacts, base_url: str) -> dict[str, object]:
    """What all three templates know of the case."""
    return {
        "case": case,
        "task_title": shorten(case.task.title),
        "deadline": deadline_facts(case.task)[0],
        "case_url": case_link(base_url, case),
    }


def _short(subject: str, case: CaseFacts, detail: str, base_url: str) -> str:
    return short_letter(subject, [shorten(case.task.title), detail], case_link(base_url, case))
