/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-clock.h"

#include <string.h>

/* The reading half of gw-clock.h: a cursor that moves over the text, one small function per part.
 * Nothing here depends on the locale. */

/* "2026年11月24日 14时05分09秒" is the longest sensible text; longer cells are no dates. */
#define MAX_TEXT 64

typedef struct
{
  int hour, minute, second;
  gboolean has_time;
  gboolean has_offset;
  int offset; /* seconds east of Greenwich */
} TimePart;

static gboolean
take (const char **cursor, const char *literal)
{
  if (!g_str_has_prefix (*cursor, literal))
    return FALSE;
  *cursor += strlen (literal);
  return TRUE;
}

static void
skip_spaces (const char **cursor)
{
  while (**cursor == ' ' || **cursor == '\t')
    ++*cursor;
}

/* Between @min and @max digits; fails without moving. */
static gboolean
take_number (const char **cursor, int min, int max, int *value)
{
  int n = 0, sum = 0;

  while (n < max && g_ascii_isdigit ((*cursor)[n]))
    sum = sum * 10 + ((*cursor)[n++] - '0');
  if (n < min)
    return FALSE;
  *cursor += n;
  *value = sum;
  return TRUE;
}

static gboolean
take_month_and_day (
    const char **cursor, const char *between, const char *after, int *month, int *day)
{
  return take_number (cursor, 1, 2, month) && take (cursor, between) &&
         take_number (cursor, 1, 2, day) && take (cursor, after);
}

static gboolean
take_day (const char **cursor, gint32 *result)
{
  int year, month, day;
  gboolean ok;

  if (!take_number (cursor, 4, 4, &year))
    return FALSE;
  if (take (cursor, "-"))
    ok = take_month_and_day (cursor, "-", "", &month, &day);
  else if (take (cursor, "/"))
    ok = take_month_and_day (cursor, "/", "", &month, &day);
  else if (take (cursor, "年"))
    ok = take_month_and_day (cursor, "月", "日", &month, &day);
  else
    ok = take_number (cursor, 2, 2, &month) && take_number (cursor, 2, 2, &day);
  if (!ok)
    return FALSE;
  *result = gw_day_from_ymd (year, month, day);
  return *result != G_MININT32;
}

/* "5" of "14:05:5.250": seconds and a fraction that is dropped. */
static gboolean
take_seconds (const char **cursor, int *second)
{
  if (!take_number (cursor, 1, 2, second))
    return FALSE;
  if ((**cursor == '.' || **cursor == ',') && g_ascii_isdigit ((*cursor)[1]))
    do
      ++*cursor;
    while (g_ascii_isdigit (**cursor));
  return TRUE;
}

static gboolean
take_chinese_minutes (const char **cursor, TimePart *part)
{
  const char *before = *cursor;

  skip_spaces (&before);
  if (!g_ascii_isdigit (*before))
    return TRUE; /* "14时" */
  *cursor = before;
  if (!take_number (cursor, 1, 2, &part->minute) || !take (cursor, "分"))
    return FALSE;
  if (!g_ascii_isdigit (**cursor))
    return TRUE;
  return take_seconds (cursor, &part->second) && take (cursor, "秒");
}

static gboolean
take_clock_time (const char **cursor, TimePart *part)
{
  if (!take_number (cursor, 1, 2, &part->hour))
    return FALSE;
  part->has_time = TRUE;
  if (take (cursor, "时") || take (cursor, "點") || take (cursor, "点"))
    return take_chinese_minutes (cursor, part);
  if (!take (cursor, ":") || !take_number (cursor, 2, 2, &part->minute))
    return FALSE;
  return !take (cursor, ":") || take_seconds (cursor, &part->second);
}

/* "Z", "+08:00", "+0800" or "+08". */
static gboolean
take_offset (const char **cursor, TimePart *part)
{
  int hours, minutes = 0, sign = **cursor == '-' ? -1 : 1;

  if (take (cursor, "Z"))
    {
      part->has_offset = TRUE;
      return TRUE;
    }
  if (**cursor != '+' && **cursor != '-')
    return TRUE;
  ++*cursor;
  if (!take_number (cursor, 2, 2, &hours))
    return FALSE;
  if (take (cursor, ":") || g_ascii_isdigit (**cursor))
    if (!take_number (cursor, 2, 2, &minutes))
      return FALSE;
  part->has_offset = TRUE;
  part->offset = sign * (hours * 3600 + minutes * 60);
  return hours <= 14 && minutes < 60;
}

static gboolean
take_time_part (const char **cursor, TimePart *part)
{
  const char *before = *cursor;
  gboolean after_character = (guchar)before[-1] >= 0x80;

  if (take (cursor, "T"))
    return take_clock_time (cursor, part) && take_offset (cursor, part);
  skip_spaces (cursor);
  if (**cursor == '\0')
    return TRUE;
  /* "2026-11-2414:05" would be a guess; "24日14:05" is not. */
  if (*cursor == before && !after_character)
    return FALSE;
  if (!take_clock_time (cursor, part))
    return FALSE;
  skip_spaces (cursor);
  return take_offset (cursor, part);
}

static gboolean
part_is_valid (const TimePart *part)
{
  if (part->hour == 24)
    return part->minute == 0 && part->second == 0;
  return part->hour < 24 && part->minute < 60 && part->second < 60;
}

static gboolean
parse_tidy (const char *text, gint64 *utc, gboolean *has_time)
{
  const char *cursor = text;
  gint32 day;
  TimePart part = { 0 };

  skip_spaces (&cursor);
  if (!take_day (&cursor, &day))
    return FALSE;
  if (!take_time_part (&cursor, &part))
    return FALSE;
  skip_spaces (&cursor);
  if (*cursor != '\0' || !part_is_valid (&part))
    return FALSE;
  if (utc != NULL)
    {
      *utc = gw_time_of_day (day, part.hour, part.minute, part.second);
      if (part.has_offset)
        *utc += GW_CST_OFFSET - part.offset;
    }
  if (has_time != NULL)
    *has_time = part.has_time;
  return TRUE;
}

/**
 * gw_time_parse:
 * @text: (nullable): what a person or a file says
 * @utc: (out) (optional): UTC seconds; midnight China Standard Time when there is no time of day
 * @has_time: (out) (optional): whether @text names a time of day
 *
 * Full-width digits and signs are read as well, because input methods produce them. 24:00 is the
 * midnight that ends the day. Numbers that may be serial numbers of a spreadsheet are not guessed.
 *
 * Any thread. Out-parameters are left alone on failure.
 *
 * Returns: %FALSE when @text is no date
 */
gboolean
gw_time_parse (const char *text, gint64 *utc, gboolean *has_time)
{
  g_autofree char *narrow = NULL;

  if (text == NULL || strlen (text) > MAX_TEXT)
    return FALSE;
  if (g_str_is_ascii (text))
    return parse_tidy (text, utc, has_time);
  narrow = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  return narrow != NULL && parse_tidy (narrow, utc, has_time);
}

/**
 * gw_day_parse:
 * @text: (nullable): a date in any form of gw_time_parse()
 * @day: (out) (optional): its day in China Standard Time
 *
 * A time of day is allowed and dropped.
 *
 * Returns: %FALSE when @text is no date
 */
gboolean
gw_day_parse (const char *text, gint32 *day)
{
  gint64 utc;

  if (!gw_time_parse (text, &utc, NULL))
    return FALSE;
  if (day != NULL)
    *day = gw_day_of_time (utc);
  return TRUE;
}
