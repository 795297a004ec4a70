/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-area.h"

G_BEGIN_DECLS

/* Every area, past and present, whose name has that stem (gw_area_name_stem()); borrowed, NULL when
 * there is none. */
const GPtrArray *gw_area_tree_of_stem (const GwAreaTree *self, const char *stem);

G_END_DECLS
