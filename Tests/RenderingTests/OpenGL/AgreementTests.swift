import RehearsalCore
import Rendering
import Testing

extension RenderingTests {
  @Suite("OpenGL beside the ray tracer") struct AgreementTests {
    static let everything: ImageChannels = [.rgb, .depth, .segmentation]

    /// Both renderers' pictures of a seed's stage; says where they can be looked at when `isAsExpected` is false.
    private func compare(
      _ seed: UInt64, castsShadow: Bool, quality: RenderQuality, _ tracer: RayTracer, _ openGL: GLRenderer,
      _ isAsExpected: (Agreement) -> Bool
    ) throws {
      let random = RandomStage(seed: seed, castsShadow: castsShadow)
      let expected = try random.stage.picture(
        by: tracer, from: random.camera, channels: Self.everything, quality: quality)
      let actual = try random.stage.picture(
        by: openGL, from: random.camera, channels: Self.everything, quality: quality)
      let agreement = Agreement(expected, actual)
      guard !isAsExpected(agreement) else { return }
      let path = try Agreement.write(expected, actual, name: "seed-\(seed)")
      Issue.record("seed \(seed): \(agreement); see \(path)")
    }

    @Test("200 random scenes: the same bodies, depths within 1 mm or 0.2 %, colours within 3/255 on average")
    func randomScenes() throws {
      let (tracer, openGL) = (try RayTracer(), try GLRenderer())
      for seed in 1...200 as ClosedRange<UInt64> {
        try compare(seed, castsShadow: false, quality: .fast, tracer, openGL) {
          $0.segmentationAgrees && $0.misplaced == 0 && $0.colorDifference <= 3
        }
      }
    }

    @Test("shadows lie where rays find them: 40 random scenes within 3/255 on average, hard and soft")
    func shadows() throws {
      let (tracer, openGL) = (try RayTracer(), try GLRenderer())
      for seed in 201...240 as ClosedRange<UInt64> {
        let quality = seed % 2 == 0 ? RenderQuality.fast : RenderQuality(samplesPerPixel: 1, shadowSamples: 16)
        try compare(seed, castsShadow: true, quality: quality, tracer, openGL) {
          $0.segmentationAgrees && $0.misplaced == 0 && $0.colorDifference <= 3
        }
      }
    }

    @Test(
      "no solid shades the side of it that faces the light",
      arguments: [
        Geometry.box(size: Vector3(1, 0.8, 0.6)), .sphere(radius: 0.7), .cylinder(radius: 0.5, length: 1),
        .cone(radius: 0.6, length: 1), .capsule(radius: 0.4, length: 0.6),
      ])
    func noAcne(_ geometry: Geometry) throws {
      let openGL = try GLRenderer()
      for kind in [
        Light.Kind.directional(direction: Vector3(1, 0.4, -0.6)), .point(position: Vector3(-2, -1, 1.5)),
        .spot(position: Vector3(-2, -1, 1.5), direction: Vector3(2, 1, -1.5), innerAngle: 0.5, outerAngle: 0.7),
      ] {
        var stage = Stage()
        stage.add(geometry, at: Pose(orientation: Quaternion(roll: 0.3, pitch: 0.5, yaw: 0.7)))
        stage.lights = [Light(kind: kind, color: Color(3, 3, 3), castsShadow: true)]
        let camera = Stage.camera(at: Vector3(-1.6, 0.4, 0.6), lookingAt: .zero)
        let shaded = try stage.picture(by: openGL, from: camera)
        stage.lights[0].castsShadow = false
        #expect(try stage.picture(by: openGL, from: camera).rgb == shaded.rgb)
      }
    }

    @Test("the shadow of a box on the floor begins at its edge")
    func contact() throws {
      let openGL = try GLRenderer()
      var stage = Stage()
      stage.add(.plane(drawnSize: 40))
      stage.add(.box(size: Vector3(0.4, 0.4, 0.1)), at: Pose(position: Vector3(0, 0, 0.05)))
      for kind in [Light.Kind.directional(direction: Vector3(0, 1, -1)), .point(position: Vector3(0, -2, 2.4))] {
        stage.lights = [Light(kind: kind, color: Color(6, 6, 6))]
        let image = try stage.picture(by: openGL, from: Stage.above(2, size: 257))
        #expect(image.ground(0, 0.23, height: 2) == [0, 0, 0])
        #expect(image.ground(0, 0.27, height: 2) == [0, 0, 0])
        #expect(image.ground(0, -0.3, height: 2)[0] > 100)
      }
    }

    @Test("antialiased, the studio looks as the ray tracer draws it")
    func studio() throws {
      var camera = StudioScene.camera
      (camera.width, camera.height) = (160, 120)
      func drawn(_ renderer: any Renderer) throws -> CameraImage {
        try renderer.load(StudioScene.scene, appearance: StudioScene.appearance())
        return try renderer.render(
          StudioScene.state, camera: camera, channels: Self.everything, quality: .reviewer)
      }
      let (expected, actual) = (try drawn(RayTracer()), try drawn(GLRenderer()))
      let agreement = Agreement(expected, actual)
      // The ray tracer darkens what solids come close to, with more than one sample a pixel.
      #expect(agreement.segmentationAgrees && agreement.misplaced == 0 && agreement.colorDifference < 4)
    }
  }
}
