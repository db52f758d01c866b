internal import Foundation
internal import RehearsalCore

/// A trained policy as a file: safetensors whose metadata say what it was trained for.
public struct PolicyCheckpoint {
  public let description: PolicyDescription
  let file: SafetensorsFile

  /// Reads and checks everything but the weights' fit. Throws if the file is damaged or not one of ours.
  public init(path: String) throws {
    file = try SafetensorsFile(path: path)
    let remedy = "give a checkpoint that `rehearse train` wrote"
    guard let text = file.metadata[PolicyDescription.metadataKey] else {
      throw RehearsalError(
        .malformed, "\(path) is not a Rehearsal policy: its header lacks our metadata", remedy: remedy)
    }
    do {
      description = try PolicyDescription(json: JSON(parsing: Array(text.utf8)))
    } catch let error as JSON.ParsingError {
      throw RehearsalError(.malformed, "\(path): its metadata are not JSON: \(error.message)", remedy: remedy)
    } catch let error as JSONMismatch {
      throw RehearsalError(.malformed, "\(path): its metadata: \(error.message)", remedy: remedy)
    }
  }

  /// The network with the checkpoint's weights. Throws where tensors are missing, misshapen or too many.
  func network() throws -> SmallPolicy {
    let store = ParameterStore(file)
    let network = SmallPolicy(ParameterScope(store, isTrained: false), description.configuration)
    try store.finish()
    return network
  }

  /// Encodes instructions for the network.
  func sentenceEncoder() throws -> any SentenceEncoder {
    try description.sentenceEncoder(source: "the vocabulary of \(file.path)")
  }

  static func write(_ description: PolicyDescription, _ weights: [NamedTensor], to path: String) throws {
    try SafetensorsFile.write(
      path, tensors: weights.map(\.stored), metadata: [PolicyDescription.metadataKey: description.json.text])
  }
}

extension SafetensorsFile: ParameterSource {
  public var origin: String { path }
  public var names: [String] { tensors.keys.sorted() }
  public func shape(of name: String) -> [Int]? { tensors[name]?.shape }
  public func values(of name: String) throws -> [Float] { try floats(name) }
}

extension NamedTensor {
  var stored: SafetensorsFile.NewTensor {
    (name, .float32, tensor.shape, tensor.values.withUnsafeBytes { Array($0) })
  }
}
