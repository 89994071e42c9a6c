"""The bulletin's charts as pictures, drawn in whatever Chinese font the machine has; without one there are none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from planbook.model.lights import Light
from planbook.outputs.documents.fields import Picture
from planbook.outputs.styles import LIGHT_CHART_COLOURS, LIGHT_ORDER

_WIDTH_MM: Final = 150.0
_DPI: Final = 200
# Files that hold a Chinese font, as Windows, WPS, macOS and the Linux distributions name them, the plainest first.
_FONT_FILES: Final = (
    "simhei.ttf",
    "msyh.ttc",
    "Deng.ttf",
    "simsun.ttc",
    "simfang.ttf",
    "STHeiti Light.ttc",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "Songti.ttc",
    "NotoSansCJK-Regular.ttc",
    "NotoSansSC-Regular.otf",
    "NotoSansCJKsc-Regular.otf",
    "SourceHanSansCN-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "uming.ttc",
    "DroidSansFallbackFull.ttf",
)
_PROBE: Final = "红黄绿灯项率任务"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of tasks by light."""

    title: str
    lights: Mapping[Light, int]


def draw_bars(bars: Sequence[Bar], description: str) -> Picture | None:
    """Return a picture of horizontal bars, one below the other; None where no Chinese font is found or no bar given."""
    font = chinese_font()
    if font is None or not bars:
        return None
    figure, axes = _canvas(height_mm=24 + 10 * len(bars))
    shown = [light for light in LIGHT_ORDER if any(bar.lights.get(light) for bar in bars)]
    left = [0] * len(bars)
    for light in shown:
        counts = [bar.lights.get(light, 0) for bar in bars]
        drawn = axes.barh(range(len(bars)), counts, left=left, height=0.6, label=light.label, color=_colour(light))
        labels = [str(count) if count else "" for count in counts]
        axes.bar_label(drawn, labels, label_type="center", fontproperties=_sized(font, 9))
        left = [start + count for start, count in zip(left, counts, strict=True)]
    axes.set_yticks(range(len(bars)), [_shortened(bar.title) for bar in bars], fontproperties=_sized(font, 10))
    axes.invert_yaxis()
    axes.set_xlabel("任务（项）", fontproperties=_sized(font, 9))
    return _finish(figure, axes, font, description)


def draw_trend(bars: Sequence[Bar], description: str) -> Picture | None:
    """Return a picture of upright bars, one a period; None where no Chinese font is found or there is but one."""
    font = chinese_font()
    if font is None or len(bars) < 2:
        return None
    figure, axes = _canvas(height_mm=70)
    bottom = [0] * len(bars)
    for light in (light for light in LIGHT_ORDER if any(bar.lights.get(light) for bar in bars)):
        counts = [bar.lights.get(light, 0) for bar in bars]
        drawn = axes.bar(range(len(bars)), counts, bottom=bottom, width=0.5, label=light.label, color=_colour(light))
        labels = [str(count) if count else "" for count in counts]
        axes.bar_label(drawn, labels, label_type="center", fontproperties=_sized(font, 9))
        bottom = [start + count for start, count in zip(bottom, counts, strict=True)]
    axes.set_xticks(range(len(bars)), [bar.title for bar in bars], fontproperties=_sized(font, 9))
    axes.set_ylabel("任务（项）", fontproperties=_sized(font, 9))
    return _finish(figure, axes, font, description)


@cache
def chinese_font() -> Path | None:
    """Return a font file of this machine with Chinese in it, None where there is none."""
    from matplotlib.font_manager import findSystemFonts

    found = {Path(path).name.lower(): Path(path) for path in sorted(findSystemFonts())}
    known = [found[name.lower()] for name in _FONT_FILES if name.lower() in found]
    likely = [
        path for name, path in found.items() if any(part in name for part in ("cjk", "hans", "sc-", "gb", "song"))
    ]
    return next((path for path in (*known, *likely) if _has_chinese(path)), None)


def _has_chinese(path: Path) -> bool:
    from matplotlib.ft2font import FT2Font

    try:
        characters = FT2Font(str(path)).get_charmap()
    except (OSError, RuntimeError):
        return False
    return all(ord(character) in characters for character in _PROBE)


def _canvas(*, height_mm: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH_MM / 25.4, height_mm / 25.4), dpi=_DPI, layout="constrained")
    axes = figure.subplots()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=9)
    return figure, axes


def _finish(figure: Any, axes: Any, font: Path, description: str) -> Picture:
    from matplotlib.ticker import MaxNLocator

    for axis in (axes.xaxis, axes.yaxis):
        if not axis.get_major_locator().__class__.__name__.startswith("Fixed"):
            axis.set_major_locator(MaxNLocator(integer=True))
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles, labels, loc="outside lower center", ncols=6, frameon=False, prop=_sized(font, 9), handlelength=1.2
    )  # fmt: skip
    buffer = BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return Picture(buffer.getvalue(), _WIDTH_MM, description)


def _sized(font: Path, points: float) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(font), size=points)


def _colour(light: Light) -> str:
    return f"#{LIGHT_CHART_COLOURS[light]}"


def _shortened(text: str, limit: int = 14) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"
