/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Social disputes, the largest of the five risk domains. Tables only; see README.md beside this
 * file for the duty, the sources and what the module refuses to hold. */
#include "gridwork/gw-plugin.h"

#define N_(text) text

/* clang-format off: tables read by their columns */

static const GwCode kinds[] = {
  { "neighbour", N_ ("Neighbours"), NULL, "邻里|邻里纠纷|相邻关系|邻里矛盾" },
  { "family_marriage", N_ ("Family and marriage"), NULL, "婚姻家庭|家庭纠纷|婚姻家庭纠纷|家事" },
  { "property_mgmt", N_ ("Property management"), NULL, "物业|物业纠纷|物业管理|物业服务|物业费" },
  { "labour", N_ ("Labour"), NULL, "劳动|劳动争议|劳资|劳资纠纷|欠薪" },
  { "medical", N_ ("Medical"), NULL, "医疗|医患|医疗纠纷|医患纠纷" },
  { "land_taking", N_ ("Land taking and relocation"), NULL, "征地拆迁|拆迁|征地|征地拆迁纠纷" },
  { "land_forest_water", N_ ("Land, forest and water"), NULL,
    "山林土地|山林水土|土地|林权|宅基地|山林土地纠纷" },
  { "consumer", N_ ("Consumer"), NULL, "消费|消费纠纷|消费维权" },
  { "debt", N_ ("Debt"), NULL, "债务|借贷|民间借贷|债务纠纷|经济纠纷" },
  { "tax_fee", N_ ("Taxes and fees"), NULL, "税费|涉税|涉税纠纷" },
  { "traffic_damage", N_ ("Traffic damage"), NULL,
    "交通事故|道路交通|交通事故赔偿|道路交通事故纠纷" },
  { "mass_economic", N_ ("Economic, many people"), NULL,
    "涉众|涉众型经济|非法集资|涉众型经济纠纷" },
  { "enterprise_rights", N_ ("Rights of enterprises"), NULL, "涉企|涉企纠纷|企业维权" },
  { "epidemic_related", N_ ("Epidemic control (closed)"), NULL, "涉疫|涉疫纠纷", 0, 1 },
  { "campus", N_ ("Campus"), NULL, "校园|校园纠纷|涉校" },
  { "environment", N_ ("Environment"), NULL, "环境|噪音|油烟|环境污染|环境纠纷|噪声扰民" },
  { "other", N_ ("Other dispute"), NULL, "其他|其它|其他纠纷" },
};

static const GwCode persons_bands[] = {
  { "b2", N_ ("2 people"), NULL, "2|2人|两人" },
  { "b3_9", N_ ("3 to 9 people"), NULL, "3-9|3-9人|3至9人" },
  { "b10_49", N_ ("10 to 49 people"), NULL, "10-49|10-49人|10至49人" },
  { "b50", N_ ("50 people and more"), NULL, "50+|50人以上|50以上" },
};

static const GwCode amount_bands[] = {
  { "none", N_ ("No money involved"), NULL, "无|不涉及|0" },
  { "to_10k", N_ ("Up to 10,000 yuan"), NULL, "1万元以下|1万以下|一万元以下" },
  { "to_100k", N_ ("10,000 to 100,000 yuan"), NULL, "1-10万元|1万-10万|1至10万元" },
  { "to_1m", N_ ("100,000 to 1,000,000 yuan"), NULL, "10-100万元|10万-100万|10至100万元" },
  { "over_1m", N_ ("Over 1,000,000 yuan"), NULL, "100万元以上|100万以上" },
};

/* The lawful ways of one-stop handling: People's Mediation Law, Labour Dispute Mediation and
 * Arbitration Law, Administrative Reconsideration Law, petition regulations. */
static const GwCode ways[] = {
  { "peoples_mediation", N_ ("People's mediation"), NULL, "人民调解" },
  { "administrative_mediation", N_ ("Administrative mediation"), NULL, "行政调解" },
  { "industry_mediation", N_ ("Industry mediation"), NULL, "行业调解|行业性专业性调解|专业调解" },
  { "court_mediation", N_ ("Court mediation"), NULL, "司法调解|诉前调解|法院调解" },
  { "arbitration", N_ ("Arbitration"), NULL, "仲裁" },
  { "admin_ruling", N_ ("Administrative ruling"), NULL, "行政裁决" },
  { "reconsideration", N_ ("Reconsideration"), NULL, "行政复议|复议" },
  { "litigation", N_ ("Litigation"), NULL, "诉讼" },
  { "petition", N_ ("Petition"), NULL, "信访" },
  { "advice", N_ ("Legal advice"), NULL, "咨询|法律咨询" },
};

static const GwCode suitabilities[] = {
  { "suitable", N_ ("Suitable for mediation"), NULL, "适合调解|适合|是" },
  { "needs_consent", N_ ("Consent of one side is missing"), NULL, "待同意|一方未同意" },
  { "not_suitable", N_ ("Not suitable: another lawful way"), NULL, "不适合调解|不适合|否" },
};

/* Signs of the matter, not of a person; for handler and supervisor only, removed at closing. */
static const GwCode signs[] = {
  { "threat_said", N_ ("A threat was spoken"), NULL, "扬言" },
  { "violence_before", N_ ("Violence has happened"), NULL, "曾有肢体冲突|曾有暴力" },
  { "repeated_police", N_ ("Police came repeatedly"), NULL, "多次报警|重复警情" },
  { "group", N_ ("A group gathers"), NULL, "群体性|聚集" },
};

static const GwCodeList lists[] = {
  { "kind", N_ ("Kind of dispute"), GW_TABLE (GwCode, kinds) },
  { "persons_band", N_ ("People involved"), GW_TABLE (GwCode, persons_bands) },
  { "amount_band", N_ ("Amount"), GW_TABLE (GwCode, amount_bands) },
  { "way", N_ ("Way of resolution"), GW_TABLE (GwCode, ways) },
  { "suitability", N_ ("Suitability"), GW_TABLE (GwCode, suitabilities) },
  { "sign", N_ ("Signs of escalation"), GW_TABLE (GwCode, signs) },
};

static const GwField fields[] = {
  { .id = "dtype",
    .label = N_ ("Kind of dispute"),
    .kind = GW_CODE,
    .target = "kind",
    .flags = GW_REQUIRED | GW_IN_LIST,
    .privacy = GW_PRIVACY_OPEN },
  { .id = "persons_band",
    .label = N_ ("People involved"),
    .kind = GW_CODE,
    .target = "persons_band",
    .flags = GW_REQUIRED,
    .privacy = GW_PRIVACY_OPEN,
    .help = N_ ("How many people take part, in bands; never who they are.") },
  { .id = "amount_band",
    .label = N_ ("Amount"),
    .kind = GW_CODE,
    .target = "amount_band",
    .privacy = GW_PRIVACY_OPEN },
  { .id = "suitability",
    .label = N_ ("Suitability"),
    .kind = GW_CODE,
    .target = "suitability",
    .privacy = GW_PRIVACY_INTERNAL,
    .help = N_ ("Mediation needs the consent of both sides; who is not suitable is shown the other "
                "lawful ways.") },
  { .id = "way",
    .label = N_ ("Way of resolution"),
    .kind = GW_CODE,
    .target = "way",
    .flags = GW_IN_LIST,
    .privacy = GW_PRIVACY_OPEN },
  { .id = "mediation_org",
    .label = N_ ("Mediation organisation"),
    .kind = GW_TEXT,
    .max_len = 60,
    .flags = GW_SEARCH,
    .privacy = GW_PRIVACY_INTERNAL },
  { .id = "demands",
    .label = N_ ("Demands of the sides"),
    .kind = GW_LONGTEXT,
    .max_len = 2000,
    .privacy = GW_PRIVACY_INTERNAL,
    .help = N_ (
        "Write “party A” and “party B”: no names, no identity numbers, no telephone numbers.") },
  { .id = "escalation_signs",
    .label = N_ ("Signs of escalation"),
    .kind = GW_CODES,
    .target = "sign",
    .privacy = GW_PRIVACY_RESTRICTED },
};

static const GwRecordType types[] = {
  { .id = "dispute",
    .label = N_ ("Dispute"),
    .label_plural = N_ ("Disputes"),
    .icon = "system-users-symbolic",
    .number_code = "DIS",
    .version = 1,
    .fields = GW_TABLE (GwField, fields) },
};

/* Words that hotlines, platforms and offices write over their columns. */
static const GwImportColumn columns[] = {
  { "title", "标题|事件标题|诉求标题|纠纷名称|事项名称|主题|案件名称|title|subject" },
  { "summary", "内容|诉求内容|事件描述|纠纷简况|简述|描述|详细内容|具体内容|案情简介|summary|"
               "description|content" },
  { "source", "来源|受理渠道|诉求来源|事件来源|渠道|source|channel" },
  { "level", "层级|级别|调处层级|level" },
  { "urgency", "紧急程度|紧急|缓急|urgency|priority" },
  { "severity", "严重程度|严重性|影响程度|severity" },
  { "occurred", "发生时间|事发时间|纠纷发生时间|occurred|occurred_at" },
  { "reported",
    "受理时间|上报时间|登记时间|来电时间|创建时间|受理日期|登记日期|reported|reported_at|created" },
  { "address", "地址|事发地址|发生地址|发生地点|详细地址|地点|address|location" },
  { "area_code", "区划代码|行政区划代码|社区代码|网格编码|网格编号|area_code|area" },
  { "area_name",
    "所属社区|社区|村社区|村(社区)|所属网格|网格|网格名称|所属辖区|辖区|area_name|community|grid" },
  { "lon", "经度|坐标经度|lon|lng|longitude|x" },
  { "lat", "纬度|坐标纬度|lat|latitude|y" },
  { "external_id",
    "工单编号|工单号|热线编号|外部编号|原编号|诉求编号|ticket|ticket_id|external_id" },
  { "dtype", "纠纷类型|纠纷类别|类型|类别|诉求类型|kind|category|dispute_type" },
  { "persons_band", "涉及人数|人数|当事人数|people|persons" },
  { "amount_band", "涉及金额|金额|标的额|amount" },
  { "suitability", "适宜性|是否适合调解|suitability" },
  { "way", "化解方式|处理方式|调解方式|way" },
  { "mediation_org", "调解组织|调委会|承办调解组织|mediation_org" },
  { "demands", "双方诉求|诉求要点|demands" },
};

static const GwImport imports[] = {
  { "hotline", N_ ("Disputes from a spreadsheet"), "dispute", GW_TABLE (GwImportColumn, columns) },
};

#define ALL "count(type=risk.dispute/dispute)"
#define RESOLVED "count(type=risk.dispute/dispute state=closed,archived)"

static const GwIndicator indicators[] = {
  { .id = "dis.found",
    .label = N_ ("Disputes found"),
    .unit = N_ ("matters"),
    .expression = ALL,
    .direction = GW_NEAR_TARGET,
    .min_cell = 5 },
  { .id = "dis.resolved",
    .label = N_ ("Disputes resolved"),
    .unit = N_ ("matters"),
    .expression = RESOLVED,
    .direction = GW_HIGHER_IS_BETTER,
    .min_cell = 5 },
  { .id = "dis.open",
    .label = N_ ("Disputes open"),
    .unit = N_ ("matters"),
    .expression = "count(type=risk.dispute/dispute open=yes)",
    .direction = GW_LOWER_IS_BETTER,
    .min_cell = 5 },
  { .id = "dis.success",
    .label = N_ ("Resolution rate"),
    .unit = "%",
    .expression = "100 * " RESOLVED " / " ALL,
    .direction = GW_HIGHER_IS_BETTER,
    .decimals = 1,
    .min_cell = 5 },
};

static const GwLayer layers[] = {
  { .id = "dis.success.area",
    .label = N_ ("Resolution rate of disputes"),
    .expression = "100 * " RESOLVED " / " ALL,
    .palette = "sequential",
    .kind = GW_LAYER_AREAS,
    .classes = 5 },
};

static const GwModule module = {
  .struct_size = sizeof (GwModule),
  .schema_version = 1,
  .ns = "disp",
  .group = "risk",
  .order = 3,
  .code_lists = GW_TABLE (GwCodeList, lists),
  .record_types = GW_TABLE (GwRecordType, types),
  .imports = GW_TABLE (GwImport, imports),
  .indicators = GW_TABLE (GwIndicator, indicators),
  .layers = GW_TABLE (GwLayer, layers),
};

/* clang-format on */

GW_PLUGIN ("risk.dispute",
           "0.1.0",
           .name = N_ ("Social disputes"),
           .summary = N_ ("Finding, mediating and resolving disputes on their lawful road"),
           .license = "GPL-3.0-or-later",
           .homepage = "org.gridwork.Gridwork",
           .gettext_domain = "gridwork-risk-dispute",
           .module = &module);
