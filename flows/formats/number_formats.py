"""Counts written the way Word's number formats write them."""

_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_NUMERALS = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
_MOST_LETTERS = 26 * 10
_MOST_ROMAN = 4_000


def formatted(count: int, number_format: str) -> str:
    """A count in one of Word's number formats; in digits where the format is not known."""
    if number_format == "none":
        return ""
    if number_format in ("lowerLetter", "upperLetter") and 0 < count <= _MOST_LETTERS:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if number_format == "upperLetter" else letter
    if number_format in ("lowerRoman", "upperRoman") and 0 < count < _MOST_ROMAN:
        roman = _roman(count)
        return roman if number_format == "upperRoman" else roman.lower()
    if number_format == "decimalZero":
        return f"{count:02d}"
    return str(count)


def _roman(count: int) -> str:
    written = ""
    for value, numeral in zip(_VALUES, _NUMERALS, strict=True):
        while count >= value:
            written += numeral
            count -= value
    return written
