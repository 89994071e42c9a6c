"""A fictional notice as four kinds of government web page, and what it says."""

HEADLINE = "云岭市人民政府办公室关于印发云岭市制造业提升行动方案（2023—2025年）的通知"
BODY = """
<p style="text-align:center"><strong>云岭市人民政府办公室关于印发云岭市<br>
制造业提升行动方案（2023—2025年）的通知</strong></p>
<p>各县（市、区）人民政府，市政府各部门：</p><p>　　现将方案印发给你们，请认真贯彻执行。</p>
<p style="font-weight: bold">　　一、总体目标</p>
<p>　　到2025年，全市规模以上工业增加值年均增长<span>8</span><span>%</span>以上，培育“专精特新”企业300
家，推广
new materials&nbsp;应用。</p>
<p>　　<b>（一）推动技术改造。</b>实施技改项目200项。（牵头单位：市工业和信息化局；责任单位：市财政局）<br>
　　<b>（二）培育优质企业。</b>入库企业500家，用地100km<sup>2</sup>。（责任单位：市科技局）</p>
<table border="1"><tr><th>序号</th><th>重点任务</th><th>牵头单位</th></tr>
<tr><td rowspan="2">1</td><td>建设中试基地</td><td rowspan=2>市科技局</td></tr><tr><td>建设检测平台</td></tr></table>
<p>附件：1.<a href="P0201.docx">云岭市制造业提升行动任务清单.docx</a></p>
"""
BODY_LINES = [
    "云岭市人民政府办公室关于印发云岭市",
    "制造业提升行动方案（2023—2025年）的通知",
    "各县（市、区）人民政府，市政府各部门：",
    "现将方案印发给你们，请认真贯彻执行。",
    "一、总体目标",
    "到2025年，全市规模以上工业增加值年均增长8%以上，培育“专精特新”企业300家，推广new materials 应用。",
    "（一）推动技术改造。实施技改项目200项。（牵头单位：市工业和信息化局；责任单位：市财政局）",
    "（二）培育优质企业。入库企业500家，用地100km²。（责任单位：市科技局）",
    "附件：1.云岭市制造业提升行动任务清单.docx",
]
BODY_TABLE = (("序号", "重点任务", "牵头单位"), ("1", "建设中试基地", "市科技局"), ("1", "建设检测平台", "市科技局"))
METADATA = """<table><tr><td>索 引 号</td><td>00821/2023-00117</td><td>发布机构</td><td>云岭市人民政府办公室</td></tr>
<tr><td>文&nbsp;&nbsp;号</td><td>云政办发〔2023〕12号</td><td>成文日期</td><td>2023年3月8日</td></tr></table>"""
METADATA_ROWS = (
    ("索 引 号", "00821/2023-00117", "发布机构", "云岭市人民政府办公室"),
    ("文 号", "云政办发〔2023〕12号", "成文日期", "2023年3月8日"),
)
SIDE = "".join(f"<tr><td><a href={n}>通知公告{n}</a></td></tr>" for n in range(9))
LINKS = "".join(f'<li><a href="/{n}">政务公开栏目{n}，信息</a></li>' for n in range(12))

MODERN = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{HEADLINE}">
<title>{HEADLINE}_云岭市人民政府门户网站</title><script>var a = "<p>脚本，里的文字。</p>";</script></head><body>
<div class="header"><ul class="nav">{LINKS}</ul></div>
<div class="wrap"><div class="crumb">您当前的位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a></div>
{METADATA}
<h1>{HEADLINE}</h1>
<div class="info"><span>发布时间：2023-03-10</span><span>来源：市政府办公室</span><span>浏览次数：1021</span>
<span>【字体：<a href="javascript:s(18)">大</a> <a href="javascript:s(16)">中</a>
<a href="javascript:s(14)">小</a>】</span></div>
<div id="zoom" class="TRS_Editor">{BODY}</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div>【<a href="#">打印本页</a>】【<a href="#">关闭窗口</a>】</div>
<div class="xgwj"><h3>相关文件</h3><ul>{LINKS}</ul></div><p>上一篇：<a href="/x">关于做好防汛工作的通知</a></p></div>
<div class="footer"><p>主办：云岭市人民政府　承办：云岭市大数据局</p>
<p>网站标识码：5300000001 滇ICP备00000号</p></div></body></html>"""

LAYOUT_TABLES = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>云岭市政府网</title></head>
<body><table width=900><tr>{LINKS.replace("li>", "td>")}</tr></table>
<table><tr><td valign=top><table>{SIDE}</table></td>
<td>{METADATA.removesuffix("</table>")}<tr><td colspan=4>{BODY}</td></tr>
<tr><td colspan=4 align=center>【<a href="#">打印本页</a>】【<a href="#">关闭窗口</a>】</td></tr>
</table></td></tr></table>
<table><tr><td>版权所有：云岭市人民政府办公室 地址：云岭市人民路1号</td></tr></table></body></html>"""

UNNAMED = f"""<html><body><div><a href=1>首页</a><a href=2>新闻</a><ul>{LINKS}</ul></div><div><div>{METADATA}</div>
<div>{BODY}</div></div><div><p>Copyright 2023 版权所有</p><ul>{LINKS}</ul></div></body></html>"""

PLAIN = f"<html><body>{METADATA}{BODY}</body></html>"

PAGES = {"modern": MODERN, "layout tables": LAYOUT_TABLES, "unnamed": UNNAMED, "plain": PLAIN}
