extension ExperimentPlan {
  /// A policy's name for titles and tables: `vla:arena` for `vla:Assets/checkpoints/arena.safetensors`.
  public static func label(ofPolicy name: String) -> String {
    guard name.hasPrefix("vla:"), let file = name.dropFirst(4).split(separator: "/").last else { return name }
    return "vla:" + (file.hasSuffix(".safetensors") ? file.dropLast(12) : file)
  }
}
