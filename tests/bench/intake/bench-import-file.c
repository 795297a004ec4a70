/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-import-file.h"

#include <stdio.h>

static const char *const kinds[] = { "邻里纠纷", "物业管理", "劳动争议", "消费纠纷", "民间借贷",
                                     "婚姻家庭", "环境污染", "征地拆迁", "交通事故" };
static const char *const persons[] = { "2人", "3-9人", "10-49人", "50人以上" };
static const char *const amounts[] = { "不涉及", "1万元以下", "1-10万元", "10-100万元" };
static const char *const sources[] = { "热线", "网格", "来访", "网上", "部门移交" };
static const char *const urgencies[] = { "一般", "一般", "一般", "较急", "紧急" };
static const char *const severities[] = { "一般", "较大", "重大" };
static const char *const levels[] = { "社区", "街道", "区级" };
static const char *const ways[] = { "人民调解", "行政调解", "咨询", "仲裁" };
static const char *const what[] = { "楼上漏水影响楼下住户", "预付卡退费争议",   "拖欠工资",
                                    "夜间施工噪声扰民",     "占用消防通道停车", "借款到期未还" };
static const char *const details[] = {
  "双方对维修责任有分歧,曾在社区协商两次未达成一致,希望街道组织调解",
  "经营场所停业后未按约定退还余款,涉及多名消费者,要求说明退费时间",
  "工程完工后余款迟迟未付,施工方称等待验收结果,工人要求先行支付",
  "夜间作业持续到凌晨,附近居民多次反映,要求限定作业时间并公示联系方式",
};

#define PICK(list, n) list[(n) % G_N_ELEMENTS (list)]

typedef struct
{
  GPtrArray *leaves; /* GwArea with a point for a label, borrowed */
  GRand *random;
} Maker;

static void
find_leaves (Maker *maker, GwSession *session)
{
  GwAreaTree *tree = gw_session_get_areas (session);
  g_autoptr (GArray) leaves = gw_area_tree_leaves (tree, gw_area_tree_root (tree)->id);

  for (guint i = 0; i < leaves->len; i++)
    {
      const GwArea *area = gw_area_tree_get (tree, g_array_index (leaves, guint32, i));

      if (area->label_x != 0)
        g_ptr_array_add (maker->leaves, (gpointer)area);
    }
  g_assert_cmpuint (maker->leaves->len, >, 0);
}

static void
write_row (FILE *out, Maker *maker, GwAreaTree *tree, guint i, guint n_rows)
{
  guint32 r = g_rand_int (maker->random);
  const GwArea *leaf = g_ptr_array_index (maker->leaves, r % maker->leaves->len);
  const GwArea *community =
      gw_area_tree_get (tree, gw_area_tree_ancestor (tree, leaf->id, GW_LEVEL_COMMUNITY));
  double lon = leaf->label_x / 1e7 + (int)(r >> 8 & 0xff) * 1e-7;
  double lat = leaf->label_y / 1e7 + (int)(r >> 16 & 0xff) * 1e-7;
  gint64 minutes = (gint64)i * 4 * 365 * 24 * 60 / n_rows;
  g_autoptr (GDateTime) start = g_date_time_new_utc (2022, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime) reported = g_date_time_add_minutes (start, (int)minutes);
  g_autoptr (GDateTime) occurred = g_date_time_add_minutes (reported, -(int)(r % 3000) - 1);
  g_autofree char *reported_text = g_date_time_format (reported, "%Y-%m-%d %H:%M");
  g_autofree char *occurred_text = g_date_time_format (occurred, "%Y-%m-%d %H:%M");

  (void)fprintf (
      out,
      "RX%09u,%s%s,\"%s;编号%u,%s\",%s,%s,%s,%s,%s,%s,%s,%s,%s%u号,%s,%s,%.6f,%.6f,%s,%s,%s调委会,"
      "要求%s,%u,%s,%s,否,%u\n",
      i + 1, community->name, PICK (what, r), PICK (details, r >> 3), i + 1, PICK (details, r >> 5),
      PICK (kinds, r >> 4), PICK (persons, r >> 7), PICK (amounts, r >> 9), PICK (sources, r >> 11),
      PICK (urgencies, r >> 13), PICK (severities, r >> 15), PICK (levels, r >> 17), reported_text,
      community->name, r % 300 + 1, community->code, community->name, lon, lat, occurred_text,
      PICK (ways, r >> 19), community->name, PICK (what, r >> 2), r % 40, "综合岗", "已转办",
      r % 9);
}

void
bench_import_file_write (const char *path, GwSession *session, guint n_rows)
{
  GwAreaTree *tree = gw_session_get_areas (session);
  Maker maker = { g_ptr_array_new (), g_rand_new_with_seed (20221231) };
  FILE *out = fopen (path, "w");

  g_assert_nonnull (out);
  find_leaves (&maker, session);
  (void)fputs ("工单编号,标题,诉求内容,纠纷类型,涉及人数,涉及金额,受理渠道,紧急程度,严重程度,层级,"
               "受理时间,事发地址,社区代码,所属社区,经度,纬度,发生时间,化解方式,调解组织,双方诉求,"
               "窗口,录入岗位,流转状态,是否重复,批次\n",
               out);
  for (guint i = 0; i < n_rows; i++)
    write_row (out, &maker, tree, i, n_rows);
  g_assert_cmpint (fclose (out), ==, 0);
  g_ptr_array_unref (maker.leaves);
  g_rand_free (maker.random);
}
