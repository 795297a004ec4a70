/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-code.h"

#include <string.h>

#define BASE 31
#define DATA_LENGTH (GW_CASE_CODE_LENGTH - 1)
#define N_CODES G_GUINT64_CONSTANT (27512614111) /* 31^7 */

/* The permutation works on 36 bits, the least even number of bits that holds N_CODES. */
#define HALF_BITS 18
#define HALF_MASK ((1u << HALF_BITS) - 1)
#define N_ROUNDS 10

/* Stafford's thirteenth mix of 64 bits: every input bit moves every output bit half of the time.
 * Not a cipher: it keeps people from guessing the neighbour's code, and no more hangs on it. */
static guint64
mix (guint64 x)
{
  x ^= x >> 30;
  x *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x ^= x >> 27;
  x *= G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

static guint32
round_value (guint32 half, guint round, guint64 key)
{
  guint64 round_key = mix (key + (round + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  return (guint32)(mix (round_key ^ half) >> 40) & HALF_MASK;
}

/* A Feistel network is a permutation whatever its round function is. */
static guint64
permute (guint64 x, guint64 key)
{
  guint32 left = (guint32)(x >> HALF_BITS), right = (guint32)x & HALF_MASK;

  for (guint round = 0; round < N_ROUNDS; ++round)
    {
      guint32 next = left ^ round_value (right, round, key);

      left = right;
      right = next;
    }
  return (guint64)left << HALF_BITS | right;
}

static guint64
permute_back (guint64 x, guint64 key)
{
  guint32 left = (guint32)(x >> HALF_BITS), right = (guint32)x & HALF_MASK;

  for (guint round = N_ROUNDS; round-- > 0;)
    {
      guint32 before = right ^ round_value (left, round, key);

      right = left;
      left = before;
    }
  return (guint64)left << HALF_BITS | right;
}

/* With the weights 8, 7, ... 2 and 1 for the check symbol itself the sum of a right code is a
 * multiple of 31. All weights differ and none is a multiple of 31, and 31 is prime: so one wrong
 * symbol, and any two symbols swapped, change the sum. */
static int
check_value (const char *data)
{
  int sum = 0;

  for (int i = 0; i < DATA_LENGTH; ++i)
    sum += (GW_CASE_CODE_LENGTH - i) *
           (int)(strchr (GW_CASE_CODE_ALPHABET, data[i]) - GW_CASE_CODE_ALPHABET);
  return (BASE - sum % BASE) % BASE;
}

/**
 * gw_case_code_make:
 * @n: dense number of the matter, less than 31^7
 * @key: secret of the workspace; the same for all its codes
 * @out: (out caller-allocates): 9 bytes
 *
 * The code of a matter without a look-up: codes of different numbers differ. Any thread.
 */
void
gw_case_code_make (guint64 n, guint64 key, char out[GW_CASE_CODE_LENGTH + 1])
{
  guint64 x = n;

  g_return_if_fail (n < N_CODES);

  /* Cycle walking: steps that leave the range are repeated, which keeps it a permutation. */
  do
    x = permute (x, key);
  while (x >= N_CODES);

  for (int i = DATA_LENGTH - 1; i >= 0; --i, x /= BASE)
    out[i] = GW_CASE_CODE_ALPHABET[x % BASE];
  out[DATA_LENGTH] = GW_CASE_CODE_ALPHABET[check_value (out)];
  out[GW_CASE_CODE_LENGTH] = '\0';
}

/**
 * gw_case_code_normalise:
 * @text: (nullable): what was typed or read aloud
 * @out: (out caller-allocates): 9 bytes; left alone on failure
 *
 * Upper-cases, drops spaces and hyphens, takes full-width forms. Any thread.
 *
 * Returns: %FALSE when length, a symbol or the check symbol are wrong
 */
gboolean
gw_case_code_normalise (const char *text, char out[GW_CASE_CODE_LENGTH + 1])
{
  g_autofree char *narrow = text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_NFKC) : NULL;
  char code[GW_CASE_CODE_LENGTH + 1] = "";
  int length = 0;

  if (narrow == NULL)
    return FALSE;
  for (const char *p = narrow; *p != '\0'; ++p)
    {
      char symbol = g_ascii_toupper (*p);

      if (symbol == ' ' || symbol == '-')
        continue;
      if (length == GW_CASE_CODE_LENGTH || strchr (GW_CASE_CODE_ALPHABET, symbol) == NULL)
        return FALSE;
      code[length++] = symbol;
    }
  if (length != GW_CASE_CODE_LENGTH ||
      code[DATA_LENGTH] != GW_CASE_CODE_ALPHABET[check_value (code)])
    return FALSE;
  memcpy (out, code, sizeof code);
  return TRUE;
}

/**
 * gw_case_code_number:
 * @code: a normalised code
 * @key: the secret it was made with
 * @n: (out): the dense number
 *
 * The way back, so that a code finds its matter without an index. With another key the number is
 * a wrong one. Any thread.
 *
 * Returns: %FALSE when @code is no right code
 */
gboolean
gw_case_code_number (const char *code, guint64 key, guint64 *n)
{
  char symbols[GW_CASE_CODE_LENGTH + 1];
  guint64 x = 0;

  g_return_val_if_fail (n != NULL, FALSE);

  if (!gw_case_code_normalise (code, symbols))
    return FALSE;
  for (int i = 0; i < DATA_LENGTH; ++i)
    x = x * BASE + (guint64)(strchr (GW_CASE_CODE_ALPHABET, symbols[i]) - GW_CASE_CODE_ALPHABET);
  do
    x = permute_back (x, key);
  while (x >= N_CODES);
  *n = x;
  return TRUE;
}
