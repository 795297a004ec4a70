/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Counter-based random numbers: value @i of stream (@category, @purpose) depends on nothing else,
 * so matters can be made in any order. splitmix64 (Steele, Lea, Flood 2014), whole numbers only. */

#include <glib.h>

G_BEGIN_DECLS

static inline guint64
gw_demo_mix (guint64 x)
{
  x += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return x ^ (x >> 31);
}

static inline guint64
gw_demo_random (guint64 seed, guint category, guint purpose, guint64 i)
{
  return gw_demo_mix (gw_demo_mix (gw_demo_mix (seed ^ category) ^ purpose) ^ gw_demo_mix (i + 1));
}

/* 0 … n-1, n > 0; the high half of a product, so no modulo bias worth naming. */
static inline guint64
gw_demo_below (guint64 random, guint64 n)
{
  return (guint64)(((unsigned __int128)random * n) >> 64);
}

G_END_DECLS
