"""The people of the stories: invented names, valid numbers of nobody, and an account for each."""

from dataclasses import dataclass
from datetime import date, datetime

from organizations.actions import open_account, register_person
from organizations.models import Account, Person
from organizations.rules.identity import identity_check

# A county that was never founded, so that no number belongs to anybody.
REGION = "440199"

# Name, birthday, sex, education; the order is the order of the stories.
PEOPLE = (
    ("沈知远", date(1986, 4, 12), "male", "undergraduate"), ("林见微", date(1979, 9, 3), "female", "college"),
    ("周牧之", date(1983, 1, 27), "male", "undergraduate"), ("何映秋", date(1990, 10, 18), "female", "postgraduate"),
    ("唐一舟", date(1976, 6, 6), "male", "college"), ("许清如", date(1988, 2, 9), "female", "undergraduate"),
    ("江望舒", date(1985, 12, 21), "female", "undergraduate"), ("白远山", date(1974, 3, 30), "male", "secondary"),
    ("顾念安", date(1991, 7, 14), "female", "undergraduate"), ("陆怀川", date(1981, 5, 25), "male", "undergraduate"),
    ("程以恒", date(1987, 11, 8), "male", "college"), ("方晚晴", date(1984, 8, 19), "female", "undergraduate"),
    ("石景行", date(1978, 2, 16), "male", "undergraduate"), ("梁若谷", date(1982, 10, 5), "male", "postgraduate"),
    ("宋雨桐", date(1989, 6, 23), "female", "undergraduate"), ("叶知秋", date(1980, 9, 11), "female", "college"),
    ("罗振声", date(1975, 1, 4), "male", "undergraduate"), ("孟书遥", date(1992, 3, 17), "female", "undergraduate"),
    ("袁立德", date(1977, 7, 29), "male", "college"), ("邱明澈", date(1986, 12, 2), "male", "undergraduate"),
    ("范静好", date(1983, 4, 8), "female", "undergraduate"), ("崔长青", date(1979, 11, 26), "male", "undergraduate"),
    ("黎嘉言", date(1988, 5, 13), "female", "postgraduate"), ("温如玉", date(1985, 2, 20), "female", "college"),
    ("邵云起", date(1981, 8, 31), "male", "undergraduate"), ("潘思齐", date(1990, 1, 15), "male", "undergraduate"),
    ("魏知行", date(1976, 10, 24), "male", "college"), ("姚晓岚", date(1987, 3, 6), "female", "undergraduate"),
    ("傅承业", date(1952, 5, 18), "male", "college"), ("贺兰亭", date(1984, 6, 1), "female", "undergraduate"),
    ("康宁远", date(1982, 12, 12), "male", "undergraduate"), ("乔木生", date(1978, 4, 27), "male", "undergraduate"),
    # Those the office looks into.
    ("戚南枝", date(1986, 9, 21), "female", "undergraduate"), ("喻长风", date(1979, 2, 13), "male", "college"),
    ("谈书白", date(1984, 11, 3), "male", "undergraduate"), ("柯静川", date(1990, 5, 6), "female", "postgraduate"),
    ("纪闻达", date(1977, 12, 18), "male", "undergraduate"), ("庞若素", date(1988, 7, 9), "female", "undergraduate"),
    ("房子衿", date(1983, 3, 15), "female", "college"), ("阿依努尔·吐尔逊", date(1987, 10, 1), "female", "college"),
    ("翁青崖", date(1981, 1, 24), "male", "postgraduate"), ("施怀玉", date(1985, 6, 30), "female", "undergraduate"),
    ("樊行简", date(1976, 4, 11), "male", "college"), ("解明诚", date(1989, 8, 27), "male", "undergraduate"),
    # Those who stand for election.
    ("穆清扬", date(1982, 2, 5), "male", "undergraduate"), ("郁兰舟", date(1980, 10, 29), "female", "college"),
    ("左思齐", date(1985, 5, 17), "male", "undergraduate"), ("明若晖", date(1978, 9, 8), "female", "undergraduate"),
    ("艾书同", date(1991, 1, 31), "male", "postgraduate"), ("祁云深", date(1984, 4, 20), "male", "undergraduate"),
    ("桑晚舟", date(1987, 12, 6), "female", "undergraduate"),
)  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """Somebody a story is about.

    Attributes:
        person: What the ledger knows.
        account: How the person signs in.
        education: A value of the registration form.
        number: The identity number.
    """

    person: Person
    account: Account
    education: str
    number: str


def candidate(place: int, *, at: datetime) -> Candidate:
    """Enter a person of the stories and open an account.

    Args:
        place: Position in ``PEOPLE``.
        at: Moment of both acts.

    Returns:
        The person with the account.
    """
    name, born_on, sex, education = PEOPLE[place]
    number = identity_number(place, born_on, sex)
    joined_on = born_on.replace(year=born_on.year + 24, month=7, day=1)
    person = register_person(
        name=name,
        identity_number=number,
        by=None,
        at=at,
        ethnicity="汉族",
        joined_on=joined_on,
        full_member_on=joined_on.replace(year=joined_on.year + 1),
        phone=f"199555502{place:02d}",
    )
    account = open_account(username=person.phone, name=name, by=None, at=at, person=person, phone=person.phone)
    return Candidate(person, account, education, number)


def identity_number(place: int, born_on: date, sex: str) -> str:
    """Make a valid number of nobody; the 17th digit is odd for men."""
    head = f"{REGION}{born_on:%Y%m%d}{(900 + 2 * place + (sex == 'male')) % 1000:03d}"
    return head + identity_check(head)
