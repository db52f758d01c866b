internal import Foundation

/// Paths of robot files; relative ones stay relative, so that messages read the same on every machine.
enum AssetPath {
  static func folder(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  /// `name` seen from `folder`, with `.` and `folder/..` taken out.
  static func join(_ folder: String, _ name: String) -> String {
    if name.hasPrefix("/") { return name }
    var parts: [Substring] = []
    for part in "\(folder)/\(name)".split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return (folder.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// The file that the URDF `urdf` means by `name`: absolute, `file://`, relative, or `package://<package>/<path>`.
  ///
  /// A package is the nearest folder of that name above the URDF, or beside one of the folders above it; where there is
  /// none, its path is taken as relative to the URDF.
  static func resolve(_ name: String, from urdf: String) -> String {
    if name.hasPrefix("file://") { return String(name.dropFirst("file://".count)) }
    guard name.hasPrefix("package://") else { return join(folder(of: urdf), name) }
    let inside = name.dropFirst("package://".count)
    let package = String(inside.prefix { $0 != "/" })
    let path = String(inside.dropFirst(package.count + 1))
    var ancestor = URL(fileURLWithPath: folder(of: urdf)).standardizedFileURL
    while ancestor.path != "/" {
      let packages = ancestor.lastPathComponent == package ? [ancestor] : []
      for folder in packages + [ancestor.appendingPathComponent(package)] {
        let file = folder.appendingPathComponent(path).path
        if FileManager.default.fileExists(atPath: file) { return file }
      }
      ancestor = ancestor.deletingLastPathComponent()
    }
    return join(folder(of: urdf), path)
  }
}
