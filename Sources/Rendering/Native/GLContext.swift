internal import CGL
internal import RehearsalCore

/// Owns one native OpenGL context. Belongs to the thread that makes it.
final class GLContext {
  let handle: cgl_context
  /// The renderer and its version, as the driver calls them.
  let device: String

  /// `gpu` counts the hardware devices; nil takes the first that works, or Mesa's software.
  init(gpu: Int?) throws {
    var handle = cgl_context()
    try nativeGL { cgl_context_create(Int32(gpu ?? -1), &handle, $0, $1) }
    self.handle = handle
    device = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
      cgl_context_describe(handle, buffer.baseAddress!, buffer.count)
      return String(cString: buffer.baseAddress!)
    }
  }

  deinit { cgl_context_free(handle) }

  /// How many contexts, assets and scenes are alive in the process.
  static var liveHandleCount: Int { Int(cgl_live_handle_count()) }
}

/// Why OpenGL drew nothing.
struct GLFailure: Error {
  var isLost: Bool
  var error: RehearsalError

  /// The same failure, of which `what` is known to be the cause.
  func about(_ what: String) -> GLFailure {
    var failure = self
    failure.error.message = "\(what): \(error.message)"
    return failure
  }
}

/// Calls a function of the shim with room for its message; throws `GLFailure` with what it reports.
func nativeGL(_ call: (UnsafeMutablePointer<CChar>, Int) -> Int32) throws(GLFailure) {
  let failure: GLFailure? = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
    buffer[0] = 0
    let status = call(buffer.baseAddress!, buffer.count)
    return status == CGL_OK ? nil : GLFailure(status: status, message: String(cString: buffer.baseAddress!))
  }
  if let failure { throw failure }
}

extension GLFailure {
  fileprivate init(status: Int32, message: String) {
    isLost = status == CGL_CONTEXT_LOST
    let remedy =
      switch Int(status) {
      case Int(CGL_UNAVAILABLE): "install what is missing (`rehearse doctor`), or use `renderer: rayTracer`"
      case Int(CGL_CONTEXT_LOST):
        "what is recorded is kept: run again with --resume once the driver is well, or use `renderer: rayTracer`"
      case Int(CGL_TOO_LARGE): "use smaller meshes, images or pictures, or `renderer: rayTracer`"
      default: "update the graphics driver, or use `renderer: rayTracer`"
      }
    let code: RehearsalError.Code =
      switch Int(status) {
      case Int(CGL_UNAVAILABLE): .missingLibrary
      case Int(CGL_CONTEXT_LOST): .deviceLost
      case Int(CGL_TOO_LARGE): .tooLarge
      default: .nativeFailure
      }
    error = RehearsalError(code, "OpenGL: \(message)", remedy: remedy)
  }
}
