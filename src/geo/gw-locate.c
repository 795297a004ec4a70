/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-locate-private.h"

#include "gw-rings-private.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

/* Points handled together: their notes stay in the first-level cache. */
#define BLOCK 512

GwLocate *
gw_locate_new (const GwRings *const *areas, guint n_areas)
{
  GwLocate *self;

  g_return_val_if_fail (n_areas <= GW_LOCATE_MAX_AREAS, NULL);

  self = g_atomic_rc_box_new0 (GwLocate);
  gw_locate_build (self, areas, n_areas);
  return self;
}

GwLocate *
gw_locate_ref (const GwLocate *locate)
{
  return g_atomic_rc_box_acquire ((GwLocate *)locate);
}

static void
locate_clear (gpointer data)
{
  GwLocate *self = data;

  g_free (self->tops);
  g_free (self->subs);
  g_free (self->mixed_bases);
  g_free (self->mixed_offsets);
  g_free (self->words);
}

void
gw_locate_unref (GwLocate *locate)
{
  g_atomic_rc_box_release_full (locate, locate_clear);
}

guint
gw_locate_get_n_areas (const GwLocate *locate)
{
  return locate->n_areas;
}

GwBox
gw_locate_get_box (const GwLocate *locate)
{
  return locate->box;
}

gsize
gw_locate_get_size (const GwLocate *locate)
{
  return sizeof *locate + sizeof (guint16) * locate->n_columns * locate->n_rows +
         sizeof (guint16) * locate->n_splits * GW_LOCATE_SUBS +
         sizeof (guint32) * (locate->n_splits + locate->n_mixed + locate->n_words);
}

static inline gboolean
is_edge_east (const guint32 *edge, GwPoint point)
{
  return gw_edge_is_east ((GwPoint){ (gint32)edge[0], (gint32)edge[1] },
                          (GwPoint){ (gint32)edge[2], (gint32)edge[3] }, point);
}

static guint16
find_in_mixed (const guint32 *word, GwPoint point)
{
  guint16 terminal = (guint16)*word;
  guint n_areas = *word++ >> 16;

  while (n_areas-- > 0)
    {
      guint32 head = *word++;
      guint n_edges = head >> 16, n_thresholds;
      gboolean is_inside = (head >> 15) & 1;

      if (n_edges == G_MAXUINT16)
        n_edges = *word++;
      n_thresholds = *word++;
      for (; n_edges > 0; n_edges--, word += 4)
        is_inside ^= is_edge_east (word, point);
      for (; n_thresholds > 0; n_thresholds--)
        is_inside ^= point.y >= (gint32)*word++;
      if (is_inside)
        return head & (GW_LOCATE_MIXED - 1);
    }
  return terminal;
}

guint16
gw_locate_find (const GwLocate *locate, gint32 x, gint32 y)
{
  guint16 found;

  gw_locate_find_many (locate, &x, &y, 1, &found);
  return found;
}

/* Numbers within a block of points that need a closer look. */
typedef struct
{
  guint16 items[BLOCK + 1]; /* one more, for a number that turns out not to be needed */
  guint n;
} Rest;

/* The top table, without a branch, and without a store whose address depends on what was read: the
 * processor then has many points under way at once. */
static void
look_at_tops (const GwLocate *self, const gint32 *x, const gint32 *y, guint n, guint16 *found)
{
  const GwLocate table = *self;
  const guint32 x0 = (guint32)table.box.x0, y0 = (guint32)table.box.y0;
  const guint shift_x = table.shift_x + GW_LOCATE_SUB_BITS;
  const guint shift_y = table.shift_y + GW_LOCATE_SUB_BITS;

  for (guint i = 0; i < n; i++)
    {
      guint32 dx = (guint32)x[i] - x0, dy = (guint32)y[i] - y0;
      /* One comparison per axis: what lies before the box becomes huge. */
      guint32 inside = 0u - (guint32)((dx <= table.width) & (dy <= table.height));
      guint32 place = ((dy & inside) >> shift_y) * table.n_columns + ((dx & inside) >> shift_x);

      found[i] = table.tops[place] | (guint16)~inside;
    }
}

#ifdef __x86_64__
/* The same for eight at a time; the last seven at most are left over. Returns how many it did. */
__attribute__ ((target ("avx2"))) static guint
look_at_tops_by_eight (
    const GwLocate *self, const gint32 *x, const gint32 *y, guint n, guint16 *found)
{
  const __m256i x0 = _mm256_set1_epi32 (self->box.x0), y0 = _mm256_set1_epi32 (self->box.y0);
  const __m256i width = _mm256_set1_epi32 ((gint32)self->width);
  const __m256i height = _mm256_set1_epi32 ((gint32)self->height);
  const __m256i n_columns = _mm256_set1_epi32 ((gint32)self->n_columns);
  const __m256i low_half = _mm256_set1_epi32 (0xffff);
  const __m128i shift_x = _mm_cvtsi32_si128 ((gint32)self->shift_x + GW_LOCATE_SUB_BITS);
  const __m128i shift_y = _mm_cvtsi32_si128 ((gint32)self->shift_y + GW_LOCATE_SUB_BITS);
  guint i;

  for (i = 0; i + 8 <= n; i += 8)
    {
      __m256i dx = _mm256_sub_epi32 (_mm256_loadu_si256 ((const __m256i *)(gpointer)(x + i)), x0);
      __m256i dy = _mm256_sub_epi32 (_mm256_loadu_si256 ((const __m256i *)(gpointer)(y + i)), y0);
      __m256i inside = _mm256_and_si256 (_mm256_cmpeq_epi32 (_mm256_min_epu32 (dx, width), dx),
                                         _mm256_cmpeq_epi32 (_mm256_min_epu32 (dy, height), dy));
      __m256i column = _mm256_srl_epi32 (_mm256_and_si256 (dx, inside), shift_x);
      __m256i row = _mm256_srl_epi32 (_mm256_and_si256 (dy, inside), shift_y);
      __m256i place = _mm256_add_epi32 (_mm256_mullo_epi32 (row, n_columns), column);
      __m256i top = _mm256_i32gather_epi32 ((const int *)(gconstpointer)self->tops, place, 2);

      top = _mm256_and_si256 (_mm256_or_si256 (top, _mm256_andnot_si256 (inside, low_half)),
                              low_half);
      top = _mm256_permute4x64_epi64 (_mm256_packus_epi32 (top, top), 0x08);
      _mm_storeu_si128 ((__m128i *)(gpointer)(found + i), _mm256_castsi256_si128 (top));
    }
  return i;
}
#endif

/* Points whose answer lies in [@low, @low + @n_range). */
static void
list_range (const guint16 *found, guint n, guint16 low, guint16 n_range, Rest *rest)
{
  guint count = 0;

  for (guint i = 0; i < n; i++)
    {
      rest->items[count] = (guint16)i;
      count += (guint16)(found[i] - low) < n_range;
    }
  rest->n = count;
}

static inline guint32
get_sub (const GwLocate *self, guint32 split, gint32 x, gint32 y)
{
  const guint mask = (1u << GW_LOCATE_SUB_BITS) - 1;
  guint32 column = ((guint32)x - (guint32)self->box.x0) >> self->shift_x;
  guint32 row = ((guint32)y - (guint32)self->box.y0) >> self->shift_y;

  return split * GW_LOCATE_SUBS + ((row & mask) << GW_LOCATE_SUB_BITS) + (column & mask);
}

/* Points in split cells get what their sub-cell says; those in mixed ones stay in the list, with
 * the place of their words in @words. */
static void
look_at_subs (const GwLocate *self,
              const gint32 *x,
              const gint32 *y,
              guint16 *found,
              Rest *rest,
              const guint32 **words)
{
  guint32 subs[BLOCK];
  guint n_mixed = 0;

  for (guint k = 0; k < rest->n; k++)
    {
      guint i = rest->items[k];

      subs[k] = get_sub (self, found[i] - self->n_areas, x[i], y[i]);
      __builtin_prefetch (&self->subs[subs[k]]);
    }
  for (guint k = 0; k < rest->n; k++)
    {
      guint i = rest->items[k];
      guint16 value = self->subs[subs[k]];

      found[i] = value;
      if (value >= GW_LOCATE_MIXED && value != GW_LOCATE_NONE)
        {
          guint32 mixed = self->mixed_bases[subs[k] / GW_LOCATE_SUBS] + (value & ~GW_LOCATE_MIXED);

          words[n_mixed] = self->words + self->mixed_offsets[mixed];
          __builtin_prefetch (words[n_mixed]);
          rest->items[n_mixed++] = (guint16)i;
        }
    }
  rest->n = n_mixed;
}

void
gw_locate_find_many (
    const GwLocate *locate, const gint32 *x, const gint32 *y, gsize n, guint16 *found)
{
#ifdef __x86_64__
  const gboolean has_avx2 = __builtin_cpu_supports ("avx2");
#endif
  const guint32 *words[BLOCK];
  Rest rest;

  for (; n > 0; n -= MIN (n, BLOCK), x += BLOCK, y += BLOCK, found += BLOCK)
    {
      guint n_block = (guint)MIN (n, BLOCK), n_done = 0;

#ifdef __x86_64__
      if (has_avx2)
        n_done = look_at_tops_by_eight (locate, x, y, n_block, found);
#endif
      look_at_tops (locate, x + n_done, y + n_done, n_block - n_done, found + n_done);
      list_range (found, n_block, (guint16)locate->n_areas, (guint16)locate->n_splits, &rest);
      look_at_subs (locate, x, y, found, &rest, words);
      for (guint k = 0; k < rest.n; k++)
        {
          guint i = rest.items[k];

          found[i] = find_in_mixed (words[k], (GwPoint){ x[i], y[i] });
        }
    }
}
