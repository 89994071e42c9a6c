"""Catalogue entries for what goes out and comes in by mail or folder."""

from typing import Final

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

_ERROR: Final = Severity.ERROR
_WARNING: Final = Severity.WARNING
_NOTE: Final = Severity.NOTE
_FILL_IN: Final = "请在任务分解表“单位”页填写正确的邮箱后重新确认"

ENTRIES: dict[str, Entry] = {
    # The attachment is not certainly this agency's.
    "dispatch_file_missing": Entry(
        _ERROR, "{agency}：找不到下发的文件 {path}，没有发送", "请重新运行 planbook issue --period {period} 后再发"
    ),
    "dispatch_file_altered": Entry(
        _ERROR,
        "{agency}：{path} 与生成时登记的内容不一致，可能被改动或调换过，没有发送",
        "请把它移到别处，重新生成后再发",
    ),
    "dispatch_seal_wrong": Entry(
        _ERROR,
        "{agency}：{path} 的封签写的是“{named}”，不是这个单位这一期的，没有发送",
        "请把它移到别处，重新生成后再发",
    ),
    "dispatch_seal_broken": Entry(
        _ERROR, "{agency}：{path} 没有可以确认的封签，没有发送", "请把它移到别处，重新生成后再发"
    ),
    # It must not go by mail.
    "dispatch_secret": Entry(
        _ERROR,
        "{agency}：{where}标有“{mark}”，不能用邮件发送",
        "请改用文件夹方式：planbook send --period {period} --channel folder，按涉密或内部渠道交换；"
        "如系误判，请在原文件中改掉这几个字后重新导入、生成",
    ),
    # There is nobody to send it to.
    "address_missing": Entry(
        _WARNING, "{agency}：单位名录里没有邮箱，没有发送", "请在任务分解表“单位”页填写后重新确认"
    ),
    "address_invalid": Entry(
        _ERROR,
        "{agency}：单位名录里的邮箱“{email}”不能用（{reason}），没有发送",
        "请在任务分解表“单位”页改正后重新确认",
    ),
    "address_shared": Entry(
        _ERROR,
        "{agency}与{others}填的是同一个邮箱 {email}，为防发错单位都没有发送",
        "请核对单位名录；确实合用一个邮箱的，写进设置 [mail] 的 shared_addresses",
    ),
    "dispatch_too_large": Entry(
        _ERROR, "{agency}：邮件有 {size} MB，超过上限 {limit} MB，没有发送", "请改用文件夹方式，或调大设置里的 max_mb"
    ),
    # What became of it.
    "dispatch_failed": Entry(_ERROR, "{agency}（{recipient}）：{reason}"),
    "dispatch_unknown": Entry(
        _WARNING,
        "{agency}（{recipient}）：{reason}，为防重发没有再发",
        "请问一下对方是否收到；没有收到的，运行 planbook send --period {period} --resend-unknown --agency {agency}",
    ),
    "dispatch_bounced": Entry(
        _WARNING, "{agency}（{recipient}）：邮件发出后被退回", "请核对单位名录里的邮箱，改正后再运行 planbook send"
    ),
    "folder_file_kept": Entry(
        _WARNING,
        "{agency}：文件夹里的 {name} 不是原来放进去的那一份，没有覆盖，新的另存为 {aside}",
        "请看看改动的内容是否有用",
    ),
    # Chasing.
    "leader_not_set": Entry(
        _WARNING,
        "{agency}已到抄送领导的时候，但没有设置领导邮箱，只向单位再次催报",
        "请在设置 [remind] 的 leaders 填写",
    ),
    "correction_not_written_yet": Entry(
        _WARNING, "{agency}的回表需要改正，但还没有退改单", "请先运行 planbook consolidate --period {period}"
    ),
    # What came in.
    "message_without_files": Entry(
        _WARNING,
        "{sender} 来信“{subject}”（{day}）没有填好的附件",
        "请打开邮箱看看内容，需要的话请对方把表格作为附件重发",
    ),
    "message_bounced": Entry(_WARNING, "退信：{subject}（{day}），发给{agency}的邮件没有送到", "请核对这个单位的邮箱"),
    "message_automatic": Entry(_NOTE, "{sender} 的自动回复“{subject}”（{day}）"),
    "message_too_large": Entry(
        _WARNING, "{sender} 来信“{subject}”（{day}）太大（{size} MB），没有取回", "请打开邮箱把附件另存到收件夹"
    ),
    "message_unreadable": Entry(
        _WARNING, "{sender} 来信“{subject}”（{day}）打不开：{reason}", "请打开邮箱看看，需要的话把附件另存到收件夹"
    ),
    "attachment_not_workbook": Entry(
        _WARNING, "{sender} 来信“{subject}”的附件“{name}”没有放进收件夹：{reason}", "请看看：{path}"
    ),
    "collected_other_period": Entry(
        _NOTE, "{sender} 发来的“{name}”是{period}的责任清单，已放进那一期的收件夹", "请汇总那一期"
    ),
    "watched_folder_missing": Entry(_WARNING, "设置里要查看的文件夹 {path} 打不开", "请检查路径和网络"),
}
