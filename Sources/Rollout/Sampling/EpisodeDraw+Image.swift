import RehearsalCore

extension EpisodeDraw {
  /// One adjustment for the whole episode: a camera's flaws do not change from frame to frame, but for its noise.
  mutating func image() {
    guard let factor = plan.randomization.image else { return }
    var draw = stream(.image)
    var adjustment = ImageAdjustment()
    adjustment.rotationDegrees = factor.rotationDegrees.sample(&draw)
    adjustment.brightness = factor.brightness.sample(&draw) * factor.gain.sample(&draw)
    adjustment.contrast = factor.contrast.sample(&draw)
    adjustment.saturation = factor.saturation.sample(&draw)
    adjustment.hueTurns = factor.hueTurns.sample(&draw)
    adjustment.gamma = factor.gamma.sample(&draw)
    adjustment.isGrayscale = draw.unit() < factor.grayscaleProbability
    adjustment.blurPixels = factor.blurPixels.sample(&draw)
    adjustment.noise = factor.noise.sample(&draw)
    adjustment.noiseSeed = draw.next()
    let hasShadow = draw.unit() < factor.shadowProbability
    let shadow = ImageAdjustment.ShadowMask(
      x: draw.unit(), y: draw.unit(), angle: draw.uniform(0, 2 * .pi), factor: factor.shadowFactor.sample(&draw))
    if hasShadow { adjustment.shadows = [shadow] }
    setup.imageAdjustment = adjustment
    note(
      "image",
      [
        adjustment.rotationDegrees, adjustment.brightness, adjustment.contrast, adjustment.saturation,
        adjustment.hueTurns, adjustment.gamma, adjustment.isGrayscale ? 1 : 0, adjustment.blurPixels,
        adjustment.noise, hasShadow ? shadow.factor : 1,
      ])
  }
}
