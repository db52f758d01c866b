/// Reads URDF files through urdfdom, and the meshes that they name through assimp.
public enum URDFLoader {
  /// The robot or fixture that the URDF at `path` describes, named as its `<robot>`, joints passive and at 0 (or at the
  /// nearer limit).
  ///
  /// Links that hang on fixed joints become part of their parents; their frames remain in `frames`. Colours are taken
  /// as sRGB. Relative mesh paths start from the URDF's folder; `package://name/` means the nearest folder of that
  /// name. Throws `AuthoringError` with every fault.
  public static func load(path: String, rootIsFixed: Bool = true) throws -> ArticulationFragment {
    let log = DiagnosticLog()
    let assembly = URDFAssembly(parts: [.init(file: path)], rootIsFixed: rootIsFixed, log: log)
    try log.check()
    return assembly!.fragment
  }
}
