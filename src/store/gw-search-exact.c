/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-exact.h"

#include <string.h>

/* Digits from which on a number is compared from its end; fewer are the running number itself. */
#define LEAST_SUFFIX 4
/* The running number is printed with at least this many digits. */
#define PRINTED_DIGITS 6
#define MAX_PARTS 4

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
