import Rendering

/// The machine's OpenGL.
public enum OpenGLDevice {
  /// Renderer and version of the device that an experiment with `renderer: openGL` would be drawn on, as its driver
  /// calls them; throws what keeps it from drawing.
  public static func description() throws -> String { try GLRenderer().device }
}
