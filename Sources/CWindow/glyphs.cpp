#include "glyphs.hpp"

#include <cmath>
#include <cstring>

namespace cwindow {

GlyphAtlas::GlyphAtlas(const char *regularPath, const char *boldPath) : pixels(size_t(side) * side) {
  if (FT_Init_FreeType(&library)) throw Failure("FreeType does not start");
  try {
    regular = open(regularPath);
    bold = open(boldPath);
  } catch (...) {
    FT_Done_FreeType(library);
    throw;
  }
}

// Its faces go with the library.
GlyphAtlas::~GlyphAtlas() { FT_Done_FreeType(library); }

FT_Face GlyphAtlas::open(const char *path) {
  FT_Face face;
  if (FT_New_Face(library, path, 0, &face)) throw Failure(std::string(path) + " is not a font that FreeType can read");
  return face;
}

bool GlyphAtlas::takeChange() {
  const bool was = changed;
  changed = false;
  return was;
}

long GlyphAtlas::quartered(double x) { return std::lround(std::floor(x * 4 + 0.5)); }

/// The next code point; U+FFFD for bytes that are not UTF-8.
FT_ULong GlyphAtlas::decode(const uint8_t *&next, const uint8_t *end) {
  const uint8_t lead = *next++;
  if (lead < 0x80) return lead;
  const int extra = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  if (extra == 0) return 0xFFFD;
  FT_ULong code = lead & (0x3F >> extra);
  for (int i = 0; i < extra; ++i) {
    if (next == end || (*next & 0xC0) != 0x80) return 0xFFFD;
    code = code << 6 | (*next++ & 0x3F);
  }
  return code;
}

const Glyph &GlyphAtlas::find(FT_Face face, int weight, FT_UInt index, long size, double x, double &advance) {
  const int quarter = static_cast<int>(quartered(x) & 3);
  const auto key = std::make_tuple(weight, index, size, quarter);
  auto found = entries.find(key);
  if (found == entries.end()) {
    double travel = 0;
    const Glyph glyph = draw(face, index, quarter, travel);
    found = entries.emplace(key, Entry{glyph, travel}).first;
  }
  advance = found->second.advance;
  return found->second.glyph;
}

Glyph GlyphAtlas::draw(FT_Face face, FT_UInt index, int quarter, double &advance) {
  FT_Vector shift{quarter * 16, 0};
  FT_Set_Transform(face, nullptr, &shift);
  if (FT_Load_Glyph(face, index, FT_LOAD_NO_HINTING | FT_LOAD_RENDER)) throw Failure("a glyph cannot be drawn");
  advance = static_cast<double>(face->glyph->linearHoriAdvance) / 65536;
  const FT_Bitmap &bitmap = face->glyph->bitmap;
  const int width = static_cast<int>(bitmap.width), height = static_cast<int>(bitmap.rows);
  if (shelfX + width + 1 > side) {
    shelfX = 0;
    shelfY += shelfHeight + 1;
    shelfHeight = 0;
  }
  // A window that was resized many times has left glyphs of many sizes: begin anew. What has been placed for the
  // picture under way keeps its old place and is wrong for that one picture.
  if (shelfY + height + 1 > side) {
    entries.clear();
    shelfX = shelfY = shelfHeight = 0;
  }
  const Glyph glyph{shelfX, shelfY, width, height, face->glyph->bitmap_left, face->glyph->bitmap_top};
  for (int row = 0; row < height; ++row) {
    std::memcpy(
        &pixels[size_t(shelfY + row) * side + shelfX], bitmap.buffer + std::ptrdiff_t(row) * bitmap.pitch, width);
  }
  shelfX += width + 1;
  if (height > shelfHeight) shelfHeight = height;
  changed = true;
  return glyph;
}

}  // namespace cwindow
