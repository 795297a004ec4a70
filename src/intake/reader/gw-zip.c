/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-zip.h"

#include <errno.h>
#include <string.h>
#include <zlib.h>

/* PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16. */
#define END_BYTES 22u
#define END_SIGNATURE 0x06054b50u
#define ENTRY_BYTES 46u
#define ENTRY_SIGNATURE 0x02014b50u
#define LOCAL_BYTES 30u
#define LOCAL_SIGNATURE 0x04034b50u
#define MAX_COMMENT 65535u
#define ZIP64_EXTRA 0x0001u
#define FLAG_ENCRYPTED 1u
#define PACKED_CHUNK (64u << 10)

enum
{
  METHOD_STORED = 0,
  METHOD_DEFLATED = 8
};

struct _GwZip
{
  const GwInput *input;
  GwSink *sink;
  GArray *parts; /* of GwZipPart */
};

struct _GwZipStream
{
  GwZip *zip;
  const GwZipPart *part;
  z_stream inflate;
  gboolean has_inflate;
  guint64 offset; /* of the packed bytes */
  guint64 packed_read;
  guint64 inflated;
  guint32 checksum;
  gboolean is_ended;
  guint8 packed[PACKED_CHUNK];
};

static guint64
get_number (const guint8 *bytes, gsize width)
{
  guint64 value = 0;

  for (gsize i = 0; i < width; i++)
    value |= (guint64)bytes[i] << (8 * i);
  return value;
}

static gboolean
tell_damage (GwSink *sink, const char *what)
{
  return gw_sink_fatal (sink, GW_PROBLEM_ZIP_DAMAGED, 0, 0, what, NULL);
}

static void
part_clear (gpointer part)
{
  g_free (((GwZipPart *)part)->name);
}

/* Windows programs of old wrote "\" between folders; everything else odd is an attack. */
static char *
dup_safe_name (const guint8 *bytes, gsize length)
{
  g_autofree char *name = g_strndup ((const char *)bytes, length);
  g_auto (GStrv) folders = NULL;

  g_strdelimit (name, "\\", '/');
  if (strlen (name) != length || length == 0 || name[0] == '/' || strchr (name, ':') != NULL)
    return NULL;
  folders = g_strsplit (name, "/", -1);
  for (gsize i = 0; folders[i] != NULL; i++)
    if (strcmp (folders[i], "..") == 0)
      return NULL;
  return g_steal_pointer (&name);
}

/* Sizes beyond 4 GiB stand in an extra field; some writers use it for small parts too. */
static void
apply_zip64 (GwZipPart *part, const guint8 *extra, gsize length)
{
  while (length >= 4)
    {
      gsize id = get_number (extra, 2);
      gsize size = get_number (extra + 2, 2);
      gsize at = 4;

      if (size > length - 4)
        return;
      if (id == ZIP64_EXTRA)
        {
          if (part->inflated_bytes == G_MAXUINT32 && at + 8 <= 4 + size)
            {
              part->inflated_bytes = get_number (extra + at, 8);
              at += 8;
            }
          if (part->packed_bytes == G_MAXUINT32 && at + 8 <= 4 + size)
            {
              part->packed_bytes = get_number (extra + at, 8);
              at += 8;
            }
          if (part->offset == G_MAXUINT32 && at + 8 <= 4 + size)
            part->offset = get_number (extra + at, 8);
        }
      extra += 4 + size;
      length -= 4 + size;
    }
}

static gboolean
check_ratio (GwSink *sink, const GwZipPart *part)
{
  g_autofree char *ratio = NULL;

  if (part->inflated_bytes <= GW_ZIP_FREE_BYTES ||
      part->inflated_bytes / GW_ZIP_MAX_RATIO <= part->packed_bytes)
    return TRUE;
  ratio = g_strdup_printf ("%lu", (gulong)(part->inflated_bytes / MAX (part->packed_bytes, 1)));
  return gw_sink_fatal (sink, GW_PROBLEM_ZIP_BOMB, 0, 0, part->name, ratio, G_STRINGIFY (100),
                        NULL);
}

static gboolean
check_method (GwSink *sink, const GwZipPart *part, guint flags)
{
  g_autofree char *method = NULL;

  if ((flags & FLAG_ENCRYPTED) != 0)
    return gw_sink_fatal (sink, GW_PROBLEM_ENCRYPTED, 0, 0, part->name, NULL);
  if (part->method == METHOD_DEFLATED)
    return TRUE;
  if (part->method == METHOD_STORED && part->packed_bytes == part->inflated_bytes)
    return TRUE;
  method = g_strdup_printf ("%u", part->method);
  return gw_sink_fatal (sink, GW_PROBLEM_ZIP_METHOD, 0, 0, part->name, method, NULL);
}

/* Takes one entry of the table; @used: (out) its bytes. */
static gboolean
take_entry (GwZip *self, const guint8 *entry, gsize left, gsize *used)
{
  GwZipPart part = { 0 };
  gsize name_bytes;
  gsize extra_bytes;

  if (left < ENTRY_BYTES || get_number (entry, 4) != ENTRY_SIGNATURE)
    return tell_damage (self->sink, "table of contents");
  name_bytes = get_number (entry + 28, 2);
  extra_bytes = get_number (entry + 30, 2);
  *used = ENTRY_BYTES + name_bytes + extra_bytes + get_number (entry + 32, 2);
  if (*used > left)
    return tell_damage (self->sink, "table of contents");
  part.method = (guint16)get_number (entry + 10, 2);
  part.checksum = (guint32)get_number (entry + 16, 4);
  part.packed_bytes = get_number (entry + 20, 4);
  part.inflated_bytes = get_number (entry + 24, 4);
  part.offset = get_number (entry + 42, 4);
  apply_zip64 (&part, entry + ENTRY_BYTES + name_bytes, extra_bytes);
  part.name = dup_safe_name (entry + ENTRY_BYTES, name_bytes);
  if (part.name == NULL)
    {
      g_autofree char *name = g_strndup ((const char *)entry + ENTRY_BYTES, name_bytes);

      return gw_sink_fatal (self->sink, GW_PROBLEM_ZIP_NAME, 0, 0, name, NULL);
    }
  g_array_append_val (self->parts, part);
  return check_method (self->sink, &part, (guint)get_number (entry + 8, 2)) &&
         check_ratio (self->sink, &part);
}

static int
compare_offsets (gconstpointer a, gconstpointer b)
{
  const GwZipPart *first = a;
  const GwZipPart *second = b;

  return first->offset < second->offset ? -1 : first->offset > second->offset;
}

/* Parts that share bytes are how one kilobyte unpacks to gigabytes within every ratio; parts that
 * share a name show one content to us and another to the next program. */
static gboolean
check_layout (GwZip *self, guint64 table_offset)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint64 inflated = 0;

  g_array_sort (self->parts, compare_offsets);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const GwZipPart *part = gw_zip_get_part (self, i);
      guint64 next = i + 1 < self->parts->len ? part[1].offset : table_offset;

      if (part->offset > next || next - part->offset < LOCAL_BYTES ||
          next - part->offset - LOCAL_BYTES < part->packed_bytes)
        return tell_damage (self->sink, "parts overlap");
      if (!g_hash_table_add (names, g_ascii_strdown (part->name, -1)))
        return tell_damage (self->sink, "two parts of one name");
      inflated += MIN (part->inflated_bytes, G_MAXUINT32);
      if (inflated > GW_ZIP_MAX_INFLATED)
        return gw_sink_fatal (self->sink, GW_PROBLEM_ZIP_INFLATED, 0, 0, G_STRINGIFY (536870912),
                              NULL);
    }
  return TRUE;
}

/* The end record is behind everything but a comment. */
static gboolean
find_end (GwZip *self, guint8 end[END_BYTES])
{
  gsize room = MIN (self->input->size, END_BYTES + MAX_COMMENT);
  g_autofree guint8 *tail = g_malloc (room + 1);
  gssize n = gw_input_read_at (self->input, self->input->size - room, tail, room);

  if (n < (gssize)END_BYTES)
    return tell_damage (self->sink, "too short");
  for (gssize at = n - END_BYTES; at >= 0; at--)
    if (get_number (tail + at, 4) == END_SIGNATURE)
      {
        memcpy (end, tail + at, END_BYTES);
        return TRUE;
      }
  return tell_damage (self->sink, "the end is missing, as after a broken copy");
}

static gboolean
read_table (GwZip *self)
{
  guint8 end[END_BYTES];
  g_autofree guint8 *table = NULL;
  guint64 n_parts;
  guint64 bytes;
  guint64 offset;
  gsize at = 0;

  if (!find_end (self, end))
    return FALSE;
  n_parts = get_number (end + 10, 2);
  bytes = get_number (end + 12, 4);
  offset = get_number (end + 16, 4);
  if (n_parts > GW_ZIP_MAX_PARTS)
    return gw_sink_fatal (self->sink, GW_PROBLEM_ZIP_PARTS, 0, 0, G_STRINGIFY (200), NULL);
  if (get_number (end + 4, 2) != 0 || offset > self->input->size ||
      bytes > self->input->size - offset || bytes > (8u << 20))
    return tell_damage (self->sink, "table of contents");
  table = g_malloc (bytes + 1);
  if (gw_input_read_at (self->input, offset, table, bytes) != (gssize)bytes)
    return tell_damage (self->sink, "table of contents");
  for (guint64 i = 0; i < n_parts; i++)
    {
      gsize used = 0;

      if (!take_entry (self, table + at, bytes - at, &used))
        return FALSE;
      at += used;
    }
  return check_layout (self, offset);
}

GwZip *
gw_zip_open (const GwInput *input, GwSink *sink)
{
  g_autoptr (GwZip) self = g_new0 (GwZip, 1);

  self->input = input;
  self->sink = sink;
  self->parts = g_array_new (FALSE, FALSE, sizeof (GwZipPart));
  g_array_set_clear_func (self->parts, part_clear);
  if (!read_table (self))
    return NULL;
  return g_steal_pointer (&self);
}

void
gw_zip_free (GwZip *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->parts);
  g_free (self);
}

guint
gw_zip_get_n_parts (const GwZip *self)
{
  return self->parts->len;
}

const GwZipPart *
gw_zip_get_part (const GwZip *self, guint index)
{
  return &g_array_index (self->parts, GwZipPart, index);
}

const GwZipPart *
gw_zip_find (const GwZip *self, const char *name)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (g_ascii_strcasecmp (gw_zip_get_part (self, i)->name, name) == 0)
      return gw_zip_get_part (self, i);
  return NULL;
}

const GwZipPart *
gw_zip_find_under (const GwZip *self, const char *folder)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (g_ascii_strncasecmp (gw_zip_get_part (self, i)->name, folder, strlen (folder)) == 0)
      return gw_zip_get_part (self, i);
  return NULL;
}

const GwZipPart *
gw_zip_find_ending (const GwZip *self, const char *ending)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      const char *name = gw_zip_get_part (self, i)->name;
      gsize length = strlen (name);

      if (length > strlen (ending) &&
          g_ascii_strcasecmp (name + length - strlen (ending), ending) == 0)
        return gw_zip_get_part (self, i);
    }
  return NULL;
}

/* The head before the bytes has its own, differing, lengths of name and extra field. */
static gboolean
skip_local_head (GwZip *zip, const GwZipPart *part, guint64 *offset)
{
  guint8 head[LOCAL_BYTES];

  if (gw_input_read_at (zip->input, part->offset, head, sizeof head) != (gssize)sizeof head ||
      get_number (head, 4) != LOCAL_SIGNATURE)
    return tell_damage (zip->sink, part->name);
  *offset = part->offset + LOCAL_BYTES + get_number (head + 26, 2) + get_number (head + 28, 2);
  if (*offset > zip->input->size || part->packed_bytes > zip->input->size - *offset)
    return tell_damage (zip->sink, part->name);
  return TRUE;
}

GwZipStream *
gw_zip_stream_open (GwZip *zip, const GwZipPart *part)
{
  g_autoptr (GwZipStream) self = NULL;
  guint64 offset = 0;

  if (!skip_local_head (zip, part, &offset))
    return NULL;
  self = g_new0 (GwZipStream, 1);
  self->zip = zip;
  self->part = part;
  self->offset = offset;
  self->checksum = (guint32)crc32 (0, NULL, 0);
  if (part->method == METHOD_DEFLATED)
    {
      /* Negative: bare deflate without the head of zlib. */
      if (inflateInit2 (&self->inflate, -MAX_WBITS) != Z_OK)
        {
          (void)gw_sink_fatal (zip->sink, GW_PROBLEM_OUT_OF_MEMORY, 0, 0, NULL);
          return NULL;
        }
      self->has_inflate = TRUE;
    }
  return g_steal_pointer (&self);
}

void
gw_zip_stream_free (GwZipStream *self)
{
  if (self == NULL)
    return;
  if (self->has_inflate)
    (void)inflateEnd (&self->inflate);
  g_free (self);
}

static gssize
read_packed (GwZipStream *self, guint8 *bytes, gsize room)
{
  gsize wanted = MIN (room, self->part->packed_bytes - self->packed_read);
  gssize n = gw_input_read_at (self->zip->input, self->offset + self->packed_read, bytes, wanted);

  if (n < 0)
    {
      (void)gw_sink_fatal (self->zip->sink, GW_PROBLEM_READ_FAILED, 0, 0, g_strerror (errno), NULL);
      return -1;
    }
  self->packed_read += (guint64)n;
  return n;
}

/* One step of unpacking: bytes put out, 0 at the end, -1 after a problem. */
static gssize
inflate_some (GwZipStream *self, guint8 *bytes, gsize room)
{
  self->inflate.next_out = bytes;
  self->inflate.avail_out = (uInt)MIN (room, G_MAXINT);
  while (self->inflate.next_out == bytes && !self->is_ended)
    {
      int status;

      if (self->inflate.avail_in == 0)
        {
          gssize n = read_packed (self, self->packed, sizeof self->packed);

          if (n < 0)
            return -1;
          self->inflate.next_in = self->packed;
          self->inflate.avail_in = (uInt)n;
        }
      status = inflate (&self->inflate, Z_NO_FLUSH);
      self->is_ended = status == Z_STREAM_END;
      if (status != Z_OK && status != Z_STREAM_END)
        {
          (void)tell_damage (self->zip->sink, self->part->name);
          return -1;
        }
    }
  return self->inflate.next_out - bytes;
}

gssize
gw_zip_stream_read (GwZipStream *self, guint8 *bytes, gsize room)
{
  gssize n = self->has_inflate ? inflate_some (self, bytes, room) : read_packed (self, bytes, room);

  if (n < 0)
    return -1;
  self->inflated += (guint64)n;
  self->checksum = (guint32)crc32 (self->checksum, bytes, (uInt)n);
  if (self->inflated > self->part->inflated_bytes ||
      (n == 0 &&
       (self->inflated != self->part->inflated_bytes || self->checksum != self->part->checksum)))
    {
      (void)tell_damage (self->zip->sink, self->part->name);
      return -1;
    }
  return n;
}

guint64
gw_zip_stream_get_packed (const GwZipStream *self)
{
  return self->packed_read;
}
