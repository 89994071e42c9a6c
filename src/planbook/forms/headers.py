"""Column headers as people retype them: one key for every spelling that means the same column."""

import re
import unicodedata
from typing import Final

_BRACKETED: Final = re.compile(r"\([^()]{0,40}\)|\[[^\[\]]{0,40}\]|\{[^{}]{0,40}\}")
_BRACKETS: Final = str.maketrans("【】〔〕〈〉《》「」『』", "[][][][][][]")
# Characters that WPS input methods, scanned headers and Hong Kong keyboards put in place of the form's own.
_LOOK_ALIKES: Final = str.maketrans(
    "編號來節務內稱擔頭單責進狀態況問題預計時間請證據報電話註標數資備項辦協實際",
    "编号来节务内称担头单责进状态况问题预计时间请证据报电话注标数资备项办协实际",
)


def header_key(text: str) -> str:
    """Return `text` folded so that only its words and its brackets are left.

    Folds full and half width, white space and line breaks, invisible characters, traditional and look-alike
    characters, required marks (`*`, `※`, `★`) and punctuation; keeps what stands in brackets, which may be all
    that tells two of an office's own columns apart: 经费(中央), 经费(地方).
    """
    folded = unicodedata.normalize("NFKC", text).translate(_BRACKETS).translate(_LOOK_ALIKES)
    return "".join(char for char in folded if char in "()[]{}%‰" or unicodedata.category(char)[0] in "LN").lower()


def normalise_header(text: str) -> str:
    """Return the key under which a header is looked up: `header_key` without brackets and units.

    完成进度(%)*, 完成进度（%） and 完成 进度% are all 完成进度. A header that is nothing but brackets keeps its
    words: （备注） is 备注.
    """
    key = header_key(text)
    plain = _BRACKETED.sub("", key)
    return re.sub(r"[()\[\]{}%‰]", "", plain) or re.sub(r"[()\[\]{}%‰]", "", key)
