/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "reader-harness.h"

typedef struct
{
  const char *name;
  const char *input;
  const char *log; /* without the hello line unless it begins with "hello" */
} Case;

static const Case cases[] = {
  { "commas and quotes", "a,b\n1,\"x, \"\"y\"\"\"\n",
    "header 1: a|b\nrow 2: 1|x, \"y\"{quoted}\nend 1\n" },
  { "carriage return and line feed", "a,b\r\n1,2\r\n", "header 1: a|b\nrow 2: 1|2\nend 1\n" },
  { "carriage return alone", "a,b\r1,2\r", "header 1: a|b\nrow 2: 1|2\nend 1\n" },
  { "no line end after the last row", "a,b\n1,2", "header 1: a|b\nrow 2: 1|2\nend 1\n" },
  { "line end within quotes", "a,b\n1,\"x\ny\"\n2,z\n",
    "header 1: a|b\nrow 2: 1|x\ny{quoted}\nrow 3: 2|z\nend 2\n" },
  { "semicolon found", "a;b;c\n1,5;2;3\n",
    "hello CSV UTF-8 ;\nheader 1: a|b|c\nrow 2: 1,5|2|3\nend 1\n" },
  { "tab found", "a\tb\n1\t2\n", "hello CSV UTF-8 t\nheader 1: a|b\nrow 2: 1|2\nend 1\n" },
  { "bar found", "a|b\n1|2\n", "hello CSV UTF-8 |\nheader 1: a|b\nrow 2: 1|2\nend 1\n" },
  { "sep line obeyed and not counted", "sep=;\r\na;b,c\r\n1;2\r\n",
    "hello CSV UTF-8 ;\nheader 1: a|b,c\nrow 2: 1|2\nend 1\n" },
  { "separator in quotes does not vote", "a;b\n\"1,2,3\";\"4,5,6\"\n",
    "hello CSV UTF-8 ;\nheader 1: a|b\nrow 2: 1,2,3{quoted}|4,5,6{quoted}\nend 1\n" },
  { "empty lines are counted and dropped", "a,b\n\n1,2\n,\n3,4\n",
    "header 1: a|b\nrow 3: 1|2\nrow 5: 3|4\nend 2\n" },
  { "title above the header", "五月台账\n\na,b\n1,2\n",
    "problem 29 1:1: 五月台账\nheader 3: a|b\nrow 4: 1|2\nend 1\n" },
  { "titles of two cells above the header",
    "五月台账\n单位：东街道,日期：5月\n编号,名称,地址,电话,备注\n1,甲,东街,,\n",
    "problem 29 1:1: 五月台账\nproblem 29 2:1: 单位：东街道\n"
    "header 3: 编号|名称|地址|电话|备注\nrow 4: 1|甲|东街\nend 1\n" },
  { "sparse rows below do not make a title of the header", "a,b,c,d\n1\n2,,,\n,,3,\n",
    "header 1: a|b|c|d\nproblem 27 2:1: 1, 4\nrow 2[short]: 1\nrow 3: 2\nrow 4: ||3\nend 3\n" },
  { "one column only", "名称\n甲\n乙\n", "header 1: 名称\nrow 2: 甲\nrow 3: 乙\nend 2\n" },
  { "short row", "a,b,c\n1,2\n3,4,5\n",
    "header 1: a|b|c\nproblem 27 2:2: 2, 3\nrow 2[short]: 1|2\nrow 3: 3|4|5\nend 2\n" },
  { "long row", "a,b\n1,2,3\n",
    "header 1: a|b\nproblem 28 2:3: 3, 2\nrow 2[long]: 1|2|3\nend 1\n" },
  { "empty cells at the end are no long row", "a,b\n1,2,,\n",
    "header 1: a|b\nrow 2: 1|2\nend 1\n" },
  { "cut last row", "a,b,c\n1,2,3\n4,5",
    "header 1: a|b|c\nproblem 26 3:2: 2, 3\nrow 2: 1|2|3\nrow 3[short][cut]: 4|5\nend 2\n" },
  { "open quote names where it opened", "a,b\n1,\"x\n2,y\n",
    "header 1: a|b\nproblem 24 2:2:\nrow 2[broken]: 1|x\n2,y\n{quoted}\nend 1\n" },
  { "text behind a closing quote", "a,b\n\"x\"y,2\n",
    "header 1: a|b\nproblem 25 2:1:\nrow 2[broken]: xy{quoted}|2\nend 1\n" },
  { "quote within a plain cell is text", "a,b\n5\" pipe,2\n",
    "header 1: a|b\nrow 2: 5\" pipe|2\nend 1\n" },
  { "a byte that is no text", "a,b\n1,2\n3,x\xff\xfe\n\xe4\xbd\xa0,5\n",
    "header 1: a|b\nproblem 21 3:2: FF FE\nrow 2: 1|2\nrow 3: 3|x\xef\xbf\xbd{bad}\nrow 4: "
    "你|5\nend 3\n" },
  { "same name twice", "a,a\n1,2\n", "problem 30 1:2: a, 1\nheader 1: a|a\nrow 2: 1|2\nend 1\n" },
  { "value without a name", "a,,c\n1,2,3\n",
    "header 1: a||c\nproblem 31 1:2:\nrow 2: 1|2|3\nend 1\n" },
  { "only a header", "a,b\n",
    "header 1: a|b\nerror FORMAT: reading “input”: row 1: there is a header but no row below it; "
    "export it again with its rows\n" },
  { "DOS end mark", "a,b\n1,2\n\x1a", "header 1: a|b\nrow 2: 1|2\nend 1\n" },
};

static void
test_case (gconstpointer data)
{
  const Case *item = data;
  g_autofree char *log = reader_harness_run_text (item->input);
  g_autofree char *sorted_seen = NULL;
  g_autofree char *sorted_log = NULL;
  const char *seen = log;

  if (!g_str_has_prefix (item->log, "hello") && g_str_has_prefix (seen, "hello"))
    seen = strchr (seen, '\n') + 1;
  sorted_seen = reader_harness_sort (seen);
  sorted_log = reader_harness_sort (item->log);
  g_assert_cmpstr (sorted_seen, ==, sorted_log);
}

/* The same table in each encoding gives the same rows. */
static void
test_encodings (void)
{
  static const char *const text = "编号,名称\n1,邻里噪声纠纷\n2,物业管理费用争议𠮷\n";
  static const char *const rows =
      "header 1: 编号|名称\nrow 2: 1|邻里噪声纠纷\nrow 3: 2|物业管理费用争议𠮷\nend 2\n";
  static const struct
  {
    const char *codec;
    const char *mark;
    gsize mark_bytes;
    const char *name;
  } encodings[] = {
    { "UTF-8", "", 0, "UTF-8" },
    { "UTF-8", "\xef\xbb\xbf", 3, "UTF-8" },
    { "GB18030", "", 0, "GB18030" },
    { "UTF-16LE", "", 0, "UTF-16LE" },
    { "UTF-16LE", "\xff\xfe", 2, "UTF-16LE" },
    { "UTF-16BE", "", 0, "UTF-16BE" },
    { "UTF-16BE", "\xfe\xff", 2, "UTF-16BE" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      gsize n = 0;
      g_autofree char *encoded = g_convert (text, -1, encodings[i].codec, "UTF-8", NULL, &n, NULL);
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree char *wanted = g_strdup_printf ("hello CSV %s ,\n%s", encodings[i].name, rows);
      g_autofree char *log = NULL;

      g_assert_nonnull (encoded);
      g_byte_array_append (bytes, (const guint8 *)encodings[i].mark,
                           (guint)encodings[i].mark_bytes);
      g_byte_array_append (bytes, (const guint8 *)encoded, (guint)n);
      log = reader_harness_run (bytes->data, bytes->len, NULL, NULL);
      g_assert_cmpstr (log, ==, wanted);
    }
}

/* A broken character of GB18030 must not swallow the separator or the line end behind it. */
static void
test_broken_gb18030 (void)
{
  static const char input[] = "\xb1\xe0\xba\xc5,\xc3\xfb\xb3\xc6\n1,\xc1\xda\xc0\xef\xd4\n"
                              "\xc1\xda\xc0\xef\xd4\xeb\xc9\xf9,2\n";
  GwReaderRequest request = { .encoding = GW_ENCODING_GB18030 };
  g_autofree char *log =
      reader_harness_run ((const guint8 *)input, sizeof input - 1, &request, NULL);
  g_autofree char *sorted = reader_harness_sort (log);

  g_assert_cmpstr (sorted, ==,
                   "problem 21 2:2: D4\n"
                   "hello CSV GB18030 ,\nheader 1: 编号|名称\n"
                   "row 2: 1|邻里\xef\xbf\xbd{bad}\nrow 3: 邻里噪声|2\nend 2\n");
}

static void
test_nul (void)
{
  static const char input[] = "a,b\n1,x\0y\n2,z\n";
  g_autofree char *log = reader_harness_run ((const guint8 *)input, sizeof input - 1, NULL, NULL);

  g_assert_nonnull (strstr (log, "problem 22 2:2:\n"));
  g_assert_nonnull (strstr (log, "row 2: 1|x\xef\xbf\xbdy{bad}\nrow 3: 2|z\nend 2\n"));
}

/* Every place where the window can end must give what one big window gives. */
static void
test_window_borders (void)
{
  GString *input = g_string_new ("a,b,c\n");
  g_autofree char *text = NULL;
  g_autofree char *log = NULL;
  g_autofree char *wanted = NULL;
  guint n = 0;

  while (input->len < (3u << 20))
    {
      n++;
      g_string_append_printf (input, "%u,\"多\"\"行\r\n%u\",%*s\r\n", n, n, (int)(n % 97), "");
    }
  text = g_string_free (input, FALSE);
  log = reader_harness_run_text (text);
  wanted = g_strdup_printf ("\nend %u\n", n);
  g_assert_true (g_str_has_suffix (log, wanted));
  g_assert_null (strstr (log, "problem"));
}

static void
test_limits (void)
{
  g_autoptr (GString) columns = g_string_new ("a");
  g_autoptr (GString) quotes = g_string_new ("a,b\n1,");
  g_autofree char *many = NULL;
  g_autofree char *open = NULL;

  for (guint i = 1; i < 200000; i++)
    g_string_append (columns, ",a");
  many = reader_harness_run_text (columns->str);
  g_assert_nonnull (strstr (many, "error LIMIT"));
  g_assert_nonnull (strstr (many, "row 1, column 257 (IW)"));
  for (guint i = 0; i < (1u << 20); i++)
    g_string_append_c (quotes, '"');
  open = reader_harness_run_text (quotes->str);
  g_assert_nonnull (strstr (open, "error LIMIT"));
  g_assert_nonnull (strstr (open, "row 2, column 2 (B)"));
}

static void
test_rows_and_stop (void)
{
  GwSinkOptions stop = { .stop_after = 2 };
  GwSinkOptions most = { .max_rows = 2 };
  GwSinkOptions header = { .header_row = 2 };
  static const char input[] = "a,b\n1,2\n3,4\n5,6\n";
  const guint8 *bytes = (const guint8 *)input;
  g_autofree char *stopped = reader_harness_run (bytes, sizeof input - 1, NULL, &stop);
  g_autofree char *limited = reader_harness_run (bytes, sizeof input - 1, NULL, &most);
  g_autofree char *shifted = reader_harness_run (bytes, sizeof input - 1, NULL, &header);

  g_assert_true (g_str_has_suffix (stopped, "row 2: 1|2\nrow 3: 3|4\nend 2 early\n"));
  g_assert_nonnull (strstr (limited, "error LIMIT: reading “input”: row 4: there are more than 2"));
  g_assert_true (g_str_has_suffix (shifted, "header 2: 1|2\nrow 3: 3|4\nrow 4: 5|6\nend 2\n"));
}

/* Problems beyond the limit are counted, not sent, and the rows still come. */
static void
test_many_problems (void)
{
  g_autoptr (GString) input = g_string_new ("a,b\n");
  g_autofree char *log = NULL;
  guint n = 0;

  for (guint i = 0; i < 3000; i++)
    g_string_append (input, "1\n");
  log = reader_harness_run_text (input->str);
  for (const char *at = log; (at = strstr (at, "problem 27")) != NULL; at++)
    n++;
  g_assert_cmpuint (n, ==, GW_FRAME_MAX_PROBLEMS);
  g_assert_true (g_str_has_suffix (log, "\nend 3000\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/reader/csv/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/reader/csv/encodings", test_encodings);
  g_test_add_func ("/reader/csv/broken-gb18030", test_broken_gb18030);
  g_test_add_func ("/reader/csv/nul", test_nul);
  g_test_add_func ("/reader/csv/window-borders", test_window_borders);
  g_test_add_func ("/reader/csv/limits", test_limits);
  g_test_add_func ("/reader/csv/rows-and-stop", test_rows_and_stop);
  g_test_add_func ("/reader/csv/many-problems", test_many_problems);
  return g_test_run ();
}
