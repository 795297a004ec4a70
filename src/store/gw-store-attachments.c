/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading pictures and documents of a matter. */
#include "gw-mask-private.h"
#include "gw-store-private.h"

#include <glib/gi18n-lib.h>

/* What the mask needs of a matter, and where it lies. */
static gboolean
may_see (GwStore *self,
         GwDb *db,
         const GwActor *actor,
         gint64 matter,
         gboolean *restricted,
         GError **error)
{
  g_autoptr (GwAreaTree) tree = gw_store_private_dup_tree (self, error);
  g_autoptr (GwStatement) select = NULL;
  GwMatter header = { 0 };
  GwMask mask;
  gboolean row = FALSE;

  if (tree == NULL)
    return FALSE;
  select =
      gw_statement_prepare (db, "SELECT sensitivity, lead_org, area FROM matter WHERE id = :id",
                            error);
  if (select == NULL)
    return FALSE;
  gw_statement_bind_int64 (select, ":id", matter);
  if (!gw_statement_step (select, &row, error))
    return FALSE;
  if (!row)
    return gw_throw (error, GW_ERROR_NOT_FOUND, _ ("There is no matter with id %ld"), (long)matter);
  header.id = matter;
  header.sensitivity = (GwSensitivity)gw_statement_get_int64 (select, 0);
  header.lead_org = (guint32)gw_statement_get_int64 (select, 1);
  header.area = (guint32)gw_statement_get_int64 (select, 2);
  if (!gw_mask_make (&mask, db, actor, &header, error))
    return FALSE;
  if (!mask.texts || !gw_store_private_in_scope (tree, actor, header.area))
    return gw_throw (error, GW_ERROR_REFUSED, _ ("Your role may not look at these attachments"));
  *restricted = mask.restricted;
  return TRUE;
}

static GwAttachment *
read_attachment (GwStatement *row)
{
  GwAttachment *attachment = g_new0 (GwAttachment, 1);

  attachment->id = gw_statement_get_int64 (row, 0);
  attachment->matter = gw_statement_get_int64 (row, 1);
  attachment->sha256 = gw_statement_dup_text (row, 2);
  attachment->name = gw_statement_dup_text (row, 3);
  attachment->mime = gw_statement_dup_text (row, 4);
  attachment->size = gw_statement_get_int64 (row, 5);
  attachment->kind = gw_statement_dup_text (row, 6);
  attachment->redacted = gw_statement_get_int64 (row, 7) != 0;
  attachment->exif_removed = gw_statement_get_int64 (row, 8) != 0;
  attachment->restricted = gw_statement_get_int64 (row, 9) == GW_SENSITIVITY_RESTRICTED;
  attachment->at = gw_statement_get_int64 (row, 10);
  attachment->account = (guint32)gw_statement_get_int64 (row, 11);
  return attachment;
}

GPtrArray *
gw_store_list_attachments (GwStore *self, const GwActor *actor, gint64 matter, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_attachment_free);
  g_autoptr (GwStatement) select = NULL;
  gboolean row = TRUE, restricted = FALSE;

  if (!gw_store_private_reader (&reader, self, NULL, error) ||
      !may_see (self, reader.db, actor, matter, &restricted, error))
    return NULL;
  select = gw_statement_prepare (reader.db,
                                 "SELECT id, matter, lower(hex(sha256)), name, mime, size, kind,"
                                 " redacted, exif_removed, sensitivity, at, account"
                                 " FROM attachment WHERE matter = :matter"
                                 " AND (sensitivity = 1 OR :restricted) ORDER BY id",
                                 error);
  if (select == NULL)
    return NULL;
  gw_statement_bind_int64 (select, ":matter", matter);
  gw_statement_bind_int64 (select, ":restricted", restricted ? 1 : 0);
  while (gw_statement_step (select, &row, error))
    {
      if (!row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, read_attachment (select));
    }
  return NULL;
}

GBytes *
gw_store_read_attachment (GwStore *self, const GwActor *actor, gint64 id, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  g_autoptr (GwStatement) select = NULL;
  gboolean row = FALSE, restricted = FALSE;
  gconstpointer bytes;
  gsize length;

  if (!gw_store_private_reader (&reader, self, NULL, error))
    return NULL;
  select = gw_statement_prepare (reader.db,
                                 "SELECT a.matter, a.sensitivity, b.content FROM attachment a"
                                 " JOIN attachment_body b ON b.sha256 = a.sha256 WHERE a.id = :id",
                                 error);
  if (select == NULL)
    return NULL;
  gw_statement_bind_int64 (select, ":id", id);
  if (!gw_statement_step (select, &row, error))
    return NULL;
  if (!row)
    return gw_throw_null (error, GW_ERROR_NOT_FOUND, _ ("There is no attachment %ld"), (long)id);
  if (!may_see (self, reader.db, actor, gw_statement_get_int64 (select, 0), &restricted, error))
    return NULL;
  if (gw_statement_get_int64 (select, 1) == GW_SENSITIVITY_RESTRICTED && !restricted)
    return gw_throw_null (error, GW_ERROR_REFUSED,
                          _ ("Your role may not look at these attachments"));
  bytes = gw_statement_get_blob (select, 2, &length);
  return g_bytes_new (bytes, length);
}
