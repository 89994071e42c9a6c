"""Writes the Word templates in templates/ and docs/template-fields.md from the code; `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from planbook.outputs.documents.fields import DocumentFields, TemplateField, fields_of
from planbook.outputs.documents.standard_templates import STANDARD, Template, write_standard_template

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "template-fields.md"
HEAD = """\
# 模板字段

通报、督办单、催办函按工作区 `templates/` 里的 Word 模板生成。模板用 Word 或 WPS 打开就能改：文字、字体、段落、表格
随意；花括号里的是字段，生成时换成内容。怎样改见[通报、督办单、催办函和看板](reporting.md)。

写法：

| 写法 | 意思 |
|---|---|
| `{{ 本期 }}` | 写出一个字段 |
| `{{ 亮灯.红灯 }}` | 写出一组字段中的一个 |
| `{% if 未报单位 %}…{% endif %}` | 有内容才写；`{% if not 未报单位 %}` 没有内容才写 |
| `{% for 任务 in 红灯任务 %}…{% endfor %}` | 逐项写，中间用 `{{ 任务.编号 }}`，序号是 `{{ loop.index }}` |
| `{%p if … %}`、`{%p for … %}`、`{%p endfor %}` | 同上，整段整段地要或不要，标记单独占一段 |
| `{%tr for … %}`、`{%tr endfor %}` | 同上，整行整行地重复，标记单独占表格的一行 |
| `{{ 红灯任务\\|length }}` | 清单有几项 |

“清单”用 for 逐项写；“组”要写明其中的字段；“图”只能单独放在一段里，没有图时整段不要。

（本页由 `scripts/build_document_templates.py` 按程序生成，不要手改。）
"""


def render() -> str:
    """Return the page of fields."""
    parts = [HEAD]
    for template in Template:
        parts.append(f"\n## {template}\n")
        pending: list[tuple[str, DocumentFields]] = [("", STANDARD[template].fields)]
        seen: set[DocumentFields] = set()
        while pending:
            path, group = pending.pop(0)
            if group in seen:
                continue
            seen.add(group)
            parts.append(f"\n### {path or '直接可用的字段'}\n\n| 字段 | 种类 | 内容 |\n|---|---|---|\n")
            for field in fields_of(group).values():
                parts.append(f"| `{field.name}` | {_kind(field)} | {field.meaning} |\n")
                if field.group:
                    pending.append((f"{path}{field.name}{' 的每一项' if field.is_list else ''} › ", field.group))
    return "".join(parts).replace(" › \n", "\n")


def _kind(field: TemplateField) -> str:
    return "清单" if field.is_list else "组" if field.group else "图" if field.is_picture else ""


def main() -> None:
    """Write the templates and the page, or fail with `--check` where one is out of date."""
    contents = {ROOT / "templates" / template: write_standard_template(template) for template in Template}
    contents[PAGE] = render().encode()
    if "--check" in sys.argv:
        sys.exit(any(not path.exists() or path.read_bytes() != content for path, content in contents.items()))
    for path, content in contents.items():
        path.write_bytes(content)


if __name__ == "__main__":
    main()
