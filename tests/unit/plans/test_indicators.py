"""Targets: which numbers are ones, with value, unit, operator, year and name."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.model.plan import Indicator
from planbook.plans.indicators import Passage, find_indicators, unquantified_targets
from tests.unit.plans.plan_text import codes, read

# text of a plan's aims → values with units
AIMS = """
到2025年，全市地区生产总值突破8000亿元，年均增长7%左右，人均地区生产总值达到10万元。 → 8000亿元 7% 10万元
研发经费投入强度达到3.2%，每万人口高价值发明专利拥有量达到15件。 → 3.2% 15件
新增国家级高新区1家、省级高新区3家，高新技术企业总数达到5000家以上。 → 1家 3家 5000家
制造业增加值占GDP比重稳定在28%左右，单位工业增加值能耗下降13.5%。 → 28% 13.5%
PM2.5平均浓度下降到35微克/立方米以下，空气质量优良天数比率达到85%。 → 35微克/立方米 85%
每千人口拥有执业（助理）医师数达到3.5人，平均受教育年限达到11.5年，人均预期寿命达到79.5岁。 → 3.5人 11.5年 79.5岁
到2023年底，建成5G基站3万个，千兆宽带用户突破100万户。 → 3万个 100万户
“十四五”期间，新建改建农村公路2000公里，新增高标准农田50万亩。 → 2000公里 50万亩
旅游总收入突破1000亿元，接待游客突破1亿人次，创建国家5A级旅游景区2个、国家级旅游度假区1个。 → 1000亿元 1亿人次 2个 1个
力争用3—5年时间，培育形成2个千亿级产业集群、5个百亿级产业集群，上市公司达到50家。 → 2个 5个 50家
到2022年，投入占比达到2.5%；到2025年，达到3%。 → 2.5% 3%
2020年，高新技术企业达到1200家。到2025年，高新技术企业达到3000家。 → 3000家
与2020年相比，单位地区生产总值能耗降低15%，二氧化碳排放降低18%。 → 15% 18%
常住人口城镇化率提高到70%，户籍人口城镇化率提高5个百分点。 → 70% 5个百分点
进出口总额年均增长10%，实际使用外资累计达到30亿美元。 → 10% 30亿美元
市级以上科技创新平台达到300个，其中国家级20个、省级150个。 → 300个 20个 150个
新建口袋公园50个，新增城市绿地200公顷，建成绿道300公里。 → 50个 200公顷 300公里
产业规模实现翻番，达到2000亿元。 → 2倍 2000亿元
企业数量比2020年翻两番。 → 4倍
力争培育百亿元以上企业10家，十亿元以上企业100家。 → 10家 100家
装机容量达到1000万千瓦，储能规模达到200万千瓦时。 → 1000万千瓦 200万千瓦时
救援人员到达时间不超过30分钟，响应时间缩短至15分钟以内。 → 30分钟 15分钟
累计建成充电桩3万根、充电站500座，车桩比达到2:1。 → 3万根 500座
全国百强县排名进入前50位。 → 50位
全市高新技术企业和科技型中小企业数量实现“双破万”。 → 1万家 1万家
汽车产业产值突破万亿元，装备制造业规模突破千亿元。 → 1万亿元 1000亿元
森林覆盖率达到百分之六十二点五。 → 62.5%
"""

# text of a task → values with units, empty where there are none
TASKS = """
新获批1-2家全国重点实验室，2—3家国家技术创新中心，6～8家企业技术中心。 → 1家 2家 6家
新增省级以上创新平台5—8家，引进高层次人才团队3至5个。 → 5家 3个
每个高新区规划1—2个千亿和2—4个500亿创新型产业集群。 → 1个 2个
每个省级高新区至少拥有1个服务平台、1支投资基金、10家骨干机构。 → 1个 1支 10家
支持年营业收入2000万元以上的企业建设研发机构，到2025年覆盖率达到60%。 → 60%
招引亿元以上项目50个，其中10亿元以上项目5个。 → 50个 5个
推动80%以上的规上工业企业完成数字化改造。 → 80%
办理时限由20个工作日压缩至5个工作日以内。 → 5个工作日
建设15分钟便民生活圈20个，改造农贸市场10个。 → 20个 10个
目前，全市已建成充电桩1.2万个。2023年，新建充电桩5000个。 → 5000个
发挥现有12个国家级平台作用，新建省级平台5个。 → 5个
培训骨干600人次，遴选发布10个典型应用场景。 → 600人次 10个
培育千家高成长性的科技创新企业，培育万家小微企业。 → 1000家 10000家
设立总规模50亿元的产业基金。 → 50亿元
推进云江一中、云江二中等8个项目建设，完成投资3.5亿元。 → 3.5亿元
对首次认定的企业，给予20万元奖励；对重新认定的，给予10万元奖励。 →
对满足连续3年纳税的企业，按30%比例给予补贴，每年不超过100万元。 →
推进三个一批，深入实施四大工程，打造五个中心，落实“五育并举”。 →
加快“4+4科创工程”建设，落实“1+N”政策体系，引育世界500强企业。 →
按照《环境保护法》第十二条规定，落实2023年度任务，执行云政发〔2021〕11号文件。 →
2018年以来，全市累计引进项目300个。 →
深化与北京大学等10所高校合作。 →
在长沙居住满6个月以上的科研人员家庭可直接购房。 →
落实企业研发费用100%加计扣除政策，提供最高1000万元信用贷款。 →
以3个国家级开发区为龙头，建设百里创新走廊。 →
加快G107国道改扩建，发展3D打印，推广5G应用。 →
"""


def cases(table: str) -> list[tuple[str, list[str]]]:
    return [(left.strip(), right.split()) for left, right in (line.split("→") for line in table.strip().splitlines())]


def found(text: str, *, in_aims: bool, year: str | None = None, earliest: int | None = 2021) -> tuple[Indicator, ...]:
    return find_indicators(Passage(text, None if in_aims else 0, in_aims=in_aims, year=year, earliest=earliest))


def written(indicator: Indicator) -> str:
    return f"{indicator.value.normalize():f}{indicator.unit}"


@pytest.mark.parametrize(("text", "expected"), cases(AIMS))
def test_targets_among_the_aims(text: str, expected: list[str]) -> None:
    assert sorted(map(written, found(text, in_aims=True))) == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), cases(TASKS))
def test_targets_within_tasks(text: str, expected: list[str]) -> None:
    assert sorted(map(written, found(text, in_aims=False))) == sorted(expected)


OPERATORS = """
高新技术企业达到4600家 → >=
高新技术企业达4600家以上 → >=
高新技术企业突破4600家 → >
高新技术企业超过4600家 → >
高新技术企业不低于4600家 → >=
培育高新技术企业4600家 → =
培育高新技术企业4600家左右 → ~
失业率控制在5.5%以内 → <=
浓度下降到35微克/立方米 → <=
办理时间不超过3个工作日 → <=
"""


@pytest.mark.parametrize(("text", "operator"), [line.split(" → ") for line in OPERATORS.strip().splitlines()])
def test_operator(text: str, operator: str) -> None:
    (indicator,) = found(f"{text}。", in_aims=True)
    assert indicator.operator.value == operator


NAMES = """
全社会研发经费投入占地区生产总值的比重达到2.9% → 全社会研发经费投入占地区生产总值的比重
实现技术合同成交额380亿元 → 技术合同成交额
新增50家市级以上科技创新平台 → 新增市级以上科技创新平台
培养技术经理人300名 → 技术经理人
修订村规民约150个 → 修订村规民约
一是加快水库除险加固，完成35座 → 水库除险加固
——每万人口发明专利拥有量达到30件 → 每万人口发明专利拥有量
力争五类研发企业（中心）达200家以上 → 五类研发企业（中心）
每个省级高新区至少拥有2个以上省级科技企业孵化器 → 每个省级高新区省级科技企业孵化器
五年引进高层次人才500名 → 高层次人才
组织招聘活动100场 → 招聘活动
"""


@pytest.mark.parametrize(("text", "name"), [line.split(" → ") for line in NAMES.strip().splitlines()])
def test_name_is_what_a_clerk_would_call_it(text: str, name: str) -> None:
    (indicator,) = found(f"{text}。", in_aims=True)
    assert indicator.name == name


def test_second_value_of_the_same_thing_keeps_its_name() -> None:
    first, second = found("浓度保持在30微克/立方米以下，力争保持在25微克/立方米以下。", in_aims=True)
    assert (first.name, second.name) == ("浓度", "浓度")


def test_range_has_two_ends() -> None:
    (indicator,) = found("新增认定3-5家企业技术中心。", in_aims=False)
    assert (indicator.value, indicator.value_max, indicator.unit) == (Decimal(3), Decimal(5), "家")


YEARS = """
到2025年，平台达到100家。 → 2025
2025年，平台达到100家。 → 2025
到2025年底，平台达到100家。 → 2025
2025年6月30日前，建成平台100家。 → 2025-06-30
平台达到100家。 → None
比2020年新增平台100家。 → None
2022年起5年内，新增平台100家。 → None
"""


@pytest.mark.parametrize(("text", "by"), [line.split(" → ") for line in YEARS.strip().splitlines()])
def test_year(text: str, by: str) -> None:
    (indicator,) = found(text, in_aims=False)
    assert str(indicator.by) == by


def test_year_of_a_heading_holds_for_the_bullets_below_it() -> None:
    first, second = found("2025年发展指标：\n——平台达到100家。\n——企业达到200家。", in_aims=True)
    assert (first.by, second.by) == ("2025", "2025")


def test_year_of_the_title_holds_where_the_text_names_none() -> None:
    (indicator,) = found("平台达到100家。", in_aims=False, year="2021")
    assert indicator.by == "2021"


def test_indicators_belong_to_the_plan_or_to_their_task() -> None:
    plan = read(
        """
        云江市创新行动计划（2023—2025年）
        一、总体目标
        到2025年，高新技术企业突破500家。
        二、重点任务
        （一）建设平台。新建平台10个。（责任单位：市科技局）
        （二）培育企业。新增企业20家。（责任单位：市科技局）
        三、保障措施
        （一）加强投入。设立总规模10亿元的基金。
        """
    )
    assert [(each.task, each.name, written(each), each.by) for each in plan.indicators] == [
        (None, "高新技术企业", "500家", "2025"),
        (0, "平台", "10个", None),
        (1, "新增企业", "20家", None),
        (2, "总规模", "10亿元", None),
    ]
    assert plan.indicators[1].quote == "新建平台10个"


def test_history_and_notices_give_no_targets() -> None:
    plan = read(
        """
        云江市人才规划
        一、发展基础
        高新技术企业达到1200家，人才总量达到50万人。
        二、重点任务
        （一）引进人才。引进人才100名。
        """
    )
    assert [written(each) for each in plan.indicators] == ["100名"]


def test_promise_of_a_first_is_no_number_but_a_note() -> None:
    assert unquantified_targets(Passage("力争国家实验室实现零的突破，建成平台5个。")) == ("力争国家实验室实现零的突破",)
    assert "target_without_number" in codes(
        read("方案计划\n一、建设平台。力争国家实验室实现零的突破。\n二、推进。落实。")
    )


@given(
    value=st.decimals(min_value=Decimal("0.1"), max_value=Decimal(999999), places=1),
    unit=st.sampled_from(["亿元", "家", "%", "个百分点", "万亩", "公里", "万人次", "件"]),
)
def test_number_and_unit_are_kept_as_written(value: Decimal, unit: str) -> None:
    (indicator,) = found(f"到2025年，指标甲达到{value}{unit}。", in_aims=True)
    assert (indicator.value, indicator.unit) == (value, unit)


@given(
    st.text(alphabet="到2025年达新增建设家个%亿元万的以上，。、；0123456789.-—至约超“”（）", max_size=80), st.booleans()
)
def test_quotes_are_verbatim_and_values_finite(text: str, in_aims: bool) -> None:
    for indicator in found(text, in_aims=in_aims):
        assert indicator.quote in text
        assert indicator.value.is_finite()
