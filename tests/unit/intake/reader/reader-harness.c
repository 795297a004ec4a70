/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader-harness.h"

#include <string.h>

#include "gw-error.h"
#include "gw-frame-decoder.h"

static gboolean
hello_cb (const GwReaderHello *hello, gpointer user_data, GError **error)
{
  GString *log = user_data;

  g_string_append_printf (log, "hello %s %s", gw_reader_format_get_name (hello->format),
                          gw_reader_encoding_get_name (hello->encoding));
  if (hello->separator != 0)
    g_string_append_printf (log, " %c", hello->separator == '\t' ? 't' : hello->separator);
  if (hello->crs[0] != '\0')
    g_string_append_printf (log, " %s", hello->crs);
  for (guint i = 0; i < hello->n_sheets; i++)
    g_string_append_printf (log, "%s%s%s%s", i == 0 ? " sheets:" : ",", hello->sheets[i].name,
                            i == hello->sheet ? "*" : "",
                            hello->sheets[i].is_hidden ? "(hidden)" : "");
  g_string_append_c (log, '\n');
  return TRUE;
}

static void
append_flags (GString *log, guint flags, const char *const *names, const char *frame)
{
  for (guint i = 0; names[i] != NULL; i++)
    if ((flags & (1u << i)) != 0)
      g_string_append_printf (log, "%c%s%c", frame[0], names[i], frame[1]);
}

static void
append_row (GString *log, const char *word, const GwReaderRow *row)
{
  static const char *const row_names[] = { "short", "long", "cut", "broken", "hidden", NULL };
  static const char *const cell_names[] = { "formula", "merged",  "error",  "bad", "date",
                                            "number",  "boolean", "quoted", NULL };

  g_string_append_printf (log, "%s %lu", word, (gulong)row->row);
  append_flags (log, row->flags, row_names, "[]");
  g_string_append (log, ": ");
  for (guint i = 0; i < row->n_cells; i++)
    {
      g_assert_cmpuint (strlen (row->cells[i]), ==, row->lengths[i]);
      g_string_append_printf (log, "%s%s", i == 0 ? "" : "|", row->cells[i]);
      append_flags (log, row->cell_flags[i], cell_names, "{}");
    }
  g_string_append_c (log, '\n');
}

static gboolean
header_cb (const GwReaderRow *row, gpointer user_data, GError **error)
{
  append_row (user_data, "header", row);
  return TRUE;
}

static gboolean
rows_cb (const GwReaderRow *rows, guint n_rows, gpointer user_data, GError **error)
{
  for (guint i = 0; i < n_rows; i++)
    append_row (user_data, "row", &rows[i]);
  return TRUE;
}

static gboolean
shape_cb (guint64 row, const guint8 *wkb, gsize length, gpointer user_data, GError **error)
{
  g_string_append_printf (user_data, "shape %lu: %lu\n", (gulong)row, (gulong)length);
  return TRUE;
}

static gboolean
problem_cb (const GwReaderProblem *problem, gpointer user_data, GError **error)
{
  GString *log = user_data;
  g_autofree char *text = gw_reader_problem_dup_text (problem);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_string_append_printf (log, "problem %u %lu:%u:", (guint)problem->code, (gulong)problem->row,
                          problem->column);
  for (guint i = 0; i < problem->n_arguments; i++)
    g_string_append_printf (log, "%s %s", i == 0 ? "" : ",", problem->arguments[i]);
  g_string_append_c (log, '\n');
  return TRUE;
}

const GwReaderHandler reader_harness_handler = {
  .hello = hello_cb, .header = header_cb, .rows = rows_cb, .shape = shape_cb, .problem = problem_cb
};

void
reader_harness_append_end (GString *log, const GwReaderSummary *summary, const GError *error)
{
  const char *code = "OTHER";

  if (error == NULL)
    {
      g_string_append_printf (log, "end %lu%s\n", (gulong)summary->n_rows,
                              summary->is_stopped_early ? " early" : "");
      return;
    }
  if (g_error_matches (error, GW_ERROR, GW_ERROR_FORMAT))
    code = "FORMAT";
  else if (g_error_matches (error, GW_ERROR, GW_ERROR_LIMIT))
    code = "LIMIT";
  else if (g_error_matches (error, GW_ERROR, GW_ERROR_UNSUPPORTED))
    code = "UNSUPPORTED";
  else if (g_error_matches (error, GW_ERROR, GW_ERROR_NOT_FOUND))
    code = "NOT_FOUND";
  g_string_append_printf (log, "error %s: %s\n", code, error->message);
}

/* The pipe between the two, as one call. */
typedef struct
{
  GwFrameDecoder *decoder;
  GError *error;
} Link;

static gboolean
write_cb (gpointer target, const struct iovec *parts, int n_parts)
{
  Link *connection = target;

  for (int i = 0; i < n_parts; i++)
    {
      const guint8 *bytes = parts[i].iov_base;
      gsize left = parts[i].iov_len;

      while (left > 0)
        {
          gsize room = 0;
          guint8 *space = gw_frame_decoder_get_space (connection->decoder, &room);
          gsize n = MIN (room, left);

          memcpy (space, bytes, n);
          if (!gw_frame_decoder_take (connection->decoder, n, &connection->error))
            return FALSE;
          bytes += n;
          left -= n;
        }
    }
  return TRUE;
}

/* Gives the error of the run, or NULL. */
static GError *
run (const guint8 *bytes,
     gsize length,
     const GwReaderRequest *request,
     const GwSinkOptions *options,
     GString *log)
{
  static const GwReaderRequest plain_request = { 0 };
  static const GwSinkOptions plain_options = { 0 };
  g_autoptr (GwFrameDecoder) decoder =
      gw_frame_decoder_new ("input", length, 0, &reader_harness_handler, log);
  Link connection = { decoder, NULL };
  g_autoptr (GwSink) sink =
      gw_sink_new (write_cb, &connection, options == NULL ? &plain_options : options);
  GwReaderSummary summary = { 0 };
  GwInput input;

  gw_input_init_memory (&input, bytes, length);
  (void)gw_reader_read (&input, request == NULL ? &plain_request : request, sink);
  if (connection.error == NULL)
    (void)gw_frame_decoder_finish (decoder, &summary, &connection.error);
  reader_harness_append_end (log, &summary, connection.error);
  return connection.error;
}

char *
reader_harness_run (const guint8 *bytes,
                    gsize length,
                    const GwReaderRequest *request,
                    const GwSinkOptions *options)
{
  GString *log = g_string_new (NULL);
  g_autoptr (GError) error = run (bytes, length, request, options, log);

  return g_string_free (log, FALSE);
}

gboolean
reader_harness_is_accepted (const guint8 *bytes,
                            gsize length,
                            const GwReaderRequest *request,
                            const GwSinkOptions *options)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GError) error = run (bytes, length, request, options, log);

  return error == NULL ||
         !g_str_has_prefix (error->message, "reading “input”: the reader answered nonsense");
}

char *
reader_harness_run_text (const char *text)
{
  return reader_harness_run ((const guint8 *)text, strlen (text), NULL, NULL);
}

char *
reader_harness_sort (const char *log)
{
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);
  GString *problems = g_string_new (NULL);
  g_autoptr (GString) rest = g_string_new (NULL);

  for (gsize i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_string_append_printf (g_str_has_prefix (lines[i], "problem") ? problems : rest, "%s\n",
                            lines[i]);
  g_string_append (problems, rest->str);
  return g_string_free (problems, FALSE);
}
