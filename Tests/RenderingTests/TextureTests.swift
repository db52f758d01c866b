import RehearsalCore
import Rendering
import Testing

extension RenderingTests {
  @Suite("Textures") struct TextureTests {
    func floor(_ texture: Texture, images: [TextureImage] = []) throws -> CameraImage {
      var stage = Stage()
      stage.ambient = Color(0.8, 0.8, 0.8)
      stage.images = images
      stage.add(.plane(drawnSize: 40), color: Color(0.6, 0.6, 0.6), texture: texture)
      return try stage.picture(from: Stage.above(2, size: 257))
    }

    @Test("a checker changes colour every edge and repeats every two")
    func checker() throws {
      let image = try floor(Texture(kind: .checker, secondColor: Color(0.1, 0, 0), scale: 0.5))
      let (even, odd) = (Color(0.6, 0.6, 0.6), Color(0.1, 0, 0))
      #expect(isDrawn(image.ground(0.25, 0.25, height: 2), as: even))
      #expect(isDrawn(image.ground(0.75, 0.25, height: 2), as: odd))
      #expect(isDrawn(image.ground(0.75, 0.75, height: 2), as: even))
      #expect(isDrawn(image.ground(1.25, 0.25, height: 2), as: even))
      #expect(isDrawn(image.ground(-0.25, 0.25, height: 2), as: odd))
    }

    @Test("stripes repeat every period, half of it in each colour")
    func stripes() throws {
      let image = try floor(Texture(kind: .stripes, secondColor: Color(0, 0.1, 0), scale: 1))
      #expect(isDrawn(image.ground(0.25, 0.7, height: 2), as: Color(0.6, 0.6, 0.6)))
      #expect(isDrawn(image.ground(0.75, 0.7, height: 2), as: Color(0, 0.1, 0)))
      #expect(isDrawn(image.ground(1.25, -0.7, height: 2), as: Color(0.6, 0.6, 0.6)))
    }

    @Test(
      "noise and wood lie between the two colours, and their seed matters",
      arguments: [
        Texture.Kind.noise, .wood,
      ])
    func randomPatterns(_ kind: Texture.Kind) throws {
      let first = try floor(Texture(kind: kind, secondColor: Color(0.2, 0.2, 0.2), scale: 0.2, seed: 1))
      let second = try floor(Texture(kind: kind, secondColor: Color(0.2, 0.2, 0.2), scale: 0.2, seed: 2))
      #expect(first.rgb != second.rgb)
      let (low, high) = (byte(0.2) - 1, byte(0.6) + 1)
      #expect(first.rgb.allSatisfy { (low...high).contains(Int($0)) })
      #expect(Set(first.rgb).count > 20)
    }

    @Test("an image repeats every `scale` metres, row 0 at the top")
    func image() throws {
      // Seen from above with +x up, the plane's image has its top toward +y, which is the picture's left.
      let quarters = TextureImage(width: 2, height: 2, rgb: [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255])
      let image = try floor(Texture(kind: .image, scale: 1), images: [quarters])
      /// Which channels are bright at a point; colours bleed a little between texels.
      func ground(_ x: Double, _ y: Double) -> [Bool] { image.ground(x, y, height: 2).map { $0 > 190 } }
      #expect(ground(-0.25, 0.25) == [true, false, false])
      #expect(ground(0.25, 0.25) == [false, true, false])
      #expect(ground(-0.25, -0.25) == [false, false, true])
      #expect(ground(0.25, -0.25) == [true, true, true])
      #expect(ground(0.75, 0.25) == [true, false, false])
    }
  }
}
