"""The manifest: what a form is, whose, and which rows it holds, sealed so that a return can be believed.

It travels twice in every form: whole in the very hidden sheet `_planbook`, and short in the custom document
property `planbook`, because people delete sheets and programs drop properties. Both are sealed by HMAC-SHA256
under the workspace's key. What a seal does not cover is never believed; it only serves to tell a form of
another workspace from a forged one.
"""

import hashlib
import hmac
import json
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.issued import IssuedValue, canonical_text, issued_row_digests, issued_rows
from planbook.forms.layout import Column, Field, FormLayout, SheetKind, SheetLayout, ValueKind
from planbook.model.errors import PlanbookError
from planbook.model.form import Form
from planbook.model.period import Period
from planbook.sheets.raw import CellValue, RawSheet, RawWorkbook

MANIFEST_SHEET: Final = "_planbook"
MANIFEST_PROPERTY: Final = "planbook"
MAX_PROPERTY_LENGTH: Final = 255
"""Longest text of a custom document property that Excel keeps."""

_MARK: Final = "planbook"
_FORMAT: Final = "1"
_NOTE: Final = "本页由系统用于识别回表，请勿修改或删除。"
_MAX_ROWS: Final = 20_000
_MAX_COLUMNS: Final = 6
_SHEET_CONTEXT: Final = b"planbook manifest sheet 1\n"
_PROPERTY_CONTEXT: Final = b"planbook manifest property 1\n"
_PROPERTY_MAC_LENGTH: Final = 32  # hexadecimal characters, 128 bits: the property is short


IssuedCells = Mapping[SheetKind, Sequence[Mapping[Field, IssuedValue]]]


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of a sheet as issued."""

    field: Field
    header: str
    is_issued: bool
    is_required: bool


@dataclass(frozen=True, slots=True)
class SealedSheet:
    """A sheet as issued."""

    kind: SheetKind
    name: str
    columns: tuple[SealedColumn, ...]


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A row as issued: its task or indicator code, and the digest of its issued cells."""

    sheet: SheetKind
    code: str
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a form says about itself under a seal that holds.

    Attributes:
        workspace_id: Workspace that issued it.
        form_id: The form.
        form_version: 1 for the first issue to this agency in this period.
        layout_version: Layout that it was written by.
        agency: Agency that it is for; empty where only a property survived that had no room for the name.
        period: Period that it asks about.
        sheets: Its sheets; empty where only the property survived.
        rows: Its rows; likewise.
    """

    workspace_id: str
    form_id: str
    form_version: int
    layout_version: str
    agency: str
    period: Period
    sheets: tuple[SealedSheet, ...] = ()
    rows: tuple[SealedRow, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether sheets and rows are known, not only whose form it is."""
        return bool(self.sheets)

    def codes(self, kind: SheetKind) -> tuple[str, ...]:
        """Return the codes that were issued in the sheet of `kind`, in order."""
        return tuple(row.code for row in self.rows if row.sheet is kind)

    def digest(self, kind: SheetKind, code: str) -> str | None:
        """Return the digest of the row of `code`, None where it was not issued."""
        return next((row.digest for row in self.rows if row.sheet is kind and row.code == code), None)

    def layout(self, base: FormLayout) -> FormLayout:
        """Return the layout that the form was written by, as far as reading needs it.

        Sheet names, headers, order and required marks are the sealed ones; what else a column has (kind, prompt)
        is `base`'s for the same field or, where an office has left the column out since, the standard layout's. So
        a form is read by its own layout even where nobody kept that.
        """
        # The same for every form of an issue, and whoever reads them looks things up by it.
        for known_base, version, sheets, layout in _RESTORED:
            if known_base is base and version == self.layout_version and sheets == self.sheets:
                return layout
        names = {sheet.kind: sheet for sheet in self.sheets}
        restored = replace(
            base,
            version=self.layout_version,
            tasks=_restored(base.tasks, names.get(SheetKind.TASKS)),
            indicators=_restored(base.indicators, names.get(SheetKind.INDICATORS)),
        )
        _RESTORED.append((base, self.layout_version, self.sheets, restored))
        return restored


_RESTORED: Final[deque[tuple[FormLayout, str, tuple[SealedSheet, ...], FormLayout]]] = deque(maxlen=8)


class SealState(StrEnum):
    """What became of a form's seal.

    ABSENT: there is none. FOREIGN: another workspace's. BROKEN: ours by its own word, but altered or forged.
    VALID: ours, and at least one copy holds.
    """

    ABSENT = "absent"
    FOREIGN = "foreign"
    BROKEN = "broken"
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class SealReading:
    """What the seals of a workbook prove.

    Attributes:
        state: Best state of any copy: VALID before BROKEN before FOREIGN before ABSENT.
        manifests: One for each form whose seal holds, the whole manifest where both copies do. More than one
            when sheets of several forms were put into one workbook.
        is_damaged: Some other copy in the workbook is broken or foreign.
    """

    state: SealState
    manifests: tuple[Manifest, ...] = ()
    is_damaged: bool = False

    @property
    def manifest(self) -> Manifest | None:
        """The manifest, where exactly one form's seal holds; None where none or several do."""
        return self.manifests[0] if len(self.manifests) == 1 else None


@dataclass(frozen=True, slots=True)
class SealedManifest:
    """A manifest ready to be written: rows of text for the hidden sheet, and the document property."""

    rows: tuple[tuple[str, ...], ...]
    property_text: str


def seal(form: Form, layout: FormLayout, key: bytes, issued: IssuedCells | None = None) -> SealedManifest:
    """Return the manifest of `form` as written by `layout`, sealed with the workspace's secret `key`.

    Args:
        form: What is issued.
        layout: How the form is laid out.
        key: The workspace's secret key.
        issued: The form's `issued_rows` for each sheet, where the caller has them already.

    Raises:
        ValueError: The key is empty, or identifiers are too long for the document property.
    """
    _require_key(key)
    rows: list[tuple[str, ...]] = [
        (_MARK, _FORMAT, _NOTE),
        ("workspace", form.workspace_id),
        ("form", form.form_id, str(form.version)),
        ("agency", form.agency),
        ("period", str(form.period)),
        ("layout", layout.version),
    ]
    for sheet in layout.sheets:
        columns = [[c.field.value, c.header, int(c.is_issued), int(c.is_required)] for c in sheet.columns]
        rows.append(("sheet", sheet.kind.value, sheet.name, json.dumps(columns, ensure_ascii=False)))
        cells = issued[sheet.kind] if issued else tuple(issued_rows(form, sheet.kind))
        codes = (_folded(row[sheet.code_field]) for row in cells)
        digests = issued_row_digests(sheet, cells)
        rows.extend(("row", sheet.kind.value, code, digest) for code, digest in zip(codes, digests, strict=True))
    folded = tuple(row if row[0] == "row" else _folded_row(row) for row in rows)
    return SealedManifest((*folded, ("seal", _sheet_mac(folded, key))), _property_text(form, layout, key))


def open_seal(workbook: RawWorkbook, keys: Sequence[bytes], workspace_id: str) -> SealReading:
    """Return what the seals in `workbook` prove to the workspace `workspace_id`, which holds `keys`.

    The hidden sheet is known by its first cell, not by its name or its being hidden: programs unhide it, and
    copying a workbook's sheets renames it. Every key is tried, so that forms issued under an earlier key are
    still believed.
    """
    for key in keys:
        _require_key(key)
    readings = [
        _read_sheet(sheet, keys, workspace_id)
        for sheet in workbook.sheets
        if _folded(sheet.value(1, 1)).lower() == _MARK
    ]
    text = next((text for name, text in workbook.custom_properties.items() if name.lower() == MANIFEST_PROPERTY), "")
    if text.strip():
        readings.append(read_property_seal(text.strip(), keys, workspace_id))
    found: dict[str, Manifest] = {}
    for reading in readings:
        if isinstance(reading, Manifest):  # sheets come first: a property never displaces a whole manifest
            found.setdefault(reading.form_id, reading)
    states = {reading for reading in readings if isinstance(reading, SealState)}
    if found:
        return SealReading(SealState.VALID, tuple(found.values()), is_damaged=bool(states))
    best = next((state for state in (SealState.BROKEN, SealState.FOREIGN) if state in states), SealState.ABSENT)
    return SealReading(best, (), is_damaged=bool(states))


def _read_sheet(sheet: RawSheet, keys: Sequence[bytes], workspace_id: str) -> Manifest | SealState:
    if len(sheet.rows) > _MAX_ROWS:
        return SealState.BROKEN
    rows = tuple(row for raw in sheet.rows if (row := _folded_row(raw[:_MAX_COLUMNS])))
    claimed = next((row[1] for row in rows if row[0] == "workspace" and len(row) > 1), workspace_id)
    if claimed != workspace_id:
        return SealState.FOREIGN
    mac = rows[-1][1] if rows[-1][0] == "seal" and len(rows[-1]) == 2 else ""
    if not any(hmac.compare_digest(_sheet_mac(rows[:-1], key).encode(), mac.encode()) for key in keys):
        return SealState.BROKEN
    try:
        return _parsed(rows[:-1])
    except (LookupError, ValueError, TypeError, PlanbookError):  # sealed by us, but in a format of another version
        return SealState.BROKEN


def _parsed(rows: Sequence[tuple[str, ...]]) -> Manifest:
    facts = {row[0]: row[1:] for row in rows if row[0] not in ("sheet", "row")}
    if facts[_MARK][0] != _FORMAT:
        raise ValueError(facts[_MARK][0])
    return Manifest(
        workspace_id=facts["workspace"][0],
        form_id=facts["form"][0],
        form_version=int(facts["form"][1]),
        layout_version=facts["layout"][0],
        agency="".join(facts["agency"]),
        period=Period.parse(facts["period"][0]),
        sheets=tuple(_sealed_sheet(row[1], row[2], row[3]) for row in rows if row[0] == "sheet"),
        rows=tuple(SealedRow(SheetKind(row[1]), row[2], row[3]) for row in rows if row[0] == "row"),
    )


@lru_cache(maxsize=64)
def _sealed_sheet(kind: str, name: str, columns: str) -> SealedSheet:
    return SealedSheet(
        SheetKind(kind),
        name,
        tuple(
            SealedColumn(Field(what), header, bool(issued), bool(required))
            for what, header, issued, required in json.loads(columns)
        ),
    )


def _property_text(form: Form, layout: FormLayout, key: bytes) -> str:
    for agency in (_folded(form.agency), ""):  # a very long name is left out: the form's id leads to it
        facts = (_MARK + _FORMAT, form.workspace_id, form.form_id, str(form.version), layout.version)
        plain = "|".join(_escaped(fact) for fact in (*facts, str(form.period), agency))
        text = f"{plain}|{_property_mac(plain, key)}"
        if len(text) <= MAX_PROPERTY_LENGTH:
            return text
    message = "workspace, form and layout identifiers are too long for a document property"
    raise ValueError(message)


def read_property_seal(text: str, keys: Sequence[bytes], workspace_id: str) -> Manifest | SealState:
    """Return the short manifest in a document property's text, or why it is not to be believed."""
    plain, _, mac = text.rpartition("|")
    facts = [_unescaped(fact) for fact in plain.split("|")]
    if len(facts) > 1 and facts[0].startswith(_MARK) and facts[1] != workspace_id:
        return SealState.FOREIGN
    if not any(hmac.compare_digest(_property_mac(plain, key).encode(), mac.encode()) for key in keys):
        return SealState.BROKEN
    try:
        mark, workspace, form_id, version, layout, period, agency = facts
        if mark != _MARK + _FORMAT:
            return SealState.BROKEN
        return Manifest(workspace, form_id, int(version), layout, agency, Period.parse(period))
    except (ValueError, PlanbookError):  # sealed by us, but in a format of another version
        return SealState.BROKEN


def _restored(base: SheetLayout, sealed: SealedSheet | None) -> SheetLayout:
    if sealed is None:
        return base
    columns = []
    for column in sealed.columns:
        known = _described(base, column)
        columns.append(replace(known, header=column.header, is_issued=column.is_issued, is_required=column.is_required))
    return replace(base, name=sealed.name, columns=tuple(columns))


def _described(base: SheetLayout, column: SealedColumn) -> Column:
    """Return what is known of a sealed column beyond what is sealed; an office's own is known by its header."""
    if column.field is Field.EXTRA:
        own = next((one for one in base.columns if one.field is Field.EXTRA and one.header == column.header), None)
        return own or Column(column.field, column.header, 12, ValueKind.LONG_TEXT)
    standard = DEFAULT_LAYOUT.tasks if base.kind is SheetKind.TASKS else DEFAULT_LAYOUT.indicators
    known = base.column(column.field) or standard.column(column.field)
    return known or Column(column.field, column.header, 12, ValueKind.LONG_TEXT)


def _sheet_mac(rows: Sequence[tuple[str, ...]], key: bytes) -> str:
    message = json.dumps(rows, ensure_ascii=True, separators=(",", ":")).encode()
    return hmac.new(key, _SHEET_CONTEXT + message, hashlib.sha256).hexdigest()


def _property_mac(plain: str, key: bytes) -> str:
    message = plain.encode("utf-8", errors="replace")
    return hmac.new(key, _PROPERTY_CONTEXT + message, hashlib.sha256).hexdigest()[:_PROPERTY_MAC_LENGTH]


def _folded(value: CellValue) -> str:
    """Return a manifest cell's text as the seal covers it: programs rewrap text and turn digits into numbers."""
    text = value if isinstance(value, str) else canonical_text(ValueKind.TEXT, value)
    if text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())


def _folded_row(row: Sequence[CellValue]) -> tuple[str, ...]:
    cells = [_folded(value) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _escaped(fact: str) -> str:
    return fact.replace("%", "%25").replace("|", "%7C")


def _unescaped(fact: str) -> str:
    return fact.replace("%7C", "|").replace("%25", "%")


def _require_key(key: bytes) -> None:
    if len(key) < 16:
        message = "a sealing key has at least 16 bytes"
        raise ValueError(message)
