"""Ruling lines of a PDF page: strokes and thin filled boxes along the axes, also within forms."""

import ctypes
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as pdfium

from planbook.plans.readers.paged import Page, Ruling

Place = Callable[[float, float], tuple[float, float]]
_Matrix = tuple[float, float, float, float, float, float]

_THIN = 2.5  # points; wider boxes are shading
_SHORT = 4.0
_MAXIMUM_OBJECTS = 20_000
_MAXIMUM_SEGMENTS = 400  # a path with more is a drawing or the outline of a letter
_MAXIMUM_DEPTH = 4
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_rulings(page: Any, result: Page, place: Place) -> None:
    """Add the ruling lines of `page` to `result`, in displayed coordinates."""
    count = pdfium.FPDFPage_CountObjects(page)
    objects = (pdfium.FPDFPage_GetObject(page, index) for index in range(min(count, _MAXIMUM_OBJECTS)))
    for start, end in _lines(objects, _IDENTITY, 0):
        x0, y0 = place(*start)
        x1, y1 = place(*end)
        if abs(y1 - y0) <= 0.5 and abs(x1 - x0) >= _SHORT:
            result.horizontals.append(Ruling((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= 0.5 and abs(y1 - y0) >= _SHORT:
            result.verticals.append(Ruling((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


_Point = tuple[float, float]


def _lines(objects: Iterator[Any], matrix: _Matrix, depth: int) -> Iterator[tuple[_Point, _Point]]:
    for each in objects:
        kind = pdfium.FPDFPageObj_GetType(each)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _lines_of_path(each, _combined(_matrix_of(each), matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAXIMUM_DEPTH:
            count = pdfium.FPDFFormObj_CountObjects(each)
            children = (pdfium.FPDFFormObj_GetObject(each, index) for index in range(min(count, _MAXIMUM_OBJECTS)))
            yield from _lines(children, _combined(_matrix_of(each), matrix), depth + 1)


def _lines_of_path(path: Any, matrix: _Matrix) -> Iterator[tuple[_Point, _Point]]:
    count = pdfium.FPDFPath_CountSegments(path)
    if not 2 <= count <= _MAXIMUM_SEGMENTS:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    for corners in _outlines(path, count, matrix):
        edges = list(itertools.pairwise(corners))
        if stroke.value:
            yield from edges
        elif fill.value:
            yield from _axis(corners)


def _axis(corners: list[_Point]) -> Iterator[tuple[_Point, _Point]]:
    """The line that a thin filled box stands for; nothing for shading."""
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    if top - bottom <= _THIN < right - left:
        middle = (bottom + top) / 2
        yield (left, middle), (right, middle)
    elif right - left <= _THIN < top - bottom:
        middle = (left + right) / 2
        yield (middle, bottom), (middle, top)


def _outlines(path: Any, count: int, matrix: _Matrix) -> Iterator[list[_Point]]:
    """Corners of each straight outline of a path; curves end an outline."""
    x, y = ctypes.c_float(), ctypes.c_float()
    corners: list[_Point] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _moved(x.value, y.value, matrix)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            if len(corners) > 1:
                yield corners
            corners = [point] if kind == pdfium.FPDF_SEGMENT_MOVETO else []
            continue
        corners.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(corners) > 1:
            corners.append(corners[0])
    if len(corners) > 1:
        yield corners


def _matrix_of(page_object: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(page_object, ctypes.byref(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _combined(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(x: float, y: float, matrix: _Matrix) -> _Point:
    a, b, c, d, e, f = matrix
    return x * a + y * c + e, x * b + y * d + f
