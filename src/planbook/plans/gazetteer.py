"""Provinces and cities of China: who 长株潭三市 are, and which names carry their own place."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from planbook.plans.numbers import parse_ordinal

# Prefecture-level cities and autonomous prefectures (State Council division table, 2023), without 市.
_CITIES: Final = {
    "河北": "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水",
    "山西": "太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁",
    "内蒙古": "呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布",
    "辽宁": "沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛",
    "吉林": "长春 吉林 四平 辽源 通化 白山 松原 白城 延边",
    "黑龙江": "哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化",
    "江苏": "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁",
    "浙江": "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水",
    "安徽": "合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城",
    "福建": "福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德",
    "江西": "南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶",
    "山东": "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽",
    "河南": "郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源",
    "湖北": "武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 天门",
    "湖南": "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西",
    "广东": (
        "广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮"
    ),
    "广西": "南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左",
    "海南": "海口 三亚 三沙 儋州",
    "四川": (
        "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山"
    ),
    "贵州": "贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南",
    "云南": "昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆",
    "西藏": "拉萨 日喀则 昌都 林芝 山南 那曲 阿里",
    "陕西": "西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛",
    "甘肃": "兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南",
    "青海": "西宁 海东 海北 黄南 海南 果洛 玉树 海西",
    "宁夏": "银川 石嘴山 吴忠 固原 中卫",
    "新疆": "乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 和田 伊犁 塔城 阿勒泰",
    "北京": "北京",
    "天津": "天津",
    "上海": "上海",
    "重庆": "重庆",
    "香港": "香港",
    "澳门": "澳门",
    "台湾": "台湾",
}
# Groups whose short name is not simply the first characters, or is customary.
_CUSTOMARY: Final = {
    "长株潭": "长沙 株洲 湘潭",
    "武鄂黄黄": "武汉 鄂州 黄石 黄冈",
    "武鄂黄黄咸": "武汉 鄂州 黄石 黄冈 咸宁",
    "鄂黄黄": "鄂州 黄石 黄冈",
    "鄂黄黄咸": "鄂州 黄石 黄冈 咸宁",
    "宜荆荆": "宜昌 荆州 荆门",
    "宜荆荆恩": "宜昌 荆州 荆门 恩施",
    "襄十随": "襄阳 十堰 随州",
    "襄十随神": "襄阳 十堰 随州 神农架",
    "广佛": "广州 佛山",
    "广佛肇": "广州 佛山 肇庆",
    "深莞惠": "深圳 东莞 惠州",
    "珠中江": "珠海 中山 江门",
    "汕潮揭": "汕头 潮州 揭阳",
    "湛茂": "湛江 茂名",
    "苏锡常": "苏州 无锡 常州",
    "宁镇扬": "南京 镇江 扬州",
    "徐连淮盐宿": "徐州 连云港 淮安 盐城 宿迁",
    "杭嘉湖": "杭州 嘉兴 湖州",
    "甬台温": "宁波 台州 温州",
    "厦漳泉": "厦门 漳州 泉州",
    "合芜蚌": "合肥 芜湖 蚌埠",
    "郑汴洛": "郑州 开封 洛阳",
    "郑开许": "郑州 开封 许昌",
    "成德眉资": "成都 德阳 眉山 资阳",
    "太忻": "太原 忻州",
    "济青烟": "济南 青岛 烟台",
    "沈大": "沈阳 大连",
    "昌九": "南昌 九江",
}
_NAMED_CITY: Final = re.compile(r"(?:^|[、，,：:（(；;。\s和及与在由])([\u4e00-\u9fff]{2,3})市")
_NO_CITIES: Final = frozenset(
    {"地级", "县级", "设区", "直辖", "省直", "各省", "全省", "有关", "相关", "其他", "以上", "中心", "城市"}
)
_GROUP: Final = re.compile(r"([\u4e00-\u9fff]{2,8})([二两三四五六七八九十]|\d{1,2})(市|州|地|市州)")


@cache
def place_names() -> frozenset[str]:
    """Return provinces and cities by their short names."""
    return frozenset(_CITIES) | frozenset(city for cities in _CITIES.values() for city in cities.split())


def starts_with_place(name: str) -> bool:
    """Return whether a name carries its own place in front (湖南证监局, 长沙海关)."""
    return any(name[:length] in place_names() for length in (2, 3, 4))


def is_place(name: str) -> bool:
    """Return whether a name is a province's or city's short name."""
    return name in place_names()


def match_city_group(text: str) -> tuple[str, int] | None:
    """Return the initials and the length of a city group (长株潭三市, 5 characters) at the start of `text`."""
    match = _GROUP.match(text)
    if match and parse_ordinal(match[2]) == len(match[1]):
        return match[1], match.end()
    return None


def resolve_city_group(initials: str, mentioned: Iterable[str]) -> tuple[str, ...]:
    """Return the cities (short names) that a run of initials stands for, empty where that is not certain.

    Cities that the document itself names are preferred, then the customary groups, then those of one province; a
    choice that stays open is no choice.
    """
    if initials in _CUSTOMARY:
        return tuple(_CUSTOMARY[initials].split())
    for cities in (tuple(dict.fromkeys(mentioned)), *(tuple(cities.split()) for cities in _CITIES.values())):
        chosen = _pick(initials, cities)
        if chosen:
            return chosen
    return ()


def cities_mentioned(text: str) -> tuple[str, ...]:
    """Return the cities that a text names as 某某市 or in a list, in order, each once, as short names."""
    pattern = re.compile("|".join(sorted((re.escape(name) for name in place_names()), key=len, reverse=True)))
    found = [(match.start(), match[0]) for match in pattern.finditer(text)]
    found.extend((match.start(1), match[1]) for match in _NAMED_CITY.finditer(text) if match[1] not in _NO_CITIES)
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


def _pick(initials: str, cities: Sequence[str]) -> tuple[str, ...]:
    """One city for each initial, each city once; empty where one is missing or two would do."""
    chosen: list[str] = []
    for index, initial in enumerate(initials):
        fitting = [city for city in cities if city[0] == initial and city not in chosen]
        if not fitting:
            fitting = [city for city in cities if initial in city and city not in chosen]
        if not fitting or len(fitting) > initials[index:].count(initial):
            return ()
        chosen.append(fitting[0])
    return tuple(chosen)
