/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-store-private.h"

gboolean
gw_store_private_open_derived (GwStore *self, GError **error)
{
  return TRUE;
}

void
gw_store_private_derived_commit (GwStore *self, const GwCommit *commit)
{
}

void
gw_store_private_close_derived (GwStore *self)
{
}

gint64
gw_store_private_check_derived (GwStore *self, const GArray *cells, gint64 seq, GError **error)
{
  return 0;
}
