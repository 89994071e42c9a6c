"""Commands for reading on more than one machine."""

import click

from planbook.cli.endings import DONE
from planbook.cli.options import ChineseGroup, Shared, shared_options
from planbook.cli.root import planbook


@planbook.group(cls=ChineseGroup)
@shared_options
def cluster(_shared: Shared) -> None:
    """一台电脑不够用时，用几台电脑一起读回表。"""


@cluster.command()
@click.argument("workers", metavar="进程数", type=click.IntRange(1, 256))
@click.option("--port", type=click.IntRange(0, 65535), default=8786, metavar="端口", help="默认 8786；0 表示任选。")
@shared_options
def local(shared: Shared, workers: int, port: int) -> int:
    """在本机启动一个集群，供 planbook consolidate --cluster 使用（Ctrl-C 结束）。"""
    from planbook.sheets.cluster import run_local_cluster

    def say_where(address: str) -> None:
        shared.console.say(f"集群已启动，{workers} 个读取进程。汇总时加：--cluster {address}")
        shared.console.show_json({"address": address, "workers": workers})

    run_local_cluster(workers, port, say_where)
    return DONE
