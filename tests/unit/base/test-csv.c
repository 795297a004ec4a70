/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-csv.h"

#include "gw-error.h"
#include <math.h>
#include <string.h>

typedef void (*WriteFunc) (GwCsvWriter *writer);

static char *
written_by (WriteFunc write, gboolean bom)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GwCsvWriter) writer = gw_csv_writer_new (out, bom);
  g_autoptr (GError) error = NULL;

  write (writer);
  g_assert_true (gw_csv_writer_flush (writer, &error));
  g_assert_no_error (error);
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)));
}

static void
end_row (GwCsvWriter *writer)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gw_csv_writer_end_row (writer, &error));
  g_assert_no_error (error);
}

static void
write_cells (GwCsvWriter *writer)
{
  gw_csv_writer_cell (writer, "plain");
  gw_csv_writer_cell (writer, "a,b");
  gw_csv_writer_cell (writer, "say \"yes\"");
  gw_csv_writer_cell (writer, "two\nlines");
  gw_csv_writer_cell (writer, " led");
  gw_csv_writer_cell (writer, NULL);
  gw_csv_writer_cell (writer, "");
  end_row (writer);
  gw_csv_writer_cell (writer, "遂宁");
  end_row (writer);
}

static void
test_cells (void)
{
  g_autofree char *text = written_by (write_cells, TRUE);

  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbfplain,\"a,b\",\"say \"\"yes\"\"\",\"two\nlines\",\" led\",,\r\n"
                   "遂宁\r\n");
}

static void
write_numbers (GwCsvWriter *writer)
{
  gw_csv_writer_int (writer, G_MININT64);
  gw_csv_writer_number (writer, 1234567.5, 2);
  gw_csv_writer_number (writer, -0.001, 2);
  gw_csv_writer_number (writer, -0.006, 2);
  gw_csv_writer_number (writer, 2.5, 0);
  gw_csv_writer_number (writer, (double)NAN, 2);
  gw_csv_writer_number (writer, -(double)INFINITY, 2);
  gw_csv_writer_int (writer, -7);
  end_row (writer);
}

static void
test_numbers (void)
{
  g_autofree char *text = written_by (write_numbers, FALSE);

  g_assert_cmpstr (text, ==, "-9223372036854775808,1234567.50,0.00,-0.01,2,,,-7\r\n");
}

static void
write_extreme (GwCsvWriter *writer)
{
  gw_csv_writer_number (writer, -1.7976931348623157e308, 40);
  end_row (writer);
}

static void
test_longest_number_fits (void)
{
  g_autofree char *text = written_by (write_extreme, FALSE);

  g_assert_cmpuint (strlen (text), ==, 1 + 309 + 1 + 17 + 2);
  g_assert_true (g_str_has_prefix (text, "-179769313486231570"));
}

static void
write_formulas (GwCsvWriter *writer)
{
  static const char *const cells[] = { "=1+1", "+1",    "-1",   "@SUM(A1)", "\t=1",
                                       "\r=1", "＝1+1", "＠A1", "a=1",      "=\"x\"" };

  for (guint i = 0; i < G_N_ELEMENTS (cells); ++i)
    {
      gw_csv_writer_cell (writer, cells[i]);
      end_row (writer);
    }
}

static void
test_formulas_are_text (void)
{
  g_autofree char *text = written_by (write_formulas, FALSE);

  g_assert_cmpstr (text, ==,
                   "'=1+1\r\n'+1\r\n'-1\r\n'@SUM(A1)\r\n'\t=1\r\n\"'\r=1\"\r\n'＝1+1\r\n'＠A1\r\n"
                   "a=1\r\n\"'=\"\"x\"\"\"\r\n");
}

static void
write_much (GwCsvWriter *writer)
{
  for (int i = 0; i < 20000; ++i)
    {
      gw_csv_writer_int (writer, i);
      gw_csv_writer_cell (writer, "某某社区，\"纠纷\"\n二行");
      end_row (writer);
    }
}

static void
test_what_is_written_is_read (void)
{
  g_autofree char *text = written_by (write_much, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) lines = NULL;
  g_autoptr (GPtrArray) rows = gw_csv_parse_lines (text, strlen (text), &lines, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 20000);
  for (guint i = 0; i < rows->len; ++i)
    {
      char **cells = g_ptr_array_index (rows, i);

      g_assert_cmpuint (g_strv_length (cells), ==, 2);
      g_assert_cmpuint (g_ascii_strtoull (cells[0], NULL, 10), ==, i);
      g_assert_cmpstr (cells[1], ==, "某某社区，\"纠纷\"\n二行");
      g_assert_cmpuint (g_array_index (lines, guint, i), ==, 2 * i + 1);
    }
}

/* /dev/full says ENOSPC to every write. */
static void
test_full_disk (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/dev/full");
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileOutputStream) out = g_file_append_to (file, G_FILE_CREATE_NONE, NULL, &error);
  g_autoptr (GwCsvWriter) writer = NULL;

  if (out == NULL)
    {
      g_test_skip ("no /dev/full here");
      return;
    }
  writer = gw_csv_writer_new (G_OUTPUT_STREAM (out), TRUE);
  gw_csv_writer_cell (writer, "x");
  g_assert_true (gw_csv_writer_end_row (writer, &error));
  g_assert_false (gw_csv_writer_flush (writer, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
assert_rows (const char *text, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gw_csv_parse (text, strlen (text), &error);
  g_autoptr (GString) shown = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; ++i)
    {
      g_autofree char *row = g_strjoinv ("|", g_ptr_array_index (rows, i));

      g_string_append_printf (shown, "%s/", row);
    }
  g_assert_cmpstr (shown->str, ==, wanted);
}

static void
test_parse (void)
{
  assert_rows ("", "");
  assert_rows ("a", "a/");
  assert_rows ("a,b\nc,d\n", "a|b/c|d/");
  assert_rows ("a,b\r\nc,d", "a|b/c|d/");
  assert_rows ("a,\n,b\n,", "a|/|b/|/");
  assert_rows ("\n\na", "//a/");
  assert_rows ("\"\"", "/");
  assert_rows ("\"a\"\"b\",\"c\nd\"", "a\"b|c\nd/");
  assert_rows ("\xef\xbb\xbf\"a\"", "a/");
}

static void
test_parse_refuses (void)
{
  static const struct
  {
    const char *text, *place;
  } cases[] = {
    { "a\nb\"c", "line 2" }, { "a\n\"b\nc", "line 2" }, { "\"a\nb\"c", "line 2" },
    { "a\rb", "line 1" },    { "a\n\n\xff", "line 3" }, { "\"a\" ,b", "line 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); ++i)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (gw_csv_parse (cases[i].text, strlen (cases[i].text), &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, GW_ERROR, GW_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

static void
test_parse_refuses_nul (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gw_csv_parse ("a\0b", 3, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_FORMAT);
}

/* Whatever the bytes are: an answer or an error, and memory that the sanitizer agrees with. */
static void
test_parse_survives_noise (void)
{
  static const char symbols[] = "a,\"\r\n\xe9\x81\x82";

  for (int i = 0; i < 20000; ++i)
    {
      char text[24];
      gsize length = (gsize)g_test_rand_int_range (0, sizeof text);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      for (gsize j = 0; j < length; ++j)
        text[j] = symbols[g_test_rand_int_range (0, sizeof symbols)];
      rows = gw_csv_parse (text, length, &error);
      g_assert_true ((rows == NULL) == (error != NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/cells", test_cells);
  g_test_add_func ("/csv/numbers", test_numbers);
  g_test_add_func ("/csv/longest-number-fits", test_longest_number_fits);
  g_test_add_func ("/csv/formulas-are-text", test_formulas_are_text);
  g_test_add_func ("/csv/what-is-written-is-read", test_what_is_written_is_read);
  g_test_add_func ("/csv/full-disk", test_full_disk);
  g_test_add_func ("/csv/parse", test_parse);
  g_test_add_func ("/csv/parse-refuses", test_parse_refuses);
  g_test_add_func ("/csv/parse-refuses-nul", test_parse_refuses_nul);
  g_test_add_func ("/csv/parse-survives-noise", test_parse_survives_noise);
  return g_test_run ();
}
