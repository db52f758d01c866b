internal import Foundation
internal import RehearsalCore
internal import Yams

/// An experiment's values as written, each checked by itself; `plan()` then checks them against each other.
struct ExperimentDraft {
  var name: String
  var scene: LoadedScene?
  var commands: [AuthoredCommand]
  var schedule: ScheduleDraft?
  var steps: StepBudgets
  var phrasings: PhrasingSplit
  var language: LanguageIntervention
  var languagePlace: YAMLReader?
  var alreadySatisfied: AlreadySatisfiedRule
  var actionSpace: ActionSpace
  var actionSpacePlace: YAMLReader?
  var controlHz: Int
  var controlPlace: YAMLReader?
  var physics: PhysicsSettings
  var cameras: [YAMLReader]
  var imageSize: ImageSize
  var reviewerCamera: YAMLReader?
  var renderer: RendererKind
  var quality: RenderQuality
  var latencyTicks: Int
  var executedActions: Int?
  var temporalEnsembling: Double?
  var safety: SafetyPlan
  var safetyPlace: YAMLReader?
  var randomization: RandomizationPlan
  var presets: [String]
  var settleTicks: Int
  var policy: String
  var baselines: [String]
  var episodes: Int
  var seed: UInt64
  var record: ExperimentPlan.RecordingPlan
  /// The whole file.
  var place: YAMLReader
  /// Its tree with everything it refers to written out.
  var resolved: Node

  init(_ map: YAMLMapping, defaultName: String, log: DiagnosticLog) {
    place = map.reader
    let files = ReferencedFiles(map, log: log)
    (scene, commands, randomization) = (files.scene, files.commands, files.randomization)
    (presets, resolved) = (files.presets, files.resolved)
    name = map.string("name", default: defaultName)
    schedule = map.required("schedule").flatMap { ScheduleDraft($0) }
    steps = StepBudgets(map.child("steps"))
    phrasings = map.choice("phrasings", default: .all)
    language = map.choice("language", default: .given)
    languagePlace = map.child("language")
    alreadySatisfied = map.choice("alreadySatisfied", default: .redraw)
    actionSpacePlace = map.required("actionSpace")
    let spaceName = actionSpacePlace?.choice(among: ActionSpace.all.map(\.name))
    actionSpace = ActionSpace.all.first { $0.name == spaceName } ?? .baseTwist
    controlPlace = map.required("controlHz")
    controlHz = controlPlace?.integer(1...1000) ?? 1
    physics = PhysicsSettings(
      physicsHz: map.integer("physicsHz", 1...10_000, default: 240),
      solverIterations: map.integer("solverIterations", 1...1000, default: 20))
    cameras = map.required("cameras")?.elements ?? []
    imageSize = ImageSize(map.child("imageSize"))
    reviewerCamera = map.child("reviewerCamera")
    renderer = map.choice("renderer", default: .rayTracer)
    quality = map.child("quality").map(Self.quality) ?? .fast
    latencyTicks = map.integer("latencyTicks", 0...10_000, default: 0)
    executedActions = map.child("executedActions")?.integer(1...10_000)
    temporalEnsembling = map.child("temporalEnsembling")?.number(.between(0, 10))
    if executedActions != nil, temporalEnsembling != nil {
      map.child("temporalEnsembling")?.error("asks at every step: leave out executedActions")
    }
    safetyPlace = map.child("safety")
    safety = safetyPlace.map { SafetyPlan($0) } ?? SafetyPlan()
    settleTicks = map.integer("settleTicks", 0...10_000, default: 5)
    let folder = map.reader.source.directory
    policy = Self.policy(map.string("policy"), in: folder)
    baselines = map.strings("baselines").map { Self.policy($0, in: folder) }
    episodes = map.integer("episodes", 1...10_000_000, default: 20)
    seed = UInt64(map.integer("seed", 0...Int.max, default: 1))
    record = map.child("record").flatMap { $0.mapping(Self.record) } ?? ExperimentPlan.RecordingPlan()
  }

  private static func quality(_ reader: YAMLReader) -> RenderQuality {
    if reader.isScalar { return reader.choice(among: ["fast", "reviewer"]) == "reviewer" ? .reviewer : .fast }
    return reader.mapping { map in
      let samples = map.integer("samplesPerPixel", 1...16, default: 1)
      if ![1, 4, 9, 16].contains(samples) { map.error("samplesPerPixel", "must be 1, 4, 9 or 16") }
      return RenderQuality(
        samplesPerPixel: samples, shadowSamples: map.integer("shadowSamples", 1...64, default: 1))
    } ?? .fast
  }

  /// The name of a policy; a checkpoint's file is found from `folder`, and called by its path from the working directory
  /// where it lies below.
  private static func policy(_ name: String, in folder: String) -> String {
    guard name.hasPrefix("vla:") else { return name }
    let base = URL(fileURLWithPath: folder, isDirectory: true)
    let path = URL(fileURLWithPath: String(name.dropFirst(4)), relativeTo: base).standardizedFileURL.path
    let here = FileManager.default.currentDirectoryPath + "/"
    return "vla:" + (path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path)
  }

  private static func record(_ map: YAMLMapping) -> ExperimentPlan.RecordingPlan {
    ExperimentPlan.RecordingPlan(
      trajectories: map.boolean("trajectories", default: true), images: map.boolean("images", default: false),
      imageCompression: map.integer("imageCompression", 0...12, default: 1),
      videosPerCommand: map.integer("videosPerCommand", 0...100_000, default: 1))
  }
}

/// Budgets that replace the commands' own: `steps: 300`, or by command `steps: {go_to: 300}`.
struct StepBudgets {
  var forAll: Int?
  var byCommand: [(command: YAMLReader, name: String, steps: Int)] = []

  init(_ reader: YAMLReader?) {
    guard let reader else { return }
    if reader.isScalar {
      forAll = reader.integer(1...1_000_000)
    } else {
      byCommand =
        reader.mapping { map in
          map.entries.map { (command: $0.value, name: $0.name, steps: $0.value.integer(1...1_000_000)) }
        } ?? []
    }
  }
}
