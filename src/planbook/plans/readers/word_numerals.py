"""Numbers as Word's automatic numbering prints them: ECMA-376 part 1, 17.18.59 (ST_NumberFormat)."""

from collections.abc import Callable, Sequence

_DIGITS = "〇一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAXIMUM = 32767  # Word's own limit


def format_number(value: int, number_format: str) -> str:
    """Return `value` in a number format of Word's; formats it does not have, and values beyond them, in digits."""
    if number_format == "none":
        return ""
    if not 0 <= value <= _MAXIMUM:
        return str(value)
    formatter = _FORMATTERS.get(number_format)
    return formatter(value) if formatter else str(value)


def chinese_count(value: int) -> str:
    """Return `value` as counted in Chinese: 12 is 十二, 105 is 一百零五, 20 is 二十."""
    text = _by_places(value, _DIGITS, "十百千", "零")
    return text.removeprefix("一") if 10 <= value < 20 else text


def _by_places(value: int, digits: str, places: str, zero: str) -> str:
    if value >= 10_000:
        rest = value % 10_000
        filler = zero if 0 < rest < 1000 else ""
        return (
            _by_places(value // 10_000, digits, places, zero)
            + "万"
            + filler
            + (_by_places(rest, digits, places, zero) if rest else "")
        )
    if value == 0:
        return zero
    text = ""
    is_gap = False
    for position, character in zip(range(3, -1, -1), str(value).zfill(4), strict=True):
        digit = int(character)
        if digit:
            text += (zero if is_gap and text else "") + digits[digit] + (places[position - 1] if position else "")
        is_gap = digit == 0
    return text


def _digit_by_digit(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        text += letters * count
    return text


def _letter(value: int) -> str:
    """After z Word doubles the letter: aa, bb."""
    return chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value <= 780 else str(value)


def _circled(value: int) -> str:
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= value <= last:
            return chr(start + value - first)
    return "⓪" if value == 0 else str(value)


def _from(first: int, length: int) -> Callable[[int], str]:
    """Formatter that counts through a Unicode block of `length` signs."""
    return lambda value: chr(first + value - 1) if 0 < value <= length else str(value)


def _cycle(signs: Sequence[str]) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value else "0"


def _full_width(value: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(value))


def _ordinal(value: int) -> str:
    ending = "th" if value % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


_FORMATTERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
    "ordinal": _ordinal,
    "chineseCounting": chinese_count,
    "chineseCountingThousand": chinese_count,
    "japaneseCounting": chinese_count,
    "taiwaneseCounting": chinese_count,
    "taiwaneseCountingThousand": chinese_count,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "chineseLegalSimplified": lambda value: _by_places(value, _FORMAL_DIGITS, "拾佰仟", "零"),
    "ideographLegalTraditional": lambda value: _by_places(value, _FORMAL_DIGITS, "拾佰仟", "零"),
    "japaneseLegal": lambda value: _by_places(value, _FORMAL_DIGITS, "拾佰仟", "零"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda value: _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12],
    "ideographEnclosedCircle": _from(0x3280, 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalHalfWidth": str,
    "numberInDash": lambda value: f"- {value} -",
}
