#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <cmath>
#include <mutex>

#include "native.hpp"

using namespace cvideo;

namespace {

/// A FreeType library and face of its own, used by one thread at a time.
class Font {
public:
  explicit Font(const char *path) {
    if (FT_Init_FreeType(&library)) throw Failure("FreeType does not start");
    if (FT_New_Face(library, path, 0, &face)) {
      FT_Done_FreeType(library);
      throw Failure("not a font that FreeType can read");
    }
  }
  ~Font() {
    FT_Done_Face(face);
    FT_Done_FreeType(library);
  }
  Font(const Font &) = delete;
  Font &operator=(const Font &) = delete;

  /// Calls `draw` with each glyph's slot and pen position; returns the pen's travel.
  template <typename Draw> double walk(const char *text, double size, bool renders, Draw draw) {
    std::lock_guard<std::mutex> turn(mutex);
    if (FT_Set_Char_Size(face, 0, static_cast<FT_F26Dot6>(std::lround(size * 64)), 72, 72))
      throw Failure("not a size that the font has");
    double pen = 0;
    FT_UInt previous = 0;
    for (const auto *next = reinterpret_cast<const uint8_t *>(text); *next;) {
      const FT_UInt glyph = FT_Get_Char_Index(face, decode(next));
      pen += kerning(previous, glyph);
      FT_Vector shift{static_cast<FT_Pos>(std::lround((pen - std::floor(pen)) * 64)), 0};
      FT_Set_Transform(face, nullptr, &shift);
      if (FT_Load_Glyph(face, glyph, FT_LOAD_NO_HINTING | (renders ? FT_LOAD_RENDER : 0)))
        throw Failure("a glyph cannot be drawn");
      draw(face->glyph, std::floor(pen));
      pen += static_cast<double>(face->glyph->linearHoriAdvance) / 65536;
      previous = glyph;
    }
    return pen;
  }

private:
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  std::mutex mutex;

  double kerning(FT_UInt left, FT_UInt right) {
    FT_Vector delta{0, 0};
    if (left && right) FT_Get_Kerning(face, left, right, FT_KERNING_UNFITTED, &delta);
    return static_cast<double>(delta.x) / 64;
  }

  /// The next code point; U+FFFD for bytes that are not UTF-8.
  static FT_ULong decode(const uint8_t *&next) {
    const uint8_t lead = *next++;
    if (lead < 0x80) return lead;
    const int extra = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (extra == 0) return 0xFFFD;
    FT_ULong code = lead & (0x3F >> extra);
    for (int i = 0; i < extra; ++i) {
      if ((*next & 0xC0) != 0x80) return 0xFFFD;
      code = code << 6 | (*next++ & 0x3F);
    }
    return code;
  }
};

struct Picture {
  uint8_t *rgb;
  int width, height;
};

void blend(const Picture &picture, const FT_Bitmap &glyph, int left, int top, const uint8_t *color, double opacity) {
  for (int row = std::max(0, -top); row < std::min<int>(glyph.rows, picture.height - top); ++row) {
    const uint8_t *coverage = glyph.buffer + std::ptrdiff_t(row) * glyph.pitch;
    for (int column = std::max(0, -left); column < std::min<int>(glyph.width, picture.width - left); ++column) {
      const double alpha = coverage[column] / 255.0 * opacity;
      uint8_t *pixel = picture.rgb + (size_t(top + row) * picture.width + left + column) * 3;
      for (int channel = 0; channel < 3; ++channel)
        pixel[channel] = static_cast<uint8_t>(std::lround(pixel[channel] + (color[channel] - pixel[channel]) * alpha));
    }
  }
}

}  // namespace

int cvideo_open_font(const char *path, cvideo_font *font, char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    font->opaque = new Font(path);
    ++liveHandles;
  });
}

int cvideo_draw_text(
    cvideo_font font, uint8_t *rgb, int32_t width, int32_t height, const char *text, double x, double y, double size,
    const uint8_t *color, double opacity, char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    const Picture picture{rgb, width, height};
    const int originX = static_cast<int>(std::lround(x)), originY = static_cast<int>(std::lround(y));
    static_cast<Font *>(font.opaque)->walk(text, size, true, [&](FT_GlyphSlot slot, double pen) {
      const int left = originX + static_cast<int>(pen) + slot->bitmap_left;
      blend(picture, slot->bitmap, left, originY - slot->bitmap_top, color, opacity);
    });
  });
}

int cvideo_measure_text(
    cvideo_font font, const char *text, double size, double *advance, char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    *advance = static_cast<Font *>(font.opaque)->walk(text, size, false, [](FT_GlyphSlot, double) {});
  });
}

void cvideo_free_font(cvideo_font font) {
  delete static_cast<Font *>(font.opaque);
  --liveHandles;
}
