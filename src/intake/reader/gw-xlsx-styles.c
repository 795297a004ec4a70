/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-xlsx-styles.h"

#include <math.h>
#include <string.h>

#include "gw-xml.h"

#define SECONDS_A_DAY 86400
#define LAST_SERIAL 2958466.0 /* the day after 9999-12-31 */
#define MAX_STYLES 65536u

typedef struct
{
  GHashTable *codes; /* format id → GwXlsxKind + 1 */
  GArray *kinds;
  gboolean is_in_cells;
} Styles;

/* Formats that every file may use without saying so; 27 to 36 and 50 to 58 are dates in the
 * Chinese, Japanese and Korean versions. */
static GwXlsxKind
get_builtin_kind (guint64 id)
{
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35) || id == 55 ||
      id == 56)
    return GW_XLSX_TIME;
  if (id == 22)
    return GW_XLSX_DATE_TIME;
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
    return GW_XLSX_DATE;
  return GW_XLSX_NUMBER;
}

/* Steps over what is literal: quoted text, escaped characters, [Red] and [$-804]. */
static const char *
skip_literal (const char *at, gboolean *is_elapsed)
{
  const char *end = NULL;

  if (*at == '"')
    end = strchr (at + 1, '"');
  else if (*at == '\\' || *at == '_' || *at == '*')
    end = at[1] == '\0' ? NULL : at + 1;
  else if (*at == '[')
    {
      end = strchr (at, ']');
      if (strchr ("hHmMsS", at[1]) != NULL && at[1] != '\0')
        *is_elapsed = TRUE;
    }
  else
    {
      return at;
    }
  return end == NULL ? at + strlen (at) : end + 1;
}

GwXlsxKind
gw_xlsx_kind_of_code (const char *code)
{
  gboolean has_day = FALSE;
  gboolean has_clock = FALSE;
  gboolean has_month = FALSE;
  const char *at = code;

  if (g_ascii_strncasecmp (code, "General", 7) == 0)
    return GW_XLSX_NUMBER;
  while (*at != '\0' && *at != ';')
    {
      const char *next = skip_literal (at, &has_clock);

      if (next != at)
        {
          at = next;
          continue;
        }
      has_day = has_day || strchr ("yYdD", *at) != NULL;
      has_clock = has_clock || strchr ("hHsS", *at) != NULL;
      has_month = has_month || strchr ("mM", *at) != NULL;
      at++;
    }
  if (has_day && has_clock)
    return GW_XLSX_DATE_TIME;
  if (has_clock)
    return GW_XLSX_TIME;
  return has_day || has_month ? GW_XLSX_DATE : GW_XLSX_NUMBER;
}

static GwXlsxKind
get_kind (const Styles *self, const char *id_text)
{
  guint64 id = id_text == NULL ? 0 : g_ascii_strtoull (id_text, NULL, 10);
  guint own = GPOINTER_TO_UINT (g_hash_table_lookup (self->codes, GSIZE_TO_POINTER (id)));

  return own == 0 ? get_builtin_kind (id) : (GwXlsxKind)(own - 1);
}

static void
styles_start (GwXml *xml, const char *name, const char **attributes, gpointer user_data)
{
  Styles *self = user_data;
  const char *id = gw_xml_get_attribute (attributes, "numFmtId");
  const char *code = gw_xml_get_attribute (attributes, "formatCode");

  if (strcmp (name, "numFmt") == 0 && id != NULL && code != NULL)
    {
      guint64 number = g_ascii_strtoull (id, NULL, 10);

      g_hash_table_insert (self->codes, GSIZE_TO_POINTER (number),
                           GUINT_TO_POINTER (gw_xlsx_kind_of_code (code) + 1));
    }
  else if (strcmp (name, "cellXfs") == 0)
    {
      self->is_in_cells = TRUE;
    }
  else if (strcmp (name, "xf") == 0 && self->is_in_cells && self->kinds->len < MAX_STYLES)
    {
      GwXlsxKind kind = get_kind (self, id);

      g_array_append_val (self->kinds, kind);
    }
}

static void
styles_end (GwXml *xml, const char *name, gpointer user_data)
{
  Styles *self = user_data;

  if (strcmp (name, "cellXfs") == 0)
    self->is_in_cells = FALSE;
}

GArray *
gw_xlsx_styles_read (GwZip *zip, GwSink *sink, const GwZipPart *part)
{
  static const GwXmlHandler handler = { styles_start, styles_end, NULL };
  g_autoptr (GHashTable) codes = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) kinds = g_array_new (FALSE, FALSE, sizeof (GwXlsxKind));
  Styles self = { codes, kinds, FALSE };

  if (part != NULL && !gw_xml_parse (zip, sink, part, &handler, &self, FALSE))
    return NULL;
  return g_steal_pointer (&kinds);
}

gboolean
gw_xlsx_format_date (char text[GW_XLSX_TEXT_BYTES],
                     double serial,
                     GwXlsxKind kind,
                     gboolean starts_1904)
{
  gint64 seconds;
  gint64 day;
  guint clock;
  GDate date;

  if (!(serial >= 0) || serial >= LAST_SERIAL - 1462)
    return FALSE;
  seconds = (gint64)floor (serial * SECONDS_A_DAY + 0.5);
  day = seconds / SECONDS_A_DAY + (starts_1904 ? 1462 : 0);
  clock = (guint)(seconds % SECONDS_A_DAY);
  if (kind == GW_XLSX_TIME && seconds < SECONDS_A_DAY)
    {
      g_snprintf (text, GW_XLSX_TEXT_BYTES, "%02u:%02u:%02u", clock / 3600, clock / 60 % 60,
                  clock % 60);
      return TRUE;
    }
  /* Day 60 is the 29 February 1900 that never was, kept for Lotus 1-2-3. */
  if (day == 60 || day == 0)
    return FALSE;
  /* GDate counts from 0001-01-01 = 1; 1899-12-30 is 693594. */
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32)(693594 + day + (day < 60 ? 1 : 0)));
  if (kind == GW_XLSX_DATE && clock == 0)
    g_snprintf (text, GW_XLSX_TEXT_BYTES, "%04d-%02d-%02d", g_date_get_year (&date),
                (int)g_date_get_month (&date), g_date_get_day (&date));
  else
    g_snprintf (text, GW_XLSX_TEXT_BYTES, "%04d-%02d-%02d %02u:%02u:%02u", g_date_get_year (&date),
                (int)g_date_get_month (&date), g_date_get_day (&date), clock / 3600,
                clock / 60 % 60, clock % 60);
  return TRUE;
}

/* Up to 15 digits the stored text is already what the user typed. */
static gboolean
is_plain_number (const char *raw, gsize length)
{
  gsize digits = 0;

  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (raw[i]))
      digits++;
    else if (raw[i] != '.' && !(raw[i] == '-' && i == 0))
      return FALSE;
  return digits > 0 && digits <= 15;
}

/* Of a number beyond 15 digits the rest is noise, which a spreadsheet shows as zeros. */
static void
format_long_number (char text[GW_XLSX_TEXT_BYTES], double number)
{
  char scientific[GW_XLSX_TEXT_BYTES];
  const char *exponent = NULL;
  gint64 zeros;
  char *out = text;

  g_ascii_formatd (scientific, sizeof scientific, "%.14e", number);
  exponent = strchr (scientific, 'e');
  zeros = g_ascii_strtoll (exponent + 1, NULL, 10) - 14;
  for (const char *at = scientific; at < exponent; at++)
    if (*at != '.')
      *out++ = *at;
  while (zeros-- > 0)
    *out++ = '0';
  *out = '\0';
}

gboolean
gw_xlsx_format_number (char text[GW_XLSX_TEXT_BYTES], const char *raw, gsize length)
{
  char copy[GW_XLSX_TEXT_BYTES];
  char *end = NULL;
  double number;

  if (length == 0 || length >= sizeof copy)
    return FALSE;
  memcpy (copy, raw, length);
  copy[length] = '\0';
  if (is_plain_number (raw, length))
    {
      memcpy (text, copy, length + 1);
      return TRUE;
    }
  number = g_ascii_strtod (copy, &end);
  if (end != copy + length || !isfinite (number))
    return FALSE;
  if (fabs (number) < 1e21 && fabs (number) >= 1e15)
    format_long_number (text, number);
  else
    g_ascii_formatd (text, GW_XLSX_TEXT_BYTES, "%.15g", number);
  return TRUE;
}
