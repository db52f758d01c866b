#include <algorithm>
#include <cstring>

#include "native.hpp"

extern "C" {
#include <libavutil/opt.h>
}

namespace cvideo {
namespace {

/// Owns the file under an output format.
struct Output {
  AVFormatContext *context = nullptr;
  ~Output() {
    if (!context) return;
    avio_closep(&context->pb);
    avformat_free_context(context);
  }
};

using Scaler = std::unique_ptr<SwsContext, decltype(&sws_freeContext)>;

class Writer {
public:
  Writer(const char *path, int width, int height, int framesPerSecond, int crf)
      : width(width), height(height), scaler(nullptr, sws_freeContext) {
    const int evenWidth = (width + 1) / 2 * 2, evenHeight = (height + 1) / 2 * 2;
    openOutput(path);
    openEncoder(evenWidth, evenHeight, framesPerSecond, crf);
    openScaler(evenWidth, evenHeight);
    writeHeader(path);
  }

  void append(const uint8_t *rgb) {
    copyPadded(rgb);
    check(av_frame_make_writable(converted.get()), "preparing a frame");
    sws_scale(
        scaler.get(), padded->data, padded->linesize, 0, padded->height, converted->data, converted->linesize);
    converted->pts = count++;
    check(avcodec_send_frame(encoder.get(), converted.get()), "encoding a frame");
    writePackets();
  }

  void finish() {
    check(avcodec_send_frame(encoder.get(), nullptr), "ending the stream");
    writePackets();
    check(av_write_trailer(output.context), "writing the index");
    check(avio_closep(&output.context->pb), "closing the file");
  }

private:
  int width, height;
  int64_t count = 0;
  Output output;
  Codec encoder;
  Scaler scaler;
  Frame padded, converted;
  Packet packet = makePacket();
  AVStream *stream = nullptr;

  void openOutput(const char *path) {
    check(avformat_alloc_output_context2(&output.context, nullptr, "mp4", path), "making an MP4 file");
    output.context->flags |= AVFMT_FLAG_BITEXACT;
    stream = avformat_new_stream(output.context, nullptr);
    if (!stream) throw Failure("out of memory");
  }

  void openEncoder(int evenWidth, int evenHeight, int framesPerSecond, int crf) {
    encoder = makeEncoder(avcodec_find_encoder_by_name("libx264"), "libx264");
    encoder->width = evenWidth;
    encoder->height = evenHeight;
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->time_base = {1, framesPerSecond};
    encoder->framerate = {framesPerSecond, 1};
    encoder->gop_size = 5 * framesPerSecond;
    encoder->color_range = AVCOL_RANGE_MPEG;
    encoder->colorspace = AVCOL_SPC_BT709;
    encoder->color_primaries = AVCOL_PRI_BT709;
    encoder->color_trc = AVCOL_TRC_BT709;
    if (output.context->oformat->flags & AVFMT_GLOBALHEADER) encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    check(av_opt_set(encoder->priv_data, "preset", "veryfast", 0), "choosing a preset");
    check(av_opt_set_int(encoder->priv_data, "crf", crf, 0), "choosing a quality");
    check(avcodec_open2(encoder.get(), nullptr, nullptr), "opening the H.264 encoder");
    check(avcodec_parameters_from_context(stream->codecpar, encoder.get()), "describing the stream");
    stream->time_base = encoder->time_base;
    stream->avg_frame_rate = encoder->framerate;
  }

  void openScaler(int evenWidth, int evenHeight) {
    padded = makeFrame(AV_PIX_FMT_RGB24, evenWidth, evenHeight);
    converted = makeFrame(AV_PIX_FMT_YUV420P, evenWidth, evenHeight);
    scaler.reset(sws_getContext(
        evenWidth, evenHeight, AV_PIX_FMT_RGB24, evenWidth, evenHeight, AV_PIX_FMT_YUV420P,
        SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT, nullptr, nullptr, nullptr));
    if (!scaler) throw Failure("no conversion from RGB to YUV");
    const int *table = sws_getCoefficients(SWS_CS_ITU709);
    sws_setColorspaceDetails(scaler.get(), table, 1, table, 0, 0, 1 << 16, 1 << 16);
  }

  void writeHeader(const char *path) {
    check(avio_open(&output.context->pb, path, AVIO_FLAG_WRITE), "opening the file");
    AVDictionary *options = nullptr;
    av_dict_set(&options, "movflags", "+faststart", 0);
    const int status = avformat_write_header(output.context, &options);
    av_dict_free(&options);
    check(status, "writing the header");
  }

  void copyPadded(const uint8_t *rgb) {
    const size_t rowBytes = size_t(width) * 3;
    for (int row = 0; row < padded->height; ++row) {
      uint8_t *target = padded->data[0] + size_t(row) * padded->linesize[0];
      std::memcpy(target, rgb + size_t(std::min(row, height - 1)) * rowBytes, rowBytes);
      if (padded->width > width) std::memcpy(target + rowBytes, target + rowBytes - 3, 3);
    }
  }

  void writePackets() {
    for (;;) {
      const int status = avcodec_receive_packet(encoder.get(), packet.get());
      if (status == AVERROR(EAGAIN) || status == AVERROR_EOF) break;
      check(status, "encoding a frame");
      av_packet_rescale_ts(packet.get(), encoder->time_base, stream->time_base);
      packet->duration = av_rescale_q(1, encoder->time_base, stream->time_base);
      packet->stream_index = stream->index;
      check(av_interleaved_write_frame(output.context, packet.get()), "writing a frame");
    }
    check(output.context->pb->error, "writing the file");
  }
};

}  // namespace
}  // namespace cvideo

using namespace cvideo;

int cvideo_open(
    const char *path, int32_t width, int32_t height, int32_t framesPerSecond, int32_t crf, cvideo_writer *writer,
    char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    captureMessages();
    writer->opaque = new Writer(path, width, height, framesPerSecond, crf);
    ++liveHandles;
  });
}

int cvideo_append(cvideo_writer writer, const uint8_t *rgb, char *error, size_t capacity) {
  return guarded(error, capacity, [&] { static_cast<Writer *>(writer.opaque)->append(rgb); });
}

int cvideo_finish(cvideo_writer writer, char *error, size_t capacity) {
  return guarded(error, capacity, [&] { static_cast<Writer *>(writer.opaque)->finish(); });
}

void cvideo_free(cvideo_writer writer) {
  delete static_cast<Writer *>(writer.opaque);
  --liveHandles;
}
