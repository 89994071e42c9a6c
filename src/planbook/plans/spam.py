"""Inserted advertising: gambling phrases and foreign tokens that copy sites strew into sentences."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from planbook.plans.characters import CJK

# Names that advertise nothing else, and names that need a tail (米兰 is a city, 彩票公益金 is public money).
_TAILS: Final = (
    r"体育|电竞|娱乐|体彩|投注|竞猜|app|APP|App|官方网站|官网|官方|平台|网址|入口|登录|登陆|注册|下载|最新版|手机版|网页版|"
    r"安装|首页|全站|在线|客户端|哪个是正规的|哪个好|哪里下载|怎么样|靠谱吗|是真的吗|正规吗|安全吗|·中国|\(中国\)|（中国）"
)
_NAMES: Final = (
    r"足彩|竞彩|彩票|时时彩|六合彩|博彩|赌球|赌场|百家乐|老虎机|棋牌|娱乐城|开云|乐鱼|华体会|亚博|必威|爱游戏|九游|米兰|"
    r"半岛|江南|必一|星空|云开|万博|泛亚|雷火|完美|龙8|金年会|金沙|威尼斯人|新葡京|葡京|皇冠|天博|博鱼|火狐|欧宝|易游|南宫"
)
_ADVERTISEMENT: Final = re.compile(rf"(?:[A-Za-z0-9]{{1,8}})?(?:{_NAMES})(?:{_TAILS}){{1,6}}")
_LATIN_NAMES: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:kaiyun|leyu|yabo|bsports|hthapp|hth|jiuyou|manbetx|bet365|betway|fun88|dafabet|vwin|188bet|"
    r"mksports|anbo|aygj|ayx|bobapp|beplay|m6米乐)(?:\.(?:com|cn|net|app))?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_LATIN_SPORTS: Final = re.compile(rf"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]{{0,7}}体育(?:{_TAILS}){{0,4}}")
_FOREIGN: Final = re.compile(r"[\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f\u3040-\u30fb\uac00-\ud7af]{2,20}")
_LATIN_WORD: Final = re.compile(r"(?<![A-Za-z0-9&+./-])[A-Za-z][A-Za-z0-9]{2,15}(?![A-Za-z0-9&+./-])")
_ACRONYM: Final = re.compile(r"[A-Z]{1,6}\d{0,2}s?")
# 本文来源：公文写作网www.….com, strewn into sentences.
_ORIGIN: Final = re.compile(
    rf"(?:(?:本文|文章|资料|信息)?(?:来源|来自|转自|摘自|出自)[:：]?)?[{CJK}]{{0,8}}网(?:站)?[:：]?(?:https?://|www\.)[A-Za-z0-9-]{{1,30}}(?:\.[A-Za-z0-9-]{{1,30}}){{0,3}}?\.(?:com|cn|net|org|gov)(?:\.cn)?"
)
_MINIMUM_OCCURRENCES: Final = 3


def find_spam(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the words that were inserted into the text, longest first; empty for an honest document."""
    counted: Counter[str] = Counter()
    for line in lines:
        counted.update(match[0] for match in _LATIN_SPORTS.finditer(line))
    words = {word for word, count in counted.items() if count > 1}
    for line in lines:
        words.update(match[0] for match in _ADVERTISEMENT.finditer(line))
        words.update(match[0] for match in _LATIN_NAMES.finditer(line))
        words.update(match[0] for match in _FOREIGN.finditer(line))
        words.update(match[0] for match in _ORIGIN.finditer(line))
    words.update(_senseless_words(lines))
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def remove_spam(text: str, words: Iterable[str]) -> tuple[str, int]:
    """Return `text` without `words`, and how many were taken out."""
    removed = 0
    for word in words:
        if word in text:
            removed += text.count(word)
            text = text.replace(word, "")
    return text, removed


def _senseless_words(lines: Sequence[str]) -> set[str]:
    """Latin words that recur where the text reads on without them.

    A word is held senseless where, nearly each time, the characters left and right of it stand side by side
    elsewhere in the document too: 技术创新中心kaiyun、产业 beside 中心、. Acronyms (AI, GDP) are words of the genre.
    """
    counted = Counter(match[0] for line in lines for match in _LATIN_WORD.finditer(line))
    suspects = {
        word for word, count in counted.items() if count >= _MINIMUM_OCCURRENCES and not _ACRONYM.fullmatch(word)
    }
    if not suspects:
        return set()
    pairs = {line[index : index + 2] for line in lines for index in range(len(line) - 1)}
    supported: Counter[str] = Counter()
    for line in lines:
        for match in _LATIN_WORD.finditer(line):
            if match[0] in suspects:
                around = line[max(match.start() - 1, 0) : match.start()] + line[match.end() : match.end() + 1]
                is_inside = len(around) == 2 and re.fullmatch(rf"[{CJK}][{CJK}，。、；]", around)
                supported[match[0]] += bool(is_inside and around in pairs)
    return {word for word in suspects if supported[word] >= max(counted[word] * 0.8, _MINIMUM_OCCURRENCES)}
