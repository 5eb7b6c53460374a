#include <base/json_writer.hpp>
#include <span>

namespace partwise {

void JsonWriter::key(std::string_view name) {
  begin_value();
  append_json_string(out_, name, style_.escapes);
  out_ += style_.has_spaces ? ": " : ":";
  follows_key_ = true;
}

void JsonWriter::null() {
  begin_value();
  out_ += "null";
}

void JsonWriter::value(bool value) {
  begin_value();
  out_ += json_bool(value);
}

void JsonWriter::value(double value) {
  begin_value();
  append_json_number(out_, value, style_.with_point);
}

void JsonWriter::value(std::string_view text) {
  begin_value();
  append_json_string(out_, text, style_.escapes);
}

void JsonWriter::digits(double value, int digits) {
  begin_value();
  append_json_digits(out_, value, digits);
}

void JsonWriter::json(std::string_view text) {
  begin_value();
  if (style_.escapes == JsonEscapes::safe) {
    append_safe_json(out_, text);
  } else {
    out_ += text;
  }
}

void JsonWriter::text_or_null(std::string_view name, std::string_view text) {
  key(name);
  if (text.empty()) {
    null();
  } else {
    value(text);
  }
}

void JsonWriter::finish() {
  sink_->write(std::as_bytes(std::span(out_)));
  out_.clear();
}

void JsonWriter::begin(char bracket) {
  begin_value();
  out_ += bracket;
  has_elements_.push_back(false);
}

void JsonWriter::end(char bracket) {
  const bool has_elements = has_elements_.back();
  has_elements_.pop_back();
  if (has_elements && style_.indent > 0) next_line();
  out_ += bracket;
  hand_over_if_large();
}

/// What stands between the element before and this one.
void JsonWriter::begin_value() {
  if (follows_key_ || has_elements_.empty()) {
    follows_key_ = false;
    return;
  }
  const bool is_first = !has_elements_.back();
  has_elements_.back() = true;
  if (!is_first) out_ += ',';
  if (style_.indent > 0) {
    next_line();
  } else if (breaks_line_) {
    out_ += '\n';
  } else if (style_.has_spaces && !is_first) {
    out_ += ' ';
  }
  breaks_line_ = false;
}

void JsonWriter::next_line() {
  out_ += '\n';
  out_.append(has_elements_.size() * static_cast<std::size_t>(style_.indent), ' ');
}

void JsonWriter::hand_over_if_large() {
  constexpr std::size_t kBlock = 256 * 1024;  // large beside a system call, small beside a page
  if (sink_ != nullptr && out_.size() >= kBlock) finish();
}

}  // namespace partwise
