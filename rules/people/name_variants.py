"""The spellings in which one name is written: short forms, office abbreviations.

The register lists what a name is; the ways of writing it ("thị xã"/"TX.", "hợp tác xã"/"HTX",
"SCT" for Sở Công Thương in minutes) are regular, so they are derived here and not listed.
"""

import re

from rules.people.bodies import Body
from rules.text.folding import fold

#: Whole words on both sides; a name is padded with spaces before it is compared.
_SHORT_FORMS = (
    (" uy ban nhan dan ", " ubnd "),
    (" hoi dong nhan dan ", " hdnd "),
    (" hop tac xa ", " htx "),
    (" phat trien nong thon ", " ptnt "),
    (" nong thon moi ", " ntm "),
    (" kinh te tap the ", " kttt "),
    (" quan ly du an ", " qlda "),
    (" khu cong nghiep ", " kcn "),
    (" lien hiep phu nu ", " lhpn "),
    (" mat tran to quoc ", " mttq "),
    (" hanh chinh cong ", " hcc "),
    (" ban chi dao ", " bcd "),
    (" ngan hang nha nuoc ", " nhnn "),
    (" thi xa ", " tx "),
    (" thi xa ", " tx. "),
    (" thanh pho ", " tp "),
    (" thanh pho ", " tp. "),
    (" ubnd huyen ", " ubnd h. "),
    (" van phong ", " vp "),
    (" & ", "&"),
    ("&", " va "),
)
_MOST_VARIANTS = 24
#: Bodies of these kinds are also called by their name without the closing "tỉnh" / "thành phố".
_SHORTENED_KINDS = {
    "don-vi", "doan-the", "hoi", "trung-uong", "vu-trang", "bao-chi", "ban-ql", "ban-chi-dao", "so",
}  # fmt: skip
_PLACE_TAIL = re.compile(r" (?:tinh(?: soc trang)?|thanh pho(?: can tho)?|can tho|soc trang)$")
_MINOR_WORDS = {"va", "cac", "ve", "tinh"}
_WORD = re.compile(r"[^\W_]+")
#: "Thanh tra", "Công an huyện": the bare word is a common noun or verb, so it names nobody.
_COMMON_WORDS = {"thanh tra", "cong an", "van phong ubnd", "vp ubnd", "bao", "cuc thue", "thong ke", "thue"}


def written_variants(name: str) -> set[str]:
    """Folded spellings of ``name`` by exchanging full and short forms, itself included."""
    found = {f" {fold(name)} "}
    for full, short in _SHORT_FORMS:
        for known in list(found):
            for old, new in ((full, short), (short, full)):
                if old in known and len(found) < _MOST_VARIANTS:
                    found.add(known.replace(old, new))
    found |= {known.replace("-", " ") for known in found}  # hyphens are lost, or stand without spaces
    if fold(name).startswith("so "):  # "Sở Kế hoạch - Đầu tư": a hyphen for "và"
        found |= {known.replace(" va ", " ") for known in found}
    return {" ".join(known.split()) for known in found}


def office_abbreviations(body: Body) -> set[str]:
    """Short forms that minutes use: the name without its place, and its initials (folded)."""
    if body.kind not in _SHORTENED_KINDS:
        return set()
    found: set[str] = set()
    for name in (body.name, *body.aliases):
        if name[:1].islower():
            continue
        bare = _PLACE_TAIL.sub("", fold(name))
        found |= {v for v in written_variants(bare) if len(v.split()) > 1 and v not in _COMMON_WORDS}
        if name.startswith("Sở ") and " và " in name:  # "Sở Giáo dục" of "Sở Giáo dục và Đào tạo"
            found.add(re.split(r",| va | - |-", bare)[0].strip())
        initials = _initials(name)
        if len(initials) >= 3:
            found.add(initials)
            if name.startswith("Sở "):
                found.add("so " + initials[1:])
    return found


def _initials(name: str) -> str:
    """ "Sở Công Thương" -> "sct"; words in capitals stay whole ("Liên minh HTX tỉnh" -> "lmhtx")."""
    letters = []
    for word in _WORD.findall(name):
        folded = fold(word)
        if folded in _MINOR_WORDS:
            continue
        letters.append(folded if word.isupper() and len(word) > 1 else folded[:1])
    return "".join(letters)
