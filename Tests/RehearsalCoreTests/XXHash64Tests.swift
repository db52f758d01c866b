import RehearsalCore
import Testing

@Suite("XXH64")
struct XXHash64Tests {
  /// Confirms the digests against those of PyPI's xxhash 3, for lengths with and without full stripes.
  @Test(
    "agrees with the reference implementation",
    arguments: [
      ("", "ef46db3751d8e999"), ("abc", "44bc2cf5ad770999"),
      ("Nobody inspects the spammish repetition", "fbcea83c8a378bf1"),
    ])
  func reference(text: String, digest: String) {
    var hash = XXHash64()
    hash.update(Array(text.utf8))
    #expect(hash.digest.hexadecimal == digest)
  }

  @Test("does not depend on how the bytes are cut")
  func chunks() {
    let bytes = (0..<101).map { UInt8($0) }
    for cut in [1, 7, 31, 32, 33, 64, 100] {
      var hash = XXHash64(seed: 2026)
      hash.update(Array(bytes[..<cut]))
      hash.update(Array(bytes[cut...]))
      #expect(hash.digest.hexadecimal == "047b3a1b0b1ea845")
    }
  }
}
