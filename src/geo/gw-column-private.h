/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory for a long column: huge pages when it is large, because touching pages for the first time
 * and looking up their addresses is what costs there. Freed by g_free. */
gpointer gw_column_alloc (gsize n, gsize size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
