/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-builder.h"

#include <string.h>
#include <zlib.h>

typedef struct
{
  char *name;
  guint32 offset;
  guint32 packed;
  guint32 inflated;
  guint32 checksum;
  guint16 method;
  guint16 flags;
} BuiltPart;

struct _ZipBuilder
{
  GByteArray *bytes;
  GArray *parts; /* of BuiltPart */
};

static void
put (GByteArray *bytes, guint64 value, gsize width)
{
  for (gsize i = 0; i < width; i++)
    {
      guint8 byte = (guint8)(value >> (8 * i));

      g_byte_array_append (bytes, &byte, 1);
    }
}

static void
part_clear (gpointer part)
{
  g_free (((BuiltPart *)part)->name);
}

ZipBuilder *
zip_builder_new (void)
{
  ZipBuilder *self = g_new0 (ZipBuilder, 1);

  self->bytes = g_byte_array_new ();
  self->parts = g_array_new (FALSE, TRUE, sizeof (BuiltPart));
  g_array_set_clear_func (self->parts, part_clear);
  return self;
}

static void
put_local_head (ZipBuilder *self, const BuiltPart *part)
{
  put (self->bytes, 0x04034b50, 4);
  put (self->bytes, 20, 2);
  put (self->bytes, part->flags, 2);
  put (self->bytes, part->method, 2);
  put (self->bytes, 0, 4);
  put (self->bytes, part->checksum, 4);
  put (self->bytes, part->packed, 4);
  put (self->bytes, part->inflated, 4);
  put (self->bytes, strlen (part->name), 2);
  put (self->bytes, 0, 2);
  g_byte_array_append (self->bytes, (const guint8 *)part->name, (guint)strlen (part->name));
}

/* Deflates @length bytes, taken again and again from @chunk. */
static void
add_stream (
    ZipBuilder *self, const char *name, const guint8 *chunk, gsize chunk_bytes, guint64 length)
{
  BuiltPart part = { g_strdup (name), self->bytes->len, 0, (guint32)length, 0, 8, 0 };
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  z_stream deflater = { 0 };
  guint8 out[65536];
  guint64 left = length;
  int status = Z_OK;

  g_assert_cmpint (deflateInit2 (&deflater, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY), ==,
                   Z_OK);
  part.checksum = (guint32)crc32 (0, NULL, 0);
  while (status != Z_STREAM_END)
    {
      gsize n = MIN (chunk_bytes, left);

      if (deflater.avail_in == 0 && left > 0)
        {
          deflater.next_in = (guint8 *)chunk;
          deflater.avail_in = (uInt)n;
          part.checksum = (guint32)crc32 (part.checksum, chunk, (uInt)n);
          left -= n;
        }
      deflater.next_out = out;
      deflater.avail_out = sizeof out;
      status = deflate (&deflater, left == 0 ? Z_FINISH : Z_NO_FLUSH);
      g_byte_array_append (packed, out, (guint)(sizeof out - deflater.avail_out));
    }
  deflateEnd (&deflater);
  part.packed = packed->len;
  put_local_head (self, &part);
  g_byte_array_append (self->bytes, packed->data, packed->len);
  g_array_append_val (self->parts, part);
}

void
zip_builder_add (ZipBuilder *self, const char *name, const void *bytes, gsize length)
{
  add_stream (self, name, bytes, MAX (length, 1), length);
}

void
zip_builder_add_text (ZipBuilder *self, const char *name, const char *text)
{
  zip_builder_add (self, name, text, strlen (text));
}

void
zip_builder_add_zeros (ZipBuilder *self, const char *name, guint64 length)
{
  g_autofree guint8 *zeros = g_malloc0 (1 << 20);

  add_stream (self, name, zeros, 1 << 20, length);
}

static BuiltPart *
get_last (ZipBuilder *self)
{
  return &g_array_index (self->parts, BuiltPart, self->parts->len - 1);
}

void
zip_builder_lie_size (ZipBuilder *self, guint32 inflated_bytes)
{
  get_last (self)->inflated = inflated_bytes;
}

void
zip_builder_lie_method (ZipBuilder *self, guint16 method, guint16 flags)
{
  get_last (self)->method = method;
  get_last (self)->flags = flags;
}

void
zip_builder_overlap (ZipBuilder *self)
{
  get_last (self)->offset = g_array_index (self->parts, BuiltPart, 0).offset;
}

static void
put_entry (ZipBuilder *self, const BuiltPart *part)
{
  put (self->bytes, 0x02014b50, 4);
  put (self->bytes, 20, 2);
  put (self->bytes, 20, 2);
  put (self->bytes, part->flags, 2);
  put (self->bytes, part->method, 2);
  put (self->bytes, 0, 4);
  put (self->bytes, part->checksum, 4);
  put (self->bytes, part->packed, 4);
  put (self->bytes, part->inflated, 4);
  put (self->bytes, strlen (part->name), 2);
  put (self->bytes, 0, 8);
  put (self->bytes, 0, 4);
  put (self->bytes, part->offset, 4);
  g_byte_array_append (self->bytes, (const guint8 *)part->name, (guint)strlen (part->name));
}

GBytes *
zip_builder_finish (ZipBuilder *self)
{
  guint32 table = self->bytes->len;
  guint n_parts = self->parts->len;
  GBytes *bytes = NULL;

  for (guint i = 0; i < n_parts; i++)
    put_entry (self, &g_array_index (self->parts, BuiltPart, i));
  n_parts = MIN (n_parts, G_MAXUINT16);
  put (self->bytes, 0x06054b50, 4);
  put (self->bytes, 0, 4);
  put (self->bytes, n_parts, 2);
  put (self->bytes, n_parts, 2);
  put (self->bytes, self->bytes->len - 12 - table, 4);
  put (self->bytes, table, 4);
  put (self->bytes, 0, 2);
  bytes = g_byte_array_free_to_bytes (self->bytes);
  g_array_unref (self->parts);
  g_free (self);
  return bytes;
}

static void
add_part (ZipBuilder *zip, const char *name, const char *format, const char *inside)
{
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "%s", inside == NULL ? "" : inside, 1);
  zip_builder_add (zip, name, text->str, text->len);
}

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

static void
add_frame (ZipBuilder *zip)
{
  add_part (zip, "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
            NULL);
  add_part (zip, "_rels/.rels",
            "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"rId1\" Type=\"" OFFICE
            "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
            NULL);
  add_part (zip, "xl/workbook.xml",
            "<workbook " MAIN " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/"
            "relationships\"><sheets><sheet name=\"旧\" sheetId=\"2\" state=\"hidden\" "
            "r:id=\"rId4\"/><sheet name=\"台账\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            NULL);
  add_part (zip, "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"rId1\" Type=\"" OFFICE
            "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" OFFICE
            "sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"" OFFICE
            "styles\" Target=\"/xl/styles.xml\"/><Relationship Id=\"rId4\" Type=\"" OFFICE
            "worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>",
            NULL);
}

ZipBuilder *
book_builder_new (const BookParts *parts)
{
  ZipBuilder *zip = zip_builder_new ();
  g_autofree char *sheet =
      g_strdup_printf ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>%s<worksheet " MAIN
                       "><sheetData>%s</sheetData>%s</worksheet>",
                       parts->prolog == NULL ? "" : parts->prolog, parts->rows,
                       parts->behind == NULL ? "" : parts->behind);

  add_frame (zip);
  add_part (zip, "xl/sharedStrings.xml", "<sst " MAIN ">%s</sst>", parts->strings);
  add_part (zip, "xl/styles.xml",
            "<styleSheet " MAIN "><numFmts><numFmt numFmtId=\"164\" "
            "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/></numFmts>"
            "<cellXfs>%s</cellXfs></styleSheet>",
            parts->formats);
  add_part (zip, "xl/worksheets/sheet1.xml", "%s", sheet);
  return zip;
}

GBytes *
book_build (const BookParts *parts)
{
  return zip_builder_finish (book_builder_new (parts));
}
