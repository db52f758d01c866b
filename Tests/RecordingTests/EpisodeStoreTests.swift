import CHDF5
import Foundation
import RehearsalCore
import Testing

@testable import Recording

extension RecordingTests {
  @Suite("Episode store") struct EpisodeStoreTests {
    let temporary = TemporaryDirectory()

    @Test("episodes come back sorted and exact, before and after they are gathered")
    func roundTrip() throws {
      let run = try sampleRun(in: temporary)
      let store = try EpisodeStore(directory: run, dataset: sampleDataset)
      for index in [2, 0, 1] {
        try store.append(sampleRecord(index), trajectory: sampleTrajectory(index, images: index == 2))
      }
      #expect(try store.records() == (0..<3).map { sampleRecord($0) })
      let before = try run.trajectory(of: 2, withImages: true)
      try store.finish()
      #expect(files(in: run.path) == ["episodes.jsonl", "run.json", "sources", "trajectories.hdf5"])
      let after = try run.trajectory(of: 2, withImages: true)
      for read in [before, after] {
        #expect(read?.bits == sampleTrajectory(2, images: true).bits)
        #expect(read?.images == sampleTrajectory(2, images: true).images)
      }
    }

    @Test("an episode without steps is recorded too")
    func empty() throws {
      let run = try sampleRun(in: temporary)
      let store = try EpisodeStore(directory: run, dataset: sampleDataset)
      var nothing = sampleTrajectory(0, steps: 0)
      nothing.images = [[], []]
      try store.append(sampleRecord(0, outcome: .failure(.policyThrew(message: "no")), steps: 0), trajectory: nothing)
      try store.finish()
      #expect(try run.trajectory(of: 0, withImages: true)?.count == 0)
    }

    @Test("a crash at any byte of the journal's last line loses that episode only")
    func tornJournal() throws {
      let run = try sampleRun(in: temporary)
      do {
        let store = try EpisodeStore(directory: run, dataset: sampleDataset)
        for index in 0..<2 { try store.append(sampleRecord(index), trajectory: sampleTrajectory(index)) }
      }
      let whole = try contents(run.journalPath)
      let firstLine = whole.firstIndex(of: 10)! + 1
      for length in stride(from: firstLine, to: whole.count, by: 37) {
        try Data(whole[..<length]).write(to: URL(fileURLWithPath: run.journalPath))
        let store = try EpisodeStore(directory: run, dataset: sampleDataset)
        #expect(store.recordedEpisodes == [0])
        #expect(try contents(run.journalPath).count == firstLine)
        #expect(files(in: run.path + "/episodes") == ["episode_0.hdf5"])
        try store.append(sampleRecord(1), trajectory: sampleTrajectory(1))
        #expect(try contents(run.journalPath) == whole)
      }
    }

    @Test("files that a crash left half written are cleared away")
    func partials() throws {
      let run = try sampleRun(in: temporary)
      try EpisodeStore(directory: run, dataset: sampleDataset).append(
        sampleRecord(0), trajectory: sampleTrajectory(0))
      try put("half", at: run.path + "/episodes/episode_1.hdf5.partial")
      try put("half", at: run.path + "/trajectories.hdf5.partial")
      _ = try EpisodeStore(directory: run, dataset: sampleDataset)
      #expect(files(in: run.path + "/episodes") == ["episode_0.hdf5"])
      #expect(!files(in: run.path).contains("trajectories.hdf5.partial"))
    }

    @Test("gathering continues after a crash between its steps, and after more episodes")
    func gatherAgain() throws {
      let run = try sampleRun(in: temporary)
      let store = try EpisodeStore(directory: run, dataset: sampleDataset)
      try store.append(sampleRecord(1), trajectory: sampleTrajectory(1))
      let part = try Data(contentsOf: URL(fileURLWithPath: run.path + "/episodes/episode_1.hdf5"))
      try store.finish()
      try DiskFile.makeDirectory(run.path + "/episodes")
      try part.write(to: URL(fileURLWithPath: run.path + "/episodes/episode_1.hdf5"))
      try store.append(sampleRecord(0), trajectory: sampleTrajectory(0))
      try store.finish()
      try store.finish()
      let file = try TrajectoryFile(path: run.trajectoriesPath)
      #expect(file.episodes == [0, 1])
      for index in 0..<2 { #expect(try file.read(episode: index).bits == sampleTrajectory(index).bits) }
      #expect(!DiskFile.exists(run.path + "/episodes"))
    }

    @Test("the gathered file does not depend on the order in which episodes ended")
    func order() throws {
      let bytes = try [[0, 1, 2], [2, 1, 0]].map { order in
        let temporary = TemporaryDirectory()
        let run = try sampleRun(in: temporary)
        let store = try EpisodeStore(directory: run, dataset: sampleDataset)
        // Time stamps of whole seconds would show.
        Thread.sleep(forTimeInterval: 0.6)
        for index in order { try store.append(sampleRecord(index), trajectory: sampleTrajectory(index, images: true)) }
        try store.finish()
        return try contents(run.trajectoriesPath)
      }
      let areEqual = bytes[0] == bytes[1]
      #expect(areEqual)
    }

    @Test("a damaged line is reported with its number, and an episode told twice differently too")
    func damagedJournal() throws {
      let run = try sampleRun(in: temporary)
      let lines = (0..<3).map { sampleRecord($0).json.text }
      try put([lines[0], "{\"episode\":", lines[2], ""].joined(separator: "\n"), at: run.journalPath)
      let damaged = thrown { _ = try EpisodeStore(directory: run, dataset: nil) }
      #expect(damaged?.message == "\(run.journalPath):2:12: expected a value")
      #expect(
        damaged?.remedy
          == "delete line 2 of the file and continue the run with --resume: that episode is run again")
      var later = sampleRecord(0)
      later.timing.total = 9
      try put([lines[0], later.json.text, ""].joined(separator: "\n"), at: run.journalPath)
      #expect(try run.records() == [sampleRecord(0)])
      later.steps += 1
      try put([lines[0], later.json.text, ""].joined(separator: "\n"), at: run.journalPath)
      #expect(
        thrown { _ = try run.records() }?.message == "\(run.journalPath):2: episode 0 differs from the one in line 1")
    }

    @Test("one process at a time writes a run")
    func exclusive() throws {
      let run = try sampleRun(in: temporary)
      let store = try EpisodeStore(directory: run, dataset: nil)
      let second = thrown { _ = try EpisodeStore(directory: run, dataset: nil) }
      #expect(second?.message == "another process is writing \(run.journalPath)")
      withExtendedLifetime(store) {}
    }

    @Test("many threads may append at once")
    func threads() throws {
      let run = try sampleRun(in: temporary)
      let store = try EpisodeStore(directory: run, dataset: sampleDataset)
      DispatchQueue.concurrentPerform(iterations: 16) { index in
        try! store.append(sampleRecord(index), trajectory: sampleTrajectory(index, images: true))
      }
      try store.finish()
      #expect(try store.records().map(\.index) == Array(0..<16))
      #expect(try TrajectoryFile(path: run.trajectoriesPath).episodes == Array(0..<16))
    }

    /// In a process of its own, since other tests hold handles meanwhile.
    @Test("no HDF5 identifier stays open, and no handle")
    func leaks() async {
      await #expect(processExitsWith: .success) {
        let temporary = TemporaryDirectory()
        do {
          let run = try sampleRun(in: temporary)
          let store = try EpisodeStore(directory: run, dataset: sampleDataset)
          for index in 0..<3 {
            try store.append(sampleRecord(index), trajectory: sampleTrajectory(index, images: true))
          }
          try store.finish()
          let file = try TrajectoryFile(path: run.trajectoriesPath)
          _ = try file.read(episode: 1, withImages: true)
          _ = try? file.image(episode: 1, camera: "nowhere", step: 0)
          _ = try? TrajectoryFile(path: run.journalPath)
        }
        #expect(chdf5_live_handle_count() == 0)
        #expect(chdf5_open_identifier_count() == 0)
      }
    }
  }
}
