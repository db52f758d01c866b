public import RehearsalCore

/// `run.json`: what a run is, written before anything happens. With `sources/` it is enough to repeat the run.
public struct RunManifest: Hashable, Sendable {
  /// Of the run directory's layout; readers refuse a newer one.
  public static let formatVersion = 1

  public var name: String
  /// The experiment's file, relative to the run's `sources/`.
  public var experiment: String
  /// `key=value`, as given.
  public var overrides: [String]
  public var seed: UInt64
  public var episodes: Int
  public var policy: String
  public var protocolID: String
  /// Whether the pictures that the policy saw were drawn, and count in the hashes.
  public var drawsFrames: Bool
  /// The experiment after presets, defaults and overrides.
  public var resolvedExperiment: JSON
  public var commandLine: [String]
  /// ISO 8601, passed in; not part of any hash.
  public var createdAt: String
  public var gitCommit: String?
  public var fingerprint: Fingerprint
  /// XXH64 of the policy's checkpoint; nil for a policy that has none.
  public var policyDigest: String?
  /// By which policy every step was labelled, and how much of it that policy drove; nil: by none.
  public var labelling: String?

  public init(
    name: String, experiment: String, overrides: [String], seed: UInt64, episodes: Int, policy: String,
    protocolID: String, drawsFrames: Bool, resolvedExperiment: JSON, commandLine: [String], createdAt: String,
    gitCommit: String?, fingerprint: Fingerprint, policyDigest: String? = nil, labelling: String? = nil
  ) {
    self.name = name
    self.experiment = experiment
    self.overrides = overrides
    self.seed = seed
    self.episodes = episodes
    self.policy = policy
    self.protocolID = protocolID
    self.drawsFrames = drawsFrames
    self.resolvedExperiment = resolvedExperiment
    self.commandLine = commandLine
    self.createdAt = createdAt
    self.gitCommit = gitCommit
    self.fingerprint = fingerprint
    self.policyDigest = policyDigest
    self.labelling = labelling
  }

  public var json: JSON {
    [
      "formatVersion": .integer(Self.formatVersion), "name": .text(name), "experiment": .text(experiment),
      "overrides": .array(overrides.map(JSON.text)), "seed": JSON(seed), "episodes": .integer(episodes),
      "policy": .text(policy), "protocolId": .text(protocolID), "drawsFrames": .bool(drawsFrames),
      "commandLine": .array(commandLine.map(JSON.text)), "createdAt": .text(createdAt),
      "gitCommit": gitCommit.map(JSON.text) ?? .null, "fingerprint": fingerprint.json,
      "resolvedExperiment": resolvedExperiment, "labelling": labelling.map(JSON.text) ?? .null,
      "policyDigest": policyDigest.map(JSON.text) ?? .null,
    ]
  }

  /// What distinguishes this run from `other`, so that neither can continue the other; empty if nothing does.
  ///
  /// The number of episodes may grow; when, where and by which command line it was made does not matter.
  public func differences(from other: RunManifest) -> [String] {
    var all: [String] = []
    func compare(_ what: String, _ mine: String, _ theirs: String) {
      if mine != theirs { all.append("\(what) \(mine), not \(theirs)") }
    }
    compare("experiment", name, other.name)
    compare("policy", policy, other.policy)
    if let policyDigest, let theirs = other.policyDigest { compare("checkpoint", policyDigest, theirs) }
    compare("seed", String(seed), String(other.seed))
    compare("protocol", protocolID, other.protocolID)
    compare("labels", labelling ?? "none", other.labelling ?? "none")
    compare("drawsFrames", String(drawsFrames), String(other.drawsFrames))
    compare("overrides", overrides.description, other.overrides.description)
    if all.isEmpty && resolvedExperiment != other.resolvedExperiment {
      all.append("the same names, but another content")
    }
    return all
  }
}

extension RunManifest {
  init(json: JSON) throws(JSONMismatch) {
    let version = try json.member("formatVersion", \.asInt)
    guard version == Self.formatVersion else {
      throw JSONMismatch(message: "format version \(version); this program reads \(Self.formatVersion)")
    }
    name = try json.member("name", \.asText)
    experiment = try json.member("experiment", \.asText)
    overrides = try json.member("overrides", \.asArray).compactMap(\.asText)
    seed = try json.member("seed", \.asUnsigned)
    episodes = try json.member("episodes", \.asInt)
    policy = try json.member("policy", \.asText)
    protocolID = try json.member("protocolId", \.asText)
    drawsFrames = try json.member("drawsFrames", \.asBool)
    resolvedExperiment = try json.member("resolvedExperiment") { $0 }
    commandLine = try json.member("commandLine", \.asArray).compactMap(\.asText)
    createdAt = try json.member("createdAt", \.asText)
    gitCommit = json["gitCommit"]?.asText
    labelling = json["labelling"]?.asText
    policyDigest = json["policyDigest"]?.asText
    fingerprint = try Fingerprint(json: try json.member("fingerprint") { $0 })
  }

  /// Reads `run.json`.
  public init(path: String) throws {
    let bytes = try DiskFile.read(path)
    let remedy = "this is not a run's manifest, or it was damaged; start the run again in another directory"
    do {
      self = try RunManifest(json: JSON(parsing: bytes))
    } catch let error as JSON.ParsingError {
      throw RehearsalError(.malformed, "\(path):\(error.line):\(error.column): \(error.message)", remedy: remedy)
    } catch let error as JSONMismatch {
      throw RehearsalError(.malformed, "\(path): \(error.message)", remedy: remedy)
    }
  }
}
