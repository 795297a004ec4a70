/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-parts-private.h"

#include "gw-error.h"

#include <string.h>

#define PARTS_VERSION 1
/* A delta of two int32 has 33 bits, zigzag included. */
#define MAX_VARINT_BYTES 5

void
gw_parts_init (GwParts *parts, const GwPoint *points, const guint *lengths, guint n_parts)
{
  guint n_points = 0;

  parts->n_parts = n_parts;
  parts->starts = g_new (guint, n_parts + 1);
  for (guint i = 0; i < n_parts; i++)
    {
      parts->starts[i] = n_points;
      n_points += lengths[i];
    }
  parts->starts[n_parts] = n_points;
  parts->points = g_memdup2 (points, sizeof *points * n_points);
  parts->box = GW_BOX_EMPTY;
  for (guint i = 0; i < n_points; i++)
    parts->box = gw_box_add_point (parts->box, points[i]);
}

void
gw_parts_clear (GwParts *parts)
{
  g_clear_pointer (&parts->starts, g_free);
  g_clear_pointer (&parts->points, g_free);
}

const GwPoint *
gw_parts_get_part (const GwParts *parts, guint i, guint *n_points)
{
  g_assert (i < parts->n_parts);
  *n_points = parts->starts[i + 1] - parts->starts[i];
  return parts->points + parts->starts[i];
}

gboolean
gw_parts_is_equal (const GwParts *a, const GwParts *b)
{
  guint n_points = a->starts[a->n_parts];

  return a->n_parts == b->n_parts &&
         memcmp (a->starts, b->starts, sizeof *a->starts * (a->n_parts + 1)) == 0 &&
         (n_points == 0 || memcmp (a->points, b->points, sizeof *a->points * n_points) == 0);
}

static void
append_varint (GByteArray *out, guint64 value)
{
  guint8 buffer[10];
  guint n = 0;

  do
    {
      buffer[n++] = (guint8)((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
      value >>= 7;
    }
  while (value != 0);
  g_byte_array_append (out, buffer, n);
}

static void
append_delta (GByteArray *out, gint32 value, gint32 before)
{
  gint64 delta = (gint64)value - before;

  append_varint (out, ((guint64)delta << 1) ^ (guint64)(delta >> 63));
}

GBytes *
gw_parts_to_bytes (const GwParts *parts, GwPartsKind kind)
{
  GByteArray *out = g_byte_array_sized_new (16 + 6 * parts->starts[parts->n_parts]);
  const guint8 head[2] = { PARTS_VERSION, (guint8)kind };
  GwPoint before = { 0, 0 };

  g_byte_array_append (out, head, sizeof head);
  append_varint (out, parts->n_parts);
  for (guint i = 0; i < parts->n_parts; i++)
    {
      guint n_points;
      const GwPoint *points = gw_parts_get_part (parts, i, &n_points);

      append_varint (out, n_points);
      for (guint j = 0; j < n_points; j++)
        {
          append_delta (out, points[j].x, before.x);
          append_delta (out, points[j].y, before.y);
          before = points[j];
        }
    }
  return g_byte_array_free_to_bytes (out);
}

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize at;
} Reader;

static gboolean
read_varint (Reader *reader, guint64 *value, GError **error)
{
  *value = 0;
  for (guint i = 0; i < MAX_VARINT_BYTES; i++)
    {
      guint8 byte;

      if (reader->at == reader->size)
        return gw_throw (error, GW_ERROR_CORRUPT,
                         "reading a geometry: it ends early, after %zu bytes", reader->at);
      byte = reader->data[reader->at++];
      *value |= (guint64)(byte & 0x7f) << (7 * i);
      if ((byte & 0x80) == 0)
        /* One number, one spelling: equal geometries have equal bytes. */
        return i == 0 || byte != 0 ||
               gw_throw (error, GW_ERROR_CORRUPT, "reading a geometry: a padded number at byte %zu",
                         reader->at - 1);
    }
  return gw_throw (error, GW_ERROR_CORRUPT, "reading a geometry: a number too long at byte %zu",
                   reader->at);
}

/* A count that the bytes left over cannot hold is refused before anything is allocated for it. */
static gboolean
read_count (Reader *reader, guint bytes_each, guint max, guint *count, GError **error)
{
  guint64 value;

  if (!read_varint (reader, &value, error))
    return FALSE;
  if (value > max || value > (reader->size - reader->at) / bytes_each)
    return gw_throw (error, GW_ERROR_CORRUPT,
                     "reading a geometry: a count of %" G_GUINT64_FORMAT " with %zu bytes left",
                     value, reader->size - reader->at);
  *count = (guint)value;
  return TRUE;
}

static gboolean
read_delta (Reader *reader, gint32 before, gint32 limit, gint32 *value, GError **error)
{
  guint64 zigzag;
  gint64 sum;

  if (!read_varint (reader, &zigzag, error))
    return FALSE;
  sum = before + ((gint64)(zigzag >> 1) ^ -(gint64)(zigzag & 1));
  if (sum < -limit || sum > limit)
    return gw_throw (error, GW_ERROR_CORRUPT,
                     "reading a geometry: a coordinate out of range at byte %zu", reader->at);
  *value = (gint32)sum;
  return TRUE;
}

static gboolean
read_part (Reader *reader, guint min_points, GArray *points, guint *length, GError **error)
{
  GwPoint point = { 0, 0 };

  if (!read_count (reader, 2, GW_GEOMETRY_MAX_POINTS - points->len, length, error))
    return FALSE;
  if (*length < min_points)
    return gw_throw (error, GW_ERROR_CORRUPT, "reading a geometry: a part of only %u points",
                     *length);
  if (points->len > 0)
    point = g_array_index (points, GwPoint, points->len - 1);
  for (guint i = 0; i < *length; i++)
    {
      if (!read_delta (reader, point.x, GW_LATTICE_MAX_X, &point.x, error) ||
          !read_delta (reader, point.y, GW_LATTICE_MAX_Y, &point.y, error))
        return FALSE;
      g_array_append_val (points, point);
    }
  return TRUE;
}

gboolean
gw_parts_from_bytes (
    GwParts *parts, GwPartsKind kind, guint min_points, GBytes *bytes, GError **error)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (GwPoint));
  g_autofree guint *lengths = NULL;
  Reader reader = { .at = 2 };
  guint n_parts = 0;

  reader.data = g_bytes_get_data (bytes, &reader.size);
  if (reader.size < 3 || reader.data[0] != PARTS_VERSION || reader.data[1] != kind)
    return gw_throw (error, GW_ERROR_CORRUPT,
                     "reading a geometry: no geometry of this kind and version");
  if (!read_count (&reader, 1 + 2 * min_points, GW_GEOMETRY_MAX_POINTS, &n_parts, error))
    return FALSE;
  lengths = g_new (guint, n_parts + 1);
  for (guint i = 0; i < n_parts; i++)
    {
      if (!read_part (&reader, min_points, points, &lengths[i], error))
        return FALSE;
    }
  if (reader.at != reader.size)
    return gw_throw (error, GW_ERROR_CORRUPT, "reading a geometry: %zu bytes too many",
                     reader.size - reader.at);
  gw_parts_init (parts, (const GwPoint *)(gpointer)points->data, lengths, n_parts);
  return TRUE;
}
