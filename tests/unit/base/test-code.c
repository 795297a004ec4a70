/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-code.h"

#include <string.h>

#define KEY G_GUINT64_CONSTANT (0x5eed0f51170909aa)
#define N_CODES G_GUINT64_CONSTANT (27512614111) /* 31^7 */

static void
test_form_and_way_back (void)
{
  for (guint64 n = 0; n < 20000; ++n)
    {
      char code[GW_CASE_CODE_LENGTH + 1] = "", again[GW_CASE_CODE_LENGTH + 1] = "";
      guint64 number = 0;

      gw_case_code_make (n, KEY, code);
      g_assert_cmpuint (strlen (code), ==, GW_CASE_CODE_LENGTH);
      g_assert_cmpuint (strspn (code, GW_CASE_CODE_ALPHABET), ==, GW_CASE_CODE_LENGTH);
      g_assert_true (gw_case_code_normalise (code, again));
      g_assert_cmpstr (again, ==, code);
      g_assert_true (gw_case_code_number (code, KEY, &number));
      g_assert_cmpuint (number, ==, n);
    }
}

static void
test_last_numbers (void)
{
  for (guint64 n = N_CODES - 1000; n < N_CODES; ++n)
    {
      char code[GW_CASE_CODE_LENGTH + 1] = "";
      guint64 number = 0;

      gw_case_code_make (n, KEY, code);
      g_assert_true (gw_case_code_number (code, KEY, &number));
      g_assert_cmpuint (number, ==, n);
    }
}

static void
test_unique (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint64 n = 0; n < 200000; ++n)
    {
      char code[GW_CASE_CODE_LENGTH + 1] = "";

      gw_case_code_make (n, KEY, code);
      g_assert_true (g_hash_table_add (seen, g_strdup (code)));
    }
}

/* Neighbours share on average one of 31 symbols per place, as strangers do. */
static void
test_neighbours_are_strangers (void)
{
  guint equal = 0;

  for (guint64 n = 0; n < 31000; ++n)
    {
      char code[GW_CASE_CODE_LENGTH + 1] = "", next[GW_CASE_CODE_LENGTH + 1] = "";

      gw_case_code_make (n, KEY, code);
      gw_case_code_make (n + 1, KEY, next);
      for (int i = 0; i < GW_CASE_CODE_LENGTH; ++i)
        equal += code[i] == next[i];
    }
  g_assert_cmpuint (equal, >, 7600);
  g_assert_cmpuint (equal, <, 8400);
}

static void
test_keys_differ (void)
{
  char one[GW_CASE_CODE_LENGTH + 1] = "", other[GW_CASE_CODE_LENGTH + 1] = "";

  gw_case_code_make (1, KEY, one);
  gw_case_code_make (1, KEY + 1, other);
  g_assert_cmpstr (one, !=, other);
}

static void
test_every_wrong_symbol_is_found (void)
{
  for (guint64 n = 0; n < 300; ++n)
    {
      char code[GW_CASE_CODE_LENGTH + 1] = "", out[GW_CASE_CODE_LENGTH + 1] = "";

      gw_case_code_make (n * 91711 % N_CODES, KEY, code);
      for (int i = 0; i < GW_CASE_CODE_LENGTH; ++i)
        for (const char *symbol = GW_CASE_CODE_ALPHABET; *symbol != '\0'; ++symbol)
          {
            char wrong[GW_CASE_CODE_LENGTH + 1];

            memcpy (wrong, code, sizeof wrong);
            wrong[i] = *symbol;
            g_assert_cmpint (gw_case_code_normalise (wrong, out), ==, strcmp (wrong, code) == 0);
          }
    }
}

/* Not only neighbours: all weights differ. */
static void
test_every_swap_is_found (void)
{
  for (guint64 n = 0; n < 3000; ++n)
    {
      char code[GW_CASE_CODE_LENGTH + 1] = "", out[GW_CASE_CODE_LENGTH + 1] = "";

      gw_case_code_make (n, KEY, code);
      for (int i = 0; i < GW_CASE_CODE_LENGTH; ++i)
        for (int j = i + 1; j < GW_CASE_CODE_LENGTH; ++j)
          {
            char wrong[GW_CASE_CODE_LENGTH + 1];

            memcpy (wrong, code, sizeof wrong);
            wrong[i] = code[j];
            wrong[j] = code[i];
            g_assert_cmpint (gw_case_code_normalise (wrong, out), ==, code[i] == code[j]);
          }
    }
}

static char *
wide (const char *code)
{
  GString *text = g_string_new (NULL);

  for (const char *p = code; *p != '\0'; ++p)
    g_string_append_unichar (text, (gunichar)*p + 0xfee0);
  return g_string_free (text, FALSE);
}

static void
test_normalise_takes_what_people_type (void)
{
  char code[GW_CASE_CODE_LENGTH + 1] = "", out[GW_CASE_CODE_LENGTH + 1] = "";
  g_autofree char *lower = NULL, *spaced = NULL, *full_width = NULL;

  gw_case_code_make (1234567, KEY, code);
  lower = g_ascii_strdown (code, -1);
  spaced = g_strdup_printf (" %.4s-%.2s %s", code, code + 4, code + 6);
  full_width = wide (code);
  g_assert_true (gw_case_code_normalise (lower, out));
  g_assert_cmpstr (out, ==, code);
  g_assert_true (gw_case_code_normalise (spaced, out));
  g_assert_cmpstr (out, ==, code);
  g_assert_true (gw_case_code_normalise (full_width, out));
  g_assert_cmpstr (out, ==, code);
}

static void
test_normalise_refuses (void)
{
  static const char *const texts[] = {
    "",         "2222222", "222222222", "22222220",  "2222222I",
    "2222222O", "案件",    "2222 222",  "2222_2222", "22222223"
  };
  char out[GW_CASE_CODE_LENGTH + 1] = "kept";

  for (guint i = 0; i < G_N_ELEMENTS (texts); ++i)
    g_assert_false (gw_case_code_normalise (texts[i], out));
  g_assert_false (gw_case_code_normalise (NULL, out));
  g_assert_false (gw_case_code_normalise ("\xff\xfe", out));
  g_assert_cmpstr (out, ==, "kept");
  g_assert_true (gw_case_code_normalise ("22222222", out)); /* all values are 0, so is the sum */
}

static void
test_uid (void)
{
  static const guint8 random[10] = { 0xff, 0x01, 0xff, 3, 4, 5, 6, 7, 8, 0xfe };
  GwUid uid, read;
  g_autofree char *text = NULL;

  /* The time of RFC 9562, appendix A.6: 2022-02-22T19:22:22Z, 017F22E279B0. */
  gw_uid_make (&uid, G_GINT64_CONSTANT (1645557742000), random);
  text = gw_uid_format (&uid);
  g_assert_cmpstr (text, ==, "017f22e2-79b0-7f01-bf03-0405060708fe");
  g_assert_true (gw_uid_parse (text, &read));
  g_assert_cmpmem (&read, sizeof read, &uid, sizeof uid);
  g_assert_true (gw_uid_parse ("017F22E2-79B0-7F01-BF03-0405060708FE", &read));
  g_assert_cmpmem (&read, sizeof read, &uid, sizeof uid);
}

static void
test_uid_sorts_by_time (void)
{
  static const guint8 high[10] = { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 };
  static const guint8 low[10] = { 0 };

  for (gint64 ms = G_GINT64_CONSTANT (1645557742000); ms < G_GINT64_CONSTANT (1645557742600); ++ms)
    {
      GwUid early, late;

      gw_uid_make (&early, ms, high);
      gw_uid_make (&late, ms + 1, low);
      g_assert_cmpint (memcmp (&early, &late, sizeof early), <, 0);
    }
}

static void
test_uid_refuses (void)
{
  static const char *const texts[] = {
    "",
    "017f22e2-79b0-7f01-bf03-0405060708f",
    "017f22e279b0-7f01-bf03-0405060708fe00",
    "017f22e2-79b0-7f01-bf03-0405060708fg",
    "017f22e2-79b0-7f01-bf03 0405060708fe",
  };
  GwUid uid;

  for (guint i = 0; i < G_N_ELEMENTS (texts); ++i)
    g_assert_false (gw_uid_parse (texts[i], &uid));
  g_assert_false (gw_uid_parse (NULL, &uid));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/code/form-and-way-back", test_form_and_way_back);
  g_test_add_func ("/code/last-numbers", test_last_numbers);
  g_test_add_func ("/code/unique", test_unique);
  g_test_add_func ("/code/neighbours-are-strangers", test_neighbours_are_strangers);
  g_test_add_func ("/code/keys-differ", test_keys_differ);
  g_test_add_func ("/code/every-wrong-symbol-is-found", test_every_wrong_symbol_is_found);
  g_test_add_func ("/code/every-swap-is-found", test_every_swap_is_found);
  g_test_add_func ("/code/normalise-takes-what-people-type", test_normalise_takes_what_people_type);
  g_test_add_func ("/code/normalise-refuses", test_normalise_refuses);
  g_test_add_func ("/uid/form", test_uid);
  g_test_add_func ("/uid/sorts-by-time", test_uid_sorts_by_time);
  g_test_add_func ("/uid/refuses", test_uid_refuses);
  return g_test_run ();
}
