/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One module, and one fault of a module's file for each value of FAULT. Faults of tables are rows
 * of test-copy.c; these here need a library. */
#include "gridwork/gw-plugin.h"

#include <stdlib.h>

#ifndef MODULE_ID
#define MODULE_ID "test.good"
#endif
#ifndef MODULE_NS
#define MODULE_NS "good"
#endif
#ifndef NUMBER_CODE
#define NUMBER_CODE "GDX"
#endif

static const GwField fields[] = {
  { .id = "colour", .label = "Colour", .kind = GW_TEXT, .privacy = GW_PRIVACY_OPEN },
};

static const GwRecordType types[] = {
  { .id = "thing",
    .label = "Thing",
    .label_plural = "Things",
    .number_code = NUMBER_CODE,
    .version = 1,
    .fields = GW_TABLE (GwField, fields) },
};

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
GW_PLUGIN (MODULE_ID, "1.0", .name = "x", .summary = "x", .license = "x", .module = &module);
#endif
