"""The words of the cells and what we store for them."""

from organizations.enums import (
    Channel,
    Level,
    NoBranchReason,
    OrganizationKind,
    PostSource,
    Role,
    SocialKind,
    Title,
)

KINDS = {
    "党委社会工作部": OrganizationKind.SOCIAL_WORK_DEPARTMENT,
    "社会工作部": OrganizationKind.SOCIAL_WORK_DEPARTMENT,
    "两新工委": OrganizationKind.TWO_NEW_COMMISSION,
    "社会组织党委": OrganizationKind.SOCIAL_COMMITTEE,
    "行业党委": OrganizationKind.INDUSTRY_COMMITTEE,
    "综合党委": OrganizationKind.COMPREHENSIVE_COMMITTEE,
    "联合党委": OrganizationKind.JOINT_COMMITTEE,
    "乡镇党委": OrganizationKind.TERRITORY_COMMITTEE,
    "街道党工委": OrganizationKind.TERRITORY_COMMITTEE,
    "乡镇街道党工委": OrganizationKind.TERRITORY_COMMITTEE,
    "属地党委": OrganizationKind.TERRITORY_COMMITTEE,
    "社区党委": OrganizationKind.TERRITORY_COMMITTEE,
    "主管单位党组织": OrganizationKind.SUPERVISOR_COMMITTEE,
    "业务主管单位党组织": OrganizationKind.SUPERVISOR_COMMITTEE,
    "单位党委": OrganizationKind.OWN_COMMITTEE,
    "党委": OrganizationKind.OWN_COMMITTEE,
    "党总支": OrganizationKind.GENERAL_BRANCH,
    "总支": OrganizationKind.GENERAL_BRANCH,
    "党支部": OrganizationKind.BRANCH,
    "支部": OrganizationKind.BRANCH,
    "独立党支部": OrganizationKind.BRANCH,
    "联合党支部": OrganizationKind.JOINT_BRANCH,
    "联合支部": OrganizationKind.JOINT_BRANCH,
    "临时党支部": OrganizationKind.TEMPORARY_BRANCH,
    "功能型党支部": OrganizationKind.FUNCTIONAL_BRANCH,
    "党小组": OrganizationKind.PARTY_GROUP,
    "党建工作站": OrganizationKind.WORK_STATION,
    "党建示范点": OrganizationKind.MODEL_POINT,
}
LEVELS = {
    "省": Level.PROVINCE, "省级": Level.PROVINCE, "市": Level.CITY, "市级": Level.CITY, "地市": Level.CITY,
    "地市级": Level.CITY, "县": Level.COUNTY, "县级": Level.COUNTY, "区": Level.COUNTY, "区级": Level.COUNTY,
    "区县": Level.COUNTY, "县区": Level.COUNTY, "区县级": Level.COUNTY, "县区级": Level.COUNTY,
    "乡镇": Level.TOWNSHIP, "街道": Level.TOWNSHIP, "乡镇街道": Level.TOWNSHIP, "镇街": Level.TOWNSHIP,
    "乡级": Level.TOWNSHIP, "乡镇级": Level.TOWNSHIP,
}  # fmt: skip
YES_NO = {
    "是": True, "有": True, "√": True, "✓": True, "Y": True, "新任": True, "1": True,
    "否": False, "无": False, "没有": False, "×": False, "N": False, "连任": False, "0": False,
}  # fmt: skip
SOCIAL_KINDS = {
    "社会团体": SocialKind.ASSOCIATION,
    "社团": SocialKind.ASSOCIATION,
    "行业协会商会": SocialKind.ASSOCIATION,
    "民办非企业单位": SocialKind.PRIVATE_NON_ENTERPRISE,
    "民非": SocialKind.PRIVATE_NON_ENTERPRISE,
    "社会服务机构": SocialKind.PRIVATE_NON_ENTERPRISE,
    "基金会": SocialKind.FOUNDATION,
    "社区社会组织": SocialKind.COMMUNITY,
    "备案社区社会组织": SocialKind.COMMUNITY,
}
NO_BRANCH_REASONS = {
    "新成立": NoBranchReason.NEW,
    "应建未建": NoBranchReason.DUE,
    "党员组织关系未转入": NoBranchReason.RELATION_ELSEWHERE,
    "组织关系未转入": NoBranchReason.RELATION_ELSEWHERE,
    "组织关系在外": NoBranchReason.RELATION_ELSEWHERE,
    "党员不足3人": NoBranchReason.TOO_FEW,
    "党员不足三人": NoBranchReason.TOO_FEW,
    "不足3人": NoBranchReason.TOO_FEW,
    "不足三人": NoBranchReason.TOO_FEW,
    "无党员": NoBranchReason.TOO_FEW,
}
SEXES = {"男": "male", "男性": "male", "女": "female", "女性": "female"}
_LED = ("", "支部", "党支部", "联合支部", "联合党支部", "总支", "党总支", "党委")
TITLES = {
    **{f"{body}书记": Title.SECRETARY for body in _LED},
    **{f"{body}副书记": Title.DEPUTY for body in _LED},
    **{f"{body}第一书记": Title.FIRST_SECRETARY for body in _LED},
    **{f"{body}委员": Title.MEMBER for body in _LED},
    "专职副书记": Title.DEPUTY,
    "组织委员": Title.MEMBER,
    "宣传委员": Title.MEMBER,
    "纪检委员": Title.MEMBER,
}
ACTING_TITLES = frozenset({"临时负责人", "临时书记", "代理书记", "主持工作"})
SOURCES = {
    "选举": PostSource.ELECTED, "换届选举": PostSource.ELECTED, "补选": PostSource.ELECTED,
    "选举产生": PostSource.ELECTED,
    "选派任命": PostSource.ASSIGNED, "选派": PostSource.ASSIGNED, "任命": PostSource.ASSIGNED,
    "委派": PostSource.ASSIGNED,
    "上级任命": PostSource.ASSIGNED, "上级选派": PostSource.ASSIGNED, "组织选派": PostSource.ASSIGNED,
    "公开招聘": PostSource.HIRED, "招聘": PostSource.HIRED,
    "临时指定": PostSource.ACTING, "指定": PostSource.ACTING,
}  # fmt: skip
CHANNELS = {
    "账号": Channel.ACCOUNT, "帐号": Channel.ACCOUNT, "系统": Channel.ACCOUNT, "线上": Channel.ACCOUNT,
    "电子": Channel.ACCOUNT, "纸质": Channel.PAPER, "纸质函": Channel.PAPER, "线下": Channel.PAPER,
    "书面": Channel.PAPER,
}  # fmt: skip
ROLES = {
    "组织员": Role.ORGANIZER, "党建组织员": Role.ORGANIZER, "初审人": Role.ORGANIZER,
    "审批人": Role.APPROVER, "审批人员": Role.APPROVER,
    "党委书记": Role.COMMITTEE_SECRETARY,
    "党委委员": Role.COMMITTEE_MEMBER, "委员": Role.COMMITTEE_MEMBER,
    "纪检委员": Role.DISCIPLINE_MEMBER, "纪委委员": Role.DISCIPLINE_MEMBER,
    "纪检干部": Role.DISCIPLINE_OFFICER,
    "总支书记": Role.GENERAL_BRANCH_SECRETARY, "党总支书记": Role.GENERAL_BRANCH_SECRETARY,
    "联络员": Role.LIAISON,
    "党建工作指导员": Role.GUIDE, "党建指导员": Role.GUIDE, "指导员": Role.GUIDE,
    "登记管理机关经办人": Role.REGISTRY_OFFICER,
    "业务主管单位经办人": Role.SUPERVISOR_OFFICER,
    "联审单位经办人": Role.DEPARTMENT_OFFICER,
    "培训承办人": Role.TRAINING_ORGANIZER,
    "谈话承办人": Role.TALK_ORGANIZER,
    "系统管理员": Role.SYSTEM_ADMINISTRATOR,
    "安全管理员": Role.SECURITY_ADMINISTRATOR, "安全保密管理员": Role.SECURITY_ADMINISTRATOR,
    "监督员": Role.AUDITOR, "审计员": Role.AUDITOR, "安全审计员": Role.AUDITOR,
}  # fmt: skip
