/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-name-lint.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Words that are joined before they are looked up: "id card", "id_card" and "idcard" are one. */
#define MAX_JOINED 4u

typedef struct
{
  const char *kind;
  const char *words;    /* parted by blanks: English, pinyin, initials of pinyin */
  const char *stems;    /* words that begin so */
  const char *chinese;  /* parts of a text */
  const char *innocent; /* joined words that are no sign though one of @words is in them */
  const char *harmless; /* parts of a Chinese text, the same */
} Kind;

/* clang-format off: a table read by its columns */
static const Kind kinds[] = {
  { N_ ("an identity number"),
    "idcard idcardno idno idnumber idnum identitycard identityno identitynumber identityid "
    "nationalid "
    "citizenid cardid passport passportno ssn sfz sfzh sfzhm zjh zjhm sfhm shenfenzheng shenfenhao "
    "shenfenzhenghao zhengjianhao zhengjianhaoma",
    "idcard shenfenzheng passportn", "身份证 证件号 身份号 护照 公民身份", "", "" },
  { N_ ("a date or place of birth"),
    "birth birthday born dob csrq csny csrq shengri chusheng chushengriqi chushengnianyue",
    "birthd birthp birthy chushengri", "出生 生日 生辰", "birthrate", "新出生登记数 出生率" },
  { N_ ("ethnicity"),
    "ethnic ethnicity ethnicgroup ethnicorigin nationalitygroup minority race racial minzu",
    "ethnicit", "民族 族别", "minzutuanjie ethnicunity minorityview racecourse boatrace",
    "民族团结 民族村 民族乡" },
  { N_ ("religion"), "religion religious faith creed belief zongjiao xinyang zongjiaoxinyang",
    "religio", "宗教 信仰 信教",
    "religioussite religiousvenue religiousplace zongjiaochangsuo goodfaith",
    "宗教场所 宗教活动场所" },
  { N_ ("political views"),
    "politicalview politicalviews politicalopinion politicalstatus politicalstance zhengzhimianmao "
    "zzmm",
    "", "政治面貌 政治倾向 政治立场", "", "" },
  { N_ ("a feature of the body"),
    "face faces facial faceid faceimage facephoto facepic faceprint facescan facedata facefeature "
    "fingerprint fingerprints fingermark iris retina palmprint voiceprint footprintscan gait dna "
    "biometric biometrics renlian lianbu mianbu zhiwen hongmo shengwen zhangwen shengwushibie",
    "fingerprint biometr facerec", "人脸 面部 脸部 面容 指纹 虹膜 声纹 掌纹 步态 生物特征 生物识别",
    "facetoface rockface streetface", "" },
  { N_ ("a number plate"),
    "plate plates plateno platenumber platenum licenseplate licenceplate carplate vehicleplate "
    "numberplate registrationplate cph cphm hphm chepai chepaihao haopai",
    "licenseplat licenceplat", "车牌 号牌 车号",
    "nameplate doorplate houseplate streetplate steelplate baseplate floorplate",
    "门牌 楼牌 路牌 门号牌" },
  { N_ ("the number of a device"),
    "imei imeis imsi meid iccid mac macs macaddr macaddress macid idfa oaid androidid chuanhao",
    "imei imsi macaddr", "手机串号 设备串号 MAC地址 mac地址 物理地址", "", "" },
  { N_ ("the track of a person"),
    "track tracks tracking trajectory trajectories whereabouts movements gpstrack guiji xingzong "
    "xingchengma",
    "trajector", "轨迹 行踪 行程码",
    "railtrack railwaytrack trackfield racetrack runningtrack fasttrack trackrecord "
    "trackno tracklength cycletrack",
    "铁路轨迹" },
};
/* clang-format on */

static gboolean
has_word (const char *list, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (list, word); at != NULL; at = strstr (at + 1, word))
    if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
      return TRUE;
  return FALSE;
}

static gboolean
has_stem (const char *list, const char *word)
{
  g_auto (GStrv) stems = g_strsplit (list, " ", -1);

  for (char **stem = stems; *stem != NULL; stem++)
    if (**stem != '\0' && g_str_has_prefix (word, *stem))
      return TRUE;
  return FALSE;
}

/* Letters of a word; digits and everything else part words, so that "plate2" is a plate. */
static GPtrArray *
split_words (const char *name)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *at = name;; at++)
    if (g_ascii_isalpha (*at))
      g_string_append_c (word, g_ascii_tolower (*at));
    else
      {
        if (word->len > 0)
          g_ptr_array_add (words, g_strdup (word->str));
        g_string_truncate (word, 0);
        if (*at == '\0')
          return words;
      }
}

/* Whether some innocent run of words lies over the words @first to @last. */
static gboolean
is_innocent (const Kind *kind, GPtrArray *words, guint first, guint last)
{
  for (guint from = 0; from <= first; from++)
    {
      g_autoptr (GString) joined = g_string_new (NULL);

      for (guint to = from; to < words->len && to < from + MAX_JOINED; to++)
        {
          g_string_append (joined, g_ptr_array_index (words, to));
          if (to >= last && has_word (kind->innocent, joined->str))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
names_in_words (const Kind *kind, GPtrArray *words)
{
  for (guint from = 0; from < words->len; from++)
    {
      g_autoptr (GString) joined = g_string_new (NULL);

      for (guint to = from; to < words->len && to < from + MAX_JOINED; to++)
        {
          g_string_append (joined, g_ptr_array_index (words, to));
          if ((has_word (kind->words, joined->str) || has_stem (kind->stems, joined->str)) &&
              !is_innocent (kind, words, from, to))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
names_in_chinese (const Kind *kind, const char *name)
{
  g_auto (GStrv) harmless = g_strsplit (kind->harmless, " ", -1);
  g_auto (GStrv) parts = g_strsplit (kind->chinese, " ", -1);
  g_autoptr (GString) rest = g_string_new (name);

  for (char **part = harmless; *part != NULL; part++)
    if (**part != '\0')
      (void)g_string_replace (rest, *part, "|", 0);
  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0' && strstr (rest->str, *part) != NULL)
      return TRUE;
  return FALSE;
}

const char *
gw_name_lint (const char *name)
{
  g_autoptr (GPtrArray) words = split_words (name);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (names_in_words (&kinds[i], words) || names_in_chinese (&kinds[i], name))
      return kinds[i].kind;
  return NULL;
}
