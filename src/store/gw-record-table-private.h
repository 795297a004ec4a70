/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The typed table of one record type: generated from its fields, read and written as canonical
 * text. Immutable once built; the SQL in it is made of checked identifiers and parameters only. */

#include "gw-db-private.h"
#include "gw-type.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 number;
  GwTypeSpec *spec;  /* owned */
  GPtrArray *fields; /* owned container: GwFieldSpec with a column, borrowed from spec */
  char *select_sql;  /* owned; ?1 is the matter; columns in the order of fields */
  char *insert_sql;  /* owned; ?1 is the matter, then the fields */
} GwRecordTable;

typedef struct _GwRecordTables GwRecordTables; /* immutable, refcounted, any thread */

GwRecordTables *gw_record_tables_load (GwDb *db, GError **error);
GwRecordTables *gw_record_tables_ref (GwRecordTables *self);
void gw_record_tables_unref (GwRecordTables *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwRecordTables, gw_record_tables_unref)
/* NULL when there is no such type. */
const GwRecordTable *gw_record_tables_get (const GwRecordTables *self, guint32 number);
guint gw_record_tables_size (const GwRecordTables *self); /* highest number + 1 */

/* Makes or extends table, field list and description of @spec; *number is kept when the type was
 * known. Errors: INVALID (a name or a changed field), EXISTS (table or number code taken). */
gboolean gw_record_table_put (GwDb *db, const GwTypeSpec *spec, guint32 *number, GError **error);

/* Whether a reader may see the value of @field. */
typedef gboolean (*GwFieldTest) (const GwFieldSpec *field, gpointer data);

gboolean gw_record_table_insert (
    const GwRecordTable *self, GwDb *db, gint64 matter, GHashTable *values, GError **error);
/* Writes the fields whose values differ; *changed (nullable) tells whether any did. */
gboolean gw_record_table_update (const GwRecordTable *self,
                                 GwDb *db,
                                 gint64 matter,
                                 GHashTable *before,
                                 GHashTable *after,
                                 gboolean *changed,
                                 GError **error);
/* Field id -> canonical text of the fields that pass @test (NULL: all). NULL with @error. */
GHashTable *gw_record_table_read (const GwRecordTable *self,
                                  GwDb *db,
                                  gint64 matter,
                                  GwFieldTest test,
                                  gpointer data,
                                  GError **error);

G_END_DECLS
