#include <partwise/message.hpp>
#include <utility>

namespace partwise {

Message::Message(std::string words) {
  if (!words.empty()) pieces_.push_back({std::move(words), false});
}

Message::Message(OptionName option) { pieces_.push_back({std::string(option.name), true}); }

Message& Message::operator+=(const Message& more) {
  for (const Piece& piece : more.pieces_) {
    const bool goes_on = !piece.is_option && !pieces_.empty() && !pieces_.back().is_option;
    if (goes_on) {
      pieces_.back().text += piece.text;
    } else {
      pieces_.push_back(piece);
    }
  }
  return *this;
}

std::string Message::text() const {
  return text([](std::string_view name) { return std::string(name); });
}

std::string Message::text(const OptionSpelling& spelling) const {
  std::string out;
  for (const Piece& piece : pieces_) out += piece.is_option ? spelling(piece.text) : piece.text;
  return out;
}

Message operator+(Message first, const Message& second) {
  first += second;
  return first;
}

}  // namespace partwise
