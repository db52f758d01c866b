internal import CHDF5
import Foundation

/// An open HDF5 file whose objects are addressed by path. Belongs to one thread; files of other threads may be open.
final class HDF5File {
  private let handle: chdf5_file
  private var isOpen = true

  private init(_ open: (UnsafeMutablePointer<chdf5_file>, UnsafeMutablePointer<CChar>, Int) -> Int32) throws {
    var handle = chdf5_file()
    try callNative { open(&handle, $0, $1) }
    self.handle = handle
  }

  /// Opens an existing file, read only.
  convenience init(reading path: String) throws { try self.init { chdf5_open(path, $0, $1, $2) } }

  /// Makes a new file, replacing what was there; a buffered one stays in memory until it is closed.
  private convenience init(writing path: String, buffered: Bool) throws {
    try self.init { chdf5_create(path, buffered, $0, $1, $2) }
  }

  deinit { try? close() }

  static var libraryVersion: String { String(cString: chdf5_version()) }

  private func close() throws {
    guard isOpen else { return }
    isOpen = false
    try callNative { chdf5_close(handle, $0, $1) }
  }

  /// Has `fill` write a new file at `path`; throws if it could not be written completely.
  static func write(to path: String, buffered: Bool, _ fill: (HDF5File) throws -> Void) throws {
    let file = try HDF5File(writing: path, buffered: buffered)
    try fill(file)
    try file.close()
  }

  /// Copies an object of another file with all beneath it; compressed data are copied as they are.
  func copy(_ path: String, from source: HDF5File, to target: String) throws {
    try callNative { chdf5_copy(source.handle, path, handle, target, $0, $1) }
  }
}

/// Attributes and groups.
extension HDF5File {
  func makeGroup(_ path: String) throws { try callNative { chdf5_make_group(handle, path, $0, $1) } }

  func set(_ name: String, of path: String, to text: String) throws {
    try callNative { chdf5_set_text(handle, path, name, text, $0, $1) }
  }

  func set(_ name: String, of path: String, to value: Int) throws {
    try callNative { chdf5_set_integer(handle, path, name, Int64(value), $0, $1) }
  }

  func set(_ name: String, of path: String, to value: Bool) throws {
    try callNative { chdf5_set_flag(handle, path, name, value, $0, $1) }
  }

  func text(_ name: String, of path: String) throws -> String {
    try string { chdf5_get_text(handle, path, name, $0, $1, $2, $3, $4) }
  }

  func integer(_ name: String, of path: String) throws -> Int {
    var value: Int64 = 0
    try callNative { chdf5_get_integer(handle, path, name, &value, $0, $1) }
    return Int(value)
  }

  func exists(_ path: String) throws -> Bool {
    var exists = false
    try callNative { chdf5_exists(handle, path, &exists, $0, $1) }
    return exists
  }

  /// The names in a group, in byte order.
  func names(in path: String) throws -> [String] {
    try string { chdf5_list(handle, path, $0, $1, $2, $3, $4) }.split(separator: "\n").map(String.init)
  }

  /// Asks for the size first, then for the text.
  private func string(
    _ read: (UnsafeMutablePointer<CChar>?, Int, UnsafeMutablePointer<Int>, UnsafeMutablePointer<CChar>, Int) -> Int32
  ) throws -> String {
    var size = 0
    try callNative { read(nil, 0, &size, $0, $1) }
    let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: size)
    defer { buffer.deallocate() }
    try callNative { read(buffer, size, &size, $0, $1) }
    return String(cString: buffer)
  }
}

/// An element type of datasets.
protocol HDF5Element: BitwiseCopyable {
  static var native: chdf5_type { get }
}
extension Double: HDF5Element { static var native: chdf5_type { CHDF5_FLOAT64 } }
extension Int: HDF5Element { static var native: chdf5_type { CHDF5_INT64 } }
extension UInt64: HDF5Element { static var native: chdf5_type { CHDF5_UINT64 } }
extension UInt8: HDF5Element { static var native: chdf5_type { CHDF5_UINT8 } }

/// Datasets.
extension HDF5File {
  /// Writes `values` in row-major order; as many as the product of `shape`.
  func write<Element: HDF5Element>(_ values: [Element], shape: [Int], to path: String) throws {
    precondition(values.count == shape.reduce(1, *), "\(values.count) values for the shape \(shape) of \(path)")
    try values.withUnsafeBytes { bytes in
      try callNative {
        chdf5_write(
          handle, path, Element.native, Int32(shape.count), shape.map(UInt64.init), bytes.baseAddress, $0, $1)
      }
    }
  }

  /// Writes pictures of height · width · 3 bytes as (count, height, width, 3), gzipped one by one unless `level` is 0.
  func write(pictures: [[UInt8]], width: Int, height: Int, level: Int, to path: String) throws {
    try callNative {
      chdf5_make_pictures(
        handle, path, UInt64(pictures.count), UInt64(height), UInt64(width), Int32(level), $0, $1)
    }
    for (index, picture) in pictures.enumerated() {
      precondition(picture.count == width * height * 3, "\(picture.count) bytes for \(width)×\(height) in \(path)")
      try callNative {
        chdf5_write_picture(handle, path, UInt64(index), picture, picture.count, Int32(level), $0, $1)
      }
    }
  }

  func write(names: [String], to path: String) throws {
    let copies = names.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    let pointers = copies.map { UnsafePointer<CChar>($0) }
    try callNative { chdf5_write_names(handle, path, pointers, names.count, $0, $1) }
  }

  /// The shape of a dataset, and whether its elements are `Element`s.
  func shape<Element: HDF5Element>(of path: String, as element: Element.Type) throws -> [Int] {
    var type = CHDF5_OTHER
    var rank: Int32 = 0
    var dimensions = [UInt64](repeating: 0, count: Int(CHDF5_MAX_RANK))
    try callNative { chdf5_shape(handle, path, &type, &rank, &dimensions, $0, $1) }
    guard type == Element.native else { throw NativeFailure(message: "\(path) has another element type") }
    return dimensions.prefix(Int(rank)).map(Int.init)
  }

  /// The rows `rows` along the first dimension, or all.
  func read<Element: HDF5Element>(_ path: String, as element: Element.Type, rows: Range<Int>? = nil) throws
    -> (values: [Element], shape: [Int])
  {
    var shape = try shape(of: path, as: element)
    guard let all = shape.first else { throw NativeFailure(message: "\(path) has no rows") }
    let rows = rows ?? 0..<all
    shape[0] = rows.count
    let count = shape.reduce(1, *)
    let values = try [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      try callNative {
        chdf5_read(
          handle, path, Element.native, UInt64(rows.lowerBound), UInt64(rows.count), bytes.baseAddress,
          count * MemoryLayout<Element>.stride, $0, $1)
      }
      initialized = count
    }
    return (values, shape)
  }
}
