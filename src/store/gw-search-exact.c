/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-exact.h"

#include <string.h>

#include "gw-zh-tokenizer.h"

/* Digits from which on a number is compared from its end; fewer are the running number itself. */
#define LEAST_SUFFIX 4
/* The running number is printed with at least this many digits. */
#define PRINTED_DIGITS 6
#define MAX_PARTS 4

/* ---- numbers ---- */

/* A number as typed, from the right: running number, year, code, centre; only the first is a must.
 */
typedef struct
{
  guint32 seq;
  guint32 modulus; /* 0: the running number is @seq; else its last digits are */
  int year;        /* 0 = not typed */
  guint32 type;    /* 0 = not typed */
} Number;

static gboolean
all_digits (const char *text)
{
  const char *p = text;

  while (g_ascii_isdigit (*p))
    p++;
  return p != text && *p == '\0' && p - text <= 9;
}

static guint32
find_type (const GwRecordTables *types, const char *code)
{
  for (guint32 i = 1; i < gw_record_tables_size (types); i++)
    {
      const GwRecordTable *table = gw_record_tables_get (types, i);

      if (table != NULL && g_ascii_strcasecmp (table->spec->number_code, code) == 0)
        return i;
    }
  return 0;
}

static void
parse_seq (const char *text, gboolean alone, Number *number)
{
  gsize length = strlen (text);

  number->seq = (guint32)g_ascii_strtoull (text, NULL, 10);
  if (!alone || length < LEAST_SUFFIX || length > PRINTED_DIGITS)
    return;
  number->modulus = 1;
  while (length-- > 0)
    number->modulus *= 10;
}

static gboolean
parse_number (const char *word, GwStore *store, const GwRecordTables *types, Number *number)
{
  g_auto (GStrv) parts = g_strsplit (word, "-", MAX_PARTS + 1);
  guint n = g_strv_length (parts);

  *number = (Number){ 0 };
  if (n == 0 || n > MAX_PARTS || !all_digits (parts[n - 1]))
    return FALSE;
  parse_seq (parts[n - 1], n == 1, number);
  if (n >= 2)
    {
      if (!all_digits (parts[n - 2]) || strlen (parts[n - 2]) != 4)
        return FALSE;
      number->year = (int)g_ascii_strtoull (parts[n - 2], NULL, 10);
    }
  if (n >= 3 && (number->type = find_type (types, parts[n - 3])) == 0)
    return FALSE;
  return n < 4 || g_strcmp0 (parts[0], gw_store_centre_code (store)) == 0;
}

static gboolean
row_has_number (const GwSnapshotColumns *columns, guint row, const Number *number)
{
  guint32 seq = columns->number_seq[row];
  int year, month, day;

  if ((number->modulus != 0 ? seq % number->modulus : seq) != number->seq || seq == 0 ||
      (number->type != 0 && columns->type[row] != number->type))
    return FALSE;
  if (number->year == 0)
    return TRUE;
  gw_day_to_ymd (gw_day_of_time (columns->reported[row]), &year, &month, &day);
  return year == number->year;
}

static void
add_numbered (const GwSnapshot *snapshot, const Number *number, GwSearchSet *set)
{
  for (guint id = 1; id < snapshot->n; id++)
    if (row_has_number (&snapshot->chunks[id >> GW_SNAPSHOT_CHUNK_BITS]->columns,
                        id & GW_SNAPSHOT_CHUNK_MASK, number))
      gw_search_set_add (set, id);
}

/* Numbers that were given elsewhere have their own form: the whole of it is looked up. */
static gboolean
add_foreign_number (GwDb *db, const char *word, GwSearchSet *set, GError **error)
{
  g_autofree char *upper = g_ascii_strup (word, -1);
  g_autoptr (GwStatement) statement =
      gw_statement_prepare (db, "SELECT id FROM matter WHERE number IN (:word, :upper)", error);
  gboolean row = TRUE;

  if (statement == NULL)
    return FALSE;
  gw_statement_bind_text (statement, ":word", word);
  gw_statement_bind_text (statement, ":upper", upper);
  while (row)
    {
      if (!gw_statement_step (statement, &row, error))
        return FALSE;
      if (row)
        gw_search_set_add (set, gw_statement_get_int64 (statement, 0));
    }
  return TRUE;
}

gboolean
gw_search_find_number (GwStore *store,
                       GwDb *db,
                       const GwSearchQuery *query,
                       const char *word,
                       GwSearchSet *set,
                       GError **error)
{
  char code[GW_CASE_CODE_LENGTH + 1];
  Number number;

  if (!g_str_is_ascii (word))
    return TRUE;
  if (parse_number (word, store, query->types, &number))
    add_numbered (query->snapshot, &number, set);
  if (gw_case_code_normalise (word, code))
    gw_search_set_add (set, gw_store_find_matter (store, code, NULL));
  return add_foreign_number (db, word, set, error);
}

/* ---- places ---- */

static void
mark_below (GwAreaTree *tree, guint32 area, guint8 *marks)
{
  for (guint32 id = 1; id <= gw_area_tree_size (tree); id++)
    if (gw_area_tree_contains (tree, area, id))
      marks[id] = 1;
}

static gboolean
is_called (const GwArea *area, const char *word, GString *folded)
{
  if (g_strcmp0 (area->code, word) == 0)
    return TRUE;
  gw_zh_fold (folded, area->name);
  return g_str_has_prefix (folded->str, word);
}

/* The district itself is no clause: everything lies in it. */
static gboolean
mark_places (GwAreaTree *tree, const char *word, guint8 *marks)
{
  g_autoptr (GPtrArray) named = gw_area_tree_find_name (tree, word);
  g_autoptr (GString) folded = g_string_new (NULL);
  const GwArea *root = gw_area_tree_root (tree);
  gboolean any = FALSE;

  for (guint i = 0; i < named->len; i++)
    {
      const GwArea *area = g_ptr_array_index (named, i);

      if (area == root)
        continue;
      mark_below (tree, area->id, marks);
      any = TRUE;
    }
  for (guint32 id = 1; id <= gw_area_tree_size (tree); id++)
    {
      const GwArea *area = gw_area_tree_get (tree, id);

      if (area == NULL || area == root || !is_called (area, word, folded))
        continue;
      mark_below (tree, id, marks);
      any = TRUE;
    }
  return any;
}

void
gw_search_find_place (const GwSearchQuery *query, const char *word, GwSearchSet *set)
{
  const GwSnapshot *snapshot = query->snapshot;
  guint n_areas = gw_area_tree_size (query->tree);
  g_autofree guint8 *marks = g_new0 (guint8, n_areas + 1);

  if (g_utf8_strlen (word, -1) < 2 || !mark_places (query->tree, word, marks))
    return;
  for (guint id = 1; id < snapshot->n; id++)
    {
      guint32 area =
          snapshot->chunks[id >> GW_SNAPSHOT_CHUNK_BITS]->columns.area[id & GW_SNAPSHOT_CHUNK_MASK];

      if (area <= n_areas && marks[area] != 0)
        gw_search_set_add (set, id);
    }
}
