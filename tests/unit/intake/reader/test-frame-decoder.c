/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-frame-decoder.h"

#include <string.h>

#include "reader-harness.h"

/* Hand-made frames: what an honest reader never says, an overtaken one may. */

#define INPUT_BYTES 100

static void
put (GByteArray *bytes, guint64 value, gsize width)
{
  for (gsize i = 0; i < width; i++)
    {
      guint8 byte = (guint8)(value >> (8 * i));

      g_byte_array_append (bytes, &byte, 1);
    }
}

static void
put_string (GByteArray *bytes, const char *text)
{
  put (bytes, strlen (text), 4);
  g_byte_array_append (bytes, (const guint8 *)text, (guint)strlen (text) + 1);
}

static void
put_frame (GByteArray *stream, guint type, GByteArray *payload)
{
  put (stream, payload->len, 4);
  put (stream, type, 4);
  g_byte_array_append (stream, payload->data, payload->len);
  g_byte_array_unref (payload);
}

static void
put_hello (GByteArray *stream, guint format, guint64 input_bytes)
{
  GByteArray *payload = g_byte_array_new ();

  put (payload, GW_FRAME_MAGIC, 4);
  put (payload, GW_FRAME_PROTOCOL, 2);
  put (payload, format, 1);
  put (payload, GW_ENCODING_UTF8, 1);
  put (payload, GW_REASON_ASCII, 1);
  put (payload, 0, 1);
  put (payload, ',', 1);
  put (payload, GW_GEOMETRY_NONE, 1);
  put (payload, input_bytes, 8);
  put_string (payload, "");
  put (payload, 0, 8);
  put_frame (stream, GW_FRAME_HELLO, payload);
}

/* One row of the cells "a", "bc". The numbers that may lie are parameters. */
typedef struct
{
  guint type;
  guint64 row;
  guint32 n_rows;
  guint32 n_cells;
  guint32 text_bytes;
  guint32 row_cells;
  guint32 row_flags;
  guint32 first_length;
  const char *text; /* five bytes */
} RowFrame;

static const RowFrame honest_row = { GW_FRAME_ROWS, 2, 1, 2, 5, 2, 0, 1, "a\0bc\0" };

static void
put_row (GByteArray *stream, const RowFrame *frame)
{
  GByteArray *payload = g_byte_array_new ();

  put (payload, frame->n_rows, 4);
  put (payload, frame->n_cells, 4);
  put (payload, frame->text_bytes, 4);
  put (payload, frame->row, 8);
  put (payload, frame->row_cells, 4);
  put (payload, frame->row_flags, 4);
  put (payload, frame->first_length, 4);
  put (payload, 2, 4);
  g_byte_array_append (payload, (const guint8 *)frame->text, 5);
  put_frame (stream, frame->type, payload);
}

static void
put_numbers (GByteArray *stream, guint type, guint64 first, guint64 second, gsize extra)
{
  GByteArray *payload = g_byte_array_new ();

  put (payload, first, 8);
  if (type == GW_FRAME_END)
    {
      put (payload, second, 8);
      put (payload, 0, 1);
    }
  put (payload, 0, extra);
  put_frame (stream, type, payload);
}

static void
put_problem (GByteArray *stream, guint severity, guint n_arguments, const char *argument)
{
  GByteArray *payload = g_byte_array_new ();

  put (payload, severity, 1);
  put (payload, n_arguments, 1);
  put (payload, GW_PROBLEM_BAD_BYTES, 2);
  put (payload, 5, 8);
  put (payload, 2, 4);
  put_string (payload, argument);
  put_frame (stream, GW_FRAME_PROBLEM, payload);
}

static void
put_opening (GByteArray *stream)
{
  RowFrame header = honest_row;

  header.type = GW_FRAME_HEADER;
  header.row = 1;
  put_hello (stream, GW_READER_CSV, INPUT_BYTES);
  put_row (stream, &header);
}

/* Feeds @stream in pieces of @step bytes. */
static char *
decode (GByteArray *stream, gsize step)
{
  GString *log = g_string_new (NULL);
  g_autoptr (GwFrameDecoder) decoder =
      gw_frame_decoder_new ("x.csv", INPUT_BYTES, 0, &reader_harness_handler, log);
  g_autoptr (GError) error = NULL;
  GwReaderSummary summary = { 0 };

  for (gsize at = 0; at < stream->len && error == NULL;)
    {
      gsize room = 0;
      guint8 *space = gw_frame_decoder_get_space (decoder, &room);
      gsize n = MIN (MIN (step, room), stream->len - at);

      memcpy (space, stream->data + at, n);
      (void)gw_frame_decoder_take (decoder, n, &error);
      at += n;
    }
  if (error == NULL)
    (void)gw_frame_decoder_finish (decoder, &summary, &error);
  reader_harness_append_end (log, &summary, error);
  return g_string_free (log, FALSE);
}

static void
test_honest (void)
{
  static const gsize steps[] = { 1, 7, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GByteArray) stream = g_byte_array_new ();
      g_autofree char *log = NULL;

      put_opening (stream);
      put_numbers (stream, GW_FRAME_PROGRESS, 50, 0, 0);
      put_problem (stream, GW_SEVERITY_ROW, 1, "FF");
      put_row (stream, &honest_row);
      put_numbers (stream, GW_FRAME_END, 1, 1, 0);
      log = decode (stream, steps[i]);
      g_assert_cmpstr (
          log, ==, "hello CSV UTF-8 ,\nheader 1: a|bc\nproblem 21 5:2: FF\nrow 2: a|bc\nend 1\n");
    }
}

/* Each row of the table spoils one number of an honest frame. */
static void
test_lying_rows (void)
{
  static const RowFrame frames[] = {
    { GW_FRAME_ROWS, 1, 1, 2, 5, 2, 0, 1, "a\0bc\0" },          /* row number falls */
    { GW_FRAME_ROWS, 2, 0, 2, 5, 2, 0, 1, "a\0bc\0" },          /* no rows */
    { GW_FRAME_ROWS, 2, 2, 2, 5, 2, 0, 1, "a\0bc\0" },          /* a row more than there is */
    { GW_FRAME_ROWS, 2, 5000, 2, 5, 2, 0, 1, "a\0bc\0" },       /* over the limit */
    { GW_FRAME_ROWS, 2, 1, 3, 5, 2, 0, 1, "a\0bc\0" },          /* a cell more */
    { GW_FRAME_ROWS, 2, 1, 1, 5, 1, 0, 1, "a\0bc\0" },          /* a cell less */
    { GW_FRAME_ROWS, 2, 1, 0xffffffff, 5, 2, 0, 1, "a\0bc\0" }, /* wraps */
    { GW_FRAME_ROWS, 2, 1, 2, 4, 2, 0, 1, "a\0bc\0" },          /* text shorter */
    { GW_FRAME_ROWS, 2, 1, 2, 0xfffffffb, 2, 0, 1, "a\0bc\0" }, /* text huge */
    { GW_FRAME_ROWS, 2, 1, 2, 5, 3, 0, 1, "a\0bc\0" },          /* row claims too many cells */
    { GW_FRAME_ROWS, 2, 1, 2, 5, 2, 0x80, 1, "a\0bc\0" },       /* unknown flag */
    { GW_FRAME_ROWS, 2, 1, 2, 5, 2, 0, 2, "a\0bc\0" },          /* cell ends elsewhere */
    { GW_FRAME_ROWS, 2, 1, 2, 5, 2, 0, 0xffffff, "a\0bc\0" },   /* cell of 16 MiB */
    { GW_FRAME_ROWS, 2, 1, 2, 5, 2, 0, 1, "a\0b\xff\0" },       /* not UTF-8 */
    { GW_FRAME_ROWS, 2, 1, 2, 5, 2, 0, 1, "a\0b\0\0" },         /* NUL within */
    { GW_FRAME_ROWS, 2, 1, 2, 5, 2, 0, 1, "a\0bcd" },           /* last NUL missing */
    { GW_FRAME_HEADER, 2, 1, 2, 5, 2, 0, 1, "a\0bc\0" },        /* a second header */
    { 99, 2, 1, 2, 5, 2, 0, 1, "a\0bc\0" },                     /* unknown frame */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (GByteArray) stream = g_byte_array_new ();
      g_autofree char *log = NULL;

      put_opening (stream);
      put_row (stream, &frames[i]);
      put_numbers (stream, GW_FRAME_END, 1, 0, 0);
      log = decode (stream, 1000);
      g_assert_nonnull (strstr (log, "header 1: a|bc\nerror FORMAT: reading “x.csv”: the reader "
                                     "answered nonsense"));
    }
}

static void
assert_nonsense (GByteArray *stream)
{
  g_autofree char *log = decode (stream, 1000);

  g_assert_nonnull (strstr (log, "error FORMAT: reading “x.csv”: the reader answered nonsense"));
}

static void
test_order_and_totals (void)
{
  g_autoptr (GByteArray) no_hello = g_byte_array_new ();
  g_autoptr (GByteArray) wrong_size = g_byte_array_new ();
  g_autoptr (GByteArray) wrong_format = g_byte_array_new ();
  g_autoptr (GByteArray) no_end = g_byte_array_new ();
  g_autoptr (GByteArray) wrong_total = g_byte_array_new ();
  g_autoptr (GByteArray) after_end = g_byte_array_new ();
  g_autoptr (GByteArray) progress_falls = g_byte_array_new ();
  g_autoptr (GByteArray) progress_over = g_byte_array_new ();
  g_autoptr (GByteArray) long_frame = g_byte_array_new ();
  g_autoptr (GByteArray) trailing = g_byte_array_new ();

  put_row (no_hello, &honest_row);
  assert_nonsense (no_hello);
  put_hello (wrong_size, GW_READER_CSV, INPUT_BYTES + 1);
  assert_nonsense (wrong_size);
  put_hello (wrong_format, 77, INPUT_BYTES);
  assert_nonsense (wrong_format);
  put_opening (no_end);
  put_row (no_end, &honest_row);
  assert_nonsense (no_end);
  put_opening (wrong_total);
  put_numbers (wrong_total, GW_FRAME_END, 1, 0, 0);
  assert_nonsense (wrong_total);
  put_opening (after_end);
  put_numbers (after_end, GW_FRAME_END, 0, 0, 0);
  put_row (after_end, &honest_row);
  assert_nonsense (after_end);
  put_opening (progress_falls);
  put_numbers (progress_falls, GW_FRAME_PROGRESS, 50, 0, 0);
  put_numbers (progress_falls, GW_FRAME_PROGRESS, 49, 0, 0);
  assert_nonsense (progress_falls);
  put_opening (progress_over);
  put_numbers (progress_over, GW_FRAME_PROGRESS, INPUT_BYTES + 1, 0, 0);
  assert_nonsense (progress_over);
  put (long_frame, GW_FRAME_MAX_PAYLOAD + 1, 4);
  put (long_frame, GW_FRAME_HELLO, 4);
  assert_nonsense (long_frame);
  put_opening (trailing);
  put_numbers (trailing, GW_FRAME_PROGRESS, 50, 0, 1);
  assert_nonsense (trailing);
}

static void
test_problems (void)
{
  g_autoptr (GByteArray) fatal = g_byte_array_new ();
  g_autoptr (GByteArray) bad_severity = g_byte_array_new ();
  g_autoptr (GByteArray) bad_argument = g_byte_array_new ();
  g_autoptr (GByteArray) flood = g_byte_array_new ();
  g_autofree char *log = NULL;

  put_problem (fatal, GW_SEVERITY_FATAL, 1, "FF %s %n \xe2\x80\xae");
  log = decode (fatal, 1000);
  g_assert_cmpstr (log, ==,
                   "error FORMAT: reading “x.csv”: row 5, column 2 (B): the bytes FF %s %n   are "
                   "no text in the encoding the file is read in; correct this cell, choose "
                   "another encoding, or save the file as CSV (UTF-8)\n");
  put_problem (bad_severity, 4, 1, "x");
  assert_nonsense (bad_severity);
  put_problem (bad_argument, GW_SEVERITY_ROW, 1, "\xff");
  assert_nonsense (bad_argument);
  put_opening (flood);
  for (guint i = 0; i <= GW_FRAME_MAX_PROBLEMS; i++)
    put_problem (flood, GW_SEVERITY_ROW, 1, "x");
  assert_nonsense (flood);
}

/* Talk without rows must end some time. */
static void
test_idle_talk (void)
{
  g_autoptr (GByteArray) stream = g_byte_array_new ();

  put_opening (stream);
  for (guint i = 0; i < 100001; i++)
    put_numbers (stream, GW_FRAME_PROGRESS, 50, 0, 0);
  assert_nonsense (stream);
}

/* Every single-bit error in an honest stream ends as rows or as an error, never as a crash. */
static void
test_bit_flips (void)
{
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  guint n_refused = 0;

  put_opening (stream);
  put_problem (stream, GW_SEVERITY_ROW, 1, "FF");
  put_row (stream, &honest_row);
  put_numbers (stream, GW_FRAME_END, 1, 1, 0);
  for (guint bit = 0; bit < 8 * stream->len; bit++)
    {
      g_autofree char *log = NULL;

      stream->data[bit / 8] ^= (guint8)(1u << (bit % 8));
      log = decode (stream, 1000);
      n_refused += strstr (log, "error") != NULL;
      stream->data[bit / 8] ^= (guint8)(1u << (bit % 8));
    }
  g_assert_cmpuint (n_refused, >, 8 * stream->len / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/frames/honest", test_honest);
  g_test_add_func ("/reader/frames/lying-rows", test_lying_rows);
  g_test_add_func ("/reader/frames/order-and-totals", test_order_and_totals);
  g_test_add_func ("/reader/frames/problems", test_problems);
  g_test_add_func ("/reader/frames/idle-talk", test_idle_talk);
  g_test_add_func ("/reader/frames/bit-flips", test_bit_flips);
  return g_test_run ();
}
