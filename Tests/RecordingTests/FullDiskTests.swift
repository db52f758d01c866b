import Foundation
import RehearsalCore
import Testing

@testable import Recording

/// A file system in memory of a few hundred kilobytes; nil where this user may not mount one.
private final class SmallDisk {
  let directory = TemporaryDirectory()
  var path: String { directory.path }

  init?(kilobytes: Int) {
    let mounted = try? run("mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path])
    guard mounted?.status == 0 else { return nil }
  }

  deinit { _ = try? run("umount", ["-l", path]) }
}

private let mayMount = SmallDisk(kilobytes: 64) != nil

extension RecordingTests {
  @Suite("A full disk", .enabled(if: mayMount, "mounting a small tmpfs needs root")) struct FullDiskTests {
    private let disk = SmallDisk(kilobytes: 400)!

    func sampleRun() throws -> RunDirectory {
      try RunDirectory.create(
        at: disk.path + "/run", manifest: sampleManifest(), sources: SourceSnapshot(files: [], main: "/etc/hostname"))
    }

    /// Takes all the space that is left but `kilobytes`.
    func fill(leaving kilobytes: Int) throws {
      var status = statvfs()
      statvfs(disk.path, &status)
      let size = Int(status.f_bavail) * Int(status.f_frsize) - kilobytes * 1024
      try Data(count: max(size, 0)).write(to: URL(fileURLWithPath: disk.path + "/ballast"))
    }

    func free() throws { try DiskFile.remove(disk.path + "/ballast") }

    @Test("stops the run with a remedy, keeps whole episodes, and lets it go on once there is space")
    func episodes() throws {
      let run = try sampleRun()
      let store = try EpisodeStore(directory: run, dataset: sampleDataset)
      try store.append(sampleRecord(0), trajectory: sampleTrajectory(0))
      for kilobytes in [0, 4, 8, 12] {
        try fill(leaving: kilobytes)
        let error = thrown { try store.append(sampleRecord(1), trajectory: sampleTrajectory(1, steps: 1000)) }
        #expect(error?.code == .diskFull, "\(kilobytes)")
        #expect(error?.message.contains(run.path) == true && error?.remedy.contains("--resume") == true)
        #expect(store.recordedEpisodes == [0])
        #expect(files(in: run.path + "/episodes") == ["episode_0.hdf5"])
        try free()
      }
      try store.append(sampleRecord(1), trajectory: sampleTrajectory(1, steps: 1000))
      try store.finish()
      #expect(try store.records().map(\.index) == [0, 1])
      #expect(try run.trajectory(of: 1)?.bits == sampleTrajectory(1, steps: 1000).bits)
    }

    @Test("a journal line that does not fit leaves the journal as it was")
    func journal() throws {
      let run = try sampleRun()
      let store = try EpisodeStore(directory: run, dataset: nil)
      try store.append(sampleRecord(0))
      let before = try contents(run.journalPath)
      try fill(leaving: 0)
      var large = sampleRecord(1)
      large.sampled = [Sample("text", .text(String(repeating: "x", count: 20_000)))]
      #expect(thrown { try store.append(large) }?.code == .diskFull)
      #expect(try contents(run.journalPath) == before)
      try free()
      try store.append(large)
      #expect(try run.records() == [sampleRecord(0), large])
    }

    @Test("gathering fails before it harms anything, and can be repeated")
    func gathering() throws {
      let run = try sampleRun()
      let store = try EpisodeStore(directory: run, dataset: sampleDataset)
      for index in 0..<3 { try store.append(sampleRecord(index), trajectory: sampleTrajectory(index, steps: 300)) }
      for kilobytes in [0, 16, 70, 90] {
        try fill(leaving: kilobytes)
        #expect(thrown { try store.finish() }?.code == .diskFull, "\(kilobytes)")
        #expect(files(in: run.path) == ["episodes", "episodes.jsonl", "run.json", "sources"])
        try free()
      }
      try store.finish()
      #expect(
        try TrajectoryFile(path: run.trajectoriesPath).read(episode: 2).bits == sampleTrajectory(2, steps: 300).bits)
    }

    @Test("a video that does not fit is removed and named")
    func video() throws {
      try fill(leaving: 8)
      let error = thrown {
        let writer = try VideoWriter(path: disk.path + "/a.mp4", width: 320, height: 240, framesPerSecond: 20)
        var stream = SeedStream(root: 1, factor: .image, episode: 0)
        for _ in 0..<30 {
          try writer.append((0..<(320 * 240 * 3)).map { _ in UInt8(truncatingIfNeeded: stream.next()) })
        }
        try writer.finish()
      }
      #expect(error?.code == .diskFull)
      #expect(error?.message.hasPrefix("cannot write the video \(disk.path)/a.mp4") == true)
      #expect(files(in: disk.path) == ["ballast"])
    }
  }
}
