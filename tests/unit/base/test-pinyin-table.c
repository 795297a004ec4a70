/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-pinyin-table.h"

#include <string.h>

static guint32
set_of (gunichar ch)
{
  if (ch < GW_PINYIN_EXT_A_END)
    return gw_pinyin_sets[gw_pinyin_ext_a[ch - GW_PINYIN_EXT_A_FIRST]];
  return gw_pinyin_sets[gw_pinyin_uro[ch - GW_PINYIN_URO_FIRST]];
}

/* Readings as in the Xinhua dictionary; the letters in alphabetical order. */
static void
test_known_characters (void)
{
  static const struct
  {
    const char *character, *letters;
    char preferred;
  } cases[] = {
    { "重", "ctz", 'z' }, { "长", "cz", 'z' }, { "行", "hx", 'x' },  { "乐", "ly", 'l' },
    { "会", "hk", 'h' },  { "曾", "cz", 'c' }, { "单", "cds", 'd' }, { "覃", "qty", 't' },
    { "遂", "s", 's' },   { "川", "c", 'c' },  { "嗯", "n", 'n' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); ++i)
    {
      guint32 set = set_of (g_utf8_get_char (cases[i].character)), wanted = 0;

      g_test_message ("%s", cases[i].character);
      for (const char *p = cases[i].letters; *p != '\0'; ++p)
        wanted |= 1u << (*p - 'a');
      g_assert_cmphex (set & GW_PINYIN_LETTERS_MASK, ==, wanted);
      g_assert_cmpuint ((set >> GW_PINYIN_PREFERRED_SHIFT) + 'a', ==, cases[i].preferred);
    }
}

/* No Mandarin syllable begins with i, u or v; and the shown letter is of the set. */
static void
test_sets_are_sound (void)
{
  const guint32 impossible = 1u << ('i' - 'a') | 1u << ('u' - 'a') | 1u << ('v' - 'a');

  for (gunichar ch = GW_PINYIN_EXT_A_FIRST; ch < GW_PINYIN_URO_END; ++ch)
    {
      guint32 set, preferred;

      if (ch == GW_PINYIN_EXT_A_END)
        ch = GW_PINYIN_URO_FIRST;
      set = set_of (ch);
      preferred = set >> GW_PINYIN_PREFERRED_SHIFT;
      g_assert_cmphex (set & impossible, ==, 0);
      if (preferred == GW_PINYIN_NO_READING)
        g_assert_cmphex (set & GW_PINYIN_LETTERS_MASK, ==, 0);
      else
        g_assert_cmphex (set >> preferred & 1, ==, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pinyin-table/known-characters", test_known_characters);
  g_test_add_func ("/pinyin-table/sets-are-sound", test_sets_are_sound);
  return g_test_run ();
}
