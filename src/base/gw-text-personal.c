/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-text.h"

#include "gw-clock.h"
#include <string.h>

/* Finds ID numbers and mobile numbers in free text. People write them with full-width digits, with
 * spaces or hyphens; and long numbers of other kinds must not raise an alarm. So the text is read
 * as clusters: digits that only spaces and hyphens part. Inside a cluster a number begins and ends
 * where a run of touching digits begins and ends. */

#define ID_LENGTH 18
#define MOBILE_LENGTH 11
/* More than that is a table or noise; a longer cluster is read in parts that begin at its gaps. */
#define MAX_CLUSTER 64
#define CHECK_X 10

typedef struct
{
  guint8 value;      /* 0-9, CHECK_X for the letter that may end an ID number */
  gboolean starts;   /* first of a run of touching digits */
  gboolean fraction; /* of a decimal fraction: "105.13812345678" is a longitude */
  const char *at;
  const char *end; /* behind the character */
} Digit;

typedef struct
{
  GwPersonal kind;
  const char *at;
  const char *end;
} Find;

static gboolean
is_separator (gunichar ch)
{
  return ch == ' ' || ch == 0xa0 || ch == 0x3000 || ch == '-' || ch == 0xff0d ||
         (ch >= 0x2010 && ch <= 0x2015) || ch == 0x2212 || (ch >= 0x2000 && ch <= 0x200b) ||
         ch == '\t';
}

static int
symbol_value (gunichar ch)
{
  if (ch == 'X' || ch == 'x' || ch == 0xff38 || ch == 0xff58)
    return CHECK_X;
  return ch < 0x80 ? g_ascii_digit_value ((char)ch) : g_unichar_digit_value (ch);
}

/* "12.5": the digits before the point are of a whole number, so those behind are a fraction. One
 * digit before it is taken for the number of a list item ("1.138…"), zero excepted. */
static gboolean
is_fraction (const char *origin, const char *at)
{
  const char *p = at;

  if (p == origin || p[-1] != '.' || p - origin < 2 || !g_ascii_isdigit (p[-2]))
    return FALSE;
  return p[-2] == '0' || (p - origin >= 3 && g_ascii_isdigit (p[-3]));
}

/* Reads the cluster at @cursor, which stands at a digit. Returns where to look for the next one. */
static const char *
read_cluster (const char *origin, const char *cursor, Digit *digits, guint *n)
{
  gboolean gap = TRUE;

  *n = 0;
  while (*cursor != '\0' && *n < MAX_CLUSTER)
    {
      gunichar ch = g_utf8_get_char (cursor);
      int value = symbol_value (ch);
      const char *next = g_utf8_next_char (cursor);

      if (value < 0 && !is_separator (ch))
        break;
      if (value >= 0)
        {
          digits[*n] =
              (Digit){ .value = (guint8)value,
                       .starts = gap,
                       .fraction = gap ? is_fraction (origin, cursor) : digits[*n - 1].fraction,
                       .at = cursor,
                       .end = next };
          ++*n;
        }
      gap = value < 0;
      cursor = next;
      if (value == CHECK_X)
        break; /* nothing goes on behind the letter */
    }
  return cursor;
}

static gboolean
ends_run (const Digit *digits, guint n, guint last)
{
  return last + 1 == n || digits[last + 1].starts;
}

static int
number_at (const Digit *digits, guint from, guint length)
{
  int sum = 0;

  for (guint i = from; i < from + length; ++i)
    sum = sum * 10 + digits[i].value;
  return sum;
}

/* GB/T 2260: the provinces have the numbers 11 to 65 in six regions; 71, 81 and 82 (and 83 for
 * Taiwan residents), and 91 to 99 for foreigners with permanent residence. */
static gboolean
is_province (int code)
{
  static const guint8 last[] = { 0, 5, 3, 7, 6, 4, 5 };

  if (code >= 11 && code <= 65)
    return code % 10 >= (code / 10 == 5 ? 0 : 1) && code % 10 <= last[code / 10];
  return code == 71 || (code >= 81 && code <= 83) || code >= 91;
}

/* GB 11643-1999: ISO 7064 MOD 11-2 over 17 digits. */
static gboolean
is_id_number (const Digit *digits, guint n, guint from)
{
  static const guint8 weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1 };
  guint sum = 0;
  gint32 birth;

  if (from + ID_LENGTH > n || !ends_run (digits, n, from + ID_LENGTH - 1))
    return FALSE;
  for (guint i = 0; i < ID_LENGTH; ++i)
    {
      if (digits[from + i].value == CHECK_X && i != ID_LENGTH - 1)
        return FALSE;
      sum += (guint)digits[from + i].value * weights[i];
    }
  birth = gw_day_from_ymd (number_at (digits, from + 6, 4), number_at (digits, from + 10, 2),
                           number_at (digits, from + 12, 2));
  return sum % 11 == 1 && birth >= gw_day_from_ymd (1880, 1, 1) &&
         birth < gw_day_from_ymd (2100, 1, 1) && is_province (number_at (digits, from, 2));
}

/* "138 1234 5678" and "1 3 8 1 …" are phone numbers; "15 2026-11-24 301" is a list of numbers. */
static gboolean
grouped_like_phone (const Digit *digits, guint from)
{
  guint shortest = MOBILE_LENGTH, longest = 0, run = 0;

  for (guint i = 0; i <= MOBILE_LENGTH; ++i)
    {
      if (i == MOBILE_LENGTH || (i > 0 && digits[from + i].starts))
        {
          shortest = MIN (shortest, run);
          longest = MAX (longest, run);
          run = 0;
        }
      ++run;
    }
  return shortest >= 3 || longest == 1;
}

/* The country code may touch the number: 8613812345678, 008613812345678. */
static guint
country_code_length (const Digit *digits, guint n, guint from)
{
  if (from + 4 <= n && number_at (digits, from, 4) == 86 && digits[from].value == 0)
    return 4;
  return from + 2 <= n && number_at (digits, from, 2) == 86 ? 2 : 0;
}

static gboolean
is_mobile (const Digit *digits, guint n, guint from)
{
  if (from + MOBILE_LENGTH > n || !ends_run (digits, n, from + MOBILE_LENGTH - 1))
    return FALSE;
  if (digits[from].value != 1 || digits[from + 1].value < 3)
    return FALSE;
  for (guint i = 0; i < MOBILE_LENGTH; ++i)
    if (digits[from + i].value == CHECK_X)
      return FALSE;
  return grouped_like_phone (digits, from);
}

static gboolean
find_from (const Digit *digits, guint n, guint from, Find *find)
{
  guint length = 0, skip = country_code_length (digits, n, from);

  find->kind = GW_PERSONAL_NONE;
  if (is_id_number (digits, n, from))
    {
      find->kind = GW_PERSONAL_ID_NUMBER;
      length = ID_LENGTH;
    }
  else if (is_mobile (digits, n, from))
    {
      find->kind = GW_PERSONAL_MOBILE;
      length = MOBILE_LENGTH;
    }
  else if (skip > 0 && is_mobile (digits, n, from + skip))
    {
      find->kind = GW_PERSONAL_MOBILE;
      length = MOBILE_LENGTH + skip;
    }
  if (length == 0)
    return FALSE;
  find->at = digits[from].at;
  find->end = digits[from + length - 1].end;
  return TRUE;
}

static gboolean
find_in_cluster (const Digit *digits, guint n, Find *find)
{
  for (guint i = 0; i + MOBILE_LENGTH <= n; ++i)
    if (digits[i].starts && !digits[i].fraction && find_from (digits, n, i, find))
      return TRUE;
  return FALSE;
}

/* A full cluster may cut a number in two: the next one begins at a gap in its second half. */
static const char *
restart_point (const Digit *digits, guint n, const char *cursor)
{
  if (n < MAX_CLUSTER)
    return cursor;
  for (guint i = n - 1; i > n / 2; --i)
    if (digits[i].starts && n - i >= ID_LENGTH + 4)
      return digits[i].at;
  /* One run without a gap: step over the rest of it. */
  while (*cursor != '\0' && symbol_value (g_utf8_get_char (cursor)) >= 0)
    cursor = g_utf8_next_char (cursor);
  return cursor;
}

static gboolean
find_next (const char *cursor, Find *find)
{
  const char *origin = cursor; /* behind the find before, whose digits are no whole number */
  Digit digits[MAX_CLUSTER];
  guint n;

  while (*cursor != '\0')
    {
      int value = symbol_value (g_utf8_get_char (cursor));

      if (value < 0 || value == CHECK_X)
        {
          cursor = g_utf8_next_char (cursor);
          continue;
        }
      cursor = read_cluster (origin, cursor, digits, &n);
      if (find_in_cluster (digits, n, find))
        return TRUE;
      cursor = restart_point (digits, n, cursor);
    }
  return FALSE;
}

/**
 * gw_text_find_personal:
 * @text: (nullable): UTF-8
 * @offset: (out) (optional): byte of the first find; left alone when there is none
 *
 * What free text holds that belongs into the vault only. ID numbers are 18 symbols with a province,
 * a date and the check symbol of GB 11643; mobile numbers 11 digits that begin with 13 to 19, with
 * or without country code. Any thread.
 *
 * Returns: all kinds that occur
 */
GwPersonal
gw_text_find_personal (const char *text, gsize *offset)
{
  GwPersonal kinds = GW_PERSONAL_NONE;
  const char *cursor = text;
  Find find;

  while (cursor != NULL && find_next (cursor, &find))
    {
      if (kinds == GW_PERSONAL_NONE && offset != NULL)
        *offset = (gsize)(find.at - text);
      kinds |= find.kind;
      cursor = find.end;
    }
  return kinds;
}

/**
 * gw_text_mask_personal:
 * @text: (nullable): UTF-8
 *
 * Every number that gw_text_find_personal() finds, covered by one "•" per character; for showing
 * what was found without showing it. Any thread.
 *
 * Returns: (transfer full): "" for %NULL
 */
char *
gw_text_mask_personal (const char *text)
{
  GString *out = g_string_new (NULL);
  const char *cursor = text;
  Find find;

  while (cursor != NULL && find_next (cursor, &find))
    {
      g_string_append_len (out, cursor, find.at - cursor);
      for (const char *p = find.at; p < find.end; p = g_utf8_next_char (p))
        g_string_append (out, "•");
      cursor = find.end;
    }
  if (cursor != NULL)
    g_string_append (out, cursor);
  return g_string_free (out, FALSE);
}
