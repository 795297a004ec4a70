/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that are refused, and names that only look like one of those. */
#include "gw-name-lint.h"

#include <string.h>

static const struct
{
  const char *kind, *names; /* names parted by blanks; NULL: no sign of anything */
} cases[] = {
  { "an identity number", "id_card idcard id_no identity_number national_id passport sfz sfzh "
                          "shenfenzheng shen_fen_zheng "
                          "party_id_card2 IDCard 身份证 当事人身份证号码 证件号码 护照号" },
  { "a date or place of birth",
    "birth birthday birth_date birthdate birth_place birthplace dob date_of_birth csrq chusheng "
    "chu_sheng_ri_qi 出生日期 出生年月 生日" },
  { "ethnicity", "ethnicity ethnic_group minzu min_zu race 民族 族别" },
  { "religion", "religion religious_belief faith zongjiao zong_jiao_xin_yang 宗教信仰 信仰" },
  { "political views", "political_status zzmm 政治面貌" },
  { "a feature of the body",
    "face face_image faceid face_photo facial_data fingerprint finger_print fingerprints iris "
    "voiceprint dna biometric_data renlian ren_lian zhiwen zhi_wen 人脸 人脸图像 指纹 虹膜 "
    "面部特征" },
  { "a number plate", "plate plate_no plateno license_plate licence_plate licenseplate "
                      "number_plate cph chepai che_pai "
                      "chepaihao 车牌 车牌号 机动车号牌" },
  { "the number of a device",
    "imei imei1 phone_imei imsi mac mac_address macaddr MAC地址 手机串号" },
  { "the track of a person", "track tracks gps_track trajectory person_trajectory whereabouts "
                             "guiji gui_ji 轨迹 活动轨迹 行踪" },
  { NULL,
    "template platform surface background interface preface facility facade facet birdhouse "
    "racket trackless tractor soundtrack contract stamp machine macro pharmacy identity_of_unit id "
    "kind_id valid hidden idea plateau platelet boilerplate doorplate door_plate name_plate "
    "face_to_face railway_track rail_track cycle_track dragon_boat_race religious_site brace trace "
    "embrace grace terrace birch rebirth_rate lamp pole_no inspected persons_band amount_band "
    "mediation_org demands escalation_signs faithfulness nationality_of_ship minzutuanjie "
    "门牌 门牌号 路牌 模板 平台 表面 背景 地面 面积 民族团结 宗教活动场所 路灯 轨道 指南 车位 纹理 "
    "证据 "
    "号码 场地 生产 出入口" },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) names = g_strsplit (cases[i].names, " ", -1);

      for (char **name = names; *name != NULL; name++)
        if (g_strcmp0 (gw_name_lint (*name), cases[i].kind) != 0)
          {
            g_test_message ("%s: %s", *name, gw_name_lint (*name));
            g_test_fail ();
          }
    }
}

/* Labels are sentences, headers are several words. */
static void
test_texts (void)
{
  g_assert_null (gw_name_lint ("Kind of dispute"));
  g_assert_null (gw_name_lint ("Face-to-face talks held"));
  g_assert_null (gw_name_lint ("标题|事件标题|诉求标题|title|subject"));
  g_assert_nonnull (gw_name_lint ("Date of birth"));
  g_assert_nonnull (gw_name_lint ("名称|车牌号|name"));
  g_assert_null (gw_name_lint (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plugin/lint/table", test_table);
  g_test_add_func ("/plugin/lint/texts", test_texts);
  return g_test_run ();
}
