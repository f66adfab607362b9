"""Direct speech: the chair's quoted words are read, the words that attribute them are not.

'"Chủ tịch UBND các huyện … phải …", Chủ tịch UBND tỉnh yêu cầu' is a directive to the huyện
(labelling guideline §1).
"""

import re

from rules.reading.text.normalise import Views
from rules.text.gaps import gaps

_ATTRIBUTED = re.compile(
    gaps(
        r"[\"“](?P<said>[^\"“”\n]{20,700})[\"”](?P<attribution>\s*,?\s*[^.\"“”\n]{0,90}?\b(?:nói"
        r"|nhấn mạnh|yêu cầu|lưu ý|chỉ đạo|khẳng định|đề nghị|phát biểu|cho biết|cam kết|chia sẻ"
        r"|bày tỏ|(?:dặn|căn dặn|nhắc|nói với|nhắc nhở)(?: [^\W\d_]+){0,9}|căn dặn|nhắc|nhắc nhở|kết luận"
        r"|nêu rõ|chốt lại|quán triệt|nêu|kể|hứa|nêu ý kiến|giao nhiệm vụ))"
        r"(?=\s*(?:[.:]|và\b|$)|[^\S\n]{0,64}+\n)"
    )
)
#: 'Trao đổi thêm, đồng chí Thịnh dặn: "…"': only what is quoted is read.
_LEAD_IN = re.compile(
    gaps(
        r"(?P<words>(?<![^\s.\n])[^.\"“”\n;]{3,160}\b(?:nói|dặn|nhấn mạnh|yêu cầu|lưu ý|chỉ đạo|khẳng định"
        r"|đề nghị|phát biểu"
        r"|nhắc|nhắc nhở|căn dặn|kết luận|nêu rõ|chốt lại|quán triệt)"
        r"(?: rõ| thêm| rằng| lại)?\s*:\s*)(?=[\"“])"
    )
)
#: "“Sở A kiểm tra …”. Đó là chỉ đạo của …": who said it comes behind, in a sentence of its own.
_SAID_BEFORE = re.compile(
    gaps(r"[\"“](?P<said>[^\"“”\n]{20,900})[\"”]\.?\s*(?=(?:Đó|Đây) (?:cũng )?là(?!\w))")
)
_AND_ASKED = re.compile(gaps(r"\s*và\s+(?:yêu cầu|đề nghị|giao|lưu ý|chỉ đạo|phân công)\b"))
_NOT_THE_CHAIR = re.compile(
    r"giám đốc|bí thư (?:xã|phường)|lãnh đạo (?:xã|phường|huyện|sở)|đại diện|cam kết|chia sẻ"
    r"|bày tỏ|hộ |hợp tác xã",
    re.IGNORECASE,
)


def without_attributions(views: Views) -> Views:
    """Blank quote marks and attributions; blank the whole speech if another than the chair spoke."""
    clean, folded = list(views.clean), list(views.folded)
    for found in _ATTRIBUTED.finditer(views.clean):
        spans = [
            found.span("attribution"),
            (found.start(), found.start() + 1),
            (found.end("said"), found.end("said") + 1),
        ]
        if _NOT_THE_CHAIR.search(found["attribution"]):
            spans = [found.span()]
        for start, end in spans:
            clean[start:end] = [" "] * (end - start)
            folded[start:end] = [" "] * (end - start)
        clean[found.end("said")] = folded[found.end("said")] = "."
        if _AND_ASKED.match(views.clean, found.end()):  # "…, ông nói và yêu cầu Sở A …": an order of its own
            clean[found.end() - 1] = folded[found.end() - 1] = "\n"
    for found in _SAID_BEFORE.finditer(views.clean):
        for at in (found.start(), found.end("said")):
            clean[at] = folded[at] = " "
    for lead_in in _LEAD_IN.finditer(views.clean):
        start, end = lead_in.span("words")
        if not _NOT_THE_CHAIR.search(lead_in["words"]):
            clean[start : end + 1] = folded[start : end + 1] = [" "] * (end + 1 - start)
    return Views(views.text, "".join(clean), "".join(folded))
