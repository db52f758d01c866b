internal import CGL
internal import CScene
internal import RehearsalCore

/// A scene's meshes and images on the GPU, shared by the renderers of all workers that draw it.
///
/// Sendable because nothing changes it once it is made; OpenGL is called on the service's thread alone.
final class GLAssets: @unchecked Sendable {
  let meshes: [TriangleMesh]
  let images: [TextureImage]
  fileprivate let handle: cgl_assets
  private let service: GLService

  /// Uploads the scene's meshes and images.
  init(of scene: SceneModel, on service: GLService) throws {
    let (meshes, images) = (scene.meshes, scene.images)
    self.meshes = meshes
    self.images = images
    self.service = service
    handle = try service.perform { context in
      var handle = cgl_assets()
      try nativeGL { cgl_assets_create(context.handle, &handle, $0, $1) }
      do {
        for (index, mesh) in meshes.enumerated() {
          do { try add(mesh, to: handle) } catch let failure as GLFailure {
            throw failure.about("the mesh of body \"\(scene.owner(ofMesh: index))\"")
          }
        }
        for image in images {
          try nativeGL { error, capacity in
            image.rgb.withUnsafeBufferPointer {
              cgl_assets_add_image(
                handle, Int32(image.width), Int32(image.height), $0.baseAddress, error, capacity)
            }
          }
        }
        try nativeGL { cgl_assets_finish(handle, $0, $1) }
      } catch {
        cgl_assets_free(handle)
        throw error
      }
      return SendableHandle(value: handle)
    }.value
  }

  deinit {
    let handle = SendableHandle(value: handle)
    service.later { _ in cgl_assets_free(handle.value) }
  }
}

extension SceneModel {
  /// The name of the first body that has the mesh.
  fileprivate func owner(ofMesh index: Int) -> String {
    bodies.first { body in
      body.shapes.contains { if case .mesh(let id, _) = $0.geometry { id.rawValue == index } else { false } }
    }?.name ?? "none"
  }
}

/// A handle on its way to the service's thread or back.
private struct SendableHandle: @unchecked Sendable { var value: cgl_assets }

private func add(_ mesh: TriangleMesh, to assets: cgl_assets) throws {
  try nativeGL { error, capacity in
    withFloats(mesh.vertices) { vertices in
      withFloats(mesh.normals) { normals in
        withFloats(mesh.textureCoordinates) { coordinates in
          mesh.triangles.withUnsafeBufferPointer { triangles in
            cgl_assets_add_mesh(
              assets, vertices, mesh.vertices.count, normals, coordinates, triangles.baseAddress, triangles.count,
              error, capacity)
          }
        }
      }
    }
  }
}

/// A scene and how it looks, over its assets. Sendable because nothing changes it once it is made.
final class GLScene: @unchecked Sendable {
  let handle: cgl_scene
  private let assets: GLAssets

  init(_ scene: SceneModel, _ appearance: Appearance, assets: GLAssets) throws {
    let shapes = scene.nativeShapes
    let materials = appearance.materials.map(cscene_material.init)
    let lights = appearance.lights.map(cscene_light.init)
    var surroundings = cscene_surroundings(appearance)
    var handle = cgl_scene()
    try nativeGL {
      cgl_scene_create(
        assets.handle, shapes, shapes.count, materials, materials.count, lights, lights.count, &surroundings, &handle,
        $0, $1)
    }
    self.handle = handle
    self.assets = assets
  }

  deinit { cgl_scene_free(handle) }
}
