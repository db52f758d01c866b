import Foundation
import RehearsalCore
import Testing

@testable import Recording

extension RecordingTests {
  @Suite("Trajectory files, read by others") struct IndependentReaderTests {
    let temporary = TemporaryDirectory()

    func labelled(_ trajectory: Trajectory) -> Trajectory {
      var labelled = trajectory
      labelled.labels = trajectory.actions.map { -0.5 * $0 }
      return labelled
    }

    func gathered() throws -> String {
      let run = try sampleRun(in: temporary)
      let store = try EpisodeStore(directory: run, dataset: sampleDataset)
      try store.append(sampleRecord(10), trajectory: labelled(sampleTrajectory(10, images: true)))
      try store.append(sampleRecord(3, outcome: .timeLimit), trajectory: sampleTrajectory(3, images: true))
      try store.append(sampleRecord(2), trajectory: sampleTrajectory(2, steps: 1, images: true))
      try store.finish()
      return run.trajectoriesPath
    }

    @Test("h5dump finds robomimic's groups, datasets and attributes", .enabled(if: isInstalled("h5dump")))
    func dump() throws {
      let path = try gathered()
      let listing = try run("h5dump", ["-n", "1", path])!.output
      for object in [
        "/data/demo_10/actions", "/data/demo_2/obs/front_image", "/data/demo_3/obs/robot0_base_twist", "/data/total",
        "/data/env_args", "/data/demo_3/num_samples", "/mask/success",
      ] {
        #expect(listing.contains(object), "\(object)")
      }
      #expect(try run("h5dump", ["-a", "/data/total", path])?.output.contains("(0): 11\n") == true)
      let mask = try run("h5dump", ["-d", "/mask/success", path])!.output
      #expect(mask.contains("\"demo_2\\000\", \"demo_10\""), "\(mask)")
    }

    @Test(
      "h5py reads every number, text and picture as it was written",
      .enabled(if: pythonWithH5py != nil, "no Python with h5py; set REHEARSAL_PYTHON"))
    func h5py() throws {
      let script = """
        import h5py, json, sys
        f = h5py.File(sys.argv[1], 'r')
        d = f['data']
        out = {
          'total': int(d.attrs['total']), 'num_demos': int(d.attrs['num_demos']),
          'type': json.loads(d.attrs['env_args'])['type'], 'convention': d.attrs['macros_image_convention'],
          'demos': sorted(d.keys(), key=lambda n: int(n[5:])),
          'success': [n.decode('utf-8') for n in f['mask/success'][:]],
          'instruction': d['demo_10'].attrs['language_instruction'], 'flag': str(d['demo_3'].attrs['success']),
          'actions': [v.hex() for v in d['demo_10/actions'][:].ravel().tolist()],
          'labels': [v.hex() for v in d['demo_10/expert_actions'][:].ravel().tolist()],
          'label_shape': list(d['demo_10/expert_actions'].shape), 'unlabelled': 'expert_actions' in d['demo_2'],
          'dones': d['demo_10/dones'][:].tolist(), 'shape': list(d['demo_10/obs/front_image'].shape),
          'chunks': list(d['demo_10/obs/front_image'].chunks), 'filter': d['demo_10/obs/front_image'].compression,
          'pixels': int(d['demo_10/obs/wrist_image'][:].sum()), 'hash': str(d['demo_10/hashes'][4]),
          'kinds': ''.join(d['demo_10/' + n].dtype.kind for n in ('actions', 'rewards', 'dones', 'states')),
        }
        print(json.dumps(out))
        """
      let result = try run(pythonWithH5py!, ["-c", script, gathered()])!
      let json = try JSON(parsing: result.output)
      let written = sampleTrajectory(10, images: true)
      #expect(json["total"] == 11)
      #expect(json["num_demos"] == 3)
      #expect(json["type"] == 2)
      #expect(json["convention"] == "opencv")
      #expect(json["demos"] == ["demo_2", "demo_3", "demo_10"])
      #expect(json["success"] == ["demo_2", "demo_10"])
      #expect(json["instruction"] == "go to the “red” box\n")
      #expect(json["flag"] == "False")
      let actions = json["actions"]?.asArray?.compactMap(\.asText).compactMap { Double($0) } ?? []
      #expect(actions.map(\.bitPattern) == written.actions.map(\.bitPattern))
      let labels = json["labels"]?.asArray?.compactMap(\.asText).compactMap { Double($0) } ?? []
      #expect(labels == labelled(written).labels)
      #expect(json["label_shape"] == [5, 2])
      #expect(json["unlabelled"] == false)
      #expect(json["dones"] == [0, 0, 0, 0, 1])
      #expect(json["shape"] == [5, 4, 6, 3])
      #expect(json["chunks"] == [1, 4, 6, 3])
      #expect(json["filter"] == "gzip")
      #expect(json["pixels"] == .integer(written.images[1].joined().reduce(0) { $0 + Int($1) }))
      #expect(json["hash"] == .text(String(written.hashes[4])))
      #expect(json["kinds"] == "ffif")
    }

    @Test("an expert's labels come back exactly and are covered by the checksum; without them it is the same as before")
    func labels() throws {
      let (plain, with) = (sampleTrajectory(10), labelled(sampleTrajectory(10)))
      #expect(plain.checksum == 2_569_070_895_802_346_501)
      #expect(with.checksum != plain.checksum)
      let file = try TrajectoryFile(path: try gathered())
      #expect(try file.read(episode: 10).labels == with.labels)
      #expect(try file.read(episode: 2).labels == [])
    }

    @Test("a truncated or damaged file is an error that names it, at any length and place")
    func damage() throws {
      let path = try gathered()
      let whole = try contents(path)
      let copy = temporary("copy.hdf5")
      for length in stride(from: 0, to: whole.count, by: max(whole.count / 25, 1)) {
        try Data(whole[..<length]).write(to: URL(fileURLWithPath: copy))
        let error = thrown { _ = try TrajectoryFile(path: copy).read(episode: 10, withImages: true) }
        #expect(error?.code == .malformed && error?.message.contains(copy) == true, "\(length)")
      }
      let expected = sampleTrajectory(10, images: true)
      for place in stride(from: 0, to: whole.count, by: max(whole.count / 97, 1)) {
        var bytes = whole
        bytes[place] ^= 0x55
        try Data(bytes).write(to: URL(fileURLWithPath: copy))
        do {
          // Unharmed: the byte belonged to another episode, or to nothing.
          let read = try TrajectoryFile(path: copy).read(episode: 10)
          #expect(read.bits == expected.bits, "\(place)")
        } catch let error as RehearsalError { #expect([.malformed, .mismatch].contains(error.code)) }
      }
    }

    @Test("a file of another kind and an episode that is not there are named")
    func others() throws {
      try put("not HDF5 at all", at: temporary("x.hdf5"))
      #expect(thrown { _ = try TrajectoryFile(path: temporary("x.hdf5")) }?.code == .malformed)
      #expect(thrown { _ = try TrajectoryFile(path: temporary("none.hdf5")) }?.code == .unreadable)
      let file = try TrajectoryFile(path: try gathered())
      let missing = thrown { _ = try file.read(episode: 4) }
      #expect(missing?.message == "\(file.path) has no episode 4")
      #expect(missing?.remedy == "choose one of its 3 episodes, 2…10")
    }

    @Test("single pictures and the state's layout can be read")
    func pictures() throws {
      let file = try TrajectoryFile(path: try gathered())
      let image = try file.image(episode: 10, camera: "wrist", step: 3)
      #expect((image.width, image.height) == (3, 2))
      #expect(image.rgb == sampleTrajectory(10, images: true).images[1][3])
      #expect(try file.cameras(of: 10) == ["front", "wrist"])
      #expect(try file.stateLayout() == sampleDataset.stateLayout)
    }
  }
}
