import RehearsalCore
import Testing

@testable import Rendering

extension RenderingTests {
  @Suite("Contract") struct ContractTests {
    @Test(
      "a camera inside a body is an error that names both",
      arguments: [
        Geometry.box(size: Vector3(1, 1, 1)), .sphere(radius: 0.5), .cylinder(radius: 0.5, length: 1),
        .cone(radius: 1, length: 1), .capsule(radius: 0.5, length: 1), .mesh(MeshID(0), scale: Vector3(1, 1, 1)),
      ])
    func cameraInside(_ geometry: Geometry) throws {
      var stage = Stage()
      stage.meshes = [cube]
      let body = stage.add(geometry)
      let tracer = try stage.loaded()
      let camera = Stage.camera(at: Vector3(0.1, 0.05, 0.1), lookingAt: .unitX)
      let error = #expect(throws: RehearsalError.self) {
        try tracer.render(stage.state, camera: camera, channels: .rgb, quality: .fast)
      }
      #expect(error?.message == "camera \"eye\" lies inside body \"body 0\"")
      var mounted = camera
      mounted.body = body
      _ = try tracer.render(stage.state, camera: mounted, channels: .rgb, quality: .fast)
      let outside = Stage.camera(at: Vector3(1.1, 0.05, 0.1), lookingAt: .zero)
      _ = try tracer.render(stage.state, camera: outside, channels: .rgb, quality: .fast)
    }

    @Test("a state of another scene, no scene, and a pose that is not finite are errors")
    func mismatches() throws {
      var stage = Stage()
      stage.add(.sphere(radius: 0.5), at: Pose(position: Vector3(3, 0, 0)))
      let camera = GeometryTests.forward
      #expect(throws: RehearsalError.self) {
        try RayTracer().render(stage.state, camera: camera, channels: .rgb, quality: .fast)
      }
      let tracer = try stage.loaded()
      var short = stage.state
      short.worldFromBody = []
      let error = #expect(throws: RehearsalError.self) {
        try tracer.render(short, camera: camera, channels: .rgb, quality: .fast)
      }
      #expect(error?.message == "the state has 0 bodies, scene \"stage\" 1")
      var lost = stage.state
      lost.worldFromBody[0].position.x = .nan
      #expect(throws: RehearsalError.self) {
        try tracer.render(lost, camera: camera, channels: .rgb, quality: .fast)
      }
    }

    @Test("an appearance without the scene's materials or images is an error")
    func appearanceMismatch() throws {
      var stage = Stage()
      stage.add(.sphere(radius: 0.5), texture: Texture(kind: .image, scale: 1, image: 3))
      let tracer = try RayTracer()
      #expect(throws: RehearsalError.self) { try tracer.load(stage.scene, appearance: stage.appearance) }
      var bare = stage.appearance
      bare.materials = []
      #expect(throws: RehearsalError.self) { try tracer.load(stage.scene, appearance: bare) }
    }

    @Test("two renderers, other threads and another frame before give the same bits")
    func determinism() async throws {
      let qualities = [RenderQuality.fast, .reviewer]
      for quality in qualities {
        let pictures = try await withThrowingTaskGroup(of: [UInt8].self) { group in
          for turn in 0..<4 {
            group.addTask {
              var camera = StudioScene.camera
              camera.width = 96
              camera.height = 72
              let tracer = try RayTracer()
              try tracer.load(StudioScene.scene, appearance: StudioScene.appearance())
              for _ in 0..<turn {
                var other = camera
                other.parentFromCamera.position.y += 1
                _ = try tracer.render(StudioScene.state, camera: other, channels: .rgb, quality: .fast)
              }
              return try tracer.render(StudioScene.state, camera: camera, channels: .rgb, quality: quality).rgb
            }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(pictures).count == 1)
      }
    }

    @Test("channels do not change each other, and depth is the same with antialiasing")
    func channelsAreIndependent() throws {
      var camera = StudioScene.camera
      camera.width = 90
      camera.height = 70
      let tracer = try RayTracer()
      try tracer.load(StudioScene.scene, appearance: StudioScene.appearance())
      func draw(_ channels: ImageChannels, _ quality: RenderQuality) throws -> CameraImage {
        try tracer.render(StudioScene.state, camera: camera, channels: channels, quality: quality)
      }
      let whole = try draw([.rgb, .depth, .segmentation], .fast)
      #expect(try draw(.rgb, .fast).rgb == whole.rgb)
      #expect(try draw(.depth, .reviewer).depth == whole.depth)
      #expect(try draw([.segmentation, .rgb], .reviewer).segmentation == whole.segmentation)
    }

    /// In a process of its own, since other tests hold handles meanwhile.
    @Test("every native handle is given back")
    func handles() async {
      await #expect(processExitsWith: .success) {
        do {
          var stage = Stage()
          stage.meshes = [cube, cube]
          stage.add(.mesh(MeshID(1), scale: Vector3(1, 1, 1)), at: Pose(position: Vector3(3, 0, 0)))
          let tracer = try stage.loaded()
          #expect(NativeTracer.liveHandleCount == 3)
          try tracer.load(stage.scene, appearance: stage.appearance)
          #expect(NativeTracer.liveHandleCount == 3)
          stage.meshes.removeFirst()
          stage.bodies[0].shapes = []
          try tracer.load(stage.scene, appearance: stage.appearance)
          #expect(NativeTracer.liveHandleCount == 2)
        }
        #expect(NativeTracer.liveHandleCount == 0)
      }
    }
  }
}
