import RehearsalCore
import TestSupport
import Testing

@testable import Rollout

@Suite struct VisualServoTests {
  @Test(
    "Colour and shape are read out of plain sentences",
    arguments: [
      ("Go to the red box.", NamedColor.red, TargetWords.Silhouette.box),
      ("Could you drive up to the GREY ball?", .gray, .ball),
      ("approach the orange traffic cone", .orange, .cone), ("find the blue can", .blue, .cylinder),
    ])
  func words(sentence: String, color: NamedColor, silhouette: TargetWords.Silhouette) {
    let words = TargetWords(sentence)
    #expect(words.color == color && words.silhouette == silhouette)
  }

  @Test("Every named colour with a hue is told from every other, in bright and in dim light")
  func colors() {
    let chromatic = NamedColor.allCases.filter(ColorClassifier.isChromatic)
    #expect(chromatic.count >= 8)
    for light in [0.6, 1.0] {
      for name in chromatic {
        let lit = name.color * light
        let level = { (x: Double) in UInt8(255 * min(Color.sRGB(fromLinear: x), 1)) }
        let found = chromatic.filter {
          ColorClassifier(color: $0).matches(level(lit.red), level(lit.green), level(lit.blue))
        }
        #expect(found == [name], "\(name) in light \(light)")
      }
    }
  }

  /// A picture with a filled shape drawn by `isInside`, as a mask.
  func mask(_ isInside: (Int, Int) -> Bool) -> [Bool] { (0..<4096).map { isInside($0 % 64, $0 / 64) } }

  @Test("Silhouettes are told apart")
  func silhouettes() throws {
    let shapes: [(TargetWords.Silhouette, [Bool])] = [
      (.box, mask { (20..<40).contains($0) && (20..<40).contains($1) }),
      (.cylinder, mask { (20..<36).contains($0) && (10..<44).contains($1) }),
      (.ball, mask { ($0 - 32) * ($0 - 32) + ($1 - 32) * ($1 - 32) <= 144 }),
      (.cone, mask { (10..<50).contains($1) && abs($0 - 32) * 2 <= ($1 - 10) }),
    ]
    for (silhouette, mask) in shapes {
      let blob = try #require(Blob.find(in: mask, width: 64, height: 64, minimumArea: 10).first)
      let all: [TargetWords.Silhouette] = [.box, .cylinder, .ball, .cone]
      #expect(all.max { blob.likeness(to: $0) < blob.likeness(to: $1) } == silhouette)
    }
  }

  @Test("Patches that do not touch are separate, largest first")
  func blobs() {
    let mask = mask { x, y in
      (x < 5 && y < 5) || ((20..<30).contains(x) && (20..<30).contains(y)) || (x == 60 && y == 60)
    }
    let blobs = Blob.find(in: mask, width: 64, height: 64, minimumArea: 4)
    #expect(blobs.map(\.area) == [100, 25])
    #expect(blobs[0].centerX == 25 && blobs[0].minY == 20 && blobs[0].maxY == 29)
  }

  @Test("A patch's foot on the floor gives distance and bearing")
  func ground() throws {
    let camera = CameraModel(
      name: "front", parentFromCamera: Pose(position: Vector3(0.1, 0, 0.1)), fovDegrees: 90, width: 200, height: 200)
    // Focal length 100 pixels: a foot 20 pixels below the middle is 0.15 / 0.2 = 0.75 m before the camera.
    var image = CameraImage(width: 200, height: 200, rgb: Array(repeating: 128, count: 120_000))
    for y in 80..<120 {
      for x in 40..<60 {
        for channel in 0..<3 { image.rgb[3 * (y * 200 + x) + channel] = channel == 0 ? 220 : 10 }
      }
    }
    let sight = try #require(GroundEye(camera, heightOfBase: 0.05).find(.red, nil, in: image))
    #expect(abs(sight.distance - Vector3(0.85, 0.375, 0).length) < 1e-9)
    #expect(abs(sight.bearing - 0.4155) < 1e-3)
  }

  @Test("A robot without wheels is refused")
  func refuses() throws {
    let scene = ExampleRobots.mobileManipulator()
    let context = PolicyContext(
      scene: scene, actionSpace: .endEffectorDelta, proprioception: ProprioceptionLayout(robot: scene.robot),
      cameras: [], controlHz: 20, random: SeedStream(root: 1, factor: .policy, episode: 0))
    #expect(
      try PolicyLibrary.make(name: "visual-servo").mismatch(with: context)
        == "visual-servo drives a base, which action space endEffectorDelta does not move")
  }
}
