#include <base/utf8.hpp>
#include <formats/xml_text.hpp>

namespace partwise {
namespace {

bool is_allowed(std::string_view character) {
  if (character.size() == 1) {
    const auto byte = static_cast<unsigned char>(character.front());
    return byte >= 0x20 || byte == '\t' || byte == '\n' || byte == '\r';
  }
  return character != "\xEF\xBF\xBE" && character != "\xEF\xBF\xBF";  // U+FFFE, U+FFFF
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      case '\t':
      case '\n':
      case '\r':
        out += "&#" + std::to_string(static_cast<int>(c)) + ";";
        break;
      default:
        out += c;
    }
  }
  return out;
}

bool fits_in_xml(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    if (length == 0 || !is_allowed(text.substr(i, length))) return false;
    i += length;
  }
  return true;
}

std::string xml_attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + xml_text(value) + "\"";
}

XmlWriter::XmlWriter() : text_("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n") {}

void XmlWriter::open(const std::string& name, const std::string& attributes) {
  line("<" + name + attributes + ">");
  open_.push_back(name);
}

void XmlWriter::close() {
  const std::string name = open_.back();
  open_.pop_back();
  line("</" + name + ">");
}

void XmlWriter::empty(const std::string& name, const std::string& attributes) {
  line("<" + name + attributes + "/>");
}

void XmlWriter::element(const std::string& name, std::string_view text) {
  line("<" + name + ">" + xml_text(text) + "</" + name + ">");
}

void XmlWriter::line(const std::string& text) {
  text_ += std::string(2 * open_.size(), ' ') + text + "\n";
}

}  // namespace partwise
