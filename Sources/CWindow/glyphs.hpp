#pragma once
#include <ft2build.h>
#include FT_FREETYPE_H

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "native.hpp"

namespace cwindow {

/// A glyph's place in the atlas, and where its picture lies from the pen on the baseline; pixels.
struct Glyph {
  int x, y, width, height;
  int left, top;
};

/// The glyphs that texts have needed so far, drawn by FreeType into one picture of coverage.
class GlyphAtlas {
public:
  static constexpr int side = 1024;

  GlyphAtlas(const char *regular, const char *bold);
  ~GlyphAtlas();
  GlyphAtlas(const GlyphAtlas &) = delete;
  GlyphAtlas &operator=(const GlyphAtlas &) = delete;

  /// Calls `place(glyph, x)` for each glyph of the text with the pen's x, whole pixels.
  template <typename Place>
  void walk(const char *text, int length, int weight, float size, double x, Place place) {
    FT_Face face = weight ? bold : regular;
    const long size26 = static_cast<long>(size * 64 + 0.5f);
    if (FT_Set_Char_Size(face, 0, size26, 72, 72)) throw Failure("not a size that the font has");
    FT_UInt previous = 0;
    for (const auto *next = reinterpret_cast<const uint8_t *>(text), *end = next + length; next < end;) {
      const FT_UInt index = FT_Get_Char_Index(face, decode(next, end));
      FT_Vector kerning{0, 0};
      if (previous && index) FT_Get_Kerning(face, previous, index, FT_KERNING_UNFITTED, &kerning);
      x += static_cast<double>(kerning.x) / 64;
      double advance = 0;
      const Glyph &glyph = find(face, weight, index, size26, x, advance);
      if (glyph.width > 0) place(glyph, static_cast<int>(quartered(x) >> 2));
      x += advance;
      previous = index;
    }
  }

  /// Whether `coverage` has changed since this was last called.
  bool takeChange();
  /// side · side bytes, row 0 first.
  const uint8_t *coverage() const { return pixels.data(); }

private:
  struct Entry {
    Glyph glyph;
    double advance;
  };

  FT_Library library = nullptr;
  FT_Face regular = nullptr, bold = nullptr;
  std::vector<uint8_t> pixels;
  /// By weight, glyph, size and quarter of a pixel.
  std::map<std::tuple<int, FT_UInt, long, int>, Entry> entries;
  int shelfX = 0, shelfY = 0, shelfHeight = 0;
  bool changed = true;

  /// Glyphs are kept at quarters of a pixel.
  static long quartered(double x);
  static FT_ULong decode(const uint8_t *&next, const uint8_t *end);
  const Glyph &find(FT_Face face, int weight, FT_UInt index, long size, double x, double &advance);
  Glyph draw(FT_Face face, FT_UInt index, int quarter, double &advance);
  FT_Face open(const char *path);
};

}  // namespace cwindow
