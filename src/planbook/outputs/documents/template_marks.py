"""Checks the marks of a template before anything is written: only known fields, only what a document needs."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, TypeAlias

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from planbook.model.findings import Finding, Location
from planbook.outputs.documents.fields import DocumentFields, TemplateField, fields_of

FILTERS: Final = ("join", "length")
"""Filters that a template may use: a list of texts joined, and how long a list is."""

_LOOP_FIELDS: Final = ("index", "first", "last", "length")
_EXCERPT: Final = 30
_TAG: Final = re.compile(r"<[^>]+>")
_PARAGRAPH: Final = re.compile(r"<w:p[ >/].*?(?=<w:p[ >/]|</w:p>|$)", re.DOTALL)
_STOP: Final = re.compile(r"(<w:(p|tr|tc)[ >/])")
_NUMBER: Final = re.compile(r"<!--(\d+)-->")
_FULL_WIDTH: Final = re.compile("｛｛|｛%|｛％|{％|%｝|％｝|％}|｝｝")
_ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)


@dataclass(frozen=True, slots=True)
class _Value:
    """What an expression stands for: a group, a list of something, or something that can be written."""

    group: DocumentFields | None = None
    is_list: bool = False


_Scope: TypeAlias = Mapping[str, _Value]
_WRITABLE: Final = _Value()


def sandbox() -> Environment:
    """Return the environment that templates are read and rendered in: no functions, no globals, all text escaped."""
    environment = SandboxedEnvironment(autoescape=True)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    environment.tests = {}
    return environment


def check_marks(
    xml: str, in_one_piece: Callable[[str], str], fields: DocumentFields, template: str
) -> tuple[Finding, ...]:
    """Return what is wrong with the marks in one part of a template.

    Args:
        xml: The part.
        in_one_piece: Gives a part's XML as it is rendered: Word tears marks apart where it likes.
        fields: What the template may name.
        template: The template's file name, for the findings.
    """
    paragraphs = [_TAG.sub("", found[0]).strip() for found in _PARAGRAPH.finditer(xml)]
    markup = in_one_piece(_numbered(xml))
    place = _Places(markup.split("\n"), paragraphs, template)
    wide = [
        place.of_paragraph("template_mark_full_width", number, text=found[0])
        for number, text in enumerate(paragraphs, start=1)
        if (found := _FULL_WIDTH.search(text))
    ]
    try:
        tree = sandbox().parse(markup)
    except TemplateSyntaxError as error:
        return (*wide, place.of_line("template_mark_broken", error.lineno))
    scope = {name: _value(field) for name, field in fields_of(fields).items()}
    return (*wide, *_Checker(place).check_all(tree.body, scope))


def _numbered(xml: str) -> str:
    """Return `xml` with its paragraphs on lines of their own, each with its number, also before rows and cells.

    A paragraph or row that only holds a mark is replaced by the mark, the number before it stays.
    """
    number = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal number
        if found[2] == "p":
            number += 1
            return f"\n<!--{number}-->{found[1]}"
        return f"\n<!--{number + 1}-->{found[1]}"

    return _STOP.sub(mark, xml)


class _Places:
    """Says where in the template a line of its markup stands."""

    def __init__(self, lines: Sequence[str], paragraphs: Sequence[str], template: str) -> None:
        self._lines = lines
        self._paragraphs = paragraphs
        self._template = template

    def of_line(self, code: str, line: int, **values: str) -> Finding:
        before = _NUMBER.findall("\n".join(self._lines[:line]))
        return self.of_paragraph(code, int(before[-1]) if before else 1, **values)

    def of_paragraph(self, code: str, number: int, **values: str) -> Finding:
        text = self._paragraphs[number - 1] if number <= len(self._paragraphs) else ""
        excerpt = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
        return Finding.of(code, Location(file=self._template), place=f"第 {number} 段“{excerpt}”", **values)


class _Checker:
    def __init__(self, places: _Places) -> None:
        self._places = places

    def check_all(self, body: Sequence[nodes.Node], scope: _Scope) -> Iterator[Finding]:
        for node in body:
            yield from self._check(node, scope)

    def _check(self, node: nodes.Node, scope: _Scope) -> Iterator[Finding]:
        match node:
            case nodes.Output():
                for one in node.nodes:
                    if not isinstance(one, nodes.TemplateData):
                        yield from self._check_written(one, scope)
            case nodes.For():
                yield from self._check_for(node, scope)
            case nodes.If():
                yield from self._evaluate(node.test, scope)[1]
                for branch in (node.body, node.elif_, node.else_):
                    yield from self.check_all(branch, scope)
            case _:
                yield self._not_supported(node)

    def _check_written(self, node: nodes.Expr, scope: _Scope) -> Iterator[Finding]:
        value, findings = self._evaluate(node, scope)
        yield from findings
        if value and (value.is_list or value.group):
            yield self._places.of_line("template_field_not_text", node.lineno, field=_written(node))

    def _check_for(self, node: nodes.For, scope: _Scope) -> Iterator[Finding]:
        value, findings = self._evaluate(node.iter, scope)
        yield from findings
        if not isinstance(node.target, nodes.Name) or node.test or node.recursive:
            yield self._not_supported(node)
            return
        if value and not value.is_list:
            yield self._places.of_line("template_field_not_list", node.lineno, field=_written(node.iter))
        inner = {**scope, node.target.name: _Value(value.group) if value else _WRITABLE, "loop": _WRITABLE}
        if value is None:
            return  # what each of an unknown list holds nobody can say; one finding is enough
        yield from self.check_all(node.body, inner)
        yield from self.check_all(node.else_, scope)

    def _evaluate(self, node: nodes.Node, scope: _Scope) -> tuple[_Value | None, list[Finding]]:
        """Return what an expression stands for, None where that is unknown, and what is wrong with it."""
        match node:
            case nodes.Name():
                value = scope.get(node.name)
                return value, [] if value else [self._unknown(node, node.name, scope)]
            case nodes.Getattr():
                return self._evaluate_field(node, scope)
            case nodes.Filter() if node.name not in FILTERS:
                return _WRITABLE, [self._not_supported(node)]
            case _ if isinstance(node, _ALLOWED):
                return _WRITABLE, self._check_parts(node, scope)
            case _:
                return _WRITABLE, [self._not_supported(node)]

    def _evaluate_field(self, node: nodes.Getattr, scope: _Scope) -> tuple[_Value | None, list[Finding]]:
        if isinstance(node.node, nodes.Name) and node.node.name == "loop" and "loop" in scope:
            return _WRITABLE, [] if node.attr in _LOOP_FIELDS else [self._not_supported(node)]
        value, findings = self._evaluate(node.node, scope)
        if value is None:
            return None, findings
        known = fields_of(value.group) if value.group and not value.is_list else {}
        if node.attr in known:
            return _value(known[node.attr]), findings
        return None, [*findings, self._unknown(node, node.attr, known)]

    def _check_parts(self, node: nodes.Node, scope: _Scope) -> list[Finding]:
        return [finding for part in node.iter_child_nodes() for finding in self._evaluate(part, scope)[1]]

    def _unknown(self, node: nodes.Expr, name: str, known: Mapping[str, object]) -> Finding:
        near = get_close_matches(name, known, n=3, cutoff=0.4)
        return self._places.of_line(
            "template_field_unknown",
            node.lineno,
            field=_written(node),
            near=f"，是不是 {'、'.join(near)}" if near else "",
        )

    def _not_supported(self, node: nodes.Node) -> Finding:
        return self._places.of_line("template_mark_not_supported", node.lineno)


def _value(field: TemplateField) -> _Value:
    return _Value(field.group, field.is_list)


def _written(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_written(node.node)}.{node.attr}"
        case _:
            return "…"
