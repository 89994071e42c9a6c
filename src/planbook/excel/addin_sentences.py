"""Sentences that the add-in itself may have to say: they stand in its worksheet, for VBA source is ASCII alone."""

from typing import Final

SENTENCES: Final = (
    ("title", "责任台账"),
    ("working", "planbook 正在处理，请稍候……"),
    (
        "not_installed",
        (
            "planbook 加载项还没有装好：找不到 %1。请在命令行运行 planbook addin install --host excel，"
            "或重新运行安装包里的“安装 planbook”，也可以请信息中心的同志处理。"
        ),
    ),
    (
        "no_interpreter",
        "找不到 Python：%1。planbook 可能被移走或卸载了，请重新安装，再运行 planbook addin install --host excel。",
    ),
    (
        "not_started",
        (
            "没能启动 planbook（%1）。可能是安全软件或单位策略不许 Excel 启动程序，请信息中心的同志放行，"
            "或让 planbook 服务随登录启动（planbook doctor 会说明）。"
        ),
    ),
)
"""Key and text; `%1` stands for the place or the reason."""
