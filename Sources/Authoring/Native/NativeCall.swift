/// What a shim's function wrote into its error buffer.
struct NativeError: Error {
  var message: String
}

/// Calls a shim's function with an error buffer and throws what it wrote there if its status is not 0.
func nativeCall(_ body: (UnsafeMutablePointer<CChar>, Int) -> Int32) throws(NativeError) {
  let capacity = 1024
  let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: capacity)
  defer { buffer.deallocate() }
  buffer.initialize(repeating: 0, count: capacity)
  if body(buffer, capacity) != 0 { throw NativeError(message: String(cString: buffer)) }
}
