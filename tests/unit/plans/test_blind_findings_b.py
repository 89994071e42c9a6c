"""Plans of other makes than the first ones: a page around a task table, rows cut at a page end, unusual agencies."""

from pathlib import Path

from planbook.plans.extraction import extract_plan
from planbook.plans.readers.page_document import compose
from planbook.plans.readers.paged import Page
from tests.unit.plans.plan_text import agencies, codes
from tests.unit.plans.plan_text import read as read_text
from tests.unit.plans.readers.reading import read, rows, texts
from tests.unit.plans.readers.typesetting import HEIGHT, WIDTH, rule, set_line

HEADER = ["序号", "重点任务", "具体措施", "牵头单位"]
COLUMNS = [80.0, 120.0, 180.0, 240.0, 300.0]
NOTICE = """
<p>安河县人民政府办公室关于印发《安河县2024年〈政府工作报告〉重点任务分工方案》的通知</p>
<p>安政办发〔2024〕5号</p><p>各乡镇人民政府，县政府各部门：</p><p>现印发给你们，请认真组织实施。</p>
<p>安河县人民政府办公室</p><p>2024年2月20日</p><p><b>安河县2024年《政府工作报告》重点任务分工方案</b></p>
"""
ROW = (
    "<tr><td>{0}</td><td>培育企业</td><td>新增企业10家，建立梯度培育库，完善扶持政策。</td>"
    "<td>县工信局（牵头）、县统计局、县财政局</td><td>2024年12月</td></tr>"
)


def test_the_notice_around_a_task_table_is_kept(tmp_path: Path) -> None:
    head = "<tr><th>序号</th><th>任务名称</th><th>工作内容</th><th>责任单位</th><th>完成时限</th></tr>"
    table = f"<table>{head}{''.join(ROW.format(number) for number in range(1, 9))}</table>"
    crumbs = "<div><a href='/'>首页</a>&gt;<a href='/a'>政府信息公开</a></div>"
    page = f"<html><body>{crumbs}{NOTICE}{table}<p>【打印本页】【关闭窗口】</p></body></html>"
    document = read(tmp_path, page.encode())
    assert texts(document)[0].startswith("安河县人民政府办公室")
    assert not any("打印" in text or "首页" in text for text in texts(document))
    plan = extract_plan(document)
    assert plan.title == "安河县2024年《政府工作报告》重点任务分工方案"
    assert (plan.issuer, plan.document_number) == ("安河县人民政府办公室", "安政办发〔2024〕5号")
    assert [task.number for task in plan.tasks] == [str(number) for number in range(1, 9)]


def _pages(above: list[str], below: list[list[str]]) -> list[Page]:
    """A table whose last row on the first page is `above`, one line a cell; `below` are the lines of the next."""
    first, second = Page(1, WIDTH, HEIGHT), Page(2, WIDTH, HEIGHT)
    rule(first, COLUMNS, [740.0, 760.0, 780.0])
    rule(second, COLUMNS, [100.0, 100.0 + 20 * len(below)])
    for page, top, lines in ((first, 740.0, [HEADER, above]), (second, 100.0, below)):
        for row, cells in enumerate(lines):
            for left, text in zip(COLUMNS, cells, strict=False):
                page.glyphs += set_line(text, left + 5, top + 20 * row + 15, size=12)
    return [first, second]


def test_a_row_cut_behind_its_first_line_is_one_row() -> None:
    pages = _pages(
        ["5", "开展困难", "建立主动", "市民政局"], [["", "群众救助", "发现机制", "和各县区"], ["", "", "。", "政府"]]
    )
    assert rows(compose(pages, "a.pdf")) == [
        (tuple(HEADER), ("5", "开展困难群众救助", "建立主动发现机制。", "市民政局和各县区政府"))
    ]


def test_rows_of_whole_short_texts_below_a_merged_number_stay_apart() -> None:
    pages = _pages(["5", "救助", "建机制。", "民政局"], [["", "养老", "建中心。", "卫健委"]])
    assert [row[1:] for row in rows(compose(pages, "a.pdf"))[0][1:]] == [
        ("救助", "建机制。", "民政局"),
        ("养老", "建中心。", "卫健委"),
    ]


def test_one_unknown_name_among_offices_is_an_agency_to_be_checked() -> None:
    text = "云江市物流实施方案\n一、重点工作\n1.推行联运。发展服务。（市交通运输局、市商务局、华铁集团临海车务段）"
    plan = read_text(text)
    assert agencies(plan.tasks[0]).startswith("市交通运输局 + 市商务局、华铁集团临海车务段")
    assert "agency_doubtful" in codes(plan)


def test_a_remark_with_one_office_is_no_list_of_agencies() -> None:
    text = "云江市物流实施方案\n一、重点工作\n1.推行联运。发展服务。（市商务局、公路港和物流枢纽另行安排）"
    assert read_text(text).tasks[0].lead_agencies == ()
