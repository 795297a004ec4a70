/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-clock.h"
#include "gw-reader-client.h"
#include "gw-row-check-private.h"
#include "gw-text.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define DAY_SECONDS 86400
/* Serial numbers of a spreadsheet that can be meant: 1970 to 2100. Their day 25569 is 1970-01-01.
 */
#define SERIAL_EPOCH 25569
#define SERIAL_MAX 73050

/* ---- the usual form, which a million rows of a file have: 2022-12-26[ 08:55[:09]] ---- */

static gboolean
two_digits (const char *at, int *value)
{
  if (!g_ascii_isdigit (at[0]) || !g_ascii_isdigit (at[1]))
    return FALSE;
  *value = (at[0] - '0') * 10 + at[1] - '0';
  return TRUE;
}

static gboolean
parse_usual (const char *text, gsize length, gint64 *utc)
{
  int century, year, month, day, hour = 0, minute = 0, second = 0;
  gint32 number;

  if ((length != 10 && length != 16 && length != 19) || text[4] != text[7] ||
      (text[4] != '-' && text[4] != '/'))
    return FALSE;
  if (!two_digits (text, &century) || !two_digits (text + 2, &year) ||
      !two_digits (text + 5, &month) || !two_digits (text + 8, &day))
    return FALSE;
  if (length > 10 && ((text[10] != ' ' && text[10] != 'T') || text[13] != ':' ||
                      !two_digits (text + 11, &hour) || !two_digits (text + 14, &minute)))
    return FALSE;
  if (length > 16 && (text[16] != ':' || !two_digits (text + 17, &second)))
    return FALSE;
  if (hour > 23 || minute > 59 || second > 59)
    return FALSE;
  number = gw_day_from_ymd (century * 100 + year, month, day);
  if (number == G_MININT32)
    return FALSE;
  *utc = gw_time_of_day (number, hour, minute, second);
  return TRUE;
}

/* ---- the unusual ones ---- */

/* 44921.371528: days since 1899-12-30. */
static gboolean
parse_serial (const char *text, gint64 *utc)
{
  char *end;
  double serial;

  if (strspn (text, "0123456789.") != strlen (text) || strcspn (text, ".") != 5)
    return FALSE;
  serial = g_ascii_strtod (text, &end);
  if (*end != '\0' || serial < SERIAL_EPOCH || serial > SERIAL_MAX)
    return FALSE;
  *utc = (gint64)((serial - SERIAL_EPOCH) * DAY_SECONDS + 0.5) - GW_CST_OFFSET;
  return TRUE;
}

/* "2022.12.26 8:55": the dots of the day only. */
static gboolean
parse_dotted (const char *text, gint64 *utc)
{
  g_autofree char *copy = NULL;
  guint dots = 0;

  if (strspn (text, "0123456789") != 4 || text[4] != '.')
    return FALSE;
  copy = g_strdup (text);
  for (char *at = copy; *at != '\0' && *at != ' ' && dots < 2; at++)
    if (*at == '.')
      {
        *at = '-';
        dots++;
      }
  return dots == 2 && gw_time_parse (copy, utc, NULL);
}

/* "26/12/2022": only when no reader can take the day for the month. */
static gboolean
parse_year_last (const char *text, gint64 *utc)
{
  int first, second, year, used = 0;
  g_autofree char *turned = NULL;
  int month, day;

  if (sscanf (text, "%2d/%2d/%4d%n", &first, &second, &year, &used) != 3 || used == 0 ||
      year < 1000)
    return FALSE;
  if ((first > 12) == (second > 12))
    return FALSE;
  month = first > 12 ? second : first;
  day = first > 12 ? first : second;
  turned = g_strdup_printf ("%04d-%02d-%02d%s", year, month, day, text + used);
  return gw_time_parse (turned, utc, NULL);
}

static gboolean
is_ambiguous (const char *text)
{
  int first, second, year;

  return sscanf (text, "%2d/%2d/%4d", &first, &second, &year) == 3 && year > 1000 && first <= 12 &&
         second <= 12;
}

gboolean
gw_check_parse_time (const char *text, guint flags, gint64 *utc, gboolean *guess)
{
  g_autofree char *tidy = NULL;

  *guess = FALSE;
  if (parse_usual (text, strlen (text), utc))
    return TRUE;
  tidy = gw_text_tidy (text);
  if ((flags & GW_CELL_NUMBER) == 0 && gw_time_parse (tidy, utc, NULL))
    return TRUE;
  *guess = TRUE;
  return parse_serial (tidy, utc) || parse_dotted (tidy, utc) || parse_year_last (tidy, utc) ||
         gw_time_parse (tidy, utc, NULL);
}

static void
refuse_time (GwRowCheck *self, int column, const char *text)
{
  if (is_ambiguous (text))
    gw_check_refuse (self, column,
                     _ ("“%s” may mean two different days; write the date like 2026-11-24"), text);
  else
    gw_check_refuse (self, column, _ ("this is no date; write it like 2026-11-24 14:05"));
}

static void
tell_guess (GwRowCheck *self, int column, const char *text, gint64 utc)
{
  g_autofree char *read = GW_CHECK_TELLS (self) ? gw_time_format (utc) : NULL;
  g_autofree char *seen = GW_CHECK_TELLS (self) ? gw_text_ellipsize (text, 20) : NULL;

  gw_check_warn (self, column,
                 _ ("“%s” was read as %s; if that is wrong, format the column as a date"),
                 seen != NULL ? seen : "", read != NULL ? read : "");
}

gboolean
gw_check_time (GwRowCheck *self, int target, gint64 *utc)
{
  int column = gw_check_column (self, target);
  const char *text = gw_check_cell (self, target);
  gboolean guess;
  gint64 found;

  if (*text == '\0' || !gw_check_raw (self, column))
    return FALSE;
  if (!gw_check_parse_time (text, self->row->cell_flags[column], &found, &guess))
    {
      if (!gw_text_is_blank (text))
        refuse_time (self, column, text);
      return FALSE;
    }
  if (guess)
    tell_guess (self, column, text, found);
  *utc = found;
  return TRUE;
}
