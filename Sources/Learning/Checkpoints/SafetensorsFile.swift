internal import RehearsalCore

/// A safetensors file that was found sound: its header is read and checked whole, its tensors are read when asked for.
///
/// Format: 8 bytes little-endian header length, a JSON header, then the tensors, which fill the rest exactly. Damaged
/// or hostile files give a `RehearsalError` that names the path; memory is bounded by the header and one tensor.
public struct SafetensorsFile: Sendable {
  /// One tensor of the file.
  public struct Entry: Hashable, Sendable {
    public let dtype: DType
    /// Extents, slowest first; `[]` is a scalar.
    public let shape: [Int]
    /// Its bytes, counted from the end of the header; little endian, C order.
    public let data: Range<Int>
  }

  public let path: String
  public let metadata: [String: String]
  public let tensors: [String: Entry]
  private let file: InputFile
  private let dataStart: Int

  /// Opens the file and checks its header against its size.
  public init(path: String) throws {
    file = try InputFile(path)
    let header = try SafetensorsHeader(of: file)
    self.path = path
    metadata = header.metadata
    tensors = header.tensors
    dataStart = header.dataStart
  }

  /// The entry of that name; an error that lists what is there otherwise.
  public func entry(_ name: String) throws -> Entry {
    if let entry = tensors[name] { return entry }
    let some = tensors.keys.sorted().prefix(5).joined(separator: ", ")
    throw RehearsalError(
      .mismatch, "\(path) has no tensor \"\(name)\"",
      remedy: "use a checkpoint of this model; the \(tensors.count) tensors of this one begin with \(some)")
  }

  /// Calls `body` with the bytes of a tensor: little endian, C order, of no particular alignment.
  public func withBytes<Result>(_ name: String, _ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
    let range = try entry(name).data
    let bytes = try file.bytes(dataStart + range.lowerBound..<dataStart + range.upperBound)
    return try bytes.withUnsafeBytes(body)
  }

  /// The elements of an F32, F16, BF16 or F64 tensor in C order, as `Float` (an F64 beyond its range is infinite).
  public func floats(_ name: String) throws -> [Float] {
    let dtype = try entry(name).dtype
    return try withBytes(name) { bytes in
      switch dtype {
      case .float32: Self.map(bytes, as: UInt32.self) { Float(bitPattern: $0) }
      case .float16: Self.map(bytes, as: UInt16.self) { Float(Float16(bitPattern: $0)) }
      case .bfloat16: Self.map(bytes, as: UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
      case .float64: Self.map(bytes, as: UInt64.self) { Float(Double(bitPattern: $0)) }
      default:
        throw RehearsalError(
          .mismatch, "\(path): the tensor \"\(name)\" is \(dtype.rawValue), not F32, F16, BF16 or F64",
          remedy: "use a checkpoint whose weights are floating point and not quantized")
      }
    }
  }

  // Inlined, since a checkpoint has a hundred million elements and each would otherwise be a call through a closure.
  @inline(__always)
  private static func map<Pattern: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, as type: Pattern.Type, _ convert: (Pattern) -> Float
  ) -> [Float] {
    let size = MemoryLayout<Pattern>.size
    let count = bytes.count / size
    return [Float](unsafeUninitializedCapacity: count) { floats, initialized in
      for index in 0..<count {
        floats[index] = convert(Pattern(littleEndian: bytes.loadUnaligned(fromByteOffset: index * size, as: type)))
      }
      initialized = count
    }
  }
}
