/// XXH64 of everything folded in so far (Collet, the xxHash specification 0.1.1): fast, well mixed, not cryptographic.
///
/// Numbers are folded in little-endian order, doubles by their bit patterns.
public struct XXHash64: Sendable {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  private var lanes: SIMD4<UInt64>
  private let seed: UInt64
  private var count: UInt64 = 0
  private var pending: [UInt8] = []

  public init(seed: UInt64 = 0) {
    self.seed = seed
    lanes = SIMD4(seed &+ Self.prime1 &+ Self.prime2, seed &+ Self.prime2, seed, seed &- Self.prime1)
    pending.reserveCapacity(32)
  }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count &+= UInt64(bytes.count)
    var offset = 0
    if !pending.isEmpty {
      offset = min(32 - pending.count, bytes.count)
      pending.append(contentsOf: bytes[..<offset])
      guard pending.count == 32 else { return }
      pending.withUnsafeBytes { lanes = Self.consume($0, from: 0, lanes).lanes }
      pending.removeAll(keepingCapacity: true)
    }
    let rest = Self.consume(bytes, from: offset, lanes)
    lanes = rest.lanes
    pending.append(contentsOf: bytes[rest.end...])
  }

  public mutating func update(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { update($0) }
  }

  public mutating func update(_ values: [Double]) { values.withUnsafeBytes { update($0) } }
  public mutating func update(_ values: [UInt8]) { values.withUnsafeBytes { update($0) } }

  /// Folds in the UTF-8 of `text` after its length, so that ("ab", "c") and ("a", "bc") differ.
  public mutating func update(_ text: String) {
    update(UInt64(text.utf8.count))
    update(Array(text.utf8))
  }

  /// The hash of all that was folded in; more may follow.
  public var digest: UInt64 {
    var hash = seed &+ Self.prime5
    if count >= 32 {
      hash =
        Self.rotate(lanes[0], 1) &+ Self.rotate(lanes[1], 7) &+ Self.rotate(lanes[2], 12) &+ Self.rotate(lanes[3], 18)
      for lane in 0..<4 {
        hash = (hash ^ Self.round(0, lanes[lane])) &* Self.prime1 &+ Self.prime4
      }
    }
    hash &+= count
    return Self.avalanche(pending.withUnsafeBytes { Self.fold($0, into: hash) })
  }

  private static func consume(
    _ bytes: UnsafeRawBufferPointer, from start: Int, _ lanes: SIMD4<UInt64>
  ) -> (lanes: SIMD4<UInt64>, end: Int) {
    var (a, b, c, d) = (lanes[0], lanes[1], lanes[2], lanes[3])
    var offset = start
    while offset + 32 <= bytes.count {
      a = round(a, word(bytes, offset))
      b = round(b, word(bytes, offset + 8))
      c = round(c, word(bytes, offset + 16))
      d = round(d, word(bytes, offset + 24))
      offset += 32
    }
    return (SIMD4(a, b, c, d), offset)
  }

  private static func fold(_ tail: UnsafeRawBufferPointer, into start: UInt64) -> UInt64 {
    var hash = start
    var offset = 0
    while offset + 8 <= tail.count {
      hash = rotate(hash ^ round(0, word(tail, offset)), 27) &* prime1 &+ prime4
      offset += 8
    }
    if offset + 4 <= tail.count {
      let half = UInt32(littleEndian: tail.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
      hash = rotate(hash ^ (UInt64(half) &* prime1), 23) &* prime2 &+ prime3
      offset += 4
    }
    for byte in tail[offset...] {
      hash = rotate(hash ^ (UInt64(byte) &* prime5), 11) &* prime1
    }
    return hash
  }

  private static func avalanche(_ value: UInt64) -> UInt64 {
    var hash = value
    hash = (hash ^ (hash >> 33)) &* prime2
    hash = (hash ^ (hash >> 29)) &* prime3
    return hash ^ (hash >> 32)
  }

  @inline(__always) private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
  @inline(__always) private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotate(lane &+ word &* prime2, 31) &* prime1
  }
  @inline(__always) private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    (value << bits) | (value >> (64 - bits))
  }
}

extension UInt64 {
  /// Sixteen hexadecimal digits: how hashes are written in files.
  public var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
