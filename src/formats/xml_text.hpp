#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace partwise {

/// Text as the value of an XML attribute or as character data: &, <, >, quotes, tabs and line ends
/// as references (XML 1.0, sections 2.4 and 3.3.3).
[[nodiscard]] std::string xml_text(std::string_view text);

/// Is `text` valid UTF-8 that XML 1.0 can hold (section 2.2: no control characters but tab, line
/// feed and carriage return, no U+FFFE, U+FFFF)?
[[nodiscard]] bool fits_in_xml(std::string_view text);

/// ` name="value"`, with the value escaped.
[[nodiscard]] std::string xml_attribute(std::string_view name, std::string_view value);

/// Writes an XML 1.0 document in UTF-8: one element per line, indented by depth.
class XmlWriter {
 public:
  XmlWriter();

  /// Starts an element; `attributes` are xml_attribute()s.
  void open(const std::string& name, const std::string& attributes = "");
  /// Ends the element that was started last.
  void close();
  /// An element without content.
  void empty(const std::string& name, const std::string& attributes);
  /// An element that holds text.
  void element(const std::string& name, std::string_view text);

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void line(const std::string& text);

  std::string text_;
  std::vector<std::string> open_;
};

}  // namespace partwise
