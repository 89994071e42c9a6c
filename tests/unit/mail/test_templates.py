from dataclasses import replace
from datetime import date

import pytest

from planbook.mail.active_content import find_active_content
from planbook.mail.letter_fields import FIELD_MEANINGS, LetterFields, LetterKind
from planbook.mail.templates import Letters, standard_templates
from planbook.model.errors import PlanbookError
from planbook.model.secrecy import find_mark

FIELDS = LetterFields(
    agency="省科技厅",
    agency_contact="李某",
    period="2024年第一季度",
    due_on=date(2024, 4, 10),
    tasks=5,
    lead_tasks=3,
    support_tasks=2,
    indicators=4,
    changes=("新增任务 1 项：建设<云>平台",),
    needs_correction=False,
    errors=0,
    doubts=0,
    attachment="2024Q1_省科技厅_责任清单.xlsx",
    office="某省政府督查室",
    contact="张某 010-12345678",
    today=date(2024, 4, 16),
)


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("needs_correction", [False, True])
def test_standard_letters(kind: LetterKind, needs_correction: bool) -> None:
    letter = Letters(standard_templates()).write(kind, replace(FIELDS, needs_correction=needs_correction, errors=2))
    assert "省科技厅" in letter.subject
    for part in (letter.text, letter.html):
        assert "2024年4月16日" in part
        assert "{" not in part
        assert find_mark(part) is None
    assert find_mark(letter.subject) is None


def test_values_named_in_templates() -> None:
    assert set(FIELDS.values()) == set(FIELD_MEANINGS)
    letter = Letters(standard_templates()).write(LetterKind.FORM, FIELDS)
    assert "新增任务 1 项：建设<云>平台" in letter.text
    assert "建设&lt;云&gt;平台" in letter.html


def test_letter_without_html_template() -> None:
    assert Letters({"分发.txt": "主题：甲\n\n乙 {{ 单位 }}\n"}).write(LetterKind.FORM, FIELDS).html == ""


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ 单位.__class__ }}",
        "{{ 单位.format(1) }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ lipsum() }}",
        "{{ range(9) }}",
        "{{ 单位|attr('__class__') }}",
        "{{ 变化|map('upper')|list }}",
        "{{ '<b>'|safe }}",
        "{{ 'x' * 1000000000 }}",
        "{{ 9 ** 999999 }}",
        "{{ '%1000000000d' % 1 }}",
        "{% include '/etc/passwd' %}",
        "{% include '../planbook.toml' %}",
        "{% import 'os' as os %}",
        "{{ 没有这一项 }}",
        "{{ 单位 ",
        "{% for x in 变化 %}",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<iframe src=x></iframe>",
        "{% extends '分发.html' %}",
    ],
)
def test_template_that_wants_more_is_refused(template: str) -> None:
    with pytest.raises(PlanbookError):
        Letters({"分发.txt": "主题：甲\n\n乙\n", "分发.html": template}).write(LetterKind.FORM, FIELDS)


@pytest.mark.parametrize("template", ["", "乙", "主题：\n\n乙", "主题：{{ 收件人.x }}\n\n乙"])
def test_letter_needs_a_subject(template: str) -> None:
    with pytest.raises(PlanbookError):
        Letters({"分发.txt": template}).write(LetterKind.FORM, FIELDS)


def test_agency_name_is_text_wherever_it_stands() -> None:
    evil = replace(FIELDS, agency="<script>x</script>{{ 7*7 }}\r\nBcc: a@b.cn")
    letter = Letters(standard_templates()).write(LetterKind.FORM, evil)
    assert "<script" not in letter.html
    assert "49" not in letter.html + letter.text
    assert "\n" not in letter.subject


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>见附件 onerror=1，javascript:alert(1)，&lt;script&gt;</p>", ""),
        ('<a title="说明：onclick=" href="#a">一</a>', ""),
        ("<P OnClick=x>", "onclick="),
        ('<a href="java&#10;script:x">', "javascript:"),
        ("<a href=' javascript:x'>", "javascript:"),
        ("<scr<script>", ""),
        ("<sCript src=x>", "<script"),
        ('<meta http-equiv="refresh" content="0">', "<meta http-equiv"),
        ('<meta charset="utf-8">', ""),
        ("<svg/onload=x>", "onload="),
    ],
)
def test_what_acts_is_looked_for_in_tags_alone(html: str, found: str) -> None:
    assert find_active_content(html) == found
