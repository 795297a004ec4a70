/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* XML parts of a workbook, streamed. Names come without their namespace prefix. Document types,
 * entities and deep nesting are refused: no spreadsheet program writes them. */

#include "gw-zip.h"

G_BEGIN_DECLS

#define GW_XML_MAX_DEPTH 32u

typedef struct _GwXml GwXml;

typedef struct
{
  /* @attributes: name, value, name, value, NULL; names with their prefix. */
  void (*start) (GwXml *xml, const char *name, const char **attributes, gpointer user_data);
  void (*end) (GwXml *xml, const char *name, gpointer user_data);                /* nullable */
  void (*text) (GwXml *xml, const char *text, gsize length, gpointer user_data); /* nullable */
} GwXmlHandler;

/* Parses @part of @zip. TRUE at its end and after gw_xml_stop(); FALSE after a problem was told.
 * @reports_progress: the packed bytes read are told to the sink, for the part that takes long. */
gboolean gw_xml_parse (GwZip *zip,
                       GwSink *sink,
                       const GwZipPart *part,
                       const GwXmlHandler *handler,
                       gpointer user_data,
                       gboolean reports_progress);
/* Ends gw_xml_parse() from within a handler, with the answer TRUE or, when the handler told a
 * fatal problem, FALSE. */
void gw_xml_stop (GwXml *xml);
/* Value of the attribute whose name without prefix is @name; NULL when there is none. */
const char *gw_xml_get_attribute (const char **attributes, const char *name);

G_END_DECLS
