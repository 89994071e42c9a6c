"""Indicators: quantified targets in aims and tasks, with name, operator, value, unit and year."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from planbook.model.plan import Indicator, Operator
from planbook.plans.characters import fold
from planbook.plans.indicator_names import is_bare_action, name_of_object, name_of_subject, strip_action, with_subject
from planbook.plans.indicator_rules import Surroundings, find_rank, is_target, operator_of
from planbook.plans.numbers import parse_chinese, parse_ordinal
from planbook.plans.quantities import Measure, Quantity, find_quantities

_SENTENCE: Final = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_CLAUSE_MARKS: Final = ",，;；:："
_QUOTED: Final = re.compile(
    r"“[^“”\n]{1,30}”|《[^《》\n]{1,60}》|\([^()\n]{0,12}\d{4}[^()\n]{0,12}\)|(?<!\d)\d{1,4}(?:\+\d{1,4})+(?:\+N)?|PM2\.5|CO2|第\s?\d+"
)
_YEAR: Final = re.compile(r"(?P<y>20[1-9]\d)\s*年(?!度?以来)(?:\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*日)?)?")
_BASELINE: Final = re.compile(r"(?:比|较|与|自|从|由|截至|截止|于|在|同|相比|对比)\s?$")
_COMPARED: Final = re.compile(r"(?:比|较|与|同|相比|对比|由|从)\s?$")
_DOUBLED: Final = re.compile(r"(?<![个大项])翻(?P<n>[一两二三])?番")
_DOUBLE_TEN_THOUSAND: Final = re.compile(r"双[破超过]{1,2}[“”]?万|[“\"]双[破超]万")
_FIRST: Final = re.compile(r"(?:实现|力争)?零的突破|破零")
_QUOTE_MARKS: Final = "，,；;。：:\n"
_HAS_OBJECT: Final = re.compile(r"\s?(?:以上|左右)?\s?(?:[\u4e00-\u9fff“A-Za-z(]|\d+亿)")
_NO_OBJECT: Final = re.compile(
    r"\s?(?:以上|以内|左右|以下)?\s?(?:和|及|与|并|或|等(?!级)|内(?=[,，。;；])|[,，。;；、]|$)"
)
_INNER_NUMBER: Final = re.compile(r"\s?(?:千亿|百亿|\d+(?:\.\d+)?(?:万亿|千亿|亿|万)元?)(?:级|元级)?")
# 新建公园20个，碧道50公里: what is listed behind a target needs no verb of its own.
_LISTED: Final = re.compile(
    r"[^,;]{0,40}(?:、|和|及|以及|与|,)\s?|(?:以上|左右|以内)?[,、和及](?!占地|总投|面积|投资)[\u4e00-\u9fff“”]{1,8}(?<![的约第每达到至为于占积])"
)
_LONGEST_QUOTE: Final = 60
_WINDOW: Final = 300


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to look for targets in.

    Attributes:
        text: The text.
        task: Index of the task it belongs to, None for the plan's own aims.
        in_aims: It states the plan's aims.
        year: Year of targets that name none.
        earliest: Year before which a number is history, None where unknown.
    """

    text: str
    task: int | None = None
    in_aims: bool = False
    year: str | None = None
    earliest: int | None = None


def find_indicators(passage: Passage) -> tuple[Indicator, ...]:
    """Return the targets of a passage, in order."""
    return tuple(_find(passage))


def unquantified_targets(passage: Passage) -> tuple[str, ...]:
    """Return the clauses that promise a first (实现零的突破) without a number to follow up."""
    return tuple(
        clause.strip()
        for clause in re.split(r"[,，。;；\n]", passage.text)
        if _FIRST.search(clause) and len(clause) < 80
    )


def _find(passage: Passage) -> Iterator[Indicator]:
    plain = fold(passage.text)
    year = passage.year
    for sentence in _SENTENCE.finditer(plain):
        start, end = sentence.span()
        yield from _in_sentence(passage, plain[start:end], start, year)
        stated = [match for match in _YEAR.finditer(plain, start, end) if _is_target_year(plain, match, passage)]
        if stated:
            year = _written(stated[-1])
        elif not passage.in_aims and plain[end - 1 : end] == "\n":
            year = passage.year


def _in_sentence(passage: Passage, sentence: str, offset: int, year: str | None) -> Iterator[Indicator]:
    masked = _QUOTED.sub(lambda match: re.sub(r"[\d一二两三四五六七八九十百千万]", "#", match[0]), sentence)
    years = _years(passage, sentence, year)
    text = passage.text[offset : offset + len(sentence)]
    previous: Quantity | None = None
    previous_name = ""
    group_end = 0
    for quantity in find_quantities(masked):
        by = years.at(quantity.start)
        if quantity.start < group_end or by is _PAST:
            continue
        around = _surroundings(masked, quantity, previous, in_aims=passage.in_aims)
        if not is_target(quantity, around):
            continue
        before_end = previous.end if previous else 0
        previous, group_end = quantity, _modifier_end(masked, quantity)
        name = _name(sentence, quantity, around, before_end)
        name = with_subject(name, around.clause, previous_name, is_share=quantity.measure is Measure.SHARE)
        name = previous_name = name or _name_of_clause_before(sentence, quantity.start)
        quote = _quote(text, quantity.start, max(quantity.end, group_end))
        printed = _as_printed(name, sentence, text, quantity.start)
        operator = operator_of(around)
        yield Indicator(printed, operator, quantity.value, quantity.value_max, quantity.unit, by, quote, passage.task)
    yield from _in_words(passage, sentence, text, years)


_PAST: Final = "past"


@dataclass(frozen=True, slots=True)
class _Years:
    """The years that a sentence names, by offset, and the one that held before it."""

    offsets: tuple[int, ...]
    values: tuple[str, ...]
    before: str | None

    def at(self, position: int) -> str | None:
        """Year of a target at `position`: the last one named before it; `_PAST` where that lies before the plan."""
        index = bisect_left(self.offsets, position) - 1
        return self.values[index] if index >= 0 else self.before


def _years(passage: Passage, sentence: str, before: str | None) -> _Years:
    offsets: list[int] = []
    values: list[str] = []
    for match in _YEAR.finditer(sentence):
        lead = sentence[max(match.start() - 6, 0) : match.start()]
        is_past = passage.earliest is not None and int(match["y"]) < passage.earliest
        if sentence.startswith("起", match.end()):
            continue
        if _BASELINE.search(lead) and (not is_past or _COMPARED.search(lead)):
            continue
        offsets.append(match.start())
        values.append(_PAST if is_past else _written(match))
    return _Years(tuple(offsets), tuple(values), before)


def _is_target_year(plain: str, match: re.Match[str], passage: Passage) -> bool:
    is_past = passage.earliest is not None and int(match["y"]) < passage.earliest
    return not is_past and not _BASELINE.search(plain[max(match.start() - 4, 0) : match.start()])


def _written(match: re.Match[str]) -> str:
    if match["m"] and match["d"]:
        return f"{match['y']}-{int(match['m']):02d}-{int(match['d']):02d}"
    return match["y"]


def _surroundings(masked: str, quantity: Quantity, previous: Quantity | None, *, in_aims: bool) -> Surroundings:
    start = quantity.start
    window = max(start - _WINDOW, 0)
    begin = max((masked.rfind(mark, window, start) for mark in _CLAUSE_MARKS), default=-1) + 1
    listed = False
    if previous is not None and start - previous.end <= 60:
        between = masked[previous.end : start]
        listed = _LISTED.fullmatch(between) is not None
    return Surroundings(
        masked[max(begin, window) : start],
        masked[window:start],
        masked[quantity.end : quantity.end + 120],
        listed,
        in_aims,
    )


def _modifier_end(masked: str, quantity: Quantity) -> int:
    """Offset behind a number within the name of what is counted: 2个500亿级产业集群."""
    match = _INNER_NUMBER.match(masked, quantity.end)
    if quantity.measure is Measure.COUNT and match:
        return match.end()
    return 0


def _name(sentence: str, quantity: Quantity, around: Surroundings, before_end: int) -> str:
    """Return what is counted: the words behind the number, else those before it."""
    begin = quantity.start - len(around.clause)
    if begin < before_end < quantity.start:
        begin = before_end
    clause = sentence[begin : quantity.start]
    after = sentence[quantity.end : quantity.end + 120]
    if quantity.measure is Measure.COUNT and _HAS_OBJECT.match(after) and not _NO_OBJECT.match(after):
        return name_of_object(clause, after)
    name = strip_action(name_of_subject(clause))
    if quantity.measure is Measure.MONEY and is_bare_action(name) and _HAS_OBJECT.match(after):
        return name_of_object(clause, after)  # 设立1亿元科技成果转化基金
    return name


def _name_of_clause_before(sentence: str, position: int) -> str:
    """Return what the clause before is about, for one that only counts it (加快水库除险加固，完成35座)."""
    clauses = re.split(r"[,;:]", sentence[max(position - _WINDOW, 0) : position])
    return strip_action(name_of_subject(clauses[-2])) if len(clauses) > 1 else ""


def _as_printed(name: str, sentence: str, text: str, position: int) -> str:
    """Return a name in the document's own characters, where it stands there in one piece."""
    at = sentence.find(name, max(position - _WINDOW, 0), position + _WINDOW) if name else -1
    return text[at : at + len(name)] if at >= 0 else name


def _quote(text: str, start: int, end: int) -> str:
    """The clause around a number, verbatim."""
    window = max(start - _LONGEST_QUOTE, 0)
    begin = max((text.rfind(mark, window, start) for mark in _QUOTE_MARKS), default=-1) + 1
    stops = [at for at in (text.find(mark, end, end + _LONGEST_QUOTE) for mark in _QUOTE_MARKS) if at >= 0]
    begin = max(begin, window)
    return text[begin : min(min(stops, default=len(text)), begin + 2 * _LONGEST_QUOTE)].strip()


def _in_words(passage: Passage, sentence: str, text: str, years: _Years) -> Iterator[Indicator]:
    """Targets whose number is a word: 翻一番, 双破万, 排名前十."""
    for match in _DOUBLED.finditer(sentence):
        times = Decimal(2 ** (parse_chinese(match["n"] or "一") or 1))
        subject = re.sub(r"[比较]20\d\d年?$", "", _clause_before(sentence, match.start()).strip())
        subject = re.split(r"番[、和]", subject)[-1]  # 数量翻一番、投入翻一番
        by, quote = years.at(match.start()), _quote(text, *match.span())
        name = strip_action(name_of_subject(subject))
        if by is not _PAST:
            yield Indicator(name, Operator.EQUAL, times, None, "倍", by, quote, passage.task)
    for match in _DOUBLE_TEN_THOUSAND.finditer(sentence):
        subject = name_of_subject(re.sub(r"(?:实现)?[“\"]?$", "", _clause_before(sentence, match.start())))
        by, quote = years.at(match.start()), _quote(text, *match.span())
        for part in re.split(r"[和、与及]", subject)[:2]:
            name = part if part.endswith("数量") or not subject.endswith("数量") else f"{part}数量"
            unit = "万家" if "企业" in subject else "万"
            yield Indicator(name, Operator.MORE_THAN, Decimal(1), None, unit, by, quote, passage.task)
    for clause in re.finditer(r"[^,，;；。]+", sentence):
        rank = find_rank(clause[0])
        value = parse_ordinal(rank["n"]) if rank else None
        if rank and value:
            at = clause.start() + rank.start("n")
            by, quote = years.at(at), _quote(text, at, clause.start() + rank.end())
            name = (
                strip_action(name_of_subject(clause[0][: rank.start()])) + rank["field"].removesuffix("排名") + "排名"
            )
            yield Indicator(name, Operator.AT_MOST, Decimal(value), None, rank["unit"] or "位", by, quote, passage.task)


def _clause_before(sentence: str, position: int) -> str:
    window = max(position - _WINDOW, 0)
    begin = max((sentence.rfind(mark, window, position) for mark in _CLAUSE_MARKS), default=-1) + 1
    return sentence[max(begin, window) : position]
