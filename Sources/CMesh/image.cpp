#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "cmesh.h"
#include "internal.h"

namespace {

constexpr int64_t most_pixels = 64'000'000;

struct Image {
  int width = 0;
  int height = 0;
  stbi_uc *rgb = nullptr;
  ~Image() { stbi_image_free(rgb); }
};

Image &get(cmesh_image image) { return *static_cast<Image *>(image.opaque); }

}  // namespace

int cmesh_image_read(const char *path, cmesh_image *result, char *error, size_t capacity) {
  return cmesh::guarded(error, capacity, [&] {
    auto image = std::make_unique<Image>();
    int channels = 0;
    if (stbi_info(path, &image->width, &image->height, &channels) == 0) throw std::runtime_error(stbi_failure_reason());
    if (int64_t(image->width) * image->height > most_pixels) throw std::runtime_error("more than 64 million pixels");
    image->rgb = stbi_load(path, &image->width, &image->height, &channels, 3);
    if (image->rgb == nullptr) throw std::runtime_error(stbi_failure_reason());
    result->opaque = image.release();
    cmesh::live_handles++;
    return 0;
  });
}

void cmesh_image_free(cmesh_image image) {
  if (image.opaque == nullptr) return;
  delete static_cast<Image *>(image.opaque);
  cmesh::live_handles--;
}

int32_t cmesh_image_width(cmesh_image image) { return get(image).width; }
int32_t cmesh_image_height(cmesh_image image) { return get(image).height; }

void cmesh_image_copy(cmesh_image image, uint8_t *rgb) {
  const Image &i = get(image);
  std::copy(i.rgb, i.rgb + size_t(i.width) * i.height * 3, rgb);
}
