#include <tinyxml.h>

#include <cstring>
#include <memory>
#include <stdexcept>
#include <vector>

#include "curdf.h"
#include "internal.h"

std::atomic<int64_t> curdf::live_handles{0};

int64_t curdf_live_handle_count(void) { return curdf::live_handles.load(); }

namespace {

struct Document {
  TiXmlDocument xml;
  std::vector<curdf_element> elements;
  std::vector<curdf_attribute> attributes;

  void append(const TiXmlElement *element, int32_t parent) {
    const int32_t index = static_cast<int32_t>(elements.size());
    const int32_t first = static_cast<int32_t>(attributes.size());
    for (const TiXmlAttribute *a = element->FirstAttribute(); a != nullptr; a = a->Next()) {
      attributes.push_back({a->Name(), a->Value(), a->Row(), a->Column()});
    }
    const int32_t count = static_cast<int32_t>(attributes.size()) - first;
    elements.push_back({element->Value(), parent, first, count, element->Row(), element->Column()});
    for (const TiXmlElement *child = element->FirstChildElement(); child != nullptr;
         child = child->NextSiblingElement()) {
      append(child, index);
    }
  }
};

constexpr int deepest_nesting = 100;

// The place after `end` at or behind `p`, or the text's end.
const char *skip_past(const char *p, const char *end) {
  const char *found = std::strstr(p, end);
  return found == nullptr ? p + std::strlen(p) : found + std::strlen(end);
}

// The `>` of the tag that `p` lies in, quoted values skipped, or the text's end.
const char *tag_end(const char *p) {
  char quote = 0;
  for (; *p != 0; p++) {
    if (quote != 0) {
      if (*p == quote) quote = 0;
    } else if (*p == '"' || *p == '\'') {
      quote = *p;
    } else if (*p == '>') {
      break;
    }
  }
  return p;
}

// tinyxml recurses once a level, so hostile nesting would overflow the stack.
void check_nesting(const char *p) {
  int depth = 0;
  while ((p = std::strchr(p, '<')) != nullptr) {
    if (std::strncmp(p, "<!--", 4) == 0) {
      p = skip_past(p, "-->");
    } else if (std::strncmp(p, "<![CDATA[", 9) == 0) {
      p = skip_past(p, "]]>");
    } else if (p[1] == '!' || p[1] == '?') {
      p = skip_past(p, ">");
    } else if (p[1] == '/') {
      depth--;
      p = skip_past(p, ">");
    } else {
      const char *end = tag_end(p);
      if (end[-1] != '/' && ++depth > deepest_nesting) throw std::runtime_error("elements are nested too deeply");
      p = end;
    }
  }
}

Document &get(curdf_document document) { return *static_cast<Document *>(document.opaque); }

}  // namespace

int curdf_document_parse(const char *text, curdf_document *result, int32_t *line, int32_t *column, char *error,
                         size_t capacity) {
  *line = *column = 0;
  return curdf::guarded(error, capacity, [&] {
    check_nesting(text);
    auto document = std::make_unique<Document>();
    document->xml.SetTabSize(1);
    document->xml.Parse(text, nullptr, TIXML_ENCODING_UTF8);
    if (document->xml.Error()) {
      *line = document->xml.ErrorRow();
      *column = document->xml.ErrorCol();
      throw std::runtime_error(document->xml.ErrorDesc());
    }
    const TiXmlElement *root = document->xml.RootElement();
    if (root == nullptr) throw std::runtime_error("no XML element");
    document->append(root, -1);
    result->opaque = document.release();
    curdf::live_handles++;
    return 0;
  });
}

void curdf_document_free(curdf_document document) {
  if (document.opaque == nullptr) return;
  delete static_cast<Document *>(document.opaque);
  curdf::live_handles--;
}

const curdf_element *curdf_document_elements(curdf_document document, size_t *count) {
  *count = get(document).elements.size();
  return get(document).elements.data();
}

const curdf_attribute *curdf_document_attributes(curdf_document document, size_t *count) {
  *count = get(document).attributes.size();
  return get(document).attributes.data();
}
