/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-text-source.h"

#include <string.h>

#include "gw-utf8.h"

/* Decodes all of @bytes, in pieces of @room. */
static GByteArray *
decode (const guint8 *bytes, gsize length, GwReaderEncoding encoding, gsize room)
{
  GwTextGuess guess = { .encoding = encoding, .reason = GW_REASON_ASKED };
  g_autofree guint8 *piece = g_malloc (room);
  g_autoptr (GwTextSource) source = NULL;
  GByteArray *text = g_byte_array_new ();
  GwInput input;
  gssize n;

  gw_input_init_memory (&input, bytes, length);
  source = gw_text_source_new (&input, &guess);
  g_assert_nonnull (source);
  while ((n = gw_text_source_read (source, piece, room)) > 0)
    g_byte_array_append (text, piece, (guint)n);
  g_assert_cmpint (n, ==, 0);
  g_assert_cmpuint (gw_text_source_get_offset (source), ==, length);
  return text;
}

static gboolean
is_scalar (guint32 code)
{
  return code < 0x110000 && !(code >= 0xd800 && code < 0xe000) &&
         !(code >= 0xfdd0 && code <= 0xfdef) && (code & 0xfffe) != 0xfffe;
}

/* The private codes that stood in for 24 characters until Unicode had them are no longer encoded
 * by the C library; the characters are. */
static GByteArray *
make_all_scalars (void)
{
  GByteArray *text = g_byte_array_new ();

  for (guint32 code = 1; code < 0x110000; code++)
    {
      guint8 bytes[4];

      if (is_scalar (code) && !(code >= 0xe78d && code <= 0xe864))
        g_byte_array_append (text, bytes, (guint)gw_utf8_put (bytes, code));
    }
  return text;
}

/* Goal T20 of security.md: every character there is survives each encoding, whatever the size of
 * the pieces. The C library is the second opinion. */
static void
test_all_scalars (void)
{
  static const struct
  {
    const char *name;
    GwReaderEncoding encoding;
  } encodings[] = {
    { "GB18030", GW_ENCODING_GB18030 },
    { "UTF-16LE", GW_ENCODING_UTF16LE },
    { "UTF-16BE", GW_ENCODING_UTF16BE },
  };
  g_autoptr (GByteArray) text = make_all_scalars ();

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      gsize n = 0;
      g_autofree char *encoded = g_convert ((const char *)text->data, text->len, encodings[i].name,
                                            "UTF-8", NULL, &n, NULL);
      g_autoptr (GByteArray) large = NULL;
      g_autoptr (GByteArray) small = NULL;

      g_assert_nonnull (encoded);
      large = decode ((const guint8 *)encoded, n, encodings[i].encoding, 1u << 20);
      small = decode ((const guint8 *)encoded, n, encodings[i].encoding, 1024);
      g_assert_cmpmem (large->data, large->len, text->data, text->len);
      g_assert_cmpmem (small->data, small->len, text->data, text->len);
    }
}

/* All pairs of bytes before a line end: a character, or marked bytes, and the line end stays. */
static void
test_all_pairs (void)
{
  for (guint first = 0x80; first < 256; first++)
    for (guint second = 1; second < 256; second++)
      {
        guint8 bytes[3] = { (guint8)first, (guint8)second, '\n' };
        g_autoptr (GByteArray) text = NULL;
        gboolean is_text;

        text = decode (bytes, 3, GW_ENCODING_GB18030, 1024);
        is_text = gw_utf8_get_valid_prefix (text->data, text->len) == text->len;
        g_assert_cmpint (text->data[text->len - 1], ==, '\n');
        g_assert_true (is_text || memchr (text->data, 0xff, text->len) != NULL);
      }
}

static void
test_lone_surrogates (void)
{
  static const guint8 high[] = { 0x00, 0xd8, 'a', 0, 0x00, 0xdc, 'b', 0, 'c' };
  g_autoptr (GByteArray) text = decode (high, sizeof high, GW_ENCODING_UTF16LE, 1024);

  g_assert_cmpmem (text->data, text->len,
                   "\xff\x80\x80\xff\x8d\x88"
                   "a\xff\x80\x80\xff\x8d\x8c"
                   "b\xff\x86\x83",
                   17);
}

typedef struct
{
  const char *name;
  const char *bytes;
  gsize length;
  GwReaderEncoding encoding;
  GwReaderReason reason;
} Guess;

#define BYTES(text) text, sizeof (text) - 1

static const Guess guesses[] = {
  { "nothing", BYTES (""), GW_ENCODING_UTF8, GW_REASON_ASCII },
  { "ASCII", BYTES ("a,b\n1,2\n"), GW_ENCODING_UTF8, GW_REASON_ASCII },
  { "UTF-8", BYTES ("a,编号\n"), GW_ENCODING_UTF8, GW_REASON_VALID_UTF8 },
  { "UTF-8 with mark",
    BYTES ("\xef\xbb\xbf"
           "a,b\n"),
    GW_ENCODING_UTF8, GW_REASON_BYTE_ORDER_MARK },
  { "UTF-8 with one wrong byte", BYTES ("编号,名称,地址,日期\n\xff\n"), GW_ENCODING_UTF8,
    GW_REASON_VALID_UTF8 },
  { "GB18030", BYTES ("a,\xb1\xe0\xba\xc5\n"), GW_ENCODING_GB18030, GW_REASON_NOT_UTF8 },
  { "UTF-16LE", BYTES ("a\0,\0\x16\x7f\n\0"), GW_ENCODING_UTF16LE, GW_REASON_ZERO_BYTES },
  { "UTF-16BE", BYTES ("\0a\0,\x7f\x16\0\n"), GW_ENCODING_UTF16BE, GW_REASON_ZERO_BYTES },
  { "none", BYTES ("\xff\xff\xff\xff\xff\xff"), GW_ENCODING_AUTO, GW_REASON_FORMAT },
};

static void
test_guess (gconstpointer data)
{
  const Guess *item = data;
  GwTextGuess guess;
  GwInput input;

  gw_input_init_memory (&input, (const guint8 *)item->bytes, item->length);
  g_assert_true (gw_text_source_guess (&input, GW_ENCODING_AUTO, &guess));
  g_assert_cmpint (guess.encoding, ==, item->encoding);
  if (guess.encoding != GW_ENCODING_AUTO)
    g_assert_cmpint (guess.reason, ==, item->reason);
  /* Who asks gets it, unless the mark agrees anyway. */
  g_assert_true (gw_text_source_guess (&input, GW_ENCODING_GB18030, &guess));
  g_assert_cmpint (guess.encoding, ==, GW_ENCODING_GB18030);
}

/* The first character beyond ASCII may come after megabytes. */
static void
test_late_evidence (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GwTextGuess guess;
  GwInput input;

  while (text->len < (3u << 20))
    g_string_append (text, "1,2,3,some plain text\n");
  g_string_append (text, "\xb1\xe0\xba\xc5\n");
  gw_input_init_memory (&input, (const guint8 *)text->str, text->len);
  g_assert_true (gw_text_source_guess (&input, GW_ENCODING_AUTO, &guess));
  g_assert_cmpint (guess.encoding, ==, GW_ENCODING_GB18030);
  g_assert_false (guess.is_doubtful);
}

static void
test_doubtful (void)
{
  /* Shift JIS katakana: well-formed GB18030, but no Chinese anybody writes. */
  static const guint8 text[] = "\x83\x65\x83\x58\x83\x67,\x83\x66\x81\x5b\x83\x5e\n";
  GwTextGuess guess;
  GwInput input;

  gw_input_init_memory (&input, text, sizeof text - 1);
  g_assert_true (gw_text_source_guess (&input, GW_ENCODING_AUTO, &guess));
  g_assert_cmpint (guess.encoding, ==, GW_ENCODING_GB18030);
  g_assert_true (guess.is_doubtful);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      g_autofree char *path = g_strdup_printf ("/reader/text-source/guess/%s", guesses[i].name);

      g_test_add_data_func (path, &guesses[i], test_guess);
    }
  g_test_add_func ("/reader/text-source/all-scalars", test_all_scalars);
  g_test_add_func ("/reader/text-source/all-pairs", test_all_pairs);
  g_test_add_func ("/reader/text-source/lone-surrogates", test_lone_surrogates);
  g_test_add_func ("/reader/text-source/late-evidence", test_late_evidence);
  g_test_add_func ("/reader/text-source/doubtful", test_doubtful);
  return g_test_run ();
}
