public import RehearsalCore

extension CameraModel {
  /// Where the camera is in `state`: its parent's pose, or the world's for a fixed camera, times `parentFromCamera`.
  public func worldFromCamera(in state: SceneState) -> Pose {
    guard let body else { return parentFromCamera }
    return state.worldFromBody[body] * parentFromCamera
  }
}
