internal import CMesh
internal import CURDF

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

/// How many native handles of this target are alive; 0 when nothing is being read.
var liveNativeHandles: Int { Int(curdf_live_handle_count() + cmesh_live_handle_count()) }
