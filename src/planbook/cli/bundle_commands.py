"""The command that makes the offline bundle."""

import re
import sys
from pathlib import Path

import click

from planbook.cli.endings import DONE
from planbook.cli.options import Shared, shared_options
from planbook.cli.root import FILE, now, planbook


@planbook.command()
@click.argument("target", metavar="[文件夹]", required=False, type=FILE)
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    metavar="系统",
    help="win_amd64（默认）、win32、macos_arm64 等，可写多次。",
)
@click.option(
    "--python", "python", default=None, metavar="版本", help="对方电脑的 Python 版本，如 3.11；默认与本机相同。"
)
@click.option("--wheel", type=FILE, default=None, metavar="文件", help="planbook 自己的 .whl；默认自动取得。")
@click.option("--find-links", type=FILE, default=None, metavar="文件夹", help="从这个文件夹取依赖包，不上网。")
@click.option("--add", "extra_files", multiple=True, type=FILE, metavar="文件", help="一并放入，如 Python 安装程序。")
@shared_options
def bundle(
    shared: Shared,
    target: Path | None,
    platforms: tuple[str, ...],
    *,
    python: str | None,
    wheel: Path | None,
    find_links: Path | None,
    extra_files: tuple[Path, ...],
) -> int:
    """制作离线安装包，供不能上网的电脑安装。"""
    from planbook.actions.bundle_wheels import TARGETS
    from planbook.actions.make_bundle import make_bundle
    from planbook.excel.build_addin import ADDIN
    from planbook.model.errors import PlanbookError

    unknown = [name for name in platforms if name not in TARGETS]
    if unknown:
        raise PlanbookError(f"没有系统 {'、'.join(unknown)}，可选：{'、'.join(TARGETS)}。")
    version = python or f"{sys.version_info.major}.{sys.version_info.minor}"
    if not re.fullmatch(r"3\.\d{2}", version) or int(version[2:]) < 11:
        raise PlanbookError(f"Python 版本“{version}”不合用，请写成 3.11 这样，3.11 或更新。")
    made = []
    for name in platforms or ("win_amd64",):
        with shared.console.progress(f"准备 {TARGETS[name].label}"):
            one = make_bundle(
                target or Path(),
                TARGETS[name],
                addins={ADDIN.name: ADDIN},
                now=now(),
                python=version,
                wheel=wheel,
                find_links=find_links,
                extra_files=extra_files,
            )
        shared.console.say(f"{TARGETS[name].label}：{one.path}（安装包 {one.wheels} 个）")
        made.append({"platform": name, "path": str(one.path), "wheels": one.wheels})
    shared.console.show_json({"bundles": made})
    return DONE
