public import RehearsalCore

/// The machine and software that made a run: what makes its hashes comparable with another's.
public struct Fingerprint: Hashable, Sendable {
  public var cpu: String
  public var operatingSystem: String
  /// Instruction set that the renderer uses, such as `avx2`.
  public var instructionSet: String
  public var swift: String
  /// Name and version, in a fixed order.
  public var libraries: [Library]

  public struct Library: Hashable, Sendable {
    public var name: String
    public var version: String
    public init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  public init(cpu: String, operatingSystem: String, instructionSet: String, swift: String, libraries: [Library]) {
    self.cpu = cpu
    self.operatingSystem = operatingSystem
    self.instructionSet = instructionSet
    self.swift = swift
    self.libraries = libraries
  }
}

extension Fingerprint {
  public var json: JSON {
    [
      "cpu": .text(cpu), "operatingSystem": .text(operatingSystem), "instructionSet": .text(instructionSet),
      "swift": .text(swift), "libraries": .object(libraries.map { JSON.Member($0.name, .text($0.version)) }),
    ]
  }

  init(json: JSON) throws(JSONMismatch) {
    cpu = try json.member("cpu", \.asText)
    operatingSystem = try json.member("operatingSystem", \.asText)
    instructionSet = try json.member("instructionSet", \.asText)
    swift = try json.member("swift", \.asText)
    libraries = try json.member("libraries", \.asObject).map {
      Library(name: $0.name, version: $0.value.asText ?? "")
    }
  }

  /// The versions of what this module links.
  public static var recordingLibraries: [Library] {
    [
      Library(name: "hdf5", version: HDF5File.libraryVersion),
      Library(name: "libavcodec", version: videoLibraryVersion),
    ]
  }
}
