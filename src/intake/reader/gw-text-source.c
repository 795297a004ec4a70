/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-text-source.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "gw-utf8.h"

#define RAW_BYTES (256u << 10)
#define PROBE_BYTES (1u << 20)
/* First byte 0x81-0xfe, second 0x40-0x7e or 0x80-0xfe. */
#define TWO_BYTE_CODES (126 * 191)
#define NO_SCALAR G_MAXUINT32

struct _GwTextSource
{
  const GwInput *input;
  GwReaderEncoding encoding;
  guint64 offset; /* of the next byte to load */
  guint8 *raw;
  gsize raw_start;
  gsize raw_end;
  iconv_t iconv;
  guint32 *two_byte; /* scalar of each two-byte GB18030 code, 0: not yet asked */
};

/* GB18030 comes as a plug-in of the C library. Opening it once maps it for the whole process. */
void
gw_text_source_prepare (void)
{
  iconv_t warm = iconv_open ("UCS-4LE", "GB18030");

  /* Kept open on purpose: closing may unload the plug-in, and later it cannot be found again. */
  (void)warm;
}

static guint32
convert_one (iconv_t converter, const guint8 *code, gsize length)
{
  char *in = (char *)code;
  guint32 scalar = 0;
  char *out = (char *)&scalar;
  gsize in_left = length;
  gsize out_left = sizeof scalar;

  if (iconv (converter, &in, &in_left, &out, &out_left) == (gsize)-1 || in_left != 0 ||
      out_left != 0)
    {
      (void)iconv (converter, NULL, NULL, NULL, NULL);
      return 0;
    }
  return GUINT32_FROM_LE (scalar);
}

static guint
get_two_byte_index (guint8 first, guint8 second)
{
  return (guint)(first - 0x81) * 191 + (guint)(second - 0x40);
}

/* The table is ten times faster than a call for each character, and filled as they come up. */
static guint32
get_two_byte (GwTextSource *self, const guint8 *code)
{
  guint32 *known = &self->two_byte[get_two_byte_index (code[0], code[1])];

  if (*known == 0)
    {
      *known = convert_one (self->iconv, code, 2);
      if (*known == 0)
        *known = NO_SCALAR;
    }
  return *known;
}

/* Length of the GB18030 sequence at @bytes by its form: 1, 2 or 4; 0: none; -1: cut. */
static int
get_gb_form (const guint8 *bytes, gsize length)
{
  if (bytes[0] < 0x80)
    return 1;
  if (bytes[0] == 0x80 || bytes[0] == 0xff)
    return 0;
  if (length < 2)
    return -1;
  if (bytes[1] >= 0x40 && bytes[1] != 0x7f && bytes[1] != 0xff)
    return 2;
  if (bytes[1] < 0x30 || bytes[1] > 0x39)
    return 0;
  if (length < 4)
    return length == 3 && (bytes[2] < 0x81 || bytes[2] > 0xfe) ? 0 : -1;
  return bytes[2] >= 0x81 && bytes[2] <= 0xfe && bytes[3] >= 0x30 && bytes[3] <= 0x39 ? 4 : 0;
}

static gboolean
is_text_scalar (guint32 scalar)
{
  return scalar != 0 && scalar < 0x110000 && !(scalar >= 0xd800 && scalar < 0xe000) &&
         !(scalar >= 0xfdd0 && scalar <= 0xfdef) && (scalar & 0xfffe) != 0xfffe;
}

static gsize
put_bad (guint8 *out, guint8 byte)
{
  out[0] = 0xff;
  out[1] = 0x80 | byte >> 4;
  out[2] = 0x80 | (byte & 0x0f);
  return 3;
}

/* Each decoder turns bytes into text until one is used up, and tells how much it took. */
static gsize
decode_gb18030 (GwTextSource *self,
                const guint8 *in,
                gsize length,
                gboolean is_last,
                guint8 *out,
                gsize room,
                gsize *used)
{
  gsize at = 0;
  gsize put = 0;

  while (at < length && put + 4 <= room)
    {
      int form = get_gb_form (in + at, length - at);
      guint32 scalar = 0;

      if (form == 1)
        {
          out[put++] = in[at++];
          continue;
        }
      if (form < 0 && !is_last)
        break;
      if (form == 2)
        scalar = get_two_byte (self, in + at);
      else if (form == 4)
        scalar = convert_one (self->iconv, in + at, 4);
      if (is_text_scalar (scalar))
        {
          put += gw_utf8_put (out + put, scalar);
          at += (gsize)form;
        }
      else
        {
          put += put_bad (out + put, in[at++]);
        }
    }
  *used = at;
  return put;
}

static guint
get_unit (const guint8 *in, gboolean is_big)
{
  return is_big ? (guint)in[0] << 8 | in[1] : (guint)in[1] << 8 | in[0];
}

static gsize
decode_utf16 (gboolean is_big,
              const guint8 *in,
              gsize length,
              gboolean is_last,
              guint8 *out,
              gsize room,
              gsize *used)
{
  gsize at = 0;
  gsize put = 0;

  while (at + 2 <= length && put + 6 <= room)
    {
      guint32 scalar = get_unit (in + at, is_big);
      gsize taken = 2;

      if (scalar >= 0xd800 && scalar < 0xdc00)
        {
          guint low;

          if (at + 4 > length && !is_last)
            break;
          low = at + 4 <= length ? get_unit (in + at + 2, is_big) : 0;
          if (low >= 0xdc00 && low < 0xe000)
            {
              scalar = 0x10000 + ((scalar - 0xd800) << 10) + (low - 0xdc00);
              taken = 4;
            }
        }
      /* NUL passes: the sink has its own words for it. */
      if (is_text_scalar (scalar) || scalar == 0)
        {
          put += gw_utf8_put (out + put, scalar);
        }
      else
        {
          put += put_bad (out + put, in[at]);
          put += put_bad (out + put, in[at + 1]);
          taken = 2;
        }
      at += taken;
    }
  if (is_last && at + 1 == length && put + 3 <= room)
    put += put_bad (out + put, in[at++]);
  *used = at;
  return put;
}

/* Whether every other byte is zero often enough for UTF-16, and which one. */
static GwReaderEncoding
guess_utf16 (const guint8 *bytes, gsize length)
{
  gsize little = 0;
  gsize big = 0;
  gsize units = length / 2;
  gsize n_nul = 0;

  /* A damaged copy: text of single bytes with a few zeros in it. */
  if (gw_utf8_get_valid_prefix_counting (bytes, length, &n_nul) + 4 > length && n_nul * 5 < length)
    return GW_ENCODING_AUTO;
  for (gsize i = 0; i + 1 < length; i += 2)
    {
      little += bytes[i + 1] == 0 && bytes[i] != 0 && bytes[i] < 0x80;
      big += bytes[i] == 0 && bytes[i + 1] != 0 && bytes[i + 1] < 0x80;
    }
  /* A table has separators, digits and line ends: at least one character in fifty. */
  if (units >= 2 && little * 50 >= units && little > 8 * big)
    return GW_ENCODING_UTF16LE;
  if (units >= 2 && big * 50 >= units && big > 8 * little)
    return GW_ENCODING_UTF16BE;
  return GW_ENCODING_AUTO;
}

typedef struct
{
  gsize good;
  gsize wide; /* of the good, those of three bytes or more */
  gsize bad;  /* runs of bytes that fit nowhere */
  gsize bad_bytes;
  gsize first_bad;
} Score;

static Score
score_utf8 (const guint8 *bytes, gsize length, gboolean is_last)
{
  Score score = { .first_bad = length };
  gboolean was_bad = FALSE;
  gsize at = 0;

  while (at < length)
    {
      int sequence = gw_utf8_get_sequence (bytes + at, length - at);

      if (sequence < 0 && !is_last)
        break;
      if (sequence <= 0)
        {
          score.first_bad = score.bad == 0 ? at : score.first_bad;
          score.bad += !was_bad;
          score.bad_bytes++;
        }
      score.good += sequence > 1;
      score.wide += sequence > 2;
      was_bad = sequence <= 0;
      at += sequence <= 0 ? 1 : (gsize)sequence;
    }
  return score;
}

/* @usual: (out): characters of the first level of GB 2312 and its punctuation, which make up
 * nearly all of any Chinese text. */
static Score
score_gb18030 (const guint8 *bytes, gsize length, gboolean is_last, gsize *usual)
{
  Score score = { .first_bad = length };
  gsize at = 0;

  *usual = 0;
  while (at < length)
    {
      int form = get_gb_form (bytes + at, length - at);

      if (form < 0 && !is_last)
        break;
      if (form <= 0)
        score.bad++;
      else if (form > 1)
        score.good++;
      if (form == 2 && bytes[at + 1] >= 0xa1)
        *usual +=
            (bytes[at] >= 0xb0 && bytes[at] <= 0xd7) || bytes[at] == 0xa1 || bytes[at] == 0xa3;
      at += form <= 0 ? 1 : (gsize)form;
    }
  return score;
}

static gboolean
is_mostly (Score score)
{
  return score.good > 0 && score.bad * 20 <= score.good;
}

/* Decides by the first stretch of the file that is not plain ASCII. */
static void
guess_by_bytes (
    const guint8 *bytes, gsize length, guint64 offset, gboolean is_last, GwTextGuess *guess)
{
  Score utf8 = score_utf8 (bytes, length, is_last);
  Score gb = { 0 };
  gsize usual = 0;

  /* Text in GB18030 has many a pair of bytes that could be UTF-8, but hardly a triple. */
  if (utf8.bad == 0 || (utf8.wide > 0 && utf8.wide >= 4 * utf8.bad))
    {
      guess->encoding = GW_ENCODING_UTF8;
      guess->reason = GW_REASON_VALID_UTF8;
      return;
    }
  guess->bad_offset = offset + utf8.first_bad;
  gb = score_gb18030 (bytes, length, is_last, &usual);
  if (gb.bad == 0 || is_mostly (gb))
    {
      guess->encoding = GW_ENCODING_GB18030;
      guess->reason = GW_REASON_NOT_UTF8;
      guess->is_doubtful = usual * 2 < gb.good;
    }
  else if (utf8.bad <= 2 && utf8.bad_bytes * 4 <= length)
    {
      /* Hardly anything beyond ASCII, and that damaged: show the row rather than refuse the file.
       */
      guess->encoding = GW_ENCODING_UTF8;
      guess->reason = GW_REASON_VALID_UTF8;
    }
}

static gboolean
guess_by_mark (const guint8 *bytes, gsize length, GwTextGuess *guess)
{
  guess->has_byte_order_mark = TRUE;
  guess->reason = GW_REASON_BYTE_ORDER_MARK;
  if (length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    guess->encoding = GW_ENCODING_UTF8;
  else if (length >= 4 && memcmp (bytes, "\x84\x31\x95\x33", 4) == 0)
    guess->encoding = GW_ENCODING_GB18030;
  else if (length >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0)
    guess->encoding = GW_ENCODING_UTF16LE;
  else if (length >= 2 && memcmp (bytes, "\xfe\xff", 2) == 0)
    guess->encoding = GW_ENCODING_UTF16BE;
  else
    guess->has_byte_order_mark = FALSE;
  return guess->has_byte_order_mark;
}

/* Looks for the first byte beyond ASCII; a file may be ASCII for gigabytes. */
static gboolean
guess_by_content (const GwInput *input, guint8 *probe, GwTextGuess *guess)
{
  guint64 offset = 0;

  guess->encoding = GW_ENCODING_UTF8;
  guess->reason = GW_REASON_ASCII;
  while (offset < input->size)
    {
      gssize n = gw_input_read_at (input, offset, probe, PROBE_BYTES);
      gsize at;

      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
      at = gw_utf8_find_non_ascii (probe, (gsize)n);
      if (at < (gsize)n)
        {
          offset += at;
          n = gw_input_read_at (input, offset, probe, PROBE_BYTES);
          guess->encoding = GW_ENCODING_AUTO;
          if (n > 0)
            guess_by_bytes (probe, (gsize)n, offset, offset + (guint64)n >= input->size, guess);
          return n > 0;
        }
      offset += (guint64)n;
    }
  return TRUE;
}

gboolean
gw_text_source_guess (const GwInput *input, GwReaderEncoding asked, GwTextGuess *guess)
{
  g_autofree guint8 *probe = g_malloc (PROBE_BYTES);
  gssize n = gw_input_read_at (input, 0, probe, 64u << 10);

  *guess = (GwTextGuess){ 0 };
  if (n < 0)
    return FALSE;
  if (guess_by_mark (probe, (gsize)n, guess) &&
      (asked == GW_ENCODING_AUTO || asked == guess->encoding))
    return TRUE;
  if (asked != GW_ENCODING_AUTO)
    {
      *guess = (GwTextGuess){ .encoding = asked, .reason = GW_REASON_ASKED };
      return TRUE;
    }
  guess->encoding = guess_utf16 (probe, (gsize)n);
  if (guess->encoding != GW_ENCODING_AUTO)
    {
      guess->reason = GW_REASON_ZERO_BYTES;
      return TRUE;
    }
  return guess_by_content (input, probe, guess);
}

static guint64
get_mark_bytes (const GwTextGuess *guess)
{
  if (!guess->has_byte_order_mark)
    return 0;
  if (guess->encoding == GW_ENCODING_UTF8)
    return 3;
  return guess->encoding == GW_ENCODING_GB18030 ? 4 : 2;
}

GwTextSource *
gw_text_source_new (const GwInput *input, const GwTextGuess *guess)
{
  GwTextSource *self = g_new0 (GwTextSource, 1);

  self->input = input;
  self->encoding = guess->encoding;
  self->offset = get_mark_bytes (guess);
  self->iconv = (iconv_t)-1;
  if (self->encoding != GW_ENCODING_UTF8)
    self->raw = g_malloc (RAW_BYTES);
  if (self->encoding == GW_ENCODING_GB18030)
    {
      self->iconv = iconv_open ("UCS-4LE", "GB18030");
      if (self->iconv == (iconv_t)-1)
        {
          gw_text_source_free (self);
          return NULL;
        }
      self->two_byte = g_new0 (guint32, TWO_BYTE_CODES);
    }
  return self;
}

void
gw_text_source_free (GwTextSource *self)
{
  if (self == NULL)
    return;
  if (self->iconv != (iconv_t)-1)
    (void)iconv_close (self->iconv);
  g_free (self->two_byte);
  g_free (self->raw);
  g_free (self);
}

/* Moves the rest to the front and loads more behind it. */
static gboolean
load (GwTextSource *self)
{
  gssize n;

  memmove (self->raw, self->raw + self->raw_start, self->raw_end - self->raw_start);
  self->raw_end -= self->raw_start;
  self->raw_start = 0;
  n = gw_input_read_at (self->input, self->offset, self->raw + self->raw_end,
                        RAW_BYTES - self->raw_end);
  if (n < 0)
    return FALSE;
  self->offset += (guint64)n;
  self->raw_end += (gsize)n;
  return TRUE;
}

static gssize
decode (GwTextSource *self, guint8 *out, gsize room)
{
  const guint8 *in = NULL;
  gboolean is_last;
  gsize used = 0;
  gsize put = 0;

  if (self->raw_end - self->raw_start < 8 && !load (self))
    return -1;
  in = self->raw + self->raw_start;
  is_last = self->offset >= self->input->size;
  if (self->encoding == GW_ENCODING_GB18030)
    put = decode_gb18030 (self, in, self->raw_end - self->raw_start, is_last, out, room, &used);
  else
    put = decode_utf16 (self->encoding == GW_ENCODING_UTF16BE, in, self->raw_end - self->raw_start,
                        is_last, out, room, &used);
  self->raw_start += used;
  return (gssize)put;
}

gssize
gw_text_source_read (GwTextSource *self, guint8 *out, gsize room)
{
  gssize n;

  if (self->encoding != GW_ENCODING_UTF8)
    return decode (self, out, room);
  n = gw_input_read_at (self->input, self->offset, out, room);
  if (n > 0)
    self->offset += (guint64)n;
  return n;
}

guint64
gw_text_source_get_offset (const GwTextSource *self)
{
  return self->offset - (self->raw_end - self->raw_start);
}
