"""Code of others that planbook's outputs carry with them, unchanged, each with its licence beside it."""

from importlib.resources import files


def read_echarts() -> str:
    """Return ECharts, minified, to be put inline or served; `scripts/vendor_echarts.sh` brings it here."""
    return files(__name__).joinpath("echarts.min.js").read_text(encoding="utf-8")
