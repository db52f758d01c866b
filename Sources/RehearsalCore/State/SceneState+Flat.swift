extension SceneState {
  /// The names of the numbers of `flattened`, for file readers: 7 a body (xyz, xyzw), then joint positions.
  public static func flatLayout(of scene: SceneModel) -> [String] {
    scene.bodies.flatMap { body in ["x", "y", "z", "qx", "qy", "qz", "qw"].map { "\(body.name).\($0)" } }
      + scene.joints.map(\.name)
  }

  /// What a picture depends on, as one row of a dataset; see `flatLayout`.
  public var flattened: [Double] {
    var row: [Double] = []
    row.reserveCapacity(worldFromBody.count * 7 + jointPositions.count)
    for pose in worldFromBody {
      let (p, q) = (pose.position, pose.orientation)
      row.append(contentsOf: [p.x, p.y, p.z, q.x, q.y, q.z, q.w])
    }
    row.append(contentsOf: jointPositions)
    return row
  }

  /// The inverse of `flattened`; velocities are zero and there are no contacts. Nil if the row has another length.
  public init?(flattened row: some RandomAccessCollection<Double>, bodies: Int, joints: Int) {
    guard row.count == bodies * 7 + joints else { return nil }
    let values = Array(row)
    self.init(
      worldFromBody: (0..<bodies).map { body in
        let v = values[(body * 7)..<(body * 7 + 7)]
        let i = v.startIndex
        return Pose(
          position: Vector3(v[i], v[i + 1], v[i + 2]),
          orientation: Quaternion(x: v[i + 3], y: v[i + 4], z: v[i + 5], w: v[i + 6]))
      }, velocities: Array(repeating: .zero, count: bodies), jointPositions: Array(values[(bodies * 7)...]),
      jointVelocities: Array(repeating: 0, count: joints))
  }
}
