/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-xml.h"

#include <expat.h>
#include <string.h>

#define CHUNK (128u << 10)
#define PROGRESS_BYTES (256u << 10)

struct _GwXml
{
  XML_Parser parser;
  GwSink *sink;
  const char *part;
  const GwXmlHandler *handler;
  gpointer user_data;
  guint depth;
  gboolean is_stopped;
};

static inline const char *
strip_prefix (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon == NULL ? name : colon + 1;
}

void
gw_xml_stop (GwXml *xml)
{
  xml->is_stopped = TRUE;
  (void)XML_StopParser (xml->parser, XML_FALSE);
}

static void
start_cb (void *user_data, const char *name, const char **attributes)
{
  GwXml *xml = user_data;

  if (xml->is_stopped)
    return;
  if (++xml->depth > GW_XML_MAX_DEPTH)
    {
      (void)gw_sink_fatal (xml->sink, GW_PROBLEM_XML_DEPTH, 0, 0, xml->part, G_STRINGIFY (32),
                           NULL);
      gw_xml_stop (xml);
      return;
    }
  xml->handler->start (xml, strip_prefix (name), attributes, xml->user_data);
}

static void
end_cb (void *user_data, const char *name)
{
  GwXml *xml = user_data;

  if (xml->is_stopped)
    return;
  xml->depth--;
  if (xml->handler->end != NULL)
    xml->handler->end (xml, strip_prefix (name), xml->user_data);
}

static void
text_cb (void *user_data, const char *text, int length)
{
  GwXml *xml = user_data;

  if (!xml->is_stopped && xml->handler->text != NULL)
    xml->handler->text (xml, text, (gsize)length, xml->user_data);
}

static void
doctype_cb (
    void *user_data, const char *name, const char *system_id, const char *public_id, int has_subset)
{
  GwXml *xml = user_data;

  (void)gw_sink_fatal (xml->sink, GW_PROBLEM_XML_ENTITIES, 0, 0, xml->part, NULL);
  gw_xml_stop (xml);
}

static void
entity_cb (void *user_data,
           const char *name,
           int is_parameter,
           const char *value,
           int length,
           const char *base,
           const char *system_id,
           const char *public_id,
           const char *notation)
{
  doctype_cb (user_data, name, system_id, public_id, 0);
}

static gboolean
tell_damage (GwXml *xml)
{
  g_autofree char *line = NULL;

  /* The 64-bit twin that newer versions point to does not exist in Debian 12. */
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  line = g_strdup_printf ("%lu", (gulong)XML_GetCurrentLineNumber (xml->parser));
  G_GNUC_END_IGNORE_DEPRECATIONS
  return gw_sink_fatal (xml->sink, GW_PROBLEM_XML_DAMAGED, 0, 0, xml->part, line,
                        XML_ErrorString (XML_GetErrorCode (xml->parser)), NULL);
}

static gboolean
parse_stream (GwXml *xml, GwZipStream *stream, guint64 offset, gboolean reports_progress)
{
  guint64 told = 0;

  while (!xml->is_stopped)
    {
      void *room = XML_GetBuffer (xml->parser, CHUNK);
      gssize n = room == NULL ? -1 : gw_zip_stream_read (stream, room, CHUNK);

      if (room == NULL)
        return gw_sink_fatal (xml->sink, GW_PROBLEM_OUT_OF_MEMORY, 0, 0, NULL);
      if (n < 0)
        return FALSE;
      if (XML_ParseBuffer (xml->parser, (int)n, n == 0) != XML_STATUS_OK && !xml->is_stopped)
        return tell_damage (xml);
      if (n == 0)
        break;
      if (reports_progress && gw_zip_stream_get_packed (stream) >= told + PROGRESS_BYTES)
        {
          told = gw_zip_stream_get_packed (stream);
          (void)gw_sink_progress (xml->sink, offset + told);
        }
    }
  return !gw_sink_is_stopped (xml->sink);
}

gboolean
gw_xml_parse (GwZip *zip,
              GwSink *sink,
              const GwZipPart *part,
              const GwXmlHandler *handler,
              gpointer user_data,
              gboolean reports_progress)
{
  GwXml xml = { .sink = sink, .part = part->name, .handler = handler, .user_data = user_data };
  g_autoptr (GwZipStream) stream = gw_zip_stream_open (zip, part);
  gboolean is_parsed;

  if (stream == NULL)
    return FALSE;
  xml.parser = XML_ParserCreate (NULL);
  if (xml.parser == NULL)
    return gw_sink_fatal (sink, GW_PROBLEM_OUT_OF_MEMORY, 0, 0, NULL);
  XML_SetUserData (xml.parser, &xml);
  XML_SetElementHandler (xml.parser, start_cb, end_cb);
  XML_SetCharacterDataHandler (xml.parser, text_cb);
  XML_SetStartDoctypeDeclHandler (xml.parser, doctype_cb);
  XML_SetEntityDeclHandler (xml.parser, entity_cb);
  is_parsed = parse_stream (&xml, stream, part->offset, reports_progress);
  XML_ParserFree (xml.parser);
  return is_parsed;
}

const char *
gw_xml_get_attribute (const char **attributes, const char *name)
{
  for (gsize i = 0; attributes[i] != NULL; i += 2)
    if (strcmp (strip_prefix (attributes[i]), name) == 0)
      return attributes[i + 1];
  return NULL;
}
