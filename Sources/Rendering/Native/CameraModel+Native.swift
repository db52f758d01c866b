internal import CEmbree
internal import CGL
internal import RehearsalCore

extension cembree_view {
  init(_ camera: CameraModel, in state: SceneState, quality: RenderQuality) {
    self.init(
      world_from_camera: camera.worldFromCamera(in: state).tuple, fov_degrees: camera.fovDegrees,
      near_depth: camera.near, far_depth: camera.far, width: Int32(camera.width), height: Int32(camera.height),
      body: camera.body.map { Int32($0.rawValue) } ?? -1, samples_per_pixel: Int32(quality.samplesPerPixel),
      shadow_samples: Int32(quality.shadowSamples))
  }
}

extension cgl_view {
  init(_ camera: CameraModel, in state: SceneState, channels: ImageChannels) {
    self.init(
      world_from_camera: camera.worldFromCamera(in: state).tuple, fov_degrees: camera.fovDegrees,
      near_depth: camera.near, far_depth: camera.far, width: Int32(camera.width), height: Int32(camera.height),
      channels: Int32(channels.rawValue))
  }
}
