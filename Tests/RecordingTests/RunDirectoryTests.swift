import Foundation
import RehearsalCore
import Testing

@testable import Recording

extension RecordingTests {
  @Suite("Run directory") struct RunDirectoryTests {
    let temporary = TemporaryDirectory()
    let noSources = SourceSnapshot(files: [], main: "/etc/hostname")

    @Test("the manifest comes back as it was written, large seeds included")
    func manifest() throws {
      let manifest = sampleManifest(seed: .max)
      let directory = try RunDirectory.create(at: temporary("deep/er/run"), manifest: manifest, sources: noSources)
      #expect(try RunDirectory.open(at: directory.path).manifest() == manifest)
      #expect(files(in: directory.path) == ["run.json", "sources"])
    }

    @Test("sources keep their places relative to each other")
    func sources() throws {
      for name in ["lab/Experiments/a/experiment.yaml", "lab/Scenes/studio.yaml", "lab/Assets/robots/arm/arm.urdf"] {
        try DiskFile.makeDirectory(DiskFile.directory(of: temporary(name)))
        try put(name, at: temporary(name))
      }
      let snapshot = SourceSnapshot(
        files: [temporary("lab/Experiments/a/../../Scenes/studio.yaml"), temporary("lab/Assets/robots/arm/arm.urdf")],
        main: temporary("lab/Experiments/a/experiment.yaml"))
      #expect(snapshot.main == "Experiments/a/experiment.yaml")
      let run = try RunDirectory.create(at: temporary("run"), manifest: sampleManifest(), sources: snapshot)
      #expect(files(in: run.sourcesPath) == ["Assets", "Experiments", "Scenes"])
      #expect(try contents(run.sourcesPath + "/Scenes/studio.yaml") == Array("lab/Scenes/studio.yaml".utf8))
    }

    @Test("a directory that holds a run or foreign files is refused, and left alone")
    func occupied() throws {
      let path = temporary("run")
      _ = try RunDirectory.create(at: path, manifest: sampleManifest(), sources: noSources)
      let run = thrown { _ = try RunDirectory.create(at: path, manifest: sampleManifest(seed: 8), sources: noSources) }
      #expect(run?.message == "\(path) holds a run already: quickstart, policy scripted, seed 7")
      #expect(run?.remedy == "choose another --out, or continue that run with --resume")
      let foreign = thrown {
        try put("x", at: temporary("thesis.tex"))
        _ = try RunDirectory.create(at: temporary.path, manifest: sampleManifest(), sources: noSources)
      }
      #expect(foreign?.message.hasSuffix("holds files that are not a run's, such as run") == true)
    }

    @Test("another checkpoint at the same path is another policy")
    func checkpoints() throws {
      let path = temporary("run")
      var manifest = sampleManifest(policy: "vla:policy.safetensors")
      manifest.policyDigest = "0011"
      _ = try RunDirectory.create(at: path, manifest: manifest, sources: noSources)
      #expect(try RunDirectory.resume(at: path, manifest: manifest, sources: noSources).manifest() == manifest)
      manifest.policyDigest = "0022"
      let other = thrown { _ = try RunDirectory.resume(at: path, manifest: manifest, sources: noSources) }
      #expect(other?.message.contains("checkpoint 0011, not 0022") == true, "\(other?.message ?? "")")
    }

    @Test("only the same run is resumed; more episodes are the same run")
    func resume() throws {
      let path = temporary("run")
      _ = try RunDirectory.create(at: path, manifest: sampleManifest(), sources: noSources)
      var longer = sampleManifest()
      longer.episodes = 500
      longer.createdAt = "later"
      #expect(try RunDirectory.resume(at: path, manifest: longer, sources: noSources).path == path)
      let other = thrown {
        _ = try RunDirectory.resume(at: path, manifest: sampleManifest(seed: 8, policy: "zero"), sources: noSources)
      }
      #expect(
        other?.message == "\(path) is the directory of another run: policy scripted, not zero; seed 7, not 8")
    }

    @Test("a missing run, a file in the way and a damaged manifest are named")
    func unusable() throws {
      #expect(thrown { _ = try RunDirectory.open(at: temporary("none")) }?.code == .unreadable)
      try put("x", at: temporary("file"))
      let inTheWay = thrown {
        _ = try RunDirectory.create(at: temporary("file/run"), manifest: sampleManifest(), sources: noSources)
      }
      #expect(inTheWay?.code == .unwritable)
      try put("{\"formatVersion\": 1,\n \"name\": }", at: temporary("run.json"))
      let damaged = thrown { _ = try RunDirectory.open(at: temporary.path).manifest() }
      #expect(damaged?.message == "\(temporary("run.json")):2:10: expected a value")
    }

    @Test("a read-only place is refused with a remedy", .enabled(if: DiskFile.exists("/proc/version")))
    func readOnly() {
      let error = thrown {
        _ = try RunDirectory.create(at: "/proc/rehearsal", manifest: sampleManifest(), sources: noSources)
      }
      #expect(error?.message.contains("/proc/rehearsal") == true)
      #expect(error?.remedy.isEmpty == false)
    }
  }
}
