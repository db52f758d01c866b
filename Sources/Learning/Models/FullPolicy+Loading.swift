extension FullPolicy {
  /// Loads three safetensors files: a vision encoder as torchvision names it, BERT as Hugging Face names it, and the
  /// rest. Nothing of these may be missing, misshapen or too much, but for a classifier's or pooler's tensors.
  static func load(
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

  /// Loads `vision`, `language` and `head.safetensors` of a folder; the head's file says how many numbers an action has.
  static func load(
    folder: String, vision: ResNet.Configuration, language: BERTEncoder.Configuration
  ) throws -> FullPolicy {
    let paths = FullNetworkPolicy.files.map { folder + "/" + $0 }
    let head = try PretrainedTensors(path: paths[2])
    // A head without them is refused by name when it is read.
    let (hidden, actions) = (
      head.shape(of: "action_decoder.0.bias")?.first, head.shape(of: "action_decoder.2.bias")?.first
    )
    return try load(
      vision: paths[0], language: paths[1], head: paths[2],
      Configuration(vision: vision, language: language, hiddenWidth: hidden ?? 256, actionCount: actions ?? 1))
  }
}
