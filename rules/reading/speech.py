"""Direct speech: the chair's quoted words are read, the words that attribute them are not.

'"Chủ tịch UBND các huyện … phải …", Chủ tịch UBND tỉnh yêu cầu' is a directive to the huyện
(labelling guideline §1).
"""

import re

from rules.reading.normalise import Views

_ATTRIBUTED = re.compile(
    r"[\"“](?P<said>[^\"“”\n]{20,700})[\"”](?P<attribution>\s*,?\s*[^.\"“”\n]{0,90}?\b(?:nói"
    r"|nhấn mạnh|yêu cầu|lưu ý|chỉ đạo|khẳng định|đề nghị|phát biểu|cho biết|cam kết|chia sẻ"
    r"|bày tỏ))(?=\s*[.\n]|\s*$)"
)
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
    return Views(views.text, "".join(clean), "".join(folded))
