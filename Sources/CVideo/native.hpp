#pragma once
#include <atomic>
#include <cstdio>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>

#include "cvideo.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

namespace cvideo {

extern std::atomic<int64_t> liveHandles;

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <typename Body> int guarded(char *error, size_t capacity, Body body) {
  try {
    body();
    return 0;
  } catch (const std::exception &failure) {
    std::snprintf(error, capacity, "%s", failure.what());
  } catch (...) {
    std::snprintf(error, capacity, "unknown C++ exception");
  }
  return 1;
}

/// Keeps libav's messages off the terminal; from now on `check` adds this thread's last one to what it throws.
void captureMessages();
/// Throws what libav says about a negative `status`.
int check(int status, const char *what);

template <auto release> struct Deleter {
  template <typename T> void operator()(T *pointer) const { release(&pointer); }
};
using Codec = std::unique_ptr<AVCodecContext, Deleter<avcodec_free_context>>;
using Frame = std::unique_ptr<AVFrame, Deleter<av_frame_free>>;
using Packet = std::unique_ptr<AVPacket, Deleter<av_packet_free>>;

/// A frame with its own pixels.
Frame makeFrame(int format, int width, int height);
Packet makePacket();
Codec makeEncoder(const AVCodec *codec, const char *name);

}  // namespace cvideo
