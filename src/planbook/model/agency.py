"""Agencies (单位), groups of agencies (单位组) and the office's directory of both."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from planbook.model.agency_level import level_of


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency or, with `is_group`, a named group that the office resolves into members.

    Attributes:
        name: The name used in forms and the ledger.
        aliases: Other names and short forms that mean the same agency.
        groups: Names of the groups that it belongs to.
        contact: Contact person.
        phone: Contact's telephone.
        email: Mailbox, empty where unknown.
        level: 省、市、区县、园区… as the office calls it; empty where unknown.
        is_group: The name stands for its members (各区县(市)人民政府) and gets no form of its own.
        leader: 分管领导 whom the agency answers to; several are parted by 、. Empty where unknown.
    """

    name: str
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    email: str = ""
    level: str = ""
    is_group: bool = False
    leader: str = ""


_BRACKETS: Final = str.maketrans("（）【】〔〕［］", "()[][][]")
# Administrative short forms: each pair maps a written variant to one key, applied to the end of a name.
_SHORT_FORMS: Final = (
    (r"发展(?:和|与)?改革(?:委员会|委|局)?$|发改(?:委|局)?$", "发改委"),
    (r"(?:工业(?:和|与)?信息化|工信)(?:委员会|委|厅|局)?$", "工信"),
    (r"(?:经济(?:和|与)信息化|经信)(?:委员会|委|厅|局)?$", "经信"),
    (r"(?:科学技术|科技)(?=委员会$|委$|厅$|局$)", "科技"),
    (r"(?:人力资源(?:和|与)?社会保障|人社)(?=厅$|局$)", "人社"),
    (r"(?:住房(?:和|与)?城乡建设|住建)(?=委员会$|委$|厅$|局$)", "住建"),
    (r"(?:国有资产监督管理|国资)(?:委员会|委)$", "国资委"),
    (r"(?:卫生健康|卫健)(?:委员会|委|局)$", "卫健委"),
    (r"(?:市场监督管理|市场监管)(?=局$)", "市场监管"),
    (r"(?:自然资源(?:和|与)规划|自然资源规划)(?=局$)", "资规"),
    (r"(?:文化(?:和|与)?旅游|文旅)(?=厅$|局$)", "文旅"),
    (r"(?:交通运输|交通)(?=厅$|局$)", "交通"),
    (r"(?:农业农村)(?:委员会|委)$", "农业农村委"),
    (r"(?:地方金融监督管理|地方金融监管|地方金融管理)局$", "地方金融局"),
    (r"委员会$", "委"),
    (r"办公室$", "办"),
    (r"人民政府$", "政府"),
)

_OPEN_GROUP: Final = re.compile(
    r"各|(?:有关|相关|其他)(?:部门|单位|机构|地方|地区|[省市州县区])|[二两三四五六七八九十](?:省|市|州|县|区)(?:人民政府|政府|党委)?$"
)


def agency_from_name(name: str) -> Agency:
    """Return the agency or group that `name` is, with what the name alone tells of it."""
    return Agency(name, level=level_of(name), is_group=is_open_group(name))


def is_open_group(name: str) -> bool:
    """Return whether a name by its wording stands for several agencies (各市人民政府, 省直有关单位)."""
    return bool(_OPEN_GROUP.search(name))


def agency_key(name: str) -> str:
    """Return a key that is equal for two spellings of one agency's name.

    Folds full and half width, white space and brackets, and the usual administrative short forms
    (省发改委 = 省发展改革委 = 省发展和改革委员会). It never drops the level in front (省、市), and it does
    not touch words inside the name.
    """
    key = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).translate(_BRACKETS)
    for pattern, replacement in _SHORT_FORMS:
        key, count = re.subn(pattern, replacement, key)
        if count:
            break
    return key


@dataclass(frozen=True)
class Directory:
    """The office's directory: agencies and groups, found by name, alias or short form."""

    agencies: tuple[Agency, ...] = ()

    @cached_property
    def _by_name(self) -> Mapping[str, Agency]:
        index: dict[str, Agency] = {}
        for agency in self.agencies:  # names first: an alias never takes another agency's own name
            index.setdefault(agency.name, agency)
        for agency in self.agencies:
            for alias in agency.aliases:
                index.setdefault(alias, agency)
        for agency in self.agencies:
            for name in (agency.name, *agency.aliases):
                index.setdefault(agency_key(name), agency)
        return index

    def find(self, name: str) -> Agency | None:
        """Return the agency or group that `name` means, None where the directory does not know it."""
        return self._by_name.get(name) or self._by_name.get(agency_key(name))

    def members(self, group: str) -> tuple[Agency, ...]:
        """Return the agencies that belong to `group`, groups within groups resolved, each once."""
        found: dict[str, Agency] = {}
        seen: set[str] = set()
        pending = [group]
        while pending:
            name = pending.pop(0)
            if name in seen:
                continue
            seen.add(name)
            for agency in self.agencies:
                if name not in agency.groups:
                    continue
                if agency.is_group:
                    pending.append(agency.name)
                else:
                    found.setdefault(agency.name, agency)
        return tuple(found.values())

    def resolve(self, names: Iterable[str]) -> tuple[tuple[Agency, ...], tuple[str, ...]]:
        """Return the agencies that `names` mean, groups expanded, and the names that lead to none."""
        found: dict[str, Agency] = {}
        unresolved: list[str] = []
        for name in names:
            agency = self.find(name)
            members = self.members(agency.name) if agency and agency.is_group else (agency,) if agency else ()
            if not members:
                unresolved.append(name)
            for member in members:
                found.setdefault(member.name, member)
        return tuple(found.values()), tuple(unresolved)

    def with_names(self, names: Iterable[str]) -> tuple["Directory", tuple[tuple[str, str], ...]]:
        """Return the directory with every one of `names` in it, and the (spelling, agency) pairs that were joined.

        A name that the directory knows under another spelling becomes an alias of that agency, visibly, so that
        the clerk can part them again; any other becomes an agency or, by its wording, a group of its own.
        """
        agencies = {agency.name: agency for agency in self.agencies}
        joined: list[tuple[str, str]] = []
        directory = self
        for name in dict.fromkeys(names):
            known = directory.find(name)
            if known is None:
                agencies[name] = agency_from_name(name)
            elif name != known.name and name not in known.aliases:
                agencies[known.name] = replace(known, aliases=(*known.aliases, name))
                joined.append((name, known.name))
            else:
                continue
            directory = Directory(tuple(agencies.values()))
        return directory, tuple(joined)
