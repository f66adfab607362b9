"""When two names cannot be told apart by who reads them, though they are spelt with other signs.

Unlike ``folding`` this keeps the marks of Vietnamese: Phú Mỹ and Phù Mỹ are two communes. What it does not
keep: case, the place of the tone (hoà, hòa), i or y for one sound, the form of dashes and blanks; and in
``look`` beyond that the alphabet. Source of the pairs: the skeletons of Unicode's UTS 39, as far as they end
in a letter of ours.
"""

import re
import unicodedata
from functools import lru_cache

from rules.text.folding import APOSTROPHES, DASHES, one_sound
from rules.text.incoming import cleaned
from rules.text.signs import JOINERS
from rules.text.stacked_marks import composed

#: Capitals of other alphabets that look like ours; taken while case tells them from the small ones.
_CAPITALS = dict(
    zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧͿАВЕЅІЈКМНОРСТУҮХԌԜԚՍՏԼՕ", "ABEZHIKMNOPTYXJABESIJKMHOPCTYYXGWQUSLO", strict=True)
)
#: Small letters, and letters without case. Of a stroked d all forms are đ.
_SMALL = (
    dict.fromkeys("ðɖᴆƌꟈɗ", "đ")
    | dict(zip("αβγεηικνορςτυχωϳ", "abyenikvopctuxwj", strict=True))
    | dict(zip("авекмнорстухіјѕԁһӏԛԝүғґгьѵ", "abekmhopctyxijsdhlqwyfrrbv", strict=True))
    | dict(zip("օսհոցզյլքգւ", "ouhngqjlpqi", strict=True))
    | dict(zip("ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏚᏙᏞᏟᏢᏦᏴᏔᏕᏒᏏ", "drtiyajewmhyghzsvlcpkbwsrb", strict=True))
    | dict(zip("ⲟⲥⲣⲧⲏⲕⲙⲛⲃⲉⲭⲩⲓⲁⲍ", "ocpthkmnbexyiaz", strict=True))
    | dict(zip("ꓐꓑꓓꓔꓖꓗꓙꓚꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴꓜ", "bpdtgkjcfmnlsrvhwxyaeiouz", strict=True))
    | dict(zip("ɑɡıȷɩʋƿɪᴀʙᴄᴅᴇꜰɢʜᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "agijivpiabcdefghjklmnoprstuvwyz", strict=True))
    | dict.fromkeys("|ǀ∣ⵏㅣןا", "l")
    | dict(zip("𐐬𑣈ଠഠყᶌϲ", "ooooyyc", strict=True))
    # Marks: a comma above for the hook, one beside a letter for the horn, a ring or a stroke for the dot.
    | dict.fromkeys("\u0312\u0313\u0314", "\u0309")
    | {"\u0315": "\u031b"}
    | dict.fromkeys("\u0325\u0329\u0348", "\u0323")
)
_SIGNS = (
    dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(DASHES, "-")
    | dict.fromkeys("“”„‟＂", '"')
    | dict.fromkeys("⁄∕", "/")
    | dict.fromkeys(JOINERS)
)
_PLAIN = str.maketrans(_SIGNS)
_FOREIGN = str.maketrans(_CAPITALS)
_OURS = str.maketrans(_SMALL)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE = re.compile(f"[{_TONES}]")
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
#: A stroke laid over a d, a dot over an i that has one, a caron where a breve is meant, a mark set twice.
_OVERLAID = re.compile("d([\u0300-\u036f]*?)[\u0335-\u0338]")
_DOTTED = re.compile("(?<=[ij])\u0307")
_TWICE = re.compile("([\u0300-\u036f])\\1+")
#: Beside a letter, which may bear marks: Giá0.
_NOUGHT = re.compile(r"(?:(?<=[^\W\d_])|(?<=[\u0300-\u036f]))0|0(?=[^\W\d_])")
_ONE = re.compile(r"(?:(?<=[^\W\d_])|(?<=[\u0300-\u036f]))1|1(?=[^\W\d_])")


def plain(name: str) -> str:
    """What is the same name to an honest hand: case, dashes, blanks, place of the tone and i or y aside."""
    return _spelt(cleaned(name).casefold())


@lru_cache(maxsize=8192)
def look(name: str) -> str:
    """What is the same name to the eye: as ``plain``, in Latin letters only."""
    text = composed(cleaned(name), "NFKC").translate(_FOREIGN).casefold()
    text = composed(text, "NFD").translate(_OURS).replace("\u030c", "\u0306")
    text = _TWICE.sub(r"\1", _DOTTED.sub("", _OVERLAID.sub(r"đ\1", text)))
    text = "".join(_figure(sign) for sign in text) if not text.isascii() else text
    return _spelt(_ONE.sub("l", _NOUGHT.sub("o", text)))


def _spelt(text: str) -> str:
    """Each word as its letters and then its tones, so that hoà and hòa are one."""
    apart = composed(" ".join(text.translate(_PLAIN).split()).strip(" .,;:"), "NFD")
    return one_sound(_WORD.sub(_toned, apart))


def _toned(word: re.Match[str]) -> str:
    tones = _TONE.findall(word[0])
    return _TONE.sub("", word[0]) + "".join(f"^{_TONES.index(tone)}" for tone in sorted(tones))


def _figure(sign: str) -> str:
    """The figure that a sign of another script's figures stands for."""
    return sign if sign.isascii() or not sign.isdecimal() else str(unicodedata.decimal(sign))
