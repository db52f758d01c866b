import RehearsalCore
import Testing

@Suite("Seed streams")
struct SeedStreamTests {
  @Test("of one factor do not depend on another being drawn from")
  func independence() {
    var lighting = SeedStream(root: 1, factor: .lighting, episode: 3)
    let alone = (0..<4).map { _ in lighting.next() }
    var placement = SeedStream(root: 1, factor: .placement, episode: 3)
    _ = placement.next()
    var again = SeedStream(root: 1, factor: .lighting, episode: 3)
    #expect((0..<4).map { _ in again.next() } == alone)
  }

  @Test("differ between factors, episodes and roots")
  func distinct() {
    var firsts = Set<UInt64>()
    for root in 0..<4 {
      for factor in RandomFactor.allCases {
        for episode in 0..<50 {
          var stream = SeedStream(root: UInt64(root), factor: factor, episode: episode)
          firsts.insert(stream.next())
        }
      }
    }
    #expect(firsts.count == 4 * RandomFactor.allCases.count * 50)
  }

  @Test("give uniform numbers of the right mean and variance")
  func uniform() {
    var stream = SeedStream(root: 5, factor: .image, episode: 0)
    let values = (0..<20000).map { _ in stream.uniform(-1, 3) }
    let mean = values.reduce(0, +) / 20000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20000
    #expect(abs(mean - 1) < 0.03)
    #expect(abs(variance - 16.0 / 12) < 0.03)
    #expect(values.allSatisfy { $0 >= -1 && $0 < 3 })
  }

  @Test("give normal draws that are cut at three deviations")
  func normal() {
    var stream = SeedStream(root: 5, factor: .image, episode: 1)
    let values = (0..<20000).map { _ in Distribution.normal(mean: 2, standardDeviation: 0.5).sample(&stream) }
    let mean = values.reduce(0, +) / 20000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20000
    #expect(abs(mean - 2) < 0.02)
    #expect(abs(variance - 0.25) < 0.01)
    #expect(values.allSatisfy { abs($0 - 2) <= 1.5 })
  }
}
