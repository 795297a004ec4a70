/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-matter-row-private.h"

#include <string.h>

typedef enum
{
  COLUMN_INT,   /* 32 bits, always there */
  COLUMN_ID,    /* 32 bits, 0 is NULL */
  COLUMN_INT64, /* always there */
  COLUMN_ID64,  /* 0 is NULL */
  COLUMN_TEXT,
  COLUMN_UID,
  COLUMN_POINT, /* 32 bits, NULL without a point */
} ColumnKind;

typedef struct
{
  const char *name;
  ColumnKind kind;
  gsize offset;
  gboolean fixed;  /* set once, when the matter is written */
  gboolean search; /* read by the text search */
} Column;

#define AT(field) G_STRUCT_OFFSET (GwMatter, field)

static const Column columns[GW_MATTER_N_COLUMNS] = {
  { "id", COLUMN_INT64, AT (id), TRUE, FALSE },
  { "uid", COLUMN_UID, AT (uid), TRUE, FALSE },
  { "number", COLUMN_TEXT, AT (number), TRUE, FALSE },
  { "case_code", COLUMN_TEXT, AT (case_code), TRUE, FALSE },
  { "type", COLUMN_INT, AT (type), TRUE, FALSE },
  { "state", COLUMN_INT, AT (state), FALSE, FALSE },
  { "urgency", COLUMN_INT, AT (urgency), FALSE, FALSE },
  { "severity", COLUMN_INT, AT (severity), FALSE, FALSE },
  { "sensitivity", COLUMN_INT, AT (sensitivity), FALSE, TRUE },
  { "loc_precision", COLUMN_INT, AT (precision), FALSE, FALSE },
  { "level", COLUMN_INT, AT (level), FALSE, FALSE },
  { "exercise", COLUMN_INT, AT (exercise), FALSE, FALSE },
  { "area", COLUMN_ID, AT (area), FALSE, FALSE },
  { "town", COLUMN_ID, AT (town), FALSE, FALSE },
  { "comm", COLUMN_ID, AT (comm), FALSE, FALSE },
  { "x", COLUMN_POINT, AT (x), FALSE, FALSE },
  { "y", COLUMN_POINT, AT (y), FALSE, FALSE },
  { "occurred", COLUMN_ID64, AT (occurred), FALSE, FALSE },
  { "reported", COLUMN_INT64, AT (reported), FALSE, FALSE },
  { "due", COLUMN_ID64, AT (due), FALSE, FALSE },
  { "closed", COLUMN_ID64, AT (closed), FALSE, FALSE },
  { "lead_org", COLUMN_ID, AT (lead_org), FALSE, FALSE },
  { "master", COLUMN_ID64, AT (master), FALSE, FALSE },
  { "batch", COLUMN_ID64, AT (batch), TRUE, FALSE },
  { "reopened", COLUMN_INT, AT (reopened), FALSE, FALSE },
  { "rev", COLUMN_INT, AT (rev), TRUE, FALSE },
  { "source", COLUMN_TEXT, AT (source), FALSE, FALSE },
  { "title", COLUMN_TEXT, AT (title), FALSE, TRUE },
  { "summary", COLUMN_TEXT, AT (summary), FALSE, TRUE },
  { "address", COLUMN_TEXT, AT (address), FALSE, TRUE },
  { "result", COLUMN_TEXT, AT (result), FALSE, FALSE },
};

G_STATIC_ASSERT (sizeof (GwMatterState) == sizeof (gint32));
G_STATIC_ASSERT (GW_MATTER_N_COLUMNS <= 32);

static gint32 *
int_at (const GwMatter *matter, const Column *column)
{
  return G_STRUCT_MEMBER_P (matter, column->offset);
}

static gint64 *
int64_at (const GwMatter *matter, const Column *column)
{
  return G_STRUCT_MEMBER_P (matter, column->offset);
}

static char **
text_at (const GwMatter *matter, const Column *column)
{
  return G_STRUCT_MEMBER_P (matter, column->offset);
}

static void
read_point (GwMatter *matter, const Column *column, GwStatement *statement, int i)
{
  if (gw_statement_is_null (statement, i))
    return;
  matter->has_point = TRUE;
  *int_at (matter, column) = (gint32)gw_statement_get_int64 (statement, i);
}

static void
read_column (GwMatter *matter, const Column *column, GwStatement *statement, int i)
{
  gconstpointer bytes;
  gsize length;

  switch (column->kind)
    {
    case COLUMN_INT:
    case COLUMN_ID:
      *int_at (matter, column) = (gint32)gw_statement_get_int64 (statement, i);
      break;
    case COLUMN_INT64:
    case COLUMN_ID64:
      *int64_at (matter, column) = gw_statement_get_int64 (statement, i);
      break;
    case COLUMN_TEXT:
      g_free (*text_at (matter, column));
      *text_at (matter, column) = gw_statement_dup_text (statement, i);
      break;
    case COLUMN_UID:
      bytes = gw_statement_get_blob (statement, i, &length);
      if (length == sizeof matter->uid)
        memcpy (&matter->uid, bytes, length);
      break;
    case COLUMN_POINT:
      read_point (matter, column, statement, i);
      break;
    default:
      g_assert_not_reached ();
    }
}

GwMatter *
gw_matter_row_read (GwStatement *statement)
{
  GwMatter *matter = gw_matter_new ();

  matter->has_point = FALSE;
  for (int i = 0; i < GW_MATTER_N_COLUMNS; ++i)
    read_column (matter, &columns[i], statement, i);
  return matter;
}

static void
bind_column (GwStatement *statement, int position, const Column *column, const GwMatter *matter)
{
  switch (column->kind)
    {
    case COLUMN_INT:
      gw_statement_set_int64 (statement, position, *int_at (matter, column));
      break;
    case COLUMN_ID:
      gw_statement_set_id (statement, position, (guint32)*int_at (matter, column));
      break;
    case COLUMN_INT64:
      gw_statement_set_int64 (statement, position, *int64_at (matter, column));
      break;
    case COLUMN_ID64:
      gw_statement_set_id (statement, position, *int64_at (matter, column));
      break;
    case COLUMN_TEXT:
      gw_statement_set_text (statement, position, *text_at (matter, column));
      break;
    case COLUMN_UID:
      gw_statement_set_blob (statement, position, &matter->uid, sizeof matter->uid);
      break;
    case COLUMN_POINT:
      if (matter->has_point)
        gw_statement_set_int64 (statement, position, *int_at (matter, column));
      else
        gw_statement_set_null (statement, position);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
gw_matter_row_bind (GwStatement *statement, const GwMatter *matter)
{
  for (int i = 0; i < GW_MATTER_N_COLUMNS; ++i)
    bind_column (statement, i + 1, &columns[i], matter);
}

static gboolean
differs (const Column *column, const GwMatter *a, const GwMatter *b)
{
  switch (column->kind)
    {
    case COLUMN_INT:
    case COLUMN_ID:
      return *int_at (a, column) != *int_at (b, column);
    case COLUMN_INT64:
    case COLUMN_ID64:
      return *int64_at (a, column) != *int64_at (b, column);
    case COLUMN_TEXT:
      return g_strcmp0 (*text_at (a, column), *text_at (b, column)) != 0;
    case COLUMN_POINT:
      return !a->has_point != !b->has_point ||
             (a->has_point && *int_at (a, column) != *int_at (b, column));
    case COLUMN_UID:
    default:
      return FALSE;
    }
}

guint32
gw_matter_row_differ (const GwMatter *before, const GwMatter *after)
{
  guint32 set = 0;

  for (guint i = 0; i < GW_MATTER_N_COLUMNS; ++i)
    if (!columns[i].fixed && differs (&columns[i], before, after))
      set |= 1u << i;
  return set;
}

gboolean
gw_matter_row_has_text (guint32 set)
{
  for (guint i = 0; i < GW_MATTER_N_COLUMNS; ++i)
    if (columns[i].search && (set & (1u << i)) != 0)
      return TRUE;
  return FALSE;
}

static char *
update_sql (guint32 set)
{
  GString *sql = g_string_new ("UPDATE matter SET rev = :rev");

  for (guint i = 0; i < GW_MATTER_N_COLUMNS; ++i)
    if ((set & (1u << i)) != 0)
      g_string_append_printf (sql, ", %s = :%s", columns[i].name, columns[i].name);
  g_string_append (sql, " WHERE id = :id AND rev = :before AND withdrawn = 0");
  return g_string_free (sql, FALSE);
}

gboolean
gw_matter_row_update (GwDb *db,
                      const GwMatter *after,
                      guint32 set,
                      guint rev_before,
                      gboolean *written,
                      GError **error)
{
  g_autofree char *sql = update_sql (set);
  g_autoptr (GwStatement) update = gw_statement_prepare (db, sql, error);
  int position = 2;

  if (update == NULL)
    return FALSE;
  gw_statement_bind_int64 (update, ":rev", after->rev);
  for (guint i = 0; i < GW_MATTER_N_COLUMNS; ++i)
    if ((set & (1u << i)) != 0)
      bind_column (update, position++, &columns[i], after);
  gw_statement_bind_int64 (update, ":id", after->id);
  gw_statement_bind_int64 (update, ":before", rev_before);
  if (!gw_statement_run (update, error))
    return FALSE;
  *written = sqlite3_changes (gw_db_handle (db)) == 1;
  return TRUE;
}
