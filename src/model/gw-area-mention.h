/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The area that an address names: "镇江寺街道梨园街社区18栋". */

#include "gw-area.h"

G_BEGIN_DECLS

/* The lowest current area below the district whose name stands in @text; with or without 居委会,
 * 村委会 or 办事处. Of several areas of one name that one counts whose area above is named too.
 * GW_AREA_NONE when none is named, or when it stays open which. */
guint32 gw_area_tree_find_mention (const GwAreaTree *self, const char *text);

G_END_DECLS
