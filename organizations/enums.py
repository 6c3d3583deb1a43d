"""The words this room stores."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganizationKind(TextChoices):
    """Kinds of Party bodies (docs/regulations.md, the organization tree)."""

    SOCIAL_WORK_DEPARTMENT = "social_work_department", _("Party committee's social work department")
    TWO_NEW_COMMISSION = "two_new_commission", _("Commission for new economic and social organizations")
    SOCIAL_COMMITTEE = "social_committee", _("Social organizations committee")
    INDUSTRY_COMMITTEE = "industry_committee", _("Industry committee")
    COMPREHENSIVE_COMMITTEE = "comprehensive_committee", _("Comprehensive committee")
    JOINT_COMMITTEE = "joint_committee", _("Joint committee")
    TERRITORY_COMMITTEE = "territory_committee", _("Township or subdistrict committee")
    SUPERVISOR_COMMITTEE = "supervisor_committee", _("Supervisor's Party body")
    OWN_COMMITTEE = "own_committee", _("Committee of one organization")
    GENERAL_BRANCH = "general_branch", _("General branch")
    BRANCH = "branch", _("Branch")
    JOINT_BRANCH = "joint_branch", _("Joint branch")
    TEMPORARY_BRANCH = "temporary_branch", _("Temporary branch")
    FUNCTIONAL_BRANCH = "functional_branch", _("Functional branch")
    PARTY_GROUP = "party_group", _("Party group")
    WORK_STATION = "work_station", _("Party work station")
    MODEL_POINT = "model_point", _("Party model point")


BRANCH_KINDS = frozenset(
    {
        OrganizationKind.BRANCH,
        OrganizationKind.JOINT_BRANCH,
        OrganizationKind.TEMPORARY_BRANCH,
        OrganizationKind.FUNCTIONAL_BRANCH,
    }
)
COMMITTEE_KINDS = frozenset(
    {
        OrganizationKind.SOCIAL_WORK_DEPARTMENT,
        OrganizationKind.TWO_NEW_COMMISSION,
        OrganizationKind.SOCIAL_COMMITTEE,
        OrganizationKind.INDUSTRY_COMMITTEE,
        OrganizationKind.COMPREHENSIVE_COMMITTEE,
        OrganizationKind.JOINT_COMMITTEE,
        OrganizationKind.TERRITORY_COMMITTEE,
        OrganizationKind.SUPERVISOR_COMMITTEE,
        OrganizationKind.OWN_COMMITTEE,
    }
)


class Level(TextChoices):
    """Administrative level of a body."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township")


class SocialKind(TextChoices):
    """Kinds of social organizations, by the prefix of the credit code."""

    ASSOCIATION = "association", _("Association")
    PRIVATE_NON_ENTERPRISE = "private_non_enterprise", _("Private non-enterprise unit")
    FOUNDATION = "foundation", _("Foundation")
    COMMUNITY = "community", _("Community organization on file")


class AuthorityKind(TextChoices):
    """What an authority of the registry side does."""

    REGISTRY = "registry", _("Registration authority")
    SUPERVISOR = "supervisor", _("Professional supervisor")


class NoBranchReason(TextChoices):
    """Why a social organization has no branch."""

    NEW = "new", _("Newly founded")
    DUE = "due", _("Branch due, not yet founded")
    RELATION_ELSEWHERE = "relation_elsewhere", _("Members' relations kept elsewhere")
    TOO_FEW = "too_few", _("Fewer than 3 members")


class Sex(TextChoices):
    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class Role(TextChoices):
    """What a person may do at an organization."""

    ORGANIZER = "organizer", _("Organizer")
    APPROVER = "approver", _("Approver")
    COMMITTEE_SECRETARY = "committee_secretary", _("Committee secretary")
    COMMITTEE_MEMBER = "committee_member", _("Committee member")
    DISCIPLINE_MEMBER = "discipline_member", _("Discipline member")
    DISCIPLINE_OFFICER = "discipline_officer", _("Discipline officer")
    GENERAL_BRANCH_SECRETARY = "general_branch_secretary", _("General branch secretary")
    LIAISON = "liaison", _("Liaison officer")
    GUIDE = "guide", _("Party work guide")
    REGISTRY_OFFICER = "registry_officer", _("Registration officer")
    SUPERVISOR_OFFICER = "supervisor_officer", _("Supervisor's officer")
    DEPARTMENT_OFFICER = "department_officer", _("Department's officer")
    TRAINING_ORGANIZER = "training_organizer", _("Training organizer")
    TALK_ORGANIZER = "talk_organizer", _("Talk organizer")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    SECURITY_ADMINISTRATOR = "security_administrator", _("Security administrator")
    AUDITOR = "auditor", _("Auditor")


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR})


class Scope(TextChoices):
    """How far an assignment reaches."""

    SELF = "self", _("This organization")
    SUBTREE = "subtree", _("With subordinate organizations")


class Title(TextChoices):
    """Posts that are vetted, recorded and counted."""

    SECRETARY = "secretary", _("Secretary")
    DEPUTY = "deputy", _("Deputy secretary")
    FIRST_SECRETARY = "first_secretary", _("First secretary")
    MEMBER = "member", _("Committee member")


class PostSource(TextChoices):
    """How somebody came into a post."""

    ELECTED = "elected", _("Elected")
    ASSIGNED = "assigned", _("Assigned")
    HIRED = "hired", _("Hired")
    ACTING = "acting", _("Acting")


class PostEnd(TextChoices):
    """How a post ended."""

    TERM_OVER = "term_over", _("Term over")
    REMOVED = "removed", _("Removed")
    RESIGNED = "resigned", _("Resigned")
    SUCCEEDED = "succeeded", _("Succeeded")
    ORGANIZATION_CLOSED = "organization_closed", _("Organization closed")


class ObligationKind(TextChoices):
    """What a confirmed appointment owes."""

    TALK = "talk", _("Onboarding talk")
    INDUCTION = "induction", _("Induction training")


class Channel(TextChoices):
    """How a department receives letters."""

    ACCOUNT = "account", _("By account")
    PAPER = "paper", _("On paper")


class ImportState(TextChoices):
    """Where a ledger import stands."""

    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    WRITING = "writing", _("Being written")
    WRITTEN = "written", _("Written")
    REFUSED = "refused", _("Refused")
