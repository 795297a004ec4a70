/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-csv-reader.h"

#include <errno.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "gw-utf8.h"

/* The window always holds a whole row or proves that the row is over its limit. */
#define WINDOW_BYTES (4u << 20)
#define PADDING 64
#define PROBE_BYTES (64u << 10)
/* Small enough to stay in the processor's cache while it is cut. */
#define FILL_BYTES (256u << 10)
#define PROGRESS_BYTES (4u << 20)

typedef struct
{
  GwSink *sink;
  GwTextSource *source;
  guint8 *window;
  gsize start;
  gsize end;
  gboolean is_last; /* nothing more will come behind @end */
  guint8 separator;
  guint64 row;
  guint64 progress;
} CsvReader;

typedef enum
{
  CSV_ROW,
  CSV_MORE,
  CSV_STOP
} CsvResult;

/* One row while it is being cut. Restarted from its first byte when the window was too short. */
typedef struct
{
  const guint8 *at;
  const guint8 *end;
  guint8 separator;
  guint8 *out;
  guint8 *out_start;
  guint8 *cell_start;
  guint32 *cells;
  guint n_cells;
  guint broken_column;     /* text behind a closing quote */
  guint open_quote_column; /* a quote that is never closed */
  gboolean is_cut;         /* ended by the end of the file */
  GwReaderProblemCode problem;
} RowCut;

/* Copies until a separator or a line end, or the end of the window, and stands on it. Strides run
 * past the end of both sides; that is what the padding is for. */
static inline void
copy_plain (RowCut *cut)
{
  const guint8 *at = cut->at;
  guint8 *out = cut->out;
  const guint8 *last_out = cut->cell_start + GW_FRAME_MAX_CELL;

#ifdef __SSE2__
  const __m128i separator = _mm_set1_epi8 ((char)cut->separator);
  const __m128i line_feed = _mm_set1_epi8 ('\n');
  const __m128i carriage_return = _mm_set1_epi8 ('\r');

  while (at < cut->end && out <= last_out)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *)at);
      __m128i hit = _mm_or_si128 (_mm_cmpeq_epi8 (bytes, separator),
                                  _mm_or_si128 (_mm_cmpeq_epi8 (bytes, line_feed),
                                                _mm_cmpeq_epi8 (bytes, carriage_return)));
      guint mask = (guint)_mm_movemask_epi8 (hit);

      _mm_storeu_si128 ((__m128i *)out, bytes);
      if (mask != 0)
        {
          guint n = (guint)__builtin_ctz (mask);

          at += n;
          out += n;
          break;
        }
      at += 16;
      out += 16;
    }
#else
  while (at < cut->end && out <= last_out && *at != cut->separator && *at != '\n' && *at != '\r')
    *out++ = *at++;
#endif
  /* What lies beyond the end is padding or rest of an older window. */
  if (at > cut->end)
    {
      out -= at - cut->end;
      at = cut->end;
    }
  cut->at = at;
  cut->out = out;
}

/* Copies the inside of quotes, the opening one already passed. TRUE when the closing one was
 * found; else the window or the cell limit ended it. */
static gboolean
copy_quoted (RowCut *cut)
{
  while (cut->at < cut->end)
    {
      gsize left = MIN ((gsize)(cut->end - cut->at),
                        GW_FRAME_MAX_CELL + 1 - (gsize)(cut->out - cut->cell_start));
      const guint8 *quote = memchr (cut->at, '"', left);
      gsize n = quote == NULL ? left : (gsize)(quote - cut->at);

      memcpy (cut->out, cut->at, n);
      cut->at += n;
      cut->out += n;
      if (cut->out - cut->cell_start > (gssize)GW_FRAME_MAX_CELL)
        return FALSE;
      if (quote == NULL)
        continue;
      cut->at++;
      if (cut->at == cut->end || *cut->at != '"')
        return TRUE;
      *cut->out++ = '"';
      cut->at++;
    }
  return FALSE;
}

static CsvResult
cut_quoted_cell (RowCut *cut, gboolean is_last)
{
  cut->at++;
  if (!copy_quoted (cut))
    {
      if (cut->out - cut->cell_start > (gssize)GW_FRAME_MAX_CELL)
        return CSV_ROW; /* the limit is told by the caller */
      if (!is_last)
        return CSV_MORE;
      cut->open_quote_column = cut->n_cells + 1;
      return CSV_ROW;
    }
  /* The quote may be the first half of a doubled one whose second half is not here yet. */
  if (cut->at == cut->end && !is_last)
    return CSV_MORE;
  if (cut->at < cut->end && *cut->at != cut->separator && *cut->at != '\n' && *cut->at != '\r')
    {
      if (cut->broken_column == 0)
        cut->broken_column = cut->n_cells + 1;
      copy_plain (cut);
    }
  return CSV_ROW;
}

static CsvResult
cut_cell (RowCut *cut, gboolean is_last)
{
  guint flags = 0;
  CsvResult result = CSV_ROW;

  cut->cell_start = cut->out;
  if (cut->at < cut->end && *cut->at == '"')
    {
      flags = GW_CELL_QUOTED;
      result = cut_quoted_cell (cut, is_last);
    }
  else
    {
      copy_plain (cut);
    }
  if (result != CSV_ROW)
    return result;
  if (cut->out - cut->cell_start > (gssize)GW_FRAME_MAX_CELL)
    cut->problem = GW_PROBLEM_LONG_CELL;
  else if (cut->out - cut->out_start > (gssize)GW_FRAME_MAX_ROW)
    cut->problem = GW_PROBLEM_LONG_ROW_TEXT;
  else if (cut->at == cut->end && !is_last)
    return CSV_MORE;
  cut->cells[cut->n_cells++] = gw_sink_cell ((gsize)(cut->out - cut->cell_start), flags);
  *cut->out++ = '\0';
  return CSV_ROW;
}

/* Stands behind the last cell of the row: passes the line end, whatever its kind. */
static CsvResult
pass_line_end (RowCut *cut, gboolean is_last)
{
  if (cut->at == cut->end)
    {
      cut->is_cut = TRUE;
      return CSV_ROW;
    }
  if (*cut->at == '\n')
    {
      cut->at++;
      return CSV_ROW;
    }
  if (cut->at + 1 == cut->end && !is_last)
    return CSV_MORE;
  cut->at += cut->at + 1 < cut->end && cut->at[1] == '\n' ? 2 : 1;
  return CSV_ROW;
}

static CsvResult
cut_row (RowCut *cut, gboolean is_last)
{
  while (TRUE)
    {
      CsvResult result = cut_cell (cut, is_last);

      if (result != CSV_ROW || cut->problem != GW_PROBLEM_NONE)
        return result;
      if (cut->at == cut->end || *cut->at != cut->separator)
        return pass_line_end (cut, is_last);
      if (cut->n_cells == GW_FRAME_MAX_COLUMNS)
        {
          cut->problem = GW_PROBLEM_MANY_COLUMNS;
          return CSV_ROW;
        }
      cut->at++;
    }
}

static gboolean
tell_limit (CsvReader *self, const RowCut *cut)
{
  guint limit = GW_FRAME_MAX_CELL;
  guint column = cut->n_cells;
  g_autofree char *text = NULL;

  if (cut->problem == GW_PROBLEM_LONG_ROW_TEXT)
    limit = GW_FRAME_MAX_ROW;
  if (cut->problem == GW_PROBLEM_MANY_COLUMNS)
    {
      limit = GW_FRAME_MAX_COLUMNS;
      column++;
    }
  text = g_strdup_printf ("%u", limit);
  return gw_sink_fatal (self->sink, cut->problem, self->row, column, text, NULL);
}

static guint
tell_broken_quotes (CsvReader *self, const RowCut *cut)
{
  if (cut->open_quote_column != 0)
    (void)gw_sink_problem (self->sink, GW_SEVERITY_ROW, GW_PROBLEM_OPEN_QUOTE, self->row,
                           cut->open_quote_column, NULL);
  else if (cut->broken_column != 0)
    (void)gw_sink_problem (self->sink, GW_SEVERITY_ROW, GW_PROBLEM_TEXT_AFTER_QUOTE, self->row,
                           cut->broken_column, NULL);
  else
    return 0;
  return GW_ROW_BROKEN;
}

/* Takes one row out of the window. */
static CsvResult
take_row (CsvReader *self)
{
  GwSinkRow room = gw_sink_begin_row (self->sink);
  RowCut cut = { .at = self->window + self->start,
                 .end = self->window + self->end,
                 .separator = self->separator,
                 .out = room.text,
                 .out_start = room.text,
                 .cells = room.cells };
  CsvResult result = cut_row (&cut, self->is_last);
  guint flags;

  if (result == CSV_MORE)
    return CSV_MORE;
  self->row++;
  if (cut.problem != GW_PROBLEM_NONE)
    {
      (void)tell_limit (self, &cut);
      return CSV_STOP;
    }
  self->start = (gsize)(cut.at - self->window);
  flags = tell_broken_quotes (self, &cut) | (cut.is_cut ? GW_ROW_CUT : 0);
  if (!gw_sink_end_row (self->sink, self->row, cut.n_cells, (gsize)(cut.out - room.text), flags,
                        TRUE))
    return CSV_STOP;
  return CSV_ROW;
}

static gboolean
tell_read_error (GwSink *sink)
{
  return gw_sink_fatal (sink, GW_PROBLEM_READ_FAILED, 0, 0, g_strerror (errno), NULL);
}

/* A lone Ctrl+Z is how DOS programs ended a text file. */
static void
drop_end_mark (CsvReader *self)
{
  if (self->is_last && self->end > self->start && self->window[self->end - 1] == 0x1a)
    self->end--;
}

static gboolean
fill (CsvReader *self)
{
  gsize wanted;

  if (self->start > 0)
    {
      memmove (self->window, self->window + self->start, self->end - self->start);
      self->end -= self->start;
      self->start = 0;
    }
  /* Doubling what is left over keeps the work linear when a row needs several fillings. */
  wanted = MIN (self->end + MAX (self->end, FILL_BYTES), WINDOW_BYTES - PROBE_BYTES);
  while (!self->is_last && self->end < wanted)
    {
      gssize n =
          gw_text_source_read (self->source, self->window + self->end,
                               WINDOW_BYTES - self->end < FILL_BYTES ? WINDOW_BYTES - self->end
                                                                     : FILL_BYTES);

      if (n < 0)
        return tell_read_error (self->sink);
      self->end += (gsize)n;
      self->is_last = n == 0;
    }
  drop_end_mark (self);
  memset (self->window + self->end, 0, PADDING);
  if (gw_text_source_get_offset (self->source) >= self->progress + PROGRESS_BYTES)
    {
      self->progress = gw_text_source_get_offset (self->source);
      return gw_sink_progress (self->sink, self->progress);
    }
  return TRUE;
}

static gboolean
read_rows (CsvReader *self)
{
  while (self->start < self->end || !self->is_last)
    {
      CsvResult result = self->start < self->end ? take_row (self) : CSV_MORE;

      if (result == CSV_STOP)
        return FALSE;
      if (result == CSV_MORE && self->is_last)
        break; /* cannot be: a last window is always cut to its end */
      if (result == CSV_MORE && !fill (self))
        return FALSE;
    }
  return TRUE;
}

/* How often each line of the probe holds @separator outside of quotes. */
typedef struct
{
  guint n_lines; /* with the most common count */
  guint count;   /* that count */
} SeparatorVote;

static void
count_line (guint *tally, guint count)
{
  if (count > 0 && count < GW_FRAME_MAX_COLUMNS)
    tally[count]++;
}

static SeparatorVote
vote (const guint8 *text, gsize length, guint8 separator)
{
  guint tally[GW_FRAME_MAX_COLUMNS] = { 0 };
  SeparatorVote best = { 0, 0 };
  gboolean is_quoted = FALSE;
  guint count = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        is_quoted = !is_quoted;
      else if (!is_quoted && text[i] == separator)
        count++;
      else if (!is_quoted && (text[i] == '\n' || text[i] == '\r'))
        {
          count_line (tally, count);
          count = 0;
        }
    }
  count_line (tally, count);
  for (guint i = 1; i < GW_FRAME_MAX_COLUMNS; i++)
    if (tally[i] > best.n_lines)
      best = (SeparatorVote){ tally[i], i };
  return best;
}

/* The separator on which most lines agree; among equals the one that cuts more cells. */
static guint8
guess_separator (const guint8 *text, gsize length)
{
  static const guint8 candidates[] = { ',', '\t', ';', '|' };
  SeparatorVote best = { 0, 0 };
  guint8 separator = ',';

  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      SeparatorVote found = vote (text, length, candidates[i]);

      if (found.n_lines > best.n_lines ||
          (found.n_lines == best.n_lines && found.count > best.count))
        {
          best = found;
          separator = candidates[i];
        }
    }
  return separator;
}

/* The "sep=;" line that spreadsheet programs obey and do not show. */
static void
take_separator_line (CsvReader *self)
{
  const guint8 *text = self->window + self->start;
  gsize length = self->end - self->start;

  if (length < 6 || memcmp (text, "sep=", 4) != 0 || text[4] >= 0x80 ||
      (text[5] != '\r' && text[5] != '\n'))
    return;
  self->separator = text[4];
  self->start += text[5] == '\r' && length > 6 && text[6] == '\n' ? 7 : 6;
}

static gboolean
is_usable_separator (guint8 separator)
{
  return separator != 0 && separator < 0x7f && separator != '"' && separator != '\n' &&
         separator != '\r';
}

static void
choose_separator (CsvReader *self, const GwCsvOptions *options)
{
  take_separator_line (self);
  if (is_usable_separator ((guint8)options->separator))
    self->separator = (guint8)options->separator;
  if (!is_usable_separator (self->separator))
    self->separator =
        guess_separator (self->window + self->start, MIN (self->end - self->start, PROBE_BYTES));
}

static gboolean
send_hello (CsvReader *self, const GwInput *input, const GwTextGuess *guess)
{
  GwSinkHello hello = { .format = GW_READER_CSV,
                        .encoding = guess->encoding,
                        .reason = guess->reason,
                        .has_byte_order_mark = guess->has_byte_order_mark,
                        .separator = (char)self->separator,
                        .input_bytes = input->size };

  if (!gw_sink_hello (self->sink, &hello))
    return FALSE;
  if (guess->is_doubtful)
    return gw_sink_problem (self->sink, GW_SEVERITY_WARNING, GW_PROBLEM_DOUBTFUL_ENCODING, 0, 0,
                            "GB18030", NULL);
  return TRUE;
}

static gboolean
find_encoding (const GwInput *input, const GwCsvOptions *options, GwSink *sink, GwTextGuess *guess)
{
  g_autofree char *offset = NULL;

  if (!gw_text_source_guess (input, options->encoding, guess))
    return tell_read_error (sink);
  if (guess->encoding != GW_ENCODING_AUTO)
    return TRUE;
  offset = g_strdup_printf ("%lu", (gulong)guess->bad_offset);
  return gw_sink_fatal (sink, GW_PROBLEM_UNKNOWN_ENCODING, 0, 0, offset, NULL);
}

gboolean
gw_csv_reader_read (const GwInput *input, const GwCsvOptions *options, GwSink *sink)
{
  g_autoptr (GwTextSource) source = NULL;
  g_autofree guint8 *window = NULL;
  GwTextGuess guess = { 0 };
  CsvReader self = { .sink = sink };

  if (!find_encoding (input, options, sink, &guess))
    return FALSE;
  source = gw_text_source_new (input, &guess);
  if (source == NULL)
    return gw_sink_fatal (sink, GW_PROBLEM_NOT_BUILT, 0, 0, "GB18030", NULL);
  window = g_malloc (WINDOW_BYTES + PADDING);
  self.source = source;
  self.window = window;
  if (!fill (&self))
    return FALSE;
  choose_separator (&self, options);
  return send_hello (&self, input, &guess) && read_rows (&self);
}
