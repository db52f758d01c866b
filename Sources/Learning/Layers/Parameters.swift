internal import RehearsalCore
internal import Foundation

/// A tensor by the name under which checkpoints know it.
public struct NamedTensor {
  public var name: String
  public var tensor: Tensor
  public init(_ name: String, _ tensor: Tensor) {
    self.name = name
    self.tensor = tensor
  }
}

/// How a parameter begins.
public enum Initializer: Sendable {
  case zeros
  case ones
  case normal(Double)
  /// Uniform in ±1/√fanIn, PyTorch's default for linear layers and convolutions.
  case uniform(fanIn: Int)
  /// Normal with variance gain²/fanIn (He et al., 2015, for gain √2).
  case he(fanIn: Int, gain: Double)
}

/// Where a network gets its parameters from, by name: fresh ones from a seed, those of a checkpoint, strictly, or another
/// network's own.
public final class ParameterStore {
  public private(set) var parameters: [NamedTensor] = []
  /// Not trained: running statistics, frozen encoders.
  public private(set) var buffers: [NamedTensor] = []
  private let checkpoint: (any ParameterSource)?
  private let shared: [String: Tensor]
  private let root: UInt64
  private var problems: [String] = []

  /// Fresh parameters; each draws from a stream of its own name, so that adding one never moves another.
  public init(seed: UInt64) {
    checkpoint = nil
    shared = [:]
    root = seed
  }

  /// The same numbers in the same memory as another network's, each with a gradient of its own.
  init(sharing other: ParameterStore) {
    checkpoint = nil
    shared = Dictionary(uniqueKeysWithValues: other.all.map { ($0.name, $0.tensor) })
    root = 0
  }

  /// The parameters of a checkpoint.
  public init(_ checkpoint: any ParameterSource) {
    self.checkpoint = checkpoint
    shared = [:]
    root = 0
  }

  public var all: [NamedTensor] { parameters + buffers }

  func take(_ name: String, _ shape: [Int], _ initializer: Initializer, isTrained: Bool) -> Tensor {
    let tensor = shared[name]?.detached() ?? Tensor(values(name, shape, initializer), shape: shape)
    if isTrained {
      tensor.requireGradient()
      parameters.append(NamedTensor(name, tensor))
    } else {
      buffers.append(NamedTensor(name, tensor))
    }
    return tensor
  }

  private func values(_ name: String, _ shape: [Int], _ initializer: Initializer) -> [Float] {
    let count = shape.reduce(1, *)
    guard let checkpoint else { return initializer.draw(count, seed: root, name: name) }
    guard let found = checkpoint.shape(of: name) else {
      problems.append("\(name) is missing (expected \(shape))")
      return Array(repeating: 0, count: count)
    }
    guard found == shape else {
      problems.append("\(name) is \(found), expected \(shape)")
      return Array(repeating: 0, count: count)
    }
    do { return try checkpoint.values(of: name) } catch {
      problems.append("\(error)")
      return Array(repeating: 0, count: count)
    }
  }

  /// Throws with everything that does not fit: tensors that are missing, misshapen, or that nothing asked for, except
  /// those that `ignores`.
  public func finish(ignoring ignores: (String) -> Bool = { _ in false }) throws {
    guard let checkpoint else { return }
    let taken = Set(all.map(\.name))
    let extra = checkpoint.names.filter { !taken.contains($0) && !ignores($0) }.sorted()
    let found = problems + extra.map { "\($0) belongs to nothing in this model" }
    guard !found.isEmpty else { return }
    let shown = found.prefix(8).joined(separator: "; ") + (found.count > 8 ? "; and \(found.count - 8) more" : "")
    throw RehearsalError(
      .mismatch, "\(checkpoint.origin) does not fit the model: \(shown)",
      remedy: "load it with the configuration that it was trained with")
  }
}

/// Named tensors to be read, such as a safetensors file.
public protocol ParameterSource {
  /// For messages.
  var origin: String { get }
  var names: [String] { get }
  func shape(of name: String) -> [Int]?
  func values(of name: String) throws -> [Float]
}

/// A place in a store's names: `scope["layer1"]["0"].parameter("weight", …)` is `layer1.0.weight`.
public struct ParameterScope {
  let store: ParameterStore
  let prefix: String
  /// Whether parameters from here on are trained.
  let isTrained: Bool

  public init(_ store: ParameterStore, prefix: String = "", isTrained: Bool = true) {
    self.store = store
    self.prefix = prefix
    self.isTrained = isTrained
  }

  public subscript(_ name: String) -> ParameterScope {
    ParameterScope(store, prefix: prefix + name + ".", isTrained: isTrained)
  }
  public subscript(_ index: Int) -> ParameterScope { self["\(index)"] }

  func parameter(_ name: String, _ shape: [Int], _ initializer: Initializer) -> Tensor {
    store.take(prefix + name, shape, initializer, isTrained: isTrained)
  }

  func buffer(_ name: String, _ shape: [Int], _ initializer: Initializer) -> Tensor {
    store.take(prefix + name, shape, initializer, isTrained: false)
  }
}

extension Initializer {
  /// `count` values from the stream of `name`.
  func draw(_ count: Int, seed: UInt64, name: String) -> [Float] {
    var hash = XXHash64()
    hash.update(Array(name.utf8))
    var random = SeedStream(root: seed ^ hash.digest, factor: .policy, episode: 0)
    switch self {
    case .zeros: return Array(repeating: 0, count: count)
    case .ones: return Array(repeating: 1, count: count)
    case .normal(let deviation): return (0..<count).map { _ in Float(random.gaussian() * deviation) }
    case .uniform(let fanIn):
      let bound = 1 / Double(fanIn).squareRoot()
      return (0..<count).map { _ in Float(random.uniform(-bound, bound)) }
    case .he(let fanIn, let gain):
      let deviation = gain / Double(fanIn).squareRoot()
      return (0..<count).map { _ in Float(random.gaussian() * deviation) }
    }
  }
}

extension SeedStream {
  /// A draw from the standard normal distribution (Box and Muller, 1958).
  mutating func gaussian() -> Double {
    (-2 * Foundation.log(1 - unit())).squareRoot() * Foundation.cos(2 * .pi * unit())
  }
}
