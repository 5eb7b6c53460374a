#include "parse/split_arguments.hpp"

#include <algorithm>
#include <utility>

namespace partwise::program {
namespace {

class Splitter {
 public:
  Splitter(std::span<const char* const> arguments, std::span<const OptionName> names)
      : arguments_(arguments), names_(names) {}

  [[nodiscard]] SplitArguments split() {
    while (next_ < arguments_.size()) {
      const std::string_view argument = arguments_[next_++];
      if (argument == "--") {
        take_rest_as_operands();
      } else if (argument.starts_with("--")) {
        take_long(argument);
      } else if (argument.starts_with("-") && argument.size() > 1) {
        take_letters(argument);
      } else {
        out_.operands.emplace_back(argument);
      }
    }
    return std::move(out_);
  }

 private:
  void take_rest_as_operands() {
    for (; next_ < arguments_.size(); ++next_) out_.operands.emplace_back(arguments_[next_]);
  }

  void take_long(std::string_view argument) {
    const auto sign = argument.find('=');
    const std::string_view name = argument.substr(2, sign - 2);
    if (argument == "--help") {
      out_.help = true;
    } else if (argument == "--version") {
      out_.version = true;
    } else if (const auto* known = find(&OptionName::name, name); known == nullptr) {
      out_.unknown.emplace_back(argument);
    } else if (sign == std::string_view::npos) {
      take_without_sign(*known);
    } else if (!known->takes_value) {
      add_fault(*known, ValueFault::unwanted);
    } else if (sign + 1 == argument.size()) {
      add_fault(*known, ValueFault::empty);
    } else {
      add(*known, argument.substr(sign + 1));
    }
  }

  /// -o FILE, -oFILE, or flags: each letter in turn until one takes the rest for its value.
  void take_letters(std::string_view argument) {
    for (std::size_t at = 1; at < argument.size(); ++at) {
      const char letter = argument[at];
      const std::string_view rest = argument.substr(at + 1);
      const auto* known = find(&OptionName::letter, letter);
      if (known == nullptr && letter == 'h') {
        out_.help = true;
      } else if (known == nullptr) {
        const bool is_number = at == 1 && letter >= '0' && letter <= '9';
        (is_number ? out_.operands : out_.unknown)
            .push_back("-" + std::string(argument.substr(at)));
        return;
      } else if (known->takes_value && !rest.empty()) {
        add(*known, rest);
        return;
      } else {
        take_without_sign(*known);
      }
    }
  }

  /// A flag, or an option whose value is the next argument: anything but "--".
  void take_without_sign(const OptionName& option) {
    if (!option.takes_value) {
      add(option, "");
    } else if (next_ == arguments_.size() || std::string_view(arguments_[next_]) == "--") {
      add_fault(option, ValueFault::missing);
    } else {
      add(option, arguments_[next_++]);
    }
  }

  template <class Member, class Value>
  [[nodiscard]] const OptionName* find(Member member, Value value) const {
    const auto found = std::ranges::find(names_, value, member);
    return found == names_.end() ? nullptr : &*found;
  }

  [[nodiscard]] std::size_t index_of(const OptionName& option) const {
    return static_cast<std::size_t>(&option - names_.data());
  }
  void add(const OptionName& option, std::string_view value) {
    out_.given.push_back({index_of(option), std::string(value)});
  }
  void add_fault(const OptionName& option, ValueFault what) {
    out_.faults.push_back({index_of(option), what});
  }

  std::span<const char* const> arguments_;
  std::span<const OptionName> names_;
  std::size_t next_ = 0;
  SplitArguments out_;
};

}  // namespace

SplitArguments split_arguments(std::span<const char* const> arguments,
                               std::span<const OptionName> names) {
  return Splitter(arguments, names).split();
}

}  // namespace partwise::program
