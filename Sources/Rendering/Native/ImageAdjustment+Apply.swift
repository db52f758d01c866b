internal import CEmbree
public import RehearsalCore

extension ImageAdjustment {
  /// The picture with every change made in the order of the properties; the neutral adjustment returns it as it is.
  ///
  /// Colours are sRGB values in 0…1, kept in that range after each step:
  /// rotation turns the picture counter-clockwise, bilinear for colours, nearest for depth and segmentation, which all
  /// other changes leave alone; brightness is v · b; contrast (v - ½) · c + ½; saturation g + (v - g) · s with the
  /// BT.601 luma g; hue shifts the HSV hue; gamma is v ^ gamma; grayscale is g; a shadow mask darkens the side its
  /// normal points to (angle 0: right, π/2: down); the blur is cut at three deviations; noise is a function of seed,
  /// pixel and channel alone.
  public func applied(to image: CameraImage) -> CameraImage {
    guard !isNeutral else { return image }
    var result = image
    if !image.rgb.isEmpty { result.rgb = adjusted(image) }
    if rotationDegrees != 0 && !(image.depth.isEmpty && image.segmentation.isEmpty) {
      let sources = rotatedIndices(width: image.width, height: image.height)
      if !image.depth.isEmpty { result.depth = sources.map { image.depth[Int($0)] } }
      if !image.segmentation.isEmpty { result.segmentation = sources.map { image.segmentation[Int($0)] } }
    }
    return result
  }

  private var isNeutral: Bool {
    var silent = self
    silent.noiseSeed = 0
    return silent == .neutral
  }

  private func adjusted(_ image: CameraImage) -> [UInt8] {
    var adjustment = cembree_adjustment(self)
    let masks = shadows.map {
      cembree_shadow_mask(x: Float($0.x), y: Float($0.y), angle: Float($0.angle), factor: Float($0.factor))
    }
    return [UInt8](unsafeUninitializedCapacity: image.rgb.count) { buffer, count in
      do {
        try native {
          cembree_adjust(
            &adjustment, masks, masks.count, Int32(image.width), Int32(image.height), image.rgb, buffer.baseAddress,
            $0, $1)
        }
      } catch { fatalError("\(error)") }
      count = image.rgb.count
    }
  }

  private func rotatedIndices(width: Int, height: Int) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: width * height) { buffer, count in
      do {
        try native {
          cembree_rotated_indices(Float(rotationDegrees), Int32(width), Int32(height), buffer.baseAddress, $0, $1)
        }
      } catch { fatalError("\(error)") }
      count = width * height
    }
  }
}

extension cembree_adjustment {
  init(_ adjustment: ImageAdjustment) {
    self.init(
      rotation_degrees: Float(adjustment.rotationDegrees), brightness: Float(adjustment.brightness),
      contrast: Float(adjustment.contrast), saturation: Float(adjustment.saturation),
      hue_turns: Float(adjustment.hueTurns), gamma: Float(adjustment.gamma), is_grayscale: adjustment.isGrayscale,
      blur_pixels: Float(adjustment.blurPixels), noise: Float(adjustment.noise), noise_seed: adjustment.noiseSeed)
  }
}
