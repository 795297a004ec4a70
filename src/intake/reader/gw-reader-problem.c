/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "gw-reader-client.h"

/* The sentence of each problem: reason and mend. %1, %2, %3 stand for the arguments, which come
 * from an untrusted program and are therefore never part of a printf format. */
typedef struct
{
  GwReaderProblemCode code;
  const char *text;
} ProblemText;

static const ProblemText texts[] = {
  { GW_PROBLEM_EMPTY_FILE, N_ ("the file is empty; export it again") },
  { GW_PROBLEM_TOO_LARGE, N_ ("the file has %1 bytes, more than the %2 allowed for its kind; split "
                              "it, or save it as CSV") },
  { GW_PROBLEM_NO_SANDBOX,
    N_ ("this computer can lock the reader away neither with Landlock nor with seccomp (%1), so "
        "files from outside are not opened; use a kernel from 5.13 on") },
  { GW_PROBLEM_READ_FAILED,
    N_ ("the file cannot be read: %1; copy it to this computer and try again") },
  { GW_PROBLEM_UNKNOWN_FORMAT,
    N_ ("the content is neither text nor a known kind of table (it begins with %1); save it as CSV "
        "(UTF-8) or .xlsx, and unpack archives first") },
  { GW_PROBLEM_OLD_EXCEL, N_ ("this is a workbook in the old .xls format; open it in WPS or Excel "
                              "and save it as .xlsx or "
                              "CSV") },
  { GW_PROBLEM_HTML,
    N_ ("this is a web page, not a workbook, whatever its name says; open it in WPS or Excel and "
        "save it as .xlsx or CSV") },
  { GW_PROBLEM_SPREADSHEET_XML, N_ ("this is an XML table of 2003, not a workbook; open it in WPS "
                                    "or Excel and save it as .xlsx "
                                    "or CSV") },
  { GW_PROBLEM_OPENDOCUMENT, N_ ("this is an OpenDocument table; save it as .xlsx or CSV") },
  { GW_PROBLEM_PDF,
    N_ ("this is a PDF document, not a table; ask for the table it was made from") },
  { GW_PROBLEM_ENCRYPTED, N_ ("the file is protected by a password; open it in WPS or Excel, "
                              "remove the password and save "
                              "it again") },
  { GW_PROBLEM_NOT_BUILT,
    N_ ("this program was built without the library for %1 files; convert it to CSV with the "
        "columns lon and lat") },
  { GW_PROBLEM_WRONG_NAME,
    N_ ("the content is %1 but the name says %2; give the file the right ending") },
  { GW_PROBLEM_NO_ROWS,
    N_ ("there is a header but no row below it; export it again with its rows") },
  { GW_PROBLEM_OUT_OF_MEMORY,
    N_ ("reading it needs more memory than a file from outside may use; split it, or save it as "
        "CSV") },
  { GW_PROBLEM_UNKNOWN_ENCODING,
    N_ ("the text is neither UTF-8 nor GB18030 nor UTF-16 (first wrong at byte %1); save it as CSV "
        "(UTF-8)") },
  { GW_PROBLEM_BAD_BYTES,
    N_ ("the bytes %1 are no text in the encoding the file is read in; correct this cell, choose "
        "another encoding, or save the file as CSV (UTF-8)") },
  { GW_PROBLEM_NUL,
    N_ ("there is a zero byte within the text, as after a damaged copy; correct this cell") },
  { GW_PROBLEM_DOUBTFUL_ENCODING,
    N_ ("read as %1 the text has hardly any usual character; look at the preview and choose "
        "another encoding if it is garbled") },
  { GW_PROBLEM_OPEN_QUOTE,
    N_ ("the quotation mark opened here is never closed; close it, or double it if it belongs to "
        "the text") },
  { GW_PROBLEM_TEXT_AFTER_QUOTE,
    N_ ("there is text behind a closing quotation mark; double quotation marks that belong to the "
        "text") },
  { GW_PROBLEM_CUT_ROW,
    N_ ("the file ends within this row (%1 of %2 cells); the copy is incomplete, get it again") },
  { GW_PROBLEM_SHORT_ROW,
    N_ ("the row has %1 cells but the header has %2; a separator is missing or a line is broken") },
  { GW_PROBLEM_LONG_ROW, N_ ("the row has %1 cells but the header has %2; put cells that hold the "
                             "separator in quotes") },
  { GW_PROBLEM_TITLE_ROW, N_ ("“%1” was taken for a title above the header and left out") },
  { GW_PROBLEM_DOUBLE_NAME,
    N_ ("the column name “%1” is there twice (also in column %2); give each column its own name") },
  { GW_PROBLEM_EMPTY_NAME, N_ ("this column has no name; name it or remove it") },
  { GW_PROBLEM_MANY_COLUMNS,
    N_ ("there are more than %1 columns; remove the empty ones, or check that the separator is "
        "right") },
  { GW_PROBLEM_MANY_ROWS,
    N_ ("there are more than %1 rows; split the file and import the parts one after the other") },
  { GW_PROBLEM_LONG_CELL,
    N_ ("this cell is longer than %1 bytes; shorten it, or look for a quotation mark that is never "
        "closed") },
  { GW_PROBLEM_LONG_ROW_TEXT,
    N_ ("this row is longer than %1 bytes; the file has no line ends, or is no table") },
  { GW_PROBLEM_ZIP_DAMAGED,
    N_ ("the archive inside is damaged (%1); get the file again or save it anew") },
  { GW_PROBLEM_ZIP_PARTS, N_ ("the archive inside has more than %1 parts; save the table anew") },
  { GW_PROBLEM_ZIP_BOMB,
    N_ ("the part “%1” swells %2 times when unpacked, more than the %3 times allowed; this is no "
        "honest table, do not open it elsewhere either") },
  { GW_PROBLEM_ZIP_INFLATED,
    N_ ("unpacked the file has more than %1 bytes; remove formats and empty rows, or save it as "
        "CSV") },
  { GW_PROBLEM_ZIP_NAME,
    N_ ("the archive has a part named “%1”, which points outside of it; do not unpack it, and ask "
        "the sender") },
  { GW_PROBLEM_ZIP_METHOD,
    N_ ("the part “%1” is packed in an unknown way (%2); save the file anew in WPS or Excel") },
  { GW_PROBLEM_MISSING_PART,
    N_ ("the workbook lacks its part “%1”; save it anew in WPS or Excel") },
  { GW_PROBLEM_XML_DAMAGED,
    N_ ("the part “%1” is damaged in line %2 (%3); save the workbook anew in WPS or Excel") },
  { GW_PROBLEM_XML_ENTITIES,
    N_ ("the part “%1” declares a document type or entities, which no spreadsheet program writes; "
        "do not open it elsewhere either") },
  { GW_PROBLEM_XML_DEPTH,
    N_ ("the part “%1” nests deeper than %2 levels, which no spreadsheet program writes") },
  { GW_PROBLEM_EXTERNAL_LINK,
    N_ ("the workbook draws values from other files (%1); in Excel use Data, Edit Links, Break "
        "Link, and save it again") },
  { GW_PROBLEM_MACROS, N_ ("the workbook holds macros (%1); save it as .xlsx without macros") },
  { GW_PROBLEM_NO_SUCH_SHEET, N_ ("there is no sheet or layer “%1”; there are: %2") },
  { GW_PROBLEM_HIDDEN_SHEET,
    N_ ("the sheet “%1” is hidden and was not read; choose it if it is meant") },
  { GW_PROBLEM_MERGED,
    N_ ("the cells %1 are merged; unmerge them so that each column and row has its own cell") },
  { GW_PROBLEM_FORMULA,
    N_ ("cells here hold formulas (the first is %1); their last results are used, so copy the "
        "column and paste it as values if that is wrong") },
  { GW_PROBLEM_FORMULA_NO_VALUE,
    N_ ("the formula in this cell was never computed; open the file in WPS or Excel, save it, and "
        "try again") },
  { GW_PROBLEM_MANY_MERGES, N_ ("there are more than %1 merged ranges; unmerge all cells") },
  { GW_PROBLEM_BAD_STRING,
    N_ ("this cell points to text %1, which the workbook does not hold; save it anew in WPS or "
        "Excel") },
  { GW_PROBLEM_BAD_DATE,
    N_ ("the number %1 is shown as a date but is none; type the date as text") },
  { GW_PROBLEM_MORE_SHEETS,
    N_ ("the sheet “%1” was read; the workbook has %2 more, choose another if it is meant") },
  { GW_PROBLEM_NO_LAYER,
    N_ ("the file holds no sheet or layer with rows; look into it in the program "
        "that wrote it and save it anew") },
  { GW_PROBLEM_MANY_LAYERS, N_ ("the file has more than %1 layers; export the one that is meant") },
  { GW_PROBLEM_NO_CRS,
    N_ ("the layer does not name its coordinate system; say which one its points use") },
  { GW_PROBLEM_GEOMETRY, N_ ("the geometry of this row is unusable: %1") },
  { GW_PROBLEM_GEOMETRY_LARGE,
    N_ ("the geometry of this row has %1 points, more than %2; simplify it first") },
  { GW_PROBLEM_GDAL, N_ ("the file cannot be read as what it claims to be: %1; export it again") },
};

/* Why something is damaged, in words of the reader and of the libraries beneath it, which know no
 * languages. What is not among them is shown as it came. */
static const char *const reasons_of_damage[] = {
  N_ ("table of contents"),
  N_ ("parts overlap"),
  N_ ("two parts of one name"),
  N_ ("too short"),
  N_ ("the end is missing, as after a broken copy"),
  N_ ("rows out of order"),
  N_ ("no element found"),
  N_ ("not well-formed (invalid token)"),
  N_ ("unclosed token"),
  N_ ("mismatched tag"),
  N_ ("duplicate attribute"),
  N_ ("junk after document element"),
  N_ ("unclosed CDATA section"),
  N_ ("no table found"),
  N_ ("empty"),
  N_ ("nested too deep"),
  N_ ("infinite coordinates"),
  N_ ("Input/output error"),
};

static const char *
translate_reason (GwReaderProblemCode code, const char *argument)
{
  if (code != GW_PROBLEM_ZIP_DAMAGED && code != GW_PROBLEM_XML_DAMAGED &&
      code != GW_PROBLEM_READ_FAILED && code != GW_PROBLEM_GDAL && code != GW_PROBLEM_GEOMETRY)
    return argument;
  for (gsize i = 0; i < G_N_ELEMENTS (reasons_of_damage); i++)
    if (g_str_equal (argument, reasons_of_damage[i]))
      return _ (reasons_of_damage[i]);
  return argument;
}

static const char *
find_text (GwReaderProblemCode code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].code == code)
      return _ (texts[i].text);
  return NULL;
}

/* Control characters and direction marks of a hostile file must not reach a label. */
static void
append_argument (GString *text, const char *argument)
{
  for (const char *at = argument; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      gboolean turns_text = (character >= 0x202a && character <= 0x202e) ||
                            (character >= 0x2066 && character <= 0x2069) || character == 0x200f;

      if (g_unichar_iscntrl (character) || turns_text)
        g_string_append_c (text, ' ');
      else
        g_string_append_unichar (text, character);
    }
}

static void
append_filled (GString *text, const char *pattern, const GwReaderProblem *problem)
{
  for (const char *at = pattern; *at != '\0'; at++)
    {
      if (at[0] == '%' && at[1] >= '1' && at[1] <= '0' + (char)GW_FRAME_MAX_ARGUMENTS)
        {
          const char *argument = problem->arguments[at[1] - '1'];

          if (argument != NULL)
            append_argument (text, translate_reason (problem->code, argument));
          at++;
        }
      else
        {
          g_string_append_c (text, *at);
        }
    }
}

/* Column 28 is AB, as the user sees it on top of the sheet. */
static char *
dup_column_letters (guint column)
{
  char letters[8];
  gsize at = sizeof letters - 1;

  letters[at] = '\0';
  for (; column > 0 && at > 0; column = (column - 1) / 26)
    letters[--at] = (char)('A' + (column - 1) % 26);
  return g_strdup (letters + at);
}

static void
append_place (GString *text, const GwReaderProblem *problem)
{
  g_autofree char *letters = dup_column_letters (problem->column);

  if (problem->row > 0 && problem->column > 0)
    g_string_append_printf (text, _ ("row %lu, column %u (%s): "), (gulong)problem->row,
                            problem->column, letters);
  else if (problem->row > 0)
    g_string_append_printf (text, _ ("row %lu: "), (gulong)problem->row);
  else if (problem->column > 0)
    g_string_append_printf (text, _ ("column %u (%s): "), problem->column, letters);
}

char *
gw_reader_problem_dup_text (const GwReaderProblem *problem)
{
  GString *text = NULL;
  const char *pattern = NULL;

  g_return_val_if_fail (problem != NULL, NULL);

  text = g_string_new (NULL);
  append_place (text, problem);
  pattern = find_text (problem->code);
  if (pattern != NULL)
    append_filled (text, pattern, problem);
  else
    g_string_append_printf (text,
                            _ ("the reader reports problem %d, which this version does not "
                               "know; install program and reader of the same version"),
                            (int)problem->code);
  return g_string_free (text, FALSE);
}

static const char *const encoding_ids[GW_READER_N_ENCODINGS] = {
  [GW_ENCODING_UTF8] = "utf-8",
  [GW_ENCODING_GB18030] = "gb18030",
  [GW_ENCODING_UTF16LE] = "utf-16le",
  [GW_ENCODING_UTF16BE] = "utf-16be",
};

const char *
gw_reader_encoding_to_id (GwReaderEncoding encoding)
{
  g_return_val_if_fail ((guint)encoding < GW_READER_N_ENCODINGS, NULL);

  return encoding_ids[encoding];
}

gboolean
gw_reader_encoding_from_id (const char *id, GwReaderEncoding *encoding)
{
  g_autofree char *lower = g_ascii_strdown (id, -1);

  if (g_str_equal (lower, "utf-16"))
    {
      *encoding = GW_ENCODING_UTF16LE;
      return TRUE;
    }
  for (guint i = 0; i < GW_READER_N_ENCODINGS; i++)
    if (g_strcmp0 (encoding_ids[i], lower) == 0)
      {
        *encoding = (GwReaderEncoding)i;
        return TRUE;
      }
  return FALSE;
}

const char *
gw_reader_encoding_get_name (GwReaderEncoding encoding)
{
  static const char *const names[GW_READER_N_ENCODINGS] = {
    [GW_ENCODING_AUTO] = "?",           [GW_ENCODING_UTF8] = "UTF-8",
    [GW_ENCODING_GB18030] = "GB18030",  [GW_ENCODING_UTF16LE] = "UTF-16LE",
    [GW_ENCODING_UTF16BE] = "UTF-16BE",
  };

  g_return_val_if_fail ((guint)encoding < GW_READER_N_ENCODINGS, "?");
  return names[encoding];
}

const char *
gw_reader_reason_get_text (GwReaderReason reason)
{
  static const char *const reasons[GW_READER_N_REASONS] = {
    [GW_REASON_FORMAT] = N_ ("the format prescribes it"),
    [GW_REASON_ASKED] = N_ ("you chose it"),
    [GW_REASON_BYTE_ORDER_MARK] = N_ ("the file begins with the mark of this encoding"),
    [GW_REASON_ASCII] = N_ ("the file holds only ASCII characters"),
    [GW_REASON_VALID_UTF8] = N_ ("the text reads as UTF-8"),
    [GW_REASON_NOT_UTF8] = N_ ("the text is not UTF-8 and reads as GB18030"),
    [GW_REASON_ZERO_BYTES] = N_ ("every other byte is zero, as in UTF-16"),
  };

  g_return_val_if_fail ((guint)reason < GW_READER_N_REASONS, "");
  return _ (reasons[reason]);
}

const char *
gw_reader_format_get_name (GwReaderFormat format)
{
  static const char *const names[GW_READER_N_FORMATS] = {
    [GW_READER_AUTO] = "?",
    [GW_READER_CSV] = "CSV",
    [GW_READER_XLSX] = "XLSX",
    [GW_READER_GEOJSON] = "GeoJSON",
    [GW_READER_GEOPACKAGE] = "GeoPackage",
    [GW_READER_SHAPEFILE] = "Shapefile",
  };

  g_return_val_if_fail ((guint)format < GW_READER_N_FORMATS, "?");
  return names[format];
}
