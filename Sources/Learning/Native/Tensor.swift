internal import CTorch

/// An array of numbers, or of whole-number indices, that remembers how it was computed while gradients are recorded.
///
/// Shapes follow PyTorch: pictures are N C H W, a linear layer's weight is out × in. Freed with its last reference. An
/// operation on shapes that do not fit is a programmer's mistake and stops the program with libtorch's message.
/// Belongs to one thread at a time.
public final class Tensor {
  let handle: ctorch_tensor

  init(_ handle: ctorch_tensor) { self.handle = handle }

  deinit { ctorch_free(handle) }

  /// Calls a function of the shim that makes a tensor.
  convenience init(
    _ call: (UnsafeMutablePointer<ctorch_tensor>, UnsafeMutablePointer<CChar>, Int) -> Int32
  ) {
    var made = ctorch_tensor()
    native { call(&made, $0, $1) }
    self.init(made)
  }

  /// Copies `values`, C order.
  public convenience init(_ values: [Float], shape: [Int]) {
    precondition(values.count == shape.reduce(1, *), "\(values.count) values of shape \(shape)")
    self.init { ctorch_make(values, Int32(CTORCH_FLOAT), shape.int64, Int32(shape.count), $0, $1, $2) }
  }

  /// Copies unsigned bytes, C order; they stay bytes until `float()`.
  public convenience init(bytes: [UInt8], shape: [Int]) {
    precondition(bytes.count == shape.reduce(1, *), "\(bytes.count) bytes of shape \(shape)")
    self.init { ctorch_make(bytes, Int32(CTORCH_BYTE), shape.int64, Int32(shape.count), $0, $1, $2) }
  }

  /// Copies indices, for `embedding` and `rows`.
  public convenience init(indices: [Int], shape: [Int]) {
    precondition(indices.count == shape.reduce(1, *), "\(indices.count) indices of shape \(shape)")
    self.init { ctorch_make(indices.int64, Int32(CTORCH_LONG), shape.int64, Int32(shape.count), $0, $1, $2) }
  }

  public convenience init(repeating value: Double, shape: [Int]) {
    self.init { ctorch_full(value, shape.int64, Int32(shape.count), $0, $1, $2) }
  }

  public var rank: Int { Int(ctorch_rank(handle)) }
  public var count: Int { Int(ctorch_count(handle)) }
  public var shape: [Int] { (0..<rank).map { Int(ctorch_size(handle, Int32($0))) } }

  /// All elements, C order.
  public var values: [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      native { ctorch_read(handle, buffer.baseAddress, Int64(count), $0, $1) }
      initialized = count
    }
  }

  /// The only element.
  public var scalar: Float {
    precondition(count == 1, "a tensor of shape \(shape) is not a scalar")
    return values[0]
  }

  /// Replaces all elements in place, C order.
  public func replace(with values: [Float]) {
    native { ctorch_write(handle, values, Int64(values.count), $0, $1) }
  }
}

/// Gradients.
extension Tensor {
  /// Marks a parameter: `backward` fills its `gradient`.
  func requireGradient() { native { ctorch_require_gradient(handle, $0, $1) } }

  /// Adds the gradients of this scalar to those of all parameters that it was computed from.
  public func backward() { native { ctorch_backward(handle, $0, $1) } }

  /// What `backward` left, or nil.
  public var gradient: Tensor? {
    let found = Tensor { ctorch_gradient(handle, $0, $1, $2) }
    return found.handle.opaque == nil ? nil : found
  }

  /// The same numbers without their history.
  public func detached() -> Tensor { Tensor { ctorch_detach(handle, $0, $1, $2) } }

  /// Runs `body` without recording how its tensors are computed: faster, and nothing of it can be differentiated.
  public static func withoutGradients<Result>(_ body: () throws -> Result) rethrows -> Result {
    let before = ctorch_set_recording(false)
    defer { _ = ctorch_set_recording(before) }
    return try body()
  }

  /// Tensors alive in the process.
  public static var liveCount: Int { Int(ctorch_live_tensors()) }
}

/// Calls a function of the shim; what it reports is a programmer's mistake (or memory that has run out).
func native(_ call: (UnsafeMutablePointer<CChar>, Int) -> Int32) {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { buffer in
    buffer[0] = 0
    if call(buffer.baseAddress!, 1024) != Int32(CTORCH_OK) {
      fatalError("libtorch: \(String(cString: buffer.baseAddress!))")
    }
  }
}

extension [Int] {
  var int64: [Int64] { map(Int64.init) }
}
