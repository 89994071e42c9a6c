"""The theme part that a Word document must have: plain colours, no effects; the styles name their own fonts."""

from typing import Final

_COLOURS: Final = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "1F2D3D",
    "lt2": "EEF3F8",
    "accent1": "2F5D8A",
    "accent2": "C8453B",
    "accent3": "6FAE5A",
    "accent4": "E9B93C",
    "accent5": "4F8FCB",
    "accent6": "B4BAC1",
    "hlink": "1F4E79",
    "folHlink": "6B7785",
}


def theme_xml() -> str:
    """Return `word/theme/theme1.xml`."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="Times New Roman"/><a:ea typeface="{font}"/><a:cs typeface=""/>'
        f"</a:{kind}Font>"
        for kind, font in (("major", "黑体"), ("minor", "仿宋"))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    formats = (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="planbook"><a:themeElements>'
        f'<a:clrScheme name="planbook">{colours}</a:clrScheme><a:fontScheme name="planbook">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="planbook">{formats}</a:fmtScheme></a:themeElements></a:theme>'
    )
