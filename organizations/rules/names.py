"""Names of people: what may be one, how it is found by pinyin, how it is sorted."""

import re
from functools import lru_cache

from organizations.rules.text import tidy

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
_NAME = re.compile(f"[{_HAN}]+(·[{_HAN}]+)*")
_DOTS = str.maketrans(dict.fromkeys("•・･‧∙⋅．.。●", "·"))

# As a family name each of these is read otherwise than in ordinary words.
_SURNAMES = {
    "单": "shan4", "曾": "zeng1", "仇": "qiu2", "解": "xie4", "区": "ou1", "查": "zha1", "任": "ren2", "朴": "piao2",
    "盖": "ge3", "葛": "ge3", "华": "hua4", "翟": "zhai2", "冼": "xian3", "洗": "xian3", "缪": "miao4", "乐": "yue4",
    "员": "yun4", "黑": "he4", "秘": "bi4", "折": "she2", "召": "shao4", "尉": "yu4", "繁": "po2", "种": "chong2",
    "重": "chong2", "覃": "qin2", "谌": "chen2", "宓": "mi4", "燕": "yan1", "那": "na1", "哈": "ha3", "阚": "kan4",
    "纪": "ji3", "过": "guo1", "祭": "zhai4", "逄": "pang2", "逯": "lu4", "佴": "nai4", "隗": "wei3", "宁": "ning4",
    "牟": "mu4", "芮": "rui4", "车": "che1", "粘": "nian2", "教": "jiao1", "句": "gou1", "钭": "tou3", "晟": "cheng2",
    "曲": "qu1", "应": "ying1", "干": "gan1", "卜": "bu3", "于": "yu2", "幺": "yao1", "行": "xing2", "相": "xiang4",
    "尉迟": "yu4 chi2", "长孙": "zhang3 sun1", "单于": "chan2 yu2", "万俟": "mo4 qi2", "澹台": "tan2 tai2",
    "夏侯": "xia4 hou2", "宗政": "zong1 zheng4", "濮阳": "pu2 yang2", "令狐": "ling2 hu2", "司徒": "si1 tu2",
    "欧阳": "ou1 yang2", "上官": "shang4 guan1", "皇甫": "huang2 fu3", "诸葛": "zhu1 ge3", "鲜于": "xian1 yu2",
    "呼延": "hu1 yan2", "尔朱": "er3 zhu1", "贺兰": "he4 lan2", "东方": "dong1 fang1", "公孙": "gong1 sun1",
}  # fmt: skip


def read_name(text: str) -> str | None:
    """Read the name of a person.

    Args:
        text: The name as typed; blanks between signs and other dots than ``·`` are forgiven.

    Returns:
        2 to 30 Chinese signs with single middle dots inside, or None when it is no such name.
    """
    name = tidy(text).replace(" ", "").translate(_DOTS)
    return name if 2 <= len(name) <= 30 and _NAME.fullmatch(name) else None


@lru_cache(maxsize=20_000)
def name_keys(name: str) -> tuple[str, str]:
    """Give the keys under which a person is found and sorted.

    Args:
        name: A name as ``read_name`` gives it.

    Returns:
        The search key (name, pinyin, initials: ``单田芳 shantianfang stf``) and the sort key (pinyin with tones).
    """
    surname = next((start for start in (name[:2], name[:1]) if start in _SURNAMES), "")
    read = _SURNAMES.get(surname, "").split() + _pinyin(name[len(surname) :])
    return _search(name, read, 200), " ".join(read)[:120]


@lru_cache(maxsize=20_000)
def text_key(text: str) -> str:
    """Give the key under which an organization is found: name, pinyin, initials.

    Args:
        text: The name of an organization.

    Returns:
        The search key, at most 300 signs.
    """
    return _search(text, _pinyin(text), 300)


def _pinyin(text: str) -> list[str]:
    # Its dictionaries are a quarter of the time a process takes to start; most processes enter no name.
    from pypinyin import Style, lazy_pinyin

    return [syllable for syllable in lazy_pinyin(text, style=Style.TONE3, errors=_other_signs) if syllable]


def _other_signs(signs: str) -> list[str]:
    return [sign.lower() for sign in signs if sign.isalnum()]


def _search(text: str, syllables: list[str], longest: int) -> str:
    initials = "".join(syllable[0] for syllable in syllables)
    plain = "".join(syllable.rstrip("12345") or syllable for syllable in syllables)
    return f"{text} {initials} {plain}".lower()[:longest]
