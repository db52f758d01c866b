import Foundation
import RehearsalCore
import Testing

@testable import Rendering

extension RenderingTests {
  @Suite("OpenGL") struct GLRendererTests {
    @Test("several cameras at once see what each sees alone, to the bit")
    func severalCameras() throws {
      let random = RandomStage(seed: 7, castsShadow: true)
      let openGL = try GLRenderer()
      try openGL.load(random.stage.scene, appearance: random.stage.appearance)
      var small = random.camera
      (small.width, small.height) = (33, 47)
      let cameras = [random.camera, small, Stage.above(3)]
      for quality in [RenderQuality.fast, .reviewer] {
        let channels = AgreementTests.everything
        let together = try openGL.render(random.stage.state, cameras: cameras, channels: channels, quality: quality)
        for (camera, image) in zip(cameras, together) {
          let alone = try openGL.render(random.stage.state, camera: camera, channels: channels, quality: quality)
          #expect(alone.rgb == image.rgb && alone.depth == image.depth && alone.segmentation == image.segmentation)
        }
      }
    }

    @Test("workers that draw at the same time get the bits that each gets alone")
    func severalWorkers() async throws {
      let held = try GLRenderer()
      let alone = try (0..<4).map { seed in
        let random = RandomStage(seed: UInt64(seed), castsShadow: true)
        return try random.stage.picture(by: held, from: random.camera).rgb
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for seed in 0..<4 {
          group.addTask {
            let renderer = try GLRenderer()
            let random = RandomStage(seed: UInt64(seed), castsShadow: true)
            for _ in 0..<10 { #expect(try random.stage.picture(by: renderer, from: random.camera).rgb == alone[seed]) }
          }
        }
        try await group.waitForAll()
      }
    }

    @Test("channels do not change each other, and only those asked for are made")
    func channels() throws {
      let random = RandomStage(seed: 3, castsShadow: false)
      let openGL = try GLRenderer()
      func draw(_ channels: ImageChannels, _ quality: RenderQuality) throws -> CameraImage {
        try random.stage.picture(by: openGL, from: random.camera, channels: channels, quality: quality)
      }
      let whole = try draw(AgreementTests.everything, .fast)
      #expect(try draw(.rgb, .fast).rgb == whole.rgb)
      let depth = try draw(.depth, .reviewer)
      #expect(depth.depth == whole.depth && depth.rgb.isEmpty && depth.segmentation.isEmpty)
      #expect(try draw([.segmentation, .rgb], .reviewer).segmentation == whole.segmentation)
    }

    @Test("a fixed camera inside a body is an error that names both; a robot's sees black")
    func cameraInside() throws {
      var stage = Stage()
      stage.meshes = [cube]
      stage.add(.mesh(MeshID(0), scale: Vector3(1, 1, 1)))
      let gripper = stage.add(.sphere(radius: 0.1), at: Pose(position: Vector3(5, 0, 0)))
      let openGL = try GLRenderer()
      var camera = Stage.camera(at: Vector3(0.1, 0.05, 0.1), lookingAt: .unitX)
      let error = #expect(throws: RehearsalError.self) { try stage.picture(by: openGL, from: camera) }
      #expect(error?.message == "camera \"eye\" lies inside body \"body 0\"")
      camera.body = gripper
      camera.parentFromCamera.position.x -= 5
      let covered = try stage.picture(by: openGL, from: camera, channels: [.rgb, .segmentation])
      #expect(covered.rgb.allSatisfy { $0 == 0 } && covered.segmentation.allSatisfy { $0 == 1 })
    }

    @Test("a GPU that is not there and a picture that is too large are errors with a remedy")
    func unavailable() throws {
      let missing = #expect(throws: RehearsalError.self) { try GLRenderer(gpu: 1000) }
      #expect(missing?.message.hasPrefix("OpenGL: GPU 1000 is not there: EGL finds ") == true)
      #expect(missing?.remedy.contains("renderer: rayTracer") == true)
      var stage = Stage()
      stage.add(.sphere(radius: 0.5), at: Pose(position: Vector3(2, 0, 0)))
      let openGL = try GLRenderer()
      let huge = Stage.camera(at: .zero, lookingAt: .unitX, size: 40_000)
      let large = #expect(throws: RehearsalError.self) { try stage.picture(by: openGL, from: huge, channels: .depth) }
      #expect(large?.message.hasPrefix("OpenGL: pictures of 40000×40000 samples") == true)
      let after = try stage.picture(by: openGL, from: GeometryTests.forward, channels: .depth)
      #expect(abs(after.depth[32 * 65 + 32] - 1.5) < 1e-4)
    }

    @Test("a mesh that is too large is an error that names its body and ends the run; smaller ones are drawn after it")
    func hugeMesh() throws {
      let corner = SIMD3<Float>(0, 0, 0)
      var stage = Stage()
      stage.meshes = [TriangleMesh(vertices: [corner], triangles: Array(repeating: 0, count: 3 + 1 << 28))]
      stage.add(.mesh(MeshID(0), scale: Vector3(1, 1, 1)), at: Pose(position: Vector3(3, 0, 0)))
      let openGL = try GLRenderer()
      let camera = GeometryTests.forward
      let error = #expect(throws: RehearsalError.self) { try stage.picture(by: openGL, from: camera, channels: .depth) }
      #expect(
        error?.message
          == "the mesh of body \"body 0\": OpenGL: 89478486 triangles, at most 89478485 are drawn")
      #expect(error?.code.endsRun == true && error?.remedy.contains("renderer: rayTracer") == true)
      stage.meshes = [cube]
      _ = try stage.picture(by: openGL, from: camera, channels: .depth)
    }

    /// In a process of its own, since other tests hold handles meanwhile.
    @Test("every native handle is given back")
    func handles() async {
      await #expect(processExitsWith: .success) {
        do {
          let random = RandomStage(seed: 1, castsShadow: true)
          let (first, second) = (try GLRenderer(), try GLRenderer())
          _ = try random.stage.picture(by: first, from: random.camera)
          _ = try random.stage.picture(by: second, from: random.camera)
          // A scene each, over one context and one set of assets.
          withExtendedLifetime((first, second)) { #expect(GLContext.liveHandleCount == 4) }
        }
        // The service's thread ends after the last renderer.
        for _ in 0..<1000 where GLContext.liveHandleCount != 0 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(GLContext.liveHandleCount == 0)
      }
    }
  }
}
