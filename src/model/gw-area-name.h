/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Names of areas as people write them. The same community is "金桂社区居委会" in the published
 * list, "金桂社区" on a form and "金桂" in speech; a village and a community of one stem are two
 * places (data.md 1), so the suffix is forgiven but not forgotten. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GW_NAME_PLAIN = 0, /* no known suffix: any class may be meant */
  GW_NAME_COMMUNITY, /* 社区, 居委会 */
  GW_NAME_VILLAGE,   /* 村, 村委会 */
  GW_NAME_STREET,    /* 街道, 街道办事处 */
  GW_NAME_TOWN,      /* 镇, 乡 */
} GwNameClass;

/* The folded name without its suffix; transfer full. A name that is nothing but a suffix stays
 * whole. */
char *gw_area_name_stem (const char *name, GwNameClass *name_class);
/* The same for a name that gw_text_fold() has been over. */
char *gw_area_name_stem_of_folded (const char *folded, GwNameClass *name_class);

G_END_DECLS
