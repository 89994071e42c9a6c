"""Styles, fonts and settings of an official document, as the parts of a Word package that hold them."""

from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from planbook.outputs.documents import page
from planbook.outputs.documents.parts import Style

NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LEVEL_TWO_WORDS: Final = "LevelTwoWords"
"""Id of the character style of `Level`."""

TITLE_FONT: Final = "方正小标宋简体"
BODY_FONT: Final = "仿宋_GB2312"
LEVEL_ONE_FONT: Final = "黑体"
LEVEL_TWO_FONT: Final = "楷体_GB2312"
NUMBER_FONT: Final = "宋体"
LATIN_FONT: Final = "Times New Roman"

# What stands in where a machine lacks a font, best first (ECMA-376 part 1, 17.8.3.1); Word and WPS follow these names.
_FONTS: Final = (  # name, alternatives, family, pitch
    (TITLE_FONT, "华文中宋,宋体,Noto Serif CJK SC", "roman", "variable"),
    (BODY_FONT, "仿宋,华文仿宋,Noto Serif CJK SC", "modern", "fixed"),
    (LEVEL_ONE_FONT, "SimHei,华文黑体,Noto Sans CJK SC", "modern", "fixed"),
    (LEVEL_TWO_FONT, "楷体,华文楷体,Noto Serif CJK SC", "modern", "fixed"),
    (NUMBER_FONT, "SimSun,华文宋体,Noto Serif CJK SC", "auto", "variable"),
)


@dataclass(frozen=True, slots=True)
class _Look:
    """A paragraph style: its Chinese name and what of it differs from the body's."""

    name: str
    paragraph: str = ""
    run: str = ""
    based_on: str = Style.BLANK
    following: str = Style.BODY


def _font(name: str, half_points: int | None = None) -> str:
    # 28 to the line holds for 三号; other sizes keep their natural width.
    size = f'<w:spacing w:val="0"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points else ""
    return f'<w:rFonts w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" w:eastAsia="{name}" w:cs="{LATIN_FONT}"/>{size}'


def _indent(**values: int) -> str:
    return f"<w:ind {' '.join(f'w:{name}={quoteattr(str(value))}' for name, value in values.items())}/>"


_TWO = 2 * page.CHARACTER_PITCH
_FIRST_LINE: Final = _indent(firstLineChars=200, firstLine=_TWO)
_FREE: Final = '<w:snapToGrid w:val="0"/>'  # lines of their own height, not of the page's 22
_TIGHT: Final = _FREE + '<w:spacing w:before="40" w:after="40" w:line="300" w:lineRule="exact"/>'
_LOOKS: Final = {
    Style.TITLE: _Look(
        "Title",
        '<w:keepNext/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'{_FREE}<w:spacing w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>',
        _font(TITLE_FONT, page.TITLE_PT * 2),
        following=Style.ADDRESSEE,
    ),
    Style.ADDRESSEE: _Look("主送机关"),
    Style.BODY: _Look("Body Text", _FIRST_LINE, following=Style.BODY),
    Style.LEVEL_ONE: _Look("heading 1", f'<w:keepNext/>{_FIRST_LINE}<w:outlineLvl w:val="0"/>', _font(LEVEL_ONE_FONT)),
    Style.LEVEL_TWO: _Look("heading 2", f'<w:keepNext/>{_FIRST_LINE}<w:outlineLvl w:val="1"/>', _font(LEVEL_TWO_FONT)),
    # 附件：1.…… with further names under the first: the name begins 6 characters from the margin.
    Style.ANNEX_FIRST: _Look(
        "附件说明",
        "<w:keepNext/>" + _indent(left=_TWO * 3 + 160, hanging=_TWO * 2 + 160) + '<w:jc w:val="left"/>',
        following=Style.ANNEX_NEXT,
    ),
    Style.ANNEX_NEXT: _Look(
        "附件说明续",
        "<w:keepNext/>" + _indent(left=_TWO * 3 + 160, hanging=_TWO // 2 + 160) + '<w:jc w:val="left"/>',
        following=Style.ANNEX_NEXT,
    ),
    Style.SIGNATURE_SPACE: _Look("署名前空行", "<w:keepNext/>", following=Style.SIGNATURE),
    Style.SIGNATURE: _Look(
        "Signature",
        "<w:keepNext/>" + _indent(rightChars=400, right=2 * _TWO) + '<w:jc w:val="right"/>',
        following=Style.ISSUE_DATE,
    ),
    Style.ISSUE_DATE: _Look("Date", _indent(rightChars=400, right=2 * _TWO) + '<w:jc w:val="right"/>'),
    Style.ANNEX_MARK: _Look(
        "附件标识", "<w:keepNext/><w:pageBreakBefore/>", _font(LEVEL_ONE_FONT), following=Style.ANNEX_TITLE
    ),
    Style.ANNEX_TITLE: _Look(
        "附件标题",
        f'<w:keepNext/>{_FREE}<w:spacing w:before="200" w:after="200" w:line="640" w:lineRule="exact"/>'
        '<w:jc w:val="center"/>'
        '<w:outlineLvl w:val="0"/>',
        _font(TITLE_FONT, page.TITLE_PT * 2),
    ),
    Style.CAPTION: _Look(
        "caption",
        f'<w:keepNext/>{_FREE}<w:spacing w:before="160" w:after="80" w:line="400" w:lineRule="exact"/>'
        '<w:jc w:val="center"/>',
        _font(LEVEL_ONE_FONT, 24),
    ),
    Style.PICTURE: _Look(
        "插图", f'{_FREE}<w:spacing w:before="80" w:after="160" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>'
    ),
    Style.TABLE_HEADER: _Look("表头", f'{_TIGHT}<w:jc w:val="center"/>', _font(LEVEL_ONE_FONT, 21)),
    Style.TABLE_TEXT: _Look("表内文字", f'{_TIGHT}<w:jc w:val="left"/>', _font(BODY_FONT, 21)),
    Style.TABLE_CENTRE: _Look("表内居中", '<w:jc w:val="center"/>', based_on=Style.TABLE_TEXT),
    Style.TABLE_NOTE: _Look(
        "表注",
        f'{_FREE}<w:spacing w:before="80" w:line="320" w:lineRule="exact"/><w:jc w:val="left"/>',
        _font(BODY_FONT, 21),
    ),
    Style.MARK: _Look(
        "模板标记",
        f'{_FREE}<w:spacing w:line="240" w:lineRule="exact"/><w:jc w:val="left"/>',
        '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:eastAsia="宋体" w:cs="Consolas"/><w:color w:val="8064A2"/>'
        '<w:spacing w:val="0"/><w:sz w:val="18"/><w:szCs w:val="18"/>',
    ),
}


def styles_xml() -> str:
    """Return `word/styles.xml`."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_font(BODY_FONT)}<w:kern w:val='2'/>"
        f'<w:sz w:val="{page.BODY_PT * 2}"/><w:szCs w:val="{page.BODY_PT * 2}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        "</w:docDefaults>"
    )
    normal = (
        f'<w:style w:type="paragraph" w:default="1" w:styleId="{Style.BLANK}"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:spacing w:line="{page.LINE_PITCH}" w:lineRule="exact"/>'
        f'<w:jc w:val="both"/></w:pPr><w:rPr><w:spacing w:val="{page.CHARACTER_SPACING}"/></w:rPr></w:style>'
    )
    level_two = (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{LEVEL_TWO_WORDS}"><w:name w:val="第二层小标题"/>'
        f"<w:qFormat/><w:rPr>{_font(LEVEL_TWO_FONT)}</w:rPr></w:style>"
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    styles = "".join(_style_xml(style, look) for style, look in _LOOKS.items())
    return f'<w:styles xmlns:w="{NAMESPACE}">{defaults}{normal}{level_two}{table}{styles}</w:styles>'


def _style_xml(style: Style, look: _Look) -> str:
    is_own = "" if look.name.isascii() else ' w:customStyle="1"'
    run = f"<w:rPr>{look.run}</w:rPr>" if look.run else ""
    following = "" if look.following == style else f'<w:next w:val="{look.following}"/>'
    return (
        f'<w:style w:type="paragraph"{is_own} w:styleId="{style}"><w:name w:val={quoteattr(look.name)}/>'
        f'<w:basedOn w:val="{look.based_on}"/>{following}<w:qFormat/><w:pPr>{look.paragraph}</w:pPr>{run}</w:style>'
    )


def font_table_xml() -> str:
    """Return `word/fontTable.xml`: every font with the names that stand in for it."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{alternatives}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, alternatives, family, pitch in _FONTS
    )
    latin = (
        f'<w:font w:name="{LATIN_FONT}"><w:altName w:val="Liberation Serif"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    return f'<w:fonts xmlns:w="{NAMESPACE}">{fonts}{latin}</w:fonts>'


def settings_xml() -> str:
    """Return `word/settings.xml`: odd and even pages number on their outer sides."""
    return (
        f'<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:drawingGridVerticalSpacing w:val="156"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/>'
        '<w:listSeparator w:val=","/></w:settings>'
    )


def footer_xml(*, is_odd: bool) -> str:
    """Return a footer with — 1 — in 四号宋体: a character from the right margin on odd pages, from the left on even."""
    side = _indent(rightChars=100, right=280) if is_odd else _indent(leftChars=100, left=280)
    look = (
        f'<w:rPr><w:rFonts w:ascii="{NUMBER_FONT}" w:hAnsi="{NUMBER_FONT}" w:eastAsia="{NUMBER_FONT}"/>'
        f'<w:spacing w:val="0"/><w:sz w:val="{page.PAGE_NUMBER_PT * 2}"/>'
        f'<w:szCs w:val="{page.PAGE_NUMBER_PT * 2}"/></w:rPr>'
    )

    def run(content: str) -> str:
        return f"<w:r>{look}{content}</w:r>"

    number = (
        run("<w:t>— </w:t>".replace("<w:t>", '<w:t xml:space="preserve">'))
        + run('<w:fldChar w:fldCharType="begin"/>')
        + run('<w:instrText xml:space="preserve"> PAGE </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate"/>')
        + run("<w:t>1</w:t>")
        + run('<w:fldChar w:fldCharType="end"/>')
        + run('<w:t xml:space="preserve"> —</w:t>')
    )
    return (
        f'<w:ftr xmlns:w="{NAMESPACE}"><w:p><w:pPr>'
        f'<w:spacing w:line="{page.PAGE_NUMBER_PT * 20}" w:lineRule="exact"/>{side}'
        f'<w:jc w:val="{"right" if is_odd else "left"}"/></w:pPr>{number}</w:p></w:ftr>'
    )


def text_xml(text: str) -> str:
    """Return a run's text element."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'
