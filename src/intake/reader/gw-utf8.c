/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-utf8.h"

#include <string.h>

#define HIGH_BITS G_GUINT64_CONSTANT (0x8080808080808080)
#define LOW_SEVEN G_GUINT64_CONSTANT (0x7f7f7f7f7f7f7f7f)

static inline guint64
load_word (const guint8 *bytes)
{
  guint64 word;

  memcpy (&word, bytes, sizeof word);
  return word;
}

/* Exact for words whose bytes are all below 0x80. */
static inline guint
count_nul_in_ascii (guint64 word)
{
  return (guint)__builtin_popcountll (~(word + LOW_SEVEN) & HIGH_BITS);
}

static inline gboolean
is_continuation (guint8 byte)
{
  return (byte & 0xc0) == 0x80;
}

static int
get_three (const guint8 *bytes, gsize length)
{
  if (length >= 2 && (!is_continuation (bytes[1]) || (bytes[0] == 0xe0 && bytes[1] < 0xa0) ||
                      (bytes[0] == 0xed && bytes[1] > 0x9f)))
    return 0;
  if (length < 3)
    return -1;
  if (!is_continuation (bytes[2]))
    return 0;
  if (bytes[0] == 0xef && bytes[1] == 0xbf && bytes[2] >= 0xbe)
    return 0; /* U+FFFE, U+FFFF */
  if (bytes[0] == 0xef && bytes[1] == 0xb7 && bytes[2] >= 0x90 && bytes[2] <= 0xaf)
    return 0; /* U+FDD0 to U+FDEF */
  return 3;
}

static int
get_four (const guint8 *bytes, gsize length)
{
  if (length >= 2 && (!is_continuation (bytes[1]) || (bytes[0] == 0xf0 && bytes[1] < 0x90) ||
                      (bytes[0] == 0xf4 && bytes[1] > 0x8f)))
    return 0;
  if (length >= 3 && !is_continuation (bytes[2]))
    return 0;
  if (length < 4)
    return -1;
  if (!is_continuation (bytes[3]))
    return 0;
  if ((bytes[1] & 0x0f) == 0x0f && bytes[2] == 0xbf && bytes[3] >= 0xbe)
    return 0; /* the last two of each plane */
  return 4;
}

int
gw_utf8_get_sequence (const guint8 *bytes, gsize length)
{
  if (length == 0)
    return -1;
  if (bytes[0] < 0x80)
    return 1;
  if (bytes[0] < 0xc2 || bytes[0] > 0xf4)
    return 0;
  if (bytes[0] >= 0xf0)
    return get_four (bytes, length);
  if (bytes[0] >= 0xe0)
    return get_three (bytes, length);
  if (length < 2)
    return -1;
  return is_continuation (bytes[1]) ? 2 : 0;
}

/* Chinese text is nearly all three-byte sequences without the special first bytes. */
static inline gsize
skip_plain_three (const guint8 *bytes, gsize at, gsize length)
{
  while (at + 3 <= length && bytes[at] > 0xe0 && bytes[at] < 0xef && bytes[at] != 0xed &&
         is_continuation (bytes[at + 1]) && is_continuation (bytes[at + 2]))
    at += 3;
  return at;
}

gsize
gw_utf8_get_valid_prefix_counting (const guint8 *bytes, gsize length, gsize *n_nul)
{
  gsize at = 0;
  gsize nul = 0;

  while (at < length)
    {
      int sequence;

      while (at + 8 <= length)
        {
          guint64 word = load_word (bytes + at);

          if (word & HIGH_BITS)
            break;
          nul += count_nul_in_ascii (word);
          at += 8;
        }
      while (at < length && bytes[at] < 0x80)
        nul += bytes[at++] == 0;
      at = skip_plain_three (bytes, at, length);
      if (at == length)
        break;
      if (bytes[at] < 0x80)
        continue;
      sequence = gw_utf8_get_sequence (bytes + at, length - at);
      if (sequence <= 0)
        break;
      at += (gsize)sequence;
    }
  *n_nul = nul;
  return at;
}

gsize
gw_utf8_get_valid_prefix (const guint8 *bytes, gsize length)
{
  gsize ignored;

  return gw_utf8_get_valid_prefix_counting (bytes, length, &ignored);
}

gsize
gw_utf8_find_non_ascii (const guint8 *bytes, gsize length)
{
  gsize at = 0;

  while (at + 8 <= length && !(load_word (bytes + at) & HIGH_BITS))
    at += 8;
  while (at < length && bytes[at] < 0x80)
    at++;
  return at;
}

gsize
gw_utf8_put (guint8 *out, guint32 scalar)
{
  if (scalar < 0x80)
    {
      out[0] = (guint8)scalar;
      return 1;
    }
  if (scalar < 0x800)
    {
      out[0] = (guint8)(0xc0 | scalar >> 6);
      out[1] = (guint8)(0x80 | (scalar & 0x3f));
      return 2;
    }
  if (scalar < 0x10000)
    {
      out[0] = (guint8)(0xe0 | scalar >> 12);
      out[1] = (guint8)(0x80 | (scalar >> 6 & 0x3f));
      out[2] = (guint8)(0x80 | (scalar & 0x3f));
      return 3;
    }
  out[0] = (guint8)(0xf0 | scalar >> 18);
  out[1] = (guint8)(0x80 | (scalar >> 12 & 0x3f));
  out[2] = (guint8)(0x80 | (scalar >> 6 & 0x3f));
  out[3] = (guint8)(0x80 | (scalar & 0x3f));
  return 4;
}
