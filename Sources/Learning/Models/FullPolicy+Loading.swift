extension FullPolicy {
  /// Loads three safetensors files: a vision encoder as torchvision names it, BERT as Hugging Face names it, and the
  /// rest. Nothing of these may be missing, misshapen or too much, but for a classifier's or pooler's tensors.
  public static func load(
    vision: String, language: String, head: String, _ configuration: Configuration
  ) throws -> FullPolicy {
    let visionStore = ParameterStore(try PretrainedTensors(path: vision))
    let languageStore = ParameterStore(try PretrainedTensors(path: language, prefix: "bert."))
    let headStore = ParameterStore(try PretrainedTensors(path: head))
    func scope(_ store: ParameterStore) -> ParameterScope { ParameterScope(store, isTrained: false) }
    let policy = FullPolicy(
      vision: scope(visionStore), language: scope(languageStore), head: scope(headStore), configuration)
    try visionStore.finish { $0.hasSuffix(".num_batches_tracked") || $0.hasPrefix("fc.") }
    try languageStore.finish {
      $0 == "embeddings.position_ids" || $0.hasPrefix("pooler.") || $0.hasPrefix("cls.")
    }
    try headStore.finish()
    return policy
  }
}
