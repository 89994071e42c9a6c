"""What surrounds a plan on web pages and in document libraries: bars, counters, footers, related links."""

import re
from collections.abc import Sequence
from typing import Final

from planbook.plans.characters import CJK, fold

_BAR: Final = re.compile(
    r"(?:您?(?:现在|当前)(?:所在)?的?位置|首页\s*[>»|]|网站首页|语言选择|字\s?[体号]\s*[:大中小]|[\[(【]?\s*字体|打印本页|关闭窗口|"
    r"关闭本页|分享(?:到|至)|浏览(?:次数|量)|点击(?:数|量|次数)|阅读(?:次数|量)|访问量|收藏本站|设为首页|加入收藏|无障碍|"
    r"扫一扫|手机扫|微信扫|上一[篇条]|下一[篇条]|责任编辑|文章来源|信息来源|来源\s*:|时间\s*:\s*\d{4}-|"
    r"发[布表](?:时间|日期)\s*:|打印\s*[)】]?\s*(?:[(【]?关闭)|https?://)"
)
_SITE: Final = re.compile(rf"[{CJK}]{{2,20}}(?:政府|厅|局|委)(?:(?:门户|官方)?网站|官网|门户网)")
_LONGEST_BAR: Final = 80
# From here on nothing of the plan follows, provided that no numbered item does.
_TAIL: Final = re.compile(
    r"(?:-\s*)?(?:配套讲稿|特殊限制|关\s*键\s*[词字]\s*:|链接地址)|版权(?:所有|声明|与免责)|copyright|©|[^，。]{0,6}ICP备|"
    r"公网安备|网站(?:标识码|地图|声明|管理)|友情链接|相关(?:链接|阅读|文章|新闻|文件|文档|政策|报道|解读|附件|信息|推荐|稿件)|一图读懂|主题分类\s*:|联系我们|"
    r"技术支持|政策解读\s*[:>]|图解\s*:|猜你喜欢|热门(?:推荐|文章)|免责声明|附件下载|相关资料下载|模块标题|展开(?:阅读)?全文|"
    r"(?:主办|承办|主管)(?:单位)?\s*:[^，。;；]{2,30}(?:承办|技术|联系|地址|邮编|备案)|由会员分享|文档(?:上|中)搜索|"
    r"[\[(]?\s*(?:打印(?:本页)?|关闭(?:窗口|本页)?|返回顶部)\s*(?:[\[()\]]|$)",
    re.IGNORECASE,
)
_BRACKETED_TAIL: Final = re.compile(r"[\s|]*\((?:打印|关闭)(?:本页|窗口|此页)?\)")
_PAGE_TAIL: Final = re.compile(r"(?<=[。)])[\s|]*第?\s*\d{1,3}\s*页\s*[/,，]?\s*共\s*\d{1,3}\s*页\s*$")
_INLINE_TAIL: Final = re.compile(
    r"copyright|版权所有|ICP备|友情链接|技术支持\s*:|打印本页|关闭窗口|上一篇|下一篇|https?://|\|\s*\|", re.IGNORECASE
)
_LONGEST_TAIL: Final = 200
_FILE: Final = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|zip|rar|ofd|jpe?g|png)\s*$", re.IGNORECASE)
_ITEM: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*、|\(\s*[一二三四五六七八九十\d]{1,3}\s*\)|\d{1,3}\s*[.、]\s*[^\d\s])"
)


def is_furniture(text: str) -> bool:
    """Return whether a line is a bar of a web page (site name, navigation, font size, print), wherever it stands."""
    plain = fold(text).strip(" |")
    is_bar = len(plain) <= _LONGEST_BAR and _BAR.match(plain) is not None
    return not plain or is_bar or _SITE.fullmatch(plain) is not None


def find_tail(texts: Sequence[str]) -> int:
    """Return the index of the first line of the footer, or the number of lines where there is none.

    Only lines after the last numbered item, and after the longest line (a plan may stand on one), can be the
    footer's, so that a bar at the head of a page never cuts the plan off.
    """
    last = max(range(len(texts)), key=lambda index: len(texts[index]), default=0)
    for index in range(last + 1, len(texts)):
        if _ITEM.match(fold(texts[index])) and not _FILE.search(texts[index]):  # 1. 行动方案.pdf is a link
            last = index
    for index in range(last + 1, len(texts)):
        plain = fold(texts[index]).strip(" |")
        if len(plain) <= _LONGEST_TAIL and _TAIL.match(plain):
            return index
    return len(texts)


def find_inline_tail(text: str) -> int:
    """Return where a footer begins that runs on behind the last sentence of a text, its length where none does."""
    plain = fold(text)
    start = max((plain.rfind(mark) for mark in "。！？)\n"), default=-1) + 1
    bracket = _BRACKETED_TAIL.search(plain) or _PAGE_TAIL.search(plain)
    if bracket:
        return bracket.start()
    return start if start and _INLINE_TAIL.search(plain, start) else len(text)
