/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-external-number.h"

#include "gw-store-private.h"

struct _GwExternalNumbers
{
  GwReader reader;
  guint32 type;
  gboolean any;
};

static gboolean
look_whether_any (GwExternalNumbers *self, GError **error)
{
  g_autoptr (GwStatement) select = NULL;

  select = gw_statement_prepare (self->reader.db,
                                 "SELECT 1 FROM external_number WHERE type = ?1 LIMIT 1", error);
  if (select == NULL)
    return FALSE;
  gw_statement_set_int64 (select, 1, self->type);
  return gw_statement_step (select, &self->any, error);
}

GwExternalNumbers *
gw_external_numbers_open (GwStore *store, guint32 type, GError **error)
{
  g_autoptr (GwExternalNumbers) self = g_new0 (GwExternalNumbers, 1);

  self->type = type;
  if (!gw_store_private_reader (&self->reader, store, NULL, error) ||
      !gw_db_begin_read (self->reader.db, error) || !look_whether_any (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
gw_external_numbers_free (GwExternalNumbers *self)
{
  if (self == NULL)
    return;
  if (self->reader.db != NULL)
    gw_db_end_read (self->reader.db);
  gw_store_private_reader_clear (&self->reader);
  g_free (self);
}

gboolean
gw_external_numbers_has_any (const GwExternalNumbers *self)
{
  return self->any;
}

gboolean
gw_external_numbers_find (GwExternalNumbers *self,
                          const char *source,
                          const char *external,
                          char **number,
                          GError **error)
{
  g_autoptr (GwStatement) select = NULL;
  gboolean row = FALSE;

  select = gw_statement_prepare (
      self->reader.db,
      "SELECT m.number FROM external_number e JOIN matter m ON m.id = e.matter"
      " WHERE e.type = ?1 AND e.source = ?2 AND e.number = ?3 AND m.withdrawn = 0",
      error);
  if (select == NULL)
    return FALSE;
  gw_statement_set_int64 (select, 1, self->type);
  gw_statement_set_text (select, 2, source);
  gw_statement_set_text (select, 3, external);
  if (!gw_statement_step (select, &row, error))
    return FALSE;
  *number = row ? gw_statement_dup_text (select, 0) : NULL;
  return TRUE;
}
