"""The standard templates of 通报, 督办单 and 催办函 as text; an office edits its copies of them in Word."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from planbook.outputs.documents.bulletin_fields import BulletinFields
from planbook.outputs.documents.letter_fields import NoticeFields, UrgingFields
from planbook.outputs.documents.package import digest_of, write_document
from planbook.outputs.documents.parts import (
    BLANK,
    Column,
    Level,
    Line,
    Part,
    RowTable,
    Style,
    body,
    level_one,
    mark,
    title,
)


class Template(StrEnum):
    """A template, by the name of its file in the workspace's `templates/`."""

    BULLETIN = "通报.docx"
    NOTICE = "督办单.docx"
    URGING = "催办函.docx"


_SIGNATURE: Final = (
    Line(Style.SIGNATURE_SPACE),
    Line(Style.SIGNATURE_SPACE),
    Line(Style.SIGNATURE, ("{{ 发文单位 }}",)),
    Line(Style.ISSUE_DATE, ("{{ 成文日期 }}",)),
)

_LIGHT_COLUMNS: Final = (
    Column("任务数", 16, "{{ 组.亮灯.总数 }}"),
    Column("绿灯", 14, "{{ 组.亮灯.绿灯 }}"),
    Column("蓝灯", 14, "{{ 组.亮灯.蓝灯 }}"),
    Column("黄灯", 14, "{{ 组.亮灯.黄灯 }}"),
    Column("红灯", 14, "{{ 组.亮灯.红灯 }}"),
    Column("灰灯", 14, "{{ 组.亮灯.灰灯 }}"),
    Column("白灯", 14, "{{ 组.亮灯.白灯 }}"),
)
_LIGHT_TOTALS: Final = tuple(
    f"{{{{ 亮灯.{name} }}}}" for name in ("总数", "绿灯", "蓝灯", "黄灯", "红灯", "灰灯", "白灯")
)

_BULLETIN: Final[tuple[Part, ...]] = (
    title("关于{{ 本期 }}重点任务"),
    title("进展情况的通报"),
    BLANK,
    Line(Style.ADDRESSEE, ("各有关单位：",)),
    body(
        "现将{{ 方案名称 }}确定的重点任务{% if 范围 %}（{{ 范围 }}）{% endif %}{{ 本期 }}进展情况通报如下，"
        "数据截至{{ 截止日期 }}。"
    ),
    level_one("一、总体情况"),
    body(
        Level("（一）报送情况。"),
        "本期应报单位{{ 报送.应报 }}个，已报{{ 报送.已报 }}个，未报{{ 报送.未报 }}个，报送率{{ 报送.报送率 }}。",
    ),
    body(
        Level("（二）任务进展。"),
        "重点任务共{{ 亮灯.总数 }}项，其中绿灯{{ 亮灯.绿灯 }}项、蓝灯{{ 亮灯.蓝灯 }}项、黄灯{{ 亮灯.黄灯 }}项、"
        "红灯{{ 亮灯.红灯 }}项、灰灯{{ 亮灯.灰灯 }}项"
        "{% if 亮灯.白灯 %}、白灯（暂缓）{{ 亮灯.白灯 }}项{% endif %}；已核查销号{{ 已销号 }}项，"
        "牵头单位报告已完成、待核查{{ 待核查 }}项。"
        "{% if 变化 %}与{{ 上期 }}相比，{{ 变化 }}。{% endif %}",
    ),
    mark("if 指标.总数"),
    body(
        Level("（三）指标完成。"),
        "主要指标共{{ 指标.总数 }}个，其中已达标{{ 指标.已达标 }}个、未达标{{ 指标.未达标 }}个、"
        "尚不能判断{{ 指标.无法判断 }}个、未报送{{ 指标.未报送 }}个。",
    ),
    mark("endif"),
    mark("if 图.亮灯图"),
    Line(Style.PICTURE, ("{{ 图.亮灯图 }}",)),
    mark("endif"),
    mark("if 上期"),
    Line(Style.CAPTION, ("{{ 本期 }}与{{ 上期 }}对比",)),
    RowTable(
        (
            Column("项目", 60, "{{ 行.名称 }}", Style.TABLE_TEXT),
            Column("本期", 32, "{{ 行.本期 }}"),
            Column("上期", 32, "{{ 行.上期 }}"),
            Column("增减", 32, "{{ 行.增减 }}"),
        ),
        "行 in 对比",
    ),
    mark("endif"),
    Line(Style.CAPTION, ("各{{ 分组方式 }}任务亮灯情况",)),
    RowTable(
        (Column("{{ 分组方式 }}", 56, "{{ 组.名称 }}", Style.TABLE_TEXT), *_LIGHT_COLUMNS),
        "组 in 分组",
        total=("合计", *_LIGHT_TOTALS),
    ),
    mark("if 图.趋势图"),
    Line(Style.PICTURE, ("{{ 图.趋势图 }}",)),
    mark("endif"),
    mark("if 类别"),
    level_one("二、各类单位排名"),
    body("按单位类别分别排名如下，牵头任务的计入；进度以单位报送为准。"),
    mark("for 类 in 类别"),
    Line(Style.CAPTION, ("{{ 类.名称 }}",)),
    RowTable(
        (
            Column("名次", 13, "{{ 位.名次 }}"),
            Column("单位", 44, "{{ 位.单位 }}", Style.TABLE_TEXT),
            Column("牵头任务", 18, "{{ 位.牵头任务 }}"),
            Column("已报", 13, "{{ 位.已报任务 }}"),
            Column("报告完成", 18, "{{ 位.报告完成 }}"),
            Column("平均进度", 18, "{{ 位.平均进度 }}"),
            Column("红灯", 16, "{{ 位.红灯 }}"),
            Column("黄灯", 16, "{{ 位.黄灯 }}"),
        ),
        "位 in 类.单位排名",
    ),
    mark("endfor"),
    mark("endif"),
    level_one("{% if 类别 %}三{% else %}二{% endif %}、存在问题"),
    mark("if 未报单位"),
    body(
        Level("（一）有的单位没有按时报送。"),
        "截至{{ 成文日期 }}，{{ 未报单位名单 }}共{{ 报送.未报 }}个单位没有报送进展情况。",
    ),
    mark("endif"),
    mark("if not 未报单位"),
    body(Level("（一）报送情况。"), "应报单位都已报送，没有缺报。"),
    mark("endif"),
    mark("if 超期任务"),
    body(
        Level("（二）有的任务超过完成时限。"),
        "共{{ 超期任务|length }}项"
        "{% if 超期任务|length > 5 %}，见{{ 附件标识.红黄灯 }}。{% else %}："
        "{% for 任务 in 超期任务 %}{{ 任务.任务名称 }}（{{ 任务.牵头单位 }}，时限{{ 任务.完成时限 }}，"
        "已超{{ 任务.超期天数 }}天）{% if not loop.last %}；{% endif %}{% endfor %}。{% endif %}",
    ),
    mark("endif"),
    mark("if not 超期任务"),
    body(Level("（二）完成时限。"), "没有超过完成时限的任务。"),
    mark("endif"),
    body(
        Level("（三）进度滞后情况。"),
        "红灯{{ 红灯任务|length }}项、黄灯{{ 黄灯任务|length }}项"
        "{% if 附件标识.红黄灯 %}，见{{ 附件标识.红黄灯 }}{% endif %}。",
    ),
    mark("if 疑点"),
    body(
        Level("（四）有的数据前后矛盾。"),
        "共{{ 疑点|length }}处，其中{{ 疑点分类 }}，见{{ 附件标识.疑点 }}，请有关单位核实说明。",
    ),
    mark("endif"),
    level_one("{% if 类别 %}四{% else %}三{% endif %}、下一步工作"),
    body(
        Level("（一）抓紧整改。"),
        "红灯、黄灯任务的牵头单位要分析原因，逐项明确措施、责任人和完成日期，于{{ 回复日期 }}前书面说明。",
    ),
    mark("if 未报单位"),
    body(Level("（二）补报进展。"), "未报送的单位要于{{ 回复日期 }}前补报，并说明原因。"),
    mark("endif"),
    mark("if not 未报单位"),
    body(Level("（二）保证质量。"), "各单位要如实填报，进度与佐证材料一致。"),
    mark("endif"),
    body(Level("（三）按时报送。"), "{{ 下期 }}进展情况请于{{ 下期报送截止日 }}前报送。"),
    mark("if 附件清单"),
    BLANK,
    mark("for 附件 in 附件清单"),
    mark("if loop.first"),
    Line(Style.ANNEX_FIRST, ("附件：{{ 附件.序号 }}{{ 附件.名称 }}",)),
    mark("endif"),
    mark("if not loop.first"),
    Line(Style.ANNEX_NEXT, ("{{ 附件.序号 }}{{ 附件.名称 }}",)),
    mark("endif"),
    mark("endfor"),
    mark("endif"),
    *_SIGNATURE,
    mark("if 公开版"),
    body("（此件公开发布）"),
    mark("endif"),
    mark("if 附件标识.红黄灯"),
    Line(Style.ANNEX_MARK, ("{{ 附件标识.红黄灯 }}",)),
    Line(Style.ANNEX_TITLE, ("红灯、黄灯任务清单",)),
    RowTable(
        (
            Column("序号", 12, "{{ loop.index }}"),
            Column("任务编号", 23, "{{ 任务.编号 }}"),
            Column("任务名称", 42, "{{ 任务.任务名称 }}", Style.TABLE_TEXT),
            Column("牵头单位", 24, "{{ 任务.牵头单位 }}"),
            Column("亮灯", 12, "{{ 任务.亮灯 }}"),
            Column("依据", 43, "{{ 任务.亮灯依据 }}", Style.TABLE_TEXT),
        ),
        "任务 in 红黄灯任务",
    ),
    mark("endif"),
    mark("if 附件标识.未报"),
    Line(Style.ANNEX_MARK, ("{{ 附件标识.未报 }}",)),
    Line(Style.ANNEX_TITLE, ("未报送单位名单",)),
    RowTable(
        (
            Column("序号", 14, "{{ loop.index }}"),
            Column("单位", 52, "{{ 家.单位 }}", Style.TABLE_TEXT),
            Column("应报任务", 22, "{{ 家.任务数 }}"),
            Column("其中牵头", 22, "{{ 家.牵头任务 }}"),
            Column("报送截止日", 28, "{{ 家.报送截止日 }}"),
            Column("逾期（天）", 18, "{{ 家.逾期天数 }}"),
        ),
        "家 in 未报单位",
    ),
    mark("endif"),
    mark("if 附件标识.疑点"),
    Line(Style.ANNEX_MARK, ("{{ 附件标识.疑点 }}",)),
    Line(Style.ANNEX_TITLE, ("数据疑点清单",)),
    RowTable(
        (
            Column("序号", 12, "{{ loop.index }}"),
            Column("类别", 24, "{{ 点.类别 }}"),
            Column("任务或指标", 38, "{{ 点.对象 }}", Style.TABLE_TEXT),
            Column("单位", 28, "{{ 点.单位 }}", Style.TABLE_TEXT),
            Column("疑点", 54, "{{ 点.内容 }}", Style.TABLE_TEXT),
        ),
        "点 in 疑点",
    ),
    mark("endif"),
    mark("if 附件标识.困难"),
    Line(Style.ANNEX_MARK, ("{{ 附件标识.困难 }}",)),
    Line(Style.ANNEX_TITLE, ("单位反映的困难和问题",)),
    RowTable(
        (
            Column("序号", 12, "{{ loop.index }}"),
            Column("单位", 26, "{{ 条.单位 }}"),
            Column("任务", 35, "{{ 条.编号 }} {{ 条.任务名称 }}", Style.TABLE_TEXT),
            Column("困难和问题", 45, "{{ 条.内容 }}", Style.TABLE_TEXT),
            Column("下一步措施", 38, "{{ 条.下一步措施 }}", Style.TABLE_TEXT),
        ),
        "条 in 困难",
    ),
    mark("endif"),
)

_NOTICE: Final[tuple[Part, ...]] = (
    title("督 办 单"),
    BLANK,
    Line(Style.TABLE_NOTE, ("编号：{{ 编号 }}",)),
    Line(Style.ADDRESSEE, ("{{ 单位 }}：",)),
    body(
        "经核对{{ 本期 }}重点任务台账（数据截至{{ 截止日期 }}），你单位承担的下列{{ 项数 }}项任务"
        "超期、滞后或数据前后矛盾，现予督办。"
    ),
    Line(Style.CAPTION, ("督办事项",)),
    RowTable(
        (
            Column("序号", 12, "{{ loop.index }}"),
            Column("任务编号", 23, "{{ 项.编号 }}"),
            Column("任务名称", 40, "{{ 项.任务名称 }}", Style.TABLE_TEXT),
            Column("角色", 12, "{{ 项.承担角色 }}"),
            Column("完成时限", 23, "{{ 项.完成时限 }}"),
            Column("督办原因", 46, "{{ 项.督办原因 }}", Style.TABLE_TEXT),
        ),
        "项 in 督办事项",
    ),
    BLANK,
    body(
        "请逐项查明原因，提出整改措施、责任人和完成日期，于{{ 回复日期 }}前书面回复"
        "{% if 联系人 %}（联系人：{{ 联系人 }}）{% endif %}。情况有出入的，请附佐证材料说明。"
    ),
    *_SIGNATURE,
)

_URGING: Final[tuple[Part, ...]] = (
    title("关于催报{{ 本期 }}重点任务"),
    title("进展情况的函"),
    BLANK,
    Line(Style.ADDRESSEE, ("{{ 单位 }}：",)),
    body(
        "{{ 下发日期 }}下发的{{ 本期 }}责任清单，你单位应报任务{{ 项数 }}项"
        "{% if 牵头项数 %}（其中牵头{{ 牵头项数 }}项）{% endif %}"
        "{% if 报送截止日 %}，应于{{ 报送截止日 }}前报送{% endif %}。截至{{ 成文日期 }}，尚未收到你单位的报送"
        "{% if 逾期天数 > 0 %}，已逾期{{ 逾期天数 }}天{% endif %}。"
    ),
    body(
        "请于{{ 回复日期 }}前按原表填报并发回；已经报送的，请告知发送的时间和方式，以便查找。"
        "{% if 联系人 %}联系人：{{ 联系人 }}。{% endif %}"
    ),
    BLANK,
    Line(Style.ANNEX_FIRST, ("附件：应报任务清单",)),
    *_SIGNATURE,
    Line(Style.ANNEX_MARK, ("附件",)),
    Line(Style.ANNEX_TITLE, ("应报任务清单",)),
    RowTable(
        (
            Column("序号", 12, "{{ loop.index }}"),
            Column("任务编号", 26, "{{ 任务.编号 }}"),
            Column("任务名称", 60, "{{ 任务.任务名称 }}", Style.TABLE_TEXT),
            Column("角色", 14, "{{ 任务.承担角色 }}"),
            Column("完成时限", 44, "{{ 任务.完成时限 }}"),
        ),
        "任务 in 应报任务",
    ),
)


@dataclass(frozen=True, slots=True)
class StandardTemplate:
    """A standard template: its text, and the dataclass of what it may name."""

    parts: tuple[Part, ...]
    fields: type[Any]


STANDARD: Final[Mapping[Template, StandardTemplate]] = MappingProxyType(
    {
        Template.BULLETIN: StandardTemplate(_BULLETIN, BulletinFields),
        Template.NOTICE: StandardTemplate(_NOTICE, NoticeFields),
        Template.URGING: StandardTemplate(_URGING, UrgingFields),
    }
)


def write_standard_template(template: Template) -> bytes:
    """Return a standard template as a Word document; the same bytes each time."""
    return write_document(STANDARD[template].parts, name=template.removesuffix(".docx"))


def is_unedited(content: bytes) -> bool:
    """Return whether a template is as some planbook wrote it: then the standard one of today takes its place."""
    import zipfile
    from io import BytesIO

    from lxml import etree

    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            properties = etree.fromstring(package.read("docProps/core.xml"), etree.XMLParser(resolve_entities=False))
            digest = properties.findtext("{http://purl.org/dc/elements/1.1/}identifier")
            return digest == digest_of(package.read("word/document.xml"))
    except (zipfile.BadZipFile, KeyError, SyntaxError, OSError, ValueError):
        return False
