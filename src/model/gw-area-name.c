/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-area-name.h"

#include "gw-text.h"

#include <string.h>

/* Longest first within one ending, because the first match wins. 村居委会 occurs in the published
 * list of 2019 (510903101216). */
static const struct
{
  const char *text;
  GwNameClass name_class;
} suffixes[] = {
  { "社区居民委员会", GW_NAME_COMMUNITY },
  { "社区居委会", GW_NAME_COMMUNITY },
  { "村居民委员会", GW_NAME_VILLAGE },
  { "村居委会", GW_NAME_VILLAGE },
  { "居民委员会", GW_NAME_COMMUNITY },
  { "居委会", GW_NAME_COMMUNITY },
  { "社区", GW_NAME_COMMUNITY },
  { "村村民委员会", GW_NAME_VILLAGE },
  { "村民委员会", GW_NAME_VILLAGE },
  { "村委会", GW_NAME_VILLAGE },
  { "村", GW_NAME_VILLAGE },
  { "街道办事处", GW_NAME_STREET },
  { "街道办", GW_NAME_STREET },
  { "街道", GW_NAME_STREET },
  { "镇人民政府", GW_NAME_TOWN },
  { "乡人民政府", GW_NAME_TOWN },
  { "镇", GW_NAME_TOWN },
  { "乡", GW_NAME_TOWN },
};

char *
gw_area_name_stem_of_folded (const char *folded, GwNameClass *name_class)
{
  gsize length = strlen (folded);

  *name_class = GW_NAME_PLAIN;
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      gsize suffix = strlen (suffixes[i].text);

      if (length > suffix && memcmp (folded + length - suffix, suffixes[i].text, suffix) == 0)
        {
          *name_class = suffixes[i].name_class;
          return g_strndup (folded, length - suffix);
        }
    }
  return g_strdup (folded);
}

char *
gw_area_name_stem (const char *name, GwNameClass *name_class)
{
  g_autofree char *folded = gw_text_fold (name);

  return gw_area_name_stem_of_folded (folded, name_class);
}
