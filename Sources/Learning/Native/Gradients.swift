internal import CTorch

/// Gradients of many parameters at once.
extension [NamedTensor] {
  private var handles: [ctorch_tensor] { map(\.tensor.handle) }

  func clearGradients() { ctorch_clear_gradients(handles, Int32(count)) }

  /// Adds the gradients of `others`, parameters of the same shapes in the same order, to those of these.
  func addGradients(of others: [NamedTensor]) {
    precondition(count == others.count, "gradients of \(others.count) parameters for \(count)")
    native { ctorch_add_gradients(handles, others.handles, Int32(count), $0, $1) }
  }
}
