/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-xlsx-strings.h"

#include <string.h>

#include "gw-utf8.h"
#include "gw-xml.h"

struct _GwXlsxStrings
{
  GwSink *sink;
  char *text;
  gsize n_text;
  gsize room;
  GArray *ends;         /* of gsize: where each string ends */
  gboolean is_in_text;  /* within <t> */
  guint phonetic_depth; /* within <rPh>: how to say it, not what it says */
};

static gboolean
is_escape (const char *text, gsize left)
{
  if (left < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
    return FALSE;
  for (gsize i = 2; i < 6; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  return TRUE;
}

static gsize
put_escaped (char *out, const char *escape)
{
  guint32 scalar = 0;

  for (gsize i = 2; i < 6; i++)
    scalar = scalar << 4 | (guint)g_ascii_xdigit_value (escape[i]);
  if (scalar == 0 || scalar == '\r' || (scalar >= 0xd800 && scalar < 0xe000))
    return 0;
  return gw_utf8_put ((guint8 *)out, scalar);
}

gsize
gw_xlsx_strings_unescape (char *text, gsize length)
{
  const char *first = length == 0 ? NULL : memchr (text, '_', length);
  gsize from;
  gsize to;

  if (first == NULL)
    return length;
  from = to = (gsize)(first - text);
  while (from < length)
    {
      if (is_escape (text + from, length - from))
        {
          to += put_escaped (text + to, text + from);
          from += 7;
        }
      else
        {
          text[to++] = text[from++];
        }
    }
  return to;
}

static gboolean
reserve (GwXlsxStrings *self, gsize more)
{
  gsize wanted = self->n_text + more;
  char *grown = NULL;

  if (wanted <= self->room)
    return TRUE;
  wanted = MIN (MAX (wanted, self->room + self->room / 2 + 4096), GW_XLSX_MAX_STRING_BYTES);
  if (self->n_text + more > wanted)
    return FALSE;
  grown = g_try_realloc (self->text, wanted);
  if (grown == NULL)
    return FALSE;
  self->text = grown;
  self->room = wanted;
  return TRUE;
}

static void
string_start (GwXml *xml, const char *name, const char **attributes, gpointer user_data)
{
  GwXlsxStrings *self = user_data;

  if (strcmp (name, "rPh") == 0)
    self->phonetic_depth++;
  self->is_in_text = strcmp (name, "t") == 0 && self->phonetic_depth == 0;
}

static gsize
get_start (const GwXlsxStrings *self, guint index)
{
  return index == 0 ? 0 : g_array_index (self->ends, gsize, index - 1);
}

static void
string_end (GwXml *xml, const char *name, gpointer user_data)
{
  GwXlsxStrings *self = user_data;
  gsize start;

  if (strcmp (name, "t") == 0)
    self->is_in_text = FALSE;
  else if (strcmp (name, "rPh") == 0 && self->phonetic_depth > 0)
    self->phonetic_depth--;
  else if (strcmp (name, "si") == 0)
    {
      start = get_start (self, self->ends->len);
      if (self->n_text > start)
        self->n_text = start + gw_xlsx_strings_unescape (self->text + start, self->n_text - start);
      g_array_append_val (self->ends, self->n_text);
      /* Every text costs memory even when empty. */
      if (self->ends->len > GW_XLSX_MAX_STRING_BYTES / 16)
        {
          (void)gw_sink_fatal (self->sink, GW_PROBLEM_OUT_OF_MEMORY, 0, 0, NULL);
          gw_xml_stop (xml);
        }
    }
}

static void
string_text (GwXml *xml, const char *text, gsize length, gpointer user_data)
{
  GwXlsxStrings *self = user_data;

  if (!self->is_in_text)
    return;
  if (!reserve (self, length))
    {
      (void)gw_sink_fatal (self->sink, GW_PROBLEM_OUT_OF_MEMORY, 0, 0, NULL);
      gw_xml_stop (xml);
      return;
    }
  memcpy (self->text + self->n_text, text, length);
  self->n_text += length;
}

GwXlsxStrings *
gw_xlsx_strings_read (GwZip *zip, GwSink *sink, const GwZipPart *part)
{
  static const GwXmlHandler handler = { string_start, string_end, string_text };
  g_autoptr (GwXlsxStrings) self = g_new0 (GwXlsxStrings, 1);

  self->sink = sink;
  self->ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  if (part != NULL && !gw_xml_parse (zip, sink, part, &handler, self, FALSE))
    return NULL;
  return g_steal_pointer (&self);
}

void
gw_xlsx_strings_free (GwXlsxStrings *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_array_unref (self->ends);
  g_free (self);
}

const char *
gw_xlsx_strings_get (const GwXlsxStrings *self, guint64 index, gsize *length)
{
  gsize start;

  if (index >= self->ends->len)
    return NULL;
  start = get_start (self, (guint)index);
  *length = g_array_index (self->ends, gsize, index) - start;
  return *length == 0 ? "" : self->text + start;
}
