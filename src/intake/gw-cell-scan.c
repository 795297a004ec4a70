/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-cell-scan.h"

#include <string.h>

/* A mobile number has eleven digits, the shortest number of a person that is looked for. */
#define MIN_DIGITS 11u
/* So many letters of the Latin-1 block beside each other are no Chinese and no English. */
#define MIN_LATIN 4u

typedef struct
{
  guint flags, digits, latin;
  gsize n_characters;
  gboolean gap;    /* the last character was white space, or there is none yet */
  gboolean filled; /* something but white space was there */
} Scan;

static void
see_space (Scan *scan, gboolean usual)
{
  if (scan->gap || !usual)
    scan->flags |= GW_SCAN_UNTIDY;
  scan->gap = TRUE;
}

static void
see_ascii (Scan *scan, guint8 byte)
{
  if (byte > ' ' && byte != 0x7f)
    {
      scan->digits += byte >= '0' && byte <= '9';
      scan->gap = FALSE;
      scan->filled = TRUE;
    }
  else if (byte == ' ')
    see_space (scan, TRUE);
  else
    {
      if (byte != '\n' && byte != '\r' && byte != '\t')
        scan->flags |= GW_SCAN_CONTROL;
      see_space (scan, FALSE);
    }
}

static void
see_two_bytes (Scan *scan, const guint8 *at)
{
  if (at[0] == 0xc2 && at[1] < 0xa0)
    scan->flags |= GW_SCAN_CONTROL;
  if (at[0] == 0xc2 && (at[1] == 0xa0 || at[1] == 0xad))
    scan->flags |= GW_SCAN_UNTIDY;
  scan->latin += at[0] == 0xc2 || at[0] == 0xc3;
  scan->digits++; /* digits of other scripts are among these */
}

static void
see_three_bytes (Scan *scan, const guint8 *at)
{
  if (at[0] == 0xe3 && at[1] == 0x80 && at[2] == 0x80)
    {
      see_space (scan, FALSE);
      return;
    }
  if (at[0] == 0xe2 && (at[1] == 0x80 || at[1] == 0x81))
    {
      /* Dashes and Chinese quotation marks are here too. */
      if (at[1] == 0x81 || at[2] <= 0x8b || at[2] == 0xa8 || at[2] == 0xa9 || at[2] == 0xaf)
        scan->flags |= GW_SCAN_UNTIDY;
    }
  else if (at[0] == 0xef && at[1] == 0xbc)
    scan->digits += at[2] >= 0x90 && at[2] <= 0x99;
  else if (at[0] == 0xef && at[1] == 0xbb && at[2] == 0xbf)
    scan->flags |= GW_SCAN_UNTIDY;
  else if (at[0] == 0xef && at[1] == 0xbf && at[2] == 0xbd)
    scan->flags |= GW_SCAN_REPLACEMENT;
  else if (at[0] < 0xe2 || at[0] > 0xe9)
    scan->digits++;
  scan->gap = FALSE;
  scan->filled = TRUE;
}

static gsize
see_wide (Scan *scan, const guint8 *at)
{
  gsize bytes = at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;

  if (bytes == 3)
    {
      see_three_bytes (scan, at);
      return bytes;
    }
  if (bytes == 2)
    see_two_bytes (scan, at);
  else
    scan->digits++;
  scan->gap = FALSE;
  scan->filled = TRUE;
  return bytes;
}

/* UTF-8 read as GB18030 and the other way round leave these behind. */
static gboolean
has_known_garble (const char *text)
{
  static const char *const marks[] = { "锟斤拷", "烫烫烫", "ï»¿", "锘縡" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strstr (text, marks[i]) != NULL)
      return TRUE;
  return FALSE;
}

guint
gw_cell_scan (const char *text, gsize length, gsize *n_characters)
{
  const guint8 *at = (const guint8 *)text, *end = at + length;
  Scan scan = { .gap = TRUE };
  gboolean rare = FALSE;

  while (at < end)
    {
      scan.n_characters++;
      if (*at < 0x80)
        see_ascii (&scan, *at++);
      else if (*at >= 0xe4 && *at <= 0xe9)
        {
          /* 锟 E9 94 9F, 烫 E7 83 AB, 锘 E9 94 98 */
          rare = rare || (at[1] == 0x94 && at[0] == 0xe9) || (at[1] == 0x83 && at[0] == 0xe7);
          scan.gap = FALSE;
          scan.filled = TRUE;
          at += 3;
        }
      else
        at += see_wide (&scan, at);
    }
  *n_characters = scan.n_characters;
  if (!scan.filled)
    scan.flags |= GW_SCAN_EMPTY;
  else if (scan.gap)
    scan.flags |= GW_SCAN_UNTIDY;
  if (scan.digits >= MIN_DIGITS)
    scan.flags |= GW_SCAN_DIGITS;
  if (scan.latin >= MIN_LATIN || ((rare || scan.latin > 0) && has_known_garble (text)))
    scan.flags |= GW_SCAN_GARBLED;
  return scan.flags;
}
