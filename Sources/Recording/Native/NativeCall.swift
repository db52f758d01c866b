/// What a C shim said about a call that failed.
struct NativeFailure: Error {
  var message: String
}

/// Calls a shim's function with a buffer for its message and throws the message if the status is not 0.
func callNative(_ body: (_ error: UnsafeMutablePointer<CChar>, _ capacity: Int) -> Int32) throws(NativeFailure) {
  let capacity = 512
  let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: capacity)
  defer { buffer.deallocate() }
  buffer.initialize(repeating: 0, count: capacity)
  if body(buffer, capacity) != 0 { throw NativeFailure(message: String(cString: buffer)) }
}
