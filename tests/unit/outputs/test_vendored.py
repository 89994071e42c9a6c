"""What is carried along is what the npm package holds, and can be put inline."""

from pathlib import Path

import pytest

from planbook.outputs import vendored

NPM = Path(__file__).parents[2] / "node_modules" / "echarts"
OURS = Path(vendored.__file__).parent


@pytest.mark.validator
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("echarts.min.js", "dist/echarts.min.js"),
        ("echarts.LICENSE.txt", "LICENSE"),
        ("echarts.NOTICE.txt", "NOTICE"),
    ],
)
def test_vendored_file_is_that_of_the_npm_package(ours: str, theirs: str) -> None:
    assert (OURS / ours).read_bytes() == (NPM / theirs).read_bytes()


def test_echarts_can_stand_in_a_script_element() -> None:
    text = vendored.read_echarts()
    assert "</script" not in text.lower()
    assert "<!--" not in text
