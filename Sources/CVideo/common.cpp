#include <mutex>

#include "native.hpp"

namespace cvideo {

std::atomic<int64_t> liveHandles{0};

static thread_local std::string lastMessage;

static void capture(void *, int level, const char *format, va_list arguments) {
  if (level > AV_LOG_ERROR) return;
  char line[512];
  std::vsnprintf(line, sizeof line, format, arguments);
  lastMessage = line;
  while (!lastMessage.empty() && lastMessage.back() == '\n') lastMessage.pop_back();
}

void captureMessages() {
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_callback(capture); });
  lastMessage.clear();
}

int check(int status, const char *what) {
  if (status >= 0) return status;
  char reason[AV_ERROR_MAX_STRING_SIZE];
  av_strerror(status, reason, sizeof reason);
  std::string message = std::string(what) + ": " + reason;
  if (!lastMessage.empty()) message += " (" + lastMessage + ")";
  lastMessage.clear();
  throw Failure(message);
}

Frame makeFrame(int format, int width, int height) {
  Frame frame(av_frame_alloc());
  if (!frame) throw Failure("out of memory");
  frame->format = format;
  frame->width = width;
  frame->height = height;
  check(av_frame_get_buffer(frame.get(), 0), "allocating a frame");
  return frame;
}

Packet makePacket() {
  Packet packet(av_packet_alloc());
  if (!packet) throw Failure("out of memory");
  return packet;
}

Codec makeEncoder(const AVCodec *codec, const char *name) {
  if (!codec) throw Failure(std::string("libavcodec has no encoder ") + name);
  Codec context(avcodec_alloc_context3(codec));
  if (!context) throw Failure("out of memory");
  context->thread_count = 1;
  context->flags |= AV_CODEC_FLAG_BITEXACT;
  return context;
}

}  // namespace cvideo

int64_t cvideo_live_handle_count(void) { return cvideo::liveHandles; }

const char *cvideo_version(void) {
  static const unsigned number = avcodec_version();
  static const std::string version = std::to_string(number >> 16) + "." + std::to_string(number >> 8 & 255) + "." +
                                     std::to_string(number & 255);
  return version.c_str();
}
