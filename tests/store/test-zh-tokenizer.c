/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-zh-tokenizer.h"

#include "gw-text.h"

typedef struct
{
  const char *name, *text, *tokens;
} Row;

/* What the index holds for a text, as FTS5's own vocabulary table lists it. */
static char *
tokens_of (const char *text)
{
  GString *tokens = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_cmpint (gw_zh_tokenizer_register (db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = 'gw_zh');"
                                 "CREATE VIRTUAL TABLE v USING fts5vocab (t, instance)",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_prepare_v2 (db, "INSERT INTO t (x) VALUES (?1)", -1, &statement, NULL);
  sqlite3_bind_text (statement, 1, text, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
  sqlite3_prepare_v2 (db, "SELECT term FROM v ORDER BY doc, offset", -1, &statement, NULL);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (tokens, "%s%s", tokens->len > 0 ? " " : "",
                            (const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return g_string_free (tokens, FALSE);
}

static void
test_tokens (void)
{
  static const Row rows[] = {
    { "bigrams and the tail", "消防通道", "消防 防通 通道 道" },
    { "one character is its own tail", "堵", "堵" },
    { "punctuation ends a run", "堵，水", "堵 水" },
    { "letters and digits are cut alike", "A座12号", "a座 座1 12 2号 号" },
    { "full width is half width", "ＡＢ１", "ab b1 1" },
    { "ideographs of the second plane are one character", "𠀀𠀁路", "𠀀𠀁 𠀁路 路" },
    { "a character beyond every table ends nothing", "a\xf0\xb0\x80\x80z", "a𰀀 𰀀z z" },
    { "signs and emoji are no words", "水😀管…！", "水 管" },
    { "nothing", "", "" },
    { "only signs", "。。。", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *tokens = tokens_of (rows[i].text);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpstr (tokens, ==, rows[i].tokens);
    }
}

/* Bytes that are no UTF-8 come from a damaged file at most: no crash, no endless loop. */
static void
test_broken_bytes (void)
{
  static const char *const texts[] = { "\xff", "水\xe6\xb6", "\xed\xa0\x80水", "\xf8\x88\x80\x80" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *tokens = tokens_of (texts[i]);

      g_assert_true (g_utf8_validate (tokens, -1, NULL));
    }
}

static int
count_hits (sqlite3 *db, const char *expression)
{
  sqlite3_stmt *statement = NULL;
  int n;

  sqlite3_prepare_v2 (db, "SELECT count(*) FROM t WHERE t MATCH ?1", -1, &statement, NULL);
  sqlite3_bind_text (statement, 1, expression, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return n;
}

/* A query leaves the tail out: 物业 must not ask for texts in which a run ends in 业. */
static void
test_query_has_no_tail (void)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_cmpint (gw_zh_tokenizer_register (db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "CREATE VIRTUAL TABLE t USING fts5 (x, content = '',"
                                 " columnsize = 0, detail = none, tokenize = 'gw_zh');"
                                 "INSERT INTO t (rowid, x) VALUES (1, '物业费'), (2, '物业'),"
                                 " (3, '企业')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (count_hits (db, "\"物业\""), ==, 2);
  g_assert_cmpint (count_hits (db, "\"业\" *"), ==, 3);
  g_assert_cmpint (count_hits (db, "\"物业\" AND \"业费\""), ==, 1);
  sqlite3_close (db);
}

/* The quick way of folding and the slow one are the same function. */
static void
test_fold_equals_fold (void)
{
  static const char *const parts[] = { "水",        "Ａ",
                                       "a",         "B",
                                       " ",         "\t",
                                       "　",        "…",
                                       "①",         "é",
                                       "e\xcc\x81", "𠀀",
                                       "が",        "か\xe3\x82\x99",
                                       "ﬁ",         "\xe2\x80\x8b",
                                       "。",        "“",
                                       "—",         "～",
                                       "￥",        "10",
                                       "\x01" };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (GString) text = g_string_new (NULL), quick = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *slow = NULL;

      g_string_truncate (text, 0);
      for (guint n = (guint)g_rand_int_range (random, 0, 8); n > 0; n--)
        g_string_append (text, parts[g_rand_int_range (random, 0, G_N_ELEMENTS (parts))]);
      slow = gw_text_fold (text->str);
      gw_zh_fold (quick, text->str);
      g_assert_cmpstr (quick->str, ==, slow);
    }
  gw_zh_fold (quick, NULL);
  g_assert_cmpstr (quick->str, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zh-tokenizer/tokens", test_tokens);
  g_test_add_func ("/zh-tokenizer/broken-bytes", test_broken_bytes);
  g_test_add_func ("/zh-tokenizer/query-has-no-tail", test_query_has_no_tail);
  g_test_add_func ("/zh-tokenizer/fold-equals-fold", test_fold_equals_fold);
  return g_test_run ();
}
