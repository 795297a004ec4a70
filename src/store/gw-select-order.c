/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-select-order.h"

#include <string.h>

#include "gw-select-memory.h"

/* Least significant digit first: stable, and a million keys take a hundredth of a second. Keys are
 * counted from the lowest one, so that few years take small digits: fewer places are written to by
 * turns. */
#define MOST_DIGIT_BITS 11
#define MOST_BUCKETS (1u << MOST_DIGIT_BITS)
#define MOST_DIGITS 3

typedef struct
{
  guint32 key, id;
} Entry;

/* What a key is made of. */
typedef struct
{
  const GwSnapshot *snapshot;
  const GArray *type_ranks, *area_ranks;
  gint64 year_start, year_end; /* of the year that was looked up last */
  guint year;
} Source;

typedef guint32 (*KeyFunc) (Source *source, const GwSnapshotColumns *columns, guint row);

/* Sorting by several keys: the last one counts most. NULL ends. */
typedef struct
{
  gboolean descends;
  KeyFunc keys[2];
} Order;

static guint32
rank_of (const GArray *ranks, guint32 id)
{
  return id < ranks->len ? g_array_index (ranks, guint32, id) : 0;
}

static guint32
newest_key (Source *source, const GwSnapshotColumns *columns, guint row)
{
  return ~columns->reported[row];
}

static guint32
oldest_key (Source *source, const GwSnapshotColumns *columns, guint row)
{
  return columns->reported[row];
}

/* What has no deadline or is closed comes last. */
static guint32
due_key (Source *source, const GwSnapshotColumns *columns, guint row)
{
  if (columns->due[row] == 0 || !gw_state_is_open (columns->state[row]))
    return G_MAXUINT32;
  return columns->due[row];
}

static guint32
number_seq_key (Source *source, const GwSnapshotColumns *columns, guint row)
{
  return columns->number_seq[row];
}

static void
look_up_year (Source *source, gint64 time)
{
  int year, month, day;

  gw_day_to_ymd (gw_day_of_time (time), &year, &month, &day);
  source->year = (guint)year;
  source->year_start = gw_time_of_day (gw_day_from_ymd (year, 1, 1), 0, 0, 0);
  source->year_end = gw_time_of_day (gw_day_from_ymd (year + 1, 1, 1), 0, 0, 0);
}

/* The parts of "510903-DIS-2026-000001" before the last: code, then year. */
static guint32
number_head_key (Source *source, const GwSnapshotColumns *columns, guint row)
{
  gint64 time = columns->reported[row];

  if (time < source->year_start || time >= source->year_end)
    look_up_year (source, time);
  return rank_of (source->type_ranks, columns->type[row]) << 12 | (source->year & 0xfff);
}

static guint32
state_key (Source *source, const GwSnapshotColumns *columns, guint row)
{
  return columns->state[row];
}

static guint32
area_key (Source *source, const GwSnapshotColumns *columns, guint row)
{
  return rank_of (source->area_ranks, columns->area[row]);
}

static const Order *
order_of (GwSort sort)
{
  static const Order orders[] = {
    [GW_SORT_REPORTED_DESC] = { TRUE, { newest_key } },
    [GW_SORT_REPORTED_ASC] = { FALSE, { oldest_key } },
    [GW_SORT_DUE_ASC] = { FALSE, { due_key } },
    [GW_SORT_NUMBER_ASC] = { FALSE, { number_seq_key, number_head_key } },
    [GW_SORT_STATE] = { TRUE, { newest_key, state_key } },
    [GW_SORT_AREA] = { TRUE, { newest_key, area_key } },
  };

  return &orders[(guint)sort < G_N_ELEMENTS (orders) ? sort : GW_SORT_REPORTED_DESC];
}

gboolean
gw_select_order_descends (GwSort sort)
{
  return order_of (sort)->descends;
}

/* The keys of @ids, counted from the lowest; *highest: of them. TRUE when they are in order
 * already, as they are for matters entered as they came. */
static gboolean
fill_entries (
    Source *source, KeyFunc key, const guint32 *ids, Entry *entries, guint n, guint32 *highest)
{
  guint32 least = G_MAXUINT32, most = 0;
  gboolean sorted = TRUE;

  for (guint i = 0; i < n; i++)
    {
      const GwSnapshotColumns *columns =
          &source->snapshot->chunks[ids[i] >> GW_SNAPSHOT_CHUNK_BITS]->columns;

      entries[i].id = ids[i];
      entries[i].key = key (source, columns, ids[i] & GW_SNAPSHOT_CHUNK_MASK);
      least = MIN (least, entries[i].key);
      sorted = sorted && most <= entries[i].key;
      most = MAX (most, entries[i].key);
    }
  for (guint i = 0; !sorted && i < n; i++)
    entries[i].key -= least;
  *highest = most - least;
  return sorted;
}

/* How keys are cut: @n digits of @bits each. */
typedef struct
{
  guint bits, n;
} Digits;

static Digits
cut_digits (guint32 highest)
{
  guint bits = highest != 0 ? 32 - (guint)__builtin_clz (highest) : 1;
  guint n = (bits + MOST_DIGIT_BITS - 1) / MOST_DIGIT_BITS;

  return (Digits){ (bits + n - 1) / n, n };
}

static guint
digit (const Digits *digits, guint32 key, guint place)
{
  return key >> (place * digits->bits) & ((1u << digits->bits) - 1);
}

static void
distribute (
    const Digits *digits, const Entry *from, Entry *to, guint n, guint place, guint32 *counts)
{
  guint32 start = 0;

  for (guint bucket = 0; bucket < 1u << digits->bits; bucket++)
    {
      guint32 count = counts[bucket];

      counts[bucket] = start;
      start += count;
    }
  for (guint i = 0; i < n; i++)
    to[counts[digit (digits, from[i].key, place)]++] = from[i];
}

/* Sorts @entries with the help of @spare; returns the one of the two that holds the result. */
static Entry *
radix_sort (Entry *entries, Entry *spare, guint n, guint32 highest)
{
  g_autofree guint32 *counts = g_new0 (guint32, MOST_DIGITS * MOST_BUCKETS);
  Digits digits = cut_digits (highest);

  for (guint i = 0; i < n; i++)
    for (guint place = 0; place < digits.n; place++)
      counts[place * MOST_BUCKETS + digit (&digits, entries[i].key, place)]++;
  for (guint place = 0; place < digits.n; place++)
    {
      Entry *swap = entries;

      distribute (&digits, entries, spare, n, place, counts + place * MOST_BUCKETS);
      entries = spare;
      spare = swap;
    }
  return entries;
}

void
gw_select_order (const GwSnapshot *snapshot,
                 GwSort sort,
                 guint32 *ids,
                 guint n,
                 const GArray *type_ranks,
                 const GArray *area_ranks)
{
  Source source = { .snapshot = snapshot, .type_ranks = type_ranks, .area_ranks = area_ranks };
  const Order *order = order_of (sort);
  g_autofree Entry *entries = gw_select_new (Entry, n), *spare = NULL;

  for (guint stage = 0; n > 0 && stage < G_N_ELEMENTS (order->keys); stage++)
    {
      const Entry *sorted;
      guint32 highest;

      if (order->keys[stage] == NULL ||
          fill_entries (&source, order->keys[stage], ids, entries, n, &highest))
        continue;
      if (spare == NULL)
        spare = gw_select_new (Entry, n);
      sorted = radix_sort (entries, spare, n, highest);
      for (guint i = 0; i < n; i++)
        ids[i] = sorted[i].id;
    }
}
