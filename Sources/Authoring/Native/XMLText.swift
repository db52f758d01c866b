internal import CURDF

/// One element of an XML text, with its place; lines and columns from 1.
struct XMLElement {
  var tag: String
  var attributes: [XMLAttribute]
  /// Indices into the same array; nil for the root.
  var parent: Int?
  var children: [Int] = []
  var line: Int
  var column: Int

  func attribute(_ name: String) -> XMLAttribute? { attributes.first { $0.name == name } }
}

struct XMLAttribute {
  var name: String
  var value: String
  var line: Int
  var column: Int
}

struct XMLSyntaxError: Error {
  var line: Int
  var column: Int
  var message: String
}

/// The elements of `text`, parents before children, in the order of the text.
func xmlElements(of text: String) throws(XMLSyntaxError) -> [XMLElement] {
  try XMLDocumentHandle(text).elements
}

private final class XMLDocumentHandle {
  private let handle: curdf_document

  init(_ text: String) throws(XMLSyntaxError) {
    var handle = curdf_document()
    var (line, column) = (Int32(0), Int32(0))
    do {
      try nativeCall { curdf_document_parse(text, &handle, &line, &column, $0, $1) }
    } catch {
      throw XMLSyntaxError(line: Int(line), column: Int(column), message: error.message)
    }
    self.handle = handle
  }

  deinit { curdf_document_free(handle) }

  var elements: [XMLElement] {
    var (elementCount, attributeCount) = (0, 0)
    let rows = UnsafeBufferPointer(start: curdf_document_elements(handle, &elementCount), count: elementCount)
    let cells = UnsafeBufferPointer(start: curdf_document_attributes(handle, &attributeCount), count: attributeCount)
    var elements = rows.map { row in
      let first = Int(row.first_attribute)
      return XMLElement(
        tag: String(cString: row.tag),
        attributes: cells[first..<(first + Int(row.attribute_count))].map {
          XMLAttribute(
            name: String(cString: $0.name), value: String(cString: $0.value), line: Int($0.line),
            column: Int($0.column))
        }, parent: row.parent < 0 ? nil : Int(row.parent), line: Int(row.line), column: Int(row.column))
    }
    for (index, element) in elements.enumerated() {
      if let parent = element.parent { elements[parent].children.append(index) }
    }
    return elements
  }
}
