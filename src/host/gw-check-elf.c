/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-check-private.h"

#include "gw-note.h"
#include <elf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* A library as its sections describe it; every place is looked up with its size. */
typedef struct
{
  const guint8 *data;
  gsize size;
  Elf64_Ehdr header;
} Library;

static const void *
at (const Library *self, guint64 offset, guint64 size)
{
  return offset <= self->size && size <= self->size - offset ? self->data + offset : NULL;
}

static gboolean
find_section (const Library *self, guint32 type, Elf64_Shdr *section)
{
  for (guint i = 0; i < self->header.e_shnum; i++)
    {
      const void *place = at (self, self->header.e_shoff + i * sizeof *section, sizeof *section);

      if (place == NULL)
        return FALSE;
      memcpy (section, place, sizeof *section);
      if (section->sh_type == type && at (self, section->sh_offset, section->sh_size) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* "" for what lies outside or does not end. */
static const char *
string_of (const Library *self, const Elf64_Shdr *owner, guint64 index)
{
  const void *place =
      at (self, self->header.e_shoff + owner->sh_link * sizeof (Elf64_Shdr), sizeof (Elf64_Shdr));
  Elf64_Shdr strings;
  const char *text;

  if (place == NULL)
    return "";
  memcpy (&strings, place, sizeof strings);
  text = at (self, strings.sh_offset, strings.sh_size);
  if (text == NULL || index >= strings.sh_size ||
      memchr (text + index, '\0', strings.sh_size - index) == NULL)
    return "";
  return text + index;
}

static void
check_exports (GPtrArray *findings, const Library *self)
{
  g_autoptr (GString) others = g_string_new (NULL);
  gboolean found = FALSE;
  Elf64_Shdr section;

  for (guint64 i = 0;
       find_section (self, SHT_DYNSYM, &section) && i < section.sh_size / sizeof (Elf64_Sym); i++)
    {
      Elf64_Sym symbol;
      const char *name;

      memcpy (&symbol, self->data + section.sh_offset + i * sizeof symbol, sizeof symbol);
      name = string_of (self, &section, symbol.st_name);
      if (symbol.st_shndx == SHN_UNDEF || ELF64_ST_BIND (symbol.st_info) == STB_LOCAL)
        continue;
      if (g_str_equal (name, GW_SYMBOL_NAME))
        found = TRUE;
      else
        g_string_append_printf (others, " %s", name);
    }
  if (!found)
    gw_check_add (findings, "elf.exports", GW_CHECK_FAIL, _ (".dynsym: %s is missing"),
                  GW_SYMBOL_NAME);
  else if (others->len > 0)
    gw_check_add (findings, "elf.exports", GW_CHECK_FAIL, _ (".dynsym: it also exports%s"),
                  others->str);
  else
    gw_check_pass (findings, "elf.exports");
}

/* The compiler's own frame_dummy is one. */
static void
check_constructors (GPtrArray *findings, const Library *self)
{
  Elf64_Shdr section;

  if (find_section (self, SHT_INIT_ARRAY, &section) && section.sh_size > sizeof (guint64))
    gw_check_add (findings, "elf.constructors", GW_CHECK_FAIL, _ (".init_array: %u of its own"),
                  (guint)(section.sh_size / sizeof (guint64) - 1));
  else
    gw_check_pass (findings, "elf.constructors");
}

static gboolean
find_segment (const Library *self, guint32 type, Elf64_Phdr *segment)
{
  for (guint i = 0; i < self->header.e_phnum; i++)
    {
      const void *place = at (self, self->header.e_phoff + i * sizeof *segment, sizeof *segment);

      if (place == NULL)
        return FALSE;
      memcpy (segment, place, sizeof *segment);
      if (segment->p_type == type)
        return TRUE;
    }
  return FALSE;
}

static void
check_segments (GPtrArray *findings, const Library *self, gboolean bound)
{
  Elf64_Phdr segment;

  if (!find_segment (self, PT_GNU_STACK, &segment) || (segment.p_flags & PF_X) != 0)
    gw_check_add (findings, "elf.stack", GW_CHECK_FAIL, "PT_GNU_STACK");
  else
    gw_check_pass (findings, "elf.stack");
  if (!find_segment (self, PT_GNU_RELRO, &segment) || !bound)
    gw_check_add (findings, "elf.relro", GW_CHECK_WARN, bound ? "PT_GNU_RELRO" : "DT_FLAGS");
  else
    gw_check_pass (findings, "elf.relro");
}

static gboolean
may_link (const char *library)
{
  static const char *const family[] = {
    "libc.so.",           "libm.so.",       "libglib-2.0.so.",
    "libgobject-2.0.so.", "libgio-2.0.so.", "libgmodule-2.0.so."
  };

  for (guint i = 0; i < G_N_ELEMENTS (family); i++)
    if (g_str_has_prefix (library, family[i]))
      return TRUE;
  return FALSE;
}

typedef struct
{
  gboolean text, bound;
  const char *path;
  GString *links;
} Dynamic;

static void
read_dynamic (const Library *self, Dynamic *dynamic)
{
  Elf64_Shdr section;

  for (guint64 i = 0;
       find_section (self, SHT_DYNAMIC, &section) && i < section.sh_size / sizeof (Elf64_Dyn); i++)
    {
      Elf64_Dyn entry;

      memcpy (&entry, self->data + section.sh_offset + i * sizeof entry, sizeof entry);
      if (entry.d_tag == DT_TEXTREL || (entry.d_tag == DT_FLAGS && (entry.d_un.d_val & DF_TEXTREL)))
        dynamic->text = TRUE;
      if ((entry.d_tag == DT_FLAGS && (entry.d_un.d_val & DF_BIND_NOW)) ||
          (entry.d_tag == DT_FLAGS_1 && (entry.d_un.d_val & DF_1_NOW)) ||
          entry.d_tag == DT_BIND_NOW)
        dynamic->bound = TRUE;
      if (entry.d_tag == DT_RPATH || entry.d_tag == DT_RUNPATH)
        dynamic->path = string_of (self, &section, entry.d_un.d_val);
      if (entry.d_tag == DT_NEEDED && !may_link (string_of (self, &section, entry.d_un.d_val)))
        g_string_append_printf (dynamic->links, " %s",
                                string_of (self, &section, entry.d_un.d_val));
    }
}

static void
check_dynamic (GPtrArray *findings, const Library *self)
{
  g_autoptr (GString) links = g_string_new (NULL);
  Dynamic dynamic = { .links = links };

  read_dynamic (self, &dynamic);
  if (dynamic.text)
    gw_check_add (findings, "elf.text", GW_CHECK_FAIL, "DT_TEXTREL");
  else
    gw_check_pass (findings, "elf.text");
  if (dynamic.path != NULL)
    gw_check_add (findings, "elf.path", GW_CHECK_FAIL, "DT_RUNPATH: %s", dynamic.path);
  else
    gw_check_pass (findings, "elf.path");
  if (links->len > 0)
    gw_check_add (findings, "elf.links", GW_CHECK_FAIL, "DT_NEEDED:%s", links->str);
  else
    gw_check_pass (findings, "elf.links");
  check_segments (findings, self, dynamic.bound);
}

gboolean
gw_check_elf (GPtrArray *findings, const char *path)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GError) error = NULL;
  Library library = { 0 };
  GwNote note;

  if (!gw_note_read (path, &note, &error) ||
      (file = g_mapped_file_new (path, FALSE, &error)) == NULL)
    {
      gw_check_add (findings, "elf.note", GW_CHECK_FAIL, "%s", error->message);
      return FALSE;
    }
  gw_check_pass (findings, "elf.note");
  library.data = (const guint8 *)g_mapped_file_get_contents (file);
  library.size = g_mapped_file_get_length (file);
  memcpy (&library.header, library.data, sizeof library.header); /* the note is behind it */
  check_exports (findings, &library);
  check_constructors (findings, &library);
  check_dynamic (findings, &library);
  return TRUE;
}
