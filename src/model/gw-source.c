/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-matter.h"
#include "gw-text.h"

/* domain.md 4b.1 */
static const char *const sources[] = { "visit",      "phone",  "grid",  "dept",     "hotline",
                                       "letter",     "online", "court", "petition", "patrol",
                                       "inspection", "other",  NULL };

/* What files of other systems call them, folded; the words of the screen are matched as well. */
static const struct
{
  const char *text;
  const char *id;
} aliases[] = {
  { "来访", "visit" },       { "上门", "visit" },           { "当面", "visit" },
  { "窗口", "visit" },       { "现场来访", "visit" },       { "群众来访", "visit" },
  { "walk-in", "visit" },    { "电话", "phone" },           { "来电", "phone" },
  { "群众来电", "phone" },   { "telephone", "phone" },      { "call", "phone" },
  { "网格", "grid" },        { "网格员", "grid" },          { "网格上报", "grid" },
  { "网格员上报", "grid" },  { "网格排查", "grid" },        { "grid worker", "grid" },
  { "部门", "dept" },        { "部门移交", "dept" },        { "部门移送", "dept" },
  { "部门转办", "dept" },    { "department", "dept" },      { "热线", "hotline" },
  { "12345", "hotline" },    { "12345热线", "hotline" },    { "市民热线", "hotline" },
  { "便民热线", "hotline" }, { "政务服务热线", "hotline" }, { "来信", "letter" },
  { "信件", "letter" },      { "群众来信", "letter" },      { "mail", "letter" },
  { "网络", "online" },      { "网上", "online" },          { "互联网", "online" },
  { "网络平台", "online" },  { "微信", "online" },          { "web", "online" },
  { "法院", "court" },       { "法院委派", "court" },       { "法院委托", "court" },
  { "信访", "petition" },    { "信访转办", "petition" },    { "巡查", "patrol" },
  { "巡逻", "patrol" },      { "巡防", "patrol" },          { "检查", "inspection" },
  { "督查", "inspection" },  { "专项检查", "inspection" },  { "排查", "inspection" },
  { "其他", "other" },       { "其它", "other" },           { "others", "other" },
};

const char *const *
gw_sources (void)
{
  return sources;
}

static gboolean
label_folds_to (const char *id, const char *folded)
{
  g_autofree char *label = gw_text_fold (gw_term_label (id));

  return g_str_equal (label, folded);
}

static const char *
match_plain (const char *text)
{
  for (guint i = 0; sources[i] != NULL; i++)
    if (g_str_equal (sources[i], text))
      return sources[i];
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_str_equal (aliases[i].text, text))
      return aliases[i].id;
  return NULL;
}

static const char *
match_folded (const char *folded)
{
  for (guint i = 0; sources[i] != NULL; i++)
    if (label_folds_to (sources[i], folded))
      return sources[i];
  return match_plain (folded);
}

gboolean
gw_source_match (const char *text, const char **id)
{
  const char *found;
  g_autofree char *folded = NULL;

  if (text == NULL)
    return FALSE;
  found = match_plain (text); /* as in a million rows of one file */
  if (found == NULL)
    {
      folded = gw_text_fold (text);
      found = match_folded (folded);
    }
  if (found == NULL)
    return FALSE;
  *id = found;
  return TRUE;
}
