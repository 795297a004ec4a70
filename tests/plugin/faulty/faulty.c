/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One module, and one fault of a module's file for each value of FAULT. Faults of tables are rows
 * of test-copy.c; these here need a library. */
#include "gridwork/gw-plugin.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

G_GNUC_UNUSED static void
crash (void)
{
  volatile int *volatile nowhere = GSIZE_TO_POINTER (8);

  *nowhere = 1;
}

G_GNUC_UNUSED static void
loop (void)
{
  for (volatile guint i = 0;; i++)
    ;
}

#ifndef MODULE_ID
#define MODULE_ID "test.good"
#endif
#ifndef MODULE_NS
#define MODULE_NS "good"
#endif
#ifndef NUMBER_CODE
#define NUMBER_CODE "GDX"
#endif

#ifdef FAULT_NEWER_MEMBER
/* As a later interface may have it, and with a value where this one knows nothing. */
typedef struct
{
  GwField known;
  guint64 unknown;
} NewField;

static const NewField fields[] = {
  { .known = { .id = "colour", .label = "Colour", .kind = GW_TEXT, .privacy = GW_PRIVACY_OPEN } },
  { .known = { .id = "size", .label = "Size", .kind = GW_TEXT, .privacy = GW_PRIVACY_OPEN },
    .unknown = 7 },
};
#define GwField NewField
#elif defined(FAULT_FIELD_TWICE)
static const GwField fields[] = {
  { .id = "title", .label = "Title", .kind = GW_TEXT, .privacy = GW_PRIVACY_OPEN },
  { .id = "title", .label = "Again", .kind = GW_TEXT, .privacy = GW_PRIVACY_OPEN },
};
#elif defined(FAULT_NO_PRIVACY)
static const GwField fields[] = {
  { .id = "title", .label = "Title", .kind = GW_TEXT },
};
#elif !defined(FAULT_WILD_POINTER)
static const GwField fields[] = {
  { .id = "colour", .label = "Colour", .kind = GW_TEXT, .privacy = GW_PRIVACY_OPEN },
};
#endif

static const GwRecordType types[] = {
  { .id = "thing",
    .label = "Thing",
    .label_plural = "Things",
    .number_code = NUMBER_CODE,
    .version = 1,
#ifdef FAULT_WILD_POINTER
    .fields = { (const void *)8, 1, sizeof (GwField) } },
#else
    .fields = GW_TABLE (GwField, fields) },
#endif
};
#undef GwField

G_GNUC_UNUSED static const GwModule module = {
  .struct_size = sizeof (GwModule),
  .schema_version = 1,
  .ns = MODULE_NS,
  .group = "risk",
  .order = 9,
  .record_types = GW_TABLE (GwRecordType, types),
};

#ifdef FAULT_FOREIGN_ABI
#undef GW_ABI_MAJOR
#define GW_ABI_MAJOR 9u

/* Must never run: the note alone is reason enough to refuse the file. */
__attribute__ ((constructor)) static void
begin (void)
{
  abort ();
}
#endif

#ifdef FAULT_MISSING_SYMBOL
extern int gw_nobody_has_this (void);
int gw_uses_it (void);

__attribute__ ((visibility ("default"))) int
gw_uses_it (void)
{
  return gw_nobody_has_this ();
}
#endif

#if defined(FAULT_BEGIN_CRASH) || defined(FAULT_BEGIN_LOOP) || defined(FAULT_BEGIN_EXIT) || \
    defined(FAULT_BEGIN_SLEEP)
__attribute__ ((constructor)) static void
begin (void)
{
#ifdef FAULT_BEGIN_CRASH
  crash ();
#elif defined(FAULT_BEGIN_LOOP)
  loop ();
#elif defined(FAULT_BEGIN_EXIT)
  _exit (0);
#else
  for (;;)
    (void)pause ();
#endif
}
#endif

/* What runs in the program itself, after an examination that could not see it. */
#if defined(FAULT_ACTIVATE_CRASH)
#define ACTIVATE_FAULT crash ()
#elif defined(FAULT_ACTIVATE_EXIT)
#define ACTIVATE_FAULT exit (0)
#elif defined(FAULT_ACTIVATE_ABORT)
#define ACTIVATE_FAULT abort ()
#elif defined(FAULT_ACTIVATE_DEEP)
#define ACTIVATE_FAULT (void)go_deeper (0)
#elif defined(FAULT_ACTIVATE_NO)
#define ACTIVATE_FAULT \
  return (g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "no lamps here"), FALSE)
#elif defined(FAULT_ACTIVATE_SILENT)
#define ACTIVATE_FAULT return FALSE
#elif defined(FAULT_ACTIVATE_LEAK)
#define ACTIVATE_FAULT \
  if (malloc (1000) == NULL) \
  return FALSE
#elif defined(FAULT_CALLBACK_LOOP) || defined(FAULT_ANSWERS_ALL) || defined(WITH_CODE)
#define ACTIVATE_FAULT (void)0
#endif

#ifdef ACTIVATE_FAULT
#ifdef FAULT_ACTIVATE_DEEP
static int
go_deeper (int depth)
{
  volatile char room[4096];

  room[depth % 4096] = (char)depth;
  return go_deeper (depth + 1) + room[0];
}
#endif

static gboolean
activate (const GwPlugin *self, GwHost *host, gpointer *state, GError **error)
{
  ACTIVATE_FAULT;
  *state = host;
  return TRUE;
}

static const void *
get_extension (const GwPlugin *self, const char *id)
{
#ifdef FAULT_CALLBACK_LOOP
  /* So that the test knows when to kill. */
  if (write (STDOUT_FILENO, "inside\n", 7) == 7)
    loop ();
#endif
#ifdef FAULT_ANSWERS_ALL
  return id;
#else
  return strcmp (id, "test.echo/1") == 0 ? id : NULL;
#endif
}
#define CODE , .activate = activate, .get_extension = get_extension
#else
#define CODE
#endif

#ifdef FAULT_NO_NOTE
extern const GwPlugin gw_plugin_0;
__attribute__ ((visibility ("default"))) const GwPlugin gw_plugin_0 = { .module = &module };
#elif defined(FAULT_NO_SYMBOL)
#define gw_plugin_0 gw_plugin_of_another_name
GW_PLUGIN (MODULE_ID, "1.0", .name = "x", .summary = "x", .license = "x", .module = &module);
#elif defined(FAULT_OTHER_ID)
GW_PLUGIN (MODULE_ID,
           "1.0",
           .name = "x",
           .summary = "x",
           .license = "x",
           .module = &module,
           .id = "test.other");
#elif defined(FAULT_NO_MODULE)
GW_PLUGIN (MODULE_ID, "1.0", .name = "x", .summary = "x", .license = "x", .module = NULL);
#else
GW_PLUGIN (MODULE_ID, "1.0", .name = "x", .summary = "x", .license = "x", .module = &module CODE);
#endif
