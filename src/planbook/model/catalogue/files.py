"""Catalogue entries for files as such: unreadable, foreign, not workbooks."""

from typing import Final

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

_SAVE_AS_XLSX: Final = "请用 Excel 或 WPS 打开后另存为“Excel 工作簿（*.xlsx）”再报送"
_SEND_THE_FORM: Final = "请填写下发的责任清单（.xlsx）后报送电子表格"

ENTRIES: dict[str, Entry] = {
    # Not taken in, and rightly so.
    "file_lock": Entry(Severity.NOTE, "这是表格打开时自动产生的临时文件，不是报送内容"),
    "file_system": Entry(Severity.NOTE, "这是操作系统自动产生的文件，不是报送内容"),
    "file_unfinished": Entry(Severity.NOTE, "这是没有下载完或没有保存完的临时文件", "下载完成后再汇总"),
    # Cannot be got at.
    "file_missing": Entry(Severity.ERROR, "找不到这个文件或文件夹", "请检查路径"),
    "file_inaccessible": Entry(Severity.ERROR, "打不开（{reason}）", "请检查访问权限，关闭正在使用它的程序后重试"),
    "file_changed": Entry(Severity.ERROR, "文件在读取过程中被改动", "请等它保存完成后重试"),
    "file_link": Entry(Severity.ERROR, "这是指向别处的链接（快捷方式），不会打开", "请把文件本身放进来"),
    "file_special": Entry(Severity.ERROR, "这不是普通文件，不会打开", "请移走"),
    "file_too_large": Entry(Severity.ERROR, "文件有 {size}，超过上限 {limit}", "请让报送单位删去图片等附件后重新报送"),
    "file_too_many": Entry(Severity.ERROR, "文件超过 {limit} 个，其余没有读取", "请分批汇总"),
    "file_too_deep": Entry(Severity.ERROR, "压缩包、邮件或文件夹层层嵌套太多，没有打开", "请把里面的文件取出来"),
    # Archives and mails.
    "file_archive_empty": Entry(Severity.ERROR, "压缩包里没有文件", "请报送单位重新打包报送"),
    "file_archive_password": Entry(Severity.ERROR, "压缩包加了密码", "请报送单位去掉密码后重新报送"),
    "file_archive_method": Entry(Severity.ERROR, "压缩包用了不常见的压缩方式，打不开", "请报送单位直接发送表格"),
    "file_mail_without_attachment": Entry(Severity.ERROR, "邮件里没有附件", "请报送单位把责任清单作为附件重新发送"),
    "file_other_archive": Entry(
        Severity.ERROR, "这是 gz、cab 等少见的压缩包，不能直接读取", "请解压后把里面的表格放进来"
    ),
    "file_rar_tool_missing": Entry(
        Severity.ERROR,
        "这是 RAR 压缩包，本机没有能解开它的程序",
        "请手工解压后把里面的表格放进来；要自动解开，请安装 unrar 或 bsdtar（Windows 10 以上自带）",
    ),
    "file_outlook": Entry(
        Severity.ERROR,
        "这是 Outlook 专用格式的邮件（.msg 或 winmail.dat）",
        "请在 Outlook 中把附件另存出来",
    ),
    # Damaged or shut.
    "file_empty": Entry(Severity.ERROR, "文件是空的，没有内容", "请报送单位重新发送"),
    "file_damaged": Entry(Severity.ERROR, "文件已损坏或没有传完整，打不开", "请报送单位检查后重新发送"),
    "file_password": Entry(Severity.ERROR, "文件设置了打开密码", "请报送单位去掉密码后重新报送"),
    "file_rights_managed": Entry(Severity.ERROR, "文件受权限管理（IRM）保护", "请报送单位取消权限限制后重新报送"),
    "file_wrapped": Entry(
        Severity.ERROR, "疑似被加密软件（如亿赛通、绿盾）加密，打不开", "请报送单位解密后另存为 .xlsx 再报送"
    ),
    "file_forbidden_markup": Entry(Severity.ERROR, "文件里有办公软件不会写入的内容（DTD 声明）", _SAVE_AS_XLSX),
    "file_over_limit": Entry(Severity.ERROR, "文件的{what}超过上限（{limit}）", _SAVE_AS_XLSX),
    "file_without_sheets": Entry(Severity.ERROR, "工作簿里没有工作表", _SEND_THE_FORM),
    # Whole, but no workbooks.
    "file_pdf": Entry(Severity.ERROR, "这是 PDF 文件，不是电子表格", _SEND_THE_FORM),
    "file_ofd": Entry(Severity.ERROR, "这是 OFD 版式文件，不是电子表格", _SEND_THE_FORM),
    "file_image": Entry(Severity.ERROR, "这是图片（照片或扫描件），不是电子表格", _SEND_THE_FORM),
    "file_word": Entry(Severity.ERROR, "这是文字文档（Word 或 WPS 文字），不是电子表格", _SEND_THE_FORM),
    "file_office": Entry(Severity.ERROR, "这是演示等其他办公文件，不是能读取的电子表格", _SEND_THE_FORM),
    "file_web_page": Entry(Severity.ERROR, "这是网页或 XML 格式的文件，只是扩展名像表格", _SAVE_AS_XLSX),
    "file_text": Entry(Severity.ERROR, "这是纯文本（或 CSV）文件，不是电子表格", _SAVE_AS_XLSX),
    "file_media": Entry(Severity.ERROR, "这是音频或视频文件，不是电子表格", _SEND_THE_FORM),
    "file_program": Entry(Severity.ERROR, "这是程序文件，不是电子表格，不要打开", "请核实来件后删除"),
    "file_unknown": Entry(Severity.ERROR, "无法识别这是什么文件", _SEND_THE_FORM),
    # The reading itself went wrong, in a process of its own.
    "file_timeout": Entry(Severity.ERROR, "读取超过 {seconds} 秒仍未完成，已放弃这个文件", _SAVE_AS_XLSX),
    "file_memory": Entry(Severity.ERROR, "读取所需内存超过上限，已放弃这个文件", _SAVE_AS_XLSX),
    "file_reader_died": Entry(Severity.ERROR, "读取时程序异常退出，已放弃这个文件", _SAVE_AS_XLSX),
    "file_reader_failed": Entry(Severity.ERROR, "读取时出错（{detail}），已放弃这个文件", _SAVE_AS_XLSX),
    # What goes back to an agency.
    "correction_not_written": Entry(
        Severity.WARNING, "{agency}的退改单没有写成：{reason}", "请处理后重新汇总，或人工退回"
    ),
    "correction_not_moved": Entry(
        Severity.WARNING, "{agency}已经改正，旧的退改单移不到“已改正”文件夹：{reason}", "请勿再发出旧的退改单"
    ),
}
