/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-area-name.h"
#include "gw-area.h"

G_BEGIN_DECLS

/* What is compared when a name is looked for, worked out once per area: an import asks a million
 * times. */
typedef struct
{
  char *folded; /* owned */
  char *stem;   /* owned: gw_area_name_stem() */
  GwNameClass name_class;
} GwAreaKey;

const GwAreaKey *gw_area_tree_key (const GwAreaTree *self, guint32 id); /* @id exists */
/* Every area, past and present, of that stem; borrowed, NULL when there is none. */
const GPtrArray *gw_area_tree_of_stem (const GwAreaTree *self, const char *stem);

G_END_DECLS
