internal import CEmbree
internal import RehearsalCore

/// Owns one native ray tracer.
final class NativeTracer {
  let handle: cembree_tracer

  init() throws {
    var handle = cembree_tracer()
    try native { cembree_tracer_create(&handle, $0, $1) }
    self.handle = handle
  }

  deinit { cembree_tracer_free(handle) }
}

/// Calls a function of the shim with room for its message; throws what it reports.
func native(_ call: (UnsafeMutablePointer<CChar>, Int) -> Int32) throws {
  let capacity = 512
  try withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
    buffer[0] = 0
    let status = call(buffer.baseAddress!, capacity)
    guard status != CEMBREE_OK else { return }
    let message = String(cString: buffer.baseAddress!)
    if status == CEMBREE_UNSUPPORTED {
      throw RehearsalError(.nativeFailure, message, remedy: "run on an x86-64-v3 processor (Haswell, Zen or newer)")
    }
    throw RehearsalError(
      .nativeFailure, "the ray tracer failed: \(message)", remedy: "check the scene's meshes and memory")
  }
}

extension Vector3 {
  var tuple: (Double, Double, Double) { (x, y, z) }
}

extension Pose {
  var tuple: (Double, Double, Double, Double, Double, Double, Double) {
    (position.x, position.y, position.z, orientation.x, orientation.y, orientation.z, orientation.w)
  }
}

extension Color {
  var tuple: (Float, Float, Float) { (Float(red), Float(green), Float(blue)) }
}

extension NativeTracer {
  /// How many tracers and meshes are alive in the process.
  static var liveHandleCount: Int { Int(cembree_live_handle_count()) }
}
