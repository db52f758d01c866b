#include <cstring>
#include <vector>

#include "native.hpp"

using namespace cvideo;

namespace {
struct PNG {
  std::vector<uint8_t> bytes;
};

std::vector<uint8_t> encode(const uint8_t *rgb, int width, int height) {
  Codec encoder = makeEncoder(avcodec_find_encoder(AV_CODEC_ID_PNG), "png");
  encoder->width = width;
  encoder->height = height;
  encoder->pix_fmt = AV_PIX_FMT_RGB24;
  encoder->time_base = {1, 1};
  encoder->compression_level = 6;
  check(avcodec_open2(encoder.get(), nullptr, nullptr), "opening the PNG encoder");
  Frame frame = makeFrame(AV_PIX_FMT_RGB24, width, height);
  for (int row = 0; row < height; ++row)
    std::memcpy(frame->data[0] + row * frame->linesize[0], rgb + size_t(row) * width * 3, size_t(width) * 3);
  Packet packet = makePacket();
  check(avcodec_send_frame(encoder.get(), frame.get()), "encoding a PNG");
  check(avcodec_receive_packet(encoder.get(), packet.get()), "encoding a PNG");
  return std::vector<uint8_t>(packet->data, packet->data + packet->size);
}
}  // namespace

int cvideo_encode_png(
    const uint8_t *rgb, int32_t width, int32_t height, cvideo_png *png, char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    captureMessages();
    png->opaque = new PNG{encode(rgb, width, height)};
    ++liveHandles;
  });
}

size_t cvideo_png_size(cvideo_png png) { return static_cast<PNG *>(png.opaque)->bytes.size(); }
const uint8_t *cvideo_png_bytes(cvideo_png png) { return static_cast<PNG *>(png.opaque)->bytes.data(); }

void cvideo_free_png(cvideo_png png) {
  delete static_cast<PNG *>(png.opaque);
  --liveHandles;
}
