"""Secrecy marks: whether a text bears one that forbids sending it by mail.

Marks are looked for as official documents carry them, not as words in running text. What stops the mail:

- 密级和保密期限 (GB/T 9704—2012, 7.2.2): 秘密、机密、绝密 with ★, with or without a term, wherever they stand;
- the same words, 内部, 内部资料 and the like, 不予公开, 工作秘密, alone in a line, cell or pair of brackets, or behind
  密级：, 公开属性： and their kind;
- sentences that say it of the document: 此件不予公开, 此件不公开, 内部资料 注意保存, 不得外传.

内部控制, 内部审计, 商业秘密, 保守国家秘密 and other words that only contain one of these do not. In doubt the mail
stops: there is a channel for what must not go by mail.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_GRADE: Final = r"(?:绝\s*密|机\s*密|秘\s*密)"
_INTERNAL: Final = r"内\s*部(?:资料|文件|材料|使用|参考|传阅|掌握|发行|公开)?"
_WITHHELD: Final = r"(?:不予公开|不公开|暂不公开|不宜公开|免予公开|工作秘密|敏感信息)"
_MARK: Final = rf"(?:{_GRADE}|{_INTERNAL}|{_WITHHELD})"
_TERM: Final = (
    r"(?:长\s*期|(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:年|个?月|天|日)|解密前|20\d\d年.{0,8}(?:前|解密))"
)
_CARE: Final = (
    r"(?:\s*[,，、;；。]?\s*(?:请?注意保[存密管]|妥善保管|请?勿外传|不得外传|严禁外传|禁止外传|仅供内部.{0,6}))*"
)
_LABEL: Final = (
    r"(?:密\s*级|保密等级|保密级别|定密|公开属性|公开方式|公开类别|公开形式|主动公开|信息公开|阅读范围|发放范围)"
)
_NUMBER: Final = r"(?:\s*(?:No|№|编号|份号|[（(]?第?)\s*[:：.]?\s*\d{1,8}\s*[)）号份]*)?"

_STARRED: Final = re.compile(rf"({_GRADE})\s*[★☆*＊]|[★☆]\s*({_GRADE})")
_LABELLED: Final = re.compile(rf"{_LABEL}\s*[:：为]?\s*[【\[(（“]?\s*({_MARK})(?![\u4e00-\u9fff])")
_BRACKETED: Final = re.compile(rf"[【〔\[(（〈《]\s*({_MARK})(?:\s*[★☆*]?\s*{_TERM})?{_CARE}\s*[】〕\])）〉》]")
_ALONE: Final = re.compile(rf"({_MARK})(?:\s*[★☆*]?\s*{_TERM})?{_CARE}{_NUMBER}[。.!！]?")
_STATED: Final = re.compile(
    rf"(?:此|本|该)\s*(?:件|文|文件|表|资料|材料|方案|通知|清单|邮件)\s*(?:属于?|为|系|按|定为|标注为)?\s*[“\"]?"
    rf"({_GRADE}|{_WITHHELD}|内部(?:资料|文件|材料|使用|掌握))"
    rf"|(内部(?:资料|文件|材料|使用)){_CARE.replace(')*', ')+')}"
    rf"|(不得外传|严禁外传|请勿外传|禁止外传)"
)
_EDGES: Final = "★☆*＊ \t\u3000“”\"'·—-－_=|"


def find_mark(text: str) -> str | None:
    """Return the secrecy mark that a text bears, as it stands there without blanks; None where it bears none."""
    if not text or not _MAY_BEAR.search(text):
        return None
    plain = unicodedata.normalize("NFKC", text)
    for pattern in (_STARRED, _LABELLED, _BRACKETED, _STATED):
        if match := pattern.search(plain):
            return _found(match)
    for line in re.split(r"[\n\r\v\f]|\s{2,}|\t", plain):
        if match := _ALONE.fullmatch(line.strip(_EDGES)):
            return _found(match)
    return None


_MAY_BEAR: Final = re.compile(r"密|内\s*部|公开|外传|敏感")


def first_mark(texts: Iterable[str]) -> tuple[str, str] | None:
    """Return the first mark that any of `texts` bears, and the text; None where none bears one."""
    for text in texts:
        if mark := find_mark(text):
            return mark, text
    return None


def _found(match: "re.Match[str]") -> str:
    mark = next((group for group in match.groups() if group), match[0])
    return re.sub(r"\s+", "", mark)
