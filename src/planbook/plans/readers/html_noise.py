"""Furniture of Chinese government pages, known by its words: tool bars, breadcrumbs, sharing, footers."""

import re

_MAXIMUM_LENGTH = 160  # furniture is short; a paragraph that merely names 网站地图 is not furniture

_TOOL = re.compile(
    "字体大小|文字大小|字体|字号|大字|默认|特大|超大|繁體|繁体|简体"
    "|打印(?:本页|文章|正文|页面|本文)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|首页|列表|上页)?|回到顶部|顶部|(?:网站)?首页"
    "|(?:加入)?收藏(?:本页)?|下载(?:文字版|图片版|本文)?|保存(?:本页)?|推荐|分享(?:到|至)?|(?:新浪|腾讯)?微博|微信|QQ空间|QQ好友"
    "|朋友圈|复制链接|(?:我要)?纠错|语音播报|朗读|听全文|无障碍(?:浏览)?|长者模式|适老版|关怀版|手机版|移动版|邮件|登录|注册"
    "|大|中|小|TOP|[AT][+-]?|[+-]",
    re.IGNORECASE,
)
_BETWEEN_TOOLS = "【】[]（）()|｜/:：·、，, 　\t"

_BEGINNINGS = re.compile(
    r"(?:您|你)?(?:现在|目前|当前)?(?:的|所在|所处)?(?:的)?位置\s*[:：]"
    r"|(?:网站)?首页\s*(?:[>›»＞→/\\|-]|&gt;)"
    r"|[上下]一(?:篇|条|页|则)\s*[:：]?|分享(?:到|至|本文)?\s*[:：]|扫一扫|扫码|用手机(?:扫|浏览)"
    r"|相关(?:链接|文章|阅读|新闻|稿件|解读|政策|信息)\s*[:：]?$|(?:友情|快速|常用)链接|技术支持\s*[:：]|是否继续[?？]?$"
    r"|责任编辑\s*[:：]|(?:编辑|审核|校对|初审|终审)\s*[:：].{0,12}$|版权所有|Copyright|©"
    r"|(?:文章|文字|字体|字号)(?:大小|字号|字体)?\s*[:：]?\s*[【\[（(]?\s*(?:特大|超大|大|小|A)"
    r"|(?:浏览|阅读|点击|访问)(?:次数|量|数|人次)?\s*[:：]",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"ICP备|公网安备|网站标识码|版权所有|All Rights Reserved|网站地图|建议使用.{0,30}(?:浏览器|分辨率)|您的浏览器"
    r"|您访问的链接即将离开",
    re.IGNORECASE,
)
_BYLINE_KEY = re.compile(
    r"(?P<time>(?:时间|日期)\s*[:：])|(?P<source>来源\s*[:：])|(?P<author>作者\s*[:：])|(?P<size>(?:字体|字号)\s*[:：])"
    r"|(?P<visits>(?:浏览|阅读|点击|访问)(?:次数|量|数|人次)?\s*[:：])"
)
_METADATA_KEY = re.compile(
    r"索\s*引\s*号|文\s*号|发文字号|发文机关|发布机构|制发机关|公开机构|成文日期|生成日期|发文日期|制发日期|印发日期|主题分类"
    r"|体裁分类|公文种类|公开方式|公开形式|公开范围|有\s*效\s*性|效力状态|信息名称|主题词|统一登记号|登记号|施行日期|废止日期|失效日期"
)


def is_noise_line(text: str) -> bool:
    """Return whether a line is a page's furniture and not part of the document."""
    if len(text) > _MAXIMUM_LENGTH or metadata_keys(text) > 1:
        return False
    kinds_of_byline = {key.lastgroup for key in _BYLINE_KEY.finditer(text)}
    return bool(
        not _TOOL.sub("", text).strip(_BETWEEN_TOOLS)
        or _BEGINNINGS.match(text.lstrip("【[（( "))
        or _ANYWHERE.search(text)
        or len(kinds_of_byline) > 1
    )


def metadata_keys(text: str) -> int:
    """Return how many headings of the metadata that government pages put above a document occur in `text`."""
    return len(set(_METADATA_KEY.findall(text)))
