"""Materials as candidates hand them in: small pictures and a PDF, drawn on the spot, marked as samples."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from workflows.appointment_review.enums import MaterialKind

PAPER, INK, GREY, SEAL, SKY = "#FBFAF7", "#23211E", "#8A8378", "#B4453C", "#C9D6E2"
LINES = {
    MaterialKind.IDENTITY_CARD: ("居民身份证复印件", "正面与反面（样件）", "仅供演示，号码已遮盖"),
    MaterialKind.MEMBERSHIP_PROOF: ("中共党员身份证明", "兹证明{name}同志系中共正式党员，", "组织关系在{branch}。"),
    MaterialKind.DIPLOMA: ("毕业证书复印件", "学生{name}修完规定课程，准予毕业。", "南岭大学（样件）"),
    MaterialKind.SELF_STATEMENT: (
        "本人情况说明", "本人{name}，自愿接受组织考察，", "如实填报个人情况，愿意承担支部工作。",
    ),
    MaterialKind.PLEDGE: ("任职承诺书", "本人承诺所填内容真实、完整，", "承诺人：{name}"),
    MaterialKind.RECOMMENDATION: ("推荐意见", "经研究，推荐{name}同志为人选。", "{branch}"),
    MaterialKind.MINUTES: ("支部委员会会议记录", "应到 5 人，实到 5 人，一致同意推荐{name}同志。", "{branch}"),
    MaterialKind.EMPLOYER_CONSENT: ("所在单位意见", "同意{name}同志兼任。", "（盖章）"),
}  # fmt: skip
STAMPED = {MaterialKind.MEMBERSHIP_PROOF, MaterialKind.RECOMMENDATION, MaterialKind.MINUTES}


def materials_of(name: str, branch: str) -> Iterator[tuple[MaterialKind, ContentFile]]:
    """Draw everything an assignment asks for.

    Args:
        name: The candidate.
        branch: The branch the post is at.

    Yields:
        Kind and file, ready to be uploaded.
    """
    yield MaterialKind.PHOTO, _file("近期照片.jpg", _portrait(name), "JPEG")
    for kind in LINES:
        if kind == MaterialKind.EMPLOYER_CONSENT:
            continue
        form, ending = ("PDF", "pdf") if kind == MaterialKind.SELF_STATEMENT else ("JPEG", "jpg")
        yield kind, _file(f"{LINES[kind][0]}.{ending}", sheet(kind, name, branch), form)


def sealed_scan(name: str, number: str) -> ContentFile:
    """Draw an approval document as it comes back from paper, with its stamp."""
    lines = ("批复（扫描件）", number, f"同意{name}同志任职。")
    return _file("批复扫描件.pdf", _page(lines, stamped=True), "PDF")


def reply_scan(department: str, number: str) -> ContentFile:
    """Draw the stamped reply of a department to a letter."""
    lines = ("复函（扫描件）", f"{number}收悉。", "经查，未发现函列人员有不良记录。", department)
    return _file("复函扫描件.pdf", _page(lines, stamped=True), "PDF")


def sheet(kind: MaterialKind, name: str, branch: str) -> Image.Image:
    """Draw one page of a material."""
    lines = tuple(line.format(name=name, branch=branch) for line in LINES[kind])
    return _page(lines, stamped=kind in STAMPED)


def _page(content: tuple[str, ...], *, stamped: bool) -> Image.Image:
    image = Image.new("RGB", (700, 990), PAPER)
    draw = ImageDraw.Draw(image)
    title, *lines = content
    draw.text((350, 130), title, font=_font(40), fill=INK, anchor="mm")
    draw.line((90, 180, 610, 180), fill=GREY, width=2)
    for row, line in enumerate(lines):
        draw.text((90, 240 + 60 * row), line, font=_font(24), fill=INK)
    draw.text((350, 940), "演示样件，内容均为虚构", font=_font(18), fill=GREY, anchor="mm")
    if stamped:
        draw.ellipse((430, 620, 610, 800), outline=SEAL, width=6)
        draw.text((520, 710), "样章", font=_font(36), fill=SEAL, anchor="mm")
    return image


def _portrait(name: str) -> Image.Image:
    image = Image.new("RGB", (420, 560), SKY)
    draw = ImageDraw.Draw(image)
    draw.ellipse((130, 110, 290, 300), fill="#E8CDB5")
    draw.ellipse((20, 320, 400, 760), fill="#2F4A63")
    draw.text((210, 530), name, font=_font(28), fill="#FFFFFF", anchor="mm")
    return image


def _file(name: str, image: Image.Image, form: str) -> ContentFile:
    content = BytesIO()
    image.save(content, form, **({"quality": 72} if form == "JPEG" else {"resolution": 84}))
    return ContentFile(content.getvalue(), name)


@lru_cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(settings.BASE_DIR / "static" / "fonts" / "KaopingSans-Regular.otf"), size)
