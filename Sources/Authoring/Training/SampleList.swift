internal import Foundation
public import RehearsalCore

/// Demonstrations as a plain JSON array of objects with `image_path`, `language_instruction` and `action`.
///
/// Paths of pictures start from the folder of the file; other keys are let pass. All actions are equally long.
public struct SampleList: Sendable {
  /// One picture and what to do about it.
  public struct Sample: Hashable, Sendable {
    /// Absolute.
    public var imagePath: String
    public var instruction: String
    /// Finite.
    public var action: [Double]

    /// Decodes the picture: PNG, JPEG and what else `ImageLoader` reads.
    public func image() throws -> CameraImage {
      let picture = try ImageLoader.load(path: imagePath)
      return CameraImage(width: picture.width, height: picture.height, rgb: picture.rgb)
    }
  }

  public let path: String
  /// At least one.
  public let samples: [Sample]
  public var actionCount: Int { samples[0].action.count }

  /// Reads the list and checks that the pictures are there; an error says the sample, from 0, and the key.
  public init(path: String) throws {
    try requireFile(path, kind: "samples")
    self.path = path
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    let samples = try Self.objects(of: path).enumerated().map { index, object in
      try SampleReader(object, place: "\(path)[\(index)]", folder: folder).sample()
    }
    guard let count = samples.first?.action.count else { throw Self.malformed(path, "there are no samples") }
    if let ragged = samples.firstIndex(where: { $0.action.count != count }) {
      throw Self.malformed(
        "\(path)[\(ragged)].action", "has \(samples[ragged].action.count) numbers, that of [0] has \(count)")
    }
    self.samples = samples
  }

  private static func objects(of path: String) throws -> [JSON] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    do {
      guard let objects = try JSON(parsing: data).asArray else { throw malformed(path, "expected a list") }
      return objects
    } catch let error as JSON.ParsingError {
      throw malformed("\(path):\(error.line):\(error.column)", error.message)
    }
  }

  fileprivate static func malformed(_ place: String, _ what: String) -> RehearsalError {
    RehearsalError(
      .malformed, "\(place): \(what)",
      remedy: #"write [{"image_path": "0.png", "language_instruction": "go left", "action": [0.1, -0.2]}, …]"#)
  }
}

/// Reads one object of a list; `place` is how errors call it.
private struct SampleReader {
  let object: JSON
  let place: String
  let folder: URL

  init(_ object: JSON, place: String, folder: URL) {
    (self.object, self.place, self.folder) = (object, place, folder)
  }

  func sample() throws -> SampleList.Sample {
    guard object.asObject != nil else { throw SampleList.malformed(place, "expected an object") }
    return SampleList.Sample(
      imagePath: try imagePath(), instruction: try text("language_instruction"), action: try action())
  }

  private func imagePath() throws -> String {
    let text = try text("image_path")
    let path = URL(fileURLWithPath: text, relativeTo: folder).standardizedFileURL.path
    if FileManager.default.fileExists(atPath: path) { return path }
    throw SampleList.malformed("\(place).image_path", "no such file: \(text) (paths start from the list's folder)")
  }

  private func text(_ key: String) throws -> String {
    guard let text = try member(key).asText, !text.allSatisfy(\.isWhitespace) else {
      throw SampleList.malformed("\(place).\(key)", "expected text")
    }
    return text
  }

  private func action() throws -> [Double] {
    guard let elements = try member("action").asArray, !elements.isEmpty else {
      throw SampleList.malformed("\(place).action", "expected a list of numbers")
    }
    return try elements.enumerated().map { index, element in
      if let number = element.asDouble, number.isFinite { return number }
      throw SampleList.malformed("\(place).action[\(index)]", "expected a finite number, found \(element.text)")
    }
  }

  private func member(_ key: String) throws -> JSON {
    if let value = object[key] { return value }
    throw SampleList.malformed(place, "there is no \"\(key)\"")
  }
}
