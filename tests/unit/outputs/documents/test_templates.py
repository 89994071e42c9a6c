"""Templates: what an office may write in them, what is refused and where, and that nothing in a value does anything."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document

from planbook.model.errors import PlanbookError
from planbook.outputs.documents.bulletin_fields import BulletinFields
from planbook.outputs.documents.fields import fields_of
from planbook.outputs.documents.package import write_document
from planbook.outputs.documents.parts import BLANK, Column, Line, Part, RowTable, Style, body, mark
from planbook.outputs.documents.rendering import check_template, render_document
from planbook.outputs.documents.standard_templates import STANDARD, Template, is_unedited, write_standard_template
from tests.support.validity import assert_valid_office_file
from tests.unit.outputs.documents.specimens import specimen

HOSTILE = (
    "=1+1 <w:p/></w:t> & {{ 7*7 }} {%p if 1 %} ]]> \"' \x00\x0b\ud800"
    "{% for x in () %} {_{ {#\n@SUM -1 +2 http://x.example/ \\\\server\\share"
)


def faults(*parts: Part) -> list[tuple[str, str]]:
    """Return code and place of each finding on a bulletin template of these parts."""
    found = check_template(write_document(parts, name="通报"), BulletinFields, "通报.docx")
    assert {one.location.file for one in found} <= {"通报.docx"}
    return [(one.code, dict(one.values).get("place", "")) for one in found]


@pytest.mark.parametrize("template", Template)
def test_standard_templates_have_no_faults_and_give_whole_documents(template: Template) -> None:
    content = write_standard_template(template)
    assert content == write_standard_template(template)
    assert check_template(content, STANDARD[template].fields, template) == ()
    assert is_unedited(content)


@pytest.mark.validator
@pytest.mark.parametrize("template", Template)
@pytest.mark.parametrize("items", [0, 2])
def test_hostile_text_in_every_field_is_only_text(template: Template, items: int) -> None:
    values = specimen(STANDARD[template].fields, HOSTILE, items=items)
    document = render_document(write_standard_template(template), values, template)
    assert_valid_office_file(document, ".docx")
    opened = Document(BytesIO(document))
    text = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    assert "{{ 7*7 }} {%p if 1 %}" in text
    assert "49" not in text.replace(HOSTILE, "")
    with zipfile.ZipFile(BytesIO(document)) as package:
        for name in package.namelist():
            if name.endswith(".rels"):
                assert b"External" not in package.read(name)
            assert b"vba" not in name.lower().encode()


@pytest.mark.validator
@pytest.mark.parametrize("template", Template)
def test_templates_themselves_are_valid(template: Template) -> None:
    assert_valid_office_file(write_standard_template(template), ".docx")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("共{{ 亮灯.总数 }}项{% if 变化 %}，{{ 变化 }}{% endif %}", None),
        ("{% for 任务 in 红灯任务 %}{{ loop.index }}.{{ 任务.编号 }}{% endfor %}", None),
        (
            "{{ 未报单位|length }}个{{ '有' if 未报单位 else '无' }}{% if 亮灯.红灯 > 0 and not 上期 %}！{% endif %}",
            None,
        ),
        ("{{ 任务总数 }}", "template_field_unknown"),
        ("{{ 亮灯.紫灯 }}", "template_field_unknown"),
        ("{% for 任务 in 红灯任务 %}{{ 任务.标题 }}{% endfor %}", "template_field_unknown"),
        ("{% for 任务 in 红灯任务 %}{% endfor %}{{ 任务.编号 }}", "template_field_unknown"),
        ("{% if 红灯.数 %}{% endif %}", "template_field_unknown"),
        ("{{ 红灯任务 }}", "template_field_not_text"),
        ("{{ 亮灯 }}", "template_field_not_text"),
        ("{% for 字 in 本期 %}{{ 字 }}{% endfor %}", "template_field_not_list"),
        ("{{ 本期", "template_mark_broken"),
        ("{% if 变化 %}没有结尾", "template_mark_broken"),
        ("{% 变化 %}", "template_mark_broken"),
        ("｛｛ 本期 ｝｝", "template_mark_full_width"),
        ("{{ 本期.__class__ }}", "template_field_unknown"),
        ("{{ 本期.upper() }}", "template_mark_not_supported"),
        ("{{ 本期[0] }}", "template_mark_not_supported"),
        ("{{ 本期|safe }}", "template_mark_not_supported"),
        ("{{ '字' * 1000000000 }}", "template_mark_not_supported"),
        ("{% set 甲 = 1 %}", "template_mark_not_supported"),
        ("{% include '/etc/passwd' %}", "template_mark_not_supported"),
        ("{% for 任务 in 红灯任务 recursive %}{% endfor %}", "template_mark_not_supported"),
    ],
)
def test_marks_of_a_template(text: str, code: str | None) -> None:
    found = faults(BLANK, body("第二段"), body(text))
    assert found == ([(code, f"第 3 段“{text if len(text) <= 30 else text[:30] + '…'}”")] if code else [])


def test_places_are_named_also_in_tables_and_lines_of_marks() -> None:
    table = RowTable((Column("名", 50, "{{ 任务.名 }}"), Column("号", 50, "{{ 任务.编号 }}")), "任务 in 红黄绿")
    right = RowTable((Column("名", 50, "{{ 任务.名 }}"), Column("号", 50, "{{ 任务.编号 }}")), "任务 in 红灯任务")
    assert faults(mark("if 没有"), BLANK, mark("endif"), table, right) == [
        ("template_field_unknown", "第 1 段“{%p if 没有 %}”"),
        ("template_field_unknown", "第 6 段“{%tr for 任务 in 红黄绿 %}”"),
        ("template_field_unknown", "第 13 段“{{ 任务.名 }}”"),
    ]


def test_a_field_that_word_tore_apart_is_one_field() -> None:
    document = Document(BytesIO(write_standard_template(Template.URGING)))
    paragraph = next(one for one in document.paragraphs if one.text == "{{ 单位 }}：")
    paragraph.runs[0].text = "{"
    for piece, is_bold in (("{ 单", True), ("位", False), (" }", True), ("}：", False)):
        paragraph.add_run(piece).bold = is_bold
    buffer = BytesIO()
    document.save(buffer)
    edited = buffer.getvalue()
    assert not is_unedited(edited)
    values = specimen(STANDARD[Template.URGING].fields, "省残联")
    text = [one.text for one in Document(BytesIO(render_document(edited, values, "催办函.docx"))).paragraphs]
    assert "省残联：" in text


@pytest.mark.parametrize(
    "content",
    [b"", b"not a zip", b"PK\x05\x06" + b"\x00" * 18],
)
def test_what_is_no_word_document_is_named(content: bytes) -> None:
    assert [one.code for one in check_template(content, BulletinFields, "通报.docx")] == ["template_unreadable"]
    with pytest.raises(PlanbookError, match="通报"):
        render_document(content, specimen(BulletinFields, "字"), "通报.docx")


def broken_by(edit: Callable[[bytes], bytes]) -> bytes:
    """Return the standard bulletin with its text part edited."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(write_standard_template(Template.BULLETIN))) as package,
        zipfile.ZipFile(buffer, "w") as edited,
    ):
        for name in package.namelist():
            content = package.read(name)
            edited.writestr(name, edit(content) if name == "word/document.xml" else content)
    return buffer.getvalue()


def test_marks_that_begin_in_a_table_and_end_outside_are_refused_not_patched_up() -> None:
    table = RowTable((Column("名", 50, "{% for 任务 in 红灯任务 %}"),), "行 in 对比")
    content = write_document((table, body("{% endfor %}")), name="通报")
    with pytest.raises(PlanbookError, match="通报"):
        render_document(content, specimen(BulletinFields, "字"), "通报.docx")


def test_a_document_type_in_a_template_is_refused() -> None:
    declared = broken_by(
        lambda xml: xml.replace(b"<w:document", b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document', 1)
    )
    assert [one.code for one in check_template(declared, BulletinFields, "通报.docx")] == ["template_unreadable"]


def test_every_field_has_a_name_of_its_own_and_a_meaning() -> None:
    for standard in STANDARD.values():
        pending, seen = [standard.fields], []
        while pending:
            group = pending.pop()
            seen.append(group)
            fields = fields_of(group)
            assert len(fields) == len({field.attribute for field in fields.values()})
            for field in fields.values():
                assert field.name.isidentifier()
                assert field.meaning
                if field.group and field.group not in seen:
                    pending.append(field.group)


def test_the_signature_stands_over_the_date() -> None:
    parts = (Line(Style.SIGNATURE, ("{{ 发文单位 }}",)), Line(Style.ISSUE_DATE, ("{{ 成文日期 }}",)))
    values = specimen(BulletinFields, "某某省人民政府办公厅")
    opened = Document(BytesIO(render_document(write_document(parts, name="通报"), values, "通报.docx")))
    signature, day = opened.paragraphs[:2]
    assert signature.paragraph_format.right_indent == day.paragraph_format.right_indent
