/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a fuzz target without a fuzzing engine, so that its corpus is an ordinary test in every
 * build: first each file of the corpus, then as many seeded mutations of them as asked for.
 *
 *     replay CORPUS-FOLDER MUTATIONS [SEED] */

#include <glib.h>
#include <string.h>

#include "fuzz-target.h"

#define MAX_INPUT_BYTES (64u << 10)

/* Pieces that matter to some reader; a random byte would hardly ever hit upon them. */
static const char *const pieces[] = {
  "\"",
  "\"\"",
  ",",
  "\n",
  "\r\n",
  "\t",
  ";",
  "sep=;",
  "\xff",
  "\xef\xbb\xbf",
  "\x81\x30\x81\x30",
  "\xed\xa0\x80",
  "PK\x01\x02",
  "PK\x05\x06",
  "<c>",
  "</c>",
  "<row>",
  "</row>",
  "<v>9</v>",
  "t=\"s\"",
  "r=\"XFD1048576\"",
  "<f>",
  "<is><t>",
  "<si>",
  "</si>",
  "<mergeCell ref=\"A1:C3\"/>",
  "&#65;",
  "_x000D_",
  "<!DOCTYPE",
  "]]>",
  "4294967295",
  "-1",
  "1e309",
  "\x01\x00\x00\x00",
  "\xff\xff\xff\xff",
};

static void
put_piece (GByteArray *input, GRand *random)
{
  const char *piece = pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))];
  gsize length = MAX (strlen (piece), 1);
  guint at = (guint)g_rand_int_range (random, 0, (gint32)input->len + 1);
  g_autofree guint8 *rest = g_memdup2 (input->data + at, input->len - at);
  guint n_rest = input->len - at;

  g_byte_array_set_size (input, at);
  g_byte_array_append (input, (const guint8 *)piece, (guint)length);
  if (rest != NULL)
    g_byte_array_append (input, rest, n_rest);
}

static void
mutate_once (GByteArray *input, GRand *random)
{
  guint at;
  guint n;

  if (input->len == 0)
    {
      put_piece (input, random);
      return;
    }
  at = (guint)g_rand_int_range (random, 0, (gint32)input->len);
  n = (guint)g_rand_int_range (random, 1, 64);
  n = MIN (n, input->len - at); /* the macro would draw twice */
  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      input->data[at] ^= (guint8)(1u << g_rand_int_range (random, 0, 8));
      break;
    case 1:
      input->data[at] = (guint8)g_rand_int_range (random, 0, 256);
      break;
    case 2:
      g_byte_array_remove_range (input, at, n);
      break;
    case 3:
      {
        g_autofree guint8 *copy = g_memdup2 (input->data + at, n);

        g_byte_array_append (input, copy, n);
        break;
      }
    case 4:
      g_byte_array_set_size (input, at);
      break;
    default:
      put_piece (input, random);
      break;
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
load_corpus (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  GPtrArray *corpus = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name = NULL;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  /* The folder's own order differs between machines; a seed must mean the same on all. */
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
      char *bytes = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (path, &bytes, &length, &error));
      g_ptr_array_add (corpus, g_bytes_new_take (bytes, length));
    }
  return corpus;
}

static void
run_mutation (GPtrArray *corpus, GRand *random)
{
  GBytes *origin = corpus->pdata[g_rand_int_range (random, 0, (gint32)corpus->len)];
  g_autoptr (GByteArray) input = g_byte_array_new ();
  guint n = (guint)g_rand_int_range (random, 1, 9);

  g_byte_array_append (input, g_bytes_get_data (origin, NULL), (guint)g_bytes_get_size (origin));
  while (n-- > 0 && input->len < MAX_INPUT_BYTES)
    mutate_once (input, random);
  (void)LLVMFuzzerTestOneInput (input->data, input->len);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) corpus = NULL;
  g_autoptr (GRand) random = NULL;
  guint64 n_mutations = 0;
  guint64 seed = 1;

  g_assert_cmpint (argc, >=, 3);
  g_assert_true (g_ascii_string_to_unsigned (argv[2], 10, 0, G_MAXUINT32, &n_mutations, NULL));
  if (argc > 3)
    g_assert_true (g_ascii_string_to_unsigned (argv[3], 10, 0, G_MAXUINT32, &seed, NULL));
  corpus = load_corpus (argv[1]);
  g_assert_cmpuint (corpus->len, >, 0);
  for (guint i = 0; i < corpus->len; i++)
    {
      gsize length = 0;
      const guint8 *bytes = g_bytes_get_data (corpus->pdata[i], &length);

      (void)LLVMFuzzerTestOneInput (bytes, length);
    }
  random = g_rand_new_with_seed ((guint32)seed);
  for (guint64 i = 0; i < n_mutations; i++)
    run_mutation (corpus, random);
  g_print ("%u files, %lu mutations, seed=%lu\n", corpus->len, (gulong)n_mutations, (gulong)seed);
  return 0;
}
