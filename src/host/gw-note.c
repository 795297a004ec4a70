/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-note.h"

#include "gw-error.h"
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OWN_MACHINE EM_X86_64
#elif defined(__aarch64__)
#define OWN_MACHINE EM_AARCH64
#elif defined(__loongarch64)
#define OWN_MACHINE 258 /* EM_LOONGARCH, newer than the headers of Debian 12 */
#else
#define OWN_MACHINE EM_NONE
#endif

#define NOTE_SIZE(member) (sizeof (((GwNote *)0)->member))
#define DESC_OFFSET G_STRUCT_OFFSET (GwNote, abi_major)

static gboolean
check_owner (const char *path, GError **error)
{
  struct stat info;

  if (stat (path, &info) != 0)
    return gw_throw (error, GW_ERROR_NOT_FOUND, _ ("the file cannot be read: %s"),
                     g_strerror (errno));
  if (info.st_uid != 0 && info.st_uid != getuid ())
    return gw_throw (error, GW_ERROR_REFUSED,
                     _ ("the file belongs to another user; install it as root, or as yourself"));
  if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return gw_throw (error, GW_ERROR_REFUSED,
                     _ ("others may write to the file; take that right away (chmod go-w)"));
  return TRUE;
}

static gboolean
check_header (const guint8 *data, gsize size, Elf64_Ehdr *header, GError **error)
{
  if (size < sizeof *header || memcmp (data, ELFMAG, SELFMAG) != 0 ||
      data[EI_CLASS] != ELFCLASS64 || data[EI_DATA] != ELFDATA2LSB)
    return gw_throw (error, GW_ERROR_FORMAT, _ ("not a 64-bit shared library"));
  memcpy (header, data, sizeof *header);
  if (header->e_type != ET_DYN)
    return gw_throw (error, GW_ERROR_FORMAT, _ ("not a shared library"));
  if (header->e_machine != OWN_MACHINE)
    return gw_throw (error, GW_ERROR_REFUSED,
                     _ ("built for another processor (ELF machine %u); build it for this one"),
                     header->e_machine);
  if (header->e_phentsize != sizeof (Elf64_Phdr) || header->e_phoff > size ||
      (size - header->e_phoff) / sizeof (Elf64_Phdr) < header->e_phnum)
    return gw_throw (error, GW_ERROR_FORMAT,
                     _ ("a damaged shared library: its headers lie outside"));
  return TRUE;
}

/* One PT_NOTE segment is a row of notes, each padded to four bytes. */
static gboolean
find_in_segment (const guint8 *data, gsize size, GwNote *note)
{
  gsize at = 0;

  while (size - at >= 12)
    {
      guint32 head[3];
      gsize name, desc;

      memcpy (head, data + at, sizeof head);
      name = ((gsize)head[0] + 3) & ~(gsize)3;
      desc = ((gsize)head[1] + 3) & ~(gsize)3;
      if (name > size - at - 12 || desc > size - at - 12 - name)
        return FALSE;
      if (head[2] == GW_NOTE_TYPE && head[0] == sizeof (GW_NOTE_OWNER) &&
          memcmp (data + at + 12, GW_NOTE_OWNER, sizeof (GW_NOTE_OWNER)) == 0 &&
          head[1] >= sizeof (GwNote) - DESC_OFFSET)
        {
          memset (note, 0, sizeof *note);
          memcpy ((guint8 *)note + DESC_OFFSET, data + at + 12 + name,
                  sizeof (GwNote) - DESC_OFFSET);
          note->id[NOTE_SIZE (id) - 1] = '\0';
          note->version[NOTE_SIZE (version) - 1] = '\0';
          return TRUE;
        }
      at += 12 + name + desc;
    }
  return FALSE;
}

static gboolean
find_note (const guint8 *data, gsize size, const Elf64_Ehdr *header, GwNote *note)
{
  for (guint i = 0; i < header->e_phnum; i++)
    {
      Elf64_Phdr segment;

      memcpy (&segment, data + header->e_phoff + i * sizeof segment, sizeof segment);
      if (segment.p_type != PT_NOTE || segment.p_offset > size ||
          segment.p_filesz > size - segment.p_offset)
        continue;
      if (find_in_segment (data + segment.p_offset, segment.p_filesz, note))
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_note (const GwNote *note, GError **error)
{
  if (note->abi_major != GW_ABI_MAJOR)
    return gw_throw (
        error, GW_ERROR_REFUSED,
        _ ("built for plugin interface %u.%u, this program speaks %u.%u; get the module "
           "for this version"),
        note->abi_major, note->abi_minor, GW_ABI_MAJOR, GW_ABI_MINOR);
  if (!g_utf8_validate (note->id, -1, NULL) || note->id[0] == '\0')
    return gw_throw (error, GW_ERROR_FORMAT, _ ("its note has no readable id"));
  return TRUE;
}

/* The headers and the note of a library stand in its first page, unless its linker was an odd one:
 * mapping the whole file costs ten times as much as reading that. */
#define FIRST_BYTES 4096u

static gssize
read_beginning (const char *path, guint8 *bytes, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize size;

  if (fd < 0)
    {
      gw_throw (error, GW_ERROR_NOT_FOUND, _ ("the file cannot be read: %s"), g_strerror (errno));
      return -1;
    }
  size = read (fd, bytes, FIRST_BYTES);
  if (size < 0)
    gw_throw (error, GW_ERROR_FAILED, _ ("the file cannot be read: %s"), g_strerror (errno));
  (void)close (fd);
  return size;
}

static gboolean
read_whole (const char *path, GwNote *note, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  Elf64_Ehdr header;
  const guint8 *data;
  gsize size;

  if (file == NULL)
    return FALSE;
  data = (const guint8 *)g_mapped_file_get_contents (file);
  size = g_mapped_file_get_length (file);
  if (!check_header (data, size, &header, error))
    return FALSE;
  if (!find_note (data, size, &header, note))
    return gw_throw (
        error, GW_ERROR_FORMAT,
        _ ("no Gridwork note: it is no module of this program (GW_PLUGIN is missing)"));
  return check_note (note, error);
}

gboolean
gw_note_read (const char *path, GwNote *note, GError **error)
{
  guint8 bytes[FIRST_BYTES];
  Elf64_Ehdr header;
  gssize size;

  if (!check_owner (path, error))
    return FALSE;
  size = read_beginning (path, bytes, error);
  if (size < 0)
    return FALSE;
  if (check_header (bytes, (gsize)size, &header, NULL) &&
      find_note (bytes, (gsize)size, &header, note))
    return check_note (note, error);
  return read_whole (path, note, error);
}
