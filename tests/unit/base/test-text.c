/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-text.h"

#include <locale.h>
#include <string.h>

typedef char *(*TextFunc) (const char *text);

static void
assert_text (TextFunc func, const char *text, const char *wanted)
{
  g_autofree char *got = func (text);

  g_assert_cmpstr (got, ==, wanted);
}

static void
test_fold (void)
{
  assert_text (gw_text_fold, NULL, "");
  assert_text (gw_text_fold, "  Hello \t World\n", "hello world");
  assert_text (gw_text_fold, "ＡＢＣ　１２３（Ｘ）", "abc 123(x)");
  assert_text (gw_text_fold, "遂宁　市", "遂宁 市");
  assert_text (gw_text_fold,
               "a\xe2\x80\x8b"
               "b",
               "ab");
  assert_text (gw_text_fold, "Ａ\u0301", "á");
  assert_text (gw_text_fold, "bad\xff", "bad\xef\xbf\xbd");
  assert_text (gw_text_fold, "TITLE ISSUE", "title issue");
  assert_text (gw_text_fold, "\xc2\xa0", "");
}

/* In a Turkish locale g_utf8_strdown() makes a dotless i of I; folding must not. */
static void
test_fold_in_any_locale (void)
{
  g_autofree char *here = g_strdup (setlocale (LC_CTYPE, NULL));

  if (setlocale (LC_CTYPE, "tr_TR.UTF-8") == NULL)
    g_test_message ("tr_TR.UTF-8 is not installed; only this locale was tried");
  assert_text (gw_text_fold, "TITLE Éİ", "title éi");
  setlocale (LC_CTYPE, here);
}

static gunichar
random_character (void)
{
  static const struct
  {
    gunichar first, last;
  } ranges[] = { { 1, 0x17f },       { 0x300, 0x3ff },   { 0x1e00, 0x206f }, { 0x2100, 0x214f },
                 { 0x3000, 0x33ff }, { 0x4e00, 0x4eff }, { 0xf900, 0xfaff }, { 0xfe00, 0xffef } };
  guint i = (guint)g_test_rand_int_range (0, G_N_ELEMENTS (ranges));

  return (gunichar)g_test_rand_int_range ((gint32)ranges[i].first, (gint32)ranges[i].last + 1);
}

static void
test_folding_twice_changes_nothing (void)
{
  for (int i = 0; i < 20000; ++i)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *once = NULL, *twice = NULL, *tidy = NULL, *tidier = NULL;

      for (int j = 0; j < 6; ++j)
        g_string_append_unichar (text, random_character ());
      once = gw_text_fold (text->str);
      twice = gw_text_fold (once);
      g_assert_cmpstr (once, ==, twice);
      tidy = gw_text_tidy (text->str);
      tidier = gw_text_tidy (tidy);
      g_assert_cmpstr (tidy, ==, tidier);
      g_assert_cmpint (gw_text_is_blank (text->str), ==, *tidy == '\0');
    }
}

static void
test_tidy (void)
{
  assert_text (gw_text_tidy, NULL, "");
  assert_text (gw_text_tidy, "　物业　纠纷\r\n二行　", "物业 纠纷 二行");
  assert_text (gw_text_tidy, "ＡＢc", "ＡＢc");
}

static void
test_length_and_blank (void)
{
  g_assert_cmpuint (gw_text_length (NULL), ==, 0);
  g_assert_cmpuint (gw_text_length ("遂宁市a"), ==, 4);
  g_assert_true (gw_text_is_blank (NULL));
  g_assert_true (gw_text_is_blank (""));
  g_assert_true (gw_text_is_blank (" \t\n　\u200b"));
  g_assert_false (gw_text_is_blank ("　。"));
}

static void
test_ellipsize (void)
{
  static const struct
  {
    const char *text;
    gsize n;
    const char *wanted;
  } cases[] = {
    { NULL, 3, "" },
    { "遂宁市", 3, "遂宁市" },
    { "遂宁市船山区", 3, "遂宁市…" },
    { "ae\u0301b", 2, "ae\u0301…" },
    { "ae\u0301", 2, "ae\u0301" },
    { "abc", 0, "…" },
    { "", 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); ++i)
    {
      g_autofree char *got = gw_text_ellipsize (cases[i].text, cases[i].n);

      g_assert_cmpstr (got, ==, cases[i].wanted);
    }
}

/* No number here belongs to anybody: the ID numbers have the area code 510903 and made-up serial
 * numbers, the mobile numbers end in zeros or runs. */
static void
test_personal (void)
{
  static const struct
  {
    const char *text;
    GwPersonal kinds;
    gsize offset;
  } cases[] = {
    { "", GW_PERSONAL_NONE, 0 },
    { "no number at all", GW_PERSONAL_NONE, 0 },
    { "13800000000", GW_PERSONAL_MOBILE, 0 },
    { "tel 13800000000.", GW_PERSONAL_MOBILE, 4 },
    { "电话：19912345678，速来", GW_PERSONAL_MOBILE, 9 },
    { "１３８００００００００", GW_PERSONAL_MOBILE, 0 },
    { "138 0000 0000", GW_PERSONAL_MOBILE, 0 },
    { "138-0000-0000", GW_PERSONAL_MOBILE, 0 },
    { "138－0000－0000", GW_PERSONAL_MOBILE, 0 },
    { "1380 000 0000", GW_PERSONAL_MOBILE, 0 },
    { "1 3 8 0 0 0 0 0 0 0 0", GW_PERSONAL_MOBILE, 0 },
    { "+86 138 0000 0000", GW_PERSONAL_MOBILE, 1 },
    { "8613800000000", GW_PERSONAL_MOBILE, 0 },
    { "+8613800000000", GW_PERSONAL_MOBILE, 1 },
    { "008613800000000", GW_PERSONAL_MOBILE, 0 },
    { "wx13800000000a", GW_PERSONAL_MOBILE, 2 },
    { "1.13800000000", GW_PERSONAL_MOBILE, 2 },
    { "3号楼2单元 13800000000", GW_PERSONAL_MOBILE, 15 },
    { "2026-11-24 13800000000", GW_PERSONAL_MOBILE, 11 },
    { "x13800000000", GW_PERSONAL_MOBILE, 1 },
    /* Longer, shorter, other numbers. */
    { "138000000001", GW_PERSONAL_NONE, 0 },
    { "913800000000", GW_PERSONAL_NONE, 0 },
    { "1380000000", GW_PERSONAL_NONE, 0 },
    { "12800000000", GW_PERSONAL_NONE, 0 },
    { "23800000000", GW_PERSONAL_NONE, 0 },
    { "105.13812345678", GW_PERSONAL_NONE, 0 },
    { "0.13812345678", GW_PERSONAL_NONE, 0 },
    { "15 2026-11-24 301", GW_PERSONAL_NONE, 0 },
    { "15 2026-11-24 3", GW_PERSONAL_NONE, 0 },
    { "510903-DIS-2022-000123", GW_PERSONAL_NONE, 0 },
    { "0825-2222222", GW_PERSONAL_NONE, 0 },
    { "510903001001001 00", GW_PERSONAL_NONE, 0 },
    { "6222020000138000000", GW_PERSONAL_NONE, 0 },
    /* ID numbers. */
    { "510903199001010016", GW_PERSONAL_ID_NUMBER, 0 },
    { "证号510903199001010016号", GW_PERSONAL_ID_NUMBER, 6 },
    { "510903 19900101 0016", GW_PERSONAL_ID_NUMBER, 0 },
    { "５１０９０３１９９００１０１００１６", GW_PERSONAL_ID_NUMBER, 0 },
    { "510903199001010016 13800000000", GW_PERSONAL_ID_NUMBER | GW_PERSONAL_MOBILE, 0 },
    { "13800000000 510903199001010016", GW_PERSONAL_ID_NUMBER | GW_PERSONAL_MOBILE, 0 },
    { "13800000000/510903199001010016", GW_PERSONAL_ID_NUMBER | GW_PERSONAL_MOBILE, 0 },
    { "510903199001010018", GW_PERSONAL_NONE, 0 },
    { "5109031990010100161", GW_PERSONAL_NONE, 0 },
    { "1510903199001010016", GW_PERSONAL_NONE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); ++i)
    {
      gsize offset = 0;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (gw_text_find_personal (cases[i].text, &offset), ==, cases[i].kinds);
      g_assert_cmpuint (offset, ==, cases[i].offset);
    }
  g_assert_cmpuint (gw_text_find_personal (NULL, NULL), ==, GW_PERSONAL_NONE);
}

/* The check symbol as the standard defines it: sum of digit * 2^(18-i) mod 11, table "10X98765432".
 */
static char
check_symbol (const char *digits)
{
  int sum = 0;

  for (int i = 0; i < 17; ++i)
    sum += (digits[i] - '0') * ((1 << (17 - i)) % 11);
  return "10X98765432"[sum % 11];
}

static void
test_every_check_symbol (void)
{
  guint x_seen = 0;

  for (int serial = 0; serial < 1000; ++serial)
    {
      g_autofree char *digits = g_strdup_printf ("51090319850722%03d", serial);
      char right = check_symbol (digits);

      for (const char *symbol = "0123456789Xx"; *symbol != '\0'; ++symbol)
        {
          g_autofree char *number = g_strdup_printf ("%s%c", digits, *symbol);
          gboolean is_right = g_ascii_toupper (*symbol) == right;

          g_assert_cmpuint (gw_text_find_personal (number, NULL), ==,
                            is_right ? GW_PERSONAL_ID_NUMBER : GW_PERSONAL_NONE);
          x_seen += is_right && right == 'X';
        }
    }
  g_assert_cmpuint (x_seen, >, 0);
}

/* A right check symbol alone is chance, one in eleven; place and date must be possible. */
static void
test_id_needs_place_and_date (void)
{
  static const struct
  {
    const char *digits;
    gboolean found;
  } cases[] = {
    { "51090319850722001", TRUE },  { "11010119000101001", TRUE },  { "50010120000229001", TRUE },
    { "81000019900101001", TRUE },  { "51090319850732001", FALSE }, { "51090319851322001", FALSE },
    { "51090318000722001", FALSE }, { "51090321500722001", FALSE }, { "16010119850722001", FALSE },
    { "01010119850722001", FALSE }, { "66010119850722001", FALSE }, { "50010119000229001", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); ++i)
    {
      g_autofree char *number =
          g_strdup_printf ("%s%c", cases[i].digits, check_symbol (cases[i].digits));

      g_test_message ("%s", number);
      g_assert_cmpint (gw_text_find_personal (number, NULL) == GW_PERSONAL_ID_NUMBER, ==,
                       cases[i].found);
    }
}

/* The number stands at every place of a long row of numbers, so also where the scanner has to begin
 * anew. */
static void
test_long_tables_of_numbers (void)
{
  for (guint before = 0; before < 120; ++before)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      gsize offset = 0, place;

      for (guint i = 0; i < before; ++i)
        g_string_append (text, "22 ");
      place = text->len;
      g_string_append (text, before % 2 == 0 ? "138 0000 0000" : "510903199001010016");
      for (guint i = 0; i < 300; ++i)
        g_string_append (text, " 22");
      g_assert_cmpuint (gw_text_find_personal (text->str, &offset), ==,
                        before % 2 == 0 ? GW_PERSONAL_MOBILE : GW_PERSONAL_ID_NUMBER);
      g_assert_cmpuint (offset, ==, place);
    }
}

static void
test_one_endless_number (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 500; ++i)
    g_string_append (text, "13800000000");
  g_assert_cmpuint (gw_text_find_personal (text->str, NULL), ==, GW_PERSONAL_NONE);
}

static void
test_mask (void)
{
  assert_text (gw_text_mask_personal, NULL, "");
  assert_text (gw_text_mask_personal, "nothing 12", "nothing 12");
  assert_text (gw_text_mask_personal, "张电13800000000、２楼", "张电•••••••••••、２楼");
  assert_text (gw_text_mask_personal, "138 0000 0000与510903199001010016.",
               "•••••••••••••与••••••••••••••••••.");
}

static void
test_masked_text_holds_nothing (void)
{
  static const char *const parts[] = {
    "13800000000", "510903199001010016", " ", "-", "1", "0.", "１３８", "X", "，", "86"
  };

  for (int i = 0; i < 20000; ++i)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *masked = NULL;

      for (int j = g_test_rand_int_range (0, 12); j > 0; --j)
        g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
      masked = gw_text_mask_personal (text->str);
      g_assert_cmpuint (gw_text_length (masked), ==, gw_text_length (text->str));
      g_assert_cmpuint (gw_text_find_personal (masked, NULL), ==, GW_PERSONAL_NONE);
      g_assert_cmpint (gw_text_find_personal (text->str, NULL) == GW_PERSONAL_NONE, ==,
                       strcmp (masked, text->str) == 0);
    }
}

static void
test_initials (void)
{
  assert_text (gw_text_initials, NULL, "");
  assert_text (gw_text_initials, "物业纠纷", "wyjf");
  assert_text (gw_text_initials, "劳动争议（欠薪）", "ldzyqx");
  assert_text (gw_text_initials, "遂宁市船山区凯旋路街道 A12栋", "snscsqkxljda12d");
  assert_text (gw_text_initials, "１２３４５热线", "12345rx");
  assert_text (gw_text_initials, "二〇二六", "elel");
  assert_text (gw_text_initials, "都江堰单位", "djydw");
  assert_text (gw_text_initials, "龥㐀", "yq");
  assert_text (gw_text_initials, "！？ é", "e");
}

static void
test_matches_initials (void)
{
  static const struct
  {
    const char *text, *initials;
    gboolean matches;
  } cases[] = {
    { "物业纠纷", "wyjf", TRUE },
    { "物业纠纷", "YJ", TRUE },
    { "物业纠纷", "w y", TRUE },
    { "物业纠纷", "wj", FALSE },
    { "物业纠纷", "wyjfx", FALSE },
    { "物业纠纷", "", TRUE },
    { "物业纠纷", "物", FALSE },
    { "重庆路", "cql", TRUE },
    { "重庆路", "zql", TRUE },
    { "长安社区", "casq", TRUE },
    { "长安社区", "zasq", TRUE },
    { "行政", "xz", TRUE },
    { "银行", "yh", TRUE },
    { "12栋3单元", "12d3", TRUE },
    { "12栋3单元", "13", FALSE },
    { "ＡＢ区", "abq", TRUE },
    { "", "a", FALSE },
    { "", "", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); ++i)
    {
      g_test_message ("%s %s", cases[i].text, cases[i].initials);
      g_assert_cmpint (gw_text_matches_initials (cases[i].text, cases[i].initials), ==,
                       cases[i].matches);
    }
  g_assert_false (gw_text_matches_initials (NULL, "a"));
  g_assert_true (gw_text_matches_initials (NULL, NULL));
}

/* What is shown is one of the readings, for every character of the table. */
static void
test_preferred_reading_is_a_reading (void)
{
  guint without = 0;

  for (gunichar ch = 0x3400; ch < 0xa000; ++ch)
    {
      char text[8] = "";
      g_autofree char *initials = NULL;

      g_unichar_to_utf8 (ch, text);
      initials = gw_text_initials (text);
      if (ch >= 0x4e00)
        without += *initials == '\0';
      if (*initials != '\0')
        g_assert_true (gw_text_matches_initials (text, initials));
    }
  g_assert_cmpuint (without, <, 300);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/fold-in-any-locale", test_fold_in_any_locale);
  g_test_add_func ("/text/folding-twice-changes-nothing", test_folding_twice_changes_nothing);
  g_test_add_func ("/text/tidy", test_tidy);
  g_test_add_func ("/text/length-and-blank", test_length_and_blank);
  g_test_add_func ("/text/ellipsize", test_ellipsize);
  g_test_add_func ("/text/personal", test_personal);
  g_test_add_func ("/text/every-check-symbol", test_every_check_symbol);
  g_test_add_func ("/text/id-needs-place-and-date", test_id_needs_place_and_date);
  g_test_add_func ("/text/long-tables-of-numbers", test_long_tables_of_numbers);
  g_test_add_func ("/text/one-endless-number", test_one_endless_number);
  g_test_add_func ("/text/mask", test_mask);
  g_test_add_func ("/text/masked-text-holds-nothing", test_masked_text_holds_nothing);
  g_test_add_func ("/text/initials", test_initials);
  g_test_add_func ("/text/matches-initials", test_matches_initials);
  g_test_add_func ("/text/preferred-reading-is-a-reading", test_preferred_reading_is_a_reading);
  return g_test_run ();
}
