/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-scratch.h"

#include "gw-migrate-private.h"
#include "gw-record-table-private.h"

gboolean
gw_scratch_run (GPtrArray *types, GwScratchFunc func, gpointer data, GError **error)
{
  g_autoptr (GwDb) db = gw_db_open (":memory:", GW_DB_CREATE, error);
  guint n;
  const GwMigration *steps = gw_migrations (&n);

  if (db == NULL || !gw_migrate (db, steps, n, TRUE, 0, error))
    return FALSE;
  for (guint i = 0; i < types->len; i++)
    {
      guint32 number = 0;

      if (!gw_record_table_put (db, g_ptr_array_index (types, i), &number, error))
        return FALSE;
    }
  return func (gw_db_handle (db), data, error);
}
